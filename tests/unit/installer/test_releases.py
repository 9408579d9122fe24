"""Signed releases: proved, tried, switched to in one step; never back, and harmless wherever they are cut off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mdt_app.domain.errors import BadInput
from mdt_app.sync.release_wire import MANIFEST, numbers
from mdt_app.wiring.releases import in_force, new_release_key, sign_release, take_release, take_waiting

SYSTEM = "debian-12"
CUTS_APART = 1 if os.environ.get("MDT_SOAK_STEPS") else 7
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows takes a release by its installer")


class Maker:
    """Whoever makes releases, and a machine with release 1.0 on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.public = new_release_key(folder / "key")
        interpreter = folder / "interpreter"
        interpreter.write_text('#!/bin/sh\ncat "$(dirname "$0")/../VERSION"\n', encoding="ascii")
        interpreter.chmod(0o755)
        first = self.home / "releases" / "1.0"
        (first / "bin").mkdir(parents=True)
        (first / "bin" / "python").symlink_to(interpreter)
        (first / "VERSION").write_text("mdt 1.0\n", encoding="ascii")
        (self.home / "current").symlink_to("releases/1.0")

    def release(self, version: str, says: str = "", system: str = SYSTEM) -> Path:
        """A signed release; `says`: what it answers when it is asked for its version."""
        made = self.folder / f"made-{version}"
        (made / "release" / "lib").mkdir(parents=True)
        (made / "parts" / f"of-{version}").mkdir(parents=True)
        (made / "release" / "VERSION").write_text(says or f"mdt {version}\n", encoding="ascii")
        for number in range(3):
            (made / "release" / "lib" / f"{number}.py").write_text("pass\n", encoding="ascii")
            (made / "parts" / f"of-{version}" / f"{number}.py").write_text("pass\n", encoding="ascii")
        archive = self.folder / f"{version}.tar"
        with tarfile.open(archive, "w") as out:
            for part in ("release", "parts"):
                out.add(made / part, part)
        sign_release(archive, version, system, self.folder / "key")
        return archive

    def take(self, archive: Path) -> str:
        """Take it on the machine."""
        return take_release(archive, self.public, SYSTEM, self.home)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def test_a_newer_release_is_put_in_force_beside_the_one_before(maker: Maker) -> None:
    """Its packages come with it; the one before stays for what still runs, older ones go."""
    assert [maker.take(maker.release(version)) for version in ("1.1", "1.10")] == ["1.1", "1.10"]
    assert in_force(maker.home) == "1.10"
    assert sorted(one.name for one in (maker.home / "releases").iterdir()) == ["1.1", "1.10"]
    assert (maker.home / "parts" / "of-1.10" / "2.py").exists()
    assert not list(maker.home.rglob("*.draft"))


def _other_key(maker: Maker, archive: Path) -> None:
    new_release_key(maker.folder / "other")
    sign_release(archive, "2.0", SYSTEM, maker.folder / "other")


def _other_content(_: Maker, archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[700] ^= 1
    archive.write_bytes(content)


def _cut_short(_: Maker, archive: Path) -> None:
    os.truncate(archive, archive.stat().st_size // 2)


def _made_longer(_: Maker, archive: Path) -> None:
    with archive.open("ab") as out:
        out.write(bytes(1 << 20))


def _risen_by_hand(_: Maker, archive: Path) -> None:
    manifest = archive.with_name(archive.name + MANIFEST)
    manifest.write_bytes(manifest.read_bytes().replace(b"2.0", b"9.0"))


ATTACKS: dict[str, Callable[[Maker, Path], None]] = {
    "signed by another key": _other_key,
    "wrong digest": _other_content,
    "cut short": _cut_short,
    "without end": _made_longer,
    "a version changed by hand": _risen_by_hand,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_not_the_makers_own_is_refused(maker: Maker, attack: str) -> None:
    """The release in force stays, nothing is left behind, and the true one is taken afterwards."""
    archive = maker.release("2.0")
    kept = {file: file.read_bytes() for file in (archive, archive.with_name(archive.name + MANIFEST))}
    ATTACKS[attack](maker, archive)
    with pytest.raises(BadInput):
        maker.take(archive)
    assert in_force(maker.home) == "1.0"
    assert {one.name for one in maker.home.iterdir()} <= {"current", "in-use", "releases"}
    for file, content in kept.items():
        file.write_bytes(content)
    assert maker.take(archive) == "2.0"


def test_an_older_or_foreign_release_or_one_that_does_not_start_is_refused(maker: Maker) -> None:
    """No way back, also to the very same; signed for another system; one that is not what it says."""
    old, same = maker.release("1.0.1"), maker.release("1.2")
    maker.take(same)
    for archive in (old, same, maker.release("1.3", system="debian-13"), maker.release("1.4", says="mdt 9.9\n")):
        with pytest.raises(BadInput):
            maker.take(archive)
        assert in_force(maker.home) == "1.2"
    assert numbers("0.10") > numbers("0.9")
    assert numbers("1.0.0") == numbers("1")


def test_an_archive_reaches_no_other_place(maker: Maker) -> None:
    """Signed or not: a path out of its folder, a link, a device. Nothing of it is written anywhere."""
    for number, (name, kind) in enumerate(
        (("../out", tarfile.REGTYPE), ("/out", tarfile.REGTYPE), ("release/l", tarfile.SYMTYPE), ("d", tarfile.CHRTYPE))
    ):
        archive = maker.folder / f"evil-{number}.tar"
        with tarfile.open(archive, "w") as out:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc"
            out.addfile(member)
        sign_release(archive, f"3.{number}", SYSTEM, maker.folder / "key")
        with pytest.raises(BadInput, match="no release"):
            maker.take(archive)
    assert {one.name for one in maker.home.iterdir()} <= {"current", "in-use", "releases"}


def test_what_was_dropped_is_taken_or_refused_and_gone(maker: Maker) -> None:
    """Anybody may drop files there: a link to something else is not followed, and what is no release is told."""
    drop, secret = maker.folder / "drop", maker.folder / "secret"
    drop.mkdir()
    secret.write_text("not for others", encoding="ascii")
    for name, archive in (("a.tar", maker.release("1.1")), ("b.tar", maker.release("0.9"))):
        archive.rename(drop / name)
        archive.with_name(archive.name + MANIFEST).rename(drop / f"{name}{MANIFEST}")
    (drop / "c.tar").symlink_to(secret)
    (drop / f"c.tar{MANIFEST}").symlink_to(secret)
    taken, refused = take_waiting(drop, maker.public, SYSTEM, maker.home)
    assert taken == ("1.1",)
    assert [words[:5] for words in refused] == ["b.tar", "c.tar"]
    assert not list(drop.iterdir())
    assert secret.exists()


def test_a_cut_at_any_step_leaves_the_old_or_the_new_whole(tmp_path: Path) -> None:
    """Killed at each of its acts on the disk: what is in force starts, and the next try puts the new one in force."""
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path), str(CUTS_APART)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    cuts, old, new = map(int, done.stdout.split())
    assert cuts >= 60 // CUTS_APART
    assert old > 0
    assert new > 0


def _cut_everywhere(folder: Path, apart: int) -> None:
    """In a process of its own, which forks: one child a cut. Prints the cuts, and how many left the old and the new."""
    maker, left = Maker(folder), {"1.0": 0, "2.0": 0}
    archive = maker.release("2.0")
    shutil.copytree(maker.home, folder / "as-new", symlinks=True)
    for number in range(1, 1000, apart):
        child = os.fork()
        if child == 0:
            sys.addaudithook(_killer(number))
            maker.take(archive)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        left[in_force(maker.home)] += 1
        line = (str(maker.home / "current" / "bin" / "python"), "--version")
        said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
        assert said == f"mdt {in_force(maker.home)}\n"
        if in_force(maker.home) == "1.0":
            assert maker.take(archive) == "2.0"
        if status == 0:
            break
        shutil.rmtree(maker.home)
        shutil.copytree(folder / "as-new", maker.home, symlinks=True)
    sys.stdout.write(f"{sum(left.values())} {left['1.0']} {left['2.0']}\n")


def _killer(number: int) -> Callable[[str, object], None]:
    seen = 0

    def hear(event: str, _: object) -> None:
        nonlocal seen
        if event == "open" or event.startswith(("os.", "shutil.", "subprocess.")):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), 9)

    return hear


if __name__ == "__main__":
    _cut_everywhere(Path(sys.argv[1]), int(sys.argv[2]))
