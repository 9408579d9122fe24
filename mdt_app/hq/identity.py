"""Who calls: bearer tokens of cars and of desks, kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import delete, insert, select

from mdt_app.domain.accounts import Role
from mdt_app.hq.store import Store
from mdt_app.hq.tables import tokens

_TOKEN_BYTES = 32


class Kind(StrEnum):
    """The two kinds of caller."""

    CAR = "car"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller whose token is known. `holder` is the car's id or the desk's name; a car has no role."""

    kind: Kind
    holder: str
    role: Role | None = None


def issue_token(store: Store, identity: Identity) -> str:
    """Make a new token for a caller and return it; it is shown this once. An older one of the same caller ends."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with store.writing() as connection:
        connection.execute(delete(tokens).where(tokens.c.kind == identity.kind, tokens.c.holder == identity.holder))
        connection.execute(
            insert(tokens).values(
                token_sha256=_hashed(token),
                kind=identity.kind.value,
                holder=identity.holder,
                role=identity.role.value if identity.role else "",
                issued_at=datetime.now(UTC),
            )
        )
    return token


def identify(store: Store, token: str) -> Identity | None:
    """Return whose token this is, None when nobody's."""
    with store.reading() as connection:
        row = connection.execute(select(tokens).where(tokens.c.token_sha256 == _hashed(token))).one_or_none()
    if row is None:
        return None
    return Identity(Kind(row.kind), row.holder, Role(row.role) if row.role else None)


def _hashed(token: str) -> str:
    # 32 random bytes can't be guessed, so a fast hash without salt is enough here; passwords have Argon2id.
    return hashlib.sha256(token.encode()).hexdigest()
