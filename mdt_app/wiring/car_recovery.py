"""The car's recovery.json: sealed for the agency's recovery keys, and kept at headquarters without anybody's doing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cache.recovery import FILE, add_recipient, recipients
from cache.vault import StoreVault
from mdt_app.domain.errors import BadInput
from mdt_app.sync.client import HqRefused

_SENT = "recovery sent"


def seal_for_agency(folder: Path, recovery_keys: Sequence[str], store_key: bytes) -> None:
    """Let the agency's recovery keys (X25519, hex) open this store in need; those that can already stay as they are."""
    for public in recovery_keys:
        if public not in recipients(folder):
            add_recipient(folder, public, store_key)


class RecoveryEscrow:
    """Sends recovery.json whenever it differs from what headquarters has: after a new recipient, after a new key."""

    def __init__(self, folder: Path, vault: StoreVault, put: Callable[[Mapping[str, Sequence[str]]], None]) -> None:
        self._path, self._vault, self._put = folder / FILE, vault, put
        self._sent = vault.read(_SENT) or b""

    def turn(self) -> str:
        """Called in the sync's thread before each pull; returns words where headquarters did not take it.

        Raises HqUnreachable. A refusal keeps nothing else from being sent.
        """
        content = self._path.read_bytes() if self._path.exists() else b""
        digest = hashlib.sha256(content).digest()
        if content and digest != self._sent:
            try:
                self._put(json.loads(content))
            except (BadInput, HqRefused) as fault:
                return f"The recovery key was not taken: {fault}"
            self._vault.write(_SENT, digest)
            self._sent = digest
        return ""
