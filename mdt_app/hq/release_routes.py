"""Releases of the program on their way to cars: headquarters says which car may have which, and signs none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import FileResponse

from mdt_app.hq import releases
from mdt_app.hq.access import CAR, Rejected, admit
from mdt_app.hq.identity import Identity
from mdt_app.sync.wire import PREFIX, Digest, Identifier, SignedMessage

router = APIRouter(prefix=f"{PREFIX}/cars/{{car_id}}/releases")
Car = Annotated[Identity, Depends(admit(CAR))]


def folder_of(request: Request) -> Path:
    """Where headquarters' releases lie."""
    folder: Path | None = request.app.state.settings.releases
    if folder is None:
        raise Rejected(404, "no_releases", "This headquarters gives out no releases.")
    return folder


@router.get("/{system}")
def newest(system: Identifier, car: Car, folder: Annotated[Path, Depends(folder_of)]) -> SignedMessage:
    """Return the newest release that this car may have on its system, as its maker signed it."""
    found = releases.newest_for(folder, car.holder, system)
    if found is None:
        raise Rejected(404, "no_releases", "There is no release for this car and system.")
    return found.signed


@router.get("/{system}/{sha256}")
def archive(system: Identifier, sha256: Digest, car: Car, folder: Annotated[Path, Depends(folder_of)]) -> FileResponse:
    """Return the release's archive, or the part of it that is asked for (Range)."""
    found = releases.newest_for(folder, car.holder, system)
    if found is None or found.manifest.sha256 != sha256:
        raise Rejected(404, "no_releases", "There is no such release for this car.")
    return FileResponse(found.archive, media_type="application/octet-stream")
