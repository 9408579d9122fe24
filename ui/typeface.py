"""The text face from its own files, under a name that no other file has.

Debian's B612Mono files name the family B612 too, with the style 'Regular' whatever they are. Which of the two Qt takes
for 'B612, bold' hangs on the order in which the system lists its fonts: on Ubuntu 24.04 it was Mono, whose letters are
all as wide as a W, and words were cut. So the files are given to Qt in memory, renamed.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QStandardPaths
from PySide6.QtGui import QFontDatabase

NAME = "P612"
_SYSTEM_NAME = "B612"
_FILES = ({"B612-Regular.otf", "B612-Regular.ttf"}, {"B612-Bold.otf", "B612-Bold.ttf"})


def given_to_qt() -> bool:
    """Give Qt the two faces under NAME; whether both were there and whole. Needs an application."""
    found = {path.name: path for path in _files()}
    faces = [next((found[name] for name in names if name in found), None) for names in _FILES]
    return all(path is not None and _add(path) for path in faces)


def _files() -> Iterator[Path]:
    """The files of both faces in the system's and the person's folders."""
    wanted = set().union(*_FILES)
    for top in QStandardPaths.standardLocations(QStandardPaths.StandardLocation.FontsLocation):
        for folder, _, names in os.walk(top):
            yield from (Path(folder, name) for name in wanted.intersection(names))


def _add(path: Path) -> bool:
    """Whether Qt took this file, renamed. A broken one is no reason not to start."""
    with suppress(OSError, ValueError, struct.error):
        return QFontDatabase.addApplicationFontFromData(QByteArray(renamed(path.read_bytes()))) >= 0
    return False


def renamed(font: bytes) -> bytes:
    """An OpenType file's bytes with NAME for the family in its `name` table; lengths and places stay as they are."""
    start, length = _name_table(font)
    table = font[start : start + length]
    for code in ("ascii", "utf-16-be"):
        table = table.replace(_SYSTEM_NAME.encode(code), NAME.encode(code))
    return font[:start] + table + font[start + length :]


def _name_table(font: bytes) -> tuple[int, int]:
    """Where the `name` table begins, and its length; ValueError where there is none."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for record in struct.iter_unpack(">4s3I", font[12 : 12 + 16 * tables]):
        if record[0] == b"name":
            return record[2], record[3]
    raise ValueError("the font has no table of names")
