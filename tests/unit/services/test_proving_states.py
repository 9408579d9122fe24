"""Proofs of identity in any order: questions, answers, replays, copies, codes, restarts; a model says what opens."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mdt_app.domain.security_keys import CHALLENGE_S, KeyAnswer
from mdt_app.domain.sign_in import Attempts
from mdt_app.services.policies import load_policy
from mdt_app.services.proving import Given, Moment, Prover
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys, question
from tests.fakes.car import SECRET, PlainPasswords, officer
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of

MOST = 5
PROVER = Prover(load_policy("postc"), PlainPasswords(), TotpSecondFactor(), FidoSecurityKeys())


class Proofs(RuleBasedStateMachine):
    """The prover beside a model of it: which challenge is open, the highest count seen, the failures in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = [SoftwareKey(), SoftwareKey()]
        self.account = officer(security_keys=tuple(map(enrolled, self.keys)))
        self.seen = {key.credential_id: key.counter for key in self.account.security_keys}
        self.attempts, self.run = Attempts(), "1"
        self.now, self.mono = datetime(2026, 11, 22, 21, 14, tzinfo=UTC), 0.0
        self.open: bytes | None = None
        self.answers: list[tuple[KeyAnswer, bytes]] = []
        self.step = self.failures = 0
        self.waited = 0.0

    def moment(self) -> Moment:
        return Moment(self.now, self.run, self.mono)

    @rule(which=st.integers(0, 3))
    def ask(self, which: int) -> None:
        challenge, self.attempts = PROVER.asked(self.attempts, self.moment())
        self.open = challenge
        answer = put(
            reader_of(self.keys[which % len(self.keys)]), question(self.account.security_keys, challenge, "", b"")
        )
        self.answers.append((answer, challenge))

    @rule()
    @precondition(lambda self: len(self.keys) < 4)
    def copy(self) -> None:
        self.keys.append(self.keys[0].clone())

    @rule()
    def restart(self) -> None:
        self.run, self.mono, self.open = secrets.token_hex(4), 0.0, None

    @rule(seconds=st.sampled_from([30.0, CHALLENGE_S + 1]))
    @precondition(lambda self: self.waited < 600)  # within the policy's 15 minutes every failure counts
    def wait(self, seconds: float) -> None:
        self.now, self.mono = self.now + timedelta(seconds=seconds), self.mono + seconds
        self.waited += seconds
        if seconds > CHALLENGE_S:
            self.open = None

    @rule(right=st.booleans(), which=st.integers(0, 3))
    @precondition(lambda self: self.answers)
    def answer(self, right: bool, which: int) -> None:
        given, challenge = self.answers[-1 - which % len(self.answers)]
        fresh = self.open == challenge and self.attempts.asked is not None
        fresh = fresh and self.mono - self.attempts.asked.at_s <= CHALLENGE_S
        count = int.from_bytes(given.authenticator_data[33:37], "big")
        rises = fresh and count > self.seen[given.credential_id]
        verdict = self._prove(Given("right" if right else "guess", key=given))
        if verdict == "account_locked":
            return
        self.open = None
        if rises:
            self.seen[given.credential_id] = count
        cloned = fresh and not rises
        self._expect(verdict, right and rises, "key_cloned" if right and cloned else "wrong_credentials")

    @rule(right=st.booleans(), offset=st.sampled_from([-1, 0, 1, 5]))
    def code(self, right: bool, offset: int) -> None:
        step = int(self.now.timestamp()) // 30 + offset
        verdict = self._prove(Given("right" if right else "guess", pyotp.TOTP(SECRET).at(step * 30)))
        if verdict == "account_locked":
            return
        good = right and offset != 5
        if good and step <= self.step:
            assert verdict == "code_used"
            return
        self._expect(verdict, good, "wrong_credentials")
        if good:
            self.step, self.open = step, None

    def _prove(self, given: Given) -> str:
        verdict = PROVER.prove(self.account, self.attempts, given, self.moment())
        self.attempts = verdict.attempts
        heard = verdict.refusal.reason if verdict.refusal else "in"
        assert (heard == "account_locked") == (self.failures >= MOST)
        return heard

    def _expect(self, heard: str, proved: bool, otherwise: str) -> None:
        assert heard == ("in" if proved else otherwise)
        self.failures = 0 if proved else self.failures + 1

    @invariant()
    def a_lock_stands_at_five(self) -> None:
        assert (self.attempts.locked_at is not None) == (self.failures >= MOST)


TestProofs = Proofs.TestCase
TestProofs.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestProofs.pytestmark = [pytest.mark.clause("ACC-1")]
