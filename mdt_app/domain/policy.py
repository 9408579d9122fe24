"""The schema of an agency's policy: values with their clauses, loaded from TOML and enforced by the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Purpose:
    """A permitted purpose: short words for the screen, and its clause."""

    words: str
    clause: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy in force. `clauses` names the clause behind each gate condition.

    `effective` and `review_due` are None until the agency has set them.
    `list_warn_hours`: a list older than this is shown as stale (HOT-12).
    `repeat_minutes`: a plate whose hit was ended is not alerted again for so long; it is counted as seen again.
    """

    policy_id: str
    name: str
    version: str
    effective: date | None
    review_due: date | None
    purposes: Mapping[str, Purpose]
    clauses: Mapping[str, str]
    list_warn_hours: int
    repeat_minutes: int
