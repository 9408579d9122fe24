"""What other cars of the agency do now that an officer nearby has to know: stops that went before their steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mdt_app.domain.reads import Position


@dataclass(frozen=True, slots=True)
class ExigentStop:
    """Another car's stop under exigent circumstances: whose, since when (UTC), and where it was, if that is known.

    Neither plate nor person is told: the place alone is what an officer nearby needs.
    """

    stop_id: str
    car_id: str
    at: datetime
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class ElsewhereTold:
    """A notice: headquarters has told which exigent stops of other cars are under way, the newest first."""

    stops: tuple[ExigentStop, ...] = ()
