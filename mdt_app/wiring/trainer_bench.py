"""The bench behind the trainer's desk: prepares a drill, runs it with the trainee's window, keeps what came of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog
from platformdirs import user_documents_path
from PySide6.QtGui import QPixmap

from mdt_app.domain.debrief import DebriefRow, Note, report_lines
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.drills import FaultKind, Says, Scenario
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.marking import Verdict
from mdt_app.domain.reads import Pictures
from mdt_app.services.scenarios import library, load_scenario
from mdt_app.wiring.drill_camera import DrillCamera, Stopped, prepare
from mdt_app.wiring.drill_run import DrillRun, answer_set, fault_turned, listed_passes
from mdt_app.wiring.files import new_file
from mdt_app.wiring.simulation import Trained
from ui.console.drill_bench import BenchState, Phase, Sitting
from ui.console.words import refusal

FOLDER = "patrol-mdt-training"
"""Where debriefs, progress in the lessons and certificates are kept, among a person's documents."""
_NO_NAME = re.compile(r"[^\w.@-]")
"""What a file's name doesn't take of what somebody typed."""
_NOTHING = Verdict(False, "not_answered", (), 0.0, None)

Recorder = Callable[[str, DrillResult], None]
"""Puts a result on a person's training record; the person's user id comes first."""

_log = structlog.get_logger()


class TrainerBench:
    """As DrillBench says. `extra`: a drill that is not in the library. `recorder`: None where no headquarters is named.

    `loud`: the sounds are heard. `reports`: the folder of kept debriefs.
    """

    def __init__(
        self,
        extra: Scenario | None = None,
        recorder: Recorder | None = None,
        *,
        loud: bool = True,
        reports: Path | None = None,
    ) -> None:
        self._extra, self._recorder, self._loud = extra, recorder, loud
        self._reports = reports or user_documents_path() / FOLDER
        self._phase, self._share, self._fault = Phase.CHOOSING, 0.0, ""
        self._sitting = Sitting("", "", "")
        self._prepared: DrillCamera | None = None
        self._scenario: Scenario | None = None
        self._leaving = threading.Event()
        self._replayed = False
        self._result: DrillResult | None = None
        self.run: DrillRun | None = None

    def drills(self) -> Sequence[Scenario]:
        """The library, and the one that was given beside it."""
        extra = (self._extra,) if self._extra and self._extra.name not in library() else ()
        return (*extra, *map(load_scenario, library()))

    def state(self) -> BenchState:
        """Where it stands now; also opens what is prepared, and catches up with the watch."""
        if self._phase is Phase.PREPARING and self._prepared is not None and self._scenario is not None:
            self._open(self._scenario, self._prepared)
        run = self.run
        if run is None:
            return BenchState(self._phase, self._share, fault=self._fault)
        run.simulation.player.tick()
        if self._phase is Phase.RUNNING and run.at_s >= run.scenario.seconds:
            self.end()
        return BenchState(
            self._phase,
            self._share,
            min(run.at_s, run.scenario.seconds),
            run.scenario.seconds,
            self._failing(run),
            run.simulation.headquarters.next_says,
            self._fault,
        )

    def begin(self, scenario: Scenario, sitting: Sitting) -> None:
        """Prepare a drill in a thread of its own, so that it can be stopped."""
        self.close()
        self._sitting, self._scenario, self._prepared = sitting, scenario, None
        self._phase, self._share, self._fault = Phase.PREPARING, 0.0, ""
        self._replayed, self._result = False, None
        self._leaving = threading.Event()
        threading.Thread(target=partial(self._prepare, scenario, self._leaving), daemon=True).start()

    def stop_preparing(self) -> None:
        """Leave the preparation."""
        self._leaving.set()
        self._phase = Phase.CHOOSING

    def pause(self) -> None:
        """Hold the drill's time, or let it go on."""
        after = {Phase.RUNNING: Phase.PAUSED, Phase.PAUSED: Phase.RUNNING}.get(self._phase)
        if self.run is not None and after is not None:
            self.run.hold(after is Phase.PAUSED)
            self._phase = after

    def inject_hit(self, plate: str) -> None:
        """Let a car with this listed plate come by now."""
        self._inject(partial(listed_passes, plate))

    def inject_answer(self, says: Says) -> None:
        """Let the next records check say this."""
        self._inject(partial(answer_set, says))

    def turn_fault(self, kind: FaultKind) -> None:
        """Let something fail now, or work again."""
        self._inject(partial(fault_turned, kind))

    def mark(self, words: str) -> None:
        """Note something at this second."""
        if self.run is not None:
            self.run.notes.append(Note(self.run.at_s, words))

    def end(self) -> None:
        """End the drill, mark it, and take the trainee's window away."""
        if self.run is not None and self._phase in (Phase.RUNNING, Phase.PAUSED):
            self._phase = Phase.OVER
            self.run.close()
            told = result_of(self.run.scenario, self.run.verdict(), self._sitting.trainer)
            self._result = None if self._replayed or self.cut_short() else told

    def close(self) -> None:
        """End whatever runs."""
        self._leaving.set()
        self.end()

    def lines(self) -> Sequence[DebriefRow]:
        """The time line so far."""
        return self.run.rows() if self.run is not None else ()

    def verdict(self) -> Verdict:
        """What it comes to so far."""
        return self.run.verdict() if self.run is not None else _NOTHING

    def pictures(self, about: str) -> Pictures:
        """The pictures of a read or a hit."""
        return self.run.pictures(about) if self.run is not None else Pictures()

    def screen(self) -> QPixmap | None:
        """The trainee's screen as it is now."""
        return self.run.window.grab() if self.run is not None and self._phase is not Phase.OVER else None

    def replay(self, at_s: float) -> None:
        """Begin the same drill anew, do what was done until then, and hold the time there."""
        before = self.run
        if before is None:
            return
        self.run = self._made(before.scenario, before.camera)
        self.run.open(loud=self._loud)
        self.run.replay(before, at_s)
        self._phase, self._replayed, self._result = Phase.PAUSED, True, None

    def result(self) -> DrillResult | None:
        """What the drill that is over came to; None where none is, and for a replay."""
        return self._result if self._phase is Phase.OVER else None

    def cut_short(self) -> bool:
        """Whether the drill was ended before all of its listed cars came by."""
        return self.run is not None and self.run.scenario.is_cut_short(self.run.at_s)

    def report(self) -> str:
        """Keep the debrief as a text file. Raises MdtError when it can't be written."""
        run, sitting = self._held(), self._sitting
        lines = report_lines(run.scenario.title, sitting.name, sitting.trainer, run.verdict(), run.rows())
        who = _NO_NAME.sub("_", sitting.user_id)
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{who}-{run.scenario.name}.txt"
        path = self._reports / name
        try:
            self._reports.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput("The report can't be written.", f"Check the folder {self._reports}.") from error
        with new_file(path) as out:
            out.write(("\n".join(lines) + "\n").encode())
        return f"Kept as {path}."

    def put_on_record(self) -> str:
        """Put the result on the person's training record. Raises MdtError with what to do."""
        result, sitting = self.result(), self._sitting
        if result is None:
            words = "Only a drill whose listed cars all came by, and no replay, goes on record."
            raise BadInput(words, "Run the drill again from its beginning.")
        if self._recorder is None:
            words = "No headquarters is named."
            raise BadInput(words, "Start with --hq ADDRESS and a desk's token in MDT_DESK_TOKEN.")
        if not sitting.trainer:
            raise BadInput("No trainer is named.", "Run the drill again with your name in the field 'Trainer'.")
        self._recorder(sitting.user_id, result)
        return f"On the training record of {sitting.user_id}."

    def _held(self) -> DrillRun:
        if self.run is None:
            raise BadInput("No drill has been run.", "Run one first.")
        return self.run

    def _prepare(self, scenario: Scenario, leaving: threading.Event) -> None:
        def progress(share: float) -> bool:
            if not leaving.is_set():
                self._share = share
            return not leaving.is_set()

        try:
            camera = prepare(scenario, progress)
        except Stopped:
            return
        except MdtError as error:
            self._fail(leaving, error)
            return
        except Exception as error:  # noqa: BLE001 - a thread's defect has to be seen at the desk
            _log.error("drill can't be prepared", drill=scenario.name, error=type(error).__name__)
            self._fail(leaving, MdtError("The drill can't be prepared.", "Choose another, and report it."))
            return
        if not leaving.is_set():
            self._prepared = camera

    def _fail(self, leaving: threading.Event, error: MdtError) -> None:
        if not leaving.is_set():
            self._fault, self._phase = refusal(error), Phase.CHOOSING

    def _open(self, scenario: Scenario, camera: DrillCamera) -> None:
        self._prepared, self._phase = None, Phase.RUNNING
        self.run = self._made(scenario, camera)
        self.run.open(loud=self._loud)

    def _made(self, scenario: Scenario, camera: DrillCamera) -> DrillRun:
        own = replace(camera, known=dict(camera.known))
        return DrillRun(scenario, own, Trained(self._sitting.user_id, self._sitting.name))

    def _inject(self, what: Callable[[DrillRun], None]) -> None:
        if self.run is not None and self._phase in (Phase.RUNNING, Phase.PAUSED):
            self.run.inject(what)

    @staticmethod
    def _failing(run: DrillRun) -> tuple[FaultKind, ...]:
        out = {FaultKind.CAMERA: not run.simulation.seeing, FaultKind.LINK: not run.simulation.linked}
        return tuple(kind for kind, failing in out.items() if failing)


def result_of(scenario: Scenario, verdict: Verdict, trainer: str) -> DrillResult:
    """What goes on the training record: no plate, no picture, no word of the trainee's."""
    return DrillResult(
        drill=scenario.name,
        version=scenario.digest[:16],
        topics=scenario.topics,
        passed=verdict.passed,
        mistakes=tuple(dict.fromkeys(mark.mistake for mark in verdict.mistakes)),
        verify_s=verdict.verify_s,
        trainer=trainer,
        at=datetime.now(UTC),
    )
