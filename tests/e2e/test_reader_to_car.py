"""The whole way of another camera's hit: its reader's payload, headquarters, the car of that area, and the gate."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx2
import pytest

from devices.feeds.door import Door
from devices.feeds.order import FeedSource, ListenerOrder
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.devices import CameraRead
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import OTHER_CAMERA, Pictures
from mdt_app.hq.serving import serve
from mdt_app.services.list_blocks import prepared
from mdt_app.sync.field_wire import ReaderRead
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.wiring.car_field import CarField
from mdt_app.wiring.reader_gateway import Gateway, GatewaySettings, QueuePlace, read_gateway_settings
from tests.fakes.car import Shift, make_entry, make_read
from tests.fakes.enrolled import MemoryVault
from tests.fakes.headquarters import KEY, POLICY, TLS, Headquarters, Serving, an_entry, made, serving, until

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
def feed(hq: Headquarters, tmp_path: Path) -> Iterator[str]:
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
    place = QueuePlace.of(tmp_path / "gateway", allow_key_file=True)
    gateway = Gateway(settings, dict.fromkeys(SAMPLES, SECRET), tokens, place)
    gateway.start()
    yield f"http://127.0.0.1:{port}/feed"
    gateway.stop()


def listens(feed: str) -> bool:
    """Whether somebody takes connections there."""
    time.sleep(0.1)  # who starts needs the processor, too
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", int(feed.split(":")[2].partition("/")[0]))) == 0


def send(feed: str, kind: str, plate: str) -> httpx2.Response | None:
    with httpx2.Client(trust_env=False, verify=TLS) as http:
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
    until(lambda: listens(feed), "the gateway never came up")
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


@dataclass(frozen=True)
class Pole:
    """A reader at a pole, its gateway's settings and folder, and headquarters' address, where nobody may serve yet."""

    hq: Headquarters
    folder: Path
    token: str
    feed: str

    @classmethod
    def put_up(cls, folder: Path) -> Pole:
        there, port, hq_port = made(folder / "hq"), a_port(), a_port()
        hq = replace(there, url=f"http://127.0.0.1:{hq_port}")
        with Serving(serve, there.folder, "127.0.0.1", hq_port, **SERVED), hq.desk() as desk:
            new = {"reader_id": READER, "kind": "platerecognizer", "area": "Main St"}
            token = desk.post("/v1/readers", json=new).json()["token"]
        pole = cls(hq, folder, token, f"http://127.0.0.1:{port}/feed")
        pole.write_settings(port)
        return pole

    def write_settings(self, port: int) -> None:
        """Headquarters, where to listen, and the one reader."""
        (self.folder / "gateway.toml").write_text(
            f'headquarters = "{self.hq.url}"\n[feed_listener]\nport = {port}\n'
            f'[[feeds]]\nid = "{READER}"\nkind = "platerecognizer"\naddresses = ["127.0.0.1"]\n'
        )

    def process(self) -> subprocess.Popen[bytes]:
        """The gateway as it is typed, with its listener in a group of processes that can be killed at once."""
        known = {"MDT_READER_SECRETS": {READER: SECRET}, "MDT_READER_TOKENS": {READER: self.token}}
        environment = os.environ | {name: json.dumps(value) for name, value in known.items()}
        words = ("feed", "forward", "--settings", self.folder / "gateway.toml", "--folder", self.queue, "--key-file")
        command = [sys.executable, "-m", "mdt_app", *map(str, words)]
        return subprocess.Popen(command, env=environment, process_group=0)

    @property
    def queue(self) -> Path:
        return self.folder / "gateway"

    def gateway(self, say: Callable[[str], None]) -> Gateway:
        settings, place = (
            read_gateway_settings(self.folder / "gateway.toml"),
            QueuePlace.of(self.queue, allow_key_file=True),
        )
        return Gateway(settings, {READER: SECRET}, {READER: self.token}, place, say)

    def arrived(self, count: int) -> list[str]:
        """What is on record once a gateway with this queue has sent all that waits, and headquarters has it."""
        with Serving(serve, self.hq.folder, "127.0.0.1", int(self.hq.url.rpartition(":")[2]), **SERVED):
            gateway = self.gateway(lambda _: None)
            gateway.start()
            with closing(gateway._place.open()) as queue:
                until(lambda: queue.counts(READER) == (0, 0), "the queue does not empty")
            gateway.stop()
        return self.hq.on_record()


SERVED = {"key": KEY, "switch_address": None, "policy": POLICY, "plain": True}


@pytest.mark.skipif(os.name != "posix", reason="kills a group of processes")
def test_what_a_reader_was_told_is_kept_outlives_kill_9_and_a_headquarters_that_is_away(tmp_path: Path) -> None:
    """Acknowledged, then killed with -9: each read arrives once. Negative control: without the queue none does."""
    pole = Pole.put_up(tmp_path)
    killed = pole.process()
    try:
        until(lambda: listens(pole.feed), "the gateway never came up")
        answers = [send(pole.feed, READER, f"AWAY{number}") for number in range(100, 106)]
    finally:
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    assert [answer.status_code for answer in answers if answer] == [200] * 6
    queue = [*pole.queue.glob("readers.db*")]
    whole = {file: file.read_bytes() for file in queue}
    assert b"AWAY" not in b"".join(whole.values())
    for file in queue:
        file.unlink()
    assert pole.arrived(0) == []
    for file in pole.queue.glob("readers.db*"):
        file.unlink()
    for file, content in whole.items():
        file.write_bytes(content)
    assert len(pole.arrived(6)) == 6


def test_what_can_not_be_kept_is_not_acknowledged_and_what_does_not_fit_is_counted(tmp_path: Path) -> None:
    """A disk that fails is a 503, and the same read told again is new; beyond what fits the oldest goes, counted."""
    queue = QueuePlace.of(tmp_path, allow_key_file=True).open()
    fails = [StorageFault("full", "")]
    kept: list[str] = []

    def post(message: CameraRead) -> None:
        if fails:
            raise fails.pop()
        kept.append(message.read.raw_text)

    source = FeedSource(READER, "platerecognizer", ("127.0.0.1",), SECRET)
    door = Door(ListenerOrder("feeds", "127.0.0.1", 0, (source,)), post)

    async def told() -> list[int]:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(door), base_url="http://door") as http:
            headers, body = {"authorization": f"Bearer {SECRET}"}, payload("platerecognizer", "AWAY1")
            return [(await http.post(f"/feed/{READER}", content=body, headers=headers)).status_code for _ in range(3)]

    assert asyncio.run(told()) == [503, 200, 200]
    assert kept == ["away1"]
    for number in sorted((*range(25), *range(25))):
        queue.put(READER, f"read-{number}", "{}", 10)
    assert queue.counts(READER) == (15, 10)
    queue.forget_before(time.time())
    assert queue.counts(READER) == (0, 25)
    queue.close()


def test_a_read_that_headquarters_refuses_holds_up_no_other(tmp_path: Path) -> None:
    """Of a batch that is refused each read is sent alone: the one at fault is set aside and said, the others arrive."""
    came: list[str] = []

    class Picky(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            texts = [read["text"] for read in json.loads(self.rfile.read(int(self.headers["content-length"])))["reads"]]
            came.extend([] if "POISON" in texts else texts)
            self.send_response(422 if "POISON" in texts else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    said: list[str] = []
    with HTTPServer(("127.0.0.1", 0), Picky) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        pole = Pole(Headquarters(tmp_path, f"http://127.0.0.1:{server.server_port}", {}, {}), tmp_path, "token", "")
        pole.write_settings(a_port())
        with closing(QueuePlace.of(pole.queue, allow_key_file=True).open()) as queue:
            for number, plate in enumerate(("ONE", "POISON", "TWO")):
                read = ReaderRead(read_id=f"read-{number}", captured_at=datetime.now(UTC), text=plate)
                queue.put(READER, read.read_id, read.model_dump_json(), 100)
            gateway = pole.gateway(said.append)
            gateway.start()
            until(lambda: queue.counts(READER) == (0, 1), "the queue does not empty")
            gateway.stop()
        server.shutdown()
    assert came == ["ONE", "TWO"]
    assert "refuses a read (status 422)" in said[0]
