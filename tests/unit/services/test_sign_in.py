"""Sign-in through the core: two factors, locks and releases, old accounts, training, the locked screen."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from cache.db import open_database
from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.policy import Ruled
from mdt_app.domain.reads import Pictures
from mdt_app.domain.retention import PurgeExpired
from mdt_app.services.policies import load_policy
from mdt_app.services.second_factor import release_code
from mdt_app.services.signing import Signer
from tests.fakes.car import KEY, SECRET, TRAINED, Shift, issued, make_read, officer

RELEASE_SECRET = b"\x07" * 32


@pytest.fixture
def car(tmp_path: Path):
    """A car with two-factor sign-in and one trained officer's account."""
    shift = Shift(tmp_path / "store.db", load_policy("postc"))
    shift.do(issued(officer(), at=shift.clock.now()))
    yield shift
    shift.core.stop()


def code(car: Shift) -> str:
    return pyotp.TOTP(SECRET).at(car.clock.now())


def sign_in(car: Shift, password="right", given: str | None = None, user="rdoe") -> None:  # noqa: S107 - a test
    car.do(c.SignIn(user, password, notice_acknowledged=True, code=code(car) if given is None else given))


def refusal(car: Shift, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        sign_in(car, *args, **kwargs)
    return caught.value


@pytest.mark.clause("ACC-1")
@pytest.mark.parametrize(("password", "given"), [("wrong", None), ("right", "000000"), ("right", ""), ("wrong", "")])
def test_both_factors_are_needed_and_the_refusal_does_not_say_which_was_wrong(car, password, given):
    """A wrong password and a wrong code read the same; both together open."""
    assert refusal(car, password, given).reason == "wrong_credentials"
    sign_in(car)
    assert car.said(n.SignedIn)[-1].session.user_id == "rdoe"


@pytest.mark.clause("ACC-1")
def test_a_used_code_is_refused(car):
    """The same code again opens nothing, says so, and counts as no failure; the next one opens. Also over a restart."""
    sign_in(car)
    car.do(c.SignOut())
    assert refusal(car).reason == "code_used"
    car.restart()
    for _ in range(6):
        assert refusal(car).reason == "code_used"
    assert refusal(car, "guess").reason == "wrong_credentials"
    car.clock.advance(seconds=30)
    sign_in(car)


def test_whatever_is_typed_as_a_code_is_a_wrong_code(car):
    """Letters of any script are a failure on record like any other, for known and unknown accounts alike."""
    for user in ("rdoe", "nobody"):
        assert refusal(car, given="\u0661\u0662é", user=user).reason == "wrong_credentials"
    with pytest.raises(Refused):
        car.do(c.ReleaseAccount("rdoe", "é"))


@pytest.mark.parametrize("offset", [-30, 0, 30])
def test_a_neighbouring_code_is_taken(car, offset):
    """Clocks differ by some seconds."""
    sign_in(car, given=pyotp.TOTP(SECRET).at(car.clock.now() + timedelta(seconds=offset)))
    assert len(car.said(n.SignedIn)) == 1


@pytest.mark.clause("ACC-1")
def test_five_failures_lock_the_account_over_restarts(car):
    """The fifth failure locks; the right password and code no longer help, also after a restart and hours later."""
    for _ in range(5):
        assert refusal(car, "guess").reason == "wrong_credentials"
        car.restart()
    assert refusal(car).reason == "account_locked"
    car.clock.advance(hours=3)
    assert refusal(car).reason == "account_locked"
    assert car.said(n.AccountLocked)[-1].challenge.isdigit()


def test_the_failures_of_a_day_do_not_add_up_but_guessing_at_any_pace_locks(car):
    """Four failures, a pause, four more: not locked. Ten in a row lock however slowly, so a set clock wins nothing."""
    for number in range(9):
        assert refusal(car, "guess").reason == "wrong_credentials", number
        car.clock.advance(minutes=20)
    refusal(car, "guess")
    assert refusal(car).reason == "account_locked"


def test_a_clock_set_back_does_not_hide_failures(car):
    """Failures that lie in the future count."""
    car.clock.advance(hours=1)
    for _ in range(4):
        refusal(car, "guess")
    car.clock.advance(minutes=-20)
    refusal(car, "guess")
    assert refusal(car).reason == "account_locked"


def test_an_unknown_account_locks_like_a_known_one(car):
    """Nobody can tell from outside which accounts exist."""
    for _ in range(5):
        assert refusal(car, "guess", user="nobody").reason == "wrong_credentials"
    assert refusal(car, "guess", user="nobody").reason == "account_locked"


def test_the_right_sign_in_forgets_the_failures_before(car):
    """Failures count since the last success."""
    for _ in range(3):
        for _ in range(4):
            refusal(car, "guess")
        sign_in(car)
        car.do(c.SignOut())
        car.clock.advance(seconds=60)
    assert len(car.said(n.SignedIn)) == 3


def lock(car: Shift) -> str:
    """Lock the account; return the challenge."""
    for _ in range(5):
        refusal(car, "guess")
    return car.said(n.AccountLocked)[-1].challenge


@pytest.mark.clause("ACC-4")
def test_a_release_code_opens_the_lock_without_a_link(car):
    """Headquarters' code for the challenge opens it once; a wrong one makes a new challenge."""
    challenge = lock(car)
    good = release_code(RELEASE_SECRET, "rdoe", challenge)
    with pytest.raises(Refused):
        car.do(c.ReleaseAccount("rdoe", "0123456789"))
    with pytest.raises(Refused):
        car.do(c.ReleaseAccount("rdoe", good))
    again = car.said(n.AccountLocked)[-1].challenge
    assert again != challenge
    car.do(c.ReleaseAccount("rdoe", release_code(RELEASE_SECRET, "rdoe", again)))
    sign_in(car)


def test_a_release_that_was_known_before_the_lock_does_not_open_it(car):
    """Only a further release opens: no clock decides."""
    car.do(issued(officer(releases=3), at=car.clock.now()))
    lock(car)
    assert refusal(car).reason == "account_locked"
    car.do(issued(officer(releases=4), at=car.clock.now()))
    sign_in(car)


@pytest.mark.clause("ACC-2", "ACC-3", "ACC-4")
@pytest.mark.parametrize("change", [{"role": Role.AUDITOR}, {"training": frozenset()}, {"active": False}])
def test_who_may_not_use_the_car_any_more_is_signed_out_at_the_next_sync(car, change):
    """Another role, or training that is gone, ends the session as a suspension does."""
    sign_in(car)
    car.do(issued(officer(**change), at=car.clock.now()))
    assert car.said(n.SignedOut)


def test_a_clock_set_back_before_each_start_does_not_stretch_the_hours(car):
    """The running time counts, too: after 72 hours of it nobody signs in, whatever the clock on the wall says."""
    for _ in range(4):
        car.clock.pass_time(hours=20)
        until(lambda: car.store.reader().time().elapsed_s > 0)
        car.do(PurgeExpired())
    assert refusal(car).reason == "accounts_old"


@pytest.mark.clause("ACC-4")
def test_headquarters_release_comes_with_the_accounts(car):
    """An account that was released after the lock is open again."""
    lock(car)
    car.clock.advance(minutes=1)
    car.do(issued(officer(releases=1), at=car.clock.now()))
    sign_in(car)
    assert car.said(n.SignedIn)


@pytest.mark.clause("ACC-1")
def test_a_password_of_last_year_opens_no_car(car):
    """The refusal says where a new one is set; the day before it opened still."""
    now = car.clock.now()
    car.do(issued(officer(password_set_at=now - timedelta(days=366)), at=now))
    said = refusal(car)
    assert (said.reason, "mdt hq password" in said.remedy) == ("password_old", True)
    car.do(issued(officer(password_set_at=now - timedelta(days=364)), at=now))
    car.clock.advance(minutes=1)
    sign_in(car)
    assert car.said(n.SignedIn)


@pytest.mark.clause("ACC-3")
def test_no_access_before_the_training_is_complete(car):
    """The refusal names the topics that are missing, and is on record."""
    known = TRAINED - {"visual_verification", "privacy"}
    car.do(issued(officer(training=known), at=car.clock.now()))
    said = refusal(car)
    assert said.reason == "training_missing"
    for words in ("Verifying a hit by eye", "Privacy and civil liberties"):
        assert any(words in part for part in said.words.split(";")), said.words


@pytest.mark.clause("ACC-2")
@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.OFFICER, Role.SUPERVISOR)])
def test_a_role_that_is_not_for_a_car_is_refused(car, role):
    """Only sworn people drive."""
    car.do(issued(officer(role=role), at=car.clock.now()))
    assert refusal(car).reason == "not_sworn"


@pytest.mark.clause("ACC-4")
def test_a_suspended_account_is_refused_and_ends_a_session(car):
    """At the next sync its holder is signed out, and does not get in again."""
    sign_in(car)
    car.do(issued(officer(active=False), at=car.clock.now()))
    assert car.said(n.SignedOut)
    car.clock.advance(seconds=30)
    assert refusal(car).reason == "wrong_credentials"


def test_accounts_are_taken_only_if_headquarters_signed_them_for_this_car(car):
    """Another key, another car, another content, or older ones: refused, and those in force stay."""
    now = car.clock.now()
    forged = issued(officer("evil"), at=now, signer=Signer(b"\x01" * 32))
    good = issued(officer("evil"), at=now)
    for wrong in (forged, replace(good, content=good.content.replace(b"evil", b"EVIL"))):
        with pytest.raises(Refused, match="not signed"):
            car.do(wrong)
    for wrong in (
        issued(officer("evil"), at=now, car_id="CAR13"),
        issued(officer("evil"), at=now - timedelta(hours=1)),
    ):
        with pytest.raises(Refused):
            car.do(wrong)
    assert refusal(car, user="evil").reason == "wrong_credentials"
    sign_in(car)


def test_accounts_that_were_written_into_the_store_directly_open_nothing(car):
    """Somebody with the store's key puts in an account: the signature does not hold, and nobody gets in."""
    db = open_database(car.path, KEY)
    content = issued(officer(password_hash="mine"), at=car.clock.now()).content
    db.execute("UPDATE account_bundle SET content = ?", (content,))
    db.close()
    with pytest.raises(BadInput):
        sign_in(car, "mine")


def test_accounts_older_than_the_policys_hours_open_nothing(car):
    """After 72 hours without headquarters nobody signs in; with fresh accounts they do."""
    car.clock.advance(hours=72)
    sign_in(car)
    car.do(c.SignOut())
    car.clock.advance(minutes=1)
    assert refusal(car).reason == "accounts_old"
    car.do(issued(officer(), at=car.clock.now()))
    sign_in(car)


@pytest.mark.parametrize("years", [-3, 3])
def test_no_clock_makes_old_accounts_young(car, years):
    """The clock jumps on and is set back, or back alone: still refused until headquarters is heard again."""
    car.clock.advance(hours=100)
    refusal(car)
    car.clock.advance(hours=-90)
    assert refusal(car).reason == "accounts_old"
    car.clock.advance(days=365 * years)
    assert refusal(car).reason in ("accounts_old", "clock_behind")


@pytest.mark.clause("ACC-5", "ALR-1")
def test_a_locked_screen_lets_nothing_be_done_but_goes_on_alerting(car):
    """Reads are kept and hits raised; answers are refused until the same person has proved to be there."""
    car.prepare_lists()
    sign_in(car)
    car.do(c.LockScreen())
    car.do(c.RecordRead(make_read("4BXR91"), Pictures(b"c", b"v")))
    hit = car.said(n.HitRaised)[-1].hit
    with pytest.raises(Refused) as caught:
        car.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    assert caught.value.reason == "screen_locked"
    with pytest.raises(Refused):
        car.do(c.UnlockScreen("wrong", code(car)))
    car.clock.advance(seconds=30)
    car.do(c.UnlockScreen("right", code(car)))
    car.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))


def test_after_twelve_hours_the_person_is_asked_again_and_a_forgotten_session_ends(car):
    """By the monotonic clock, which nobody sets: the screen locks after 12 hours, the session ends after 16."""
    sign_in(car)
    car.clock.pass_time(hours=12)
    until(lambda: car.said(n.ScreenLocked))
    assert car.said(n.ScreenLocked)[-1].reason == "again"
    assert not car.said(n.SignedOut)
    car.clock.pass_time(hours=4)
    until(lambda: car.said(n.SignedOut))


def until(condition) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_the_three_policies_ask_for_what_the_security_policy_asks():
    """Five failures in 15 minutes, a second factor, 12 hours; laxer numbers stop the start (test_policy_faults)."""
    rules = load_policy("postc").sign_in
    assert (rules.failures_most.value, rules.failure_minutes.value) == (5, 15)
    assert (rules.offline_hours.value, rules.again_hours.value) == (72, 12)
    assert rules.second_factor == Ruled(True, "CJIS 6.0 IA-2(1)")


@pytest.mark.clause("ACC-4")
def test_a_car_that_headquarters_has_locked_lets_nobody_in_until_it_is_opened(car):
    """The session ends at once; the lock outlives restarts; the order to open it again does."""
    sign_in(car)
    car.do(c.LockCar(locked=True))
    assert car.said(n.SignedOut)
    car.restart()
    car.clock.advance(seconds=30)
    assert refusal(car).reason == "car_locked"
    car.do(c.LockCar(locked=False))
    sign_in(car)
