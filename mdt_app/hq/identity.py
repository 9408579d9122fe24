"""Who calls: bearer tokens of cars and of desks, kept as hashes only, and the enrolled device behind a car's."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from mdt_app.domain.accounts import Role
from mdt_app.hq.store import Store
from mdt_app.hq.tables import accounts, devices, identity_refusals, renewals, tokens

_TOKEN_BYTES = 32
_WITH_DEVICE = ("car", "agency")


class Kind(StrEnum):
    """The kinds of caller. A reader is a fixed or portable camera with no car around it.

    At the vendor's store the agency's headquarters is a caller, too.
    """

    CAR = "car"
    DESK = "desk"
    READER = "reader"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Device:
    """A car's enrolled device: SHA-256 of its certificate (hex), its public key (DER), and whether it was revoked.

    `coming` is the SHA-256 of the certificate that was issued to follow it, empty when none was.
    """

    fingerprint: str
    public_key: bytes
    revoked: bool
    coming: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller whose token is known. `holder` is the car's id or the desk's user id; a car has no role.

    `token` is the token's hash, `session` that of the desk's session which was shown with it: a proof of identity
    belongs to both. `suspended`: a desk's person has an account, and it is not in force.
    """

    kind: Kind
    holder: str
    role: Role | None = None
    device: Device | None = None
    token: str = ""
    suspended: bool = False
    session: str = ""


def issue_token(store: Store, identity: Identity) -> str:
    """Make a new token for a caller and return it; it is shown this once. An older one of the same caller ends."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with store.writing() as connection:
        connection.execute(delete(tokens).where(tokens.c.kind == identity.kind, tokens.c.holder == identity.holder))
        connection.execute(
            insert(tokens).values(
                token_sha256=token_hash(token),
                kind=identity.kind.value,
                holder=identity.holder,
                role=identity.role.value if identity.role else "",
                issued_at=datetime.now(UTC),
            )
        )
    return token


def identify(store: Store, token: str) -> Identity | None:
    """Return whose token this is, None when nobody's."""
    of_car = (devices.c.car_id == tokens.c.holder) & tokens.c.kind.in_(_WITH_DEVICE)
    query = select(tokens, devices.c.fingerprint, devices.c.public_key, devices.c.revoked_at)
    query = query.add_columns(renewals.c.fingerprint.label("coming"), accounts.c.active)
    of_desk = (accounts.c.user_id == tokens.c.holder) & (tokens.c.kind == Kind.DESK.value)
    joined = tokens.outerjoin(devices, of_car).outerjoin(renewals, renewals.c.car_id == devices.c.car_id)
    query = query.select_from(joined.outerjoin(accounts, of_desk)).where(tokens.c.token_sha256 == token_hash(token))
    with store.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    role = Role(row.role) if row.role else None
    return Identity(Kind(row.kind), row.holder, role, _device(row), row.token_sha256, row.active is False)


def note_refusal(store: Store, holder: str, reason: str) -> None:
    """Put on record that an identity was turned away. `holder` is empty where nobody is known."""
    now = datetime.now(UTC)
    key = {"day": now.date().isoformat(), "holder": holder, "reason": reason}
    known = [identity_refusals.c[name] == value for name, value in key.items()]
    again = update(identity_refusals).where(*known).values(times=identity_refusals.c.times + 1, last_at=now)
    with store.writing() as connection:
        if connection.execute(again).rowcount:
            return
        try:
            with connection.begin_nested():
                connection.execute(insert(identity_refusals).values(**key, times=1, last_at=now))
        except IntegrityError:  # another request noted the day's first one at the same time
            connection.execute(again)


def _device(row: Any) -> Device | None:
    if row.fingerprint is None:
        return None
    return Device(row.fingerprint, row.public_key, row.revoked_at is not None, row.coming or "")


def token_hash(token: str) -> str:
    """Return the hash by which a token is known."""
    # 32 random bytes can't be guessed, so a fast hash without salt is enough here; passwords have Argon2id.
    return hashlib.sha256(token.encode()).hexdigest()
