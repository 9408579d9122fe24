"""Every route of headquarters against every kind of caller: docs/access.md says who, and that is what is answered."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from mdt_app.domain.accounts import Role
from mdt_app.hq.access_table import OPEN, Access, access, markdown
from mdt_app.hq.app import ROUTERS
from tests.fakes.headquarters import Headquarters

PAGE = Path(__file__).parents[3] / "docs" / "access.md"
CAR, READER = "car", "reader"
READER_ID = "pole-1"
FILLED = {"{car_id}": "car-7", "{reader_id}": READER_ID, "{number}": "1"}


def documented() -> list[Access]:
    """The table as it stands in the documentation, which people have read and agreed to."""
    lines = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line] for line in lines[1:]]
    return [Access(m, p.strip("`"), tuple(who.split(", ")), proof == "yes", what) for m, p, who, proof, what in rows]


TABLE = documented()


def test_the_page_is_what_the_routes_say() -> None:
    """The page is current ('mdt hq access > docs/access.md'); no two routes are one, and each says what it does."""
    assert PAGE.read_text(encoding="utf-8") == markdown(access(ROUTERS))
    assert len({(row.method, row.path) for row in TABLE}) == len(TABLE) > 60
    assert all(row.what and row.who != ("",) for row in TABLE)


def test_what_is_open_to_anybody_is_known_by_name() -> None:
    """Health, and enrolment, which its one-time code proves: nothing else is open."""
    assert {row.path for row in TABLE if row.who == (OPEN,)} == {
        "/v1/health",
        "/v1/enrolment/hello",
        "/v1/enrolment/claim",
    }


@pytest.fixture(scope="module")
def reader_token(hq: Headquarters) -> str:
    """The credential of a reader."""
    with hq.desk() as desk:
        answer = desk.post("/v1/readers", json={"reader_id": READER_ID, "kind": "axis", "area": "Main St"})
    return answer.json()["token"]


@pytest.fixture(scope="module")
def callers(hq: Headquarters, reader_token: str):
    """A client of each kind; a desk's person proves who they are when asked."""
    made: dict[str, httpx2.Client] = {CAR: hq.http(hq.cars["car-7"]), READER: hq.http(reader_token)}
    made |= {role.value: hq.desk(role) for role in Role}
    yield made
    for client in made.values():
        client.close()


def address(row: Access) -> str:
    """Where a caller would go; nothing that another row needs is ended."""
    known = {} if row.path.endswith("/end") else FILLED
    parts = row.path.split("/")
    return "/".join(known.get(part, "1" if part == "{position}" else part.strip("{}")) for part in parts)


def refused(answer: httpx2.Response) -> bool:
    """Turned away for who the caller is, not for what was sent."""
    return answer.status_code in (401, 403) and answer.json()["reason"] in ("no_identity", "wrong_identity")


CLOSED = [row for row in TABLE if row.who != (OPEN,)]


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: f"{row.method} {row.path}")
def test_only_the_named_come_in(hq: Headquarters, callers: dict[str, httpx2.Client], row: Access) -> None:
    """Without token or with a wrong one 401; everybody else not named 403; who is named gets past the door."""
    for stranger in ("", "Bearer wrong", f"Bearer {hq.cars['car-7']}x"):
        with hq.http() as http:
            answer = http.request(row.method, address(row), headers={"authorization": stranger})
        assert (answer.status_code, answer.json()["reason"]) == (401, "no_identity")
    for name, client in callers.items():
        answer = client.request(row.method, address(row))
        assert refused(answer) is (name not in row.who), (name, answer.status_code, answer.text)
        assert answer.status_code < 500
