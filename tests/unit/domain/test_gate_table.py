"""The gate as a table: every condition alone keeps it shut, and nothing that goes wrong opens it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Feature, Hit, HitStatus, Seen, Verification
from mdt_app.domain.errors import Refused
from mdt_app.domain.gate import CONDITIONS, Condition, GateDecision, GateShut, PassedGate, Unmet, decide
from mdt_app.domain.gate_checks import GateFacts
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match, StateAgreement
from mdt_app.domain.purposes import Use
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.services.policies import load_policy
from tests.fakes.car import make_entry, make_read

AT = datetime(2026, 11, 22, tzinfo=UTC)
POLICY = load_policy("postc")
VERIFIED = Verification(
    seen_by="rdoe",
    plate_seen="4BXR91",
    state_seen="CT",
    seen_at=AT,
    features=dict.fromkeys(Feature, Seen.MATCH),
    looked_at=AT,
    heard_at=AT,
    status=StatusAnswer("check", "NCIC", CheckAnswer.ACTIVE, AT, AT, "switch"),
)


def hit(verification=VERIFIED, status=HitStatus.OPEN, category="stolen_vehicle") -> Hit:
    match = Match(make_entry("4BXR91", "CT", category=category), MatchKind.EXACT, StateAgreement.AGREES)
    return Hit("hit", make_read("4BXR91"), match, AT, "NCIC", AT, verification=verification, status=status)


def facts(hit: Hit, purpose: str = "locate", user_id: str = "rdoe", now: datetime | None = AT, listed: bool = True):
    return GateFacts(hit, POLICY, Use(purpose), user_id, now, listed)


def missing(facts: GateFacts) -> set[str]:
    return {u.name for u in decide(facts).unmet}


SHUT_BY = [
    ("hit_open", facts(hit(status=HitStatus.NO_STOP), "locate")),
    ("hit_open", facts(hit(status=HitStatus.STOPPED), "locate")),
    ("exact_match", facts(hit(category="sex_offender"), "locate")),
    ("plate_confirmed", facts(hit(replace(VERIFIED, plate_seen=None)), "locate")),
    ("plate_confirmed", facts(hit(replace(VERIFIED, plate_seen="4BXR97")), "locate")),
    ("state_confirmed", facts(hit(replace(VERIFIED, state_seen=None)), "locate")),
    ("state_confirmed", facts(hit(replace(VERIFIED, state_seen="NY")), "locate")),
    ("vehicle_confirmed", facts(hit(replace(VERIFIED, features={})), "locate")),
    ("status_verified", facts(hit(replace(VERIFIED, status=None)), "locate")),
    ("purpose_named", facts(hit(), "")),
    ("plate_confirmed", facts(hit(), user_id="mlee")),
    ("plate_confirmed", facts(hit(), now=AT + timedelta(hours=2))),
    ("vehicle_confirmed", facts(hit(), now=AT + timedelta(hours=2))),
    ("status_verified", facts(hit(), now=AT + timedelta(hours=2))),
    ("status_verified", facts(hit(), now=AT - timedelta(days=1))),
    ("status_verified", facts(hit(), now=None)),
    ("still_active", facts(hit(replace(VERIFIED, status=None)), "locate")),
    ("entry_listed", facts(hit(), listed=False)),
]


@pytest.mark.clause("STP-1", "STP-2", "STP-4")
def test_the_gate_opens_when_everything_holds():
    """With every answer right the decision has nothing unmet, so that the refusals below mean something."""
    assert decide(facts(hit(), "locate")).passed


@pytest.mark.clause("STP-1", "STP-2", "STP-4")
@pytest.mark.parametrize(("name", "given_facts"), SHUT_BY, ids=[name for name, _ in SHUT_BY])
def test_one_missing_answer_shuts_it_by_name(name, given_facts):
    """Each missing or wrong answer alone keeps the gate shut, and is named."""
    assert name in missing(given_facts)


def test_each_condition_can_be_the_one_that_shuts():
    """Every row of the table is shown to matter, so none is there for show."""
    assert {c.name for c in CONDITIONS} == {name for name, _ in SHUT_BY}
    inactive = replace(VERIFIED, status=replace(VERIFIED.status, answer=CheckAnswer.NO_RECORD))
    assert missing(facts(hit(inactive), "locate")) == {"still_active"}


def test_each_condition_has_words_a_remedy_and_a_clause():
    """What is shut says why: words, what to do, and where the policy says so."""
    assert all(c.words and c.remedy and POLICY.clauses[c.name] for c in CONDITIONS)


@pytest.mark.parametrize("result", [1, "yes", None, object()])
def test_only_true_opens(result):
    """A check that answers anything but True does not hold."""
    assert not decide(facts(hit()), (Condition("odd", lambda _: result, "w", "r"),)).passed


def test_a_check_that_raises_is_unmet():
    """A defect inside a check keeps the gate shut."""

    def broken(_: GateFacts) -> bool:
        raise ZeroDivisionError

    assert not decide(facts(hit()), (Condition("broken", broken, "w", "r"),)).passed


def test_an_empty_table_is_no_gate():
    """Without conditions nothing passes."""
    with pytest.raises(Refused):
        decide(facts(hit()), ())


def test_the_proof_needs_a_passed_decision():
    """The value that a stop is built from can't be made from a refusal."""
    with pytest.raises(GateShut):
        PassedGate(GateDecision("hit", (Unmet("plate_confirmed", "w", "r", "c"),)), "decision")


ANSWERS = [
    st.sampled_from([None, "4BXR91", "4bx-r91", "4BXR97", "", "O"]),
    st.sampled_from([None, "CT", "NY", ""]),
    st.dictionaries(st.sampled_from(Feature), st.sampled_from(Seen)),
    st.sampled_from([None, *CheckAnswer]),
    st.sampled_from(["", "locate", "missing", "curiosity"]),
    st.sampled_from(HitStatus),
    st.sampled_from(sorted(ALERTS)),
]


@pytest.mark.clause("STP-2", "STP-4")
@given(st.tuples(*ANSWERS))
def test_no_mixture_of_answers_opens_it_but_the_right_one(drawn):
    """Whatever is answered, the gate is open exactly when an independent reading of the rules says so."""
    plate, state, features, answer, purpose, status, category = drawn
    got = StatusAnswer("check", "NCIC", answer, AT, AT, "switch") if answer else None
    verification = Verification("rdoe", plate, state, AT, features, AT, "check", got, heard_at=AT, looked_at=AT)
    opened = decide(facts(hit(verification, status, category), purpose)).passed
    assert opened == (
        plate in ("4BXR91", "4bx-r91")
        and state == "CT"
        and len(features) == len(Feature)
        and Seen.DIFFERS not in features.values()
        and Seen.MATCH in features.values()
        and answer is CheckAnswer.ACTIVE
        and purpose in ("locate", "missing")
        and status in (HitStatus.OPEN, HitStatus.FOLLOWING)
        and not ALERTS[category].blocks
    )


def test_every_category_has_words_and_a_sound():
    """Each row of the alert table has what screen, sound and voice need, and a purpose that the policy knows."""
    rows = list(ALERTS.values())
    assert all(row.words and row.voice and row.sound in ("high", "medium", "low") for row in rows)
    assert all(row.purpose in POLICY.purposes for row in rows)
    assert len({(row.words, row.shape) for row in rows}) == len(rows)
