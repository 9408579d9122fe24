"""The whole way of another camera's hit: its reader's payload, headquarters, the car of that area, and the gate."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from mdt_app.domain.commands import RecordRead
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import OTHER_CAMERA, Pictures
from mdt_app.services.list_blocks import prepared
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.wiring.car_field import CarField
from mdt_app.wiring.reader_gateway import Gateway, GatewaySettings
from tests.fakes.car import Shift, make_entry, make_read
from tests.fakes.enrolled import MemoryVault
from tests.fakes.headquarters import Headquarters, an_entry, made, serving, until

READER, SECRET = "pole-1", "a secret of the reader"
PAYLOADS = Path(__file__).parents[1] / "unit" / "devices" / "feeds" / "payloads"
SAMPLES = {
    "openalpr": "openalpr_frame.json",
    "platerecognizer": "platerecognizer_hook.json",
    "axis": "axis_new.json",
    "hikvision": "hikvision_isapi.xml",
    "genetec": "genetec_autovu.xml",
}
PLATES = {kind: f"KDX{number}845" for number, kind in enumerate(SAMPLES, 1)}


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Headquarters]:
    """Headquarters with a list that holds the plates."""
    there = made(tmp_path / "hq")
    with serving(there.folder) as running:
        hq = replace(there, url=f"http://127.0.0.1:{running.port}")
        held = tuple(an_entry(plate, nic=f"V00000000{number}") for number, plate in enumerate(PLATES.values()))
        with hq.desk() as desk:
            hotlist = describe_list("ncic", "NCIC", "NCIC", datetime.now(UTC), held, 1)
            assert desk.put("/v1/hotlists/ncic", content=pack_list(hotlist, held)).status_code == 200
            placed = {"areas": ["Main St"], "duty": "patrol"}
            assert desk.put("/v1/cars/car-7/duty", json=placed).status_code == 200
        yield hq


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A car's core whose officer is signed in, with the plates on its own list."""
    there = Shift(tmp_path / "store.db")
    there.clock.time = datetime.now(UTC)
    there.prepare()
    entries = tuple(make_entry(plate, "CT") for plate in PLATES.values())
    hotlist = HotList("readers", "Readers", "TEST", there.clock.now(), len(entries), "1" * 64)
    there.do(prepared(hotlist, tuple(replace(one, list_id="readers") for one in entries)))
    yield there
    there.core.stop()


def a_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def payload(kind: str, plate: str) -> bytes:
    """What a reader of a kind sends, as its maker's documents show it, of this plate."""
    sample = (PAYLOADS / SAMPLES.get(kind, SAMPLES["platerecognizer"])).read_bytes()
    return sample.replace(b"AB12345", plate.encode()).replace(b"ab12345", plate.lower().encode())


@pytest.fixture
def feed(hq: Headquarters) -> Iterator[str]:
    """The gateway where the readers are, one of each kind; returns where they send."""
    tokens = {}
    with hq.desk() as desk:
        for kind in SAMPLES:
            new = {"reader_id": kind, "kind": kind, "area": "Main St"}
            tokens[kind] = desk.post("/v1/readers", json=new).json()["token"]
    port = a_port()
    feeds = [{"id": kind, "kind": kind, "addresses": ["127.0.0.1"]} for kind in SAMPLES]
    settings = GatewaySettings.model_validate(
        {"headquarters": hq.url, "feeds": feeds, "feed_listener": {"host": "127.0.0.1", "port": port}}
    )
    gateway = Gateway(settings, dict.fromkeys(SAMPLES, SECRET), tokens)
    gateway.start()
    yield f"http://127.0.0.1:{port}/feed"
    gateway.stop()


def send(feed: str, kind: str, plate: str) -> httpx2.Response | None:
    with httpx2.Client(trust_env=False) as http:
        try:
            headers = {"authorization": f"Bearer {SECRET}"}
            return http.post(f"{feed}/{kind}", content=payload(kind, plate), headers=headers)
        except httpx2.HTTPError:
            return None


def test_a_hit_of_each_kind_of_reader_reaches_the_officer_and_opens_nothing(
    hq: Headquarters, shift: Shift, feed: str
) -> None:
    """The card comes marked, with the read's age; the gate wants the officer's own eyes; the own camera's is new."""
    assert {file.stem for file in Path("resources/feeds").glob("*.toml")} == set(SAMPLES)
    until(lambda: send(feed, "axis", "NOT1LSTD") is not None, "the gateway never came up")
    with hq.client() as client:
        field = CarField(
            client, MemoryVault(), shift.core.submit, shift.core.tell, lambda: (0, 0), lambda: shift.core.lists
        )
        shift.core.subscribe(field.hear)
        field._signed_in = True  # the shift was signed in before the field could hear of it
        for kind, plate in PLATES.items():
            answer = send(feed, kind, plate)
            assert answer is not None
            assert answer.status_code == 200, answer.text
            until(lambda plate=plate: field.take() == "" and of(shift, plate), f"no car heard of the {kind} reader")
            (raised,) = of(shift, plate)
            assert (raised.hit.read.feed, raised.hit.read.source_id) == (OTHER_CAMERA, kind)
            assert raised.hit.read.camera_id
            assert not raised.decision.passed
            unmet = {condition.name for condition in raised.decision.unmet}
            assert {"plate_confirmed", "state_confirmed", "status_verified"} <= unmet
        for _ in range(3):
            field.take()
        assert len(shift.said(HitRaised)) == len(PLATES)
    own = make_read(PLATES["axis"], captured_at=datetime.now(UTC))
    shift.do(RecordRead(own, Pictures()))
    assert [n.hit.read.read_id for n in of(shift, PLATES["axis"])][1:] == [own.read_id]


def of(shift: Shift, plate: str) -> list[HitRaised]:
    return [raised for raised in shift.said(HitRaised) if raised.hit.match.entry.plate == plate]


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
        feed = f"http://127.0.0.1:{port}/feed"
        until(lambda: send(feed, READER, "AWAY123") is not None, "the gateway never came up")
        send(feed, READER, "AWAY456")
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
