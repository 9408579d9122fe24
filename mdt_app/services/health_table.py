"""The health table: each device with the rate it promised, its state and its last word; kept where the doctor looks.

It holds no plate, no name and no picture. The file is replaced whole, so that a reader never finds a half.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from mdt_app.domain.devices import DeviceHealth, DeviceState
from mdt_app.services.doctor import Judged, State

FILE = "health.json"
EVERY_S = 2.0
"""How often the file is written at most."""
SILENT_AFTER_S = 15.0
"""A table that is older was left behind by an application that does not run."""
_DO = {
    DeviceState.SILENT: (State.FAIL, "It is started anew by itself; if that does not help, check its power and cable."),
    DeviceState.FAULT: (State.FAIL, "Do what it says; then check its power, cable and address."),
    # A file that is played through is no fault, but nothing is read any more.
    DeviceState.ENDED: (
        State.WARN,
        "It reads no more. Start the application again, or give it a camera in the settings.",
    ),
}


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One device. `rate_hz`: how often it promises a word; `said_at`: its last one, UTC."""

    device_id: str
    kind: str
    state: str
    detail: str
    rate_hz: float
    said_at: str
    frames: int
    read: int
    skipped: int
    unreadable: int
    pictures_hz: float


class HealthTable:
    """Collects the words of all devices. `rates`: what each promises, in words a second."""

    def __init__(self, path: Path, rates: Mapping[str, float]) -> None:
        self._path, self._rates = path, rates
        self._rows: dict[str, HealthRow] = {}
        self._lock = threading.Lock()

    def hear(self, health: DeviceHealth, now: datetime) -> None:
        """Take a device's word."""
        row = HealthRow(
            health.device_id,
            health.kind.value,
            health.state.value,
            health.detail,
            self._rates.get(health.device_id, 0.0),
            now.isoformat(timespec="seconds"),
            health.frames,
            health.read,
            health.skipped,
            health.unreadable,
            round(health.rate_hz, 1),
        )
        with self._lock:
            self._rows[health.device_id] = row

    def write(self, now: datetime) -> None:
        """Put the table where the doctor finds it. Raises OSError."""
        with self._lock:
            rows = [asdict(row) for row in self._rows.values()]
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps({"at": now.isoformat(timespec="seconds"), "devices": rows}), encoding="utf-8")
        os.replace(beside, self._path)


def read_table(path: Path) -> tuple[datetime, tuple[HealthRow, ...]] | None:
    """Return when the table was written, and its rows; None when there is none that can be read."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return datetime.fromisoformat(held["at"]), tuple(HealthRow(**row) for row in held["devices"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def judged(row: HealthRow, written_at: datetime, now: datetime) -> Judged:
    """Judge one device by its row."""
    said = f"{row.state}, last word {row.said_at}, promised {row.rate_hz:g} a second"
    counts = f"; {row.frames} in, {row.read} read, {row.skipped} skipped, {row.unreadable} unreadable"
    found = said + (counts if row.frames else "") + (f"; {row.detail}" if row.detail else "")
    if (now - written_at).total_seconds() > SILENT_AFTER_S:
        return Judged(State.UNKNOWN, f"the application does not run; then: {found}", "Start the application.")
    state, do = _DO.get(DeviceState(row.state), (State.OK, ""))
    return Judged(state, found, do)


def parts(table: tuple[datetime, Sequence[HealthRow]] | None, now: datetime) -> Mapping[str, Judged]:
    """Judge every device of a table, by its name."""
    if table is None:
        return {"devices": Judged(State.UNKNOWN, "no word of any device", "Start the application once.")}
    written_at, rows = table
    return {f"{row.kind} {row.device_id}": judged(row, written_at, now) for row in rows}
