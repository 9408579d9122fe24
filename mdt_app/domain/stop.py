"""Stops: the one record that stands at the end of a passed gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
