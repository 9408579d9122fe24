"""The hit confirmation in words: where it stands, with its clock, and what can be asked next."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.confirmation import (
    REQUESTS_MOST,
    Asking,
    HitConfirmation,
    Standing,
    Urgency,
    due_at,
    requested,
    standing,
)
from mdt_app.domain.errors import Refused
from ui.words import clock, left

_TONES = {
    Standing.CONFIRMED: "verified",
    Standing.NOT_VALID: "hit",
    Standing.OVERDUE: "owed",
    Standing.NO_RESPONSE: "owed",
}


def standing_words(held: HitConfirmation, now: datetime) -> tuple[str, str]:
    """Say where the confirmation stands now, and in which tone."""
    stands = standing(held, now)
    if stands is Standing.NOT_ASKED:
        return _tr("not asked"), "dim"
    words = _answered(held, stands) or _running(held, stands, now)
    return words, _TONES.get(stands, "")


def refusal(held: HitConfirmation, urgency: Urgency, now: datetime, hold: timedelta) -> Refused | None:
    """Why no further request can be made now; None when one can. The core's own rule says it."""
    try:
        requested(held, Asking(urgency, "", timedelta(), hold), now)
    except Refused as refused:
        return refused
    return None


def request_words(held: HitConfirmation) -> str:
    """What the next request is called."""
    names = (_tr("Request"), _tr("Second request"), _tr("Third request"))
    return names[min(len(held.requests), REQUESTS_MOST - 1)]


def _answered(held: HitConfirmation, stands: Standing) -> str:
    if held.reply is None:
        return ""
    words = {
        Standing.CONFIRMED: _tr("✓ confirmed %1 by %2"),
        Standing.NOT_VALID: _tr("✗ not valid %1, says %2"),
        Standing.NO_RESPONSE: _tr("■ no response %1, says %2"),
    }.get(stands, "")
    return words.replace("%1", clock(held.reply.at)).replace("%2", held.reply.who)


def _running(held: HitConfirmation, stands: Standing, now: datetime) -> str:
    last, due = held.requests[-1], due_at(held)
    urgency = {Urgency.URGENT: _tr("urgent"), Urgency.ROUTINE: _tr("routine")}[last.urgency]
    if stands is Standing.OVERDUE:
        words = _tr("■ %1 overdue by %2 · request %3 of %4").replace("%2", left(now - due))
    elif stands is Standing.IN_PROCESS:
        words = _tr("in process until %5, %2 left · request %3 of %4").replace("%2", left(due - now))
    else:
        words = _tr("%1 %2 left · request %3 of %4").replace("%2", left(due - now))
    words = words.replace("%1", urgency).replace("%5", clock(due))
    return words.replace("%3", str(last.number)).replace("%4", str(REQUESTS_MOST))


def _tr(text: str) -> str:
    return QCoreApplication.translate("confirmation", text)
