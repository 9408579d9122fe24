"""Accounts that nobody has used for long are suspended, on record, until an Administrator restores them (AC-2(3))."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, or_, select, update

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.hq.accounts import Act, record_act
from mdt_app.hq.rounds import rounds
from mdt_app.hq.store import Store
from mdt_app.hq.tables import account_acts, accounts, events

EVERY_S = 6 * 3600.0
_FIRST, _AGAIN = timedelta(days=30), timedelta(seconds=2 * EVERY_S)
"""How far a look reaches back for sign-ins: the first one of a run further, for the time that headquarters stood."""
_BEGIN_ANEW = ("issued", "restored")
_HOURLY = timedelta(hours=1)


@contextmanager
def unused_suspended(store: Store, policy: Policy) -> Iterator[None]:
    """While inside, look for accounts that nobody uses any more."""
    reach = iter((_FIRST,))

    def look() -> None:
        suspend_unused(store, policy, datetime.now(UTC), next(reach, _AGAIN))

    with rounds("unused accounts", EVERY_S, look):
        yield


def note_use(store: Store, user_id: str, now: datetime) -> None:
    """A person opened a desk. What was noted within the hour stays as it is."""
    known = (accounts.c.used_at.is_(None)) | (accounts.c.used_at < now - _HOURLY)
    with store.writing() as connection:
        connection.execute(update(accounts).where(accounts.c.user_id == user_id, known).values(used_at=now))


def suspend_unused(store: Store, policy: Policy, now: datetime, reach: timedelta = _FIRST) -> tuple[str, ...]:
    """Suspend who signed in nowhere for the policy's days; return their user ids. One Administrator always stays."""
    days = policy.sign_in.unused_days.value
    with store.writing() as connection:
        for user_id, at in _signed_in(connection, now - reach).items():
            later = or_(accounts.c.used_at.is_(None), accounts.c.used_at < at)
            connection.execute(update(accounts).where(accounts.c.user_id == user_id, later).values(used_at=at))
        gone = _unused(connection, now - timedelta(days=days))
        for user_id in gone:
            connection.execute(update(accounts).where(accounts.c.user_id == user_id).values(active=False))
            record_act(connection, user_id, Act("suspended", "headquarters", f"not used for {days} days"))
    return gone


def _signed_in(connection: Connection, since: datetime) -> Mapping[str, datetime]:
    """Who signed in to a car since then, and when last."""
    query = select(events.c.content, events.c.received_at).where(
        events.c.kind == EventKind.SIGNED_IN.value, events.c.received_at >= since, events.c.content_sha256 != ""
    )
    rows = connection.execute(query.order_by(events.c.received_at))
    return {json.loads(row.content)["actor"]: row.received_at for row in rows}


def _unused(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Whose last use, issue and restoring all lie before that; of Administrators in force the last used one stays."""
    begun = select(account_acts.c.user_id, func.max(account_acts.c.at).label("at")).where(
        account_acts.c.act.in_(_BEGIN_ANEW)
    )
    last = {row.user_id: row.at for row in connection.execute(begun.group_by(account_acts.c.user_id))}
    rows = connection.execute(select(accounts).where(accounts.c.active)).all()
    used = {row.user_id: max(filter(None, (row.used_at, last.get(row.user_id))), default=None) for row in rows}
    chiefs = [row.user_id for row in rows if row.role == Role.ADMINISTRATOR.value]
    kept = max(chiefs, key=lambda user: used[user] or before, default="")
    return tuple(user for user, at in used.items() if at is not None and at < before and user != kept)
