"""The faces on the screen: text in B612 in both weights, never in the even widths of its Mono, whatever came first."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from ui import typeface
from ui.theme import Theme, text_family

_FOLDER = Path("/usr/share/fonts/opentype/b612")
_needs_b612 = pytest.mark.skipif(not _FOLDER.is_dir(), reason="fonts-b612 is not installed")


def _widths(font: QFont) -> tuple[float, float]:
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance("i"), metrics.horizontalAdvance("W")


@_needs_b612
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_text_on_the_screen_has_the_letters_own_widths(qapp: QApplication, weight: str) -> None:
    label = QLabel("Stolen vehicle")
    label.setStyleSheet(Theme().sheet() + f"QLabel {{ font-weight: {weight}; }}")
    label.ensurePolished()
    narrow, wide = _widths(label.font())
    assert label.font().family() == typeface.NAME
    assert narrow * 2 < wide
    assert QRawFont.fromFont(label.font()).styleName() == {"normal": "Regular", "bold": "Bold"}[weight]


def test_painted_text_takes_the_same_face(qapp: QApplication) -> None:
    for bold in (False, True):
        assert Theme().font(20, bold=bold).family() == text_family()
    narrow, wide = _widths(Theme().font(20, bold=True))
    assert narrow * 2 < wide


@_needs_b612
def test_only_the_names_of_a_file_change() -> None:
    before = (_FOLDER / "B612-Bold.otf").read_bytes()
    after = typeface.renamed(before)
    assert len(after) == len(before)
    assert 0 < sum(one != other for one, other in zip(before, after, strict=True)) < 50


@_needs_b612
def test_the_name_is_in_no_other_file(qapp: QApplication) -> None:
    """Even the Mono files, given by themselves, do not bring it in: the fault this module is for."""
    taken = [
        name
        for path in sorted(_FOLDER.glob("B612Mono-*.otf"))
        for name in QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes()))
        )
    ]
    assert taken
    assert typeface.NAME not in taken


def test_a_broken_file_is_refused() -> None:
    with pytest.raises((ValueError, struct.error)):
        typeface.renamed(b"not a font")
    with pytest.raises(ValueError, match="no table of names"):
        typeface.renamed(struct.pack(">IH6x", 0x4F54544F, 0))
