"""Every screen of the window by its name; the two that the window itself speaks to are made there."""

from __future__ import annotations

from collections.abc import Callable

from ui.screens.alert import AlertScreen
from ui.screens.case import CaseScreen
from ui.screens.choice import ChoiceScreen
from ui.screens.driving import DrivingScreen
from ui.screens.entry_request import EntryRequestScreen
from ui.screens.equipment import EquipmentScreen
from ui.screens.hits import HitsScreen
from ui.screens.map import MapScreen
from ui.screens.outcome import OutcomeScreen
from ui.screens.patrol import PatrolScreen
from ui.screens.piece import PieceScreen
from ui.screens.profile import ProfileScreen
from ui.screens.purpose import PurposeScreen
from ui.screens.repair import RepairScreen
from ui.screens.screen import Desk, Screen
from ui.screens.search import SearchScreen
from ui.screens.shift_end import ShiftEndScreen
from ui.screens.shift_start import ShiftStartScreen
from ui.screens.sign_in import SignInScreen
from ui.screens.verify import VerifyScreen
from ui.screens.ways import WaysScreen
from ui.widgets.choices import Choice
from ui.words import REASONS, translated

ENGAGED = ("alert", "verify", "reasons", "purpose", "ways", "statement", "outcome", "case", "prove")
"""On these a further hit is a banner with its sound; it never takes the screen from a hit in hand."""
READING = (
    "statement",
    "purpose",
    "case",
    "hits",
    "profile",
    "equipment",
    "piece",
    "repair",
    "start",
    "end",
    "search",
    "request",
)
"""Above the policy's speed these wait; the alert, the verification's big keys, patrol and the map stay."""
FOR_ALERTS = ("patrol", "alert", "verify", "outcome")
TICKING = ("patrol", "alert", "verify", "map", "start")


def make_screens(desk: Desk, end: Callable[[str, str], None]) -> dict[str, Screen]:
    """Make them; `end` takes the hit and the reason for which there is no stop."""
    reasons = [Choice(reason.value, translated(words)) for reason, words in REASONS.items()]
    return {
        "sign-in": SignInScreen(desk),
        "patrol": PatrolScreen(desk),
        "alert": AlertScreen(desk),
        "verify": VerifyScreen(desk),
        "reasons": ChoiceScreen(desk, translated("Why is there no stop?", "MainWindow"), reasons, end, "alert"),
        "purpose": PurposeScreen(desk),
        "ways": WaysScreen(desk),
        "profile": ProfileScreen(desk),
        "outcome": OutcomeScreen(desk),
        "case": CaseScreen(desk),
        "hits": HitsScreen(desk),
        "map": MapScreen(desk),
        "search": SearchScreen(desk),
        "request": EntryRequestScreen(desk),
        "driving": DrivingScreen(desk),
        "start": ShiftStartScreen(desk),
        "end": ShiftEndScreen(desk),
        "equipment": EquipmentScreen(desk),
        "piece": PieceScreen(desk),
        "repair": RepairScreen(desk),
    }
