"""What a store and headquarters know of each other: sealed keys that get there by themselves, damage that is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cache.db import open_database
from cache.keys import forget_key, obtain_key, replace_key
from cache.recovery import new_recovery_key, recover
from mdt_app.domain.accounts import Role
from mdt_app.domain.commands import RecordRead, SignIn
from mdt_app.domain.notices import LinkChanged, Notice
from mdt_app.domain.reads import Pictures
from mdt_app.hq.main import create_account, public_key, train_account
from mdt_app.services.second_factor import present_code
from mdt_app.services.settings import CarSettings
from mdt_app.wiring.car import Car
from mdt_app.wiring.car_core import CarCore
from tests.fakes.car import make_read
from tests.fakes.desk import a_headquarters
from tests.fakes.headquarters import KEY, ORI, POLICY, Headquarters, until

PASSWORD = "long enough to stand"
WORDS, PUBLIC = new_recovery_key()


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Headquarters]:
    """A headquarters of the test's own."""
    with a_headquarters(tmp_path / "hq") as there:
        yield there


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The car's folder."""
    made = tmp_path / "car"
    made.mkdir()
    yield made
    forget_key(made)


@contextmanager
def running(hq: Headquarters, folder: Path) -> Iterator[RunningCar]:
    """A car at work; it ends once headquarters has all that is on record."""
    settings = CarSettings(
        car_id="car-7",
        unit="7",
        ori=ORI,
        headquarters=hq.url,
        headquarters_key=public_key(KEY),
        recovery_keys=(PUBLIC,),
    )
    made = RunningCar(Car(CarCore(settings, folder, allow_key_file=True), hq.cars["car-7"]), [])
    made.car.core.subscribe(made.heard.append)
    made.car.start()
    try:
        yield made
        made.until_synced()
    finally:
        made.car.stop()


@dataclass
class RunningCar:
    """A car and what its core said."""

    car: Car
    heard: list[Notice]

    def until_synced(self) -> None:
        after = len(self.heard)
        told = (LinkChanged,)
        until(lambda: any(isinstance(n, told) and n.connected and not n.pending for n in self.heard[after:]), "no sync")

    def sign_in(self, secret: str) -> None:
        """An officer's account comes with the first sync."""
        self.until_synced()
        command = SignIn("rdoe", PASSWORD, notice_acknowledged=True, code=present_code(secret))
        self.car.core.submit(command).result(10)

    def sees(self, plate: str) -> None:
        read = make_read(plate, captured_at=datetime.now(UTC))
        self.car.core.submit(RecordRead(read, Pictures(b"", b""))).result(10)


def released(hq: Headquarters) -> dict[str, list[str]]:
    with hq.desk() as desk:
        return desk.post("/v1/cars/car-7/recovery/release", json={"words": "keyring lost"}).json()["recipients"]


def test_a_stores_key_is_escrowed_by_itself_and_anew_after_a_new_key(hq: Headquarters, folder: Path) -> None:
    """The agency's recovery words open the store with what headquarters holds, also after the store's key changed."""
    with running(hq, folder):
        pass
    first = released(hq)
    assert recover(folder, WORDS) == (obtain_key(folder, allow_file=True).raw,)
    replace_key(folder, allow_file=True)
    assert released(hq) == first
    with running(hq, folder):
        pass
    assert released(hq) != first
    assert list(released(hq)) == [PUBLIC]


def test_a_store_that_lost_records_is_flagged_at_headquarters(hq: Headquarters, folder: Path, tmp_path: Path) -> None:
    """An older store put back, its trail as long as before: the car finds what is missing, and a supervisor is told."""
    account = create_account(hq.folder, key=KEY, user_id="rdoe", name="R. Doe", role=Role.OFFICER, password=PASSWORD)
    train_account(hq.folder, key=KEY, user_id="rdoe", topics=POLICY.training, trainer="the test")
    older = tmp_path / "older.db"
    with running(hq, folder) as car:
        car.sign_in(account.totp_secret)
        car.until_synced()
        with closing(open_database(folder / "store.db", obtain_key(folder, allow_file=True).raw)) as db:
            db.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
            shutil.copy(folder / "store.db", older)
        car.sees("4BXR91")
        car.sees("7JKT20")
    assert not (folder / "store.db-wal").exists(), "something of the store is still open"
    shutil.copy(older, folder / "store.db")
    with running(hq, folder):
        pass
    with hq.desk(Role.SUPERVISOR) as desk:
        assert [flag["reason"] for flag in desk.get("/v1/flags").json()["flags"]] == ["store_damaged"]
