"""What stands on record of people: the notice, training by name, shift ends, and who may do what in a car."""

from __future__ import annotations

import time
from dataclasses import replace

import pyotp
import pytest

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.accounts import IN_CAR, Role
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.policy import Ruled
from mdt_app.domain.reads import Pictures
from mdt_app.domain.retention import PreserveData, ReleaseCase
from mdt_app.services.policies import load_policy
from tests.fakes.car import SECRET, Shift, issued, make_read, officer


@pytest.fixture
def car(tmp_path):
    """A car with one trained officer's account, under POSTC as it ships."""
    shift = Shift(tmp_path / "store.db", load_policy("postc"))
    shift.do(issued(officer(), at=shift.clock.now()))
    yield shift
    shift.core.stop()


def sign_in(car: Shift, **changes) -> None:
    code = pyotp.TOTP(SECRET).at(car.clock.now())
    car.do(replace(c.SignIn("rdoe", "right", notice_acknowledged=True, code=code), **changes))


def events(car: Shift, kind: EventKind) -> list[Event]:
    reader = car.store.reader()
    found = [row.event for row in reader.outbox.pending(1000) if row.event.kind is kind]
    reader.close()
    return found


@pytest.mark.clause("ACC-6", "AUD-1")
def test_the_acknowledged_notice_stands_on_record_with_each_sign_in(car):
    """Who, when and that it was acknowledged; without it there is a refusal on record and no session."""
    with pytest.raises(Refused, match="The notice is not acknowledged"):
        sign_in(car, notice_acknowledged=False)
    sign_in(car)
    (refused,), (begun,) = events(car, EventKind.SIGN_IN_REFUSED), events(car, EventKind.SIGNED_IN)
    assert (refused.actor, refused.body["reason"]) == ("rdoe", "notice_not_acknowledged")
    assert (begun.actor, begun.body["notice_acknowledged"], begun.body["role"]) == ("rdoe", True, Role.OFFICER)


@pytest.mark.clause("ACC-3", "AUD-1")
def test_training_that_is_missing_is_refused_by_name_and_on_record(car):
    """Also with the right password and code: every missing topic stands in the words, none that is complete."""
    topics = load_policy("postc").training
    known = frozenset(list(topics)[:-2])
    car.do(issued(officer(training=known), at=car.clock.now()))
    with pytest.raises(Refused) as caught:
        sign_in(car)
    for key, topic in topics.items():
        assert (topic.words in caught.value.words) is (key not in known)
    assert events(car, EventKind.SIGN_IN_REFUSED)[-1].body["reason"] == "training_missing"


@pytest.mark.clause("TRN-2", "ACC-3")
def test_training_that_is_due_again_is_told_until_its_last_day_and_shuts_access_after_it(car):
    """Told at the sign-in and on record; the day after, the car shuts by itself, whether headquarters speaks or not."""
    last = car.clock.now().date()
    car.do(issued(officer(training_due=(("penalties", last),)), at=car.clock.now()))
    sign_in(car)
    assert car.said(n.SignedIn)[-1].session.training_due == (("penalties", last),)
    assert events(car, EventKind.SIGNED_IN)[-1].body["training_due"] == {"penalties": last.isoformat()}
    car.do(c.SignOut())
    car.clock.advance(days=1)
    with pytest.raises(Refused, match="Training is not complete: Penalties for misuse"):
        sign_in(car)


def test_a_session_that_nobody_ended_ends_at_shift_end_on_record(car):
    """After the policy's hours by the monotonic clock; the record says that the program did it, and why."""
    sign_in(car)
    car.clock.pass_time(hours=car.policy.sign_in.shift_hours.value)
    deadline = time.monotonic() + 10
    while not car.said(n.SignedOut):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert [event.body["reason"] for event in events(car, EventKind.SIGNED_OUT)] == ["shift_end"]


@pytest.mark.clause("ACC-2", "ACC-4")
@pytest.mark.parametrize("role", sorted(IN_CAR))
def test_an_officer_takes_data_into_a_case_and_only_a_supervisor_releases_it(car, role):
    """Least privilege, in the car as well; a refusal is on record."""
    car.do(issued(officer(role=role), at=car.clock.now()))
    car.prepare_lists()
    sign_in(car)
    car.do(c.RecordRead(make_read("4BXR91"), Pictures(b"c", b"v")))
    car.do(PreserveData(car.said(n.HitRaised)[-1].hit.hit_id, "26-114", "burglary series"))
    if role is Role.SUPERVISOR:
        car.do(ReleaseCase("26-114", "convicted"))
        return
    with pytest.raises(Refused) as caught:
        car.do(ReleaseCase("26-114", "convicted"))
    assert caught.value.reason == "not_authorized"
    assert events(car, EventKind.COMMAND_REFUSED)[-1].body == {
        "command": "ReleaseCase",
        "reason": "not_authorized",
        "policy": f"{car.policy.policy_id} {car.policy.version}",
    }


def test_the_screens_lock_and_its_exemption_are_the_policys():
    """Every policy exempts the vehicle's own device by name (AC-11) and locks others within 30 minutes."""
    for name in ("postc", "newtown", "glastonbury"):
        rules = load_policy(name).sign_in
        assert rules.vehicle_exempt == Ruled(True, "CJIS 6.0 AC-11")
        assert rules.idle_lock_minutes.value <= 30


@pytest.mark.clause("ACC-4")
def test_nobody_locks_or_opens_the_whole_car_by_typing_its_name(car):
    """Under that name the car keeps its own lock: failures and release codes for it change nothing."""
    tries = (c.SignIn("(the whole car)", "guess", notice_acknowledged=True), c.AskKey("(the whole car)"))
    for command in (*tries * 6, c.ReleaseAccount("(the whole car)", "0123456789")):
        with pytest.raises(Refused):
            car.do(command)
    sign_in(car)
    car.do(c.LockCar(locked=True))
    with pytest.raises(Refused):
        car.do(c.ReleaseAccount("(the whole car)", "0123456789"))
    car.clock.advance(seconds=30)
    with pytest.raises(Refused, match="Headquarters has locked this car"):
        sign_in(car)
