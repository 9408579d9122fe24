"""The schema of an agency's policy: values with their clauses, loaded from TOML and enforced by the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from mdt_app.domain.accounts import Role

_T = TypeVar("_T")
ANY_STATE = "any"


class Way(StrEnum):
    """How an alert may be made good before a stop (STP-2, STP-3)."""

    VISUAL = "visual"
    INDEPENDENT_SUSPICION = "independent_suspicion"


class Factor(StrEnum):
    """A second factor beside the password."""

    TOTP = "totp"
    SECURITY_KEY = "security_key"


class ActiveBy(StrEnum):
    """Who may say that a hit remains active (STP-6).

    LIVE_RECORD: CJIS/NCIC's own answer; COMMUNICATIONS: dispatch by radio; ENTERING_AGENCY: its hit confirmation.
    """

    LIVE_RECORD = "live_record"
    COMMUNICATIONS = "communications"
    ENTERING_AGENCY = "entering_agency"


@dataclass(frozen=True, slots=True)
class Ruled(Generic[_T]):
    """A value and the clause that it comes from."""

    value: _T
    clause: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """A permitted purpose: short words for the screen, and its clause.

    `needs_facts`: a use for it is refused without the facts in the user's own words (PUR-5, PUR-6).
    """

    words: str
    clause: str
    needs_facts: bool = False


@dataclass(frozen=True, slots=True)
class Prohibition:
    """A use that is refused by name. `unless` lists what has to be cited to lift it; empty: no exception."""

    words: str
    clause: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the standardized training (TRN-1)."""

    words: str
    clause: str


@dataclass(frozen=True, slots=True)
class Prohibited:
    """The prohibited uses (PUR-2 to PUR-4, DEP-2). A policy that lacks one of them is refused.

    `criminal_immigration` stands only where the policy refuses immigration matters beyond civil ones.
    """

    civil_immigration: Prohibition
    health_care: Prohibition
    harassment: Prohibition
    protected_characteristic: Prohibition
    personal_use: Prohibition
    first_amendment: Prohibition
    invasion_of_privacy: Prohibition
    criminal_immigration: Prohibition | None = None


@dataclass(frozen=True, slots=True)
class StopRules:
    """What may open a stop (STP-2 to STP-6).

    `exigent`: exigent circumstances may go before the steps, which are then still owed.
    `status_when_practicable`: the plate's status may follow the stop; False keeps it before the stop.
    `active_by`: whose word that the hit remains active opens the gate.
    `person_before_enforcement`: after the stop, an arrest or a seizure wants a person's confirmation on record.
    `answer_minutes`: how long an answer opens the gate. `eyes_minutes`: how long what an officer saw outlives the
    session in which it was seen.
    """

    ways: Ruled[tuple[Way, ...]]
    exigent: Ruled[bool]
    status_when_practicable: Ruled[bool]
    active_by: Ruled[tuple[ActiveBy, ...]]
    person_before_enforcement: Ruled[bool]
    answer_minutes: Ruled[int]
    eyes_minutes: Ruled[int]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Minutes within which the originating agency answers a hit confirmation (STP-6)."""

    urgent_minutes: Ruled[int]
    routine_minutes: Ruled[int]


@dataclass(frozen=True, slots=True)
class AlertSchedule:
    """Categories of the alert table that a profile may hold, and those named as forbidden (ALR-2)."""

    authorized: Ruled[tuple[str, ...]]
    prohibited: Ruled[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long reads, images and hits are kept, in days, and whether bulk reads go to headquarters (REC-3, REC-4)."""

    days: Ruled[int]
    bulk_reads_at_headquarters: Ruled[bool]


@dataclass(frozen=True, slots=True)
class Reviews:
    """Months between audits and between reviews of the policy; 0: no interval is set (AUD-2, AUD-9).

    `equipment_hours`: a check of the equipment that is older is due (EQP-1).
    """

    audit_months: Ruled[int]
    policy_months: Ruled[int]
    equipment_hours: Ruled[int]


@dataclass(frozen=True, slots=True)
class Driving:
    """What a moving car may show. Above `reading_lock_mph` screens that need reading are locked; 0: never."""

    reading_lock_mph: Ruled[int]


@dataclass(frozen=True, slots=True)
class Access:
    """The only kinds of account that may have access (ACC-2)."""

    roles: Ruled[tuple[Role, ...]]


@dataclass(frozen=True, slots=True)
class SignInRules:
    """How a person gets in and stays in (ACC-1, ACC-5; the CJIS Security Policy, of which an agency can't be laxer).

    `failures_most` within `failure_minutes` lock an account until it is released. `offline_hours`: how old the accounts
    in the car may be. `again_hours`: after so long the person signs in again. `idle_lock_minutes`: a screen that nobody
    touched is locked, unless `vehicle_exempt`. `shift_hours`: a session that nobody ended ends. `factors`: which second
    factors open. `privileged_minutes`: a privileged act wants a proof of identity that is no older. `password_days`: a
    password is changed after so long. `unused_days`: an account that nobody signs in to for so long is suspended.
    """

    second_factor: Ruled[bool]
    failures_most: Ruled[int]
    failure_minutes: Ruled[int]
    offline_hours: Ruled[int]
    again_hours: Ruled[int]
    idle_lock_minutes: Ruled[int]
    vehicle_exempt: Ruled[bool]
    shift_hours: Ruled[int]
    factors: Ruled[tuple[Factor, ...]]
    privileged_minutes: Ruled[int]
    password_days: Ruled[int]
    unused_days: Ruled[int]


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """The rules of a manual hot list entry (HOT-2 to HOT-9)."""

    entered_by: Ruled[tuple[Role, ...]]
    approval_needed: Ruled[bool]
    expiry_needed: Ruled[bool]
    cjis_verification_needed: Ruled[bool]
    suspicion_for_crime: Ruled[bool]


@dataclass(frozen=True, slots=True)
class Sharing:
    """What goes outside (SHR-1, SHR-4). `out_of_state`: codes of the states whose agencies may be given data, or 'any'.

    `written_declaration`: nothing goes to an agency out of state before its declaration is on file.
    `immigration_refused`: nothing is shared for immigration matters, administrative or criminal.
    `networks_decided`: a network has to be one that the Chief decided on (SHR-2). `reviewed`: the Administrator decides
    about each request; `agreement`: it is answered under a named agreement (SHR-3).
    """

    out_of_state: Ruled[tuple[str, ...]]
    written_declaration: Ruled[bool]
    immigration_refused: Ruled[bool]
    networks_decided: Ruled[bool]
    reviewed: Ruled[bool]
    agreement: Ruled[bool]


MAIL_CONTENTS = ("category", "time", "car", "number", "plate")
"""What a policy can have a forwarded alert's mail say, beyond that there is one and where to look."""


@dataclass(frozen=True, slots=True)
class AlertMail:
    """What an alert forwarded by mail says: names of MAIL_CONTENTS."""

    contents: Ruled[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class UnusualUse:
    """When searches are unusual enough for somebody to look at (AUD-8).

    `past_days`: how many days before count as a person's and their peers' usual. `rate_times`: a day with more than so
    many times the usual; fewer than `rate_least` searches a day never are. `same_plate_times` within `same_plate_days`.
    `duty_margin_minutes` around the hours on duty. `report_days`: a search without a report after so long.
    """

    past_days: Ruled[int]
    rate_times: Ruled[int]
    rate_least: Ruled[int]
    same_plate_times: Ruled[int]
    same_plate_days: Ruled[int]
    duty_margin_minutes: Ruled[int]
    report_days: Ruled[int]


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests for data under the Freedom of Information Act (AUD-5). `chief_clears`: the Chief clears each answer."""

    chief_clears: Ruled[bool]


@dataclass(frozen=True, slots=True)
class LaidOver:
    """An overlay in force: what it is called, since when it binds, and what is still open about it."""

    overlay_id: str
    name: str
    operative: date
    note: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy in force. `clauses` names the clause behind each gate condition and each bare number below.

    `effective` and `review_due` are None until the agency has set them.
    `list_warn_hours`: a list older than this is shown as stale (HOT-12).
    `past_hours`: when a list arrives, reads of so many hours before are matched as earlier sightings; 0: none.
    `near`: a read also alerts where up to two characters that readers confuse differ from an entry's; never a stop.
    `repeat_minutes`: a plate whose hit was ended is not alerted again for so long; it is counted as seen again.
    `open_hours`: a hit that nobody answered for so long alerts anew when its vehicle is seen again.
    `alert_schedule`: None where the policy leaves the categories of a profile free. `alert_mail`: None where
    a mail says no more than that there is an alert.
    """

    policy_id: str
    name: str
    version: str
    effective: date | None
    review_due: date | None
    purposes: Mapping[str, Purpose]
    clauses: Mapping[str, str]
    list_warn_hours: int
    past_hours: int
    near: bool
    repeat_minutes: int
    open_hours: int
    prohibited: Prohibited
    stops: StopRules
    confirmation: Confirmation
    alert_schedule: AlertSchedule | None
    retention: Retention
    reviews: Reviews
    driving: Driving
    access: Access
    sign_in: SignInRules
    manual_entry: ManualEntry
    sharing: Sharing
    unusual_use: UnusualUse
    requests: Requests
    training: Mapping[str, Topic]
    overlays: tuple[LaidOver, ...] = ()
    alert_mail: AlertMail | None = None

    def alert_allowed(self, category: str) -> bool:
        """Say whether a profile may hold this category of the alert table. Under a schedule only what it authorizes."""
        return self.alert_schedule is None or category in self.alert_schedule.authorized.value


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One value of a policy as people read it."""

    key: str
    value: str
    clause: str


def policy_lines(policy: Policy) -> tuple[PolicyLine, ...]:
    """Return every value that a policy has, in the order of the schema, with its clause. Only the head has none."""
    return tuple(
        line for f in fields(policy) if f.name != "clauses" for line in _lines(policy, f.name, getattr(policy, f.name))
    )


def _lines(policy: Policy, key: str, value: object) -> Iterator[PolicyLine]:
    match value:
        case None:
            return
        case Ruled():
            yield PolicyLine(key, _plain(value.value), value.clause)
        case Purpose() | Prohibition() | Topic():
            yield PolicyLine(key, value.words + _condition(value), value.clause)
        case LaidOver():
            yield PolicyLine(key, f"{value.name}, operative {value.operative} ({value.note})", value.overlay_id)
        case str() | int() | date():
            yield PolicyLine(key, _plain(value), policy.clauses.get(key, ""))
        case _:
            for name, part in _parts(key, value):
                yield from _lines(policy, name, part)


def _parts(key: str, value: object) -> Iterator[tuple[str, object]]:
    match value:
        case Mapping():
            yield from ((f"{key}.{name}", part) for name, part in value.items())
        case tuple():
            yield from ((key, part) for part in value)
        case _ if is_dataclass(value):
            yield from ((f"{key}.{f.name}", getattr(value, f.name)) for f in fields(value))
        case _:
            raise TypeError(f"{key} has no words")


def _condition(rule: Purpose | Prohibition | Topic) -> str:
    match rule:
        case Purpose(needs_facts=True):
            return "; facts in the user's own words"
        case Prohibition(unless=()):
            return "; no exception"
        case Prohibition(unless=unless):
            return f"; unless cited: {_plain(unless)}"
    return ""


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(str, value))
    return str(value)
