"""The trail as a PDF for people: one row after the other, and on the last page what proves it whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mdt_app.domain.evidence import SignedHead
from mdt_app.services import pdf_table

_COLUMNS = {"sequence": 8, "at": 32, "kind": 22, "actor": 14, "subject": 36, "body": 70, "digest": 12}
"""Columns and their widths in characters."""


def write_pdf(path: Path, rows: Iterable[Mapping[str, Any]], head: SignedHead) -> None:
    """Write the rows as a table, Letter landscape, with page numbers."""
    end = (
        f"The chain's head is row {head.sequence}, {head.digest}.",
        f"The device signed it: {head.signature}.",
        f"{path.name}.proof.json beside this file holds the device's signature over the whole file.",
        "'mdt audit verify' checks both with the device's public key.",
    )
    shown = (row | {"digest": str(row["digest"])[:12], "body": row["body"] or "(purged)"} for row in map(dict, rows))
    pdf_table.write_pdf(path, "Patrol MDT audit trail", _COLUMNS, shown, end)
