"""The gate: a table of named conditions that must all hold before a stop. The one place that decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mdt_app.domain.alerts import Hit, HitStatus, Seen, asked_features
from mdt_app.domain.errors import Refused
from mdt_app.domain.matching import MatchKind
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy
from mdt_app.domain.records_check import CheckAnswer

_ANSWERS = frozenset({CheckAnswer.ACTIVE, CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD})


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything that the conditions look at. `purpose` is what the officer names for the stop, or empty."""

    hit: Hit
    policy: Policy
    purpose: str = ""


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


def _exact(facts: GateFacts) -> bool:
    return facts.hit.match.kind is MatchKind.EXACT and not facts.hit.row.blocks


def _open(facts: GateFacts) -> bool:
    return facts.hit.status in (HitStatus.OPEN, HitStatus.FOLLOWING)


def _plate(facts: GateFacts) -> bool:
    seen = match_key(facts.hit.verification.plate_seen or "")
    return bool(seen) and seen == facts.hit.match.entry.key


def _state(facts: GateFacts) -> bool:
    seen = facts.hit.verification.state_seen
    return bool(seen) and seen == facts.hit.match.entry.state


def _vehicle(facts: GateFacts) -> bool:
    answers = facts.hit.verification.features
    return all(answers.get(f) in (Seen.MATCH, Seen.CANT_SEE) for f in asked_features(facts.hit))


def _status(facts: GateFacts) -> bool:
    status = facts.hit.verification.status
    return status is not None and status.answer in _ANSWERS


def _active(facts: GateFacts) -> bool:
    status = facts.hit.verification.status
    return status is not None and status.answer is CheckAnswer.ACTIVE


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
