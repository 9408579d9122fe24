"""Messages about what is kept: flags for a supervisor, escrowed keys, retention and its purges."""

from __future__ import annotations

from pydantic import Field

from mdt_app.sync.wire import Digest, Message, Moment, Name, SealedKey


class FlagReview(Message):
    """What a supervisor found on looking at a flag."""

    words: Name = Field(min_length=1)


class FlagMessage(Message):
    """Something that a supervisor has to look at: which act of whom, and what became of it."""

    position: int
    event_id: str
    reason: str
    car_id: str
    actor: str
    subject: str
    raised_at: Moment
    closed_at: Moment | None = None
    closed_by: str | None = None
    closed_words: str | None = None


class Flags(Message):
    """Flags, oldest first."""

    flags: tuple[FlagMessage, ...]


class RecoveryBlob(Message):
    """A car's recovery.json: the store's key, sealed (HPKE, hex) for each recipient's public key (X25519, hex)."""

    recipients: dict[Digest, tuple[SealedKey, ...]] = Field(min_length=1, max_length=20)


class PurgeCounts(Message):
    """What a purge took or would take, counted. `preserved` rows are old enough and held for a case.

    Of `searches` the plate alone goes.
    """

    reads: int = 0
    records: int = 0
    searches: int = 0
    checks: int = 0
    confirmations: int = 0
    alarms: int = 0
    flags: int = 0
    preserved: int = 0


class PurgeMessage(Message):
    """A slice of a purge as it stands on record: the signed text (JSON) and its Ed25519 signature (hex)."""

    content: str
    signature: str


class RetentionMessage(Message):
    """Retention at headquarters: what is older than `before` (UTC) goes. `would_go` now, and the newest purges."""

    days: int
    clause: str
    before: Moment
    would_go: PurgeCounts
    purges: tuple[PurgeMessage, ...] = ()
