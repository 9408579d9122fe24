"""What a register's fields refer to: accounts and records that headquarters knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, or_, select

from mdt_app.domain.registers import FieldKind
from mdt_app.hq.tables import accounts, events, flags, register_versions


def unknown_references(connection: Connection, kind: FieldKind, names: tuple[str, ...]) -> str:
    """What is wrong with the names in a field of this kind; '' when all are known, or the kind names nothing."""
    known = _KNOWN.get(kind)
    unknown = [name for name in names if not known(connection, name)] if known else []
    return f"names what is not known here: {', '.join(unknown)}" if unknown else ""


def _an_account(connection: Connection, user_id: str) -> bool:
    same = func.lower(accounts.c.user_id) == user_id.lower()
    return connection.scalar(select(accounts.c.user_id).where(same)) is not None


def _on_record(connection: Connection, name: str) -> bool:
    """An event, a subject (hit, stop, search, session), something flagged, or a record of another register."""
    queries = (
        select(events.c.position).where(or_(events.c.event_id == name, events.c.subject == name)),
        select(flags.c.position).where(or_(flags.c.event_id == name, flags.c.subject == name)),
        select(register_versions.c.position).where(register_versions.c.record_id == name),
    )
    return any(connection.scalar(query.limit(1)) is not None for query in queries)


_KNOWN: Mapping[FieldKind, Callable[[Connection, str], bool]] = {
    FieldKind.PEOPLE: _an_account,
    FieldKind.RECORDS: _on_record,
}
