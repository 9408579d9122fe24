"""What the gate's conditions look at, and the checks themselves: each asks one thing of the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mdt_app.domain.alerts import Hit, HitStatus, Seen, asked_features
from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.match_kinds import KINDS
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import ActiveBy, Policy, Way
from mdt_app.domain.purposes import Use, use_fault
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer
from mdt_app.domain.statements import Statement, says_enough

_ANSWERS = frozenset({CheckAnswer.ACTIVE, CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD})


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything that the conditions look at. `use` is what the officer names for the stop.

    `user_id` is who asks: the answers must rest on this person's own eyes. `now` is the time of day (UTC); without
    it no answer is fresh; `mono` are the monotonic seconds of this `run` of the program, which no clock can turn back.
    `listed` says whether the entry is still on a list in force.
    """

    hit: Hit
    policy: Policy
    use: Use = field(default_factory=Use)
    user_id: str = ""
    now: datetime | None = None
    listed: bool = True
    run: str = ""
    mono: float = 0.0


Check = Callable[[GateFacts], bool]
Told = tuple[str, str, str]
"""Words, remedy and clause."""


def _fresh(facts: GateFacts, at: datetime | None, kind: str) -> bool:
    """An answer holds for so long, by the time of day and by the clock that nobody can set.

    One from the future does not hold: the clock was set, and nobody knows its age.
    """
    hold = timedelta(minutes=facts.policy.stops.answer_minutes.value)
    if at is None or facts.now is None or not timedelta() <= facts.now - at <= hold:
        return False
    run, mono = facts.hit.stamps.get(kind, ("", 0.0))
    return run != facts.run or facts.mono - mono <= hold.total_seconds()


def hit_open(facts: GateFacts) -> bool:
    """The hit wants answers yet."""
    return facts.hit.status in (HitStatus.OPEN, HitStatus.FOLLOWING)


def can_open(facts: GateFacts) -> bool:
    """A match of this kind, of this category, can open a stop at all."""
    return KINDS[facts.hit.match.kind].opens and not facts.hit.row.blocks


def kind_told(facts: GateFacts) -> Told | None:
    """What would make an exact match of the match's kind."""
    remedy = KINDS[facts.hit.match.kind].remedy
    return ("This kind of match can't open a stop.", remedy, "") if remedy else None


def entry_listed(facts: GateFacts) -> bool:
    """The entry stands on a list in force and has not expired (HOT-6)."""
    expires = facts.hit.match.entry.expires_at
    return facts.listed and (expires is None or (facts.now is not None and facts.now < expires))


def plate_seen(facts: GateFacts) -> bool:
    """This officer has lately seen the entry's characters on the vehicle; O and 0 count as equal (STP-2)."""
    seen = match_key(facts.hit.verification.plate_seen or "")
    own = facts.hit.verification.seen_by == facts.user_id and _fresh(facts, facts.hit.verification.seen_at, "seen")
    return bool(seen) and own and seen == match_key(facts.hit.match.entry.plate)


def other_plate(facts: GateFacts) -> bool:
    """Other characters were seen."""
    seen = facts.hit.verification.plate_seen
    return seen is not None and match_key(seen) != match_key(facts.hit.match.entry.plate)


def state_seen(facts: GateFacts) -> bool:
    """The entry's issuing state was seen (STP-2)."""
    seen = facts.hit.verification.state_seen
    return bool(seen) and seen == facts.hit.match.entry.state


def other_state(facts: GateFacts) -> bool:
    """Another state was seen."""
    seen = facts.hit.verification.state_seen
    listed = facts.hit.match.entry.state
    return seen is not None and bool(listed) and seen != listed


def state_told(facts: GateFacts) -> Told | None:
    """What is wrong where the entry names no state."""
    if facts.hit.match.entry.state:
        return None
    return "The entry names no issuing state.", "Ask the entry's owner, then dispatch.", ""


def vehicle_compared(facts: GateFacts) -> bool:
    """Whatever the entry says of the vehicle was lately compared, nothing differs, and something of it was seen."""
    asked, seen = asked_features(facts.hit), facts.hit.verification
    answers = [seen.features.get(feature) for feature in asked]
    looked = all(one in (Seen.MATCH, Seen.CANT_SEE) for one in answers) and Seen.MATCH in answers
    return not asked or (looked and _fresh(facts, seen.looked_at, "looked"))


def other_vehicle(facts: GateFacts) -> bool:
    """Something of the vehicle differs."""
    return Seen.DIFFERS in facts.hit.verification.features.values()


def status_answered(facts: GateFacts) -> bool:
    """The status was asked of CJIS/NCIC or dispatch, and the answer is of late (STP-4)."""
    status = facts.hit.verification.status
    return status is not None and status.answer in _ANSWERS and _fresh(facts, facts.hit.verification.heard_at, "status")


def _active(facts: GateFacts) -> bool:
    """One whose word the policy takes says that the hit remains active."""
    return any(said in facts.policy.stops.active_by.value for said in _said_active(facts))


def _said_active(facts: GateFacts) -> set[ActiveBy]:
    """Who has lately said that the hit remains active."""
    seen, said = facts.hit.verification, set()
    status, radio, reply = seen.status, seen.radio, seen.confirmation.reply
    live = status is not None and status.answer is CheckAnswer.ACTIVE and status.source != BY_RADIO
    if live and _fresh(facts, seen.heard_at, "status"):
        said.add(ActiveBy.LIVE_RECORD)
    if radio is not None and radio.answer is CheckAnswer.ACTIVE and _fresh(facts, radio.answered_at, "radio"):
        said.add(ActiveBy.COMMUNICATIONS)
    if reply is not None and reply.answer is ConfirmationAnswer.CONFIRMED and _fresh(facts, reply.at, "reply"):
        said.add(ActiveBy.ENTERING_AGENCY)
    return said


def not_active(facts: GateFacts) -> bool:
    """CJIS/NCIC, dispatch or the entering agency says no, or has said so of this entry and nobody took it back.

    Of an agency's own entry NCIC knows nothing; dispatch's or the owner's word counts there.
    """
    status, reply = facts.hit.verification.status, facts.hit.verification.confirmation.reply
    entry = facts.hit.match.entry
    own = entry.category == "agency"
    gone = status is not None and status.answer in (CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD)
    denied = entry.entry_id in facts.hit.denied or (gone and not own)
    return denied or (reply is not None and reply.answer is ConfirmationAnswer.NOT_VALID)


def still_active(facts: GateFacts) -> bool:
    """One whose word the policy takes says that the hit remains active, and nobody says no (STP-6)."""
    return _active(facts) and not not_active(facts)


def confirmed_by_person(facts: GateFacts) -> bool:
    """Dispatch or the entering agency says that the hit remains active: what further enforcement rests on (STP-6).

    A word that was fresh at the stop, or came after it, stands.
    """
    seen, stop = facts.hit.verification, facts.hit.stop
    radio, reply = seen.radio, seen.confirmation.reply
    hold = timedelta(minutes=facts.policy.stops.answer_minutes.value)
    said = [radio.answered_at] if radio is not None and radio.answer is CheckAnswer.ACTIVE else []
    if reply is not None and reply.answer is ConfirmationAnswer.CONFIRMED:
        said.append(reply.at)
    since = stop.at - hold if stop is not None else None
    return not not_active(facts) and any(since is None or at >= since for at in said)


def purpose_permitted(facts: GateFacts) -> bool:
    """The stop is for a purpose that the policy permits (STP-1)."""
    return use_fault(facts.policy, facts.use) is None


def purpose_told(facts: GateFacts) -> Told | None:
    """Why the purpose is refused, by name."""
    fault = use_fault(facts.policy, facts.use)
    return (fault.words, fault.remedy, fault.clause) if fault else None


def _stated(facts: GateFacts, said: Statement | None, kind: str) -> bool:
    """This very officer has said so lately, in words."""
    return said is not None and said.by == facts.user_id and says_enough(said.words) and _fresh(facts, said.at, kind)


def suspicion_stated(facts: GateFacts) -> bool:
    """Independent reasonable suspicion, where the policy has that way (STP-3)."""
    has = Way.INDEPENDENT_SUSPICION in facts.policy.stops.ways.value
    return has and _stated(facts, facts.hit.verification.suspicion, "suspicion")


def exigent_stated(facts: GateFacts) -> bool:
    """Exigent circumstances, where the policy lets them go before the steps (STP-5)."""
    return facts.policy.stops.exigent.value and _stated(facts, facts.hit.verification.exigent, "exigent")


def status_not_possible(facts: GateFacts) -> bool:
    """Why the status can't be asked before the stop, where the agency has switched that way on (STP-4)."""
    on = facts.policy.stops.status_when_practicable.value
    return on and _stated(facts, facts.hit.verification.status_not_possible, "status_not_possible")
