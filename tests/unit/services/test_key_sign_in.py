"""Sign-in with a security key through the core: offline, once a challenge, a counter that only rises, five failures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyotp
import pytest

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Factor, Policy, Ruled
from mdt_app.domain.security_keys import CHALLENGE_S, KeyAnswer, KeyTrouble
from mdt_app.services.policies import load_policy
from tests.fakes.car import SECRET, Shift, issued, officer
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of


def policy_with(*factors: Factor) -> Policy:
    policy = load_policy("postc")
    return replace(policy, sign_in=replace(policy.sign_in, factors=Ruled(factors, "test")))


@pytest.fixture
def key() -> SoftwareKey:
    return SoftwareKey()


@pytest.fixture
def car(tmp_path: Path, key: SoftwareKey):
    """A car with an officer who has two keys, one of them at hand."""
    shift = Shift(tmp_path / "store.db", load_policy("postc"))
    keys = (enrolled(SoftwareKey(), name="spare"), enrolled(key))
    shift.do(issued(officer(security_keys=keys), at=shift.clock.now()))
    yield shift
    shift.core.stop()


def answered(car: Shift, key: SoftwareKey, user: str = "rdoe") -> KeyAnswer | KeyTrouble:
    """The core asks, the key answers."""
    car.do(c.AskKey(user))
    return put(reader_of(key), car.said(n.KeyAsked)[-1].question, key.pin)


def enter(car: Shift, answer: KeyAnswer | None, password="right", code="") -> str:  # noqa: S107 - a test
    """Try to get in: 'in' or the reason why not."""
    try:
        car.do(c.SignIn("rdoe", password, notice_acknowledged=True, code=code, key=answer))
    except Refused as refused:
        return refused.reason
    return "in"


def kinds(car: Shift) -> list[str]:
    with_bodies = car.store.reader()
    rows = with_bodies.outbox.pending(1000)
    with_bodies.close()
    return [row.event.kind for row in rows]


@pytest.mark.clause("ACC-1")
def test_password_and_key_open_offline(car, key):
    """Either registered key opens, with the password; the code stays possible beside it."""
    assert enter(car, answered(car, key)) == "in"
    car.do(c.SignOut())
    car.do(c.SignIn("rdoe", "right", notice_acknowledged=True, code=pyotp.TOTP(SECRET).at(car.clock.now())))
    assert len(car.said(n.SignedIn)) == 2


@pytest.mark.clause("ACC-1")
def test_an_assertion_counts_once(car, key):
    """The very answer again is refused: at once, after another question, and over a restart."""
    answer = answered(car, key)
    assert enter(car, answer) == "in"
    car.do(c.SignOut())
    assert enter(car, answer) == "wrong_credentials"
    car.do(c.AskKey("rdoe"))
    assert enter(car, answer) == "wrong_credentials"
    car.restart()
    assert enter(car, answer) == "wrong_credentials"


def test_a_challenge_ends_with_time_with_the_run_and_with_the_next_one(car, key, monkeypatch):
    """An answer that comes too late, after a restart, or to the question before the last opens nothing."""
    late = answered(car, key)
    car.clock.pass_time(hours=(CHALLENGE_S + 1) / 3600)
    assert enter(car, late) == "wrong_credentials"
    before = answered(car, key)
    car.restart()
    monkeypatch.setattr("mdt_app.services.on_session.RUN", "another run")  # as a new process has
    assert enter(car, before) == "wrong_credentials"
    first, _ = answered(car, key), answered(car, key)
    assert enter(car, first) == "wrong_credentials"


@pytest.mark.clause("ACC-1", "AUD-1")
def test_a_counter_that_goes_back_is_a_copied_key_refused_and_on_record(car, key):
    """A thief's copy of the key falls behind; also over a restart. The one that is ahead still opens."""
    copy = key.clone()
    for _ in range(2):
        assert enter(car, answered(car, key)) == "in"
        car.do(c.SignOut())
    car.restart()
    assert enter(car, answered(car, copy)) == "key_cloned"
    assert EventKind.KEY_CLONED in kinds(car)
    assert enter(car, answered(car, key)) == "in"


def test_a_copied_key_with_a_wrong_password_does_not_say_so(car, key):
    """Whoever guesses the password learns nothing from the copy; it is on record all the same."""
    copy = key.clone()
    assert enter(car, answered(car, key)) == "in"
    car.do(c.SignOut())
    assert enter(car, answered(car, copy), "guess") == "wrong_credentials"
    assert EventKind.KEY_CLONED in kinds(car)


def test_a_key_without_a_counter_opens_again_and_again(car):
    """Some keys never count: their zero is no step back. A key that has counted can't become one of them."""
    still = SoftwareKey(counts=False)
    car.do(issued(officer(security_keys=(enrolled(still),)), at=car.clock.now()))
    for _ in range(2):
        assert enter(car, answered(car, still)) == "in"
        car.do(c.SignOut())
    counting = SoftwareKey()
    car.do(issued(officer(security_keys=(enrolled(counting),)), at=car.clock.now()))
    counting.counts, counting.counter = False, 0
    assert enter(car, answered(car, counting)) == "key_cloned"


@pytest.mark.clause("ACC-1")
def test_five_wrong_answers_lock_an_absent_key_counts_nothing(car, key):
    """Keys that do not answer are no failure; wrong answers are, and lock like wrong passwords and codes together."""
    for _ in range(6):
        assert answered(car, SoftwareKey()) is KeyTrouble.WRONG
    right = answered(car, key)
    forged = replace(right, signature=b"\x30" + bytes(70))
    reasons = [enter(car, forged), enter(car, forged), enter(car, answered(car, key), "guess")]
    reasons += [enter(car, None, code="000000"), enter(car, forged)]
    assert set(reasons) == {"wrong_credentials"}
    with pytest.raises(Refused) as caught:
        car.do(c.AskKey("rdoe"))
    assert caught.value.reason == "account_locked"


@pytest.mark.clause("ACC-4")
@pytest.mark.parametrize("change", [{"active": False}, {"security_keys": ()}])
def test_a_suspended_account_or_a_withdrawn_key_opens_nothing_after_the_sync(car, key, change):
    """What headquarters took back is gone with the next accounts."""
    held = officer(security_keys=(enrolled(key),))
    car.do(issued(held, at=car.clock.now()))
    answer = answered(car, key)
    car.do(issued(replace(held, **change), at=car.clock.now()))
    assert enter(car, answer) == "wrong_credentials"


def test_a_question_does_not_tell_who_has_an_account_or_a_key(car):
    """Unknown people and people without a key are asked alike, the same each time."""
    car.do(issued(officer("nokey"), at=car.clock.now()))
    questions = []
    for user in ("nobody", "nokey", "nobody"):
        car.do(c.AskKey(user))
        questions.append(car.said(n.KeyAsked)[-1].question)
    assert [len(q.credential_ids[0]) for q in questions] == [96] * 3
    assert questions[0].credential_ids == questions[2].credential_ids
    assert len({q.challenge for q in questions}) == 3


@pytest.mark.clause("ACC-1")
@pytest.mark.parametrize(
    ("factor", "by_key", "by_code"),
    [(Factor.TOTP, "no_keys", "in"), (Factor.SECURITY_KEY, "in", "wrong_credentials")],
)
def test_the_policy_says_which_factors_open(tmp_path: Path, key, factor, by_key, by_code):
    """Under one without keys a right key opens nothing, under one without codes a right code does not."""
    car = Shift(tmp_path / "store.db", policy_with(factor))
    car.do(issued(officer(security_keys=(enrolled(key),)), at=car.clock.now()))
    try:
        heard = enter(car, answered(car, key))
        car.do(c.SignOut())
    except Refused as refused:
        heard = refused.reason
    assert heard == by_key
    code = pyotp.TOTP(SECRET).at(car.clock.now())
    assert enter(car, None, code=code) == by_code
    car.core.stop()
