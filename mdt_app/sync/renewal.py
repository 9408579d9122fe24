"""The car's certificate renewed in time: a new key, asked for over the present identity, in use from the next start.

Headquarters ends the present certificate only once the new one is shown, so a cut at any point leaves an identity that
is let in. The new key is kept before it is asked with: a lost reply is asked for again with the same key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from mdt_app.domain.errors import BadInput
from mdt_app.services.device_keys import DeviceKey
from mdt_app.sync.client import HqClient, HqRefused
from mdt_app.sync.identity import CarIdentity, KeyVault, keep_identity
from mdt_app.sync.identity_wire import RenewalDone

RENEW_DAYS = 60
"""A certificate with less left is renewed at the next contact."""
_KEY = "next key"

log = structlog.get_logger()


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Renewal:
    """Renews one car's identity; called from the sync's thread before each pull."""

    def __init__(
        self, client: HqClient, vault: KeyVault, identity: CarIdentity, now: Callable[[], datetime] = _utc_now
    ) -> None:
        self._client, self._vault, self._identity, self._now = client, vault, identity, now
        self._ends = x509.load_pem_x509_certificate(identity.certificate.encode()).not_valid_after_utc
        self._done = False

    def turn(self) -> str:
        """Renew when it is time; return words for the screen where that fails. Raises HqUnreachable."""
        if self._done or self._ends - self._now() > timedelta(days=RENEW_DAYS):
            return ""
        try:
            self._renew()
        except (HqRefused, BadInput) as fault:
            log.warning("identity.not_renewed", reason=getattr(fault, "reason", "not_right"))
            return f"This car's certificate ends on {self._ends:%Y-%m-%d} and could not be renewed. Tell IT."
        return ""

    def _renew(self) -> None:
        key = self._next_key()
        answer = self._client.renew(key.request())
        _require_right(answer, key, self._identity)
        package_key = answer.package_key or self._identity.package_key
        following = replace(self._identity, certificate=answer.certificate, key=key, package_key=package_key)
        keep_identity(self._vault, following)
        self._vault.write(_KEY, b"")
        self._done = True
        log.info("identity.renewed", car=self._identity.car_id)

    def _next_key(self) -> DeviceKey:
        if kept := self._vault.read(_KEY):
            return DeviceKey.from_der(kept)
        key = DeviceKey.new()
        self._vault.write(_KEY, key.to_der())
        return key


def _require_right(answer: RenewalDone, key: DeviceKey, identity: CarIdentity) -> None:
    """Raise BadInput unless the agency's authority has certified this very key."""
    try:
        issued = x509.load_pem_x509_certificate(answer.certificate.encode())
        issued.verify_directly_issued_by(x509.load_pem_x509_certificate(identity.authority.encode()))
    except (ValueError, TypeError, InvalidSignature) as fault:
        raise BadInput("The new certificate is not the agency's.", "It is not used; report it.") from fault
    if issued.public_key() != key.private.public_key():
        raise BadInput("The new certificate is for another key.", "It is not used; report it.")
