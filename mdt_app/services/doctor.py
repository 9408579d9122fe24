"""The doctor: one table of checks, each with its state, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mdt_app.domain.errors import MdtError
from mdt_app.domain.hotlist import HotList

_MIB = 1 << 20
_CLOCK_OFF = timedelta(minutes=2)
_OWED_MANY = 5_000


class State(StrEnum):
    """How one part is. WARN can wait for the end of the shift, FAIL can't."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One part: its state, what was found, and what to do (empty when all is well)."""

    part: str
    state: State
    found: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a probe found of its part."""

    state: State
    found: str
    do: str = ""


Probe = Callable[[], Judged]


def examine(probes: Mapping[str, Probe]) -> tuple[Check, ...]:
    """Run every probe; one that raises is its part's failure and keeps no other from being run."""
    return tuple(_one(part, probe) for part, probe in probes.items())


def table(checks: Sequence[Check]) -> tuple[str, ...]:
    """The checks as lines for people, what to do indented below."""
    wide = max(len(check.part) for check in checks)
    lines: list[str] = []
    for check in checks:
        lines.append(f"{check.state.value:8}{check.part:{wide}}  {check.found}")
        if check.do:
            lines.append(f"{'':8}{'':{wide}}  -> {check.do}")
    return tuple(lines)


def as_json(checks: Sequence[Check]) -> dict[str, object]:
    """The checks as plain JSON values, with the worst state of all."""
    return {"state": worst(checks).value, "checks": [asdict(check) for check in checks]}


def worst(checks: Sequence[Check]) -> State:
    """The worst state: FAIL before WARN before UNKNOWN before OK."""
    order = (State.FAIL, State.WARN, State.UNKNOWN)
    return next((state for state in order if any(check.state is state for check in checks)), State.OK)


def room(free: int, total: int, needed: int) -> Judged:
    """Judge the disk's free room, in bytes; below `needed` the car would soon stop to record."""
    found = f"{free // _MIB} MiB free of {total // _MIB} MiB"
    if free < needed:
        return Judged(State.FAIL, found, f"Remove files until {needed // _MIB} MiB are free.")
    if free < 10 * needed:
        return Judged(State.WARN, found, "Remove files soon.")
    return Judged(State.OK, found)


def clock(now: datetime, told_at: datetime | None, newest_record: datetime | None) -> Judged:
    """Judge the time of day by headquarters' last word and by the newest record: a clock can't be before either."""
    latest = max((t for t in (told_at, newest_record) if t is not None), default=None)
    if latest is not None and now < latest - _CLOCK_OFF:
        behind = int((latest - now).total_seconds() // 60)
        return Judged(State.FAIL, f"{behind} minutes before the newest record", "Set the computer's clock.")
    if told_at is None:
        return Judged(State.UNKNOWN, "headquarters has not told the time yet", "Connect the car to headquarters.")
    return Judged(State.OK, f"headquarters last told the time at {told_at:%Y-%m-%d %H:%M} UTC")


def lists(known: Sequence[HotList], now: datetime, warn_hours: int) -> Judged:
    """Judge the hot lists by the age of the oldest."""
    if not known:
        return Judged(State.FAIL, "no hot list", "Connect the car to headquarters: without a list nothing alerts.")
    oldest = min(known, key=lambda hotlist: hotlist.extracted_at)
    hours = (now - oldest.extracted_at).total_seconds() / 3600
    found = f"{len(known)} lists, the oldest ({oldest.name}) {hours:.0f} hours old"
    stale = hours > warn_hours
    return Judged(State.WARN if stale else State.OK, found, "Connect the car to headquarters." if stale else "")


def outbox(waiting: int, parked: int) -> Judged:
    """Judge what is still owed to headquarters."""
    found = f"{waiting} records wait for headquarters, {parked} were refused by it"
    if parked:
        return Judged(State.FAIL, found, "Report the refused records to the Administrator; they are kept.")
    if waiting > _OWED_MANY:
        return Judged(State.WARN, found, "Connect the car to headquarters.")
    return Judged(State.OK, found)


def _one(part: str, probe: Probe) -> Check:
    try:
        judged = probe()
    except MdtError as error:
        judged = Judged(State.FAIL, error.words, error.remedy)
    except Exception as error:  # noqa: BLE001 - the doctor examines the sick: nothing may keep it from the next part
        judged = Judged(State.FAIL, f"can't be examined ({type(error).__name__})", "Report this.")
    return Check(part, judged.state, judged.found, judged.do)
