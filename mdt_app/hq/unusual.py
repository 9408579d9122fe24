"""Unusual use at headquarters: the record that the rules look at, what they find, and what a person made of it (AUD-8).

Looking again finds the same things under the same keys: an open finding follows the record, a reviewed one stays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from mdt_app.domain.audit import PLATE_DATA
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import UnusualUse
from mdt_app.domain.registers import names_in, time_of
from mdt_app.domain.unusual import NAMES, DutyHours, Finding, MemberPlate, Record, Search, findings, window
from mdt_app.hq import registers
from mdt_app.hq.registers import Desk, standing
from mdt_app.hq.rounds import rounds
from mdt_app.hq.store import Store
from mdt_app.hq.tables import events
from mdt_app.hq.tables import findings as table
from mdt_app.services.register_files import load_registers
from mdt_app.sync.desk_wire import RecordLine, RecordLines
from mdt_app.sync.oversight_wire import FindingMessage, FindingReview, Findings, FindingVerdict

EVERY_S = 60.0
"""How often headquarters looks."""
_REPORTS = (EventKind.PRESERVED.value, EventKind.STOP.value, EventKind.DISPOSITION.value)
"""What shows that a search led to something, where it names its case."""


_SHOWN_MOST = 5
"""So many searches stand in a violation's record, whose lines are short; the finding has all of them."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ASKED = ("purpose", "offense", "case", "reason", "facts", "citation")
"""What a search asked for, as its record names it."""


def look(store: Store, rules: UnusualUse, now: datetime) -> int:
    """Look for unusual use and put on record what is found; return how many findings are new."""
    with store.writing() as connection:
        found = findings(_record(connection, rules, now), rules)
        known = {row.key: row for row in connection.execute(select(table))}
        for finding in found:
            _keep(connection, known.get(finding.key), finding, now)
    return sum(finding.key not in known for finding in found)


@contextmanager
def watched(store: Store, rules: UnusualUse) -> Iterator[None]:
    """While inside, look again and again."""
    with rounds("unusual", EVERY_S, lambda: look(store, rules, datetime.now(UTC))):
        yield


def held(store: Store, *, closed: bool) -> Findings:
    """Return the findings that wait for a review, with `closed` all of them, the newest first."""
    query = select(table).order_by(table.c.found_at.desc(), table.c.position.desc())
    query = query if closed else query.where(table.c.reviewed_at.is_(None))
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return Findings(findings=tuple(map(_message, rows)))


def review(store: Store, position: int, review: FindingReview, desk: Desk) -> FindingMessage:
    """Put on record what a finding was; a violation opens its record in that register, to be reported to the Chief.

    Raises BadInput when it is not open, or about whoever reviews it; Refused where the register can't have it.
    """
    here, by = table.c.position == position, desk.person.user_id
    with store.writing() as connection:
        row = connection.execute(select(table).where(here, table.c.reviewed_at.is_(None))).mappings().one_or_none()
        if row is None:
            raise BadInput("There is no such open finding.", "Look at the list again.")
        if row["person"].casefold() == by.casefold():
            raise BadInput("Nobody reviews a finding about themselves.", "Leave it to the Chief or their designee.")
        if review.verdict is FindingVerdict.VIOLATION:
            _reported_as_violation(connection, row, review.words, desk)
        verdict = {
            "verdict": review.verdict.value,
            "review_words": review.words,
            "reviewed_by": by,
            "reviewed_at": desk.now,
        }
        connection.execute(update(table).where(here).values(verdict))
    return _message(dict(row) | verdict)


def _reported_as_violation(connection: Connection, row: Mapping[Any, Any], words: str, desk: Desk) -> None:
    """The clause is the Administrator's to make precise before the record goes to the Chief (AUD-4)."""
    values = {
        "member": row["person"],
        "happened_on": f"{row['found_at'].date()}",
        "found_by": "unusual use",
        "clause": desk.policy.unusual_use.past_days.clause.partition(";")[0],
        "what": f"{NAMES.get(row['rule'], row['rule'])}: {row['words']}. {words}",
        "records": ", ".join(json.loads(row["searches"])[:_SHOWN_MOST]),
    }
    registers.opened(connection, load_registers()["violations"], f"finding-{row['position']}", values, desk)


def searches_of(store: Store, position: int) -> RecordLines:
    """Return the searches behind a finding as they stand on record, oldest first; none for an unknown finding."""
    with store.reading() as connection:
        ids = connection.scalar(select(table.c.searches).where(table.c.position == position))
        query = select(events).where(events.c.event_id.in_(json.loads(ids or "[]"))).order_by(events.c.at)
        rows = connection.execute(query).all()
    return RecordLines(lines=tuple(map(_line, rows)))


def _line(row: Any) -> RecordLine:
    said = json.loads(row.content)
    body = said["body"]
    asked = {**body.get(PLATE_DATA, {}), **body.get("parameters", {}), **{name: body.get(name) for name in _ASKED}}
    words = " · ".join(f"{name}: {value}" for name, value in asked.items() if value)
    return RecordLine(at=row.at, kind=row.kind, car_id=row.car_id, by=said["actor"], words=words[:2000])


def _keep(connection: Connection, known: Any, finding: Finding, now: datetime) -> None:
    facts = {"words": finding.words, "searches": json.dumps(finding.searches)}
    if known is None:
        row = {"key": finding.key, "rule": finding.rule, "person": finding.person, "found_at": now}
        # Another process that looks at the same moment has put the same on record.
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(table).values(row | facts))
    elif known.reviewed_at is None and known.words != finding.words:
        connection.execute(update(table).where(table.c.position == known.position).values(facts))


def _record(connection: Connection, rules: UnusualUse, now: datetime) -> Record:
    since = now - window(rules)
    return Record(
        searches=tuple(sorted(_searches(connection, since), key=lambda search: search.at)),
        reported=_reported(connection, since),
        hours=_hours(connection),
        plates=_plates(connection),
        now=now,
        local=datetime.astimezone,
    )


def _searches(connection: Connection, since: datetime) -> Iterator[Search]:
    """Every search on record, cars' and desks'; of the older ones retention has left who and when."""
    for row, body in _bodies(connection, (EventKind.SEARCHED.value,), since):
        pattern, case = str(body.get(PLATE_DATA, {}).get("plate") or ""), _case(body)
        yield Search(row.event_id, json.loads(row.content)["actor"], row.at, pattern, case)


def _hours(connection: Connection) -> dict[str, tuple[DutyHours, ...]]:
    """The hours that the Administrator keeps; the register takes nothing that is no time of the day."""
    held: defaultdict[str, tuple[DutyHours, ...]] = defaultdict(tuple)
    for one in standing(connection, "duty_hours", "valid"):
        begin, end = (time_of(one.values[name]) for name in ("begins", "ends"))
        if begin is None or end is None:
            continue
        days = frozenset(_DAYS.index(day) for day in names_in(one.values["days"]))
        for member in names_in(one.values["member"]):
            held[member] += (DutyHours(days, begin, end),)
    return dict(held)


def _plates(connection: Connection) -> tuple[MemberPlate, ...]:
    listed = standing(connection, "member_plates", "listed")
    return tuple(
        MemberPlate(match_key(one.values["plate"]), member)
        for one in listed
        for member in names_in(one.values["member"])
    )


def _reported(connection: Connection, since: datetime) -> dict[str, datetime]:
    rows = _bodies(connection, _REPORTS, since)
    return {case: row.received_at for row, body in rows if (case := _case(body))}


def _bodies(connection: Connection, kinds: Iterable[str], since: datetime) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    query = select(events).where(events.c.kind.in_(tuple(kinds)), events.c.received_at >= since)
    for row in connection.execute(query.order_by(events.c.received_at)):
        yield row, json.loads(row.content)["body"]


def _case(body: Mapping[str, Any]) -> str:
    return str(body.get("case") or "").strip()


def _message(row: Mapping[Any, Any]) -> FindingMessage:
    shown = {name: row[name] for name in FindingMessage.model_fields}
    return FindingMessage.model_validate(shown | {"searches": tuple(json.loads(row["searches"]))})
