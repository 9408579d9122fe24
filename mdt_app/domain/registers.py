"""Registers: records with a state, due dates and versions, all drawn from one description (resources/registers)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from mdt_app.domain.accounts import Role
from mdt_app.domain.business_days import business_days_after
from mdt_app.domain.policy import Policy, Ruled

OPENED, CHANGED = "opened", "changed"
"""The acts that every register has beside its moves: a record's first version, and one that stays in its state."""
LINE_MOST, WORDS_MOST = 200, 8000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
Values = Mapping[str, str]
"""A record's fields by name. Every value is a text in its kind's one form; empty: nothing is said."""


class FieldKind(StrEnum):
    """What a field holds, and its form.

    LINE: a short text. WORDS: a person's own words. DAY: 2026-11-22. NUMBER: a whole number. CHOICE: one of the field's
    choices, SEVERAL: any of them, with commas. YES: 'yes' or 'no'. PLACE: latitude and longitude, '41.4123, -73.3035'.
    TIME: a time of the day, '07:30'.
    PEOPLE: user ids of accounts, RECORDS: ids of events or subjects on record at headquarters, with commas.
    """

    LINE = "line"
    WORDS = "words"
    DAY = "day"
    TIME = "time"
    NUMBER = "number"
    CHOICE = "choice"
    SEVERAL = "several"
    YES = "yes"
    PLACE = "place"
    PEOPLE = "people"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its words on the form, its kind, and whether a record can't be without it.

    `needed_if`: other fields, and their values with which a record can't be without this one either. `made`:
    headquarters fills it in, nobody else.
    """

    words: str
    kind: FieldKind
    required: bool = False
    needed_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    hint: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """When a state wants something done: so long after a day, which is a field's or ('') that of the last act.

    `workdays` are business days (domain/business_days).
    `months_rule` names a value of the policy ('reviews.audit_months') in place of `months`; 0 there: never due.
    """

    after: str = ""
    days: int = 0
    workdays: int = 0
    months: int = 0
    months_rule: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where a record can stand. `open`: it still wants something; `due`: by when."""

    words: str
    open: bool = True
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to another: who may (roles, and offices that somebody holds), and what it needs.

    `needs`: fields that have to be filled by then. `only_if`: fields, and the values that they have to have. `reason`:
    words are wanted. `not_by`: who may not, though their role could: the person that such a field names, or 'opener'.
    `only_where`, `not_where`: a yes-or-no value of the policy.
    """

    words: str
    of: tuple[str, ...]
    to: str
    who: tuple[Role, ...] = ()
    offices: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reason: bool = False
    not_by: tuple[str, ...] = ()
    only_where: str = ""
    not_where: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A register. The first state is that of a new record; `title` is the field that a record is called by.

    `sees`, `opens`, `changes`: the roles that may. `hidden_from`: fields of people who never see a record about them.
    `not_opened_by`: fields of people who can't open a record about themselves.
    `proof`: each act wants a fresh proof of identity. `columns`: the fields that a list shows.
    """

    register_id: str
    name: str
    about: str
    clauses: tuple[str, ...]
    title: str
    columns: tuple[str, ...]
    sees: tuple[Role, ...]
    opens: tuple[Role, ...]
    changes: tuple[Role, ...]
    fields: Mapping[str, Field]
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    hidden_from: tuple[str, ...] = ()
    not_opened_by: tuple[str, ...] = ()
    proof: bool = False

    @property
    def first(self) -> str:
        """The state of a new record."""
        return next(iter(self.states))

    @property
    def movers(self) -> frozenset[Role]:
        """Every role that may do something with a record; who holds an office is one of those who may see."""
        roles = {role for move in self.moves.values() for role in move.who}
        offices = any(move.offices for move in self.moves.values())
        return frozenset((*roles, *self.changes, *(self.sees if offices else ())))


def names_in(text: str) -> tuple[str, ...]:
    """The ids in a field of people or records."""
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def value_fault(field: Field, value: str) -> str:
    """What is wrong with the form of a field's value; '' when nothing is. An empty value is none."""
    if not value:
        return ""
    most = WORDS_MOST if field.kind is FieldKind.WORDS else LINE_MOST
    if len(value) > most:
        return f"is longer than {most} characters"
    return _FORMS[field.kind](field, value)


def missing(register: Register, values: Values, needs: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of the fields that are empty and must not be: the required ones, and those that a move needs."""
    required = (n for n, f in register.fields.items() if f.required or (f.needed_if and fits(f.needed_if, values)))
    wanted = dict.fromkeys((*required, *needs))
    return tuple(register.fields[name].words for name in wanted if not values.get(name))


def fits(wanted: Mapping[str, tuple[str, ...]], values: Values) -> bool:
    """Whether each of these fields has one of its values."""
    return all(values.get(name, "") in choices for name, choices in wanted.items())


def applies(move: Move, policy: Policy) -> bool:
    """Whether the policy has this move."""
    wanted = not move.only_where or bool(ruled(policy, move.only_where))
    return wanted and not (move.not_where and ruled(policy, move.not_where))


def ruled(policy: Policy, name: str) -> object:
    """A value of the policy by its dotted name. Raises AttributeError for one that it does not have."""
    value: object = policy
    for part in name.split("."):
        value = getattr(value, part)
    return value.value if isinstance(value, Ruled) else value


def due_on(register: Register, state: str, values: Values, since: date, policy: Policy) -> date | None:
    """By when a record in this state wants something done; None when it never does. `since`: the day it got there."""
    due = register.states[state].due
    if due is None:
        return None
    start = day_of(values.get(due.after, "")) if due.after else since
    months = ruled(policy, due.months_rule) if due.months_rule else due.months
    if start is None or not isinstance(months, int) or (due.months_rule and not months):
        return None
    return business_days_after(months_after(start, months) + timedelta(days=due.days), due.workdays)


def day_of(text: str) -> date | None:
    """A day from its text, None when there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """A time of the day from its text ('07:30'), None when it is none."""
    return time.fromisoformat(text) if _TIME.fullmatch(text) else None


def place_of(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees from a place's text, None when it is none."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of that month where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _several(field: Field, value: str) -> str:
    unknown = [name for name in names_in(value) if name not in field.choices]
    return f"has '{unknown[0]}', which is none of: {', '.join(field.choices)}" if unknown else ""


_FORMS: Mapping[FieldKind, Callable[[Field, str], str]] = {
    FieldKind.LINE: lambda _, value: "" if "\n" not in value else "is more than one line",
    FieldKind.WORDS: lambda _, __: "",
    FieldKind.DAY: lambda _, value: "" if day_of(value) else "is no day: write it as 2026-12-31",
    FieldKind.TIME: lambda _, value: "" if time_of(value) else "is no time of the day: write it as 07:30",
    FieldKind.NUMBER: lambda _, value: "" if value.isascii() and value.isdigit() else "is no whole number",
    FieldKind.CHOICE: lambda field, value: "" if value in field.choices else f"is none of: {', '.join(field.choices)}",
    FieldKind.SEVERAL: _several,
    FieldKind.YES: lambda _, value: "" if value in ("yes", "no") else "is neither yes nor no",
    FieldKind.PLACE: lambda _, value: "" if place_of(value) else "is no place: write it as 41.4123, -73.3035",
    FieldKind.PEOPLE: lambda _, value: "" if names_in(value) else "names nobody",
    FieldKind.RECORDS: lambda _, value: "" if names_in(value) else "names no record",
}
"""What is wrong with a value of each kind."""
