"""What a session's age asks for: its end, a lock, or a proof of identity before a privileged act (IA-11, AC-2(5))."""

from __future__ import annotations

from mdt_app.domain.accounts import Session
from mdt_app.domain.commands import Command, LockScreen, SignOut
from mdt_app.domain.policy import Policy
from mdt_app.domain.ports import Clock
from mdt_app.domain.privileged import PRIVILEGED, away_s, stale


def due_of_session(session: Session | None, policy: Policy, clock: Clock) -> Command | None:
    """The command that is due: a session that nobody ended ends; who was not asked for long is asked again."""
    if session is None:
        return None
    now, rules = clock.monotonic(), policy.sign_in
    if now - session.since >= rules.shift_hours.value * 3600:
        return SignOut("shift_end")
    if not session.locked and away_s(session, now, clock.now()) >= rules.again_hours.value * 3600:
        return LockScreen("again")
    return None


def require_fresh(command: Command, session: Session | None, policy: Policy, clock: Clock) -> None:
    """A privileged act wants a proof of identity of the last minutes. Raises Refused, to be put on record."""
    act = PRIVILEGED.get(type(command))
    if act is None or session is None or session.locked:
        return  # nothing privileged, or the handler says in its own words who is missing
    refusal = stale(act, away_s(session, clock.monotonic(), clock.now()), policy)
    if refusal is not None:
        raise refusal
