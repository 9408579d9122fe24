"""Messages of the Administrator's watch: findings of unusual use, their reviews, and security events."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from mdt_app.sync.wire import Identifier, Message, Moment, Name, Text


class FindingVerdict(StrEnum):
    """What a finding was."""

    DISMISSED = "dismissed"
    VIOLATION = "violation"


class FindingReview(Message):
    """What the Administrator found on looking: the verdict, and on what grounds."""

    verdict: FindingVerdict
    words: Name = Field(min_length=1)


class FindingMessage(Message):
    """A finding: the rule, whose searches, the facts, the ids of the searches on record, and what came of it."""

    position: int
    rule: Identifier
    person: Name
    words: Text
    searches: tuple[Identifier, ...]
    found_at: Moment
    verdict: FindingVerdict | None = None
    reviewed_by: str | None = None
    reviewed_at: Moment | None = None
    review_words: str | None = None


class Findings(Message):
    """Findings, the newest first."""

    findings: tuple[FindingMessage, ...]


class SecurityEvent(Message):
    """Something that the Administrator watches for: what, by whom, where, and in words; no plate stands in it."""

    at: Moment
    what: Identifier
    person: Name
    place: Name
    words: Name


class SecurityEvents(Message):
    """Security events, the newest first."""

    events: tuple[SecurityEvent, ...]
