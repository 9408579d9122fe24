"""Every screen of the window by its name, loaded when it is made; the proof of identity is made in the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from mdt_app.domain.commands import EndWithoutStop
from mdt_app.domain.outcomes import NoStopReason
from ui.screens.screen import Desk, Screen
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
    "parts",
    "end",
    "search",
    "request",
)
"""Above the policy's speed these wait; the alert, the verification's big keys, patrol and the map stay."""
COVERS = ("typing", "parts")
"""These leave the screen in hand beneath them, as it stands."""
ALWAYS = ("sign-in", "patrol", "prove")
"""What hears from the first moment on: who may sign in, how each camera is, and what wants a proof."""
FOR_ALERTS = ("patrol", "alert", "verify", "outcome")
TICKING = ("patrol", "alert", "verify", "map", "start", "parts")


_PLACES: Mapping[str, tuple[str, str]] = {
    "patrol": ("patrol", "PatrolScreen"),
    "statement": ("statement", "StatementScreen"),
    "sign-in": ("sign_in", "SignInScreen"),
    "alert": ("alert", "AlertScreen"),
    "verify": ("verify", "VerifyScreen"),
    "purpose": ("purpose", "PurposeScreen"),
    "ways": ("ways", "WaysScreen"),
    "profile": ("profile", "ProfileScreen"),
    "outcome": ("outcome", "OutcomeScreen"),
    "case": ("case", "CaseScreen"),
    "hits": ("hits", "HitsScreen"),
    "map": ("map", "MapScreen"),
    "search": ("search", "SearchScreen"),
    "request": ("entry_request", "EntryRequestScreen"),
    "driving": ("driving", "DrivingScreen"),
    "start": ("shift_start", "ShiftStartScreen"),
    "end": ("shift_end", "ShiftEndScreen"),
    "equipment": ("equipment", "EquipmentScreen"),
    "piece": ("piece", "PieceScreen"),
    "repair": ("repair", "RepairScreen"),
}
"""Module and class of each: half of what a start would load, and nobody sees more than the sign-in then."""


def screen_makers(desk: Desk, uncover: Callable[[], None]) -> dict[str, Callable[[], Screen]]:
    """What makes each. `uncover` goes back to what was left."""
    made = {name: partial(_made, *place, desk) for name, place in _PLACES.items()}
    typing = partial(_made, "typing", "TypingScreen", desk, uncover)
    parts = partial(_made, "shift_start", "PartsScreen", desk, uncover)
    return {**made, "typing": typing, "parts": parts, "reasons": partial(_reasons, desk)}


def load_screens() -> None:
    """Load the modules of all screens, in whatever thread has time for it."""
    for module in (*(module for module, _ in _PLACES.values()), "choice", "typing"):
        import_module(f"ui.screens.{module}")


def _made(module: str, name: str, *given: object) -> Screen:
    made: Screen = getattr(import_module(f"ui.screens.{module}"), name)(*given)
    return made


def _reasons(desk: Desk) -> Screen:
    from ui.screens.choice import ChoiceScreen

    def end(hit_id: str, reason: str) -> None:
        desk.send(EndWithoutStop(hit_id, NoStopReason(reason)))

    reasons = [Choice(reason.value, translated(words)) for reason, words in REASONS.items()]
    return ChoiceScreen(desk, translated("Why is there no stop?", "MainWindow"), reasons, end, "alert")
