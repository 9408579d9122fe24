"""Proof of identity: a password and a second factor, held against an account and what went before (IA-2, AC-7).

The car and headquarters prove people by this alone. It writes nothing: whoever asks keeps the attempts it returns.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mdt_app.domain.accounts import Account
from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Factor, Policy
from mdt_app.domain.ports import Passwords, SecondFactor, SecurityKeys
from mdt_app.domain.security_keys import CHALLENGE_BYTES, CHALLENGE_S, KeyAnswer, SecurityKey
from mdt_app.domain.sign_in import Attempts, OpenChallenge, locked, locks

NO_ACCOUNT = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$cUQtS+ZyT7jzU0mP1wZ8mw"
"""A hash that no password has: an unknown account costs the same time as a wrong password."""

WRONG = Refused("wrong_credentials", "User, password or code is wrong.", "Try again, or ask the Administrator.")
_WRONG_KEY = Refused("wrong_credentials", "User, password or security key is wrong.", WRONG.remedy)
_USED = Refused("code_used", "This code was used already.", "Wait for the next one.")
_CLONED = Refused("key_cloned", "There is a copy of this security key.", "Hand it to the Administrator.")
LOCKED = Refused("account_locked", "This account is locked.", "Ask the Administrator for a release code.")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives to prove who they are. A key's answer counts before a code."""

    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    key: KeyAnswer | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Now: the time of day, and the monotonic clock (s) of this run of the program."""

    at: datetime
    run: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it: the attempts to keep, why not, the factor given, whether this failure locked, a copied key."""

    attempts: Attempts
    refusal: Refused | None = None
    factor: str = ""
    locked_now: bool = False
    cloned: str = ""


@dataclass(frozen=True, slots=True)
class _Second:
    """A second factor as it was checked. `spent`: it was right once before."""

    right: bool
    factor: str = ""
    step: int = 0
    spent: bool = False
    cloned: str = ""


@dataclass(frozen=True, slots=True)
class Prover:
    """The rules and the parts that check passwords, codes and keys."""

    policy: Policy
    passwords: Passwords
    second_factor: SecondFactor
    security_keys: SecurityKeys

    def asked(self, attempts: Attempts, now: Moment) -> tuple[bytes, Attempts]:
        """A new challenge for a security key; the one before it ends."""
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        return challenge, replace(attempts, asked=OpenChallenge(challenge.hex(), now.run, now.mono_s))

    def prove(self, account: Account | None, attempts: Attempts, given: Given, now: Moment) -> Verdict:
        """Check what a person gave. Whatever was asked of a key is answered by this: a second answer finds nothing."""
        if locked(attempts, account):
            return Verdict(attempts, LOCKED)
        if attempts.locked_at is not None:  # headquarters has released it
            attempts = replace(attempts, failures=(), locked_at=None, releases=0, challenge="")
        right = self.passwords.matches(account.password_hash if account else NO_ACCOUNT, given.password)
        second, attempts = self._second(account, attempts, given, now)
        if account is None or not (account.active and right and second.right) or second.cloned:
            return self._failed(account, attempts, second, right, now.at)
        if second.spent:
            return Verdict(attempts, _USED, second.factor)
        kept = replace(attempts, failures=(), last_step=max(second.step, attempts.last_step), asked=None)
        return Verdict(kept, factor=second.factor)

    def _second(
        self, account: Account | None, attempts: Attempts, given: Given, now: Moment
    ) -> tuple[_Second, Attempts]:
        """The second factor, and the attempts with what is known of it: counts, and no challenge open any more."""
        if not self.policy.sign_in.second_factor.value:
            return _Second(True), attempts
        if given.key is not None:
            return self._key(account, attempts, given.key, now)
        allowed = account is not None and Factor.TOTP in self.policy.sign_in.factors.value
        step = self.second_factor.step(account.totp_secret, given.code, now.at) if account and allowed else None
        if step is None:
            return _Second(False, Factor.TOTP), attempts
        return _Second(True, Factor.TOTP, step, spent=step <= attempts.last_step), attempts

    def _key(
        self, account: Account | None, attempts: Attempts, answer: KeyAnswer, now: Moment
    ) -> tuple[_Second, Attempts]:
        asked, attempts = attempts.asked, replace(attempts, asked=None)
        keys: Sequence[SecurityKey] = account.security_keys if account else ()
        late = asked is None or asked.run != now.run or now.mono_s - asked.at_s > CHALLENGE_S
        if asked is None or late or Factor.SECURITY_KEY not in self.policy.sign_in.factors.value:
            return _Second(False, Factor.SECURITY_KEY), attempts
        proof = self.security_keys.proof(keys, bytes.fromhex(asked.challenge), answer)
        if proof is None:
            return _Second(False, Factor.SECURITY_KEY), attempts
        key = next(key for key in keys if key.credential_id == proof.credential_id)
        before = max(key.counter, attempts.counters.get(key.credential_id, 0))
        # A key without a counter says 0 each time; one that counts never says the same number twice.
        if proof.counter <= before and (proof.counter or before):
            return _Second(True, Factor.SECURITY_KEY, cloned=key.credential_id), attempts
        counters = {**attempts.counters, key.credential_id: proof.counter}
        return _Second(True, Factor.SECURITY_KEY), replace(attempts, counters=counters)

    def _failed(
        self, account: Account | None, attempts: Attempts, second: _Second, right: bool, now: datetime
    ) -> Verdict:
        """One failure more; the one that is too many locks the account."""
        refusal = _WRONG_KEY if second.factor == Factor.SECURITY_KEY else WRONG
        if second.cloned and right:
            refusal = _CLONED
        failures = (*attempts.failures, now)
        if not locks(failures, now, self.policy):
            return Verdict(replace(attempts, failures=failures), refusal, second.factor, cloned=second.cloned)
        known, challenge = account.releases if account else 0, self.second_factor.challenge()
        shut = replace(attempts, failures=failures, locked_at=now, releases=known, challenge=challenge)
        return Verdict(shut, refusal, second.factor, locked_now=True, cloned=second.cloned)
