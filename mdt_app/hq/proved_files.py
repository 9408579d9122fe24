"""Tables that leave headquarters as a file (CSV, JSON, PDF), each with headquarters' signed proof."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import Response
from pydantic import TypeAdapter

from mdt_app.domain.audit import GENESIS
from mdt_app.domain.evidence import Proof
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.services.pdf_table import write_pdf
from mdt_app.services.table_files import write_csv, write_json
from mdt_app.services.trail_files import sha256_of
from mdt_app.sync.register_wire import PROOF

Ending = Literal["csv", "json", "pdf"]
_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
_PROOF = TypeAdapter(Proof)


@dataclass(frozen=True, slots=True)
class FileTable:
    """What is written: its name and title, the columns, how wide the PDF shows which, and the rows.

    `head` is the digest of the last row where the rows are a chain.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    widths: Mapping[str, int]
    rows: Sequence[Mapping[str, Any]]
    head: str = GENESIS


def proved_table(table: FileTable, ending: Ending, agency_ori: str, receipts: ReceiptMaker) -> Response:
    """Return a table as a file of this kind, its proof in a header."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table.name}.{ending}"
        _WRITERS[ending](path, table)
        return proved_file(path, f"{agency_ori} {table.name}", len(table.rows), table.head, receipts)


def proved_file(path: Path, source: str, rows: int, head: str, receipts: ReceiptMaker) -> Response:
    """Return a file of one of these kinds with its proof; `source` says whose it is and what."""
    proof = receipts.prove(source, datetime.now(UTC), rows, head, sha256_of(path))
    return Response(
        path.read_bytes(), media_type=_TYPES[path.suffix[1:]], headers={PROOF: _PROOF.dump_json(proof).decode()}
    )


def _csv(path: Path, table: FileTable) -> None:
    write_csv(path, table.columns, table.rows)


def _json(path: Path, table: FileTable) -> None:
    write_json(path, table.rows)


def _pdf(path: Path, table: FileTable) -> None:
    end = f"{path.name}.proof.json beside this file holds headquarters' signature over the whole file."
    write_pdf(path, table.title, table.widths, table.rows, (end,))


_WRITERS: Mapping[str, Callable[[Path, FileTable], None]] = {"csv": _csv, "json": _json, "pdf": _pdf}
