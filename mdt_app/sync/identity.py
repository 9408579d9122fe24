"""Who this car is on the link: its device key, certificates and token, kept in a vault that the car's store gives."""

from __future__ import annotations

import base64
import json
import ssl
from dataclasses import dataclass, field
from typing import Protocol

from mdt_app.domain.errors import BadInput
from mdt_app.services.device_keys import DeviceKey
from mdt_app.services.tls import car_context

_NAME = "identity"
_REMEDY = "Enrol the car again: 'mdt hq enrol' at headquarters, then 'mdt enrol' here."


class KeyVault(Protocol):
    """Where secrets are kept encrypted: nothing of them is ever in a plain file."""

    def read(self, name: str) -> bytes | None:
        """Return what is kept under this name, None when nothing is."""

    def write(self, name: str, value: bytes) -> None:
        """Keep this under the name, in the place of what was there; it is durable on return."""


@dataclass(frozen=True, slots=True)
class CarIdentity:
    """An enrolled car. Certificates are PEM; `headquarters_key` checks what headquarters signs.

    `package_key` (X25519, hex) is what packages carried by hand are sealed for; empty in an older enrolment.
    """

    car_id: str
    ori: str
    headquarters: str
    headquarters_key: str
    authority: str
    certificate: str
    token: str = field(repr=False)
    key: DeviceKey = field(repr=False)
    package_key: str = ""

    def context(self) -> ssl.SSLContext:
        """The TLS context by which this car and headquarters know each other."""
        return car_context(self.authority, self.certificate, self.key)

    def settings_lines(self) -> tuple[str, ...]:
        """The lines of car.toml that follow from the enrolment."""
        names = ("car_id", "ori", "headquarters", "headquarters_key")
        return tuple(f'{name} = "{getattr(self, name)}"' for name in names)


_TEXTS = ("car_id", "ori", "headquarters", "headquarters_key", "authority", "certificate", "token")


def keep_identity(vault: KeyVault, identity: CarIdentity) -> None:
    """Put the identity in the vault."""
    content = {name: getattr(identity, name) for name in _TEXTS}
    content["package_key"] = identity.package_key
    content["key"] = base64.b64encode(identity.key.to_der()).decode()
    vault.write(_NAME, json.dumps(content).encode())


def kept_identity(vault: KeyVault) -> CarIdentity | None:
    """Return the identity that the vault holds, None before the enrolment. Raises BadInput when it is damaged."""
    content = vault.read(_NAME)
    if content is None:
        return None
    try:
        kept = json.loads(content)
        key = DeviceKey.from_der(base64.b64decode(kept["key"]))
        texts = {name: str(kept[name]) for name in _TEXTS}
        return CarIdentity(**texts, key=key, package_key=str(kept.get("package_key", "")))
    except (ValueError, KeyError, TypeError) as fault:
        raise BadInput("This car's identity can't be read.", _REMEDY) from fault
