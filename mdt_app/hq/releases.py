"""Headquarters' folder of signed releases, and which cars may have which: some cars first, then all.

A release is its archive with the maker's manifest beside it. Beside both a file ARCHIVE.cars can name the cars that may
have it, one a line; without it all may. Headquarters holds no key that could make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog

from mdt_app.sync.release_wire import MANIFEST, ReleaseManifest, numbers
from mdt_app.sync.wire import SignedMessage

_CARS = ".cars"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Held:
    """A release as it lies here."""

    archive: Path
    signed: SignedMessage
    manifest: ReleaseManifest


def newest_for(folder: Path, car_id: str, system: str) -> Held | None:
    """The newest release that this car may have, None where there is none. What can't be read is logged and no more."""
    held = [one for path in folder.glob(f"*{MANIFEST}") if (one := _read(path)) and one.manifest.system == system]
    allowed = [one for one in held if _may_have(one.archive, car_id)]
    return max(allowed, key=lambda one: numbers(one.manifest.version), default=None)


def _read(path: Path) -> Held | None:
    archive = path.with_name(path.name.removesuffix(MANIFEST))
    try:
        signed = SignedMessage.model_validate_json(path.read_bytes())
        manifest = ReleaseManifest.model_validate_json(signed.content)
        whole = archive.stat().st_size == manifest.size
    except (OSError, ValueError) as fault:
        log.warning("release.not_readable", error=type(fault).__name__)
        return None
    return Held(archive, signed, manifest) if whole else None


def _may_have(archive: Path, car_id: str) -> bool:
    try:
        return car_id in archive.with_name(archive.name + _CARS).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return True
    except (OSError, ValueError) as fault:
        log.warning("release.cars_not_readable", error=type(fault).__name__)
        return False
