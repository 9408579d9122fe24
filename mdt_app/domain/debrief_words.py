"""How each kind of record reads in the debrief of a drill."""

from __future__ import annotations

from collections.abc import Mapping

from mdt_app.domain.events import EventKind

Phrase = tuple[str, tuple[str, ...]]
"""Words with %1, %2 ... in them, and the names of the values that stand there."""
LEFT, TRAINER = "Left undone", "Trainer: %1"
"""What was not done, and what the trainer marked by hand."""
NOTHING, NOT_KNOWN = "nothing", "not known"

PHRASES: Mapping[EventKind, Phrase] = {
    EventKind.READ: ("Read: %1 %2", ("plate", "state")),
    EventKind.HIT: ("Alert: %1, %2 %3; read as %4", ("category", "entry.plate", "entry.state", "read.plate")),
    EventKind.NOT_ALERTED: ("No alert: %1", ("reason",)),
    EventKind.ALERT_SHOWN: ("The alert stands on the screen", ()),
    EventKind.CHECK_REQUESTED: ("Records check asked", ()),
    EventKind.CHECK_ANSWERED: ("Answer: %1, from %2 (%3)", ("answer", "source", "by")),
    EventKind.PLATE_CONFIRMED: ("Typed as seen: %1 %2", ("plate", "state")),
    EventKind.PLATE_TAKEN_BACK: ("What was typed is taken back", ()),
    EventKind.VEHICLE_ANSWERED: ("Vehicle, %1: %2", ("feature", "seen")),
    EventKind.GATE_REFUSED: ("Stop refused; missing: %1", ("unmet",)),
    EventKind.PURPOSE_REFUSED: ("Purpose refused: %1", ("use",)),
    EventKind.GROUND_STATED: ("Another way, %1: %2", ("ground", "facts")),
    EventKind.STOP: ("Stop recorded, to %1", ("purpose",)),
    EventKind.DISPOSITION: ("Outcome: %1", ("disposition",)),
    EventKind.NO_STOP: ("No stop: %1", ("reason",)),
    EventKind.FOLLOWED: ("Following", ()),
    EventKind.REMOVAL_ASKED: ("The entry's owner is told: %1", ("why",)),
    EventKind.OWED_SETTLED: ("Made good after the stop: %1", ("step",)),
    EventKind.BASIS_FELL: ("The stop's basis fell: %1", ("step",)),
    EventKind.CONFIRMATION_REQUESTED: ("The entering agency is asked", ()),
    EventKind.CONFIRMATION_ANSWERED: ("The entering agency: %1", ("answer",)),
}
"""How each kind of record reads, and which values it takes; other kinds are no part of the debrief."""
