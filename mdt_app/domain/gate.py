"""The gate: a table of named conditions that must all hold before a stop. The one place that decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mdt_app.domain import gate_checks as checks
from mdt_app.domain.errors import Refused
from mdt_app.domain.gate_checks import Check, GateFacts, Told


class Who(StrEnum):
    """Who can make a condition hold."""

    THIS_OFFICER = "the officer, by own eyes"
    RECORDS = "CJIS/NCIC, or dispatch"
    COMMUNICATIONS = "CJIS/NCIC, dispatch or the entering agency"
    LIST_OWNER = "the list's owner"
    NOBODY = "nobody: a new read opens a new hit"


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand: when it holds, how it reads on the screen while unmet, what to do about it, and who can.

    `denied` says that an answer on record speaks against it: no other way goes around that. `tell` gives words,
    remedy and clause of its own where they depend on the facts (an empty clause: the policy's for this condition).
    """

    name: str
    holds: Check
    words: str
    remedy: str
    who: Who = Who.THIS_OFFICER
    denied: Check = lambda _: False
    tell: Callable[[GateFacts], Told | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Excuse:
    """A way in other than the steps: which conditions it goes around, when it may, and whether they stay owed."""

    name: str
    applies: Check
    covers: frozenset[str]
    owed: bool


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that does not hold, as screen, record and headquarters show it."""

    name: str
    words: str
    remedy: str
    clause: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class GateDecision:
    """What the gate says now. `passed` is true only when nothing is unmet.

    `excuses` are the ways other than the steps that were needed, `owed` the steps that have to follow the stop.
    """

    hit_id: str
    unmet: tuple[Unmet, ...]
    excuses: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """True when every condition holds, or is gone around by a way that the policy has."""
        return not self.unmet


class GateShut(Refused):
    """A stop was asked for while the gate is shut; `decision` names what is missing."""

    def __init__(self, decision: GateDecision) -> None:
        super().__init__("gate_shut", "Stop: shut.", " ".join(u.words for u in decision.unmet))
        self.decision = decision


CONDITIONS: tuple[Condition, ...] = (
    Condition(
        "hit_open", checks.hit_open, "The hit is closed.", "A new read of the vehicle opens a new hit.", Who.NOBODY
    ),
    Condition(
        "exact_match",
        checks.can_open,
        "This kind of hit cannot open a stop.",
        "Follow, and ask dispatch.",
        Who.NOBODY,
        tell=checks.kind_told,
    ),
    Condition(
        "entry_listed",
        checks.entry_listed,
        "The entry has changed, expired or left its list.",
        "A new read opens a new hit; ask the entry's owner.",
        Who.LIST_OWNER,
    ),
    Condition(
        "plate_confirmed",
        checks.plate_seen,
        "Plate not confirmed.",
        "Type what you see on the vehicle.",
        denied=checks.other_plate,
    ),
    Condition(
        "state_confirmed",
        checks.state_seen,
        "State not confirmed.",
        "Choose the issuing state that you see.",
        denied=checks.other_state,
        tell=checks.state_told,
    ),
    Condition(
        "vehicle_confirmed",
        checks.vehicle_compared,
        "Vehicle not compared.",
        "Answer each; at least one has to match.",
        denied=checks.other_vehicle,
    ),
    Condition(
        "status_verified",
        checks.status_answered,
        "Status not verified.",
        "Wait for NCIC, or ask dispatch.",
        Who.RECORDS,
    ),
    Condition(
        "still_active",
        checks.still_active,
        "Not confirmed that the hit is active.",
        "No stop without an active record.",
        Who.COMMUNICATIONS,
        denied=checks.not_active,
    ),
    Condition(
        "purpose_named",
        checks.purpose_permitted,
        "No permitted purpose named.",
        "Choose the purpose of the stop.",
        tell=checks.purpose_told,
    ),
)

BY_EYE = frozenset({"plate_confirmed", "state_confirmed", "vehicle_confirmed"})
BY_STATUS = frozenset({"status_verified", "still_active"})


EXCUSES: tuple[Excuse, ...] = (
    Excuse("independent_suspicion", checks.suspicion_stated, BY_EYE, owed=False),
    Excuse("status_when_practicable", checks.status_not_possible, BY_STATUS, owed=True),
    Excuse("exigent", checks.exigent_stated, BY_EYE | BY_STATUS, owed=True),
)


def decide(facts: GateFacts, conditions: tuple[Condition, ...] = CONDITIONS) -> GateDecision:
    """Evaluate all conditions. One that raises counts as unmet: the gate fails closed. No conditions, no passage."""
    if not conditions:
        raise Refused("gate_empty", "The gate has no conditions.", "Reinstall the program.")
    missing = tuple(c for c in conditions if not _true(c.holds, facts))
    excused = {c.name: excuse for c in missing if (excuse := _excuse(c, facts))}
    unmet = tuple(_unmet(c, facts) for c in missing if c.name not in excused)
    ways = tuple(dict.fromkeys(excuse.name for excuse in excused.values()))
    owed = tuple(name for name, excuse in excused.items() if excuse.owed)
    return GateDecision(facts.hit.hit_id, unmet, ways, owed)


def settled(facts: GateFacts, owed: tuple[str, ...]) -> Mapping[str, bool]:
    """After a stop: the owed steps that are made good now (True), and any step whose answer speaks against it (False).

    A check that raises settles nothing.
    """
    answered: dict[str, bool] = {}
    for condition in (c for c in CONDITIONS if c.name in BY_EYE | BY_STATUS):
        if _true(condition.denied, facts):
            answered[condition.name] = False
        elif condition.name in owed and _true(condition.holds, facts):
            answered[condition.name] = True
    return answered


def _true(check: Check, facts: GateFacts) -> bool:
    try:
        return check(facts) is True
    except Exception:  # noqa: BLE001 - whatever goes wrong inside a check, the gate stays shut
        return False


def _excuse(condition: Condition, facts: GateFacts) -> Excuse | None:
    """The way that goes around this condition. None does when an answer on record speaks against it."""
    ways = (e for e in EXCUSES if condition.name in e.covers and _true(e.applies, facts))
    way = next(ways, None)
    return way if way is not None and _surely_not(condition.denied, facts) else None


def _surely_not(check: Check, facts: GateFacts) -> bool:
    """True when the check says no; one that raises says nothing, and nothing is gone around."""
    try:
        return check(facts) is False
    except Exception:  # noqa: BLE001 - see above
        return False


def _unmet(condition: Condition, facts: GateFacts) -> Unmet:
    clause = facts.policy.clauses.get(condition.name, "")
    words, remedy, own = _told(condition, facts) or (condition.words, condition.remedy, "")
    return Unmet(condition.name, words, remedy, own or clause, condition.who)


def _told(condition: Condition, facts: GateFacts) -> Told | None:
    try:
        return condition.tell(facts)
    except Exception:  # noqa: BLE001 - the table's own words stand in
        return None


@dataclass(frozen=True, slots=True)
class PassedGate:
    """Proof that the gate was passed: it can be made from a passed decision and from nothing else."""

    decision: GateDecision
    decision_id: str

    def __post_init__(self) -> None:
        if not self.decision.passed:
            raise GateShut(self.decision)
