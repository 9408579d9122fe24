"""The ways through the gate besides the steps: which policy has them, what they go around, and what stays owed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt_app.domain.alerts import Feature, Hit, HitStatus, Seen, Verification, mismatch
from mdt_app.domain.confirmation import (
    Asking,
    ConfirmationAnswer,
    ConfirmationReply,
    HitConfirmation,
    Urgency,
    requested,
)
from mdt_app.domain.gate import BY_EYE, BY_STATUS, CONDITIONS, EXCUSES, decide, settled
from mdt_app.domain.gate_checks import GateFacts
from mdt_app.domain.match_kinds import KINDS, MatchKind
from mdt_app.domain.matching import Match, StateAgreement
from mdt_app.domain.policy import ActiveBy, Policy, Ruled
from mdt_app.domain.purposes import Use
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer, StatusAnswer
from mdt_app.domain.statements import Statement
from mdt_app.services.policies import load_policy
from tests.fakes.car import make_entry, make_read

AT = datetime(2026, 11, 22, tzinfo=UTC)
POLICIES = {name: load_policy(name) for name in ("postc", "newtown", "glastonbury")}
POSTC = POLICIES["postc"]
USE = Use("locate", "stolen from Main Street this morning")
WORDS = Statement("driver ran the light and fled", "rdoe", AT)
EYES = Verification(
    seen_by="rdoe",
    plate_seen="4BXR91",
    state_seen="CT",
    seen_at=AT,
    features=dict.fromkeys(Feature, Seen.MATCH),
    looked_at=AT,
)


def status(answer: CheckAnswer, source: str = "NCIC") -> StatusAnswer:
    return StatusAnswer("check", source, answer, AT, AT, "switch")


def hit(verification: Verification, **changes) -> Hit:
    match = Match(make_entry("4BXR91", "CT"), MatchKind.EXACT, StateAgreement.AGREES)
    return replace(Hit("hit", make_read("4BXR91"), match, AT, "NCIC", AT, verification=verification), **changes)


def facts(verification: Verification, policy: Policy = POSTC, user_id: str = "rdoe", now=AT, **changes) -> GateFacts:
    return GateFacts(hit(verification, **changes), policy, USE, user_id, now)


def missing(given_facts: GateFacts) -> set[str]:
    return {u.name for u in decide(given_facts).unmet}


def with_stops(policy: Policy, **rules) -> Policy:
    changed = {name: Ruled(value, "test") for name, value in rules.items()}
    return replace(policy, stops=replace(policy.stops, **changed))


@pytest.mark.clause("STP-3")
@pytest.mark.parametrize(("policy_id", "open_"), [("postc", True), ("newtown", True), ("glastonbury", False)])
def test_independent_suspicion_stands_in_for_the_eyes_where_the_policy_has_it(policy_id, open_):
    """Stated in words, with an active status, it opens under POSTC and Newtown; Glastonbury has no such way."""
    said = Verification(suspicion=WORDS, status=status(CheckAnswer.ACTIVE), heard_at=AT)
    decision = decide(facts(said, POLICIES[policy_id]))
    assert decision.passed is open_
    assert decision.owed == ()
    if open_:
        assert decision.excuses == ("independent_suspicion",)
    else:
        assert {u.name for u in decision.unmet} == BY_EYE


@pytest.mark.clause("STP-3", "STP-4")
def test_suspicion_does_not_stand_in_for_the_status():
    """The status has to be asked all the same (F.c.1.ii)."""
    assert missing(facts(Verification(suspicion=WORDS))) == BY_STATUS


@pytest.mark.clause("STP-5")
@pytest.mark.parametrize(("policy_id", "open_"), [("postc", True), ("newtown", True), ("glastonbury", False)])
def test_exigent_circumstances_go_before_the_steps_which_stay_owed(policy_id, open_):
    """The facts alone open, and every step that was skipped is owed by name; Glastonbury has no such way."""
    decision = decide(facts(Verification(exigent=WORDS), POLICIES[policy_id]))
    assert decision.passed is open_
    if open_:
        assert (decision.excuses, set(decision.owed)) == (("exigent",), BY_EYE | BY_STATUS)
    else:
        assert {u.name for u in decision.unmet} == BY_EYE | BY_STATUS


@pytest.mark.clause("STP-5")
def test_steps_that_were_taken_are_not_owed():
    """What was confirmed before counts; only the rest is owed."""
    assert set(decide(facts(replace(EYES, exigent=WORDS))).owed) == BY_STATUS


NO_ON_RECORD = {
    "other plate": replace(EYES, plate_seen="4BXR97"),
    "other state": replace(EYES, state_seen="NY"),
    "other vehicle": replace(EYES, features={Feature.MAKE: Seen.DIFFERS}),
    "no record": replace(EYES, status=status(CheckAnswer.NO_RECORD), heard_at=AT),
    "another record": replace(EYES, status=status(CheckAnswer.OTHER_RECORD), heard_at=AT),
    "not valid": replace(
        EYES, confirmation=HitConfirmation((), ConfirmationReply(ConfirmationAnswer.NOT_VALID, "Sgt. Poe", AT))
    ),
}


@pytest.mark.clause("STP-2", "STP-5")
@pytest.mark.parametrize("said", NO_ON_RECORD.values(), ids=NO_ON_RECORD)
def test_no_way_goes_around_a_no_on_record(said):
    """Exigent circumstances, suspicion and 'not possible' together do not open against an answer that says no."""
    policy = with_stops(POSTC, status_when_practicable=True)
    everything = replace(said, exigent=WORDS, suspicion=WORDS, status_not_possible=WORDS)
    assert not decide(facts(everything, policy)).passed


@pytest.mark.clause("STP-4")
def test_when_circumstances_permit_is_off_until_the_agency_switches_it_on():
    """Off, the reason changes nothing; on, it opens and the verification stays owed."""
    said = replace(EYES, status_not_possible=WORDS)
    for policy in POLICIES.values():
        assert missing(facts(said, policy)) == BY_STATUS
        decision = decide(facts(said, with_stops(policy, status_when_practicable=True)))
        assert (decision.passed, decision.excuses, set(decision.owed)) == (
            True,
            ("status_when_practicable",),
            BY_STATUS,
        )


STALE_OR_FOREIGN = {
    "another officer's": (replace(WORDS, by="mlee"), AT),
    "too old": (WORDS, AT + timedelta(hours=2)),
    "from the future": (WORDS, AT - timedelta(minutes=1)),
    "too few words": (replace(WORDS, words="he fled"), AT),
    "signs only": (replace(WORDS, words=". . . . ."), AT),
}


@pytest.mark.clause("STP-3", "STP-5")
@pytest.mark.parametrize(("said", "now"), STALE_OR_FOREIGN.values(), ids=STALE_OR_FOREIGN)
def test_a_statement_counts_only_if_own_of_late_and_in_words(said, now):
    """Another one's, an old one, one from the future, or none worth the name opens nothing."""
    assert not decide(
        facts(Verification(exigent=said, suspicion=said, status=status(CheckAnswer.ACTIVE), heard_at=now), now=now)
    ).passed


@pytest.mark.clause("STP-6")
@pytest.mark.parametrize("word", ActiveBy)
def test_only_those_whose_word_the_policy_takes_confirm_that_the_hit_is_active(word):
    """With one source allowed, the word of the others leaves 'still active' unmet."""
    policy = with_stops(POSTC, active_by=(word,))
    reply = ConfirmationReply(ConfirmationAnswer.CONFIRMED, "Sgt. Poe", AT)
    said = {
        ActiveBy.LIVE_RECORD: replace(EYES, status=status(CheckAnswer.ACTIVE), heard_at=AT),
        ActiveBy.COMMUNICATIONS: replace(EYES, radio=status(CheckAnswer.ACTIVE, BY_RADIO)),
        ActiveBy.ENTERING_AGENCY: replace(EYES, confirmation=HitConfirmation((), reply)),
    }
    assert {source for source, seen in said.items() if "still_active" not in missing(facts(seen, policy))} == {word}


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize("kind", MatchKind)
def test_only_an_exact_match_can_open(kind):
    """Every other kind keeps the gate shut with all steps done and every way stated, and says what would help."""
    done = replace(EYES, status=status(CheckAnswer.ACTIVE), heard_at=AT, exigent=WORDS, suspicion=WORDS)
    match = replace(hit(done).match, kind=kind)
    decision = decide(facts(done, match=match))
    assert decision.passed is (kind is MatchKind.EXACT)
    if not decision.passed:
        (unmet,) = decision.unmet
        assert (unmet.name, unmet.remedy) == ("exact_match", KINDS[kind].remedy)


@pytest.mark.clause("HOT-6")
def test_an_expired_entry_does_not_open():
    """An entry past its expiry shuts the gate, whatever was answered while it was in force."""
    done = replace(EYES, status=status(CheckAnswer.ACTIVE), heard_at=AT, exigent=WORDS)
    match = replace(hit(done).match, entry=make_entry("4BXR91", "CT", expires_at=AT + timedelta(minutes=5)))
    assert decide(facts(done, match=match)).passed
    assert missing(facts(done, match=match, now=AT + timedelta(minutes=5))) == {"entry_listed"}


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(("listed", "seen"), [("4B0091", "4BOO91"), ("4BOO91", "4B0091"), ("4B0091", "4B0091")])
def test_o_and_zero_count_as_equal(listed, seen):
    """Lists write O as 0: the officer types which it is, and either agrees."""
    done = replace(EYES, plate_seen=seen, status=status(CheckAnswer.ACTIVE), heard_at=AT)
    match = replace(hit(done).match, entry=make_entry(listed, "CT"))
    assert decide(facts(done, match=match)).passed


@pytest.mark.clause("STP-5")
def test_owed_steps_are_settled_by_answers_for_and_against():
    """After the stop a right answer settles its step as borne out, a wrong one as fallen, none leaves it owed."""
    owed = tuple(sorted(BY_EYE | BY_STATUS))
    said = replace(EYES, exigent=WORDS, state_seen="NY", features={})
    assert settled(facts(said, status=HitStatus.STOPPED), owed) == {"plate_confirmed": True, "state_confirmed": False}


def test_every_way_covers_conditions_of_the_table():
    """No way goes around a condition that does not exist, and none around the kind, the list or the purpose."""
    names = {c.name for c in CONDITIONS}
    assert all(excuse.covers <= names for excuse in EXCUSES)
    assert frozenset().union(*(e.covers for e in EXCUSES)) == BY_EYE | BY_STATUS


def test_each_condition_says_who_can_make_it_hold():
    """The unmet carry it to the screen and the record."""
    assert all(u.who for u in decide(facts(Verification())).unmet)


ANSWERS = st.fixed_dictionaries(
    {
        "plate_seen": st.sampled_from([None, "4BXR91", "4BXR97"]),
        "state_seen": st.sampled_from([None, "CT", "NY"]),
        "features": st.dictionaries(st.sampled_from(Feature), st.sampled_from(Seen)),
        "status": st.sampled_from([None, *map(status, CheckAnswer)]),
        "suspicion": st.sampled_from([None, WORDS]),
        "exigent": st.sampled_from([None, WORDS]),
        "status_not_possible": st.sampled_from([None, WORDS]),
    }
)


def allowed_by_the_texts(policy_id: str, said: dict) -> bool:
    """An independent reading of the three texts: F.c.1, I.6; F.1, I.6; Hits."""
    no = (
        said["plate_seen"] == "4BXR97"
        or said["state_seen"] == "NY"
        or Seen.DIFFERS in said["features"].values()
        or (said["status"] and said["status"].answer in (CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD))
    )
    if no:
        return False
    looked = len(said["features"]) == len(Feature) and Seen.MATCH in said["features"].values()
    eyes = said["plate_seen"] and said["state_seen"] and looked
    active = said["status"] and said["status"].answer is CheckAnswer.ACTIVE
    if policy_id == "glastonbury":
        return bool(eyes and active)
    return bool(said["exigent"] or ((eyes or said["suspicion"]) and active))


@pytest.mark.clause("STP-2", "STP-3", "STP-4", "STP-5", "STP-6")
@given(st.sampled_from(sorted(POLICIES)), ANSWERS)
def test_any_mixture_opens_exactly_where_the_texts_let_it(policy_id, said):
    """Whatever is answered and stated, the gate agrees with an independent reading of each policy."""
    verification = Verification(seen_by="rdoe", seen_at=AT, heard_at=AT, looked_at=AT, **said)
    assert decide(facts(verification, POLICIES[policy_id])).passed is allowed_by_the_texts(policy_id, said)


def test_a_decision_takes_a_millisecond_at_most():
    """Measured here: the median of many decisions, shut and open, with all that an alert can hold."""
    clock = requested(HitConfirmation(), Asking(Urgency.URGENT, "rdoe", timedelta(minutes=10)), AT)
    done = replace(EYES, status=status(CheckAnswer.ACTIVE), heard_at=AT, confirmation=clock)
    looks = [facts(Verification()), facts(done)]
    spans = []
    for look in looks * 500:
        begun = time.perf_counter()
        decide(look)
        spans.append(time.perf_counter() - begun)
    assert median(spans) <= 0.001


@pytest.mark.clause("STP-2")
def test_an_entry_without_a_state_keeps_the_gate_shut_by_name():
    """Some lists name no issuing state: nothing agrees with it, and nobody is told that it differs."""
    done = replace(EYES, status=status(CheckAnswer.ACTIVE), heard_at=AT)
    match = replace(hit(done).match, entry=make_entry("4BXR91", ""))
    (unmet,) = decide(facts(done, match=match)).unmet
    assert (unmet.name, unmet.words) == ("state_confirmed", "The entry names no issuing state.")
    assert mismatch(hit(done, match=match), "4BXR91", "CT") is None
