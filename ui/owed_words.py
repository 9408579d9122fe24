"""What the shift still owes, in words: the same in the status bar, on patrol and in the list of hits."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.alerts import Hit
from ui.cards import Owed
from ui.gate_view import fell_words
from ui.words import counted, steps

COUNTED = (("hit", "hits"), ("verification", "verifications"), ("outcome", "outcomes"))
"""What is counted, one and many; sources of the translation."""


def owed_words(owed: Owed) -> str:
    """'1 hit · 1 verification · 1 outcome'; empty when nothing is owed."""
    counts = zip((owed.hits, owed.verifications, owed.outcomes), COUNTED, strict=True)
    return " · ".join(counted(count, *names) for count, names in counts if count)


def owed_by_stop(hit: Hit) -> tuple[str, ...]:
    """What a stop still owes, by lines; what fell comes first. Empty when it owes nothing."""
    stop = hit.stop
    if stop is None or hit.closed:
        return ()
    owed = [_tr("owed: %1").replace("%1", steps(stop.owed))] if stop.owed else []
    owed += [_tr("outcome owed")] if stop.disposition is None else []
    return tuple(filter(None, (fell_words(stop) if stop.fell else "", " · ".join(owed))))


def place_of(hit: Hit) -> str:
    """The screen on which a hit is taken up again."""
    if not hit.ended:
        return "alert"
    return "verify" if hit.stop is not None and hit.stop.owed else "outcome"


def _tr(text: str) -> str:
    return QCoreApplication.translate("owed", text)
