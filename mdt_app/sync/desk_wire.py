"""Messages of the supervisor's desk: who sits there, hits, reliability, records, disputes; version 1."""

from __future__ import annotations

from mdt_app.domain.accounts import Role
from mdt_app.domain.hotlist import FalseHit
from mdt_app.domain.policy import Factor
from mdt_app.sync.wire import Count, Identifier, Message, Moment, Name, Plate, State, Text, values_of


class PurposeChoice(Message):
    """A purpose that can be named, or a use that is refused by name."""

    key: Name
    words: Text
    needs_facts: bool = False
    citations: tuple[Name, ...] = ()
    prohibited: bool = False


class DeskInfo(Message):
    """Who sits at this desk, and the rules of the agency's policy that it and its forms need."""

    holder: Name
    role: Role
    ori: Name
    policy: Name
    may_enter: bool
    approval_needed: bool
    expiry_needed: bool
    suspicion_for_crime: bool
    idle_minutes: Count
    factors: tuple[Factor, ...]
    purposes: tuple[PurposeChoice, ...]


class HitLine(Message):
    """A hit of a car, and how it ended: 'open', 'stopped', or the reason for no stop."""

    hit_id: Name
    car_id: Name
    at: Moment
    plate: Name
    state: Name
    read_plate: Name
    category: Name
    match: Name
    list_id: Name
    ori: Name
    outcome: Name
    by: Name


class HitLines(Message):
    """Hits, newest first."""

    hits: tuple[HitLine, ...]


class RecordLine(Message):
    """One event about a hit or another subject, with what it says in words."""

    at: Moment
    kind: Name
    car_id: Name
    by: Name
    words: Text


class RecordLines(Message):
    """What stands on record of one subject, oldest first."""

    lines: tuple[RecordLine, ...]


class Reliability(Message):
    """How the hits of one list and entering agency ended. `ori` is '' where the car did not say it."""

    list_id: Name
    ori: Name
    hits: Count
    stops: Count
    misread: Count
    wrong_state: Count
    stale: Count
    other: Count
    open: Count


class ReliabilityTable(Message):
    """One line a list and entering agency."""

    lines: tuple[Reliability, ...]


class DisputeOpened(Message):
    """A driver says that a stop was wrong: the plate, the hit where it is known, and what is said."""

    dispute_id: Identifier
    plate: Plate
    state: State
    hit_id: Name = ""
    account: Text


class DisputeDecision(Message):
    """The decision. Upheld, the plate goes to the known-false-hit list with its evidence until `expires_at`."""

    upheld: bool
    words: Text
    expires_at: Moment | None = None


class DisputeAct(Message):
    """One act on a dispute: opened, upheld, rejected or lifted."""

    act: Name
    by: Name
    at: Moment
    words: Text
    expires_at: Moment | None = None


class DisputeRecord(Message):
    """A dispute with all acts on it."""

    dispute_id: Identifier
    plate: Plate
    state: State
    hit_id: Name
    acts: tuple[DisputeAct, ...]


class DisputeRecords(Message):
    """Disputes, newest first."""

    disputes: tuple[DisputeRecord, ...]


class KnownFalseHit(Message):
    """A plate whose hits were wrong before: shown beside an alert, and never hides it."""

    dispute_id: Identifier
    plate: Plate
    state: State
    evidence: Text
    since: Moment
    expires_at: Moment

    def to_false_hit(self) -> FalseHit:
        """Return it as the car keeps it."""
        return FalseHit(**values_of(self, FalseHit))


class KnownFalseHits(Message):
    """The list in force now."""

    plates: tuple[KnownFalseHit, ...]
