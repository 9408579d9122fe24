"""Proofs of identity at desks: the person behind a desk's token proves who they are, which begins a session there.

All is kept in the database, so that it does not matter which worker answers. Each proof, refusal and lock is an act on
record.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from mdt_app.domain.accounts import Account
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.policy import Policy
from mdt_app.domain.privileged import stale
from mdt_app.domain.security_keys import CHALLENGE_BYTES, CHALLENGE_S, KeyQuestion, KeyWish
from mdt_app.domain.sign_in import Attempts, worn
from mdt_app.hq import accounts
from mdt_app.hq.desk_sessions import DeskSessions, this_run
from mdt_app.hq.identity import Identity
from mdt_app.hq.privileged import OF_ONESELF
from mdt_app.hq.store import Store
from mdt_app.hq.tables import desk_attempts, key_wishes
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.proving import Given, Moment, Prover, Verdict
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys, question

_ATTEMPTS = TypeAdapter(Attempts)
_NO_ACCOUNT = Refused("no_account", "This desk's holder has no account of this role in force.", "Ask an Administrator.")
_BUSY = Refused("busy", "Several proofs of this person came at once.", "Try again.")
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A proof that holds: for how many seconds it is fresh, and the secret of the session that it begins."""

    seconds: int
    session: str = field(repr=False)


class DeskProofs:
    """The proofs at the desks of one headquarters. `monotonic` counts seconds of the run that `run` names."""

    def __init__(
        self, store: Store, policy: Policy, monotonic: Callable[[], float] = time.monotonic, run: str = ""
    ) -> None:
        self._store, self._policy, self._monotonic, self._run = store, policy, monotonic, run or this_run()
        self._sessions = DeskSessions(store, policy, monotonic, self._run)
        self._prover = Prover(policy, Argon2Passwords(), TotpSecondFactor(), FidoSecurityKeys())

    def require(self, desk: Identity, act: str) -> None:
        """Raise Refused unless the desk's person has proved who they are within the policy's minutes."""
        if refusal := stale(act, self._sessions.away_s(desk), self._policy):
            raise refusal
        refusal = worn(self._policy, self._account(desk), datetime.now(UTC))
        if refusal is not None and act != OF_ONESELF:
            raise refusal

    def question(self, desk: Identity) -> KeyQuestion:
        """A challenge for a security key of the desk's person; the one before it ends. Raises Refused."""
        account = self._account(desk)
        for _ in range(_TRIES):
            version, attempts = self._attempts(account.user_id)
            challenge, asked = self._prover.asked(attempts, self._now())
            if self._kept(account.user_id, version, asked) is not None:
                return question(account.security_keys, challenge, account.user_id, desk.token.encode())
        raise _BUSY

    def prove(self, desk: Identity, given: Given) -> Held:
        """Check a proof, and begin a session. Raises Refused, with the failure on record."""
        account = self._account(desk)
        session = ""
        for _ in range(_TRIES):
            version, attempts = self._attempts(account.user_id)
            verdict = self._prover.prove(account, attempts, given, self._now())
            kept = self._kept(account.user_id, version, verdict.attempts, desk, verdict)
            if kept is not None:
                session = kept
                break
        else:
            raise _BUSY
        if verdict.refusal is not None:
            raise verdict.refusal
        return Held(self._policy.sign_in.privileged_minutes.value * 60, session)

    def wish(self, desk: Identity, user_id: str) -> KeyWish:
        """A challenge for a new security key of somebody. Raises BadInput for an unknown account."""
        account = self._find(user_id)
        if account is None:
            raise BadInput("There is no account with this user id.", "Look it up among the accounts.")
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        with self._store.writing() as connection:
            connection.execute(delete(key_wishes).where(key_wishes.c.token == desk.token))
            row = {"token": desk.token, "run": self._run, "at_s": self._monotonic(), "user_id": user_id}
            connection.execute(insert(key_wishes).values(row | {"challenge": challenge.hex()}))
        return KeyWish(challenge, user_id, account.name, tuple(key.credential_id for key in account.security_keys))

    def wished(self, desk: Identity, user_id: str) -> bytes:
        """The challenge of the wish, once. Raises BadInput when there is none, or too old a one."""
        here = key_wishes.c.token == desk.token
        with self._store.writing() as connection:
            wish = connection.execute(select(key_wishes).where(here)).one_or_none()
            mine = connection.execute(delete(key_wishes).where(here)).rowcount  # of two workers one has it
        late = wish is None or wish.run != self._run or self._monotonic() - wish.at_s > CHALLENGE_S
        if wish is None or late or not mine or wish.user_id != user_id:
            raise BadInput("The registration took too long.", "Register the key again.")
        return bytes.fromhex(wish.challenge)

    def _account(self, desk: Identity) -> Account:
        """The account behind a desk, as it stands now: in force, and of the desk's role."""
        account = self._find(desk.holder)
        if account is None or not account.active or account.role is not desk.role:
            raise _NO_ACCOUNT
        return account

    def _find(self, user_id: str) -> Account | None:
        return next((a for a in accounts.all_accounts(self._store) if a.user_id == user_id), None)

    def _now(self) -> Moment:
        return Moment(datetime.now(UTC), self._run, self._monotonic())

    def _attempts(self, user_id: str) -> tuple[int, Attempts]:
        """What is on record of a person, and its version; 0 before there is any."""
        query = select(desk_attempts.c.version, desk_attempts.c.content).where(desk_attempts.c.user_id == user_id)
        with self._store.reading() as connection:
            row = connection.execute(query).one_or_none()
        return (row.version, _ATTEMPTS.validate_json(row.content)) if row else (0, Attempts())

    def _kept(
        self,
        user_id: str,
        version: int,
        attempts: Attempts,
        desk: Identity | None = None,
        verdict: Verdict | None = None,
    ) -> str | None:
        """Keep the attempts, and what came of a proof; None: another worker was quicker, and nothing is kept.

        Returns the secret of the session that a proof has begun, empty without one.
        """
        content = _ATTEMPTS.dump_json(attempts).decode()
        here = (desk_attempts.c.user_id == user_id) & (desk_attempts.c.version == version)
        with self._store.writing() as connection:
            if version:
                changed = update(desk_attempts).where(here).values(version=version + 1, content=content)
                if not connection.execute(changed).rowcount:
                    return None
            elif not _inserted(connection, {"user_id": user_id, "version": 1, "content": content}):
                return None
            for act in _acts(verdict, user_id) if verdict else ():
                accounts.record_act(connection, user_id, act)
            if desk and verdict and verdict.refusal is None:
                return self._sessions.begin(connection, desk)
        return ""


def _inserted(connection: Connection, row: dict[str, object]) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(insert(desk_attempts).values(row))
    except IntegrityError:
        return False
    return True


def _acts(verdict: Verdict, user_id: str) -> list[accounts.Act]:
    """What goes on record of a proof."""
    name = "proof_refused" if verdict.refusal else "proved"
    made = [accounts.Act(name, user_id, verdict.refusal.reason if verdict.refusal else verdict.factor)]
    if verdict.cloned:
        made.append(accounts.Act("key_cloned", user_id, verdict.cloned[:16]))
    if verdict.locked_now:
        made.append(accounts.Act("locked", user_id, f"{len(verdict.attempts.failures)} failures"))
    return made
