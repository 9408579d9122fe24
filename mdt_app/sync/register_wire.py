"""Messages of registers: their descriptions as a desk may use them, records, versions and acts; version 1."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from mdt_app.domain.registers import FieldKind
from mdt_app.sync.wire import Count, Identifier, Message, Moment, Name, Text

PROOF = "mdt-proof"
"""The header that carries the signed proof of an exported file, as JSON."""
FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
Values = Annotated[dict[FieldName, Text], Field(max_length=60)]


class FieldShape(Message):
    """A field of a register's form."""

    name: Name
    words: Name
    kind: FieldKind
    required: bool
    choices: tuple[Name, ...]
    hint: Name
    made: bool = False


class StateShape(Message):
    """A state that a record can be in; an open one still wants something."""

    name: Name
    words: Name
    open: bool


class MoveShape(Message):
    """A way from states to another; `mine`: this desk has it."""

    name: Name
    words: Name
    of: tuple[Name, ...]
    to: Name
    needs: tuple[Name, ...]
    reason: bool
    mine: bool


class RegisterShape(Message):
    """A register as this desk may use it, with how many records are open and how many of these are overdue."""

    register_id: Name
    name: Name
    about: Text
    clauses: tuple[Name, ...]
    title: Name
    columns: tuple[Name, ...]
    fields: tuple[FieldShape, ...]
    states: tuple[StateShape, ...]
    moves: tuple[MoveShape, ...]
    may_open: bool
    may_change: bool
    open: Count
    overdue: Count


class RegisterShapes(Message):
    """The registers that this desk may see."""

    registers: tuple[RegisterShape, ...]


class RegisterRecord(Message):
    """A record as it stands. `due`: by when it wants something done; `policy`: what was in force at its last act."""

    record_id: Identifier
    version: Count
    state: Name
    due: date | None
    overdue: bool
    opened_at: Moment
    opened_by: Name
    changed_at: Moment
    changed_by: Name
    policy: Name
    values: Values


class RegisterRecords(Message):
    """Records: what is overdue first, then what is open, then what is closed."""

    records: tuple[RegisterRecord, ...]


class RecordVersion(Message):
    """One act on a record, and what it said from then on."""

    version: Count
    at: Moment
    by: Name
    act: Name
    state: Name
    words: Text
    policy: Name
    values: Values


class RecordHistory(Message):
    """A record with every version of it, the oldest first."""

    record: RegisterRecord
    versions: tuple[RecordVersion, ...]


class RecordOpened(Message):
    """A new record. The desk makes its id, so that the same one sent twice is one."""

    record_id: Identifier
    values: Values


class RecordAct(Message):
    """An act on a record that stands at `version`: 'changed' or one of the register's moves.

    `values` holds the fields that become something else.
    """

    version: Count
    act: FieldName
    values: Values = Field(default_factory=dict)
    words: Text = ""
