"""Pictures of windows, small on disk; those of the handbook are made where a test has brought the window there."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

_FREQUENT, _BETWEEN = 16, 16
"""A picture's own colors that cover most, and those that stand for all between them: edges, a camera's picture."""
_SIZE = (1280, 800)
FOLDER = os.environ.get("MDT_HANDBOOK", "")
"""MDT_HANDBOOK=docs/handbook/pictures makes the handbook's pictures of desks anew; without it none is made."""


def for_handbook(window: QWidget, name: str) -> None:
    """Keep the window as it is now for the handbook, where its pictures are asked for."""
    if FOLDER:
        window.resize(*_SIZE)
        write_small(window.grab(), Path(FOLDER) / f"{name}.png")


def write_small(picture: QPixmap, path: Path) -> None:
    """Write a picture in 32 colors of its own: small, its grounds and its words in the very color of the screen."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(BytesIO(bytes(buffer.data().data()))) as image:
        whole = image.convert("RGB")
    counted = sorted(whole.getcolors(whole.width * whole.height) or (), reverse=True)
    between = whole.quantize(_BETWEEN, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(part for _, color in counted[:_FREQUENT] for part in color), *between[: 3 * _BETWEEN]])
    whole.quantize(palette=palette, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)
