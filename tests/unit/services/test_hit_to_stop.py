"""A hit's way through the core, on the real store: from the read to the stop, and every way that ends before."""

from __future__ import annotations

import pytest

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.accounts import Role
from mdt_app.domain.alerts import Feature, HitStatus, NoStopReason, Seen
from mdt_app.domain.errors import BadInput, NotSignedIn, Refused
from mdt_app.domain.gate import GateShut
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.reads import Pictures
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.services.list_blocks import prepared
from tests.fakes.car import issued, make_entry, make_read, officer

PICTURES = Pictures(b"crop", b"context")


def raise_hit(patrol, plate="4BXR91", state="CT"):
    patrol.do(c.RecordRead(make_read(plate, state, captured_at=patrol.clock.now()), PICTURES))
    return patrol.said(n.HitRaised)[-1].hit


def answer(patrol, answer=CheckAnswer.ACTIVE, check_id=""):
    """An answer to the query that was asked last, or to another one."""
    now = patrol.clock.now()
    return StatusAnswer(check_id or patrol.asked[-1].check_id, "NCIC", answer, now, now, "switch")


def verify(patrol, hit):
    patrol.do(c.ConfirmPlate(hit.hit_id, "4bx-r91", "CT"))
    for feature in Feature:
        patrol.do(c.AnswerVehicle(hit.hit_id, feature, Seen.MATCH))
    patrol.do(c.AskStatus(hit.hit_id))
    patrol.do(c.RecordStatus(hit.hit_id, answer(patrol)))


def unmet(refusal) -> set[str]:
    return {u.name for u in refusal.decision.unmet}


@pytest.mark.clause("ALR-1", "ALR-4")
def test_a_listed_plate_raises_a_hit_with_its_list_and_age(patrol):
    """A read that a list holds becomes an alert that carries the list, its extract's time and the pictures."""
    hit = raise_hit(patrol)
    raised = patrol.said(n.HitRaised)[-1]
    assert (hit.list_name, raised.pictures, raised.recorded) == ("NCIC", PICTURES, True)
    assert (patrol.clock.now() - hit.list_extracted_at).total_seconds() == 3 * 3600 + 12 * 60


def test_an_unlisted_plate_is_kept_and_raises_nothing(patrol):
    """A read that no list holds is on record and raises no alert."""
    patrol.do(c.RecordRead(make_read("ZZZ9999"), PICTURES))
    assert patrol.said(n.HitRaised) == []
    assert patrol.said(n.ReadSeen)[-1].hit_id == ""


@pytest.mark.clause("STP-2", "STP-4")
def test_a_stop_at_once_is_refused_by_name_and_on_record(patrol):
    """Pressing stop with nothing answered names every missing condition, and the refusal is counted on record."""
    hit = raise_hit(patrol)
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == {
        "plate_confirmed",
        "state_confirmed",
        "vehicle_confirmed",
        "status_verified",
        "still_active",
    }
    reader = patrol.store.reader()
    assert reader.counts()["refused"] == 1
    reader.close()


@pytest.mark.clause("STP-1", "STP-2", "STP-4")
def test_the_verified_hit_becomes_a_stop(patrol):
    """With both confirmations on record and a permitted purpose the gate opens and the stop is recorded."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    recorded = patrol.said(n.StopRecorded)[-1]
    assert (recorded.hit.status, recorded.stop.purpose, recorded.stop.user_id) == (HitStatus.STOPPED, "locate", "rdoe")


@pytest.mark.clause("STP-1")
@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_a_stop_needs_a_permitted_purpose(patrol, purpose):
    """A stop for no purpose, or one that the policy does not name, is refused for just that."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, purpose))
    assert unmet(refusal.value) == {"purpose_named"}


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(
    ("plate", "state", "reason"),
    [("4BXR97", "CT", NoStopReason.MISREAD), ("4BXR91", "NY", NoStopReason.WRONG_STATE)],
)
def test_a_difference_by_eye_ends_in_no_stop(patrol, plate, state, reason):
    """Other characters or another state than the entry's end the hit, and nothing opens it again."""
    hit = raise_hit(patrol)
    patrol.do(c.ConfirmPlate(hit.hit_id, plate, state))
    ended = patrol.said(n.HitChanged)[-1].hit
    assert (ended.status, ended.reason) == (HitStatus.NO_STOP, reason)
    with pytest.raises(Refused) as refusal:
        patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    assert refusal.value.reason == "hit_ended"
    patrol.do(c.RecordStatus(hit.hit_id, answer(patrol, check_id="never asked")))
    with pytest.raises(GateShut):
        patrol.do(c.RequestStop(hit.hit_id, "locate"))


def test_o_and_zero_are_the_same_character(patrol):
    """Lists write O as zero: the officer who types what the plate shows is not told that it differs."""
    hit = raise_hit(patrol, "AB12345")
    patrol.do(c.ConfirmPlate(hit.hit_id, "AB12345", "CT"))
    assert not patrol.said(n.HitChanged)[-1].hit.ended


@pytest.mark.clause("STP-4", "STP-6")
@pytest.mark.parametrize(
    ("got", "missing"),
    [
        (CheckAnswer.NO_RECORD, {"still_active"}),
        (CheckAnswer.OTHER_RECORD, {"still_active"}),
        (CheckAnswer.NO_RESPONSE, {"still_active", "status_verified"}),
        (CheckAnswer.MALFORMED, {"still_active", "status_verified"}),
    ],
)
def test_only_an_active_record_opens(patrol, got, missing):
    """An answer that is not 'active', or none, keeps the gate shut and says which of the two is missing."""
    hit = raise_hit(patrol)
    verify_without_status(patrol, hit)
    patrol.do(c.AskStatus(hit.hit_id))
    patrol.do(c.RecordStatus(hit.hit_id, answer(patrol, got)))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == missing


def verify_without_status(patrol, hit):
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    for feature in Feature:
        patrol.do(c.AnswerVehicle(hit.hit_id, feature, Seen.MATCH))


@pytest.mark.clause("STP-4", "STP-6")
def test_dispatch_by_radio_counts_with_its_name(patrol):
    """An answer by radio opens the gate when somebody is named, and is refused without."""
    hit = raise_hit(patrol)
    verify_without_status(patrol, hit)
    with pytest.raises(Refused, match="Nobody else is named"):
        patrol.do(c.AnswerByRadio(hit.hit_id, "  ", CheckAnswer.ACTIVE))
    patrol.do(c.AnswerByRadio(hit.hit_id, "Dispatcher 4", CheckAnswer.ACTIVE))
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert patrol.said(n.StopRecorded)[-1].hit.verification.status.by == "Dispatcher 4"


def test_a_late_silence_does_not_wipe_out_an_answer(patrol):
    """'No response' to a second query leaves the first one's answer standing."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.do(c.RecordStatus(hit.hit_id, answer(patrol, CheckAnswer.NO_RESPONSE)))
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert patrol.said(n.StopRecorded)


@pytest.mark.clause("STP-2")
def test_a_feature_that_differs_keeps_the_gate_shut(patrol):
    """A motorcycle is not a minivan: one feature that differs is enough; it can be corrected until the end."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.do(c.AnswerVehicle(hit.hit_id, Feature.STYLE, Seen.DIFFERS))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == {"vehicle_confirmed"}


@pytest.mark.clause("STP-2")
def test_what_was_confirmed_by_eye_can_be_taken_back_until_the_stop(patrol):
    """The gate shuts at once on plate and state, what was answered else stays, and looking anew opens it again."""
    hit = raise_hit(patrol)
    with pytest.raises(Refused, match="No plate is confirmed"):
        patrol.do(c.TakeBackPlate(hit.hit_id))
    verify(patrol, hit)
    patrol.do(c.TakeBackPlate(hit.hit_id))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == {"plate_confirmed", "state_confirmed"}
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert patrol.said(n.StopRecorded)
    with pytest.raises(Refused):
        patrol.do(c.TakeBackPlate(hit.hit_id))


def test_one_car_is_one_card(patrol):
    """The same plate again counts on the open card; after the end it stays quiet for the policy's minutes."""
    hit = raise_hit(patrol)
    raise_hit(patrol)
    assert len(patrol.said(n.HitRaised)) == 1
    assert patrol.said(n.HitChanged)[-1].hit.sightings == 2
    patrol.do(c.EndWithoutStop(hit.hit_id, NoStopReason.OTHER_VEHICLE))
    raise_hit(patrol)
    assert len(patrol.said(n.HitRaised)) == 1
    patrol.clock.advance(minutes=11)
    raise_hit(patrol)
    assert len(patrol.said(n.HitRaised)) == 2


def test_the_query_leaves_with_who_and_for_whom(patrol):
    """The records check names the ORI, the person and the entry, and leaves only after it is on record."""
    hit = raise_hit(patrol)
    patrol.do(c.AskStatus(hit.hit_id))
    query = patrol.asked[-1]
    assert (query.hit_id, query.plate, query.state, query.nic) == (hit.hit_id, "4BXR91", "CT", "V123456789")
    assert (query.ori, query.user_id) == ("CT0056700", "rdoe")


@pytest.mark.clause("ACC-5", "ALR-1")
def test_a_waiting_hit_is_there_again_after_a_restart(patrol):
    """After a crash the next sign-in brings the open hit back, with its pictures and answers."""
    hit = raise_hit(patrol)
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    patrol.restart()
    patrol.notices.clear()
    patrol.sign_in()
    again = patrol.said(n.HitRaised)[-1]
    assert {u.name for u in again.decision.unmet} == {
        "vehicle_confirmed",
        "status_verified",
        "still_active",
        "purpose_named",
    }
    assert (again.hit.hit_id, again.hit.verification.plate_seen, again.pictures) == (hit.hit_id, "4BXR91", PICTURES)


@pytest.mark.clause("ACC-5")
def test_nothing_is_read_without_a_person(shift):
    """Without a signed-in person a read is counted, not kept, and no answer is taken."""
    with pytest.raises(NotSignedIn):
        shift.do(c.RecordRead(make_read("4BXR91"), PICTURES))
    assert shift.core.uncounted["not_signed_in"] == 1


@pytest.mark.clause("ACC-1", "ACC-6")
@pytest.mark.parametrize(
    ("user", "password", "acknowledged", "reason"),
    [
        ("rdoe", "wrong", True, "wrong_credentials"),
        ("nobody", "right", True, "wrong_credentials"),
        ("rdoe", "right", False, "notice_not_acknowledged"),
    ],
)
def test_a_refused_sign_in_is_on_record(patrol, user, password, acknowledged, reason):
    """A wrong password, an unknown user and an unread notice are refused, each on record."""
    patrol.do(c.SignOut())
    before = audit_rows(patrol)
    with pytest.raises(Refused) as refusal:
        patrol.do(c.SignIn(user, password, acknowledged))
    assert (refusal.value.reason, audit_rows(patrol)) == (reason, before + 1)


@pytest.mark.clause("AUD-1")
def test_the_trail_of_a_stop_verifies(patrol):
    """Every step of a hit stands in one chain that verifies, and all of it waits for headquarters."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    reader = patrol.store.reader()
    verdict, counts = reader.verify_audit(), reader.counts()
    reader.close()
    assert verdict.words == "ok"
    assert verdict.rows + counts["reads"] == counts["outbox_pending"]


def audit_rows(patrol) -> int:
    reader = patrol.store.reader()
    rows = reader.verify_audit().rows
    reader.close()
    return rows


@pytest.mark.clause("AUD-1")
def test_only_the_confirmed_record_counts_as_delivered(patrol):
    """The screen hears 'delivered' for exactly the rows that headquarters named, and those alone leave the outbox."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    event_id = patrol.said(n.StopRecorded)[-1].event_id
    reader = patrol.store.reader()
    before = reader.outbox.count()
    patrol.do(c.ConfirmDelivery((event_id,)))
    assert patrol.said(n.Delivered) == [n.Delivered((event_id,))]
    assert reader.outbox.count() == before - 1
    assert event_id not in {row.event.event_id for row in reader.outbox.pending(100)}
    reader.close()


@pytest.mark.clause("ACC-5", "STP-2")
def test_nobody_stops_on_what_somebody_else_saw(patrol):
    """After a hand-over the next person has to look and to ask anew: nothing of the first one's opens the gate."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.do(c.SignOut())
    second = officer("mlee", role=Role.SUPERVISOR)
    patrol.do(issued(officer(), second, at=patrol.clock.now()))
    patrol.do(c.SignIn("mlee", "right", notice_acknowledged=True))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert {"plate_confirmed", "state_confirmed", "vehicle_confirmed", "status_verified"} <= unmet(refusal.value)
    verify(patrol, hit)
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert patrol.said(n.StopRecorded)[-1].stop.user_id == "mlee"


def test_a_screen_that_opens_again_asks_no_second_time(patrol):
    """What is shown may be older than a query under way: the core knows, and one answer is waited for."""
    hit = raise_hit(patrol)
    for _ in range(2):
        patrol.do(c.AskStatus(hit.hit_id, unless_asked=True))
    assert len(patrol.asked) == 1
    patrol.do(c.AskStatus(hit.hit_id))
    assert len(patrol.asked) == 2


@pytest.mark.clause("STP-4", "STP-6")
def test_only_the_check_that_was_asked_last_opens(patrol):
    """A late 'active' of an earlier or unknown query opens nothing; a late 'no record' shuts all the same."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    first = patrol.asked[-1].check_id
    patrol.do(c.AskStatus(hit.hit_id))
    for check_id in (first, "never asked"):
        patrol.do(c.RecordStatus(hit.hit_id, answer(patrol, check_id=check_id)))
        with pytest.raises(GateShut) as refusal:
            patrol.do(c.RequestStop(hit.hit_id, "locate"))
        assert unmet(refusal.value) == {"status_verified", "still_active"}
    patrol.do(c.RecordStatus(hit.hit_id, answer(patrol)))
    patrol.do(c.RecordStatus(hit.hit_id, answer(patrol, CheckAnswer.NO_RECORD, first)))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == {"still_active"}


@pytest.mark.clause("STP-4")
def test_an_old_answer_opens_nothing(patrol):
    """After an hour both the eyes' and the records check's answers have to be given anew."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    patrol.clock.advance(minutes=61)
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == {"plate_confirmed", "vehicle_confirmed", "status_verified", "still_active"}


@pytest.mark.clause("HOT-6")
def test_an_entry_that_left_the_list_opens_nothing(patrol):
    """A list without the entry has arrived since: the hit is not active any more."""
    hit = raise_hit(patrol)
    verify(patrol, hit)
    left = (make_entry("AB12345", "CT"),)
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "0" * 64), left))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert unmet(refusal.value) == {"entry_listed"}


def test_the_same_characters_in_two_states_are_two_entries(patrol):
    """The officer sees New York, and New York is listed too: the hit goes on with that entry, its questions anew."""
    both = (make_entry("4BXR91", "CT"), make_entry("4BXR91", "NY", entry_id="ncic:ny", nic="V000000002"))
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 2, "0" * 64), both))
    hit = raise_hit(patrol, state=None)
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "NY"))
    now = patrol.said(n.HitChanged)[-1].hit
    assert (now.ended, now.match.entry.nic) == (False, "V000000002")
    patrol.do(c.AskStatus(hit.hit_id))
    assert patrol.asked[-1].state == "NY"


@pytest.mark.clause("ALR-1")
def test_a_clock_that_was_set_back_silences_nothing(patrol):
    """A hit that ended in the future, by a wrong clock, does not keep its plate quiet."""
    patrol.clock.advance(days=365)
    hit = raise_hit(patrol)
    patrol.do(c.EndWithoutStop(hit.hit_id, NoStopReason.OTHER_VEHICLE))
    patrol.clock.advance(days=-365)
    raise_hit(patrol)
    assert len(patrol.said(n.HitRaised)) == 2


@pytest.mark.clause("ACC-2", "ACC-4")
def test_a_withdrawn_account_loses_its_session(patrol):
    """When headquarters withdraws the account the session ends at the next sync; an auditor can't enter a car."""
    hit = raise_hit(patrol)
    patrol.do(issued(officer("aud", role=Role.AUDITOR), at=patrol.clock.now()))
    assert patrol.said(n.SignedOut)
    with pytest.raises(Refused):
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    with pytest.raises(Refused, match="not for a car"):
        patrol.do(c.SignIn("aud", "right", notice_acknowledged=True))


@pytest.mark.parametrize("change", [{"category": "new_kind"}, {"key": "OTHER1"}])
def test_a_list_that_can_not_be_understood_is_refused(patrol, change):
    """An unknown category or a key that is not the plate's would silence or mislead: the old list stays."""
    odd = (make_entry("4BXR91", "CT", **change),)
    with pytest.raises(BadInput, match="does not know"):
        patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "0" * 64), odd))
    assert raise_hit(patrol).match.entry.category == "stolen_vehicle"


def test_the_core_survives_what_it_can_not_record(patrol):
    """A command whose refusal itself can't be written ends with an error, and the next one works."""
    patrol.do(c.SignOut())
    with pytest.raises(Exception, match=r"surrogates|encode"):
        patrol.do(c.SignIn("\ud800", "x", notice_acknowledged=False))
    patrol.sign_in()
    assert raise_hit(patrol)
