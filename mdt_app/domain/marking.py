"""Marks a drill: each decision on record is held against what the road truly was and against the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Feature
from mdt_app.domain.drills import DrillCar, DrillEntry, End, Expected, Scenario, Sight, truth
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.plates import match_key
from mdt_app.domain.records_check import BY_RADIO


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: how it reads, and the clause (of the shared table) that it goes against.

    `condition`: the gate's condition whose clause in the policy is meant; empty where it is none of the gate's.
    """

    words: str
    clause: str
    condition: str = ""


MISTAKES: Mapping[str, Mistake] = {
    "copied_the_reader": Mistake(
        "The reader's or the list's characters were typed, not the vehicle's.", "STP-2", "plate_confirmed"
    ),
    "misread_by_eye": Mistake("Other characters were typed than the vehicle has.", "STP-2", "plate_confirmed"),
    "other_state_confirmed": Mistake("Another state was given than the plate's.", "STP-2", "state_confirmed"),
    "guessed": Mistake("A plate was confirmed that could not be seen.", "STP-2", "plate_confirmed"),
    "vehicle_not_compared": Mistake(
        "'Match' was answered where the vehicle differs from the entry.", "STP-2", "vehicle_confirmed"
    ),
    "vehicle_misjudged": Mistake(
        "'Differs' was answered where the vehicle is as the entry says.", "STP-2", "vehicle_confirmed"
    ),
    "went_on_after_no": Mistake("A stop was asked for after a 'no' was on record.", "STP-6", "still_active"),
    "pressed_too_early": Mistake("A stop was asked for while steps were missing.", "STP-2", "status_verified"),
    "prohibited_purpose": Mistake("A purpose was named that the policy prohibits.", "PUR-4", "purpose_named"),
    "exigent_without_need": Mistake("Another way than the steps was taken where none was needed.", "STP-5"),
    "dispatch_not_asked": Mistake("Dispatch was not asked by radio.", "STP-4", "status_verified"),
    "other_answer_noted": Mistake("Another answer was put on record than dispatch gave.", "STP-6", "still_active"),
    "stopped_wrongly": Mistake("A stop was made where there is no basis for one.", "STP-6", "still_active"),
    "missed_stop": Mistake("No stop was made of a hit that is verified.", "STP-7"),
    "wrong_end": Mistake("The hit was ended for another reason than the right one.", "STP-7"),
    "wrong_outcome": Mistake("Another outcome of the stop was recorded than the right one.", "STP-7"),
    "steps_left_owed": Mistake("Steps that had to follow the stop were left.", "STP-5"),
    "owner_not_told": Mistake("The entry's owner was not told.", "STP-8"),
    "less_urgent_first": Mistake("The less urgent hit was worked first.", "ALR-2"),
    "too_slow": Mistake("The hit was answered too late.", "ALR-1"),
    "not_answered": Mistake("The hit was never answered.", "STP-7"),
    "alert_expected": Mistake("The alert that the drill is about never came.", "ALR-1"),
    "alerted_wrongly": Mistake("An alert came that must not come for this person.", "ALR-2"),
}
"""Each mistake by its name; a wrong trainee's script says which one it makes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One decision, right or wrong. `mistake` is empty where it was right; `at_s` counts from the drill's start.

    `event_id` is the record that was marked, empty for what was left undone.
    """

    at_s: float
    hit_id: str
    decision: str
    mistake: str = ""
    words: str = ""
    clause: str = ""
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a drill comes to. `reason` names the first mistake; `verify_s`: from the first alert to its answer."""

    passed: bool
    reason: str
    marks: tuple[Mark, ...]
    seconds: float
    verify_s: float | None

    @property
    def mistakes(self) -> tuple[Mark, ...]:
        """The marks that are wrong."""
        return tuple(mark for mark in self.marks if mark.mistake)


@dataclass(frozen=True, slots=True)
class _Known:
    """A hit as the record has it, with the truth about it."""

    hit_id: str
    raised_at: datetime
    entry: DrillEntry
    car: DrillCar
    expected: Expected | None


_Body = Mapping[str, Any]
_ENDS = (EventKind.STOP, EventKind.NO_STOP)
_ANSWERS = (EventKind.PLATE_CONFIRMED, EventKind.VEHICLE_ANSWERED, EventKind.FOLLOWED, EventKind.GROUND_STATED, *_ENDS)
_NOES = ("no_record", "other_record")


def judge(scenario: Scenario, events: Sequence[Event], began: datetime, ended: datetime) -> Verdict:
    """Mark the record of a drill that ran from `began` to `ended` (UTC, as the drill's clock had it)."""
    hits = {event.subject: known for event in events if (known := _known(scenario, event)) is not None}
    marks = [_mark(began, event, hits, events) for event in events]
    made = [mark for mark in marks if mark is not None]
    made += [_wrong(began, ended, hit_id, name) for hit_id, name in _at_the_end(scenario, hits, events)]
    mistakes = [mark.mistake for mark in made if mark.mistake]
    return Verdict(
        passed=not mistakes,
        reason=mistakes[0] if mistakes else "",
        marks=tuple(made),
        seconds=(ended - began).total_seconds(),
        verify_s=_verify_s(hits, events),
    )


def _known(scenario: Scenario, event: Event) -> _Known | None:
    if event.kind is not EventKind.HIT:
        return None
    listed, read = event.body["entry"], event.body["read"]
    entry, car = scenario.entry(listed["plate"], listed["state"]), scenario.car_read_as(read["plate"])
    if entry is None or car is None:
        return None
    return _Known(event.subject, event.at, entry, car, scenario.expected_of(entry.plate))


def _verify_s(hits: Mapping[str, _Known], events: Sequence[Event]) -> float | None:
    """Seconds from the first alert to what answered it for good."""
    for hit in hits.values():
        over = next((e.at for e in events if e.subject == hit.hit_id and e.kind in _ENDS), None)
        return (over - hit.raised_at).total_seconds() if over else None
    return None


def _mark(began: datetime, event: Event, hits: Mapping[str, _Known], events: Sequence[Event]) -> Mark | None:
    """What this decision is worth; None for what is no decision of the trainee's."""
    rule, hit = _RULES.get(event.kind), hits.get(event.subject)
    if rule is None or hit is None:
        return None
    before = [e for e in events[: events.index(event)] if e.subject == hit.hit_id]
    mistake = rule(hit, event.body, before)
    if mistake is None:
        return None
    if mistake:
        return _wrong(began, event.at, hit.hit_id, mistake, event)
    return Mark((event.at - began).total_seconds(), hit.hit_id, event.kind.value, event_id=event.event_id)


def _wrong(began: datetime, at: datetime, hit_id: str, name: str, event: Event | None = None) -> Mark:
    row, at_s = MISTAKES[name], (at - began).total_seconds()
    decision, event_id = (event.kind.value, event.event_id) if event else ("end of the drill", "")
    return Mark(at_s, hit_id, decision, name, row.words, row.clause, event_id)


def _plate(hit: _Known, body: _Body, _: Sequence[Event]) -> str:
    seen, car = match_key(body["plate"]), hit.car
    if car.sight is not Sight.CLEAR:
        return "guessed"
    if seen != match_key(car.plate):
        copied = seen in (match_key(car.read_as), match_key(hit.entry.plate))
        return "copied_the_reader" if copied else "misread_by_eye"
    return "" if body["state"] == car.state else "other_state_confirmed"


def _vehicle(hit: _Known, body: _Body, _: Sequence[Event]) -> str:
    same = truth(hit.car, hit.entry.vehicle, Feature(body["feature"]))
    if body["seen"] == "match":
        return "" if same else "vehicle_not_compared"
    return "vehicle_misjudged" if body["seen"] == "differs" and same else ""


def _answer(hit: _Known, body: _Body, _: Sequence[Event]) -> str | None:
    """Only what dispatch says by radio is the trainee's own doing."""
    if body["source"] != BY_RADIO:
        return None
    return "" if body["answer"].replace("_", " ") == hit.entry.dispatch.value else "other_answer_noted"


def _refused(_: _Known, __: _Body, before: Sequence[Event]) -> str | None:
    if any(e.kind is EventKind.PURPOSE_REFUSED for e in before[-1:]):
        return None  # the refused purpose is marked already
    denied = any(e.kind is EventKind.CHECK_ANSWERED and e.body["answer"] in _NOES for e in before)
    return "went_on_after_no" if denied else "pressed_too_early"


def _way(hit: _Known, body: _Body, _: Sequence[Event]) -> str:
    return "" if hit.expected and body["ground"] in hit.expected.ways else "exigent_without_need"


def _stop(hit: _Known, _: _Body, __: Sequence[Event]) -> str:
    return "" if hit.expected and hit.expected.end is End.STOP else "stopped_wrongly"


def _no_stop(hit: _Known, body: _Body, before: Sequence[Event]) -> str:
    """An end that follows from another mistake is not marked a second time: what was typed has ended the hit."""
    told_no = any(e.kind is EventKind.CHECK_ANSWERED and e.body["answer"] in _NOES for e in before)
    if told_no and body["reason"] == NoStopReason.STALE_ENTRY:
        return ""  # also where the trainer put the 'no' in
    if hit.expected is None or hit.expected.end is End.STOP:
        by_itself = bool(before) and before[-1].kind is EventKind.PLATE_CONFIRMED
        return "" if by_itself else "missed_stop"
    wanted = hit.expected.reasons
    return "" if not wanted or body["reason"] in wanted else "wrong_end"


def _outcome(hit: _Known, body: _Body, _: Sequence[Event]) -> str:
    wanted = hit.expected.disposition if hit.expected else ""
    return "" if not wanted or body["disposition"] == wanted else "wrong_outcome"


_RULES: Mapping[EventKind, Callable[[_Known, _Body, Sequence[Event]], str | None]] = {
    EventKind.PLATE_CONFIRMED: _plate,
    EventKind.VEHICLE_ANSWERED: _vehicle,
    EventKind.CHECK_ANSWERED: _answer,
    EventKind.GATE_REFUSED: _refused,
    EventKind.PURPOSE_REFUSED: lambda *_: "prohibited_purpose",
    EventKind.GROUND_STATED: _way,
    EventKind.STOP: _stop,
    EventKind.NO_STOP: _no_stop,
    EventKind.DISPOSITION: _outcome,
    EventKind.FOLLOWED: lambda *_: "",
    EventKind.REMOVAL_ASKED: lambda *_: "",
}


def _at_the_end(scenario: Scenario, hits: Mapping[str, _Known], events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """What was left undone: the hit that it is about, and the mistake's name."""
    yield from _order(hits, events)
    raised = {match_key(hit.entry.plate): hit for hit in hits.values()}
    for expected in scenario.expected:
        hit = raised.get(match_key(expected.plate))
        if hit is None:
            if expected.end is not End.NO_ALERT:
                yield "", "alert_expected"
        elif expected.end is End.NO_ALERT:
            yield hit.hit_id, "alerted_wrongly"
        else:
            own = [e for e in events if e.subject == hit.hit_id]
            yield from ((hit.hit_id, name) for name in _left(hit, expected, own))


def _left(hit: _Known, expected: Expected, own: Sequence[Event]) -> Iterator[str]:
    kinds = {e.kind for e in own}
    first = next((e.at for e in own if e.kind in _ANSWERS), None)
    if expected.by_radio and not any(e.kind is EventKind.CHECK_ANSWERED and e.body["source"] == BY_RADIO for e in own):
        yield "dispatch_not_asked"
    if expected.end in (End.STOP, End.NO_STOP) and not kinds & set(_ENDS):
        yield "not_answered"
    if expected.end is End.FOLLOW and EventKind.FOLLOWED not in kinds:
        yield "not_answered"
    if first is not None and (first - hit.raised_at).total_seconds() > expected.within_s:
        yield "too_slow"
    if expected.owner_told and EventKind.REMOVAL_ASKED not in kinds:
        yield "owner_not_told"
    owed = {step for e in own if e.kind is EventKind.STOP for step in e.body["owed"]}
    if owed - {e.body["step"] for e in own if e.kind in (EventKind.OWED_SETTLED, EventKind.BASIS_FELL)}:
        yield "steps_left_owed"


def _order(hits: Mapping[str, _Known], events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Of hits that waited together the most urgent comes first."""
    firsts = {e.subject: e.at for e in reversed(events) if e.kind in _ANSWERS and e.subject in hits}
    for hit_id, at in firsts.items():
        mine = ALERTS[hits[hit_id].entry.category].priority
        for other in hits.values():
            waited = other.raised_at <= at and firsts.get(other.hit_id, at) >= at and other.hit_id != hit_id
            if waited and ALERTS[other.entry.category].priority < mine:
                yield hit_id, "less_urgent_first"
