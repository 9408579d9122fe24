"""A drill for tests: run unattended, with all that was announced kept, and its record as lines that never differ."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mdt_app.domain.events import TRAINING_MARK, Event
from mdt_app.domain.marking import Verdict
from mdt_app.services.scenarios import load_scenario
from mdt_app.wiring.simulation import Simulation

_LEFT_OUT = ("policy", "sha256", TRAINING_MARK)
"""What changes with a policy's version or a list's layout, and the drill's own name."""


class Heard:
    """A loudspeaker and a voice that keep what they were given."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def play(self, name: str) -> None:
        self.all.append(f"tone {name}")

    def say(self, text: str, english: str = "", after: str = "") -> None:
        self.all.append(text)


def drilled(name: str, who: str) -> tuple[Verdict, list[Event], list[str]]:
    """Run a drill with a scripted trainee: the verdict, the record, what was heard."""
    heard = Heard()
    simulation = Simulation(load_scenario(name), speakers=(heard, heard))
    try:
        simulation.start()
        simulation.script(who)
        return simulation.run(), simulation.events(), heard.all
    finally:
        simulation.stop()


def log_lines(events: Sequence[Event]) -> list[str]:
    """The record as lines: seconds, kind, what it is about, the body. Ids are numbered in the order of their coming."""
    began, names = events[0].at, dict[str, str]()
    for event in events:
        for found in (event.subject, *_ids(dict(event.body))):
            if found and len(found) == 36 and found not in names:
                names[found] = f"id{len(names) + 1}"
    lines = []
    for event in events:
        body = {key: value for key, value in event.body.items() if key not in _LEFT_OUT}
        seconds = (event.at - began).total_seconds()
        line = f"{seconds:6.1f} {event.kind.value} {event.actor} {event.subject} {json.dumps(body, sort_keys=True)}"
        for found, named in names.items():
            line = line.replace(found, named)
        lines.append(line)
    return lines


def _ids(body: object) -> list[str]:
    if isinstance(body, dict):
        return [found for value in body.values() for found in _ids(value)]
    return [body] if isinstance(body, str) and body.count("-") == 4 else []
