"""Handlers of a person's session: sign-in, sign-out, alert profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.accounts import IN_CAR, Session
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Hit, taken_up
from mdt_app.domain.commands import SetAlertProfile, SignIn, SignOut
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HitRaised, ProfileChanged, SignedIn, SignedOut
from mdt_app.domain.profiles import chosen
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
    now = ctx.clock.now()
    session = Session(
        session_id=ctx.clock.new_id(),
        user_id=account.user_id,
        name=account.name,
        role=account.role,
        signed_in_at=now,
        profile=ctx.tx.profiles.get(account.user_id),
        exceptions=account.exceptions,
    )
    body = {"role": account.role, "notice_acknowledged": True}
    ctx.tx.record(ctx.event(EventKind.SIGNED_IN, session.session_id, body, actor=account.user_id))
    begun = replace(ctx, session=session)
    eyes_hold = timedelta(minutes=ctx.policy.stops.eyes_minutes.value)
    waiting = (hit for hit in ctx.tx.hits.not_closed() if hit.stop is None or hit.stop.by == account.user_id)
    raised = tuple(_raised(begun, taken_up(hit, account.user_id, now, eyes_hold)) for hit in waiting)
    return Outcome((SignedIn(session), *raised), session=session)


def sign_out(ctx: Context, _: SignOut) -> Outcome:
    """End the session."""
    ctx.tx.record(ctx.event(EventKind.SIGNED_OUT, ctx.person.session_id, {}))
    return Outcome((SignedOut(),), signed_out=True)


def set_alert_profile(ctx: Context, command: SetAlertProfile) -> Outcome:
    """Keep the categories that are to alert this person; what the schedule forbids is refused by name (ALR-2)."""
    categories = chosen(ctx.policy, command.categories)
    unknown = [category for category in categories if category not in ALERTS]
    if unknown:
        raise Refused("profile_unknown", "This is no category of the alert table.", "Choose from the list.")
    session = replace(ctx.person, profile=categories)
    ctx.tx.profiles.put(session.user_id, categories)
    ctx.tx.record(ctx.event(EventKind.PROFILE_SET, session.user_id, {"categories": list(categories)}))
    return Outcome((ProfileChanged(session),), session=session)


def _raised(ctx: Context, hit: Hit) -> HitRaised:
    ctx.tx.hits.put(hit)
    return HitRaised(hit, ctx.decision(hit), ctx.tx.reads.pictures(hit.read.read_id))
