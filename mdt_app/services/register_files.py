"""Reads the descriptions of the registers (resources/registers/*.toml); what does not hold together stops the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from mdt_app.domain.registers import Field, FieldKind, Register
from mdt_app.services.resource_tables import read_table, shape_of, tables_in

_SHAPE = shape_of(Register)


@cache
def load_registers() -> Mapping[str, Register]:
    """Return every register by its id, in the order of their files. Raises BadInput naming file and key."""
    return MappingProxyType({made.register_id: made for made in map(read_register, tables_in("registers"))})


def read_register(source: Traversable) -> Register:
    """Read one register's file. Raises BadInput with all that is wrong in it."""
    return read_table(source, _SHAPE, _faults)


def _faults(register: Register) -> Iterator[str]:
    """Names that are used and not there, and choices without any."""
    known, states = register.fields, register.states
    people = {name for name, field in known.items() if field.kind is FieldKind.PEOPLE}
    yield from _unknown("columns", (*register.columns, register.title), known)
    yield from _unknown("hidden_from", (*register.hidden_from, *register.not_opened_by), people)
    for name, state in states.items():
        if state.due and state.due.after and not _is_day(known.get(state.due.after)):
            yield f"states.{name}.due.after names no field of a day"
    for name, move in register.moves.items():
        yield from _unknown(f"moves.{name}.of", (*move.of, move.to), states)
        yield from _unknown(f"moves.{name}.needs", (*move.needs, *move.only_if), known)
        yield from _unknown(f"moves.{name}.not_by", move.not_by, {"opener", *people})
        if not move.who and not move.offices:
            yield f"moves.{name} can be made by nobody"
    for name, field in known.items():
        yield from _unknown(f"fields.{name}.needed_if", tuple(field.needed_if), known)
        if field.kind in (FieldKind.CHOICE, FieldKind.SEVERAL) and not field.choices:
            yield f"fields.{name} has no choices"


def _unknown(where: str, names: tuple[str, ...], known: Mapping[str, object] | set[str]) -> Iterator[str]:
    yield from (f"{where} names '{name}', which is not there" for name in names if name not in known)


def _is_day(field: Field | None) -> bool:
    return field is not None and field.kind is FieldKind.DAY
