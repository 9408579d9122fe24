"""Privileged acts in the car: refused on a stale proof, done after a fresh one, both on record (CJIS IA-11)."""

from __future__ import annotations

import pyotp
import pytest

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.privileged import PRIVILEGED
from mdt_app.domain.reads import Pictures
from mdt_app.domain.retention import PreserveData, ReleaseCase
from mdt_app.services.policies import load_policy
from mdt_app.services.proving import Given
from tests.fakes.car import SECRET, Shift, issued, make_read, officer
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of

MINUTES = load_policy("postc").sign_in.privileged_minutes.value


@pytest.fixture
def key() -> SoftwareKey:
    return SoftwareKey()


@pytest.fixture
def car(tmp_path, key):
    """A supervisor on patrol, a hit on record."""
    shift = Shift(tmp_path / "store.db", load_policy("postc"))
    account = officer(role=Role.SUPERVISOR, security_keys=(enrolled(key),))
    shift.do(issued(account, at=shift.clock.now()))
    shift.prepare_lists()
    shift.do(c.SignIn("rdoe", "right", notice_acknowledged=True, code=code(shift)))
    shift.do(c.RecordRead(make_read("4BXR91"), Pictures(b"c", b"v")))
    yield shift
    shift.core.stop()


def code(car: Shift) -> str:
    return pyotp.TOTP(SECRET).at(car.clock.now())


def later(car: Shift, minutes: float = MINUTES + 1) -> None:
    car.clock.pass_time(hours=minutes / 60)
    car.clock.advance(minutes=minutes)


def hold(car: Shift) -> PreserveData:
    return PreserveData(car.said(n.HitRaised)[-1].hit.hit_id, "26-114", "burglary series")


def reason(car: Shift, command) -> str:
    with pytest.raises(Refused) as caught:
        car.do(command)
    return caught.value.reason


def on_record(car: Shift) -> list[str]:
    reader = car.store.reader()
    found = [row.event.kind for row in reader.outbox.pending(1000)]
    reader.close()
    return found


@pytest.mark.clause("ACC-1", "AUD-1")
@pytest.mark.parametrize("act", sorted(PRIVILEGED, key=lambda kind: kind.__name__))
def test_each_privileged_act_wants_a_proof_of_the_last_minutes(car, act):
    """Fresh from the sign-in it is done; minutes later it is refused in words, on record, and nothing happened."""
    commands = {PreserveData: hold(car), ReleaseCase: ReleaseCase("26-114", "convicted")}
    car.do(hold(car))
    later(car)
    with pytest.raises(Refused, match=r"asks again who you are.*password and your second factor") as caught:
        car.do(commands[act])
    assert caught.value.reason == "prove_again"
    assert on_record(car)[-1] == EventKind.COMMAND_REFUSED
    car.do(c.ProveIdentity("right", code(car)))
    assert on_record(car)[-1] == EventKind.PROVED_AGAIN
    car.do(commands[act])


def test_the_minutes_count_by_the_clock_that_nobody_sets_and_through_a_laptops_sleep(car):
    """A clock set back makes no proof young; a monotonic clock that stood still makes none, either."""
    car.clock.pass_time(hours=(MINUTES + 1) / 60)
    car.clock.advance(hours=-5)
    assert reason(car, hold(car)) == "prove_again"
    car.clock.advance(hours=6)
    car.do(c.ProveIdentity("right", code(car)))
    car.do(hold(car))
    car.clock.advance(minutes=MINUTES + 1)
    assert reason(car, hold(car)) == "prove_again"


def test_ordinary_work_asks_for_nothing(car):
    """Confirming a plate is no privileged act, however old the proof is."""
    later(car, 60)
    car.do(c.ConfirmPlate(car.said(n.HitRaised)[-1].hit.hit_id, "4BXR91", "CT"))
    assert car.said(n.HitChanged)[-1].hit.verification.plate_seen is not None


@pytest.mark.clause("ACC-1")
def test_a_key_proves_as_well_and_wrong_proofs_lock_like_wrong_sign_ins(car, key):
    """The failures are the account's own: five lock it, and the act stays shut."""
    later(car)
    car.do(c.AskKey("rdoe"))
    car.do(c.ProveIdentity("right", key=put(reader_of(key), car.said(n.KeyAsked)[-1].question)))
    car.do(hold(car))
    later(car)
    for _ in range(5):
        assert reason(car, c.ProveIdentity("guess", code(car))) == "wrong_credentials"
    assert reason(car, c.ProveIdentity("right", code(car))) == "account_locked"
    assert reason(car, hold(car)) == "prove_again"


def test_unlocking_the_screen_is_a_fresh_proof_and_a_locked_one_takes_none(car):
    """The same proofs open the screen; while it is locked only they are taken."""
    later(car)
    car.do(c.LockScreen())
    assert reason(car, hold(car)) == "screen_locked"
    assert reason(car, c.ProveIdentity("right", code(car))) == "screen_locked"
    car.do(c.UnlockScreen("right", code(car)))
    car.do(hold(car))


def test_secrets_do_not_show_in_what_is_written_of_a_proof(car, key):
    """Neither password nor code nor signature stands in the text of a command or of what was given."""
    car.do(c.AskKey("rdoe"))
    answer = put(reader_of(key), car.said(n.KeyAsked)[-1].question)
    for given in (c.ProveIdentity("pass-word", "123456", answer), Given("pass-word", "123456", answer)):
        for secret in ("pass-word", "123456", repr(answer.signature)):
            assert secret not in repr(given)
