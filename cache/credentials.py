"""The store's key as the system's service manager gives it to a service: a credential, sealed to this machine at rest.

Headquarters runs as a service without anybody who could unlock a keyring; systemd decrypts the key with the machine's
own secret or its TPM, and shows it to this one service alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cache.keepers import CURRENT
from mdt_app.domain.errors import BadInput

CREDENTIAL_BACKEND = "service credential"
NAME = "patrol-mdt-key"
_FOLDER = "CREDENTIALS_DIRECTORY"
_REMEDY = "Make it anew as docs/install.md says."
_KEY = 32


@dataclass(frozen=True, slots=True)
class CredentialKeeper:
    """One key, 64 hexadecimal digits in a file that only the service can read. It can't be changed from here."""

    file: Path

    @property
    def name(self) -> str:
        """The fixed name of this kind."""
        return CREDENTIAL_BACKEND

    def get(self, slot: str) -> bytes | None:
        """The key; there is no next one. Raises BadInput for a file that holds no key."""
        if slot != CURRENT:
            return None
        try:
            raw = bytes.fromhex(self.file.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as fault:
            raise BadInput("The service's credential can't be read.", _REMEDY) from fault
        if len(raw) != _KEY:
            raise BadInput("The service's credential is no key.", _REMEDY)
        return raw

    def put(self, slot: str, raw: bytes) -> None:  # noqa: ARG002 - as keepers have it
        """Raise BadInput: the service manager alone gives this key."""
        raise BadInput("A service's key can't be changed by the service.", "Stop it, then see docs/install.md.")

    def remove(self, slot: str) -> None:
        """Nothing: what the service manager gives ends with the service."""


def credential_keeper() -> CredentialKeeper | None:
    """The keeper of the credential that this service was given, None where it was given none."""
    folder = os.environ.get(_FOLDER)
    file = Path(folder) / NAME if folder else None
    return CredentialKeeper(file) if file and file.exists() else None
