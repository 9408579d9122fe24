"""Alerts passed on: a notice for each address that an agency entry names (HOT-11), and for who is told of a category.

The notice is a record at headquarters; an address that takes mail gets one as well.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from mdt_app.domain.entries import LIST_ID
from mdt_app.domain.events import EventKind
from mdt_app.hq.designated import notify
from mdt_app.hq.entries import draft_of
from mdt_app.hq.mails import queue
from mdt_app.hq.tables import entry_notices, entry_versions
from mdt_app.sync.event_wire import EventMessage


def forward(connection: Connection, car_id: str, message: EventMessage, now: datetime) -> None:
    """Note a new hit for who is told of its category, and for all whom its entry names; most events are no hit."""
    notify(connection, car_id, message, now)
    entry_id = _entry_of(message)
    if not entry_id:
        return
    newest = select(entry_versions.c.content).where(entry_versions.c.entry_id == entry_id)
    content = connection.scalar(newest.order_by(entry_versions.c.version.desc()).limit(1))
    row = {"entry_id": entry_id, "event_id": message.event_id, "car_id": car_id, "at": now}
    for address in dict.fromkeys(draft_of(content).forward_to) if content else ():
        connection.execute(insert(entry_notices).values(row | {"address": address}))
        queue(connection, message, str(message.body.get("category", ""))[:40], car_id, address)


def _entry_of(message: EventMessage) -> str:
    entry = message.body.get("entry")
    if message.kind != EventKind.HIT.value or message.body.get("list") != LIST_ID or not isinstance(entry, dict):
        return ""
    return str(entry.get("id", "")).removeprefix(f"{LIST_ID}:")
