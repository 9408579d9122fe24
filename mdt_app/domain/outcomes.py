"""Outcomes: how a hit or a stop can end, and what each end leads to (STP-7, STP-8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NoStopReason(StrEnum):
    """Why a hit ends without a stop."""

    MISREAD = "misread"
    WRONG_STATE = "wrong_state"
    OTHER_VEHICLE = "other_vehicle"
    STALE_ENTRY = "stale_entry"
    COULD_NOT_VERIFY = "could_not_verify"
    LOCATED = "located"
    OFFICER_DECISION = "officer_decision"


class Disposition(StrEnum):
    """What came of a stop."""

    ARREST = "arrest"
    RECOVERED = "recovered"
    CITATION = "citation"
    RELEASED = "released"


class EntryAct(StrEnum):
    """What becomes of the entry: the agency's own is removed, another owner gets a notice."""

    REMOVAL = "removal"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One end in words, and what follows.

    `located`: the vehicle is found, so its entry has to go (STP-8). `offers_removal`: the entry looks wrong; the
    officer is offered to tell its owner. `enforces`: an additional enforcement action, which wants the hit confirmed
    by a person where the policy says so (STP-6).
    """

    words: str
    located: bool = False
    offers_removal: bool = False
    enforces: bool = False


OUTCOMES: Mapping[NoStopReason | Disposition, OutcomeRow] = {
    NoStopReason.MISREAD: OutcomeRow("Misread, other characters"),
    NoStopReason.WRONG_STATE: OutcomeRow("Other state"),
    NoStopReason.OTHER_VEHICLE: OutcomeRow("Other vehicle", offers_removal=True),
    NoStopReason.STALE_ENTRY: OutcomeRow("Stale entry, not active any more", offers_removal=True),
    NoStopReason.COULD_NOT_VERIFY: OutcomeRow("Could not verify"),
    NoStopReason.LOCATED: OutcomeRow("Vehicle located, nobody to stop", located=True),
    NoStopReason.OFFICER_DECISION: OutcomeRow("Officer's decision"),
    Disposition.ARREST: OutcomeRow("Arrest", located=True, enforces=True),
    Disposition.RECOVERED: OutcomeRow("Vehicle or plate recovered", located=True, enforces=True),
    Disposition.CITATION: OutcomeRow("Citation or warning"),
    Disposition.RELEASED: OutcomeRow("Released", offers_removal=True),
}


def entry_act(category: str) -> EntryAct:
    """Say what becomes of a located vehicle's entry, by its category."""
    return EntryAct.REMOVAL if category == "agency" else EntryAct.NOTICE
