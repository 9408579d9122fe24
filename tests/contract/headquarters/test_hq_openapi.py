"""The OpenAPI document against the running headquarters: whatever a right identity sends, there is no 5xx."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mdt_app.domain.accounts import Role
from mdt_app.hq.access_table import OPEN, Access, access, openapi_of
from mdt_app.hq.app import ROUTERS
from tests.fakes.from_schema import TEXTS, values
from tests.fakes.headquarters import Headquarters

DOCUMENT = openapi_of(ROUTERS)
KNOWN = DOCUMENT["components"]["schemas"]
ROWS = access(ROUTERS)
READER = "pole-api"
EXAMPLES = 60 if "MDT_SOAK_STEPS" in os.environ else 5
OWN = {"car_id": "car-7", "reader_id": READER}
_ENDING = "/v1/readers/{reader_id}/end"
"""It would end the reader that the others are called with."""


def test_the_document_names_every_route_with_its_body() -> None:
    """Each route that takes something says what, and what comes back; each that wants an identity says so."""
    for row in ROWS:
        operation = DOCUMENT["paths"][row.path][row.method.lower()]
        assert ("security" in operation) is (row.who != (OPEN,)), row
        answers = operation["responses"]
        assert answers["default"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Refused"}
        assert all(one["schema"] for one in answers["200"]["content"].values()), "what comes back is not said"
    bodies = [op["requestBody"] for path in DOCUMENT["paths"].values() for op in path.values() if "requestBody" in op]
    assert len(bodies) > 30
    for body in bodies:
        for content in body["content"].values():
            reference = content["schema"].get("$ref", "")
            assert not reference or reference.rpartition("/")[2] in KNOWN


@pytest.fixture(scope="module")
def callers(hq: Headquarters) -> Iterator[dict[str, httpx2.Client]]:
    """A client of each kind; a desk's person proves who they are when asked."""
    made = {role.value: hq.desk(role) for role in Role}
    new = {"reader_id": READER, "kind": "axis", "area": "Main St"}
    token = made["administrator"].post("/v1/readers", json=new).json()["token"]
    made |= {"car": hq.http(hq.cars["car-7"]), "reader": hq.http(token), OPEN: hq.http()}
    yield made
    for client in made.values():
        client.close()


def requests(row: Access) -> st.SearchStrategy[tuple[str, dict[str, str], bytes]]:
    """Address, query and body of a request: mostly as the document says, in parts otherwise."""
    operation = DOCUMENT["paths"][row.path][row.method.lower()]
    inside: dict[str, st.SearchStrategy[Any]] = {}
    query: dict[str, st.SearchStrategy[Any]] = {}
    for said in operation.get("parameters", ()):
        place = inside if said["in"] == "path" else query
        own = st.just(OWN.get(said["name"], "1"))
        place[said["name"]] = st.one_of(own, values(said["schema"], KNOWN, odd=True))
    content = operation.get("requestBody", {}).get("content", {})
    schema = next(iter(content.values()))["schema"] if content else None
    as_json = st.booleans().flatmap(lambda odd: values(schema or {}, KNOWN, odd=odd)).map(_text)
    body = st.binary(max_size=200) if schema is None or "$ref" not in schema else st.one_of(as_json, TEXTS.map(_text))

    def put(filled: dict[str, Any]) -> str:
        parts = (filled.get(part.strip("{}"), part) if part.startswith("{") else part for part in row.path.split("/"))
        return "/".join(quote(str(part), safe="") or "-" for part in parts)

    return st.tuples(st.fixed_dictionaries(inside).map(put), st.fixed_dictionaries({}, optional=query), body)


def _text(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "replace")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_nothing_is_answered_by_a_fault(callers: dict[str, httpx2.Client], row: Access) -> None:
    """Every kind of caller that may, sends what fits and what does not: 2xx or 4xx, and a refusal says its reason."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(sent=requests(row), turn=st.integers(0, 100))
    def send(sent: tuple[str, dict[str, Any], bytes], turn: int) -> None:
        path, query, body = sent
        client = callers[row.who[turn % len(row.who)]]
        answer = client.request(row.method, path, params={k: str(v) for k, v in query.items()}, content=body)
        assert answer.status_code < 500, (path, query, body, answer.text)
        described = DOCUMENT["paths"][row.path][row.method.lower()]["responses"]
        said = described.get(str(answer.status_code), described["default"] if answer.is_error else {})
        if answer.status_code != 304:
            kinds = {"*/*", answer.headers["content-type"].partition(";")[0]}
            assert kinds & said.get("content", {}).keys(), (answer.status_code, kinds)
        if answer.is_error:
            assert {"reason", "words"} <= answer.json().keys()

    if row.path != _ENDING:
        send()
