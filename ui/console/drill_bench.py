"""What the trainer's desk works with: the drills, the one that runs, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtGui import QPixmap

from mdt_app.domain.debrief import DebriefRow
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.drills import FaultKind, Says, Scenario
from mdt_app.domain.marking import Verdict
from mdt_app.domain.reads import Pictures


class Phase(StrEnum):
    """Where the desk stands."""

    CHOOSING = "choosing"
    LESSONS = "lessons"
    LESSON = "lesson"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who drills, by the id of their own account and their name, and who trains them."""

    user_id: str
    name: str
    trainer: str


@dataclass(frozen=True, slots=True)
class BenchState:
    """The desk's state now. `share` of the preparation is done; times are seconds of the drill.

    `fault` says why nothing runs. `failing` names what is out of order.
    """

    phase: Phase
    share: float = 0.0
    at_s: float = 0.0
    seconds: float = 0.0
    failing: tuple[FaultKind, ...] = ()
    next_answer: Says | None = None
    fault: str = ""


class DrillBench(Protocol):
    """The drills behind the desk. Only Qt's thread asks."""

    def drills(self) -> Sequence[Scenario]:
        """The drills that can be chosen."""

    def state(self) -> BenchState:
        """Where it stands now; also catches up with the watch."""

    def begin(self, scenario: Scenario, sitting: Sitting) -> None:
        """Prepare a drill, then run it with a window for the trainee."""

    def stop_preparing(self) -> None:
        """Leave a preparation."""

    def pause(self) -> None:
        """Hold the drill's time, or let it go on."""

    def inject_hit(self, plate: str) -> None:
        """Let a car with this listed plate come by now."""

    def inject_answer(self, says: Says) -> None:
        """Let the next records check say this."""

    def turn_fault(self, kind: FaultKind) -> None:
        """Let something fail now, or work again."""

    def mark(self, words: str) -> None:
        """Note something at this second."""

    def end(self) -> None:
        """End the drill, and mark it."""

    def lines(self) -> Sequence[DebriefRow]:
        """The time line so far."""

    def verdict(self) -> Verdict:
        """What it comes to so far."""

    def pictures(self, about: str) -> Pictures:
        """The pictures of a read or a hit; empty where there are none."""

    def screen(self) -> QPixmap | None:
        """The trainee's screen as it is now."""

    def replay(self, at_s: float) -> None:
        """Begin the same drill anew, do what was done until then, and hold the time there."""

    def result(self) -> DrillResult | None:
        """What the drill that is over came to; None where none is, and for a replay, which is no drill of its own."""

    def cut_short(self) -> bool:
        """Whether the drill was ended before all of its listed cars came by: it says nothing of the trainee."""

    def report(self) -> str:
        """Keep the debrief as a file; returns where."""

    def put_on_record(self) -> str:
        """Put the result on the trainee's training record at headquarters; returns what to say of it."""
