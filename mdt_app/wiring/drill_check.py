"""A scenario's check: read, and run at once with both of its trainees. What is wrong is said as a trainer needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mdt_app.domain.drills import Scenario
from mdt_app.domain.errors import BadInput
from mdt_app.domain.marking import Verdict
from mdt_app.services.scenarios import load_scenario
from mdt_app.wiring.drill_camera import prepare
from mdt_app.wiring.simulation import Simulation


class Silent:
    """In place of the speakers, where nobody listens."""

    def play(self, name: str) -> None:
        """Play nothing."""

    def say(self, text: str, english: str = "", after: str = "") -> None:
        """Say nothing."""


def run_unattended(scenario: Scenario, who: str) -> Verdict:
    """Run a drill at once with a scripted trainee, 'right' or 'wrong', and return what it comes to."""
    simulation = Simulation(scenario, speakers=(Silent(), Silent()))
    try:
        simulation.start()
        simulation.script(who)
        return simulation.run()
    finally:
        simulation.stop()


def check_scenario(name: str) -> tuple[Scenario, tuple[str, ...]]:
    """Read a drill and try it. Returns it with what is wrong, nothing when both trainees come out as they must.

    Raises BadInput with file, line, key and remedy of each fault.
    """
    scenario = load_scenario(name)
    return scenario, (*_right(scenario), *_wrong(scenario))


def check_road(scenario: Scenario, say: Callable[[str], None]) -> tuple[str, ...]:
    """Render the road and have the real reader read it, as a start on the screen does. Returns what is wrong with it.

    say: told how far it is, for it takes seconds a car; Ctrl-C stops it.
    """
    if all(car.reads for car in scenario.cars):
        return ()

    def progress(share: float) -> bool:
        say(f"Both trainees come out as they must. The road is rendered and read: {share:.0%}")
        return True

    try:
        prepare(scenario, progress)
    except BadInput as fault:
        return (f"{fault.words} {fault.remedy}",)
    return ()


def _right(scenario: Scenario) -> Iterator[str]:
    verdict = run_unattended(scenario, "right")
    for mark in verdict.mistakes:
        yield f"[trainee.right] fails at {mark.at_s:.0f} s, {mark.decision}: {mark.words} Mend 'does' or [[expected]]."


def _wrong(scenario: Scenario) -> Iterator[str]:
    verdict, named = run_unattended(scenario, "wrong"), scenario.trainees["wrong"].fails
    if verdict.passed:
        yield f"[trainee.wrong] passes, and is to fail for '{named}'. Let it make that mistake."
    elif verdict.reason != named:
        yield f"[trainee.wrong] fails for '{verdict.reason}' first, not for '{named}'. Change 'fails' or 'does'."
