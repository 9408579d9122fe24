"""Releases from headquarters' folder to a machine: who may have which, in slices, over cuts, and never an older one."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from mdt_app.domain.notices import Notice
from mdt_app.hq.releases import newest_for
from mdt_app.sync.client import HqUnreachable
from mdt_app.sync.release_wire import MANIFEST
from mdt_app.wiring.car_release import SLICE, CarRelease
from mdt_app.wiring.releases import new_release_key, sign_release, take_waiting
from tests.fakes.headquarters import Headquarters, made, serving

SYSTEM = "debian-12"


class Fleet:
    """A headquarters with releases, and one car that follows them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.hq = folder, made(folder / "hq")
        self.releases, self.drop = folder / "hq" / "releases", folder / "drop"
        self.releases.mkdir()
        self.drop.mkdir()
        self.key = new_release_key(folder / "key")
        self.told: list[Notice] = []
        self.links = ExitStack()

    def release(self, version: str, size: int = 1000) -> Path:
        """A signed release of about so many bytes, in headquarters' folder."""
        body = self.folder / "body"
        body.write_bytes(bytes(size))
        archive = self.releases / f"{version}.tar"
        with tarfile.open(archive, "w") as out:
            out.add(body, "release/VERSION")
        sign_release(archive, version, SYSTEM, self.folder / "key")
        return archive

    def car(self, at: Headquarters, version: str = "1.0") -> CarRelease:
        """The car, started anew."""
        room = self.folder / "room"
        client = self.links.enter_context(at.client())
        return CarRelease(client, self.key, SYSTEM, room, self.told.append, self.drop, version)


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    made_here = Fleet(tmp_path)
    with made_here.links:
        yield made_here


@pytest.fixture
def at(fleet: Fleet) -> Iterator[Headquarters]:
    """The fleet's headquarters, serving."""
    with serving(fleet.folder / "hq") as running:
        yield replace(fleet.hq, url=f"http://127.0.0.1:{running.port}")


def test_a_release_comes_in_slices_over_a_restart_and_is_dropped_whole(fleet: Fleet, at: Headquarters) -> None:
    """A slice a turn; a car that starts anew goes on where it was; a link that is cut loses nothing."""
    archive = fleet.release("1.1", 2 * SLICE)
    assert fleet.car(at).turn() == ""
    part = next((fleet.folder / "room").glob("*.part"))
    assert part.stat().st_size == SLICE
    again = fleet.car(at)
    for _ in range(2):
        assert not list(fleet.drop.iterdir())
        assert again.turn() == ""
    dropped, manifest = sorted(fleet.drop.iterdir())
    assert (dropped.read_bytes(), manifest.name) == (archive.read_bytes(), dropped.name + MANIFEST)
    assert [notice.name for notice in fleet.told] == ["release"]
    assert again.turn() == ""
    assert len(fleet.told) == 1
    assert not part.exists()


def test_what_headquarters_must_not_give_is_not_taken(fleet: Fleet, at: Headquarters) -> None:
    """An older one, one by another maker, one whose bytes are others: told, nothing dropped; none is no fault."""
    assert fleet.car(at).turn() == ""
    archive = fleet.release("1.1")
    assert "not newer" in fleet.car(at, "1.2").turn()
    assert fleet.car(at, "1.1").turn() == ""
    content = archive.read_bytes()
    archive.write_bytes(bytes(len(content)))
    assert "damaged" in fleet.car(at).turn()
    new_release_key(fleet.folder / "other")
    sign_release(archive, "9.0", SYSTEM, fleet.folder / "other")
    assert "not signed by its maker" in fleet.car(at).turn()
    assert not list(fleet.drop.iterdir())
    fleet.drop.rmdir()
    fleet.release("9.1")
    assert "can't be laid" in fleet.car(at).turn()


def test_a_refused_release_is_shown_and_told_until_one_is_believed(fleet: Fleet, at: Headquarters) -> None:
    """The status bar and headquarters' list of cars say so, until one is taken or the refused one is withdrawn."""
    archive = fleet.release("1.1")
    content = archive.read_bytes()
    archive.write_bytes(bytes(len(content)))
    car = fleet.car(at)
    assert "damaged" in car.turn()
    refused = fleet.told[-1]
    assert (refused.name, refused.words, refused.urgent) == ("release", "Release refused", False)
    archive.write_bytes(content)
    car._ask_at = 0.0
    assert car.turn() == ""
    assert [notice.words for notice in fleet.told] == ["Release refused", "New release"]
    new_release_key(fleet.folder / "other")
    sign_release(archive, "9.0", SYSTEM, fleet.folder / "other")
    car._ask_at = 0.0
    assert "not signed by its maker" in car.turn()
    archive.unlink()
    fleet.release("1.1")
    car._ask_at = 0.0
    assert car.turn() == ""
    assert [notice.words for notice in fleet.told[2:]] == ["Release refused", ""]


def test_headquarters_gives_a_release_to_some_cars_first(fleet: Fleet) -> None:
    """The cars named beside it have the new one, the others stay; without the names all have it; half a file nobody."""
    fleet.release("1.1")
    archive = fleet.release("1.2")
    named = archive.with_name(f"{archive.name}.cars")
    named.write_text("car-7\n", encoding="utf-8")

    def versions() -> list[str]:
        held = [newest_for(fleet.releases, car, SYSTEM) for car in ("car-7", "car-8")]
        return [one.manifest.version for one in held if one]

    assert versions() == ["1.2", "1.1"]
    named.unlink()
    assert versions() == ["1.2", "1.2"]
    archive.write_bytes(b"half")
    assert versions() == ["1.1", "1.1"]
    assert newest_for(fleet.releases, "car-7", "windows") is None


def test_a_link_that_fails_is_the_links_trouble_and_root_proves_again(fleet: Fleet, at: Headquarters) -> None:
    """An unreachable headquarters raises for the sync's own back-off; what the car drops is proved anew by root."""
    fleet.release("1.1")
    with pytest.raises(HqUnreachable):
        fleet.car(replace(at, url="http://127.0.0.1:9")).turn()
    assert fleet.car(at).turn() == ""
    home = fleet.folder / "home"
    (home / "releases" / "1.0" / "bin").mkdir(parents=True)
    (home / "releases" / "1.0" / "bin" / "python").symlink_to("/bin/false")
    (home / "current").symlink_to("releases/1.0")
    taken, refused = take_waiting(fleet.drop, fleet.key, SYSTEM, home)
    assert (taken, len(refused)) == ((), 1)
    assert "does not start" in refused[0]
