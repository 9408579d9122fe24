"""`mdt hotlist import`: a list's file of any length is read, sorted on disk, sent to headquarters and proven there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from mdt_app.domain.errors import MdtError
from mdt_app.domain.hotlist import Entry, HotList, RefusedLine
from mdt_app.services.list_import import Tally, extract_time, list_lines, require_entries
from mdt_app.services.progress import Steps
from mdt_app.sync.list_writer import write_list
from mdt_app.wiring.desk import Desk

READING, SENDING, PROVING = "of the file is read", "is sent", "headquarters proves the list"
_PIECE = 1 << 18


def import_list(
    file: Path,
    layout: str,
    base_url: str,
    token: str,
    list_id: str,
    name: str,
    *,
    columns: Path | None = None,
    say: Callable[[str], None] = lambda _words: None,
    refused: Callable[[RefusedLine], None] = lambda _line: None,
) -> tuple[HotList, Tally]:
    """Read a list file and bring it to headquarters; `refused` is told each line that could not become an entry.

    Millions of entries fill no memory: they are sorted in a temporary folder of this person alone. `say` hears each
    second what is being done and how far it is. Raises BadInput with what to do; headquarters then keeps what it had.
    """
    tally, extracted_at = Tally(), extract_time(file)
    about = HotList(list_id, name, layout.upper(), extracted_at, 0, "", int(extracted_at.timestamp()))

    def entries(steps: Steps) -> Iterator[Entry]:
        steps.at(READING, 0.0)
        read = list_lines(file, layout, list_id, tally, columns=columns, progress=lambda at: steps.at(READING, at))
        for item in read:
            if isinstance(item, Entry):
                yield item
            elif isinstance(item, RefusedLine):
                refused(item)
        require_entries(file, layout, tally)

    with TemporaryDirectory(prefix="mdt-list-") as folder, Steps(say) as steps:
        try:
            hotlist, packed = write_list(Path(folder), about, entries(steps), steps.at)
            _send(base_url, token, list_id, packed, steps)
        except KeyboardInterrupt:
            raise _stopped(steps.words) from None
    return hotlist, tally


def _send(base_url: str, token: str, list_id: str, packed: Path, steps: Steps) -> None:
    with closing(Desk(base_url, token)) as desk, packed.open("rb") as content:
        desk.put_list_file(list_id, _Told(content, packed.stat().st_size, steps))


class _Told:
    """A file that is read piece by piece, and tells how far it is."""

    def __init__(self, file: BinaryIO, size: int, steps: Steps) -> None:
        self._file, self._size, self._steps = file, size, steps

    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        while piece := self._file.read(_PIECE):
            self._steps.at(SENDING, sent / self._size)
            yield piece
            sent += len(piece)
        self._steps.at(PROVING)

    def fileno(self) -> int:
        """The file's, by which its length is told."""
        return self._file.fileno()


def _stopped(words: str) -> MdtError:
    if words == PROVING:
        remedy = "Headquarters has all of it and puts it in force once it is proven: see 'mdt hotlist status'."
        return MdtError("Stopped.", remedy)
    return MdtError("Stopped.", "Headquarters keeps the list that it had.")
