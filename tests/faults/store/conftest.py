"""What the store's fault tests share: programs of their own to be killed, and what was acknowledged before."""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from cache.db import open_database
from cache.store import CacheStore
from tests.fakes.campaign import Tally
from tests.fakes.car import KEY

ROOT = Path(__file__).parents[3]
SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
"""ext4's own way to stop a file system dead, as a power cut does: what was not synced is gone."""


@dataclass
class Program:
    """A worker in a process of its own."""

    process: subprocess.Popen[bytes]
    said: bytes = b""

    def lines(self) -> list[str]:
        """Complete lines only: what was cut off by the kill was never heard."""
        return self.said.decode().split("\n")[:-1]

    def hear_until(self, enough: Callable[[list[str]], bool], quiet_s: float = 60.0) -> list[str]:
        """Hear it until that is enough, or it ended. It may take its time, but not be quiet for so long."""
        heard_at = time.monotonic()
        while not enough(self.lines()):
            assert time.monotonic() - heard_at < quiet_s, (self.process.poll(), self.lines()[-3:])
            if self._hear(0.2):
                heard_at = time.monotonic()
            elif self.process.poll() is not None:
                break
        return self.lines()

    def hear_for(self, seconds: float) -> list[str]:
        """Hear it to its end, but for no longer than that; then kill it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (self._hear(0.2) or self.process.poll() is None):
            pass
        return self.kill()

    def kill(self) -> list[str]:
        """Kill it at once, and return all that it had said."""
        self.process.send_signal(signal.SIGKILL)
        while self._hear(1.0):
            pass
        self.process.wait()
        return self.lines()

    def finish(self, quiet_s: float = 60.0) -> list[str]:
        """Let it end by itself, for as long as it goes on telling what it does."""
        heard_at = time.monotonic()
        while (heard := self._hear(1.0)) or self.process.poll() is None:
            heard_at = time.monotonic() if heard else heard_at
            assert time.monotonic() - heard_at < quiet_s, self.lines()[-3:]
        assert self.process.wait() == 0, self.lines()[-3:]
        return self.lines()

    def _hear(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        more = os.read(self.process.stdout.fileno(), 65_536) if ready else b""
        self.said += more
        return bool(more)


@pytest.fixture
def program() -> Iterator[Callable[..., Program]]:
    """Start a worker; `before` goes in front of the command, as `unshare` does."""
    running: list[Program] = []

    def start(name: str, *words: object, before: tuple[str, ...] = (), **environment: str) -> Program:
        command = (*before, sys.executable, "-m", "tests.faults.store.worker", name, *map(str, words))
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, env={**os.environ, **environment})
        running.append(Program(process))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
        one.process.stdin.close()
        one.process.stdout.close()


@dataclass(frozen=True)
class Found:
    """What a store holds after a fault."""

    reads: tuple[str, ...]
    audit: str
    damage: tuple[str, ...]
    findings: tuple[str, ...]

    def lost(self, acknowledged: list[str]) -> int:
        return len(set(acknowledged) - set(self.reads))

    @property
    def doubled(self) -> int:
        return len(self.reads) - len(set(self.reads))

    def problems(self, acknowledged: list[str]) -> list[str]:
        """What is wrong with it, given what was acknowledged before the fault."""
        lost, doubled = self.lost(acknowledged), self.doubled
        words = [f"{lost} lost"] if lost else []
        words += [f"{doubled} doubled"] if doubled else []
        words += [f"trail: {self.audit}"] if self.audit != "ok" else []
        return [*words, *self.damage, *self.findings]


@pytest.fixture
def tally(record_property) -> Iterator[Tally]:
    """Counts for the campaign's report, told also of a test that fails."""
    counts = Tally(record_property)
    yield counts
    counts.tell()


def found_in(path: Path) -> Found:
    store = CacheStore(path, KEY)
    with closing(store.reader()) as reader:
        audit, damage = reader.verify_audit().words, reader.damage()
    with closing(open_database(path, KEY)) as db:
        subjects = tuple(row[0] for row in db.execute("SELECT subject FROM audit JOIN reads ON read_id = subject"))
    store.close()
    return Found(subjects, audit, damage, store.findings)


@contextmanager
def disk(folder: Path):
    """A small ext4 file system of its own on a loop device, which can be cut off."""
    image, mount = folder / "disk.img", folder / "disk"
    with image.open("wb") as file:
        file.truncate(48 << 20)
    mount.mkdir()
    system("mkfs.ext4", "-q", "-F", str(image))
    mount_image(image, mount)
    try:
        yield image, mount
    finally:
        with suppress(subprocess.CalledProcessError):
            system("umount", "--lazy", str(mount))


def system(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def power(tmp_path_factory):
    """Skips where nobody may mount: the power cut needs root and a loop device."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("a power cut is tested as root, with mkfs.ext4 and a loop device")
    try:
        with disk(tmp_path_factory.mktemp("probe")):
            return True
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no loop device can be mounted here: {error.stderr.decode().strip()}")


def mount_image(image: Path, mount: Path) -> None:
    """Mount over a loop device of its own: a dead file system that lingers in another namespace is not met again."""
    device = subprocess.run(("losetup", "--find", "--show", str(image)), check=True, capture_output=True, text=True)  # noqa: S607 - the system's own
    system("mount", device.stdout.strip(), str(mount))
    system("losetup", "--detach", device.stdout.strip())  # takes effect with the unmounting


def put_back(image: Path, mount: Path) -> None:
    """Mount what was on the disk when it was stopped dead: a copy of the image.

    A process elsewhere that was given a mount namespace of its own meanwhile keeps the dead file system mounted. What
    that still had in memory is written to its image later, which must not be the one that is in use again.
    """
    copy = image.with_suffix(".copy")
    system("cp", "--sparse=always", str(image), str(copy))
    system("umount", str(mount))
    copy.replace(image)
    mount_image(image, mount)


def stop_dead(mount: Path) -> None:
    """Cut the file system off at once, as a power cut does."""
    handle = os.open(mount, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, SHUTDOWN, NO_LOG_FLUSH.to_bytes(4, "little"))
    finally:
        os.close(handle)
