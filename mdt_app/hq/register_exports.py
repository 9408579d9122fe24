"""A register as a file: every version of every record, in the order of its chain."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from mdt_app.domain.audit import GENESIS
from mdt_app.domain.register_chain import COLUMNS
from mdt_app.domain.registers import Register
from mdt_app.hq import registers
from mdt_app.hq.keeping import record_act
from mdt_app.hq.proved_files import FileTable
from mdt_app.hq.registers import Desk
from mdt_app.hq.store import Store

_WIDTHS = {"record_id": 36, "version": 7, "act": 14, "state": 14, "by": 14, "at": 27, "words": 30, "content": 42}


def register_table(store: Store, register: Register, ending: str, desk: Desk) -> FileTable:
    """Return a register for export, which is on record with that.

    Raises Refused where a record in it is kept from this very person.
    """
    with store.writing() as connection:
        for held in registers.records(connection, register):
            registers.require_seen(register, held, desk.person)
        rows = list(map(_fields, registers.all_versions(connection, register)))
        record_act(connection, "register_exported", register.register_id, desk.person.user_id, ending)
    head = rows[-1]["digest"] if rows else GENESIS
    return FileTable(register.register_id, f"Patrol MDT: {register.name}", COLUMNS, _WIDTHS, rows, head)


def _fields(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in COLUMNS}
    return values | {"at": row.at.astimezone(UTC).isoformat()}
