"""Stops: the one record that stands at the end of a passed gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mdt_app.domain.errors import Refused
from mdt_app.domain.gate import PassedGate


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop on a hit. It can be built only with the proof that the gate was passed (STP-2, STP-4)."""

    stop_id: str
    hit_id: str
    gate: PassedGate
    purpose: str
    user_id: str
    at: datetime

    def __post_init__(self) -> None:
        if self.gate.decision.hit_id != self.hit_id or not self.purpose or not self.user_id:
            raise Refused("stop_unfounded", "A stop needs its own hit's gate, a purpose and a person.")
