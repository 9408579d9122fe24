"""The trail as a PDF for people: one line a row, and on the last page what proves it whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import LETTER, landscape  # type: ignore[import-untyped]  # it ships no types
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]  # it ships no types
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # it ships no types
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle  # type: ignore[import-untyped]  # it ships no types

from mdt_app.domain.evidence import SignedHead

_SHOWN = {"sequence": 12, "at": 34, "kind": 34, "actor": 24, "subject": 34, "body": 92, "digest": 22}
"""Columns and their widths in millimetres."""
_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=6.5, leading=8, splitLongWords=1)
_HEAD = ParagraphStyle("head", parent=_TEXT, fontName="Helvetica-Bold")
_LOOK = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.25, "#999999")])


def write_pdf(path: Path, rows: Iterable[Mapping[str, Any]], head: SignedHead) -> None:
    """Write the rows as a table, Letter landscape, with page numbers."""
    document = SimpleDocTemplate(
        str(path), pagesize=landscape(LETTER), leftMargin=12 * mm, rightMargin=12 * mm, topMargin=12 * mm,
        bottomMargin=14 * mm, title="Patrol MDT: audit trail", author="Patrol MDT",
    )  # fmt: skip
    lines = [[Paragraph(name, _HEAD) for name in _SHOWN], *([_cell(row, name) for name in _SHOWN] for row in rows)]
    table = LongTable(lines, colWidths=[width * mm for width in _SHOWN.values()], repeatRows=1, style=_LOOK)
    end = (
        f"The chain's head is row {head.sequence}, {head.digest}.",
        f"The device signed it: {head.signature}.",
        f"{path.name}.proof.json beside this file holds the device's signature over the whole file.",
        "'mdt audit verify' checks both with the device's public key.",
    )
    document.build([table, *(Paragraph(line, _TEXT) for line in end)], onFirstPage=_number, onLaterPages=_number)


def _cell(row: Mapping[str, Any], name: str) -> Paragraph:
    text = str(row[name])
    return Paragraph(escape(text[:12] if name == "digest" else text or "(purged)"), _TEXT)


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 7)
    canvas.drawString(12 * mm, 8 * mm, f"Patrol MDT audit trail, page {document.page}")
