"""Accounts as headquarters issues them, with Argon2id password hashes."""

from __future__ import annotations

from sqlalchemy import insert, select

from mdt_app.domain.accounts import Account
from mdt_app.domain.errors import BadInput
from mdt_app.hq.store import Store
from mdt_app.hq.tables import accounts
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.sync.wire import AccountMessage

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
        values = AccountMessage.of(account).model_dump()
    except ValueError as fault:
        raise BadInput("The account's user id or name does not fit.", "Use a user id without blanks.") from fault
    with store.writing() as connection:
        taken = select(accounts.c.user_id).where(accounts.c.user_id == account.user_id)
        if connection.scalar(taken) is not None:
            raise BadInput("This user id has an account already.", "Choose another one.")
        connection.execute(insert(accounts).values(values | {"role": account.role.value}))


def all_accounts(store: Store) -> tuple[AccountMessage, ...]:
    """Return every account, also those that are not active, by user id."""
    with store.reading() as connection:
        rows = connection.execute(select(accounts).order_by(accounts.c.user_id)).mappings().all()
    return tuple(AccountMessage.model_validate(dict(row)) for row in rows)
