"""What a running program opens to others: ports that it listens on, and files that other accounts could read."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

_EVERY_S = 0.3
_LISTENS, _UNCONNECTED = "0A", "07"


@dataclass
class Seen:
    """What was there at any moment: (protocol, address, port), modes by path, local sockets that others can reach."""

    listening: set[tuple[str, str, int]] = field(default_factory=set)
    modes: dict[str, int] = field(default_factory=dict)
    reachable: set[str] = field(default_factory=set)


@contextmanager
def watching(folder: Path) -> Iterator[Seen]:
    """Look again and again at the processes that this one has started since, and at what they make in `folder`."""
    seen, over = Seen(), threading.Event()
    before = set(_descendants())

    def look() -> None:
        while not over.wait(_EVERY_S):
            _note_files(folder, seen)
            _note_sockets({pid for pid in _descendants() if pid not in before}, seen)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _note_files(folder: Path, seen: Seen) -> None:
    for path in folder.rglob("*"):
        with suppress(OSError):
            if not path.is_symlink():
                seen.modes[str(path.relative_to(folder))] = path.stat().st_mode & 0o777


def _note_sockets(pids: set[int], seen: Seen) -> None:
    mine = {inode for pid in pids for inode in _inodes(pid)}
    for protocol, wanted in (("tcp", _LISTENS), ("tcp6", _LISTENS), ("udp", _UNCONNECTED), ("udp6", _UNCONNECTED)):
        for row in Path("/proc/net", protocol).read_text().splitlines()[1:]:
            cells = row.split()
            if cells[3] == wanted and cells[9] in mine:
                host, port = cells[1].split(":")
                seen.listening.add((protocol, _address(host), int(port, 16)))
    for row in Path("/proc/net/unix").read_text().splitlines()[1:]:
        cells = row.split()
        if cells[3] == "00010000" and cells[6] in mine:
            _note_local(" ".join(cells[7:]), seen)


def _note_local(name: str, seen: Seen) -> None:
    """A local socket is shut to others by its folder's mode alone; one without a file is open to all."""
    with suppress(FileNotFoundError):
        if name.startswith("@") or not name or Path(name).parent.stat().st_mode & 0o077:
            seen.reachable.add(name)


def _address(text: str) -> str:
    words = b"".join(bytes.fromhex(text[at : at + 8])[::-1] for at in range(0, len(text), 8))
    return str(IPv4Address(words) if len(words) == 4 else IPv6Address(words))


def _inodes(pid: int) -> Iterator[str]:
    with suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                target = os.readlink(entry.path)
                if target.startswith("socket:["):
                    yield target[8:-1]


def _descendants() -> Iterator[int]:
    """Every process below this one, by the parents that /proc names."""
    parents = dict[int, int]()
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[int(entry.name)] = int(fields[1])
    for pid in parents:
        above = parents[pid]
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid():
            yield pid
