"""Signals of the car itself: lights, siren and ignition, as its wiring tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Signal(StrEnum):
    """What a car can tell of itself."""

    LIGHTS = "lights"
    SIREN = "siren"
    IGNITION = "ignition"


@dataclass(frozen=True, slots=True)
class CarSignal:
    """A signal that went on or off. `heard_at` is the system's UTC. It marks what happens; it stops no device."""

    device_id: str
    signal: Signal
    on: bool
    heard_at: datetime
