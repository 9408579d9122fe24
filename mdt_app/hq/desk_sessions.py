"""Sessions of people at desks: a proof of identity begins one, idleness, age, its person or a restart ends it (AC-11).

A session has a secret of its own, which only whoever proved who they are is told: the desk's token alone opens nothing.
Times count by the monotonic clock that all workers of one run of headquarters share; a restart ends every session.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import current_process

from sqlalchemy import Connection, Row, delete, insert, select, update

from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Policy
from mdt_app.domain.privileged import SIGN_IN
from mdt_app.domain.sign_in import worn_since
from mdt_app.hq.identity import Identity, token_hash
from mdt_app.hq.store import Store
from mdt_app.hq.tables import accounts, desk_sessions

_SECRET_BYTES = 32
_STEPS = 30
"""An activity is noted at most so often in the idle time: a session may end that much early, and never late."""
_REMEDY = "Give your password and your second factor."


def this_run() -> str:
    """Names this run of headquarters: worker processes have the secret of the one that started them."""
    return hashlib.sha256(b"run of headquarters" + bytes(current_process().authkey)).hexdigest()


class DeskSessions:
    """The sessions at the desks of one headquarters. `monotonic` counts seconds of the run that `run` names."""

    def __init__(
        self, store: Store, policy: Policy, monotonic: Callable[[], float] = time.monotonic, run: str = ""
    ) -> None:
        self._store, self._policy, self._monotonic, self._run = store, policy, monotonic, run or this_run()
        rules = policy.sign_in
        self._idle_s, self._most_s = rules.idle_lock_minutes.value * 60, rules.again_hours.value * 3600

    def begin(self, connection: Connection, desk: Identity) -> str:
        """Begin a session in the place of the one that was shown, and return its secret; it is told this once."""
        secret, now = secrets.token_urlsafe(_SECRET_BYTES), self._monotonic()
        table = desk_sessions.c
        over = (table.run != self._run) | (table.proved_s < now - self._most_s)
        connection.execute(delete(desk_sessions).where(over | (table.session == desk.session)))
        row = {"session": token_hash(secret), "token": desk.token, "run": self._run}
        connection.execute(insert(desk_sessions).values(row | {"proved_s": now, "active_s": now}))
        return secret

    def away_s(self, desk: Identity) -> float:
        """How long ago the person proved who they are in the session that was shown; infinite without one."""
        row = self._shown(desk)
        return self._monotonic() - row.proved_s if row is not None and self._ended(row) is None else float("inf")

    def require(self, desk: Identity, *, active: bool = True) -> None:
        """Raise Refused unless the session that was shown is in force; `active`: a person is at work in it."""
        row = self._shown(desk)
        if row is None:
            raise Refused(SIGN_IN, "Nobody is signed in at this desk.", _REMEDY)
        refusal = self._ended(row) or worn_since(self._policy, row.password_set_at, datetime.now(UTC))
        if refusal is not None:
            raise refusal
        now = self._monotonic()
        if active and now - row.active_s > self._idle_s / _STEPS:
            here = desk_sessions.c.session == desk.session
            with self._store.writing() as connection:
                connection.execute(update(desk_sessions).where(here).values(active_s=now))

    def end(self, desk: Identity) -> None:
        """End the session that was shown."""
        here = (desk_sessions.c.session == desk.session) & (desk_sessions.c.token == desk.token)
        with self._store.writing() as connection:
            connection.execute(delete(desk_sessions).where(here))

    def _shown(self, desk: Identity) -> Row[float, float, datetime | None] | None:
        """The session that was shown, when this desk's person began it in this run."""
        table = desk_sessions.c
        query = select(table.proved_s, table.active_s, accounts.c.password_set_at)
        # A person whose account is of another role by now, or gone, has to prove it anew.
        whose = (accounts.c.user_id == desk.holder) & (accounts.c.role == (desk.role or ""))
        query = query.select_from(desk_sessions.join(accounts, whose))
        here = table.session == desk.session, table.token == desk.token, table.run == self._run
        with self._store.reading() as connection:
            return connection.execute(query.where(*here)).one_or_none()

    def _ended(self, row: Row[float, float, datetime | None]) -> Refused | None:
        now, rules = self._monotonic(), self._policy.sign_in
        if now - row.proved_s > self._most_s:
            return Refused(SIGN_IN, f"This sign-in is older than {rules.again_hours.value} hours.", _REMEDY)
        if now - row.active_s > self._idle_s:
            words = f"Nobody has touched this desk for {rules.idle_lock_minutes.value} minutes."
            return Refused(SIGN_IN, words, _REMEDY)
        return None
