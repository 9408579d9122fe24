"""The debrief of a drill: its time line in words, each decision with its mark and the policy's clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    rows += [DebriefRow(note.at_s, f"Trainer: {note.words}") for note in notes]
    return tuple(sorted(rows, key=lambda row: row.at_s))


def clause_of(mistake: str, policy: Policy) -> str:
    """The policy's own clause that a mistake goes against; the shared table's where the policy's gate has none."""
    row = MISTAKES[mistake]
    own = policy.clauses.get(row.condition, "")
    return f"{own} ({row.clause})" if own else row.clause


def _row(event: Event, mark: Mark | None, began: datetime, policy: Policy) -> DebriefRow | None:
    told = _WORDS.get(event.kind)
    if told is None:
        return None
    at_s, words = (event.at - began).total_seconds(), told(event.body)
    if mark is None:
        return DebriefRow(at_s, words, event.subject)
    if mark.mistake:
        return DebriefRow(at_s, words, event.subject, "wrong", mark.words, clause_of(mark.mistake, policy))
    clause = policy.clauses.get(_CONDITIONS.get(event.kind, ""), "")
    return DebriefRow(at_s, words, event.subject, "right", "", clause)


def _left(mark: Mark, policy: Policy) -> DebriefRow:
    return DebriefRow(mark.at_s, "Left undone", mark.hit_id, "wrong", mark.words, clause_of(mark.mistake, policy))


def _hit(body: _Body) -> str:
    entry = body["entry"]
    category = str(body["category"]).replace("_", " ")
    return f"Alert: {category}, {entry['plate']} {entry['state']}; read as {body['read']['plate']}"


def _plain(words: str, *names: str) -> Callable[[_Body], str]:
    """Words with values of the body in their places."""

    def told(body: _Body) -> str:
        return words.format(*(_said(body.get(name)) for name in names))

    return told


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "nothing"
    return str(value if value is not None else "not known").replace("_", " ")


_WORDS: Mapping[EventKind, Callable[[_Body], str]] = {
    EventKind.READ: _plain("Read: {} {}", "plate", "state"),
    EventKind.HIT: _hit,
    EventKind.NOT_ALERTED: _plain("No alert: {}", "reason"),
    EventKind.ALERT_SHOWN: _plain("The alert stands on the screen"),
    EventKind.CHECK_REQUESTED: _plain("Records check asked"),
    EventKind.CHECK_ANSWERED: _plain("Answer: {}, from {} ({})", "answer", "source", "by"),
    EventKind.PLATE_CONFIRMED: _plain("Typed as seen: {} {}", "plate", "state"),
    EventKind.VEHICLE_ANSWERED: _plain("Vehicle, {}: {}", "feature", "seen"),
    EventKind.GATE_REFUSED: _plain("Stop refused; missing: {}", "unmet"),
    EventKind.PURPOSE_REFUSED: _plain("Purpose refused: {}", "use"),
    EventKind.GROUND_STATED: _plain("Another way, {}: {}", "ground", "facts"),
    EventKind.STOP: _plain("Stop recorded, to {}", "purpose"),
    EventKind.DISPOSITION: _plain("Outcome: {}", "disposition"),
    EventKind.NO_STOP: _plain("No stop: {}", "reason"),
    EventKind.FOLLOWED: _plain("Following"),
    EventKind.REMOVAL_ASKED: _plain("The entry's owner is told: {}", "why"),
    EventKind.OWED_SETTLED: _plain("Made good after the stop: {}", "step"),
    EventKind.BASIS_FELL: _plain("The stop's basis fell: {}", "step"),
    EventKind.CONFIRMATION_REQUESTED: _plain("The entering agency is asked"),
    EventKind.CONFIRMATION_ANSWERED: _plain("The entering agency: {}", "answer"),
}
"""How each kind of record reads; other kinds are no part of the debrief."""

_CONDITIONS: Mapping[EventKind, str] = {
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
