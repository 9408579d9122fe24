"""A table as a PDF of any length, written page by page: nothing of a page is kept once it is on disk.

A year's trail is tens of thousands of pages; a layout library holds them all until the end (measured, AUD-3). This
writes the few objects that a page of plain text needs (ISO 32000-1) and keeps only where each of them begins.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from operator import gt
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

PAGE = (792, 612)
"""Letter, landscape, in points."""
_SIZE, _LEADING = 6.0, 7.2
_LEFT, _TOP, _BOTTOM = 30, 580, 34
_WIDTH = 0.6 * _SIZE
"""Every character of Courier is 0.6 of its size wide."""
LINE_CHARACTERS = int((PAGE[0] - 2 * _LEFT) / _WIDTH)
_LINES = int((_TOP - _BOTTOM) / _LEADING)
_PRINTED = bytes(code if code >= 32 or code == 10 else 32 for code in range(256))
"""Control characters become spaces."""
_INDENT = " " * 10
_CONTENT = (
    f"BT /F1 {_SIZE} Tf {_LEADING} TL {_LEFT} {_TOP} Td (%b) Tj ET BT /F2 7 Tf {_LEFT} {_BOTTOM - 14} Td (%b) Tj ET"
).encode()
_RESERVED = 4
"""The first objects: catalog, pages, and two fonts."""


class PdfPages:
    """Lines of text in a fixed pitch, with a title, a head on each page, and page numbers."""

    def __init__(self, path: Path, title: str, head: str) -> None:
        self._path, self._title, self._head = path, title, head
        self._lines: list[str] = []
        self._starts: dict[int, int] = {}
        self._pages: list[int] = []
        self._count = _RESERVED

    def __enter__(self) -> Self:
        self._file: BinaryIO = self._path.open("wb")
        self._file.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                self._end()
        finally:
            self._file.close()

    def keep(self, lines: Sequence[str]) -> None:
        """Add lines that stay on one page, unless they are more than one page holds. A line holds no line feed."""
        if self._lines and len(self._lines) + len(lines) > _LINES - 2:
            self._flush()
        for line in lines:
            if len(self._lines) >= _LINES - 2:
                self._flush()
            self._lines.append(line)

    def _flush(self) -> None:
        lines, self._lines = [self._head, "", *self._lines], []
        shown = _text("\n".join(lines)).replace(b"\n", b") Tj T* (")
        foot = _text(f"{self._title}, page {len(self._pages) + 1}")
        packed = zlib.compress(_CONTENT % (shown, foot), 1)
        text = self._next(b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed))
        about = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]/Contents {text} 0 R"
        self._pages.append(self._next(f"{about}/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>".encode()))

    def _end(self) -> None:
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        font = "<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/"
        self._object(1, b"<</Type/Catalog/Pages 2 0 R/Lang(en-US)>>")
        self._object(2, f"<</Type/Pages/Kids[{kids}]/Count {len(self._pages)}>>".encode())
        self._object(3, f"{font}Courier>>".encode())
        self._object(4, f"{font}Helvetica>>".encode())
        about = self._next(b"<</Title(%b)/Producer(Patrol MDT)>>" % _text(self._title))
        begin = self._file.tell()
        rows = b"".join(b"%010d 00000 n \n" % self._starts[number] for number in range(1, self._count + 1))
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (self._count + 1, rows))
        self._file.write(b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\n" % (self._count + 1, about))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % begin)

    def _next(self, content: bytes) -> int:
        self._count += 1
        self._object(self._count, content)
        return self._count

    def _object(self, number: int, content: bytes) -> None:
        self._starts[number] = self._file.tell()
        self._file.write(b"%d 0 obj%b\nendobj\n" % (number, content))


def write_pdf(
    path: Path, title: str, columns: Mapping[str, int], rows: Iterable[Mapping[str, Any]], end: Iterable[str]
) -> None:
    """Write rows as a table with `columns` (name -> width in characters) and closing lines beneath."""
    write_rows(path, title, columns, (([str(row[name]) for name in columns], "") for row in rows), end)


def write_rows(
    path: Path, title: str, columns: Mapping[str, int], rows: Iterable[tuple[Sequence[str], str]], end: Iterable[str]
) -> None:
    """The same of rows that have their cells in the columns' order; the text of each stands beneath it, if any."""
    widths = tuple(columns.values())
    template = " ".join(f"{{:<{width}}}" for width in widths)
    with PdfPages(path, title, template.format(*columns).rstrip()) as pages:
        for cells, beneath in rows:
            pages.keep(_row(template, widths, cells) + _beneath(beneath))
        pages.keep(["", *(part for line in end for part in _wrapped(line, LINE_CHARACTERS))])


def _row(template: str, widths: Sequence[int], cells: Sequence[str]) -> list[str]:
    """A row's lines: what does not fit its column goes on below."""
    if not any(map(gt, map(len, cells), widths)):
        return [template.format(*cells).replace("\n", " ")]
    parts = map(_wrapped, cells, widths)
    return [template.format(*line).replace("\n", " ") for line in zip_longest(*parts, fillvalue="")]


def _beneath(text: str) -> list[str]:
    parts = _wrapped(text, LINE_CHARACTERS - len(_INDENT)) if text else ()
    return [_INDENT + part.replace("\n", " ") for part in parts]


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def _text(lines: str) -> bytes:
    """Lines as a PDF string's inside; a character that the fonts lack stands as its escape."""
    shown = lines.encode("cp1252", "backslashreplace").translate(_PRINTED)
    return shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
