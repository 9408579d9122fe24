"""The one question that a car asks all the time: has anything changed? The answer is a tag for each subject.

The tags' digest is the answer's ETag: while it is the same, headquarters answers 304 without a body. Either way it
signs digest and time for this very car, so that no answer can be made up, kept back or played again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mdt_app.domain.errors import BadInput
from mdt_app.sync.wire import Message

ISSUED_AT = "mdt-issued-at"
"""The header that says when an answer was signed (ISO, UTC)."""


class Subject(StrEnum):
    """What a car pulls from headquarters."""

    ORDERS = "orders"
    ACCOUNTS = "accounts"
    POLICY = "policy"
    LISTS = "lists"
    ANSWERS = "answers"
    READINGS = "readings"
    ENTRIES = "entries"
    ELSEWHERE = "elsewhere"


class NewsMessage(Message):
    """A tag for each subject, which changes when the subject does. One that is missing is not for this car to have."""

    tags: Mapping[Subject, str]


@dataclass(frozen=True, slots=True)
class News:
    """An answer, not yet checked: the tags' digest (hex), when it was signed, and the tags unless they are the same."""

    digest: str
    issued_at: datetime
    signature: bytes
    content: bytes | None

    def message(self) -> NewsMessage | None:
        """The tags, None where they are the same as before. Raises BadInput where they don't fit the digest."""
        if self.content is None:
            return None
        if tags_digest(self.content) != self.digest:
            raise BadInput("Headquarters' news is not whole.", "It is asked again by itself.")
        try:
            return NewsMessage.model_validate_json(self.content)
        except ValueError as fault:
            raise BadInput("Headquarters' news can't be understood.", "Bring the older side up to date.") from fault


def tags_digest(content: bytes) -> str:
    """The digest (hex) of the tags as they travel."""
    return hashlib.sha256(content).hexdigest()


def signed_news(car_id: str, digest: str, issued_at: datetime) -> bytes:
    """What headquarters signs."""
    return f"patrol-mdt news 1\n{car_id}\n{digest}\n{issued_at.isoformat()}".encode()
