"""Records of the registers at headquarters: opened, changed, moved; every act a row that is only ever added.

A row hangs on the row before it of its register by a hash, so that what is changed or taken out is found.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text, tuple_

from mdt_app.domain import registers as rules
from mdt_app.domain.audit import GENESIS
from mdt_app.domain.entries import Person
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.domain.register_chain import digest_of
from mdt_app.domain.registers import Move, Register, Values
from mdt_app.domain.statements import says_enough
from mdt_app.hq.own_trail import Act, OwnTrail
from mdt_app.hq.record_references import unknown_references
from mdt_app.hq.store import Store
from mdt_app.hq.tables import register_versions
from mdt_app.services.register_files import load_registers
from mdt_app.sync.register_wire import RecordAct
from mdt_app.sync.wire import canonical_json

_LOCK = 0x4D5254
"""The first half of PostgreSQL's advisory locks of registers."""
_V = register_versions.c


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it stands: its newest version, and how it began."""

    record_id: str
    version: int
    state: str
    values: Values
    opened_at: datetime
    opened_by: str
    changed_at: datetime
    changed_by: str
    policy: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts, under which policy, and at what time (UTC).

    `trail` is headquarters' own; None where the act follows from an event that stands on record already.
    """

    person: Person
    policy: Policy
    now: datetime
    trail: OwnTrail | None = None


Effect = Callable[[Connection, Held, Desk], Values]
"""What a move does beyond its record, in its transaction; it returns what it writes into the record's `made` fields."""


def desk_of(person: Person, policy: Policy, trail: OwnTrail | None = None) -> Desk:
    """The desk of a person at this moment."""
    return Desk(person, policy, datetime.now(UTC), trail)


def open_record(store: Store, register: Register, record_id: str, values: Values, desk: Desk) -> Held:
    """Put a new record in its register. The same one again changes nothing.

    Raises Refused naming every field that is missing or can't be understood.
    """
    with store.writing() as connection:
        return opened(connection, register, record_id, values, desk)


def opened(connection: Connection, register: Register, record_id: str, values: Values, desk: Desk) -> Held:
    """As `open_record`, within a transaction that does more."""
    _in_turn(connection, register)
    values = _clean(values)
    if there := _rows_of(connection, register, record_id):
        if json.loads(there[0].content) != values:
            raise Refused("other_content", "Another record has this id.", "Send it as a new one.")
        return _held(there)
    _require_fields(connection, register, values)
    _require_whole(register, values)
    if names_person(values, register.not_opened_by, desk.person):
        raise Refused("own_matter", "Nobody opens this for themselves.", "Ask somebody else.")
    row = {"act": rules.OPENED, "state": register.first, "version": 1, "words": ""}
    _add(connection, register, record_id, row, values, desk)
    return _held(_rows_of(connection, register, record_id))


def act(
    store: Store, register: Register, record_id: str, asked: RecordAct, desk: Desk, effect: Effect | None = None
) -> Held:
    """Change a record, or move it on; `effect` is what else a move does.

    Raises Refused where the state, the person, the policy or the fields do not allow it.
    """
    with store.writing() as connection:
        return acted(connection, register, record_id, asked, desk, effect)


def acted(
    connection: Connection,
    register: Register,
    record_id: str,
    asked: RecordAct,
    desk: Desk,
    effect: Effect | None = None,
) -> Held:
    """As `act`, within a transaction that does more."""
    _in_turn(connection, register)
    held = found(connection, register, record_id)
    require_seen(register, held, desk.person)
    if held.version != asked.version:
        raise Refused("changed_meanwhile", "Somebody else has changed this record.", "Look at it again.")
    after = _clean({**held.values, **asked.values})
    _require_fields(connection, register, after, {k: v for k, v in after.items() if held.values.get(k) != v})
    state = held.state
    if asked.act == rules.CHANGED:
        _require_changer(register, held, desk.person)
        _require_whole(register, after)
    else:
        state = _moved(connection, register, held, asked, after, desk)
        after |= effect(connection, replace(held, values=after), desk) if effect else {}
    row = {"act": asked.act, "state": state, "version": held.version + 1, "words": asked.words.strip()}
    _add(connection, register, record_id, row, after, desk)
    return _held(_rows_of(connection, register, record_id))


def found(connection: Connection, register: Register, record_id: str) -> Held:
    """A record of this register. Raises Refused when there is none."""
    if not (rows := _rows_of(connection, register, record_id)):
        raise Refused("no_such_record", "There is no such record.", "Look at the list again.")
    return _held(rows)


def records(connection: Connection, register: Register) -> tuple[Held, ...]:
    """Every record of a register as it stands, the newest first."""
    of = _V.register == register.register_id
    newest = select(_V.record_id, func.max(_V.version)).where(of).group_by(_V.record_id)
    now = connection.execute(select(register_versions).where(tuple_(_V.record_id, _V.version).in_(newest))).all()
    first = connection.execute(select(register_versions).where(of, _V.version == 1)).all()
    begun = {row.record_id: row for row in first}
    held = (_held([begun[row.record_id], row]) for row in now)
    return tuple(sorted(held, key=lambda one: one.opened_at, reverse=True))


def versions(connection: Connection, register: Register, record_id: str) -> list[Row[Any]]:
    """Every version of a record, the oldest first."""
    return _rows_of(connection, register, record_id)


def all_versions(connection: Connection, register: Register) -> Iterator[Row[Any]]:
    """Every row of a register in the order of its chain."""
    query = select(register_versions).where(_V.register == register.register_id).order_by(_V.position)
    yield from connection.execute(query)


def may_see(register: Register, values: Values, person: Person) -> bool:
    """Whether a record is shown to this person: their role may, and the record is not about them."""
    return person.role in register.sees and not names_person(values, register.hidden_from, person)


def require_seen(register: Register, held: Held, person: Person) -> None:
    """Raise Refused, as for a record that is not there, where this person may not see it."""
    if not may_see(register, held.values, person):
        raise Refused("no_such_record", "There is no such record.", "Look at the list again.")


def _moved(connection: Connection, register: Register, held: Held, asked: RecordAct, after: Values, desk: Desk) -> str:
    """The state that a move leads to. Raises Refused where it may not be made."""
    move = register.moves.get(asked.act)
    if move is None or held.state not in move.of or not rules.applies(move, desk.policy):
        raise Refused("not_now", "This can't be done with the record as it stands.", "Look at it again.")
    _require_mover(connection, held, move, desk.person)
    if move.reason and not says_enough(asked.words):
        raise Refused("words_missing", "The reason is missing.", "Say it in three words or more.")
    _require_whole(register, after, move.needs)
    if not rules.fits(move.only_if, after):
        wanted = (f"{register.fields[name].words} {' or '.join(held)}" for name, held in move.only_if.items())
        raise Refused("not_now", f"This can only be done with: {'; '.join(wanted)}.", "Choose another act.")
    return move.to


def _require_mover(connection: Connection, held: Held, move: Move, person: Person) -> None:
    allowed = person.role in move.who or holds_office(connection, person.user_id, move.offices)
    if not allowed:
        who = ", ".join((*move.who, *move.offices)).replace("_", " ")
        raise Refused("not_yours", "This is somebody else's to do.", f"Ask: {who}.")
    own = "opener" in move.not_by and held.opened_by.casefold() == person.user_id.casefold()
    if own or names_person(held.values, move.not_by, person):
        raise Refused("own_matter", "Nobody decides in their own matter.", "Ask somebody else.")


def holds_office(connection: Connection, user_id: str, offices: tuple[str, ...]) -> bool:
    """Whether this person holds one of these offices now, as the register of offices has it."""
    held = standing(connection, "offices", "held") if offices else ()
    mine = {one.values["office"] for one in held if one.values["holder"].casefold() == user_id.casefold()}
    return not mine.isdisjoint(offices)


def standing(connection: Connection, register_id: str, state: str) -> tuple[Held, ...]:
    """The records of a register that are in this state now: what other rules of headquarters go by."""
    held = records(connection, load_registers()[register_id])
    return tuple(one for one in held if one.state == state)


def names_person(values: Values, fields: Iterable[str], person: Person) -> bool:
    """Whether one of these fields of people names this person."""
    named = (name for field in fields for name in rules.names_in(values.get(field, "")))
    return person.user_id.casefold() in {name.casefold() for name in named}


def _require_changer(register: Register, held: Held, person: Person) -> None:
    if person.role not in register.changes:
        raise Refused("not_yours", "This is somebody else's to do.", "Ask the Administrator.")
    if not register.states[held.state].open:
        raise Refused("closed", "This record is closed.", "Open a new one.")


def _require_fields(
    connection: Connection, register: Register, values: Values, changed: Mapping[str, str] | None = None
) -> None:
    """Raise Refused with every field that can't be understood, or names what headquarters does not know."""
    if unknown := sorted(values.keys() - register.fields.keys()):
        raise Refused("unknown_field", f"This register has no field '{unknown[0]}'.", "Bring the desk up to date.")
    said = values if changed is None else changed
    if made := next((field.words for name, field in register.fields.items() if field.made and name in said), ""):
        raise Refused("made_field", f"'{made}' is filled in by headquarters.", "Leave it as it is.")
    faults = [
        f"{field.words} {fault}"
        for name, field in register.fields.items()
        if (fault := rules.value_fault(field, said.get(name, "")) or _unknown(connection, register, name, said))
    ]
    if faults:
        raise Refused("bad_field", f"{'; '.join(faults)}.", "Correct it.")


def _unknown(connection: Connection, register: Register, name: str, said: Mapping[str, str]) -> str:
    return unknown_references(connection, register.fields[name].kind, rules.names_in(said.get(name, "")))


def _require_whole(register: Register, values: Values, needs: tuple[str, ...] = ()) -> None:
    if lacking := rules.missing(register, values, needs):
        raise Refused("field_missing", f"Missing: {', '.join(lacking)}.", "Fill it in.")


def _add(
    connection: Connection, register: Register, record_id: str, row: Mapping[str, Any], values: Values, desk: Desk
) -> None:
    last = select(_V.digest).where(_V.register == register.register_id).order_by(_V.position.desc()).limit(1)
    made = {
        **row,
        "register": register.register_id,
        "record_id": record_id,
        "by": desk.person.user_id,
        "at": desk.now,
        "content": canonical_json(dict(values)),
        "policy": f"{desk.policy.policy_id} {desk.policy.version}",
        "previous": connection.scalar(last) or GENESIS,
    }
    digest = digest_of(made)
    connection.execute(insert(register_versions).values(made | {"digest": digest}))
    if desk.trail is not None:
        # Not the words and fields: they stay in the register, where each role sees what it may.
        said = {name: made[name] for name in ("register", "act", "state", "version", "policy")}
        told = Act(EventKind.REGISTER_ACTED, desk.person.user_id, "desk", record_id, {**said, "digest": digest})
        desk.trail.record(connection, told)


def _rows_of(connection: Connection, register: Register, record_id: str) -> list[Row[Any]]:
    mine = (_V.register == register.register_id) & (_V.record_id == record_id)
    return list(connection.execute(select(register_versions).where(mine).order_by(_V.version)))


def _held(rows: list[Row[Any]]) -> Held:
    first, last = rows[0], rows[-1]
    return Held(
        record_id=last.record_id,
        version=last.version,
        state=last.state,
        values=json.loads(last.content),
        opened_at=first.at,
        opened_by=first.by,
        changed_at=last.at,
        changed_by=last.by,
        policy=last.policy,
    )


def _clean(values: Values) -> dict[str, str]:
    """What is said, without blanks around it and without empty fields."""
    return {name: text.strip() for name, text in values.items() if text.strip()}


def _in_turn(connection: Connection, register: Register) -> None:
    """One writer of a register after the other; the embedded database has a single writer anyway."""
    if connection.dialect.name == "postgresql":
        place = {"all": _LOCK, "one": zlib.crc32(register.register_id.encode()) >> 1}
        connection.execute(text("SELECT pg_advisory_xact_lock(:all, :one)"), place)
