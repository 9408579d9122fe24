"""Tools for whoever installs a car: what a reader's payload or a position receiver's words are understood as."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from devices.feeds.documents import PAYLOAD_MOST
from devices.feeds.intake import Intake
from devices.feeds.rendering import as_json
from devices.feeds.tables import load_feed
from devices.position.fixes import FixMaker, Sighting
from devices.position.gpsd import GpsdReader
from devices.position.nmea import LINE_MOST, NmeaReader
from devices.position.receiver import open_receiver
from devices.serial_port import PortLost, lines
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.position import PositionFix

Say = Callable[[str], None]
_CHUNK = 65_536


def read_feed_file(kind: str, path: Path, out: Say, err: Say) -> bool:
    """Write each read of a captured payload as a line of JSON to `out`, and what was refused to `err`.

    Returns whether nothing was refused. Raises BadInput for a kind or file that there is none of.
    """
    intake = Intake(load_feed(kind))
    try:
        with path.open("rb") as file:
            data = file.read(PAYLOAD_MOST + 1)
    except OSError as fault:
        raise BadInput(f"The file {path.name} can't be read.", "Check the path and its permissions.") from fault
    taken = intake.take(data)
    for one in taken.reads:
        out(as_json(one))
    for refusal in taken.refused:
        err(f"refused: {refusal.reason.value}: {refusal.words}")
    err(
        f"{len(taken.reads)} reads, {taken.repeats} repeats dropped, {taken.beats} signs of life, "
        f"{len(taken.refused)} refused, {intake.unclear} fields unclear"
    )
    return not taken.refused


def read_position(where: str, seconds: float | None, out: Say, err: Say) -> None:
    """Write each fix of a log (NMEA or gpsd's JSON) or of a receiver as a line of JSON to `out`.

    A log is read to its end: its fixes are as old as their own time says. A receiver is read for `seconds`, or until
    it is interrupted; its fix's age counts from its first byte. What was refused, and moments without a fix, are
    counted on `err`. Raises BadInput when `where` is neither.
    """
    path = Path(where)
    if _is_log(path):
        _read_log(path, out, err)
    else:
        _read_receiver(where, seconds, out, err)


def _is_log(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _read_log(path: Path, out: Say, err: Say) -> None:
    maker, nmea, gpsd = FixMaker(path.name), NmeaReader(), GpsdReader()
    without = 0
    for said in _log_sightings(path, nmea, gpsd):
        fix = maker.make(said)
        if fix.held:
            age_s = max(0.0, (datetime.now(UTC) - fix.time).total_seconds()) if fix.time else None
            out(_line(fix, age_s))
        else:
            without += 1
    _sum_up(err, without, maker.wild, [*nmea.faults.items(), *gpsd.faults.items()])


def _log_sightings(path: Path, nmea: NmeaReader, gpsd: GpsdReader) -> Iterator[Sighting]:
    try:
        with path.open("rb") as file:
            for line in lines(iter(lambda: file.read(_CHUNK), b""), 65_536):
                text = (line or b"").strip()
                said = gpsd.take(text) if text.startswith(b"{") else nmea.take(text[: LINE_MOST + 1])
                if said is not None:
                    yield said
    except OSError as fault:
        raise BadInput(f"The file {path.name} can't be read.", "Check its permissions.") from fault
    last = nmea.flush()
    if last is not None:
        yield last


def _read_receiver(where: str, seconds: float | None, out: Say, err: Say) -> None:
    receiver, maker = open_receiver(where), FixMaker(where)
    until = time.monotonic() + seconds if seconds is not None else None
    without = 0
    try:
        with closing(receiver.sightings()) as sightings:
            for said in sightings:
                fix = maker.make(said) if said is not None else None
                if fix is not None and fix.held:
                    out(_line(fix, fix.age_s))
                without += fix is not None and not fix.held
                if until is not None and time.monotonic() >= until:
                    break
    except PortLost as lost:
        raise MdtError(f"{lost}.", "Check the cable and the port's name.") from lost
    except KeyboardInterrupt:
        pass  # how a person ends it
    finally:
        _sum_up(err, without, maker.wild, list(receiver.reader.faults.items()))


def _line(fix: PositionFix, age_s: float | None) -> str:
    shown = {
        "time": fix.time.isoformat(timespec="milliseconds").replace("+00:00", "Z") if fix.time else None,
        "lat": round(fix.lat, 7) if fix.lat is not None else None,
        "lon": round(fix.lon, 7) if fix.lon is not None else None,
        "speed_mps": fix.speed_mps,
        "course": fix.course,
        "mode": int(fix.mode),
        "age_s": round(age_s, 3) if age_s is not None else None,
    }
    return json.dumps(shown)


def _sum_up(err: Say, without: int, wild: int, faults: Sequence[tuple[str, int]]) -> None:
    refused = ", ".join(f"{count} {name}" for name, count in sorted(faults)) or "none"
    err(f"moments without a fix: {without}; places not believed: {wild}; refused: {refused}")
