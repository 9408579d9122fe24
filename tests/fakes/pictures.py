"""Pictures of windows, small on disk; those of the handbook are made where a test has brought the window there."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

_COLORS = 128
_SIZE = (1280, 800)
FOLDER = os.environ.get("MDT_HANDBOOK", "")
"""MDT_HANDBOOK=docs/handbook/pictures makes the handbook's pictures of desks anew; without it none is made."""


def for_handbook(window: QWidget, name: str) -> None:
    """Keep the window as it is now for the handbook, where its pictures are asked for."""
    if FOLDER:
        window.resize(*_SIZE)
        write_small(window.grab(), Path(FOLDER) / f"{name}.png")


def write_small(picture: QPixmap, path: Path) -> None:
    """Write a picture in 128 colors of its own: small, and nothing on it looks different."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(BytesIO(bytes(buffer.data().data()))) as image:
        image.convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)
