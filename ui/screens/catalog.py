"""Every screen of the window by its name; the two that the window itself speaks to are made there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
ALWAYS = ("sign-in", "patrol", "prove")
"""What hears from the first moment on: who may sign in, how each camera is, and what wants a proof."""
FOR_ALERTS = ("patrol", "alert", "verify", "outcome")
TICKING = ("patrol", "alert", "verify", "map", "start")


def screen_makers(desk: Desk, end: Callable[[str, str], None]) -> dict[str, Callable[[], Screen]]:
    """What makes each; `end` takes the hit and the reason for which there is no stop."""
    return {
        "sign-in": partial(SignInScreen, desk),
        "patrol": partial(PatrolScreen, desk),
        "alert": partial(AlertScreen, desk),
        "verify": partial(VerifyScreen, desk),
        "reasons": partial(_reasons, desk, end),
        "purpose": partial(PurposeScreen, desk),
        "ways": partial(WaysScreen, desk),
        "profile": partial(ProfileScreen, desk),
        "outcome": partial(OutcomeScreen, desk),
        "case": partial(CaseScreen, desk),
        "hits": partial(HitsScreen, desk),
        "map": partial(MapScreen, desk),
        "search": partial(SearchScreen, desk),
        "request": partial(EntryRequestScreen, desk),
        "driving": partial(DrivingScreen, desk),
        "start": partial(ShiftStartScreen, desk),
        "end": partial(ShiftEndScreen, desk),
        "equipment": partial(EquipmentScreen, desk),
        "piece": partial(PieceScreen, desk),
        "repair": partial(RepairScreen, desk),
    }


def _reasons(desk: Desk, end: Callable[[str, str], None]) -> Screen:
    reasons = [Choice(reason.value, translated(words)) for reason, words in REASONS.items()]
    return ChoiceScreen(desk, translated("Why is there no stop?", "MainWindow"), reasons, end, "alert")
