"""Hits of all cars as the record has them, how each ended, and how reliable each list and entering agency is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mdt_app.domain.events import EventKind
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.hq.store import Store
from mdt_app.hq.tables import events
from mdt_app.sync.desk_wire import HitLine, HitLines, RecordLine, RecordLines, Reliability, ReliabilityTable

OPEN, STOPPED = "open", "stopped"
_TELLING = (
    *("ground", "facts", "purpose", "use", "citation", "reason", "answer", "agrees", "step", "unmet"),
    *("excuses", "owed", "disposition", "unconfirmed", "act", "words"),
)
"""Fields of an event's body that tell a reviewer what was done and said."""
_HISTORY_MOST = 200
PURGED = "purged"
"""In the body of an event whose content retention has taken out: it is in no list and no count."""
_ENDS = (EventKind.NO_STOP.value, EventKind.STOP.value)
_COLUMNS: Mapping[str, str] = {
    STOPPED: "stops",
    OPEN: "open",
    NoStopReason.MISREAD.value: "misread",
    NoStopReason.WRONG_STATE.value: "wrong_state",
    NoStopReason.STALE_ENTRY.value: "stale",
}
"""Which number an outcome counts in; every other end is in `other`."""


def hits(store: Store, limit: int) -> HitLines:
    """Return the newest hits with how they ended."""
    query = select(events).where(events.c.kind == EventKind.HIT.value).order_by(events.c.position.desc()).limit(limit)
    with store.reading() as connection:
        rows = connection.execute(query).all()
        ends = _ends(connection)
    return HitLines(hits=tuple(line for row in rows if (line := _line(row, ends))))


def history(store: Store, subject: str) -> RecordLines:
    """Return what stands on record of a hit or another subject, oldest first; reads of the road have none."""
    query = select(events).where(events.c.subject == subject).order_by(events.c.position).limit(_HISTORY_MOST)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return RecordLines(lines=tuple(map(_told, rows)))


def reliability(store: Store) -> ReliabilityTable:
    """Return, for each list and entering agency, how many of its hits ended how."""
    query = select(events.c.subject, events.c.content).where(events.c.kind == EventKind.HIT.value)
    counted: dict[tuple[str, str], Counter[str]] = {}
    with store.reading() as connection:
        ends = _ends(connection)
        for subject, content in connection.execute(query):
            body = json.loads(content)["body"]
            if PURGED in body:
                continue
            counts = counted.setdefault((str(body.get("list", "")), _entry(body, "ori")), Counter())
            counts[_COLUMNS.get(ends.get(subject, (OPEN, ""))[0], "other")] += 1
    lines = (
        Reliability(list_id=list_id or "unknown", ori=ori, hits=counts.total(), **_numbers(counts))
        for (list_id, ori), counts in counted.items()
    )
    return ReliabilityTable(lines=tuple(sorted(lines, key=lambda line: (-line.hits, line.list_id, line.ori))))


def _numbers(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in (*_COLUMNS.values(), "other")}


def _ends(connection: Any) -> dict[str, tuple[str, str]]:
    """How each hit ended and by whom: 'stopped', or the reason for no stop."""
    query = select(events.c.subject, events.c.kind, events.c.content).where(events.c.kind.in_(_ENDS))
    ends = {}
    for subject, kind, content in connection.execute(query.order_by(events.c.position)):
        said = json.loads(content)
        reason = STOPPED if kind == EventKind.STOP.value else str(said["body"].get("reason", "other"))
        ends[subject] = (reason[:200], said["actor"])
    return ends


def _line(row: Any, ends: Mapping[str, tuple[str, str]]) -> HitLine | None:
    body, (outcome, by) = json.loads(row.content)["body"], ends.get(row.subject, (OPEN, ""))
    if PURGED in body:
        return None
    read = body.get("read")
    return HitLine(
        hit_id=row.subject,
        car_id=row.car_id,
        at=row.at,
        plate=_entry(body, "plate"),
        state=_entry(body, "state"),
        read_plate=str(read.get("plate", ""))[:200] if isinstance(read, dict) else "",
        category=str(body.get("category", "")),
        match=str(body.get("match", "")),
        list_id=str(body.get("list", "")),
        ori=_entry(body, "ori"),
        outcome=outcome,
        by=by,
    )


def _told(row: Any) -> RecordLine:
    said = json.loads(row.content)
    words = (f"{name.replace('_', ' ')}: {_plain(said['body'][name])}" for name in _TELLING if said["body"].get(name))
    return RecordLine(at=row.at, kind=row.kind, car_id=row.car_id, by=said["actor"], words=" · ".join(words)[:2000])


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _entry(body: Mapping[str, Any], name: str) -> str:
    entry = body.get("entry")
    return str(entry.get(name, ""))[:200] if isinstance(entry, dict) else ""
