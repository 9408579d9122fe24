"""Records checks: what is asked of CJIS/NCIC about a plate, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency

BY_RADIO = "radio"
"""The source of an answer that dispatch gave by voice."""


class CheckAnswer(StrEnum):
    """What came back. Only ACTIVE says that the plate is still listed."""

    ACTIVE = "active"
    NO_RECORD = "no_record"
    OTHER_RECORD = "other_record"
    NO_RESPONSE = "no_response"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class RecordsQuery:
    """A QV inquiry by plate. `ori` and `user_id` stand on every transaction (CJIS IA-0)."""

    check_id: str
    hit_id: str
    plate: str
    state: str
    plate_type: str
    nic: str
    ori: str
    user_id: str


@dataclass(frozen=True, slots=True)
class ConfirmationQuery:
    """A hit confirmation request (YQ) to the entering agency: `number` is its RNO, `owner` the ORI that is asked."""

    request_id: str
    hit_id: str
    number: int
    urgency: Urgency
    plate: str
    state: str
    nic: str
    owner: str
    ori: str
    user_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ConfirmationResponse:
    """What came back on a request (YR): the answer, who gave it, when (UTC), and for how long it is in process."""

    reply_id: str
    request_id: str
    hit_id: str
    answer: ConfirmationAnswer
    who: str
    at: datetime
    until_minutes: int = 0


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """An answer on record: its source, who asked or answered, when (UTC), and the words that came back."""

    check_id: str
    source: str
    answer: CheckAnswer
    asked_at: datetime
    answered_at: datetime
    by: str
    text: str = ""
