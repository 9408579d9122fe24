"""The doctor's probes on a car's folder."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from platformdirs import user_data_path

from cache.recovery import recipients
from cache.reserve import Room
from cache.store import StoreReader
from mdt_app.domain.equipment import standings
from mdt_app.domain.retention import DAY_S
from mdt_app.services import crash_notes, doctor, health_table
from mdt_app.services.clock import SystemClock
from mdt_app.services.doctor import Check, Judged, Probe, State
from mdt_app.services.policies import load_policy
from mdt_app.services.settings import CameraSettings, CarSettings, own_settings
from mdt_app.wiring.store_tools import Passphrase, Place, opened

_NEEDED = 512 << 20
"""A shift's reads and pictures fit into this with room to spare."""


def examine_car(
    folder: Path | None, settings_path: Path | None, *, key_file: bool, passphrase: Passphrase, deep: bool
) -> tuple[Check, ...]:
    """Check every part that is here; `deep` also reads every page of the store.

    Without a folder it is the one of the settings, which are then needed. Raises BadInput when they can't be read.
    """
    settings = own_settings(settings_path) if settings_path or folder is None else None
    if folder is None and settings:
        folder = user_data_path("patrol-mdt") / settings.car_id
    return _examine(Place(folder or Path(), key_file, passphrase), settings, deep=deep)


def _examine(place: Place, settings: CarSettings | None, *, deep: bool) -> tuple[Check, ...]:
    with ExitStack() as stack:
        reader: StoreReader | None = None

        def store() -> Judged:
            nonlocal reader
            found, reader = stack.enter_context(opened(place))
            return _store(found.findings, reader.counts()["reads"])

        first = doctor.examine({"key": lambda: _key(place), "store": store, "disk": lambda: _disk(place.folder)})
        probes = _store_probes(place, reader, settings, deep) if reader else {}
        return (*first, *doctor.examine(probes), *doctor.examine(_devices(place.folder, settings)))


def _store_probes(place: Place, reader: StoreReader, settings: CarSettings | None, deep: bool) -> dict[str, Probe]:
    policy_id, overlays = (settings.policy, settings.policy_overlays) if settings else ("postc", ())
    now = SystemClock().now()
    probes: dict[str, Probe] = {
        "reserve": lambda: _reserve(place.folder),
        "recovery": lambda: _recovery(place.folder),
        "clock": lambda: doctor.clock(now, reader.time().told_at, reader.trail.newest()),
        "policy": lambda: _policy(policy_id, overlays),
        "lists": lambda: doctor.lists(reader.lists(), now, load_policy(policy_id, overlays).list_warn_hours),
        "outbox": lambda: doctor.outbox(reader.outbox.count(), reader.parked()),
        "retention": lambda: _retention(reader, load_policy(policy_id, overlays).retention.days.value),
        "audit": lambda: _audit(reader),
        "equipment": lambda: _equipment(reader),
        "crashes": lambda: _crashes(place.folder),
    }
    return {**probes, "pages": lambda: _pages(reader)} if deep else probes


def _devices(folder: Path, settings: CarSettings | None) -> dict[str, Probe]:
    """Every device of the car as the application last wrote it down, a camera with what the agency's books say."""
    found = dict(health_table.parts(health_table.read_table(folder / health_table.FILE), SystemClock().now()))
    for name in _configured(settings) if settings else ():
        found.setdefault(name, Judged(State.UNKNOWN, "no word of it", "Start the application with these settings."))
    for camera in settings.cameras if settings else ():
        name = f"camera {camera.id}"
        found[name] = replace(found[name], found="; ".join((found[name].found, _booked(camera))))
    return {name: partial(_as_found, judged) for name, judged in found.items()}


def _configured(settings: CarSettings) -> tuple[str, ...]:
    """Every device that the settings ask for, as its row is named: one that never spoke has no row of its own."""
    others = {"feed feeds": settings.feeds, "position position": settings.position, "signal signals": settings.signals}
    return (*(f"camera {camera.id}" for camera in settings.cameras), *(name for name, asked in others.items() if asked))


def _booked(camera: CameraSettings) -> str:
    wide = f"{camera.field_of_view_deg:g} degrees" if camera.field_of_view_deg else ""
    lane = f"lane {camera.lane}" if camera.lane else ""
    return ", ".join(filter(None, (camera.kind.value, camera.place, lane, wide, camera.agency_number)))


def _as_found(judged: Judged) -> Judged:
    return judged


def _store(findings: tuple[str, ...], reads: int) -> Judged:
    if findings:
        return Judged(State.FAIL, findings[0], "Report this: the store or its log was damaged or replaced.")
    return Judged(State.OK, f"opens, {reads} reads")


def _key(place: Place) -> Judged:
    place.key()
    if place.key_file:
        return Judged(State.WARN, "in a file of the folder", "For demonstrations only: use the system's keyring.")
    return Judged(State.OK, "kept as recorded")


def _crashes(folder: Path) -> Judged:
    """A power cut counts as well; the run that goes on now does not."""
    if count := crash_notes.unended(folder):
        words = f"{count} runs ended without an orderly end"
        return Judged(State.WARN, words, f"Send {crash_notes.FILE} to support: no plate or name is in it.")
    return Judged(State.OK, "every run ended in order")


def _disk(folder: Path) -> Judged:
    usage = shutil.disk_usage(folder)
    return doctor.room(usage.free, usage.total, _NEEDED)


def _reserve(folder: Path) -> Judged:
    path = folder / "store.reserve"
    if not path.exists():
        return Judged(State.WARN, "no reserve is kept back", "Make room on the disk; it comes back by itself.")
    whole = path.stat().st_size >= Room().reserve
    return Judged(State.OK if whole else State.WARN, f"{path.stat().st_size >> 20} MiB kept back for a full disk")


def _recovery(folder: Path) -> Judged:
    count = len(recipients(folder))
    if count:
        return Judged(State.OK, f"{count} can recover the store's key")
    do = "Run 'mdt store recovery-key' and lock its sheet away, or 'mdt store escrow' for headquarters."
    return Judged(State.WARN, "nobody can recover the store's key", do)


def _policy(policy_id: str, overlays: tuple[str, ...]) -> Judged:
    policy = load_policy(policy_id, overlays)
    named = f"{policy.name}, version {policy.version}"
    if policy.effective is None:
        return Judged(State.WARN, f"{named}; no effective date", "The agency sets its dates in the policy's file.")
    due = policy.review_due is not None and policy.review_due < SystemClock().now().date()
    return Judged(State.WARN if due else State.OK, named, "The policy's review is due." if due else "")


def _retention(reader: StoreReader, days: int) -> Judged:
    outlook = reader.outlook(days * DAY_S)
    late = outlook.would_go.reads + outlook.would_go.hits
    found = f"{late} expired records are left, {outlook.preserved} are held for cases; the policy keeps {days} days"
    do = "They go while the application runs; a car that never runs keeps them."
    return Judged(State.WARN if late else State.OK, found, do if late else "")


def _audit(reader: StoreReader) -> Judged:
    verdict = reader.verify_audit()
    if verdict.wrong_sequence is None:
        return Judged(State.OK, f"{verdict.rows} rows hang together, the signed head holds")
    return Judged(State.FAIL, verdict.words, "Report this at once: the trail was changed.")


def _equipment(reader: StoreReader) -> Judged:
    """What a check put out of service (EQP-2)."""
    standing = standings(reader.equipment()).values()
    out = [f"{one.equipment_id} ({', '.join(sorted(one.failed))})" for one in standing if one.out_of_service]
    if not out:
        return Judged(State.OK, "nothing is out of service")
    do = "Have it repaired and checked again: a camera's reads raise no alert until then."
    return Judged(State.WARN, f"out of service: {'; '.join(out)}", do)


def _pages(reader: StoreReader) -> Judged:
    damage = reader.damage()
    if damage:
        return Judged(State.FAIL, damage[0], "Copy the folder as it is, and report this.")
    return Judged(State.OK, "every page of the store is whole")
