"""The core's port in a drill: what the trainee does is kept with its moment, so that it can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, fields, replace
from typing import Any

from mdt_app.domain.commands import Command
from mdt_app.domain.notices import HitRaised, Notice
from mdt_app.domain.ports import CorePort
from mdt_app.services.simulated_clock import SimulatedClock

APART_S = 0.001
"""So far apart, in seconds, are two things that the trainee does."""
_MOST_S = 5.0
"""A core that takes longer is not waited for; the window must not stand still."""


@dataclass(frozen=True, slots=True)
class Done:
    """What the trainee did, at which second of the drill."""

    at_s: float
    command: Command


class DrillPort:
    """Passes commands on to the core, and keeps them. `hits` are the ids of the hits in the order of their coming."""

    def __init__(self, core: CorePort, clock: SimulatedClock) -> None:
        self._core, self._clock = core, clock
        self.done: list[Done] = []
        self.hits: list[str] = []
        core.subscribe(self._hear)

    def submit(self, command: Command) -> Future[None]:
        """As CorePort says, but it waits: the record then has the very second at which the trainee did it.

        No two things are done at the same moment, so that a replay can end between them.
        """
        self._clock.move_to(self._clock.passed_s + APART_S)
        self.done.append(Done(self._clock.passed_s, command))
        future = self._core.submit(command)
        wait((future,), _MOST_S)
        return future

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """As CorePort says."""
        self._core.subscribe(listener)

    def translated(self, command: Command, before: list[str]) -> Command:
        """The command for this run: the hit that came as the same one here as in the run `before`."""
        names: Mapping[str, str] = dict(zip(before, self.hits, strict=False))
        own: dict[str, Any] = {
            f.name: names[getattr(command, f.name)]
            for f in fields(command)
            if f.name == "hit_id" and getattr(command, f.name) in names
        }
        return replace(command, **own)

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, HitRaised) and notice.hit.hit_id not in self.hits:
            self.hits.append(notice.hit.hit_id)
