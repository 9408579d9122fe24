"""The gate: a table of named conditions that must all hold before a stop. The one place that decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mdt_app.domain.alerts import Hit, HitStatus, Seen, asked_features
from mdt_app.domain.errors import Refused
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy
from mdt_app.domain.records_check import CheckAnswer

HOLDS_FOR = timedelta(hours=1)
"""How long an answer opens the gate: NCIC's routine hit confirmation is asked anew after an hour."""

_ANSWERS = frozenset({CheckAnswer.ACTIVE, CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD})


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything that the conditions look at. `purpose` is what the officer names for the stop, or empty.

    `user_id` is who asks: the answers must rest on this person's own eyes. `now` is the time of day (UTC); without
    it no answer is fresh. `listed` says whether the entry is still on a list in force.
    """

    hit: Hit
    policy: Policy
    purpose: str = ""
    user_id: str = ""
    now: datetime | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand: when it holds, how it reads on the screen while unmet, and what the officer does about it."""

    name: str
    holds: Callable[[GateFacts], bool]
    words: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that does not hold, as screen, record and headquarters show it."""

    name: str
    words: str
    remedy: str
    clause: str


@dataclass(frozen=True, slots=True)
class GateDecision:
    """What the gate says now. `passed` is true only when nothing is unmet."""

    hit_id: str
    unmet: tuple[Unmet, ...]

    @property
    def passed(self) -> bool:
        """True when every condition holds."""
        return not self.unmet


class GateShut(Refused):
    """A stop was asked for while the gate is shut; `decision` names what is missing."""

    def __init__(self, decision: GateDecision) -> None:
        super().__init__("gate_shut", "Stop: shut.", " ".join(u.words for u in decision.unmet))
        self.decision = decision


def _fresh(facts: GateFacts, at: datetime | None) -> bool:
    """An answer holds for an hour. One from the future does not: the clock was set, and nobody knows its age."""
    return at is not None and facts.now is not None and timedelta() <= facts.now - at <= HOLDS_FOR


def _exact(facts: GateFacts) -> bool:
    return facts.hit.match.kind is MatchKind.EXACT and not facts.hit.row.blocks


def _open(facts: GateFacts) -> bool:
    return facts.hit.status in (HitStatus.OPEN, HitStatus.FOLLOWING)


def _plate(facts: GateFacts) -> bool:
    seen = match_key(facts.hit.verification.plate_seen or "")
    own = facts.hit.verification.seen_by == facts.user_id and _fresh(facts, facts.hit.verification.seen_at)
    return bool(seen) and own and seen == match_key(facts.hit.match.entry.plate)


def _state(facts: GateFacts) -> bool:
    seen = facts.hit.verification.state_seen
    return bool(seen) and seen == facts.hit.match.entry.state


def _vehicle(facts: GateFacts) -> bool:
    answers = facts.hit.verification.features
    return all(answers.get(f) in (Seen.MATCH, Seen.CANT_SEE) for f in asked_features(facts.hit))


def _status(facts: GateFacts) -> bool:
    status = facts.hit.verification.status
    return status is not None and status.answer in _ANSWERS and _fresh(facts, status.answered_at)


def _active(facts: GateFacts) -> bool:
    status = facts.hit.verification.status
    return status is not None and status.answer is CheckAnswer.ACTIVE and facts.listed


def _purpose(facts: GateFacts) -> bool:
    return facts.purpose in facts.policy.purposes


CONDITIONS: tuple[Condition, ...] = (
    Condition("hit_open", _open, "The hit is closed.", "A new read of the vehicle opens a new hit."),
    Condition("exact_match", _exact, "This kind of hit cannot open a stop.", "Follow, and ask dispatch."),
    Condition("plate_confirmed", _plate, "Plate not confirmed.", "Type what you see on the vehicle."),
    Condition("state_confirmed", _state, "State not confirmed.", "Choose the issuing state that you see."),
    Condition("vehicle_confirmed", _vehicle, "Vehicle not compared.", "Answer make, model, color and body."),
    Condition("status_verified", _status, "Status not verified.", "Wait for NCIC, or ask dispatch by radio."),
    Condition("still_active", _active, "Not confirmed that the hit is active.", "No stop without an active record."),
    Condition("purpose_named", _purpose, "No permitted purpose named.", "Choose the purpose of the stop."),
)


def decide(facts: GateFacts, conditions: tuple[Condition, ...] = CONDITIONS) -> GateDecision:
    """Evaluate all conditions. One that raises counts as unmet: the gate fails closed. No conditions, no passage."""
    if not conditions:
        raise Refused("gate_empty", "The gate has no conditions.", "Reinstall the program.")
    unmet = tuple(_unmet(c, facts.policy.clauses) for c in conditions if not _holds(c, facts))
    return GateDecision(facts.hit.hit_id, unmet)


def _holds(condition: Condition, facts: GateFacts) -> bool:
    try:
        return condition.holds(facts) is True
    except Exception:  # noqa: BLE001 - whatever goes wrong inside a check, the gate stays shut
        return False


def _unmet(condition: Condition, clauses: Mapping[str, str]) -> Unmet:
    return Unmet(condition.name, condition.words, condition.remedy, clauses.get(condition.name, ""))


@dataclass(frozen=True, slots=True)
class PassedGate:
    """Proof that the gate was passed: it can be made from a passed decision and from nothing else."""

    decision: GateDecision
    decision_id: str

    def __post_init__(self) -> None:
        if not self.decision.passed:
            raise GateShut(self.decision)
