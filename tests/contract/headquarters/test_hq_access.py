"""A car at another's address, and what becomes of a body or an address that is wrong."""

from __future__ import annotations

import gzip

import httpx2
import pytest

from tests.fakes.headquarters import Headquarters


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


PACKED = gzip.compress(b'{"events":[' + EVENT.encode() % (b"packed", GOOD_AT.encode(), b"{}") + b"]}")


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        pytest.param(PACKED, "gzip", 200, id="whole"),
        pytest.param(PACKED[:-9], "gzip", 422, id="cut off"),
        pytest.param(PACKED + PACKED, "gzip", 422, id="followed by more"),
        pytest.param(PACKED[:20] + b"\xff" + PACKED[21:], "gzip", 422, id="damaged"),
        pytest.param(b'{"events":[]}', "gzip", 422, id="not packed"),
        pytest.param(PACKED, "", 422, id="packed and not said"),
        pytest.param(PACKED, "br", 422, id="another encoding"),
        pytest.param(gzip.compress(bytes(64 << 20)), "gzip", 413, id="a bomb"),
    ],
)
def test_a_packed_batch_is_unpacked_within_bounds(hq: Headquarters, body: bytes, encoding: str, status: int) -> None:
    """What unpacks whole is taken; damage is malformed, and what would fill the memory is turned away."""
    headers = {"content-encoding": encoding} if encoding else {}
    with hq.http(hq.cars["car-7"]) as http:
        assert http.post("/v1/cars/car-7/events", content=body, headers=headers).status_code == status
