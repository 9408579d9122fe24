"""The second factor: time-based codes (TOTP, RFC 6238), and codes that release a locked account without a link."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

import pyotp

STEP_S = 30
"""Seconds that a code holds."""

_DIGITS = 10


class TotpSecondFactor:
    """Codes of six digits, 30 seconds each; a neighbouring step is taken, since clocks differ."""

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step that this code belongs to, the present one or a neighbour; None when it is wrong."""
        if not secret:
            return None
        totp = pyotp.TOTP(secret, interval=STEP_S)
        for offset in (0, -1, 1):
            at = now + timedelta(seconds=offset * STEP_S)
            if _same(totp.at(at), code):
                return int(at.timestamp()) // STEP_S
        return None

    def challenge(self) -> str:
        """A new challenge, for a release code to answer."""
        return f"{secrets.randbelow(10**8):08d}"

    def releases(self, secret: bytes, user_id: str, challenge: str, code: str) -> bool:
        """True when headquarters made this code for this user's challenge."""
        return bool(challenge) and _same(release_code(secret, user_id, challenge), code)


def new_secret() -> str:
    """A new secret of 160 bits in base32."""
    return pyotp.random_base32()


def enrolment_address(secret: str, user_id: str) -> str:
    """The otpauth:// address by which an authenticator takes the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=user_id, issuer_name="Patrol MDT")


def present_code(secret: str) -> str:
    """The code of this moment, for demonstrations."""
    return code_at(secret, datetime.now(UTC))


def code_at(secret: str, now: datetime) -> str:
    """The code of another clock's moment (UTC), for drills."""
    return pyotp.TOTP(secret, interval=STEP_S).at(now)


def release_code(secret: bytes, user_id: str, challenge: str) -> str:
    """The code of ten digits that opens this user's lock in the car that holds the secret."""
    mac = hmac.new(secret, f"{user_id}\n{challenge}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mac[:8], 'big') % 10**_DIGITS:0{_DIGITS}d}"


def _same(right: str, given: str) -> bool:
    """Compare in a time that tells nothing; whatever was typed is bytes."""
    return hmac.compare_digest(right.encode(), given.strip().encode("utf-8", "replace"))
