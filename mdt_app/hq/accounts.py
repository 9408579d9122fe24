"""Accounts as headquarters issues them, with Argon2id password hashes."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from mdt_app.domain.accounts import Account
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
from mdt_app.hq.store import Store
from mdt_app.hq.tables import accounts, alert_exceptions
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.sync.wire import AccountMessage, AlertExceptionMessage, ExceptionGrant

PASSWORD_LEAST = 8
"""Characters in a password, at least (CJIS IA-5(1))."""


def hash_password(password: str) -> str:
    """Return the Argon2id hash in its encoded form. Raises BadInput for a password that is too short."""
    if len(password) < PASSWORD_LEAST:
        raise BadInput(f"The password is shorter than {PASSWORD_LEAST} characters.", "Choose a longer one.")
    return Argon2Passwords().hashed(password)


def add_account(store: Store, account: Account) -> None:
    """Put a new account on record. Raises BadInput when its user id is taken or a field does not fit."""
    try:
        values = AccountMessage.of(account).model_dump(exclude={"exceptions"})
    except ValueError as fault:
        raise BadInput("The account's user id or name does not fit.", "Use a user id without blanks.") from fault
    with store.writing() as connection:
        if _known(connection, account.user_id):
            raise BadInput("This user id has an account already.", "Choose another one.")
        connection.execute(insert(accounts).values(values | {"role": account.role.value}))


def all_accounts(store: Store) -> tuple[AccountMessage, ...]:
    """Return every account with its exceptions in force, also those that are not active, by user id."""
    now = datetime.now(UTC)
    with store.reading() as connection:
        rows = connection.execute(select(accounts).order_by(accounts.c.user_id)).mappings().all()
        granted = connection.execute(select(alert_exceptions).where(alert_exceptions.c.until > now)).all()
    held: dict[str, list[AlertExceptionMessage]] = defaultdict(list)
    for row in granted:
        held[row.user_id].append(_exception(row))
    return tuple(AccountMessage.model_validate({**row, "exceptions": held[row["user_id"]]}) for row in rows)


def grant_exception(store: Store, user_id: str, granted: ExceptionGrant, by: str) -> AlertExceptionMessage:
    """Put an exception on record, which reaches the cars at their next sync. Raises BadInput where it does not fit."""
    now = datetime.now(UTC)
    if unknown := [category for category in granted.categories if category not in ALERTS]:
        raise BadInput(f"'{unknown[0]}' is no category of the alert table.", f"Choose from: {', '.join(ALERTS)}.")
    if granted.until <= now:
        raise BadInput("The exception would have ended already.", "Give a later end.")
    row = {
        "user_id": user_id,
        "categories": json.dumps(granted.categories),
        "reason": granted.reason,
        "until": granted.until,
        "granted_by": by,
        "granted_at": now,
    }
    with store.writing() as connection:
        if not _known(connection, user_id):
            raise BadInput("There is no account with this user id.", "Look it up among the accounts.")
        connection.execute(insert(alert_exceptions).values(row))
    return AlertExceptionMessage(categories=granted.categories, reason=granted.reason, until=granted.until, by=by)


def _known(connection: Connection, user_id: str) -> bool:
    return connection.scalar(select(accounts.c.user_id).where(accounts.c.user_id == user_id)) is not None


def _exception(row: Any) -> AlertExceptionMessage:
    return AlertExceptionMessage(
        categories=tuple(json.loads(row.categories)), reason=row.reason, until=row.until, by=row.granted_by
    )
