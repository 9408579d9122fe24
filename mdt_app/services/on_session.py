"""Handlers of sign-in and sign-out."""

from __future__ import annotations

from dataclasses import replace

from mdt_app.domain.accounts import IN_CAR, Session
from mdt_app.domain.alerts import Hit, taken_up
from mdt_app.domain.commands import SignIn, SignOut
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HitRaised, SignedIn, SignedOut
from mdt_app.services.context import Context, Outcome

_NO_ACCOUNT = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$cUQtS+ZyT7jzU0mP1wZ8mw"
"""A hash that no password has: an unknown account costs the same time as a wrong password."""


def sign_in(ctx: Context, command: SignIn) -> Outcome:
    """Open a session for a person whom headquarters has designated (ACC-1), once the notice is acknowledged (ACC-6)."""
    if ctx.session is not None:
        raise Refused("already_signed_in", "Somebody is signed in.", "Sign out first.")
    if not command.notice_acknowledged:
        raise Refused("notice_not_acknowledged", "The notice is not acknowledged.", "Read it and acknowledge it.")
    account = ctx.tx.accounts.get(command.user_id)
    right = ctx.passwords.matches(account.password_hash if account else _NO_ACCOUNT, command.password)
    if account is None or not account.active or not right:
        raise Refused("wrong_credentials", "User or password is wrong.", "Try again, or ask the Administrator.")
    if account.role not in IN_CAR:
        raise Refused("not_sworn", "This account is not for a car.", "Use the console at headquarters.")
    session = Session(ctx.clock.new_id(), account.user_id, account.name, account.role, ctx.clock.now())
    body = {"role": account.role, "notice_acknowledged": True}
    ctx.tx.record(ctx.event(EventKind.SIGNED_IN, session.session_id, body, actor=account.user_id))
    begun = replace(ctx, session=session)
    now = ctx.clock.now()
    waiting = tuple(_raised(begun, taken_up(hit, account.user_id, now)) for hit in ctx.tx.hits.not_ended())
    return Outcome((SignedIn(session), *waiting), session=session)


def sign_out(ctx: Context, _: SignOut) -> Outcome:
    """End the session."""
    ctx.tx.record(ctx.event(EventKind.SIGNED_OUT, ctx.person.session_id, {}))
    return Outcome((SignedOut(),), signed_out=True)


def _raised(ctx: Context, hit: Hit) -> HitRaised:
    ctx.tx.hits.put(hit)
    return HitRaised(hit, ctx.decision(hit), ctx.tx.reads.pictures(hit.read.read_id))
