"""Hits and their verification: what the officer has answered so far, and where the hit stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mdt_app.domain.alert_table import ALERTS, AlertRow
from mdt_app.domain.confirmation import HitConfirmation
from mdt_app.domain.hotlist import FalseHit
from mdt_app.domain.matching import Match
from mdt_app.domain.outcomes import Disposition, EntryAct, NoStopReason
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Read
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer, StatusAnswer
from mdt_app.domain.statements import Statement


class HitStatus(StrEnum):
    """Where a hit stands. FOLLOWING is still open for answers; NO_STOP and STOPPED are ends."""

    OPEN = "open"
    FOLLOWING = "following"
    NO_STOP = "no_stop"
    STOPPED = "stopped"


class Feature(StrEnum):
    """What the entry may say of the vehicle, each with its own question."""

    MAKE = "make"
    MODEL = "model"
    COLOR = "color"
    STYLE = "style"


class Seen(StrEnum):
    """The officer's answer to one question about the vehicle."""

    MATCH = "match"
    DIFFERS = "differs"
    CANT_SEE = "cant_see"


@dataclass(frozen=True, slots=True)
class Verification:
    """The officer's answers and the records check, each as it stands on record. None: not answered yet.

    `seen_by` is whose eyes the answers rest on: nobody stops a vehicle on what somebody else saw (ACC-5).
    `check_id` names the records check that was asked last: no other one's 'active' counts.
    `heard_at` is when the status arrived by the car's own clock: answers age by that, not by another's clock.
    `radio` is dispatch's own answer, which a later electronic query does not wipe out. `looked_at` is when the first
    answer about the vehicle was given. `suspicion`, `exigent` and `status_not_possible` are the officer's statements
    for the ways that the policy has.
    """

    seen_by: str = ""
    plate_seen: str | None = None
    state_seen: str | None = None
    seen_at: datetime | None = None
    features: Mapping[Feature, Seen] = field(default_factory=dict)
    asked_at: datetime | None = None
    check_id: str = ""
    status: StatusAnswer | None = None
    suspicion: Statement | None = None
    heard_at: datetime | None = None
    radio: StatusAnswer | None = None
    looked_at: datetime | None = None
    exigent: Statement | None = None
    status_not_possible: Statement | None = None
    confirmation: HitConfirmation = field(default_factory=HitConfirmation)


@dataclass(frozen=True, slots=True)
class StopTaken:
    """The stop that a hit ended in: what screens and later answers need of it.

    `seen_at`, `checked_at` and `check_source` are what it rested on when it was made, for the report (STP-7).
    `excuses`: the ways other than the visual one that it went by. `owed`: steps that still have to be made good.
    `fell`: steps that were made good and spoke against the stop.
    """

    stop_id: str
    by: str
    purpose: str
    at: datetime
    seen_at: datetime | None = None
    checked_at: datetime | None = None
    check_source: str = ""
    excuses: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    fell: tuple[str, ...] = ()
    disposition: Disposition | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One card before the officer: the read, what it matched, how often it was seen, and the verification.

    `others` are further entries that the same read matched. `latest` is the newest read of the same car.
    `denied` names the entries that an answer spoke against: asking again, or signing in anew, does not undo a 'no'.
    `asked` says which entry each query and request was about. `stamps` holds when each kind of answer came by the
    program's monotonic clock, with the run that it belongs to. `entry_act` is what was asked for the entry: its
    removal, or a notice to its owner. `known_false`: hits on this plate were wrong before; it changes nothing else.
    """

    hit_id: str
    read: Read
    match: Match
    raised_at: datetime
    list_name: str
    list_extracted_at: datetime
    others: tuple[Match, ...] = ()
    sightings: int = 1
    latest: Read | None = None
    verification: Verification = Verification()
    status: HitStatus = HitStatus.OPEN
    reason: NoStopReason | None = None
    ended_at: datetime | None = None
    stop: StopTaken | None = None
    denied: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    stamps: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    entry_act: EntryAct | None = None
    known_false: FalseHit | None = None

    @property
    def row(self) -> AlertRow:
        """The alert table's row of this hit."""
        return ALERTS[self.match.entry.category]

    @property
    def ended(self) -> bool:
        """True when the hit came to its end: a stop, or none."""
        return self.status in (HitStatus.NO_STOP, HitStatus.STOPPED)

    @property
    def closed(self) -> bool:
        """True when nothing is to be answered any more. After a stop its outcome and owed steps still are."""
        settled = self.stop is not None and self.stop.disposition is not None and not self.stop.owed
        return self.status is HitStatus.NO_STOP or (self.status is HitStatus.STOPPED and settled)


def asked_features(hit: Hit) -> tuple[Feature, ...]:
    """The features that the entry states, so that the officer is asked for them (STP-2)."""
    return tuple(f for f in Feature if getattr(hit.match.entry.vehicle, f))


def mismatch(hit: Hit, plate_seen: str, state_seen: str) -> NoStopReason | None:
    """Compare what the officer saw with the entry. None: plate and state agree (O and 0 count as equal).

    An entry that names no state speaks against none, and agrees with none: the gate stays shut on it.
    """
    if match_key(plate_seen) != match_key(hit.match.entry.plate):
        return NoStopReason.MISREAD
    listed = hit.match.entry.state
    return None if not listed or state_seen == listed else NoStopReason.WRONG_STATE


def taken_up(hit: Hit, user_id: str, now: datetime, eyes_hold: timedelta) -> Hit:
    """The hit for a new session: the status has to be asked again, and what another one saw, seen again.

    The same person's answers of the last minutes stay, so that a crash does not cost them. What was asked of the
    entering agency stays, whoever asked. A stop that was made stays as it is.
    """
    if hit.ended:
        return hit
    seen = hit.verification
    fresh = seen.seen_at is not None and timedelta() <= now - seen.seen_at <= eyes_hold
    left = Verification(confirmation=seen.confirmation, radio=seen.radio)
    kept = replace(
        left,
        seen_by=seen.seen_by,
        plate_seen=seen.plate_seen,
        state_seen=seen.state_seen,
        seen_at=seen.seen_at,
        features=seen.features,
        looked_at=seen.looked_at,
    )
    return replace(hit, verification=kept if fresh and seen.seen_by == user_id else left)


def with_status(hit: Hit, answer: StatusAnswer, heard_at: datetime) -> Hit:
    """The hit with an answer that arrived. A late or foreign 'active' changes nothing; a 'no' always does.

    A 'no' counts against the entry that was asked about. Of an agency's own entry NCIC knows nothing: its 'no record'
    is an answer on record and speaks against nothing.
    """
    seen, entry = hit.verification, hit.match.entry
    about = dict(hit.asked).get(answer.check_id, entry.entry_id)
    if answer.answer in (CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD):
        foreign = entry.category == "agency" and answer.source != BY_RADIO
        denied = hit.denied if foreign or about in hit.denied else (*hit.denied, about)
        told = replace(seen, status=answer, heard_at=heard_at) if about == entry.entry_id else seen
        return replace(hit, verification=told, denied=denied)
    current = answer.check_id == seen.check_id
    news = answer.answer is CheckAnswer.ACTIVE or seen.status is None
    if not (current and news):
        return hit
    cleared = hit.denied
    if answer.answer is CheckAnswer.ACTIVE:
        cleared = tuple(one for one in hit.denied if one != entry.entry_id)
    return replace(hit, verification=replace(seen, status=answer, heard_at=heard_at), denied=cleared)


def switched(hit: Hit, plate_seen: str, state_seen: str) -> Hit:
    """The hit on the entry that has the state that was seen, when the same characters are listed in several states."""
    others = [m for m in hit.others if m.entry.key == match_key(plate_seen) and m.entry.state == state_seen]
    if mismatch(hit, plate_seen, state_seen) is not NoStopReason.WRONG_STATE or not others:
        return hit
    rest = (hit.match, *(m for m in hit.others if m is not others[0]))
    return replace(hit, match=others[0], others=rest, verification=Verification())
