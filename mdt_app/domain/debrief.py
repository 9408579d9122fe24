"""The debrief of a drill: its time line in words, each decision with its mark and the policy's clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.debrief_words import LEFT, NOT_KNOWN, NOTHING, PHRASES, TRAINER, Phrase
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.marking import MISTAKES, Mark, Verdict
from mdt_app.domain.policy import Policy

_Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DebriefRow:
    """One moment: seconds after the start, what happened, and of a decision whether it was right.

    `verdict` is 'right', 'wrong' or empty; `why` says what was wrong. `about` is the id whose pictures belong to it.
    """

    at_s: float
    words: str
    about: str = ""
    verdict: str = ""
    why: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the trainer marked by hand, at a second of the drill."""

    at_s: float
    words: str


def debrief(
    events: Sequence[Event], verdict: Verdict, began: datetime, policy: Policy, notes: Sequence[Note] = ()
) -> tuple[DebriefRow, ...]:
    """The time line: what is on record, how it was marked, what was left undone, and the trainer's own notes."""
    marks = {mark.event_id: mark for mark in verdict.marks if mark.event_id}
    rows = [row for event in events if (row := _row(event, marks.get(event.event_id), began, policy)) is not None]
    rows += [_left(mark, policy) for mark in verdict.marks if not mark.event_id]
    rows += [DebriefRow(note.at_s, TRAINER.replace("%1", note.words)) for note in notes]
    return tuple(sorted(rows, key=lambda row: row.at_s))


def clause_of(mistake: str, policy: Policy) -> str:
    """The policy's own clause that a mistake goes against; the shared table's where the policy's gate has none."""
    row = MISTAKES[mistake]
    own = policy.clauses.get(row.condition, "")
    return f"{own} ({row.clause})" if own else row.clause


def _row(event: Event, mark: Mark | None, began: datetime, policy: Policy) -> DebriefRow | None:
    phrase = PHRASES.get(event.kind)
    if phrase is None:
        return None
    at_s, words = (event.at - began).total_seconds(), _told(phrase, event.body)
    if mark is None:
        return DebriefRow(at_s, words, event.subject)
    if mark.mistake:
        return DebriefRow(at_s, words, event.subject, "wrong", mark.words, clause_of(mark.mistake, policy))
    clause = policy.clauses.get(CONDITIONS.get(event.kind, ""), "")
    return DebriefRow(at_s, words, event.subject, "right", "", clause)


def _left(mark: Mark, policy: Policy) -> DebriefRow:
    return DebriefRow(mark.at_s, LEFT, mark.hit_id, "wrong", mark.words, clause_of(mark.mistake, policy))


def _told(phrase: Phrase, body: _Body) -> str:
    """A phrase with values of the body in their places; 'entry.plate' is the plate in the body's entry."""
    words, names = phrase
    values = [_said(reduce(_within, name.split("."), body)) for name in names]
    return re.sub(r"%(\d)", lambda place: values[int(place[1]) - 1], words)


def _within(held: _Body, name: str) -> Any:
    value = held.get(name)
    known = ALERTS.get(str(value)) if name == "category" else None
    return known.words if known is not None else value


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or NOTHING
    return str(value if value is not None else NOT_KNOWN).replace("_", " ")


CONDITIONS: Mapping[EventKind, str] = {
    EventKind.PLATE_CONFIRMED: "plate_confirmed",
    EventKind.VEHICLE_ANSWERED: "vehicle_confirmed",
    EventKind.CHECK_ANSWERED: "status_verified",
    EventKind.STOP: "purpose_named",
    EventKind.NO_STOP: "hit_open",
    EventKind.FOLLOWED: "exact_match",
    EventKind.REMOVAL_ASKED: "entry_listed",
}
"""Which of the gate's conditions a right decision is about."""


def report_lines(title: str, person: str, trainer: str, verdict: Verdict, rows: Sequence[DebriefRow]) -> Iterator[str]:
    """The debrief as lines of text, to be kept or printed."""
    result = "PASSED" if verdict.passed else f"FAILED: {MISTAKES[verdict.reason].words}"
    yield f"TRAINING · {title} · {person} · trainer {trainer or 'none'}"
    yield result
    yield f"Time to verify: {verdict.verify_s:.0f} s" if verdict.verify_s is not None else "Never answered for good."
    for row in rows:
        mark = {"right": "ok   ", "wrong": "WRONG"}.get(row.verdict, "     ")
        tail = " · ".join(filter(None, (row.why, row.clause)))
        yield f"{row.at_s:6.1f} s  {mark}  {row.words}" + (f"  [{tail}]" if tail else "")
