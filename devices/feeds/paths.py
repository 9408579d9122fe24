"""Paths into an event: 'best_plate.candidates', 'vehicle.color.0.name', 'PlateAnalytics.[Key=State Name].Value'."""

from __future__ import annotations

from collections.abc import Sequence

EMPTY: tuple[object, ...] = (None, "", "-", [], {})
"""What readers send for 'nothing'."""


def find(paths: Sequence[str], item: object, event: object) -> object:
    """Return the first value that is there and not empty, else None.

    A path starts at the read's own part of the event; with '^' before it, at the whole event.
    """
    for path in paths:
        value = _walk(path.removeprefix("^"), event if path.startswith("^") else item)
        if value not in EMPTY:
            return value
    return None


def _walk(path: str, value: object) -> object:
    for step in path.split(".") if path else ():
        value = _step(step, value)
        if value is None:
            return None
    return value


def _step(step: str, value: object) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if not isinstance(value, list):
        return None
    if step.startswith("["):
        name, _, wanted = step[1:-1].partition("=")
        return next((one for one in value if isinstance(one, dict) and one.get(name) == wanted), None)
    return value[int(step)] if step.isascii() and step.isdigit() and int(step) < len(value) else None
