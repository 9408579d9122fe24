"""The trail as a PDF for people: one row after the other, and on the last page what proves it whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mdt_app.domain.evidence import SignedHead, TrailRow
from mdt_app.services import pdf_table

_COLUMNS = {"sequence": 9, "at": 32, "kind": 24, "actor": 24, "subject": 38, "device": 24, "digest": 12}
"""Columns and their widths in characters."""


def write_pdf(path: Path, rows: Iterable[TrailRow], head: SignedHead) -> None:
    """Write the rows as a table, Letter landscape, with page numbers; each row's body stands beneath it."""
    end = (
        f"The chain's head is row {head.sequence}, {head.digest}.",
        f"It is signed: {head.signature}.",
        "The file beside this one, with the ending .proof.json, holds the signature over the whole file.",
        "'mdt audit verify' checks both with the device's public key.",
    )
    shown = (
        ((str(row[0]), row.at, row.kind, row.actor, row.subject, row.device, row.digest[:12]), row.body or "(purged)")
        for row in rows
    )
    pdf_table.write_rows(path, "Patrol MDT audit trail", _COLUMNS, shown, end)
