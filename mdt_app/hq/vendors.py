"""Vendors and contractors: without a contract in force their people and readers have no access (VEN-1)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from mdt_app.domain.registers import day_of, names_in
from mdt_app.hq import registers
from mdt_app.hq.registers import Held
from mdt_app.hq.store import Store
from mdt_app.services.register_files import load_registers

_REGISTER = "vendors"
_PARTIES = ("accounts", "readers", "vendor")
"""Fields that say who belongs to a vendor: people, readers, and the vendor's own name, for what is sent to it."""


def shut_out(connection: Connection) -> frozenset[str]:
    """Return whoever belongs to a vendor that has no contract in force now, in lower case."""
    held = registers.records(connection, load_registers()[_REGISTER])
    inside = {party for record in held if _in_force(record) for party in _parties(record)}
    return frozenset(party for record in held for party in _parties(record)) - inside


def without_contract(store: Store, holder: str) -> bool:
    """Whether this person, reader or vendor belongs to a vendor and no contract in force covers it."""
    with store.reading() as connection:
        return holder.casefold() in shut_out(connection)


def _in_force(record: Held) -> bool:
    """Until the end of its last day; a record without the policy's clauses never is."""
    ends = day_of(record.values.get("ends_on", ""))
    signed = day_of(record.values.get("signed_on", ""))
    today = datetime.now(UTC).date()
    whole = ends is not None and signed is not None and signed <= today <= ends
    return whole and record.state == "in_force" and record.values.get("policy_clauses") == "yes"


def _parties(record: Held) -> set[str]:
    return {name.casefold() for field in _PARTIES for name in names_in(record.values.get(field, ""))}
