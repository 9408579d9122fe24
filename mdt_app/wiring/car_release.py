"""A release on its way into the car: fetched in slices beside all other work, proved, and laid where root takes it.

The officer's program may not change itself: it can only drop what the maker signed, and the system's own service
proves it again before it puts it in force (`wiring/releases`).
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Protocol

import structlog

from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import FaultChanged, Notice
from mdt_app.sync.answers import HqRefused
from mdt_app.sync.release_wire import MANIFEST, ReleaseManifest, checked_release, numbers, require_newer
from mdt_app.sync.wire import SignedMessage

DROP = Path("/var/lib/patrol-mdt-updates")
SLICE = 1 << 20
"""Bytes that are fetched in one turn: the outbox does not wait for a release."""
_ASK_S = 3600.0

log = structlog.get_logger()


class Gives(Protocol):
    """Headquarters, as far as releases go."""

    def fetch_release(self, system: str) -> SignedMessage:
        """The newest release for this car. Raises HqRefused where there is none."""

    def fetch_release_part(self, system: str, sha256: str, start: int, most: int) -> bytes:
        """A part of its archive."""


class CarRelease:
    """Used by one thread, the sync's. `room` is the car's own folder, `drop` where root looks."""

    def __init__(
        self,
        client: Gives,
        release_key: str,
        system: str,
        room: Path,
        tell: Callable[[Notice], None],
        drop: Path = DROP,
        version: str = "",
    ) -> None:
        self._client, self._key, self._system, self._tell = client, release_key, system, tell
        self._room, self._drop = room, drop
        self._had = version or metadata.version("patrol-mdt")
        self._ask_at = 0.0
        self._wanted: tuple[ReleaseManifest, SignedMessage] | None = None
        self._refused = False

    def turn(self) -> str:
        """Go one step on; returns in words why a release is not believed. Raises HqUnreachable."""
        try:
            if self._wanted is None and time.monotonic() >= self._ask_at:
                self._wanted = self._offered()
                self._ask_at = time.monotonic() + _ASK_S
            if self._wanted is not None:
                self._fetch(*self._wanted)
        except HqRefused as fault:
            self._wanted, self._ask_at = None, time.monotonic() + _ASK_S
            return "" if fault.reason == "no_releases" else str(fault)
        except BadInput as fault:
            self._wanted, self._ask_at = None, time.monotonic() + _ASK_S
            log.error("release.refused", reason=fault.words)  # noqa: TRY400 - the words say it all
            self._say_refused(True)
            return str(fault)
        except OSError as fault:  # the car's records are worth more than a release: nothing else waits for it
            self._wanted, self._ask_at = None, time.monotonic() + _ASK_S
            log.warning("release.not_kept", error=type(fault).__name__)
            self._say_refused(True)
            return "A release can't be laid where the system takes it. It is tried again in an hour; tell IT."
        return ""

    def _say_refused(self, refused: bool) -> None:
        """In the status bar, and by the car's state at headquarters, until a release is taken or none is newer."""
        if refused:
            self._tell(FaultChanged("release", "Release refused", "tell IT", urgent=False))
        elif self._refused:
            self._tell(FaultChanged("release", ""))
        self._refused = refused

    def _offered(self) -> tuple[ReleaseManifest, SignedMessage] | None:
        signed = self._client.fetch_release(self._system)
        manifest = checked_release(signed, self._key)
        if numbers(manifest.version) == numbers(self._had):
            self._say_refused(False)
            return None
        require_newer(manifest, self._had, self._system)
        return manifest, signed

    def _fetch(self, manifest: ReleaseManifest, signed: SignedMessage) -> None:
        self._room.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._room / f"{manifest.sha256}.part"
        for other in self._room.glob("*.part"):
            if other != part:
                other.unlink()
        start = part.stat().st_size if part.exists() else 0
        if start < manifest.size:
            most = min(SLICE, manifest.size - start)
            piece = self._client.fetch_release_part(self._system, manifest.sha256, start, most)
            with part.open("ab") as file:
                file.write(piece[:most])
        if part.stat().st_size >= manifest.size:
            self._drop_it(part, manifest, signed)

    def _drop_it(self, part: Path, manifest: ReleaseManifest, signed: SignedMessage) -> None:
        with part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != manifest.sha256:
            part.unlink()
            raise BadInput("The release came damaged.", "It is fetched again.")
        archive = self._drop / f"{manifest.version}-{manifest.sha256[:12]}.tar"
        shutil.copyfile(part, archive)
        coming = archive.with_name(archive.name + ".draft")
        coming.write_text(signed.model_dump_json(), encoding="utf-8")
        coming.replace(archive.with_name(archive.name + MANIFEST))
        part.unlink()
        self._had, self._wanted, self._refused = manifest.version, None, False
        log.info("release.dropped", version=manifest.version)
        self._tell(FaultChanged("release", "New release", "at next start", urgent=False))


def follow_releases(
    client: Gives, release_key: str, system: Callable[[], str], folder: Path, tell: Callable[[Notice], None]
) -> tuple[Callable[[], str], ...]:
    """The turn that follows headquarters' releases; none where the settings name no key, or root takes none here."""
    if not release_key or not DROP.is_dir():
        return ()
    return (CarRelease(client, release_key, system(), folder / "release", tell).turn,)
