"""Registers as desks see them: their descriptions, their records with due dates, and every version of one."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection

from mdt_app.domain import registers as rules
from mdt_app.domain.policy import Policy
from mdt_app.domain.registers import Move, Register
from mdt_app.hq import registers
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.store import Store
from mdt_app.services.register_files import load_registers
from mdt_app.sync.register_wire import (
    FieldShape,
    MoveShape,
    RecordHistory,
    RecordVersion,
    RegisterRecord,
    RegisterRecords,
    RegisterShape,
    RegisterShapes,
    StateShape,
)

_SHOWN = ("words", "kind", "required", "choices", "hint", "made")
"""What a desk's form needs to know of a field."""


def shapes(store: Store, desk: Desk) -> RegisterShapes:
    """Return the registers that this person may see, as the policy has them."""
    seen = [register for register in load_registers().values() if desk.person.role in register.sees]
    with store.reading() as connection:
        return RegisterShapes(registers=tuple(_shape(connection, register, desk) for register in seen))


def listed(store: Store, register: Register, desk: Desk) -> RegisterRecords:
    """Return the records that this person may see: what is due first, then what is open, then what is closed."""
    with store.reading() as connection:
        return RegisterRecords(records=_seen(connection, register, desk))


def history(store: Store, register: Register, record_id: str, desk: Desk) -> RecordHistory:
    """Return a record with its versions. Raises Refused when there is none that this person may see."""
    with store.reading() as connection:
        held = registers.found(connection, register, record_id)
        registers.require_seen(register, held, desk.person)
        rows = registers.versions(connection, register, record_id)
    told = (
        RecordVersion(
            version=row.version,
            at=row.at,
            by=row.by,
            act=row.act,
            state=row.state,
            words=row.words,
            policy=row.policy,
            values=json.loads(row.content),
        )
        for row in rows
    )
    return RecordHistory(record=record_of(register, held, desk), versions=tuple(told))


def record_of(register: Register, held: Held, desk: Desk) -> RegisterRecord:
    """A record as it stands, with what it wants by when."""
    due = due_of(register, held, desk.policy)
    return RegisterRecord(
        record_id=held.record_id,
        version=held.version,
        state=held.state,
        due=due,
        overdue=due is not None and due < desk.now.date(),
        opened_at=held.opened_at,
        opened_by=held.opened_by,
        changed_at=held.changed_at,
        changed_by=held.changed_by,
        policy=held.policy,
        values=dict(held.values),
    )


def due_of(register: Register, held: Held, policy: Policy) -> date | None:
    """By when a record wants something done."""
    return rules.due_on(register, held.state, held.values, held.changed_at.date(), policy)


def _seen(connection: Connection, register: Register, desk: Desk) -> tuple[RegisterRecord, ...]:
    held = registers.records(connection, register)
    mine = [record_of(register, h, desk) for h in held if registers.may_see(register, h.values, desk.person)]
    return tuple(sorted(mine, key=lambda r: (not register.states[r.state].open, r.due or date.max)))


def _shape(connection: Connection, register: Register, desk: Desk) -> RegisterShape:
    mine = _seen(connection, register, desk)
    moves = ((name, move) for name, move in register.moves.items() if rules.applies(move, desk.policy))
    return RegisterShape(
        register_id=register.register_id,
        name=register.name,
        about=register.about,
        clauses=register.clauses,
        title=register.title,
        columns=register.columns,
        fields=tuple(
            FieldShape(name=name, **{known: getattr(field, known) for known in _SHOWN})
            for name, field in register.fields.items()
        ),
        states=tuple(StateShape(name=name, words=s.words, open=s.open) for name, s in register.states.items()),
        moves=tuple(_move(connection, name, move, desk) for name, move in moves),
        may_open=desk.person.role in register.opens,
        may_change=desk.person.role in register.changes,
        open=sum(register.states[record.state].open for record in mine),
        overdue=sum(record.overdue for record in mine),
    )


def _move(connection: Connection, name: str, move: Move, desk: Desk) -> MoveShape:
    mine = desk.person.role in move.who or registers.holds_office(connection, desk.person.user_id, move.offices)
    return MoveShape(
        name=name, words=move.words, of=move.of, to=move.to, needs=move.needs, reason=move.reason, mine=mine
    )
