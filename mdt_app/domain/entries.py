"""Manual hot list entries: what one must hold, who may do what with it, and its states (HOT-2 to HOT-11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, Vehicle
from mdt_app.domain.limits import NO_LIMITS, Limits, require_limits
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import Use, UseFault, use_fault
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.domain.statements import says_enough

LIST_ID = "agency"
LIST_NAME = "Agency hot list"
CATEGORY = "agency"
SOON = timedelta(days=7)
"""An entry that ends within this time is shown to its owner as about to expire (HOT-5)."""
VERIFYING = frozenset({CheckAnswer.ACTIVE, CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD})
"""Answers by which CJIS/NCIC has said something about the plate; silence and noise verify nothing (HOT-7)."""
_WORDS_MOST = 200


class Step(StrEnum):
    """What is done with an entry; each stands on record with who and when."""

    REQUESTED = "requested"
    UPDATED = "updated"
    RENEWED = "renewed"
    CHECKED = "checked"
    APPROVED = "approved"
    REFUSED = "refused"
    ACTIVATED = "activated"
    EXPIRED = "expired"
    REMOVED = "removed"


class EntryState(StrEnum):
    """Where an entry stands: its newest version until that was refused, else the version in force."""

    REQUESTED = "requested"
    VERIFIED = "verified"
    APPROVED = "approved"
    REFUSED = "refused"
    ACTIVE = "active"
    EXPIRED = "expired"
    REMOVED = "removed"


PENDING = frozenset({EntryState.REQUESTED, EntryState.VERIFIED})
"""Waits for a check or a decision."""

_LIVE = PENDING | {EntryState.ACTIVE}
ALLOWED: Mapping[Step, frozenset[EntryState]] = {
    Step.UPDATED: _LIVE,
    Step.RENEWED: frozenset({EntryState.ACTIVE, EntryState.EXPIRED}),
    Step.CHECKED: PENDING,
    Step.APPROVED: PENDING,
    Step.REFUSED: PENDING,
    Step.REMOVED: _LIVE | {EntryState.EXPIRED},
}
"""In which states a step can be taken. What was refused or removed is over: a new request begins anew."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a person asks to be entered: plate and state, why, the vehicle, who stands for it, and until when (UTC).

    `crime`: it is connected with a crime; `facts` then state the reasonable suspicion. `descriptors` are marks in
    words. `forward_to`: people and agencies that are told of each alert on it (HOT-11). `limits`: where, when and for
    whom it alerts.
    """

    plate: str
    state: str
    purpose: str
    offense: str
    officer_name: str
    facts: str = ""
    citation: str = ""
    crime: bool = True
    plate_type: str = ""
    plate_year: str = ""
    vehicle: Vehicle = field(default_factory=Vehicle)
    descriptors: str = ""
    cautions: tuple[str, ...] = ()
    expires_at: datetime | None = None
    forward_to: tuple[str, ...] = ()
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the user id, and the role in which it is done."""

    user_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Taken:
    """A step on record. `answer` is the check's, for CHECKED."""

    step: Step
    version: int
    by: str
    answer: CheckAnswer | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entry's steps come to. `active` is the version in force, 0 when none; `authors` wrote its versions."""

    state: EntryState = EntryState.REQUESTED
    version: int = 0
    active: int = 0
    authors: tuple[str, ...] = ()


def standing(steps: Iterable[Taken]) -> Standing:
    """Return where an entry stands after these steps, oldest first."""
    now = Standing()
    for taken in steps:
        now = _after(now, taken)
    return now


def draft_faults(policy: Policy, draft: EntryDraft, now: datetime) -> tuple[UseFault, ...]:
    """Return all that the policy misses in a draft, with its clauses; empty when it can be entered."""
    return tuple(_faults(policy, draft, now))


def decision_fault(policy: Policy, now: Standing, asked_by: Iterable[Person], by: Person) -> UseFault | None:
    """Say why this person can't decide on this entry's newest version, None when they can (HOT-3, HOT-9).

    Where the policy asks for no approval, the supervisor who entered it decides; a request of somebody who may not
    enter always needs one who may.
    """
    rules = policy.manual_entry
    if by.role is not Role.SUPERVISOR:
        clause = rules.approval_needed.clause
        return UseFault("not_designated", "Only a designated supervisor decides.", "Ask a supervisor.", clause)
    alone = not rules.approval_needed.value and all(p.role in rules.entered_by.value for p in asked_by)
    if not alone and by.user_id.casefold() in map(str.casefold, now.authors):
        words = "Nobody approves what they asked for themselves."
        return UseFault("own_entry", words, "Ask another supervisor.", rules.approval_needed.clause)
    return None


def unverified_fault(policy: Policy, now: Standing) -> UseFault | None:
    """Say that the plate has not been verified by CJIS/NCIC, where the policy asks for it (HOT-7)."""
    rule = policy.manual_entry.cjis_verification_needed
    if not rule.value or now.state is EntryState.VERIFIED:
        return None
    return UseFault("not_verified", "CJIS/NCIC has not verified the plate.", "Check it first.", rule.clause)


def step_fault(now: Standing, step: Step) -> UseFault | None:
    """Say that a step does not follow from where the entry stands."""
    if now.state in ALLOWED[step]:
        return None
    words = f"The entry is {now.state.value}; it can't be {step.value}."
    return UseFault("wrong_state", words, "Look at it again.", "")


def reason_fault(words: str) -> UseFault | None:
    """Say that a reason says too little to stand on record."""
    if says_enough(words):
        return None
    return UseFault("reason_missing", "The reason is missing.", "Say it in three words or more.", "")


def list_entry(entry_id: str, draft: EntryDraft, ori: str, entered_on: date) -> Entry:
    """Return the entry as it stands in the agency's own hot list; its end travels with it to every car (HOT-6)."""
    words = " · ".join(filter(None, (draft.offense, draft.descriptors)))
    return Entry(
        entry_id=f"{LIST_ID}:{entry_id}",
        list_id=LIST_ID,
        category=CATEGORY,
        plate=draft.plate,
        key=match_key(draft.plate),
        state=draft.state,
        plate_year=draft.plate_year,
        plate_type=draft.plate_type,
        vehicle=draft.vehicle,
        ori=ori,
        entered_on=entered_on,
        expires_at=draft.expires_at,
        cautions=draft.cautions,
        limits=draft.limits,
        words=words[:_WORDS_MOST],
    )


def expires_soon(draft: EntryDraft, now: datetime) -> bool:
    """Whether its end is near, or past."""
    return draft.expires_at is not None and draft.expires_at - now <= SOON


def _after(now: Standing, taken: Taken) -> Standing:
    match taken.step:
        case Step.REQUESTED | Step.UPDATED | Step.RENEWED:
            authors = tuple(dict.fromkeys((*now.authors, taken.by)))
            return Standing(EntryState.REQUESTED, taken.version, now.active, authors)
        case Step.CHECKED:
            return replace(now, state=EntryState.VERIFIED if taken.answer in VERIFYING else EntryState.REQUESTED)
        case Step.APPROVED:
            return replace(now, state=EntryState.APPROVED)
        case Step.ACTIVATED:
            return replace(now, state=EntryState.ACTIVE, active=taken.version)
        case Step.REFUSED:
            return replace(now, state=EntryState.ACTIVE if now.active else EntryState.REFUSED)
        case Step.EXPIRED:
            return replace(now, state=now.state if now.state in PENDING else EntryState.EXPIRED, active=0)
        case Step.REMOVED:
            return replace(now, state=EntryState.REMOVED, active=0)


def _faults(policy: Policy, draft: EntryDraft, now: datetime) -> Iterator[UseFault]:
    rules = policy.manual_entry
    if fault := use_fault(policy, Use(draft.purpose, draft.facts, draft.citation)):
        yield fault
    if draft.crime and rules.suspicion_for_crime.value and not says_enough(draft.facts):
        words, remedy = "Reasonable suspicion missing.", "State it in your own words."
        yield UseFault("suspicion_missing", words, remedy, rules.suspicion_for_crime.clause)
    for name, words, there in (
        ("offense_missing", "Offense type missing.", draft.offense.strip()),
        ("vehicle_missing", "Vehicle description missing.", draft.vehicle != Vehicle() or draft.descriptors.strip()),
        ("officer_missing", "Officer's name missing.", draft.officer_name.strip()),
    ):
        if not there:
            yield UseFault(name, words, "Fill it in.", rules.approval_needed.clause)
    try:
        require_limits(draft.limits)
    except BadInput as fault:
        yield UseFault("limits_wrong", fault.words, fault.remedy, rules.approval_needed.clause)
    if draft.expires_at is None and rules.expiry_needed.value:
        yield UseFault("expiry_missing", "Expiration missing.", "Set its end.", rules.expiry_needed.clause)
    if draft.expires_at is not None and draft.expires_at <= now:
        yield UseFault("expiry_past", "The expiration is past.", "Set a later one.", rules.expiry_needed.clause)
