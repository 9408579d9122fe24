"""The same hit under several policies: what each lets the officer do, decided by the real gate and the real rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mdt_app.domain.alerts import Feature, Hit, Seen, Verification
from mdt_app.domain.gate import GateDecision, decide
from mdt_app.domain.gate_checks import GateFacts
from mdt_app.domain.hotlist import Entry, Vehicle
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match, StateAgreement
from mdt_app.domain.policy import Policy
from mdt_app.domain.profiles import silence
from mdt_app.domain.purposes import Use
from mdt_app.domain.reads import ClockSource, Read
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.domain.statements import Statement

_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
_WHO = "officer"
_FACTS = "the driver fled a robbery"
_SAID = Statement(_FACTS, _WHO, _AT)
_EYES = Verification(
    seen_by=_WHO,
    plate_seen="4BXR91",
    state_seen="CT",
    seen_at=_AT,
    features=dict.fromkeys(Feature, Seen.MATCH),
    looked_at=_AT,
    heard_at=_AT,
)
_ACTIVE = StatusAnswer("check", "NCIC", CheckAnswer.ACTIVE, _AT, _AT, "switch")
_GONE = replace(_ACTIVE, answer=CheckAnswer.NO_RECORD)
_STOLEN = "stolen_vehicle"


@dataclass(frozen=True, slots=True)
class Case:
    """One situation: what was answered and stated, for which use, on an entry of which category."""

    words: str
    said: Verification
    use: Use = Use("locate", _FACTS)  # noqa: RUF009 - frozen, the same for all
    category: str = _STOLEN


_DONE = replace(_EYES, status=_ACTIVE)
_IMMIGRATION = "C.G.S. 54-192h(b)(1)(A)(i)"

CASES: tuple[Case, ...] = (
    Case("Plate, state and vehicle seen, record active, purpose with its facts", _DONE),
    Case("The same, the purpose without facts", _DONE, Use("locate")),
    Case("Record active, nothing seen yet", Verification(status=_ACTIVE, heard_at=_AT)),
    Case(
        "Plate can't be seen; independent suspicion stated, record active",
        Verification(status=_ACTIVE, heard_at=_AT, suspicion=_SAID),
    ),
    Case("Plate and state seen, no answer from NCIC", _EYES),
    Case("The same, with the reason why it can't be asked", replace(_EYES, status_not_possible=_SAID)),
    Case("Nothing done; exigent circumstances stated", Verification(exigent=_SAID)),
    Case("Exigent circumstances stated, but NCIC has no record", replace(_EYES, status=_GONE, exigent=_SAID)),
    Case("All done, for a motor vehicle offense", _DONE, Use("motor_vehicle", _FACTS)),
    Case("All done, for a personal purpose", _DONE, Use("personal_use", _FACTS)),
    Case("All done, for a civil immigration matter, nothing cited", _DONE, Use("civil_immigration", _FACTS)),
    Case("The same, 54-192h(b)(1)(A)(i) cited", _DONE, Use("civil_immigration", _FACTS, _IMMIGRATION)),
    Case("All done, the entry is of a stolen plate", _DONE, category="stolen_plate"),
    Case("All done, the entry is of an immigration violator", _DONE, category="immigration_violator"),
)


def case_markdown(policies: Sequence[Policy]) -> Iterator[str]:
    """Yield the table of docs/policies.md: a line a case, a column a policy."""
    yield f"| the hit | {' | '.join(policy.policy_id for policy in policies)} |"
    yield f"|---|{'---|' * len(policies)}"
    for case in CASES:
        yield f"| {case.words} | {' | '.join(outcome(case, policy) for policy in policies)} |"


def outcome(case: Case, policy: Policy) -> str:
    """Say in words what becomes of a case under a policy: silent, shut by what, or open and by which way."""
    profile = policy.alert_schedule.authorized.value if policy.alert_schedule else None
    quiet = silence(policy, profile, (), case.category, _AT)
    alert = f"no alert ({policy.alert_schedule.prohibited.clause}); " if quiet and policy.alert_schedule else ""
    return alert + _decided(decide(GateFacts(_hit(case), policy, case.use, _WHO, _AT)))


def _decided(decision: GateDecision) -> str:
    if decision.unmet:
        return "**shut**: " + "; ".join(f"{u.name} ({u.clause})" for u in decision.unmet)
    ways = ", ".join(map(_plain, decision.excuses))
    owed = f"; owed after: {', '.join(map(_plain, decision.owed))}" if decision.owed else ""
    return f"**open** by {ways}{owed}" if ways else "**open**"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _hit(case: Case) -> Hit:
    vehicle = Vehicle("2014", "FORD", "FUS", "4D", "BLK")
    entry = Entry("e", "ncic", case.category, "4BXR91", "4BXR91", "CT", vehicle=vehicle)
    read = Read("r", "L", _AT, ClockSource.SYSTEM, "4BXR91", "4BXR91", "CT")
    match = Match(entry, MatchKind.EXACT, StateAgreement.AGREES)
    return Hit("h", read, match, _AT, "NCIC", _AT, verification=case.said)
