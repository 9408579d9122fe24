"""The kinds of match: how each is marked on the screen, and whether it can ever open a stop (STP-2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class MatchKind(StrEnum):
    """How a read stands to an entry. Only EXACT can open the gate; a list's O and 0 count as equal there."""

    EXACT = "exact"
    CONFUSABLE = "confusable"
    PARTIAL = "partial"
    WILDCARD = "wildcard"
    PAST_READ = "past_read"
    DESCRIPTION = "description"
    EXPIRED = "expired"
    OUT_OF_SERVICE = "out_of_service"
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True)
class KindRow:
    """How one kind is told, and what has to happen before its hit can open. `opens` alone opens nothing else.

    `mark` is the sign and words on the alert; `remedy` says what would make an exact match of it, if anything does.
    """

    mark: str
    opens: bool
    remedy: str


KINDS: Mapping[MatchKind, KindRow] = {
    MatchKind.EXACT: KindRow("= exact match", opens=True, remedy=""),
    MatchKind.CONFUSABLE: KindRow(
        "≈ approximate: characters differ", opens=False, remedy="Only a read of the very characters opens."
    ),
    MatchKind.PARTIAL: KindRow("≈ part of a plate", opens=False, remedy="Only a read of the whole plate opens."),
    MatchKind.WILDCARD: KindRow("≈ wildcard: look only", opens=False, remedy="Ask for the whole plate."),
    MatchKind.PAST_READ: KindRow("earlier sighting, not now", opens=False, remedy="A new read opens a new hit."),
    MatchKind.DESCRIPTION: KindRow("description only: a lead", opens=False, remedy="Look for the plate, and ask."),
    MatchKind.EXPIRED: KindRow("entry has expired", opens=False, remedy="Ask the entry's owner."),
    MatchKind.OUT_OF_SERVICE: KindRow("camera is out of service", opens=False, remedy="Have the camera checked."),
    MatchKind.SIMULATED: KindRow("TRAINING: not a real vehicle", opens=False, remedy="It opens in training alone."),
}
