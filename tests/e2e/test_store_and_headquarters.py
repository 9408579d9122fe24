"""What a store and headquarters know of each other: sealed keys that get there by themselves, damage that is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cache.keys import forget_key, obtain_key, replace_key
from cache.recovery import new_recovery_key, recover
from mdt_app.domain.accounts import Role
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.notices import LinkChanged, Notice
from mdt_app.domain.reads import Pictures
from mdt_app.hq.main import public_key
from mdt_app.services.settings import CarSettings
from mdt_app.wiring.car import Car
from tests.fakes.car import make_read
from tests.fakes.desk import a_headquarters
from tests.fakes.headquarters import KEY, ORI, Headquarters, until

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


def synced(hq: Headquarters, folder: Path, *plates: str) -> None:
    """Run a car until headquarters has all that it saw, then end it."""
    settings = CarSettings(
        car_id="car-7",
        unit="7",
        ori=ORI,
        headquarters=hq.url,
        headquarters_key=public_key(KEY),
        recovery_keys=(PUBLIC,),
    )
    car, heard = Car(settings, folder, hq.cars["car-7"], allow_key_file=True), list[Notice]()
    car.core.subscribe(heard.append)
    car.start()
    try:
        for plate in plates:
            read = make_read(plate, captured_at=datetime.now(UTC))
            car.core.submit(RecordRead(read, Pictures(b"", b""))).result(10)
        after = len(heard)
        until(
            lambda: any(isinstance(n, LinkChanged) and n.connected and not n.pending for n in heard[after:]),
            "not synced",
        )
    finally:
        car.stop()


def released(hq: Headquarters) -> dict[str, list[str]]:
    with hq.desk() as desk:
        return desk.post("/v1/cars/car-7/recovery/release", json={"words": "keyring lost"}).json()["recipients"]


def test_a_stores_key_is_escrowed_by_itself_and_anew_after_a_new_key(hq: Headquarters, folder: Path) -> None:
    """The agency's recovery words open the store with what headquarters holds, also after the store's key changed."""
    synced(hq, folder)
    first = released(hq)
    assert recover(folder, WORDS) == (obtain_key(folder, allow_file=True).raw,)
    replace_key(folder, allow_file=True)
    assert released(hq) == first
    synced(hq, folder)
    assert released(hq) != first
    assert list(released(hq)) == [PUBLIC]


def test_a_store_that_lost_records_is_flagged_at_headquarters(hq: Headquarters, folder: Path, tmp_path: Path) -> None:
    """An older store put back, its trail as long as before: the car finds what is missing, and a supervisor is told."""
    synced(hq, folder)
    older = tmp_path / "older.db"
    shutil.copy(folder / "store.db", older)
    synced(hq, folder, "4BXR91", "7JKT20")
    shutil.copy(older, folder / "store.db")
    synced(hq, folder)
    with hq.desk(Role.SUPERVISOR) as desk:
        assert [flag["reason"] for flag in desk.get("/v1/flags").json()["flags"]] == ["store_damaged"]
