"""One run of a drill for a person: the simulation, the trainee's window, and all that a replay needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mdt_app.domain.debrief import DebriefRow, Note, debrief
from mdt_app.domain.drills import DrillCar, FaultKind, Says, Scenario
from mdt_app.domain.marking import Verdict
from mdt_app.domain.notices import HitRaised, Notice, ReadSeen
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Pictures
from mdt_app.services.drill_port import APART_S, Done, DrillPort
from mdt_app.wiring.drill_camera import DrillCamera, LiveView, rendered
from mdt_app.wiring.simulation import Simulation, Trained
from ui.bridge import Bridge
from ui.context import ScreenContext
from ui.front import show_within
from ui.language import spoken
from ui.window import MainWindow
from ui.words import translated

_BEFORE_S = APART_S / 2
"""A replay ends so long before the moment that is looked at: the decision is taken anew."""


@dataclass(frozen=True, slots=True)
class _Injected:
    """What the trainer put in, and when."""

    at_s: float
    what: Callable[[DrillRun], None]


class DrillRun:
    """`open` starts it, `close` ends it for good; what was on record can be asked for until then."""

    def __init__(self, scenario: Scenario, camera: DrillCamera, trained: Trained) -> None:
        self.scenario, self.camera, self.trained = scenario, camera, trained
        self.simulation = Simulation(scenario, trained=trained, pictured=camera.see)
        self.port = DrillPort(self.simulation.core, self.simulation.clock)
        self.simulation.core.subscribe(self._hear)
        self.window = drill_window(self.simulation, self.port)
        clock = self.simulation.clock
        self._live = LiveView(
            camera, self.simulation.devices.hear, lambda: clock.passed_s, lambda: self.simulation.seeing
        )
        self._pictures: dict[str, Pictures] = {}
        self._injected: list[_Injected] = []
        self.notes: list[Note] = []
        self._frozen: tuple[Verdict, tuple[DebriefRow, ...]] | None = None

    def open(self, *, loud: bool = True) -> None:
        """Show the trainee's window, and let the road begin."""
        show_within(self.window)
        self.simulation.start(loud=loud)
        self.simulation.player.start()
        self._live.start()

    def close(self) -> None:
        """End it: the window goes, and nothing of the drill stays on the disk."""
        if self._frozen is None:
            self.freeze()
        self._live.stop()
        self.window.close()
        self.window.deleteLater()
        self.simulation.stop()

    def freeze(self) -> None:
        """Mark it as it stands now; the record is kept in memory for the debrief."""
        self.simulation.player.pause()
        verdict = self.simulation.verdict()
        self._frozen = verdict, self._rows(verdict)

    def hold(self, held: bool) -> None:
        """Hold the drill's time, or let it go on; the trainee is told."""
        player = self.simulation.player
        (player.pause if held else player.start)()
        self.window.training.hold(held)

    @property
    def at_s(self) -> float:
        """The second of the drill."""
        return self.simulation.clock.passed_s

    def verdict(self) -> Verdict:
        """What it comes to."""
        return self._frozen[0] if self._frozen else self.simulation.verdict()

    def rows(self) -> tuple[DebriefRow, ...]:
        """The time line: while it runs without what is left undone yet."""
        if self._frozen:
            return self._frozen[1]
        return tuple(row for row in self._rows(self.simulation.verdict()) if row.words != "Left undone")

    def pictures(self, about: str) -> Pictures:
        """The pictures of a read or a hit."""
        return self._pictures.get(about, Pictures())

    def inject(self, what: Callable[[DrillRun], None]) -> None:
        """Do something to the drill now; a replay does it at the same second."""
        self._injected.append(_Injected(self.at_s, what))
        what(self)

    def pass_listed(self, plate: str) -> None:
        """Let a car with this listed plate come by: the scenario's own, else one as the entry describes it."""
        car = self.scenario.car_read_as(plate) or self._as_listed(plate)
        if car is None:
            return
        again = replace(car, at_s=round(self.at_s, 3))
        if car in self.camera.known:
            self.camera.known[again] = (None, self.camera.known[car][1])
            self.simulation.inject_car(again)
        else:
            threading.Thread(target=partial(self._render_and_pass, again), daemon=True).start()

    def replay(self, before: DrillRun, until_s: float) -> None:
        """Do what was done in another run before then, each thing at its second, and hold the time there."""
        until_s -= _BEFORE_S
        for done in before.port.done:
            if done.at_s <= until_s:
                self.simulation.player.at(done.at_s, partial(self._again, done, before.port.hits))
        for injected in before._injected:
            if injected.at_s <= until_s:
                self.simulation.player.at(injected.at_s, partial(self.inject, injected.what))
        self.simulation.player.pause()
        while self.simulation.player.step(until_s):
            self.simulation.settle()
        self.simulation.player.run_to(until_s)
        self.hold(True)

    def _again(self, done: Done, hits: Sequence[str]) -> None:
        self.port.submit(self.port.translated(done.command, list(hits))).exception()

    def _as_listed(self, plate: str) -> DrillCar | None:
        entry = self.scenario.entry(plate)
        return DrillCar(0.0, entry.plate, entry.state, entry.vehicle, entry.plate, entry.state) if entry else None

    def _render_and_pass(self, car: DrillCar) -> None:
        self.camera.known[car] = (None, rendered(car, self.scenario.road))
        self.simulation.inject_car(car)

    def _rows(self, verdict: Verdict) -> tuple[DebriefRow, ...]:
        simulation = self.simulation
        return debrief(simulation.events(), verdict, simulation.began, simulation.policy, self.notes)

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, HitRaised):
            self._pictures[notice.hit.hit_id] = notice.pictures
        elif isinstance(notice, ReadSeen):
            car = next((c for c in self.camera.known if match_key(c.read_as) == notice.read.key), None)
            view = self.camera.known[car][1].context if car is not None else b""
            self._pictures[notice.read.read_id] = Pictures(notice.crop, view)


def drill_window(simulation: Simulation, port: DrillPort | None = None) -> MainWindow:
    """The trainee's window: the car's own, with the line that says that nothing is real."""
    simulation.speak(spoken(), translated)
    bridge = Bridge(port or simulation.core)
    simulation.devices.frame = bridge.show_frame
    context = ScreenContext(
        unit="TRAINING",
        policy=simulation.policy,
        codes=simulation.codes,
        now=simulation.clock.now,
        training=simulation.scenario.title,
    )
    return MainWindow(bridge, context)


def fault_turned(kind: FaultKind, run: DrillRun) -> None:
    """Let something fail, or work again."""
    failing = not (run.simulation.seeing if kind is FaultKind.CAMERA else run.simulation.linked)
    run.simulation.inject_fault(kind, not failing)


def answer_set(says: Says, run: DrillRun) -> None:
    """Let the next records check say this."""
    run.simulation.headquarters.next_says = says


def listed_passes(plate: str, run: DrillRun) -> None:
    """Let a car with this listed plate come by."""
    run.pass_listed(plate)
