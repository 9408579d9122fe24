"""The whole way of another camera's hit: its reader's payload, headquarters, the car of that area, and the gate."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from mdt_app.domain.commands import RecordRead
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import OTHER_CAMERA, Pictures
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.wiring.car_field import CarField
from mdt_app.wiring.reader_gateway import Gateway, GatewaySettings
from tests.fakes.car import Shift, make_read
from tests.fakes.enrolled import MemoryVault
from tests.fakes.headquarters import Headquarters, an_entry, made, serving, until

READER, SECRET = "pole-1", "a secret of the reader"
PLATE = "4BXR91"


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Headquarters]:
    """Headquarters with a list that holds the plate."""
    there = made(tmp_path / "hq")
    with serving(there.folder) as running:
        hq = replace(there, url=f"http://127.0.0.1:{running.port}")
        held = (an_entry(PLATE),)
        with hq.desk() as desk:
            hotlist = describe_list("ncic", "NCIC", "NCIC", datetime.now(UTC), held, 1)
            assert desk.put("/v1/hotlists/ncic", content=pack_list(hotlist, held)).status_code == 200
            placed = {"areas": ["Main St"], "duty": "patrol"}
            assert desk.put("/v1/cars/car-7/duty", json=placed).status_code == 200
        yield hq


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A car's core whose officer is signed in, with the plate on its own list."""
    there = Shift(tmp_path / "store.db")
    there.clock.time = datetime.now(UTC)
    there.prepare()
    yield there
    there.core.stop()


def a_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def payload(plate: str) -> bytes:
    """What a camera of a known kind sends: the layout of its table in resources/feeds."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    result = {
        "plate": plate.lower(),
        "score": 0.95,
        "dscore": 0.9,
        "box": {"xmin": 1, "ymin": 2, "xmax": 90, "ymax": 30},
    }
    result |= {"region": {"code": "us-ct", "score": 0.9}, "candidates": [{"score": 0.95, "plate": plate.lower()}]}
    data = {"camera_id": "north", "filename": "x.jpg", "timestamp": now, "results": [result]}
    hook = {"event": "recognition", "target": "http://hook", "id": "gate"}
    return json.dumps({"hook": hook, "data": data}).encode()


@pytest.fixture
def feed(hq: Headquarters) -> Iterator[str]:
    """The gateway where the reader is; returns where the reader sends."""
    with hq.desk() as desk:
        new = {"reader_id": READER, "kind": "platerecognizer", "area": "Main St"}
        token = desk.post("/v1/readers", json=new).json()["token"]
    port = a_port()
    feeds = ({"id": READER, "kind": "platerecognizer", "addresses": ["127.0.0.1"]},)
    settings = GatewaySettings.model_validate(
        {"headquarters": hq.url, "feeds": feeds, "feed_listener": {"host": "127.0.0.1", "port": port}}
    )
    gateway = Gateway(settings, {READER: SECRET}, {READER: token})
    gateway.start()
    yield f"http://127.0.0.1:{port}/feed/{READER}"
    gateway.stop()


def send(feed: str, plate: str) -> httpx2.Response | None:
    with httpx2.Client(trust_env=False) as http:
        try:
            headers = {"authorization": f"Bearer {SECRET}", "content-type": "application/json"}
            return http.post(feed, content=payload(plate), headers=headers)
        except httpx2.HTTPError:
            return None


def test_a_hit_of_another_camera_reaches_the_officer_and_opens_nothing(
    hq: Headquarters, shift: Shift, feed: str
) -> None:
    """The card comes marked, with the read's age; the gate wants the officer's own eyes; the own camera's is new."""
    answers: list[httpx2.Response] = []
    until(lambda: (answer := send(feed, PLATE)) is not None and not answers.append(answer), "the gateway never came up")
    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].json()["reads"] == 1
    with hq.client() as client:
        field = CarField(
            client, MemoryVault(), shift.core.submit, shift.core.tell, lambda: (0, 0), lambda: shift.core.lists
        )
        shift.core.subscribe(field.hear)
        field._signed_in = True  # the shift was signed in before the field could hear of it

        def came() -> bool:
            field.turn()
            return bool(shift.said(HitRaised))

        until(came, "no car heard of it")
        (raised,) = shift.said(HitRaised)
        assert raised.hit.read.feed == OTHER_CAMERA
        assert raised.hit.read.source_id == READER
        assert raised.hit.read.camera_id == "north"
        assert abs((datetime.now(UTC) - raised.hit.read.captured_at).total_seconds()) < 60
        assert not raised.decision.passed
        unmet = {condition.name for condition in raised.decision.unmet}
        assert {"plate_confirmed", "state_confirmed", "status_verified"} <= unmet
        for _ in range(3):
            field.turn()
        assert len(shift.said(HitRaised)) == 1
    own = make_read(PLATE, captured_at=datetime.now(UTC))
    shift.do(RecordRead(own, Pictures()))
    assert [n.hit.read.read_id for n in shift.said(HitRaised)][1:] == [own.read_id]


def test_the_reader_waits_out_a_headquarters_that_is_away(tmp_path: Path) -> None:
    """What was read while headquarters was away arrives once it is back, each read once."""
    there = made(tmp_path / "hq")
    port = a_port()
    with serving(there.folder) as running:
        with replace(there, url=f"http://127.0.0.1:{running.port}").desk() as desk:
            new = {"reader_id": READER, "kind": "platerecognizer", "area": "Main St"}
            token = desk.post("/v1/readers", json=new).json()["token"]
        hq_port = running.port
    feeds = ({"id": READER, "kind": "platerecognizer", "addresses": ["127.0.0.1"]},)
    known = {"headquarters": f"http://127.0.0.1:{hq_port}", "feeds": feeds}
    settings = GatewaySettings.model_validate(known | {"feed_listener": {"host": "127.0.0.1", "port": port}})
    said: list[str] = []
    gateway = Gateway(settings, {READER: SECRET}, {READER: token}, said.append)
    gateway.start()
    try:
        feed = f"http://127.0.0.1:{port}/feed/{READER}"
        until(lambda: send(feed, "AWAY1") is not None, "the gateway never came up")
        send(feed, "AWAY2")
        until(lambda: said, "nothing was said about it")
        from mdt_app.hq.serving import serve
        from tests.fakes.headquarters import KEY, POLICY, Serving

        named = {"key": KEY, "switch_address": None, "policy": POLICY, "plain": True}
        with Serving(serve, there.folder, "127.0.0.1", hq_port, **named) as again:
            hq = replace(there, url=f"http://127.0.0.1:{again.port}")
            until(lambda: len(hq.on_record()) >= 2, "the reads did not arrive")
            assert len(hq.on_record()) == 2
    finally:
        gateway.stop()
