"""A register as a file (CSV, JSON, PDF): every version of every record, with the proof that it is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from mdt_app.domain.audit import GENESIS
from mdt_app.domain.evidence import Proof
from mdt_app.domain.register_chain import COLUMNS
from mdt_app.domain.registers import Register
from mdt_app.hq import registers
from mdt_app.hq.keeping import record_act
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.registers import Desk
from mdt_app.hq.store import Store
from mdt_app.services.pdf_table import write_pdf
from mdt_app.services.table_files import Rows, write_csv, write_json
from mdt_app.services.trail_files import sha256_of

_WIDTHS = {"record_id": 36, "version": 7, "act": 14, "state": 14, "by": 14, "at": 27, "words": 30, "content": 42}
_PROOF = TypeAdapter(Proof)


def exported(
    store: Store, register: Register, ending: str, desk: Desk, source: str, receipts: ReceiptMaker
) -> tuple[bytes, str]:
    """Return a register's file of this kind ('csv', 'json', 'pdf') and its proof as JSON; the export is on record.

    `source`: whose register it is. Raises Refused where a record in it is kept from this very person.
    """
    with store.writing() as connection:
        for held in registers.records(connection, register):
            registers.require_seen(register, held, desk.person)
        rows = list(map(_fields, registers.all_versions(connection, register)))
        record_act(connection, "register_exported", register.register_id, desk.person.user_id, ending)
    head = rows[-1]["digest"] if rows else GENESIS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{register.register_id}.{ending}"
        _WRITERS[ending](path, register, rows)
        proof = receipts.prove(source, datetime.now(UTC), len(rows), head, sha256_of(path))
        return path.read_bytes(), _PROOF.dump_json(proof).decode()


def _fields(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in COLUMNS}
    return values | {"at": row.at.astimezone(UTC).isoformat()}


def _csv(path: Path, _: Register, rows: Rows) -> None:
    write_csv(path, COLUMNS, rows)


def _json(path: Path, _: Register, rows: Rows) -> None:
    write_json(path, rows)


def _pdf(path: Path, register: Register, rows: Rows) -> None:
    end = f"{path.name}.proof.json beside this file holds headquarters' signature over the whole file."
    write_pdf(path, f"Patrol MDT: {register.name}", _WIDTHS, _shown(rows), (end,))


def _shown(rows: Rows) -> Iterator[Mapping[str, Any]]:
    yield from ({**row, "at": row["at"][:19].replace("T", " ") + " UTC"} for row in rows)


_WRITERS: Mapping[str, Callable[[Path, Register, Rows], None]] = {"csv": _csv, "json": _json, "pdf": _pdf}
"""How each kind of file is written."""
