"""Writes the file of a list of any length: entries are sorted on disk in runs, so that millions fill no memory.

The folder is the caller's own and temporary; the runs in it are compressed, and go with it.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.sync.list_wire import EntryMessage, HotListManifest

RUN = 200_000
"""Entries that are sorted in memory at once: some 60 MB."""
_QUICK, _SMALL = 1, 6
_TELL_EVERY = 20_000

Tell = Callable[[str, float], None]
Row = tuple[str, bytes]
"""An entry's id and its canonical line."""


def write_list(
    folder: Path, about: HotList, entries: Iterable[Entry], tell: Tell = lambda _step, _share: None
) -> tuple[HotList, Path]:
    """Write the file of a list as it travels; return the list with count and digest, and the file.

    `about` names it; its own count and digest are not looked at. `tell` hears what is done once all entries were taken,
    and how far that is, from 0 to 1. Raises BadInput for an entry that can't be sent, two with one id, and a disk that
    refuses.
    """
    try:
        with ExitStack() as stack:
            runs = [stack.enter_context(_run(folder, number, rows)) for number, rows in enumerate(_sorted(entries))]
            count, digest = _joined(runs, folder / "lines", tell)
        hotlist = replace(about, count=count, sha256=digest)
        return hotlist, _finished(folder, hotlist, tell)
    except OSError as fault:
        raise BadInput("The list can't be written.", "Make room in the folder for temporary files.") from fault


def _sorted(entries: Iterable[Entry]) -> Iterator[list[Row]]:
    rows = ((entry.entry_id, EntryMessage.of(entry).line()) for entry in entries)
    while some := list(islice(rows, RUN)):
        some.sort()
        yield some


def _run(folder: Path, number: int, rows: Iterable[Row]) -> gzip.GzipFile:
    """Keep a sorted run; return it opened for reading. A blank parts id and line: ids have none."""
    path = folder / f"run{number}"
    with _own(path) as raw, gzip.GzipFile("", "wb", _QUICK, raw) as file:
        file.writelines(entry_id.encode() + b" " + line for entry_id, line in rows)
    return gzip.open(path)


def _joined(runs: Sequence[gzip.GzipFile], path: Path, tell: Tell) -> tuple[int, str]:
    """Merge the runs into one file of lines; return how many there are, and their digest."""
    digest, count, last = hashlib.sha256(), 0, b""
    with _own(path) as raw, gzip.GzipFile("", "wb", _QUICK, raw) as file:
        for row in heapq.merge(*map(_rows, runs)):
            entry_id, line = row
            if entry_id == last:
                raise BadInput("Two entries of the list have one id.", "Give a list whose entries can be told apart.")
            digest.update(line)
            file.write(line)
            if count % _TELL_EVERY == 0:
                tell("is sorted", count / (RUN * len(runs)))
            count, last = count + 1, entry_id
    return count, digest.hexdigest()


def _rows(run: gzip.GzipFile) -> Iterator[tuple[bytes, bytes]]:
    for row in run:
        entry_id, _, line = row.partition(b" ")
        yield entry_id, line


def _finished(folder: Path, hotlist: HotList, tell: Tell) -> Path:
    """Put the manifest before the lines. mtime 0 and no name: the same list gives the same bytes."""
    path = folder / "list.gz"
    with _own(path) as raw, gzip.GzipFile("", "wb", _SMALL, raw, mtime=0) as file:
        file.write(HotListManifest.of(hotlist).model_dump_json().encode() + b"\n")
        with gzip.open(folder / "lines") as lines:
            for number, line in enumerate(lines):
                file.write(line)
                if number % _TELL_EVERY == 0:
                    tell("is packed", number / hotlist.count)
    return path


def _own(path: Path) -> IO[bytes]:
    """Make a file that nobody else can read, and open it for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
