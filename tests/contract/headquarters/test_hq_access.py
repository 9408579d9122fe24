"""Who may call which route, and what becomes of a body that is no message."""

from __future__ import annotations

import gzip

import httpx2
import pytest

from mdt_app.domain.accounts import Role
from tests.fakes.headquarters import Headquarters

CAR = "car"
ALL = (CAR, *Role)
ROUTES = [
    ("POST", "/v1/cars/car-7/events", {CAR}),
    ("GET", "/v1/hotlists", {CAR, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
    ("GET", "/v1/hotlists/none/entries", {CAR, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
    ("PUT", "/v1/hotlists/none", {Role.ADMINISTRATOR}),
    ("GET", "/v1/cars/car-7/accounts", {CAR}),
    ("POST", "/v1/accounts", {Role.ADMINISTRATOR}),
    ("PUT", "/v1/accounts/nobody/state", {Role.ADMINISTRATOR}),
    ("POST", "/v1/accounts/nobody/release", {Role.ADMINISTRATOR}),
    ("POST", "/v1/accounts/nobody/release-code", {Role.ADMINISTRATOR}),
    ("PUT", "/v1/accounts/nobody/training", {Role.ADMINISTRATOR, Role.TRAINER}),
    ("PUT", "/v1/accounts/nobody/alert-exceptions", {Role.ADMINISTRATOR}),
    ("GET", "/v1/flags", {Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    ("POST", "/v1/flags/0/close", {Role.SUPERVISOR, Role.ADMINISTRATOR}),
    ("POST", "/v1/records-checks", {CAR}),
    ("POST", "/v1/hit-confirmations", {CAR}),
    ("GET", "/v1/cars/car-7/confirmations", {CAR}),
    ("GET", "/v1/cars/car-7/orders", {CAR}),
    ("POST", "/v1/cars/car-7/orders/1/report", {CAR}),
    ("GET", "/v1/devices", {Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
    ("POST", "/v1/devices/car-7/enrolment", {Role.ADMINISTRATOR}),
    ("POST", "/v1/devices/car-7/revocation", {Role.ADMINISTRATOR}),
    ("POST", "/v1/devices/car-7/orders", {Role.ADMINISTRATOR}),
    ("GET", "/v1/heads", {Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
    ("POST", "/v1/cars/car-7/chain/begin", {Role.ADMINISTRATOR}),
    ("GET", "/v1/retention", {Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
    ("POST", "/v1/retention", {Role.ADMINISTRATOR}),
    ("POST", "/v1/cars/car-7/recovery", {CAR}),
    ("POST", "/v1/cars/car-7/recovery/release", {Role.ADMINISTRATOR}),
    ("GET", "/v1/events", {Role.ADMINISTRATOR, Role.AUDITOR}),
    ("GET", "/v1/summary", {Role.ADMINISTRATOR, Role.AUDITOR, Role.SUPERVISOR}),
]


def token(hq: Headquarters, who: str) -> str:
    """Return the token of a car or of a desk with this role."""
    return hq.cars["car-7"] if who == CAR else hq.desks[Role(who)]


@pytest.mark.parametrize(("method", "path", "admitted"), ROUTES)
def test_only_the_named_identities_come_in(hq: Headquarters, method: str, path: str, admitted: set) -> None:
    """Without token, or with a wrong one, 401; a known identity of the wrong kind or role 403; the others pass."""
    strangers = ["", "Bearer", "Bearer wrong", "Basic abc", f"Bearer {token(hq, CAR)}x", "Bearer é".encode("latin-1")]
    for stranger in strangers:
        with hq.http() as http:
            answer = http.request(method, path, headers={"authorization": stranger})
            assert (answer.status_code, answer.json()["reason"]) == (401, "no_identity")
    for who in ALL:
        with hq.http(token(hq, who)) as http:
            turned_away = http.request(method, path).status_code in (401, 403)
        assert turned_away is (who not in admitted), who


def test_every_route_stands_in_the_table(hq: Headquarters) -> None:
    """A new route can't be forgotten here: all but the health check and enrolment's, which are open, are in it."""
    from mdt_app.hq import account_routes, enrol_routes, keeping_routes, routes

    parts = (routes, account_routes, enrol_routes, keeping_routes)
    known = [route for part in parts for route in part.router.routes]
    served = {(method, route.path) for route in known for method in route.methods}
    tested = {(method, path) for method, path, _ in ROUTES}
    template = {"car-7": "{car_id}", "none": "{list_id}", "nobody": "{user_id}", "0": "{position}", "1": "{number}"}
    tested = {(method, "/".join(template.get(part, part) for part in path.split("/"))) for method, path in tested}
    open_to_all = {("GET", "/v1/health"), ("POST", "/v1/enrolment/hello"), ("POST", "/v1/enrolment/claim")}
    assert served == tested | open_to_all


def test_a_car_is_let_in_only_at_its_own_address(hq: Headquarters) -> None:
    """Another car's token is 403, and health is open."""
    with hq.http(hq.cars["car-8"]) as http:
        answer = http.post("/v1/cars/car-7/events", content=b"{}")
        assert (answer.status_code, answer.json()["reason"]) == (403, "other_car")
    with hq.http() as http:
        assert http.get("/v1/health").json() == {"status": "ok", "version": "v1"}


EVENT = '{"event_id":"e%s","kind":"read","at":%s,"clock":"system","actor":"","device":"","subject":"","body":%s}'
GOOD_AT = '"2026-01-01T00:00:00Z"'
BODIES = [
    b"",
    b"\xff\xfe",
    b"[]",
    b"null",
    b'{"events":[]}',
    b'{"events":[{}]}',
    b'{"events":"x"}',
    b'{"events":[' + b"[" * 3000,
    *(
        f'{{"events":[{EVENT % (number, at, body)}]}}'.encode()
        for number, (at, body) in enumerate(
            [
                ('"yesterday"', "{}"),
                ('"2026-01-01T00:00:00"', "{}"),
                ("1e400", "{}"),
                (GOOD_AT, '{"a":NaN}'),
                (GOOD_AT, '{"a":1e999}'),
                (GOOD_AT, '{"a":"\\ud800"}'),
                (GOOD_AT, "[]"),
                (GOOD_AT, '{},"sequence":-1'),
                (GOOD_AT, '{},"sequence":99999999999999999999999'),
                (GOOD_AT, '{},"extra":1'),
                (GOOD_AT, "{}".ljust(9 << 20)),
            ]
        )
    ),
    b'{"check_id":"a","hit_id":"b","plate":"A B","state":"CT","plate_type":"","nic":"","ori":"CT0010000",'
    b'"user_id":"u"}',
    b'{"check_id":"a\\nNIC/V1","hit_id":"b","plate":"AB","state":"CT","plate_type":"","nic":"","ori":"CT0010000",'
    b'"user_id":"u"}',
    gzip.compress(b"{}\n", mtime=0),
    gzip.compress(b"x" * 100_000, mtime=0),
    gzip.compress(b"{}", mtime=0)[:9],
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:24]))
def test_a_body_that_is_no_message_is_refused_without_repeating_it(hq: Headquarters, body: bytes) -> None:
    """Whatever comes in is 4xx with a reason, never 5xx, on every route that takes a body."""
    with hq.http(hq.cars["car-7"]) as car, hq.desk() as desk:
        answers: list[httpx2.Response] = [
            car.post("/v1/cars/car-7/events", content=body),
            car.post("/v1/records-checks", content=body),
            desk.put("/v1/hotlists/ncic", content=body),
        ]
    for answer in answers:
        assert answer.status_code in (413, 422)
        assert set(answer.json()) == {"reason", "words"}
        assert len(answer.content) < 300


PATHS = [
    "/v1/events?limit=0",
    "/v1/events?limit=999999999999999999999",
    "/v1/events?since=never",
    "/v1/events?since=2026-01-01",
    "/v1/events?kind=none",
    "/v1/events?kind=%00",
    "/v1/hotlists/%00/entries",
    "/v1/hotlists/" + "x" * 5000 + "/entries",
    "/v1/none",
    "/docs",
    "/openapi.json",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_an_address_that_is_wrong_is_refused(hq: Headquarters, path: str) -> None:
    """Wrong parameters and addresses are 404 or 422."""
    with hq.desk() as desk:
        assert desk.get(path).status_code in (404, 422)
