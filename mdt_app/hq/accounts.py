"""Accounts as headquarters issues them: made, suspended, released; each act is on record (ACC-4)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mdt_app.domain.accounts import Account, AlertException
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
from mdt_app.domain.security_keys import SecurityKey
from mdt_app.hq.store import Store
from mdt_app.hq.tables import account_acts, accounts, alert_exceptions, security_keys
from mdt_app.hq.training_due import topics_held
from mdt_app.hq.vendors import shut_out
from mdt_app.services.new_passwords import require_fit
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.second_factor import new_secret
from mdt_app.sync.account_wire import AccountMessage, AlertExceptionMessage, ExceptionGrant
from mdt_app.sync.key_wire import SecurityKeyMessage


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an account: what, by whom, and what else belongs to it."""

    name: str
    by: str
    detail: str = ""


def hash_password(password: str, *person: str) -> str:
    """Return the Argon2id hash in its encoded form; `person` is whose it is. Raises BadInput for a bad one."""
    require_fit(password, person)
    return Argon2Passwords().hashed(password)


def add_account(store: Store, account: Account, by: str) -> Account:
    """Put a new account on record, with a new second factor; return it.

    Raises BadInput when its user id is taken or a field does not fit.
    """
    made = replace(
        Account(account.user_id, account.name, account.role, account.password_hash),
        totp_secret=new_secret(),
        password_set_at=datetime.now(UTC),
    )
    try:
        values = AccountMessage.of(made).model_dump(exclude={"exceptions", "training", "security_keys"})
    except ValueError as fault:
        raise BadInput("The account's user id or name does not fit.", "Use a user id without blanks.") from fault
    with store.writing() as connection:
        if _is_known(connection, account.user_id):
            raise BadInput("This user id has an account already.", "Choose another one.")
        connection.execute(insert(accounts).values(values | {"role": account.role.value}))
        record_act(connection, account.user_id, Act("issued", by, account.role.value))
    return made


def set_active(store: Store, user_id: str, active: bool, reason: str, by: str) -> None:
    """Suspend an account or put it back in force. Raises BadInput for one's own or an unknown one."""
    name = "restored" if active else "suspended"
    _change(store, user_id, Act(name, by, reason), {"active": active})


def set_password(store: Store, user_id: str, password: str, by: str) -> None:
    """Put a new password in the place of the one before, in the cars at their next sync; one's own is no other's act.

    Raises BadInput for an unknown account, and for a password that is no good or the one before.
    """
    with store.writing() as connection:
        row = connection.execute(select(accounts).where(accounts.c.user_id == user_id)).mappings().one_or_none()
        if row is None:
            raise BadInput("There is no account with this user id.", "Look it up among the accounts.")
        hashed = hash_password(password, user_id, row["name"])
        if Argon2Passwords().matches(row["password_hash"], password):
            raise BadInput("This is the password that there was.", "Choose another one.")
        values = {"password_hash": hashed, "password_set_at": datetime.now(UTC)}
        connection.execute(update(accounts).where(accounts.c.user_id == user_id).values(values))
        record_act(connection, user_id, Act("password_set", by))


def renew_second_factor(store: Store, user_id: str, by: str) -> str:
    """End the account's authenticator for good and return the secret of a new one (base32). Raises as set_active."""
    secret = new_secret()
    _change(store, user_id, Act("second_factor_renewed", by), {"totp_secret": secret})
    return secret


def release(store: Store, user_id: str, by: str) -> None:
    """Open the account's locks in all cars at their next sync. Raises as set_active."""
    _change(store, user_id, Act("released", by), {"releases": accounts.c.releases + 1})


def record_release_code(store: Store, user_id: str, car_id: str, by: str) -> None:
    """Put on record that a release code was given out for a car without a link. Raises as set_active."""
    _change(store, user_id, Act("release_code", by, car_id), {})


def all_accounts(store: Store) -> tuple[Account, ...]:
    """Return every account with its exceptions in force and its training, also inactive ones, by user id.

    A topic that a change has made due again gives access until its last day, which stands beside it. A vendor's account
    without a contract is not active.
    """
    now = datetime.now(UTC)
    with store.reading() as connection:
        rows = connection.execute(select(accounts).order_by(accounts.c.user_id)).mappings().all()
        granted = connection.execute(select(alert_exceptions).where(alert_exceptions.c.until > now)).all()
        topics, barred = topics_held(connection), shut_out(connection)
        keys = keys_by_user(connection)
    held: dict[str, list[AlertException]] = defaultdict(list)
    for row in granted:
        held[row.user_id].append(
            AlertException(tuple(json.loads(row.categories)), row.reason, row.until, row.granted_by)
        )
    made = (_account(r, held[r["user_id"]], topics.get(r["user_id"], {}), keys[r["user_id"]]) for r in rows)
    return tuple(replace(one, active=one.active and one.user_id.casefold() not in barred) for one in made)


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
        require_other(connection, user_id, by)
        connection.execute(insert(alert_exceptions).values(row))
        record_act(connection, user_id, Act("excepted", by, ", ".join(granted.categories)))
    return AlertExceptionMessage(categories=granted.categories, reason=granted.reason, until=granted.until, by=by)


def add_key(store: Store, user_id: str, key: SecurityKey, by: str) -> None:
    """Put a security key of an account on record. Raises as set_active, and for a key that was registered before."""
    message = SecurityKeyMessage.of(key)
    row = {"user_id": user_id, "registered_at": datetime.now(UTC), **message.model_dump()}
    with store.writing() as connection:
        require_other(connection, user_id, by)
        same = security_keys.c.credential_id == key.credential_id
        if connection.execute(select(security_keys.c.position).where(same)).one_or_none() is not None:
            raise BadInput("This security key was registered before.", "Take another one.")
        connection.execute(insert(security_keys).values(row))
        record_act(connection, user_id, Act("key_registered", by, f"{key.name} {key.credential_id[:16]}"))


def withdraw_key(store: Store, user_id: str, credential_id: str, reason: str, by: str) -> None:
    """End a security key for good; the cars follow at their next sync. Raises as set_active, and for an unknown key."""
    here = (security_keys.c.user_id == user_id) & (security_keys.c.credential_id == credential_id)
    ended = update(security_keys).where(here, security_keys.c.withdrawn_at.is_(None))
    with store.writing() as connection:
        require_other(connection, user_id, by)
        if not connection.execute(ended.values(withdrawn_at=datetime.now(UTC))).rowcount:
            raise BadInput("This account has no such security key.", "Look it up among the accounts.")
        record_act(connection, user_id, Act("key_withdrawn", by, f"{credential_id[:16]} {reason}"))


def keys_by_user(connection: Connection) -> dict[str, list[SecurityKey]]:
    """Return the security keys in force, the oldest first."""
    query = select(security_keys).where(security_keys.c.withdrawn_at.is_(None)).order_by(security_keys.c.position)
    held: dict[str, list[SecurityKey]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        held[row["user_id"]].append(SecurityKey(**{name: row[name] for name in SecurityKey.__slots__}))
    return held


def acts(store: Store, user_id: str) -> list[tuple[str, str]]:
    """Return what was done to an account, oldest first: the act and who did it."""
    query = select(account_acts.c.act, account_acts.c.by).where(account_acts.c.user_id == user_id)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(account_acts.c.position)).all()
    return [(act, by) for act, by in rows]


def _change(store: Store, user_id: str, act: Act, values: dict[str, Any]) -> None:
    with store.writing() as connection:
        require_other(connection, user_id, act.by)
        if values:
            connection.execute(update(accounts).where(accounts.c.user_id == user_id).values(values))
        record_act(connection, user_id, act)


def require_other(connection: Connection, user_id: str, by: str) -> None:
    """Nobody acts on their own account (AC-5)."""
    if not _is_known(connection, user_id):
        raise BadInput("There is no account with this user id.", "Look it up among the accounts.")
    if user_id == by:
        raise BadInput("Nobody acts on their own account.", "Ask another Administrator.")


def record_act(connection: Connection, user_id: str, act: Act) -> None:
    """Put an act on an account on record."""
    row = {"user_id": user_id, "act": act.name, "by": act.by, "at": datetime.now(UTC), "detail": act.detail}
    connection.execute(insert(account_acts).values(row))


def _is_known(connection: Connection, user_id: str) -> bool:
    return connection.scalar(select(accounts.c.user_id).where(accounts.c.user_id == user_id)) is not None


def _account(
    row: Any, exceptions: list[AlertException], topics: Mapping[str, date | None], keys: list[SecurityKey]
) -> Account:
    known = {name: row[name] for name in row if name in AccountMessage.model_fields}
    message = AccountMessage.model_validate(known).to_account()
    return Account(
        user_id=message.user_id,
        name=message.name,
        role=message.role,
        password_hash=message.password_hash,
        active=message.active,
        exceptions=tuple(exceptions),
        totp_secret=message.totp_secret,
        training=frozenset(topics),
        training_due=tuple(sorted((topic, last) for topic, last in topics.items() if last is not None)),
        releases=message.releases,
        security_keys=tuple(keys),
        password_set_at=message.password_set_at,
    )
