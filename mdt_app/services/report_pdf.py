"""Reports as PDF for people: headings, lines and tables, Letter portrait. For tables of any length: `pdf_table`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import LETTER  # type: ignore[import-untyped]  # it ships no types
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]  # it ships no types
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # it ships no types
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle  # type: ignore[import-untyped]  # it ships no types

_WIDTH_MM = 180
_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9.5, leading=13)
_CELL = ParagraphStyle("cell", parent=_TEXT, fontSize=8, leading=10, splitLongWords=1)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName="Helvetica-Bold")
_TITLE = ParagraphStyle("title", parent=_TEXT, fontName="Helvetica-Bold", fontSize=16, leading=22)
_SECTION = ParagraphStyle("section", parent=_TEXT, fontName="Helvetica-Bold", fontSize=12, leading=18, spaceBefore=8)
_LOOK = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.25, "#999999")])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its heading, lines of text, and a table whose first row names the columns."""

    heading: str
    lines: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()
    shares: Sequence[int] = ()
    """How wide each column is, in parts of the whole."""


def write_report(path: Path, title: str, sections: Sequence[Section]) -> None:
    """Write a report. Raises OSError when the place can't be written."""
    document = SimpleDocTemplate(
        str(path), pagesize=LETTER, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm, bottomMargin=18 * mm,
        title=title, author="Patrol MDT", lang="en-US",
    )  # fmt: skip
    parts: list[Any] = [Paragraph(escape(title), _TITLE)]
    for section in sections:
        parts += [Paragraph(escape(section.heading), _SECTION)]
        parts += [Paragraph(escape(line).replace("\n", "<br/>"), _TEXT) for line in section.lines]
        parts += [Spacer(1, 2 * mm), _table(section)] if len(section.table) > 1 else []
    document.build(parts, onFirstPage=_number, onLaterPages=_number)


def _table(section: Section) -> Any:
    head, *rows = section.table
    shares = section.shares or [1] * len(head)
    widths = [_WIDTH_MM * share / sum(shares) * mm for share in shares]
    cells = [[Paragraph(escape(text), style) for text in row] for row, style in _styled(head, rows)]
    return LongTable(cells, colWidths=widths, repeatRows=1, style=_LOOK, hAlign="LEFT")


def _styled(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[Sequence[str], Any]]:
    return [(head, _HEAD), *((row, _CELL) for row in rows)]


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 7)
    canvas.drawString(18 * mm, 10 * mm, f"{document.title}, page {document.page}")
