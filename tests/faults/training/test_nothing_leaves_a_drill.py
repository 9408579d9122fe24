"""Nothing of a drill can reach the real store, lists, accounts, switch or headquarters: each is tried."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from cache.store import CacheStore
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.events import TRAINING_MARK, EventKind
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import Pictures
from mdt_app.hq.switch import run_switch
from mdt_app.services.scenarios import load_scenario
from mdt_app.sync.client import HqClient
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.wire import SignedMessage
from mdt_app.wiring.simulation import CAR_ID, Simulation, sweep
from tests.fakes.car import KEY, Shift, make_read
from tests.fakes.drilled import Heard, drilled
from tests.fakes.headquarters import Headquarters, Serving, a_word, an_entry, made, serving

DRILL = "two-hits-at-once"
CALLS = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "subprocess.Popen", "os.system")
WRITES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.rmtree")


class Watch:
    """Who is called, and what is written, while it is on."""

    def __init__(self) -> None:
        self.on, self.called, self.written = False, list[str](), list[str]()

    def hear(self, event: str, given: tuple[object, ...]) -> None:
        """The interpreter's audit (PEP 578)."""
        if not self.on:
            return
        if event in CALLS:
            self.called.append(f"{event} {given}")
        elif _writes(event, given):
            self.written.append(str(given[0]))


def _writes(event: str, given: tuple[object, ...]) -> bool:
    if event == "open":
        return isinstance(given[2], int) and bool(given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    # A name that is relative is one in a folder that is opened.
    return event in WRITES and os.path.isabs(str(given[0]))


class Asked(KeyringBackend):
    """A keyring that keeps what it is asked for."""

    priority = -1.0  # nobody else is given it

    def __init__(self) -> None:
        super().__init__()
        self.asked = list[str]()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append(f"{service} {username}")
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked.append(f"{service} {username} {len(password)}")


@pytest.fixture
def simulation() -> Iterator[Simulation]:
    """A drill that has begun."""
    heard = Heard()
    running = Simulation(load_scenario(DRILL), speakers=(heard, heard))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A real headquarters with a real switch behind it, both serving."""
    with Serving(run_switch, "127.0.0.1", 0, (an_entry("4TKF63", "MA"),)) as switch:
        there = made(tmp_path_factory.mktemp("hq"))
        with serving(there.folder, ("127.0.0.1", switch.port)) as running:
            yield Headquarters(there.folder, f"http://127.0.0.1:{running.port}", there.cars, there.desks)


@pytest.fixture(scope="module")
def watched() -> Iterator[Watch]:
    """Everything that this process asks of the system, by the interpreter's own audit."""
    watch = Watch()
    sys.addaudithook(watch.hear)  # none can be taken off again: it is turned off instead
    yield watch
    watch.on = False


def test_a_whole_drill_calls_nobody_and_writes_in_its_own_folder_alone(
    watched: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In a car's own environment, with temporary files through a link into the real folder, from sign-in to stop."""
    real, link, keyring_asked = tmp_path / "real", tmp_path / "tmp", Asked()
    real.mkdir()
    CacheStore(real / "store.db", KEY).close()
    before = hashlib.sha256((real / "store.db").read_bytes()).hexdigest()
    link.symlink_to(real, target_is_directory=True)
    for name in ("MDT_CAR_TOKEN", "MDT_DESK_TOKEN"):
        monkeypatch.setenv(name, "a real token")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(real))
    monkeypatch.setattr(tempfile, "tempdir", str(link))
    usual = keyring.get_keyring()
    keyring.set_keyring(keyring_asked)
    try:
        watched.on = True
        verdict, events, _ = drilled(DRILL, "right")
    finally:
        watched.on = False
        keyring.set_keyring(usual)
    assert verdict.passed
    assert EventKind.STOP in [event.kind for event in events]
    assert watched.called == []
    assert keyring_asked.asked == []
    # Only folders of its own, which are gone again.
    assert [path for path in watched.written if not re.search(r"/mdt-(training|turns)-[^/]+(/|$)", path)] == []
    assert hashlib.sha256((real / "store.db").read_bytes()).hexdigest() == before
    assert [path.name for path in real.iterdir()] == ["store.db"]


def test_the_real_headquarters_refuses_every_record_of_a_drill(real: Headquarters):
    """Sent with a real car's own token, each is refused by name, and nothing is on record."""
    _, events, _ = drilled(DRILL, "right")
    with real.client() as client:
        receipt = client.push_events([(event, None) for event in events])
    assert receipt.accepted == ()
    assert {refused.reason for refused in receipt.refused} == {"training_record"}
    assert len(receipt.refused) == len(events)
    assert real.on_record() == []


def test_the_drills_car_has_no_way_into_the_real_headquarters(real: Headquarters):
    """There is no such car there, whatever token is shown."""
    with HqClient(real.url, CAR_ID, real.cars["car-7"]) as client, pytest.raises(MdtError):
        client.fetch_lists()


def test_a_real_store_does_not_open_to_a_drill_and_stays_as_it_was(tmp_path: Path, simulation: Simulation):
    """Another key: refused. The real store is the same to the last byte after a drill beside it."""
    path = tmp_path / "store.db"
    CacheStore(path, KEY).close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(BadInput):
        CacheStore(path, simulation.key)
    simulation.script("right")
    assert simulation.run().passed
    assert simulation.folder not in (tmp_path, *tmp_path.parents)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_real_key_does_not_open_a_drills_store(simulation: Simulation):
    """The other way round."""
    with pytest.raises(BadInput):
        CacheStore(simulation.folder / "store.db", KEY)


def test_a_drill_leaves_nothing_on_the_disk(simulation: Simulation):
    """Its folder goes with it, and its key was never anywhere but in memory."""
    assert simulation.folder.exists()
    simulation.stop()
    assert not simulation.folder.exists()


def test_what_a_killed_drill_left_goes_after_a_day(tmp_path: Path):
    """A day old: removed; younger, or not a drill's: it stays; so does what a link of that name leads to."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "store.db").write_bytes(b"real")
    os.utime(tmp_path / "real", (0, 0))
    (tmp_path / "mdt-training-link").symlink_to(tmp_path / "real", target_is_directory=True)
    for name, hours in (("mdt-training-old", 25), ("mdt-training-new", 1), ("other-old", 25)):
        (tmp_path / name).mkdir()
        at = time.time() - hours * 3600
        os.utime(tmp_path / name, (at, at))
    sweep(tmp_path)
    stayed = ["mdt-training-link", "mdt-training-new", "other-old", "real"]
    assert sorted(path.name for path in tmp_path.iterdir()) == stayed
    assert (tmp_path / "real" / "store.db").read_bytes() == b"real"


def test_a_real_car_believes_no_account_of_a_drill(tmp_path: Path, simulation: Simulation):
    """What the drill's headquarters signs is refused by a real car's core."""
    car = Shift(tmp_path / "car.db")
    try:
        with pytest.raises(Refused):
            car.do(simulation.headquarters.accounts("CAR12", "rdoe", "R. Doe"))
    finally:
        car.core.stop()


def test_a_real_car_believes_no_list_of_a_drill(simulation: Simulation):
    """A list needs headquarters' signed word; the drill has lists, and no word that a car takes."""
    hotlist, _ = simulation.headquarters.lists()[0]
    signer = simulation.headquarters.signer
    word = HotListManifest.of(hotlist).model_dump_json().encode()
    with pytest.raises(BadInput):
        a_word().read(SignedMessage(content=word.decode(), signature=signer.sign(word).hex()))


def test_a_listed_plate_of_the_drill_alerts_nobody_in_a_real_car(tmp_path: Path, simulation: Simulation):
    """The drill's list is in force in the drill alone."""
    car = Shift(tmp_path / "car.db")
    try:
        car.prepare()
        simulation.player.run_to(10)
        car.do(RecordRead(make_read("4TKF63", "MA", captured_at=car.clock.now()), Pictures()))
        assert car.said(HitRaised) == []
        assert not any(TRAINING_MARK in event.body for event in car.recorded())
    finally:
        car.core.stop()
