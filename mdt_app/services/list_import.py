"""Reading a hot list file as it comes from its source: entries, and every line that can't be one."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import lzma
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, RefusedLine
from mdt_app.domain.list_layout import Layout
from mdt_app.domain.list_lines import ENDLESS, Line, parse_lines
from mdt_app.services.layouts import load_layout, load_vocabulary
from mdt_app.services.progress import QUIET_S, Progress

LINE_MOST = 8192
"""Characters in one line that are looked at: a line without end is refused and must not fill the memory."""
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(slots=True)
class Tally:
    """What became of a file's lines, and the SHA-256 of its bytes as they came. Whole when the file has been read."""

    lines: int = 0
    entries: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    sha256: str = ""

    def count(self, item: Line) -> None:
        """Count what one line became."""
        self.lines += 1
        if isinstance(item, Entry):
            self.entries += 1
        elif isinstance(item, RefusedLine):
            self.refused[item.reason] += 1
        else:
            self.passed[item.what] += 1


@dataclass(frozen=True, slots=True)
class ListFile:
    """What a file holds. `extracted_at` is the file's own time in UTC, the nearest that is known to its extract."""

    entries: tuple[Entry, ...]
    refused: tuple[RefusedLine, ...]
    extracted_at: datetime
    tally: Tally = field(default_factory=Tally)


def read_list_file(
    path: Path, layout_name: str, list_id: str, *, columns: Path | None = None, progress: Progress | None = None
) -> ListFile:
    """Read a list in a named layout. Raises BadInput when the file can't be read or holds no entry at all."""
    tally = Tally()
    entries: list[Entry] = []
    refused: list[RefusedLine] = []
    for item in list_lines(path, layout_name, list_id, tally, columns=columns, progress=progress):
        if isinstance(item, Entry):
            entries.append(item)
        elif isinstance(item, RefusedLine):
            refused.append(item)
    require_entries(path, layout_name, tally)
    return ListFile(tuple(entries), tuple(refused), extract_time(path), tally)


def require_entries(path: Path, layout_name: str, tally: Tally) -> None:
    """Raise BadInput for a file that was read and holds no entry at all."""
    if not tally.entries:
        words = f"The hot list {path.name} holds no entry that can be used ({tally.refused.total()} lines refused)."
        raise BadInput(words, f"Check that it is in the layout '{layout_name}'.")


def list_lines(
    path: Path,
    layout_name: str,
    list_id: str,
    tally: Tally,
    *,
    columns: Path | None = None,
    progress: Progress | None = None,
) -> Iterator[Line]:
    """Give what each line of a list file becomes, in order, counted in `tally`.

    gzip, and zip with one file in it, are opened. Raises BadInput, also at the end: nothing may be used before.
    """
    with _opened(path) as (raw, stream, stem):
        layout = load_layout(layout_name, columns, stem)
        text = io.TextIOWrapper(stream, encoding=_encoding(stream, layout), errors="replace", newline=None)
        lines = _paced(_lines(text), raw, path.stat().st_size, progress)
        for item in parse_lines(layout, lines, list_id, load_vocabulary()):
            tally.count(item)
            yield item
    tally.sha256 = _file_digest(path)


def extract_time(path: Path) -> datetime:
    """Return the file's own time in UTC. Raises BadInput for a file that is not there."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise BadInput(f"The hot list {path.name} can't be read.", "Check the path and its permissions.") from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[io.FileIO, io.BufferedReader, str]]:
    """Open a list file: its bytes on disk, its content, and the name (without ending) that may tell a category."""
    words = f"The hot list {path.name} can't be read"
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(path.open("rb", buffering=0))
            stream, stem = _content(stack, raw, path)
            yield raw, stack.enter_context(io.BufferedReader(stream)), stem
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, lzma.LZMAError, NotImplementedError) as error:
        raise BadInput(f"{words}: its compression is broken.", "Fetch it again.") from error
    except (OSError, RuntimeError, UnicodeError) as error:
        raise BadInput(f"{words}.", "Check the path, its permissions, and that no password is on it.") from error


def _content(stack: ExitStack, raw: io.FileIO, path: Path) -> tuple[Any, str]:
    start = raw.read(4)
    raw.seek(0)
    stem = path.name.split(".")[0]
    if start.startswith(_GZIP):
        return stack.enter_context(gzip.open(raw)), stem
    if start.startswith(_ZIP):
        archive = stack.enter_context(zipfile.ZipFile(raw))
        files = [info for info in archive.infolist() if not info.is_dir()]
        if len(files) != 1:
            raise BadInput(f"The archive {path.name} holds {len(files)} files.", "Give one list at a time.")
        return stack.enter_context(archive.open(files[0])), Path(files[0].filename).name.split(".")[0]
    return raw, stem


def _encoding(stream: io.BufferedReader, layout: Layout) -> str:
    """Return how the content is written; a mark before UTF-8 is read over here.

    Python's own decoder for such files loses a first line that is half of a mark.
    """
    start = stream.peek(3)[:3]
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if layout.encoding != "utf-8-sig":
        return layout.encoding
    if start == codecs.BOM_UTF8:
        stream.read(len(start))
    return "utf-8"


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Give the lines; of one that has no end only its beginning, marked as no line of a list."""
    while line := text.readline(LINE_MOST):
        if len(line) == LINE_MOST and not line.endswith("\n"):
            while (rest := text.readline(LINE_MOST)) and not rest.endswith("\n"):
                pass
            line = ENDLESS
        yield line


def _paced(lines: Iterator[str], raw: io.FileIO, size: int, progress: Progress | None) -> Iterator[str]:
    told = time.monotonic()
    for number, line in enumerate(lines):
        if progress and number % 4096 == 0 and time.monotonic() - told > QUIET_S:
            told = time.monotonic()
            progress(min(1.0, raw.tell() / max(size, 1)))
        yield line


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
