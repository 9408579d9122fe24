"""The alert table: a row a category of hit, with its words, priority, sound, voice, color, shape and what it blocks.

Words are the sources of the translation. Screens, sound and voice take everything they show or play from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Priority(IntEnum):
    """Which alert goes first. The lower number is the more urgent; each has a sound of its own."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


class Shape(StrEnum):
    """The mark beside the words, so that no alert is told by color alone."""

    TRIANGLE = "▲"
    SQUARE = "■"
    CIRCLE = "●"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """How one category is told. `sound` names a WAV of resources/sounds, `color` a token of the theme.

    `purpose` is the permitted purpose that the category suggests; the officer still names it (STP-1).
    `blocks` says that an alert of this kind can never lead to a stop by itself.
    """

    words: str
    priority: Priority
    sound: str
    voice: str
    color: str
    shape: Shape
    purpose: str
    blocks: bool = False


_HIGH = (Priority.HIGH, "high")
_MEDIUM = (Priority.MEDIUM, "medium")
_LOW = (Priority.LOW, "low")


def _row(
    words: str, level: tuple[Priority, str], purpose: str, shape: Shape = Shape.TRIANGLE, blocks: bool = False
) -> AlertRow:
    priority, sound = level
    return AlertRow(words, priority, sound, words, "hit", shape, purpose, blocks)


ALERTS: Mapping[str, AlertRow] = {
    "stolen_vehicle": _row("Stolen vehicle", _HIGH, "locate"),
    "felony_vehicle": _row("Felony vehicle", _HIGH, "locate"),
    "wanted_person": _row("Wanted person", _HIGH, "fugitive"),
    "violent_person": _row("Violent person", _HIGH, "locate", blocks=True),
    "gang_or_terrorist": _row("Gang or suspected terrorist", _HIGH, "counterterrorism", blocks=True),
    "amber_alert": _row("AMBER Alert", _HIGH, "missing"),
    "missing_person": _row("Missing person", _HIGH, "missing"),
    "protection_order": _row("Protection order", _MEDIUM, "investigation", Shape.SQUARE),
    "stolen_plate": _row("Stolen plate", _MEDIUM, "locate", Shape.SQUARE),
    "canadian_vehicle": _row("Canadian stolen vehicle", _MEDIUM, "locate", Shape.SQUARE),
    "agency": _row("Agency hot list", _MEDIUM, "investigation", Shape.SQUARE),
    "supervised_release": _row("Supervised release", _LOW, "investigation", Shape.CIRCLE, blocks=True),
    "sex_offender": _row("Sex offender registry", _LOW, "investigation", Shape.CIRCLE, blocks=True),
    "immigration_violator": _row("Immigration violator", _LOW, "investigation", Shape.CIRCLE, blocks=True),
    "protective_interest": _row("Protective interest", _LOW, "investigation", Shape.CIRCLE, blocks=True),
}
