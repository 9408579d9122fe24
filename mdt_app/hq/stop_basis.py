"""What a stop rests on at headquarters: what the same car sent of the same hit before it (STP-2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Seen
from mdt_app.domain.commands import Ground
from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.events import EventKind
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.policy import ActiveBy, Policy
from mdt_app.domain.purposes import Use, use_fault
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer
from mdt_app.domain.statements import says_enough
from mdt_app.hq.tables import events
from mdt_app.services.on_stops import ground_rule
from mdt_app.sync.event_wire import EventMessage

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What the same car has on record of the same hit: kind, who did it, and the body."""

    kind: str
    actor: str
    body: Body


@dataclass(frozen=True, slots=True)
class _Basis:
    """A stop that arrives, and what stands on record before it, under the agency's policy."""

    earlier: Sequence[_Earlier]
    actor: str
    stop: Body
    policy: Policy

    def of(self, kind: EventKind) -> Iterable[_Earlier]:
        """The earlier events of a kind."""
        return (event for event in self.earlier if event.kind == kind.value)

    @property
    def excuses(self) -> frozenset[str]:
        """The ways other than the steps that the stop went by."""
        return frozenset(map(str, self.stop.get("excuses") or ()))


def stop_lacks(connection: Connection, car_id: str, stop: EventMessage, policy: Policy) -> str:
    """Return what is missing under a stop that arrives, '' when nothing is."""
    basis = _Basis(_earlier(connection, car_id, stop.subject), stop.actor, stop.body, policy)
    return next((reason for reason, holds in _STOP_NEEDS.items() if not holds(basis)), "")


def removal_stands(connection: Connection, car_id: str, asked: EventMessage) -> bool:
    """Whether an entry may be taken off by a car's word: a hit on this very entry, its plate seen by this person."""
    earlier = _earlier(connection, car_id, asked.subject)
    hit = any(
        one.kind == EventKind.HIT.value and one.body.get("entry", {}).get("id") == asked.body.get("entry_id")
        for one in earlier
    )
    return hit and _seen_by(asked.actor, earlier)


def _seen_by(actor: str, earlier: Iterable[_Earlier]) -> bool:
    """Whether this person has confirmed plate and state by eye, and not taken it back since."""
    own = [one for one in earlier if one.actor == actor and one.kind in _BY_EYE]
    return bool(own) and own[-1].kind == EventKind.PLATE_CONFIRMED.value and own[-1].body.get("agrees") is True


def _earlier(connection: Connection, car_id: str, subject: str) -> list[_Earlier]:
    """What the car has sent of a hit, in its order."""
    rows = select(events.c.kind, events.c.content).where(
        events.c.subject == subject,
        events.c.kind.in_([kind.value for kind in _BEFORE_STOP]),
        events.c.car_id == car_id,
    )
    rows = rows.order_by(events.c.position)
    contents = ((kind, json.loads(content)) for kind, content in connection.execute(rows))
    return [_Earlier(kind, content["actor"], content["body"]) for kind, content in contents]


def _same(name: str, one: Body, other: Body) -> bool:
    """Whether both name the same id; an id that is missing on both sides is none."""
    return bool(one.get(name)) and one.get(name) == other.get(name)


def _gate_passed(basis: _Basis) -> bool:
    gates = (event for event in basis.of(EventKind.GATE_PASSED) if event.actor == basis.actor)
    return any(_same("decision_id", basis.stop, gate.body) and gate.body.get("unmet") == [] for gate in gates)


def _hit_can_open(basis: _Basis) -> bool:
    """The hit is on record, of a category that can lead to a stop, and matched exactly, at once or later."""
    hits = list(basis.of(EventKind.HIT))
    made_exact = any(True for _ in basis.of(EventKind.MADE_EXACT))
    return any(
        (hit.body.get("match") == MatchKind.EXACT.value or made_exact)
        and str(hit.body.get("category")) in ALERTS
        and not ALERTS[str(hit.body.get("category"))].blocks
        for hit in hits
    )


def _purpose_permitted(basis: _Basis) -> bool:
    said = (str(basis.stop.get(name) or "") for name in ("purpose", "facts", "citation"))
    return use_fault(basis.policy, Use(*said)) is None


def _ways_allowed(basis: _Basis) -> bool:
    """Every way around steps is one that the agency's policy has."""
    known = {ground.value: ground for ground in Ground}
    return all(way in known and ground_rule(basis.policy, known[way]).value for way in basis.excuses)


def _ways_stated(basis: _Basis) -> bool:
    """The one who stopped has put the facts of each way on record before."""
    said = {
        event.body.get("ground")
        for event in basis.of(EventKind.GROUND_STATED)
        if event.actor == basis.actor and says_enough(str(event.body.get("facts", "")))
    }
    return basis.excuses <= said


def _plate_confirmed(basis: _Basis) -> bool:
    """The one who stopped has seen plate and state, unless a way around the eyes was stated."""
    if basis.excuses & {Ground.SUSPICION.value, Ground.EXIGENT.value}:
        return True
    return _seen_by(basis.actor, basis.earlier)


def _status_known(basis: _Basis) -> bool:
    """The check that the stop names has an answer that says something, unless a way around the status was stated."""
    if basis.excuses & _AROUND_STATUS:
        return True
    checks = (event.body for event in basis.of(EventKind.CHECK_ANSWERED))
    return any(_same("check_id", basis.stop, check) and check.get("answer") in _SAYING for check in checks)


def _said_active(basis: _Basis) -> bool:
    """One whose word the policy takes has said that the hit is active, unless a way around that was stated."""
    if basis.excuses & _AROUND_STATUS:
        return True
    said = set()
    for event in basis.earlier:
        if event.kind == EventKind.CHECK_ANSWERED.value and event.body.get("answer") == CheckAnswer.ACTIVE.value:
            said.add(ActiveBy.COMMUNICATIONS if event.body.get("source") == BY_RADIO else ActiveBy.LIVE_RECORD)
        if event.kind == EventKind.CONFIRMATION_ANSWERED.value and event.body.get("counts") is True:
            said |= {ActiveBy.ENTERING_AGENCY} if event.body.get("answer") == _CONFIRMED else set()
    return bool(said & set(basis.policy.stops.active_by.value))


def _nobody_denies(basis: _Basis) -> bool:
    """The last word on the vehicle, the status and the hit is no 'no', whichever way the stop went by."""
    agency = any(event.body.get("category") == "agency" for event in basis.of(EventKind.HIT))
    denied, differs = False, dict[str, bool]()
    for event in basis.earlier:
        answer = event.body.get("answer")
        if event.kind == EventKind.CHECK_ANSWERED.value:
            foreign = agency and event.body.get("source") != BY_RADIO
            denied = (answer in _NO and not foreign) or (denied and answer != CheckAnswer.ACTIVE.value)
        elif event.kind == EventKind.VEHICLE_ANSWERED.value:
            differs[str(event.body.get("feature"))] = event.body.get("seen") == Seen.DIFFERS.value
    replies = (e.body for e in basis.of(EventKind.CONFIRMATION_ANSWERED) if e.body.get("counts") is True)
    invalid = any(reply.get("answer") == ConfirmationAnswer.NOT_VALID.value for reply in replies)
    return not denied and not invalid and not any(differs.values())


def _none_of(kind: EventKind) -> Callable[[_Basis], bool]:
    return lambda basis: not any(True for _ in basis.of(kind))


_NO = frozenset({CheckAnswer.NO_RECORD.value, CheckAnswer.OTHER_RECORD.value})
_BY_EYE = frozenset({EventKind.PLATE_CONFIRMED.value, EventKind.PLATE_TAKEN_BACK.value})
_SAYING = _NO | {CheckAnswer.ACTIVE.value}
_CONFIRMED = ConfirmationAnswer.CONFIRMED.value
_AROUND_STATUS = frozenset({Ground.EXIGENT.value, Ground.STATUS_NOT_POSSIBLE.value})
_BEFORE_STOP = (
    EventKind.HIT,
    EventKind.MADE_EXACT,
    EventKind.VEHICLE_ANSWERED,
    EventKind.CONFIRMATION_ANSWERED,
    EventKind.GATE_PASSED,
    EventKind.GROUND_STATED,
    EventKind.PLATE_CONFIRMED,
    EventKind.PLATE_TAKEN_BACK,
    EventKind.CHECK_ANSWERED,
    EventKind.NO_STOP,
    EventKind.STOP,
)
_STOP_NEEDS: Mapping[str, Callable[[_Basis], bool]] = {
    "stop_without_gate": _gate_passed,
    "stop_by_unknown_way": _ways_allowed,
    "stop_without_facts": _ways_stated,
    "stop_without_confirmation": _plate_confirmed,
    "stop_without_check": _status_known,
    "stop_not_active": _said_active,
    "stop_denied": _nobody_denies,
    "stop_without_hit": _hit_can_open,
    "stop_without_purpose": _purpose_permitted,
    "stop_twice": _none_of(EventKind.STOP),
    "stop_after_end": _none_of(EventKind.NO_STOP),
}
STOP_REASONS = tuple(_STOP_NEEDS)
