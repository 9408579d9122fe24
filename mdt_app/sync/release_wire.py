"""A release on its way to a machine: what the release's maker signed, and when it is not believed.

The key that signs releases is none of headquarters' own and stays off its machines: who breaks into headquarters can
hold releases back, and can't make one.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mdt_app.domain.errors import BadInput
from mdt_app.services.signing import Verifier
from mdt_app.sync.wire import Message, Moment, SignedMessage

MANIFEST = ".release.json"
"""What the manifest's name adds to its archive's."""
ARCHIVE_MOST = 2_000_000_000
"""Bytes that an archive may have: one without end fills no disk."""
_REMEDY = "The release in force stays; report it."


class ReleaseManifest(Message):
    """What is signed: the version, for which system, and the archive by its size (bytes) and SHA-256 (hex)."""

    version: Annotated[str, Field(pattern=r"^\d{1,4}(\.\d{1,4}){1,3}$")]
    system: Annotated[str, Field(pattern=r"^[a-z]+(-[0-9.]{1,8})?$")]
    size: Annotated[int, Field(gt=0, le=ARCHIVE_MOST)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    made_at: Moment


def numbers(version: str) -> tuple[int, ...]:
    """A version by its numbers, as versions are compared: 0.10 is after 0.9, and 1.0 is 1."""
    found = [int(part) for part in version.split(".")]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def checked_release(signed: SignedMessage, release_key: str) -> ReleaseManifest:
    """The manifest, if this key's holder signed it. Raises BadInput."""
    if not Verifier(release_key).holds(signed.content.encode(), bytes.fromhex(signed.signature)):
        raise BadInput("The release is not signed by its maker.", _REMEDY)
    try:
        return ReleaseManifest.model_validate_json(signed.content)
    except ValueError as fault:
        raise BadInput("The release's manifest can't be understood.", _REMEDY) from fault


def require_newer(manifest: ReleaseManifest, in_force: str, system: str) -> None:
    """Raise BadInput unless the release is for this system, and newer than the one in force: no way back."""
    if manifest.system != system:
        raise BadInput(f"The release is for {manifest.system}; this is {system}.", "Fetch the one for this system.")
    if numbers(manifest.version) <= numbers(in_force):
        words = f"The release {manifest.version} is not newer than {in_force}, which is in force."
        raise BadInput(words, "A release never goes back: a fault is mended by a newer one.")
