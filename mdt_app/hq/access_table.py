"""Who may call which route, read off the routes themselves: the table in docs/access.md, and the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from mdt_app.domain.accounts import Role
from mdt_app.hq.access import ADMITTED, AGENCY, CAR, MESSAGES, READER
from mdt_app.hq.plate_routes import GIVEN
from mdt_app.hq.privileged import PRIVILEGED
from mdt_app.sync.wire import Message

_NAMES: dict[object, str] = {
    CAR: "car",
    READER: "reader",
    AGENCY: "headquarters",
    **{role: role.value for role in Role},
}
OPEN = "anybody"
_ABOUT = """What cars, desks, fixed readers and the vendor's store say to headquarters.

A desk, a reader and the agency's headquarters show a bearer token. A car shows a token too, over TLS 1.3 with its own
certificate, and signs each request with its device's key (the head of mdt_app/sync/signed_calls.py). Refusals: 401 no
identity, 403 another one may, 404 there is none, 409 other content under a known id, 413 too large, 422 not
understood, 429 and 503 later (Retry-After)."""
_REFUSED: dict[str, Any] = {
    "title": "Refused",
    "description": "Why a request was refused. Nothing that was sent is repeated.",
    "type": "object",
    "required": ["reason", "words"],
    "properties": {"reason": {"type": "string"}, "words": {"type": "string"}},
}
_HEAD = """# Who may call which route of headquarters

Made of the routes themselves by `mdt hq access`; a test holds this page and what is really answered equal to it. Who is
not named gets 401 without an identity and 403 with another one, and is put on record. A car is let in at its own
address alone, over TLS with its own certificate, and each of its requests carries its device's signature. *Proof*: a
desk's token is not enough. *Session*: its person is signed in there, by password and second factor, and was active
within the policy's idle time. *Fresh*: that proof is of the last minutes, too.

| method | route | who | proof | what |
|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Access:
    """One route: who is let in (names of roles, 'car', 'reader', or 'anybody').

    `proof` is what a desk has to show beside its token: nothing, a 'session', or one whose proof is 'fresh'.
    """

    method: str
    path: str
    who: tuple[str, ...]
    proof: str
    what: str


def access(routers: Sequence[APIRouter]) -> tuple[Access, ...]:
    """Return the table, by path."""
    rows = (_row(method, route) for route in _routes(routers) for method in sorted(route.methods or ()))
    return tuple(sorted(rows, key=lambda row: (row.path, row.method)))


def markdown(rows: Iterable[Access]) -> str:
    """Return docs/access.md."""
    lines = (f"| {row.method} | `{row.path}` | {', '.join(row.who)} | {row.proof} | {row.what} |" for row in rows)
    return "\n".join((_HEAD, *lines)) + "\n"


def openapi_of(routers: Sequence[APIRouter]) -> dict[str, Any]:
    """Return the OpenAPI document with each route's body, which the routes read themselves, and its bearer token."""
    app = FastAPI(title="Patrol MDT headquarters", version=metadata.version("patrol-mdt"), description=_ABOUT)
    for router in routers:
        app.include_router(router)
    document = app.openapi()
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # the framework's own, which headquarters never sends
        schemas.pop(name, None)
    schemas["Refused"] = _REFUSED
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for route in _routes(routers):
        for method in route.methods or ():
            operation = document["paths"][route.path][method.lower()]
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = _refusal()
            made = operation["responses"]["200"]
            if made.get("content") == {"application/json": {"schema": {}}}:  # the route makes its own answer: a file
                made["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
            for found in _found(route.dependant):
                if found in ADMITTED:
                    operation["security"] = [{"token": []}]
                if found in MESSAGES and "requestBody" not in operation:
                    operation["requestBody"] = {"required": True, "content": _content(MESSAGES[found], schemas)}
    return document


def _refusal() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}}
    return {
        "description": "Refused, busy (429) or out of order (503): the reason, and words for people.",
        "content": content,
    }


def _content(kind: type[Message] | None, schemas: dict[str, Any]) -> dict[str, Any]:
    if kind is None:
        return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, part in schema.pop("$defs", {}).items():
        schemas.setdefault(name, part)
    schemas[kind.__name__] = schema
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}


def _row(method: str, route: APIRoute) -> Access:
    lists = [ADMITTED[found] for found in _found(route.dependant) if found in ADMITTED]
    who = (
        tuple(name for key, name in _NAMES.items() if all(key in admitted for admitted in lists)) if lists else (OPEN,)
    )
    what = (route.description or "").splitlines()[0]
    key = method, route.path
    proof = "fresh" if key in PRIVILEGED else "session" if key in GIVEN else ""
    return Access(method, route.path, who, proof, what)


def _routes(routers: Sequence[APIRouter]) -> Iterator[APIRoute]:
    return (route for router in routers for route in router.routes if isinstance(route, APIRoute))


def _found(dependant: Dependant) -> Iterator[object]:
    """Every function that this route depends on; a message's reader comes before the body's that it rests on."""
    for one in dependant.dependencies:
        yield one.call
        yield from _found(one)
