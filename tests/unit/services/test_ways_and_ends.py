"""The ways around steps and the ends of a hit through the core: owed steps, outcomes, confirmation, alert profiles."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cache.db import open_database
from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.accounts import AlertException
from mdt_app.domain.alerts import Feature, HitStatus, Seen
from mdt_app.domain.confirmation import ConfirmationAnswer, Standing, Urgency, standing
from mdt_app.domain.errors import Refused
from mdt_app.domain.gate import BY_EYE, BY_STATUS, GateShut
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.outcomes import Disposition, EntryAct, NoStopReason
from mdt_app.domain.policy import ActiveBy, Ruled
from mdt_app.domain.reads import Pictures
from mdt_app.domain.records_check import CheckAnswer, ConfirmationResponse, StatusAnswer
from mdt_app.services.list_blocks import prepared
from mdt_app.services.policies import load_policy
from tests.fakes.car import KEY, Shift, issued, make_entry, make_read, officer, without_codes

PICTURES = Pictures(b"crop", b"context")
FACTS = "driver waved a gun at the light"


@pytest.fixture
def patrols(tmp_path: Path):
    """Cars under a policy, ready for the road; each is stopped at the end."""
    made: list[Shift] = []

    def ready(policy="postc", **rules) -> Shift:
        loaded = without_codes(load_policy(policy))
        stops = replace(loaded.stops, **{name: Ruled(value, "test") for name, value in rules.items()})
        shift = Shift(tmp_path / f"{len(made)}.db", replace(loaded, stops=stops))
        made.append(shift)
        shift.prepare()
        return shift

    yield ready
    for shift in made:
        shift.core.stop()


def raise_hit(patrol: Shift, plate="4BXR91"):
    patrol.do(c.RecordRead(make_read(plate, "CT", captured_at=patrol.clock.now()), PICTURES))
    return patrol.said(n.HitRaised)[-1].hit


def now_of(patrol: Shift, hit):
    return [x.hit for x in patrol.notices if isinstance(x, n.HitRaised | n.HitChanged)][-1]


def look(patrol: Shift, hit, plate="4BXR91", state="CT"):
    patrol.do(c.ConfirmPlate(hit.hit_id, plate, state))
    for feature in Feature:
        patrol.do(c.AnswerVehicle(hit.hit_id, feature, Seen.MATCH))


def ask(patrol: Shift, hit, answer=CheckAnswer.ACTIVE):
    patrol.do(c.AskStatus(hit.hit_id))
    now = patrol.clock.now()
    patrol.do(c.RecordStatus(hit.hit_id, StatusAnswer(patrol.asked[-1].check_id, "NCIC", answer, now, now, "switch")))


def stop(patrol: Shift, hit):
    patrol.do(c.RequestStop(hit.hit_id, "locate"))
    return now_of(patrol, hit)


def events(patrol: Shift, kind: str) -> list[dict]:
    """Bodies of the records of a kind, from the store."""
    db = open_database(patrol.path, KEY)
    rows = db.execute("SELECT b.body FROM audit a JOIN audit_bodies b USING (sequence) WHERE kind = ?", (kind,))
    bodies = [json.loads(body) for (body,) in rows.fetchall()]
    db.close()
    return bodies


@pytest.mark.clause("STP-5")
def test_an_exigent_stop_is_recorded_with_its_facts_and_its_steps_owed(patrols):
    """The facts are on record before the stop; afterwards the card stays open with every step still owed."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.StateGround(hit.hit_id, c.Ground.EXIGENT, FACTS))
    taken = stop(patrol, hit).stop
    assert (set(taken.owed), taken.excuses) == (BY_EYE | BY_STATUS, ("exigent",))
    assert events(patrol, "ground.stated")[0]["facts"] == FACTS
    assert set(events(patrol, "stop.recorded")[0]["owed"]) == BY_EYE | BY_STATUS


@pytest.mark.clause("STP-4", "STP-5")
def test_owed_steps_are_made_good_after_the_stop_and_outlive_a_restart(patrols):
    """They stay in front of the same officer over a restart; with the last answer and the outcome the card closes."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.StateGround(hit.hit_id, c.Ground.EXIGENT, FACTS))
    stop(patrol, hit)
    patrol.restart()
    patrol.sign_in()
    again = patrol.said(n.HitRaised)[-1].hit
    assert (again.hit_id, set(again.stop.owed)) == (hit.hit_id, BY_EYE | BY_STATUS)
    look(patrol, hit)
    assert set(now_of(patrol, hit).stop.owed) == BY_STATUS
    ask(patrol, hit)
    assert now_of(patrol, hit).stop.owed == ()
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.RELEASED))
    assert now_of(patrol, hit).closed
    assert {e["step"] for e in events(patrol, "stop.owed_settled")} == BY_EYE | BY_STATUS


@pytest.mark.clause("STP-5", "STP-2")
def test_an_answer_against_the_stop_is_flagged_as_its_basis_fallen(patrols):
    """The plate turns out to be another one after an exigent stop: on record once, and no longer owed."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.StateGround(hit.hit_id, c.Ground.EXIGENT, FACTS))
    stop(patrol, hit)
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR97", "CT"))
    patrol.do(c.AnswerVehicle(hit.hit_id, Feature.MAKE, Seen.MATCH))
    taken = now_of(patrol, hit)
    assert (taken.status, taken.stop.fell) == (HitStatus.STOPPED, ("plate_confirmed",))
    assert [e["step"] for e in events(patrol, "stop.basis_fell")] == ["plate_confirmed"]


@pytest.mark.clause("STP-3", "STP-5")
@pytest.mark.parametrize("ground", [c.Ground.EXIGENT, c.Ground.SUSPICION, c.Ground.STATUS_NOT_POSSIBLE])
def test_a_way_that_the_policy_lacks_is_refused_with_its_clause(patrols, ground):
    """Glastonbury has none of them; the refusal is on record and says where the policy stands."""
    patrol = patrols("glastonbury")
    patrol.do(c.SetAlertProfile(("stolen_vehicle",)))
    hit = raise_hit(patrol)
    with pytest.raises(Refused, match="Glastonbury Hits") as refusal:
        patrol.do(c.StateGround(hit.hit_id, ground, FACTS))
    assert refusal.value.reason == f"no_ground.{ground}"
    assert events(patrol, "command.refused")[-1]["reason"] == f"no_ground.{ground}"


@pytest.mark.clause("STP-5", "PUR-5")
def test_a_way_without_facts_in_words_is_refused(patrols):
    """'Exigent' alone is no fact."""
    patrol = patrols()
    hit = raise_hit(patrol)
    with pytest.raises(Refused) as refusal:
        patrol.do(c.StateGround(hit.hit_id, c.Ground.EXIGENT, "exigent"))
    assert refusal.value.reason == "facts_missing"


@pytest.mark.clause("STP-4")
def test_a_status_that_could_not_be_asked_stays_owed_until_it_is(patrols):
    """Where the agency has switched the way on: the reason is on record, the stop goes, the check stays owed."""
    patrol = patrols(status_when_practicable=True)
    hit = raise_hit(patrol)
    look(patrol, hit)
    patrol.do(c.StateGround(hit.hit_id, c.Ground.STATUS_NOT_POSSIBLE, "no link and radio is jammed"))
    assert set(stop(patrol, hit).stop.owed) == BY_STATUS
    ask(patrol, hit, CheckAnswer.NO_RECORD)
    assert now_of(patrol, hit).stop.fell == ("still_active",)


@pytest.mark.clause("STP-6")
def test_the_confirmation_clock_runs_through_three_requests(patrols):
    """Urgent is due in 10 minutes; the next may follow once it is overdue; there is no fourth."""
    patrol = patrols()
    hit = raise_hit(patrol)
    for number in (1, 2, 3):
        patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
        confirmation = now_of(patrol, hit).verification.confirmation
        assert [r.number for r in confirmation.requests] == list(range(1, number + 1))
        assert standing(confirmation, patrol.clock.now()) is Standing.WAITING
        with pytest.raises(Refused):
            patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
        patrol.clock.advance(minutes=10)
        assert standing(confirmation, patrol.clock.now()) is Standing.OVERDUE
    with pytest.raises(Refused, match="three times"):
        patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))


@pytest.mark.clause("STP-6")
def test_routine_runs_an_hour_and_may_turn_urgent_at_once(patrols):
    """When the hit becomes the only basis of a detention nobody waits an hour."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.ROUTINE))
    first = now_of(patrol, hit).verification.confirmation.requests[0]
    assert first.due_at - first.asked_at == timedelta(hours=1)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    second = now_of(patrol, hit).verification.confirmation.requests[1]
    assert second.due_at - second.asked_at == timedelta(minutes=10)


@pytest.mark.clause("STP-6")
def test_in_process_runs_until_the_agencys_own_time(patrols):
    """'In process' says until when; after that it is overdue. Without a time it is refused."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    with pytest.raises(Refused):
        patrol.do(c.RecordConfirmation(hit.hit_id, "Sgt. Poe", ConfirmationAnswer.IN_PROCESS))
    patrol.do(c.RecordConfirmation(hit.hit_id, "Sgt. Poe", ConfirmationAnswer.IN_PROCESS, until_minutes=30))
    confirmation = now_of(patrol, hit).verification.confirmation
    patrol.clock.advance(minutes=29)
    assert standing(confirmation, patrol.clock.now()) is Standing.IN_PROCESS
    patrol.clock.advance(minutes=1)
    assert standing(confirmation, patrol.clock.now()) is Standing.OVERDUE


@pytest.mark.clause("STP-6", "STP-8")
def test_not_valid_ends_the_hit_and_offers_the_removal(patrols):
    """The entering agency says 'not valid': no stop, stale entry, and the owner can be told by one act."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    patrol.do(c.RecordConfirmation(hit.hit_id, "Sgt. Poe", ConfirmationAnswer.NOT_VALID))
    over = now_of(patrol, hit)
    assert (over.status, over.reason, over.entry_act) == (HitStatus.NO_STOP, NoStopReason.STALE_ENTRY, None)
    patrol.do(c.AskRemoval(hit.hit_id))
    assert now_of(patrol, hit).entry_act is EntryAct.NOTICE
    assert events(patrol, "entry.removal_asked")[0]["owner"] == "CT0056700"


@pytest.mark.clause("STP-6")
def test_the_request_leaves_for_the_entering_agency_and_its_answer_counts_once(patrols):
    """The query names entry and owner; an answer through the switch is kept once, and opens 'still active'."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.ROUTINE))
    (query,) = patrol.confirmations
    assert (query.number, query.plate, query.nic, query.owner) == (1, "4BXR91", "V123456789", "CT0056700")
    response = ConfirmationResponse(
        "y1", query.request_id, hit.hit_id, ConfirmationAnswer.CONFIRMED, "DESK", patrol.clock.now()
    )
    for _ in range(2):
        patrol.do(c.TakeConfirmation(response))
    assert [e["who"] for e in events(patrol, "confirmation.answered")] == ["DESK"]
    look(patrol, hit)
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert {u.name for u in refusal.value.decision.unmet} == {"status_verified"}


@pytest.mark.clause("STP-6")
def test_not_valid_after_the_stop_makes_its_basis_fall(patrols):
    """The answer may come late: then the officer has to know at once."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    stop(patrol, hit)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    patrol.do(c.RecordConfirmation(hit.hit_id, "Sgt. Poe", ConfirmationAnswer.NOT_VALID))
    assert now_of(patrol, hit).stop.fell == ("still_active",)


@pytest.mark.clause("STP-6")
def test_an_arrest_waits_for_a_persons_word_or_other_facts(patrols):
    """The live record opened the gate; an arrest on it needs dispatch or the entering agency, or facts, flagged."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    stop(patrol, hit)
    with pytest.raises(Refused) as refusal:
        patrol.do(c.RecordDisposition(hit.hit_id, Disposition.ARREST))
    assert refusal.value.reason == "not_confirmed_by_person"
    patrol.do(c.AnswerByRadio(hit.hit_id, "Dispatcher 4", CheckAnswer.ACTIVE))
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.ARREST))
    assert events(patrol, "stop.disposition")[-1]["unconfirmed"] is False


@pytest.mark.clause("STP-6")
def test_an_arrest_on_other_facts_is_flagged(patrols):
    """What happened is never refused a record: with the facts in words it stands, flagged as unconfirmed."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    stop(patrol, hit)
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.ARREST, "driver was drunk at the wheel"))
    assert events(patrol, "stop.disposition")[-1]["unconfirmed"] is True


@pytest.mark.clause("STP-8")
@pytest.mark.parametrize(("category", "act"), [("agency", EntryAct.REMOVAL), ("stolen_vehicle", EntryAct.NOTICE)])
def test_a_located_vehicle_leads_to_the_removal_or_the_notice(patrols, category, act):
    """Of the agency's own list the entry is to go, the owner of another list gets a notice, by itself and once."""
    patrol = patrols()
    entry = make_entry("4BXR91", "CT", category=category)
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "1" * 64), (entry,)))
    hit = raise_hit(patrol)
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    patrol.do(c.EndWithoutStop(hit.hit_id, NoStopReason.LOCATED))
    assert now_of(patrol, hit).entry_act is act
    patrol.do(c.AskRemoval(hit.hit_id))
    assert [e["act"] for e in events(patrol, "entry.removal_asked")] == [act]


def test_nothing_is_asked_of_an_owner_without_ground(patrols):
    """A misread says nothing against the entry."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR97", "CT"))
    with pytest.raises(Refused):
        patrol.do(c.AskRemoval(hit.hit_id))


REFUSED_BY_NAME = ["civil_immigration", "health_care", "harassment", "protected_characteristic", "personal_use"]


@pytest.mark.clause("PUR-2", "PUR-3", "PUR-4")
@pytest.mark.parametrize("use", [*REFUSED_BY_NAME, "first_amendment", "invasion_of_privacy"])
def test_a_prohibited_purpose_is_refused_by_name_and_on_record(patrols, use):
    """Each prohibited use shuts the gate with its own words and clause, and the attempt stands on record."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, use, FACTS))
    (unmet,) = refusal.value.decision.unmet
    rule = getattr(patrol.policy.prohibited, use)
    assert (rule.words in unmet.words, unmet.clause) == (True, rule.clause)
    assert events(patrol, "purpose.refused")[-1]["use"] == use


@pytest.mark.clause("PUR-2")
@pytest.mark.parametrize("number", ["i", "ii", "iii"])
def test_civil_immigration_is_lifted_by_one_of_three_citations_alone(patrols, number):
    """POSTC lets one of the three be cited, with the facts; Glastonbury refuses it whatever is cited."""
    citation = f"C.G.S. 54-192h(b)(1)(A)({number})"
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    for facts, cited in (("", citation), (FACTS, "C.G.S. 54-192h"), (FACTS, "")):
        with pytest.raises(GateShut):
            patrol.do(c.RequestStop(hit.hit_id, "civil_immigration", facts, cited))
    patrol.do(c.RequestStop(hit.hit_id, "civil_immigration", FACTS, citation))
    assert events(patrol, "stop.recorded")[0]["citation"] == citation


@pytest.mark.clause("PUR-2")
@pytest.mark.parametrize("use", ["civil_immigration", "criminal_immigration"])
def test_glastonbury_refuses_immigration_without_exception(patrols, use):
    """No citation lifts it there, civil or criminal."""
    patrol = patrols("glastonbury")
    patrol.do(c.SetAlertProfile(("stolen_vehicle",)))
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, use, FACTS, "C.G.S. 54-192h(b)(1)(A)(i)"))
    assert "No exception." in refusal.value.decision.unmet[0].remedy


@pytest.mark.clause("PUR-6")
def test_where_facts_are_asked_a_purpose_without_them_is_refused(patrols):
    """Glastonbury asks for specific and articulable facts with every purpose."""
    patrol = patrols("glastonbury")
    patrol.do(c.SetAlertProfile(("stolen_vehicle",)))
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    with pytest.raises(GateShut):
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    patrol.do(c.RequestStop(hit.hit_id, "locate", "reported stolen this morning"))
    assert patrol.said(n.StopRecorded)


@pytest.mark.clause("PUR-5")
def test_exigent_as_a_purpose_needs_its_facts(patrols):
    """POSTC E.a.10: the purpose alone is refused."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    with pytest.raises(GateShut):
        patrol.do(c.RequestStop(hit.hit_id, "exigent"))
    patrol.do(c.RequestStop(hit.hit_id, "exigent", FACTS))
    assert patrol.said(n.StopRecorded)


@pytest.mark.clause("ACC-7")
def test_no_alert_reaches_a_person_without_a_profile(patrols):
    """Under a schedule nothing alerts before the profile is set; that it did not is on record, and it lasts."""
    patrol = patrols("glastonbury")
    patrol.do(c.RecordRead(make_read("4BXR91"), PICTURES))
    assert patrol.said(n.HitRaised) == []
    assert events(patrol, "match.not_alerted")[0]["reason"] == "no_profile"
    patrol.do(c.SetAlertProfile(("stolen_vehicle",)))
    raise_hit(patrol)
    patrol.restart()
    patrol.sign_in()
    assert patrol.said(n.SignedIn)[-1].session.profile == ("stolen_vehicle",)


ALLOWED = {
    "stolen_vehicle",
    "canadian_vehicle",
    "wanted_person",
    "missing_person",
    "amber_alert",
    "protection_order",
    "agency",
}
FORBIDDEN = [
    "sex_offender",
    "stolen_plate",
    "gang_or_terrorist",
    "immigration_violator",
    "violent_person",
    "protective_interest",
    "supervised_release",
]


@pytest.mark.clause("ALR-2")
def test_the_schedule_forbids_its_categories_by_name(patrols):
    """Each of Glastonbury's prohibited categories is refused in a profile, all of the authorized ones are taken."""
    patrol = patrols("glastonbury")
    for category in FORBIDDEN:
        with pytest.raises(Refused) as refusal:
            patrol.do(c.SetAlertProfile(("stolen_vehicle", category)))
        assert refusal.value.reason == f"profile.{category}"
    patrol.do(c.SetAlertProfile(tuple(sorted(ALLOWED))))


@pytest.mark.clause("ALR-3")
def test_the_administrators_exception_alerts_its_user_until_its_end(patrols):
    """It comes with the account in mid shift, names its categories, and ends at its time."""
    patrol = patrols("glastonbury")
    patrol.do(c.SetAlertProfile(("stolen_vehicle",)))
    entry = make_entry("4BXR91", "CT", category="stolen_plate")
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "1" * 64), (entry,)))
    patrol.do(c.RecordRead(make_read("4BXR91"), PICTURES))
    assert patrol.said(n.HitRaised) == []
    held = AlertException(
        ("stolen_plate",), "plate thefts, case 26-114", patrol.clock.now() + timedelta(days=1), "admin"
    )
    patrol.do(issued(officer(exceptions=(held,)), at=patrol.clock.now()))
    raise_hit(patrol)
    assert len(patrol.said(n.HitRaised)) == 1
    patrol.clock.advance(days=1)
    patrol.do(c.RecordRead(make_read("4BXR91"), PICTURES))
    assert len(patrol.said(n.HitRaised)) == 1


@pytest.mark.clause("ALR-2")
def test_without_a_schedule_every_category_alerts(patrols):
    """POSTC leaves the categories free: no profile is needed."""
    patrol = patrols()
    assert raise_hit(patrol).hit_id


def test_an_outcome_can_be_corrected_and_both_stay_on_record(patrols):
    """A stray key must not stand for ever: the same officer corrects it, and the record says what it corrects."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    stop(patrol, hit)
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.CITATION))
    with pytest.raises(Refused):
        patrol.do(c.RecordDisposition(hit.hit_id, Disposition.CITATION))
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.RELEASED))
    assert now_of(patrol, hit).stop.disposition is Disposition.RELEASED
    assert [e.get("corrects") for e in events(patrol, "stop.disposition")] == [None, "citation"]


def confirmed(patrol: Shift, query, answer=ConfirmationAnswer.CONFIRMED, reply_id="y1") -> ConfirmationResponse:
    """The entering agency's answer to a request."""
    return ConfirmationResponse(reply_id, query.request_id, query.hit_id, answer, "DESK", patrol.clock.now())


@pytest.mark.clause("STP-4", "STP-5")
@pytest.mark.parametrize("again", ["ask", "malformed", "radio silence", "new session"])
def test_a_no_on_record_is_not_undone_by_asking_again(patrols, again):
    """NCIC said 'no record': whatever is done but an 'active' leaves the gate shut, exigent or not."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit, CheckAnswer.NO_RECORD)
    if again == "new session":
        patrol.do(c.SignOut())
        patrol.sign_in()
    elif again == "radio silence":
        with pytest.raises(Refused):
            patrol.do(c.AnswerByRadio(hit.hit_id, "Dispatcher 4", CheckAnswer.NO_RESPONSE))
    else:
        patrol.do(c.AskStatus(hit.hit_id))
        if again == "malformed":
            ask(patrol, hit, CheckAnswer.MALFORMED)
    patrol.do(c.StateGround(hit.hit_id, c.Ground.EXIGENT, FACTS))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert "still_active" in {u.name for u in refusal.value.decision.unmet}
    look(patrol, hit)
    patrol.do(c.AnswerByRadio(hit.hit_id, "Dispatcher 4", CheckAnswer.ACTIVE))
    assert stop(patrol, hit).stop is not None


@pytest.mark.clause("STP-6")
def test_an_answer_about_another_entry_does_not_count(patrols):
    """Connecticut was asked, then New York is seen: Connecticut's 'confirmed' opens nothing for New York."""
    patrol = patrols(active_by=(ActiveBy.ENTERING_AGENCY,))
    both = (make_entry("4BXR91", "CT"), make_entry("4BXR91", "NY", entry_id="ncic:ny", nic="V000000002"))
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 2, "1" * 64), both))
    hit = raise_hit(patrol)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    look(patrol, hit, state="NY")
    ask(patrol, hit)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    first, second = patrol.confirmations
    patrol.do(c.TakeConfirmation(confirmed(patrol, first)))
    with pytest.raises(GateShut):
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    patrol.do(c.TakeConfirmation(confirmed(patrol, second, reply_id="y2")))
    assert stop(patrol, hit).stop is not None
    assert [e["counts"] for e in events(patrol, "confirmation.answered")] == [False, True]


@pytest.mark.clause("HOT-6", "STP-2")
@pytest.mark.parametrize("change", [{"category": "sex_offender"}, {"state": "NY"}, {"nic": "V000000009"}])
def test_an_entry_that_changed_under_its_id_shuts_the_gate_and_alerts_anew(patrols, change):
    """What was verified is not what is listed now; the next read raises the entry as it is."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    entry = replace(make_entry("4BXR91", "CT"), **change)
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "1" * 64), (entry,)))
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert "entry_listed" in {u.name for u in refusal.value.decision.unmet}
    assert raise_hit(patrol).hit_id != hit.hit_id


def test_answers_age_by_a_clock_that_nobody_sets(patrols):
    """Five hours pass and the clock on the wall is set back: the old answers open nothing."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    patrol.clock.pass_time(hours=5)
    with pytest.raises(GateShut):
        patrol.do(c.RequestStop(hit.hit_id, "locate"))


def test_open_hits_are_decided_anew_by_themselves(patrols):
    """When the entry leaves its list the screens hear that the gate is shut, once, without any command of theirs."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    assert {u.name for u in last_decision(patrol).unmet} == {"purpose_named"}
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 0, "1" * 64), ()))
    patrol.do(c.Redecide())
    assert "entry_listed" in {u.name for u in last_decision(patrol).unmet}
    told = len(patrol.said(n.HitChanged))
    patrol.do(c.Redecide())
    assert len(patrol.said(n.HitChanged)) == told


def last_decision(patrol: Shift):
    return patrol.said(n.HitChanged)[-1].decision


@pytest.mark.clause("STP-4")
def test_ncic_knows_nothing_of_an_agencys_own_entry(patrols):
    """Its 'no record' speaks against nothing there; dispatch's word opens, and a late 'no record' changes nothing."""
    patrol = patrols()
    entry = make_entry("4BXR91", "CT", category="agency")
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "1" * 64), (entry,)))
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit, CheckAnswer.NO_RECORD)
    with pytest.raises(GateShut):
        patrol.do(c.RequestStop(hit.hit_id, "investigation"))
    patrol.do(c.AnswerByRadio(hit.hit_id, "Dispatcher 4", CheckAnswer.ACTIVE))
    patrol.do(c.RequestStop(hit.hit_id, "investigation"))
    assert now_of(patrol, hit).stop.fell == ()


@pytest.mark.clause("STP-2")
def test_cant_see_neither_undoes_a_difference_nor_stands_for_a_look(patrols):
    """'Differs' is lifted by 'match' alone; four times 'can't see' is no comparison."""
    patrol = patrols()
    hit = raise_hit(patrol)
    patrol.do(c.AnswerVehicle(hit.hit_id, Feature.MAKE, Seen.DIFFERS))
    with pytest.raises(Refused) as refusal:
        patrol.do(c.AnswerVehicle(hit.hit_id, Feature.MAKE, Seen.CANT_SEE))
    assert refusal.value.reason == "vehicle_denied"
    patrol.do(c.AnswerVehicle(hit.hit_id, Feature.MAKE, Seen.MATCH))
    other = raise_hit(patrol, "AB12345")
    assert other.hit_id != hit.hit_id
    patrol.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    for feature in Feature:
        patrol.do(c.AnswerVehicle(hit.hit_id, feature, Seen.CANT_SEE))
    ask(patrol, hit)
    with pytest.raises(GateShut) as shut:
        patrol.do(c.RequestStop(hit.hit_id, "locate"))
    assert {u.name for u in shut.value.decision.unmet} == {"vehicle_confirmed"}


@pytest.mark.clause("STP-6")
def test_not_valid_after_the_card_is_closed_is_still_heard(patrols):
    """It stands on record, and the stop's basis falls, for everybody to see."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    stop(patrol, hit)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.RELEASED))
    patrol.do(c.TakeConfirmation(confirmed(patrol, patrol.confirmations[-1], ConfirmationAnswer.NOT_VALID)))
    assert now_of(patrol, hit).stop.fell == ("still_active",)


def test_a_confirmation_at_the_stop_still_stands_an_hour_later(patrols):
    """The person's word counts from the stop on; it can be asked anew as well."""
    patrol = patrols()
    hit = raise_hit(patrol)
    look(patrol, hit)
    ask(patrol, hit)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    patrol.do(c.TakeConfirmation(confirmed(patrol, patrol.confirmations[-1])))
    stop(patrol, hit)
    patrol.clock.advance(minutes=70)
    patrol.do(c.RequestConfirmation(hit.hit_id, Urgency.URGENT))
    patrol.do(c.TakeConfirmation(confirmed(patrol, patrol.confirmations[-1], reply_id="y2")))
    patrol.do(c.RecordDisposition(hit.hit_id, Disposition.ARREST))
    assert events(patrol, "stop.disposition")[-1]["unconfirmed"] is False
