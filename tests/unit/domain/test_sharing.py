"""The conditions before data goes to another agency: each is needed, under each policy and statute as it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mdt_app.domain.purposes import Use
from mdt_app.domain.sharing import Agency, Immigration, Request, unmet
from mdt_app.services.policies import load_policy

POSTC, NEWTOWN, GLASTONBURY = (load_policy(name) for name in ("postc", "newtown", "glastonbury"))
FACTS = "Seen leaving a burglary on Elm Street"
CITED = "C.G.S. 54-192h(b)(1)(A)(ii)"
WITHIN = Request(
    home="CT",
    agency=Agency("Danbury PD", "CT"),
    declaration="",
    agreement="Fairfield County MOU",
    network="",
    network_allowed=False,
    approved=True,
    use=Use("locate", FACTS),
    immigration=Immigration.NO,
    health_care=False,
)
OUTSIDE = replace(WITHIN, agency=Agency("Springfield PD", "MA"), declaration="d-1")
FEDERAL = replace(WITHIN, agency=Agency("A federal agency", "US"), declaration="d-2")


def lacks(request: Request, policy=POSTC) -> list[str]:
    return [fault.name for fault in unmet(policy, request)]


@pytest.mark.clause("SHR-1")
@pytest.mark.parametrize("policy", [POSTC, NEWTOWN], ids=lambda policy: policy.policy_id)
@pytest.mark.parametrize("request_", [OUTSIDE, FEDERAL], ids=["state", "federal"])
def test_an_agency_out_of_state_gets_nothing_without_a_declaration_in_force(policy, request_: Request) -> None:
    """With one it may; without it the refusal names the clause; a Connecticut agency needs none."""
    assert lacks(request_, policy) == []
    (fault,) = unmet(policy, replace(request_, declaration=""))
    assert (fault.name, fault.clause) == ("declaration_missing", policy.sharing.written_declaration.clause)
    assert lacks(WITHIN, policy) == []


@pytest.mark.clause("SHR-1")
def test_an_agency_of_an_unknown_state_counts_as_one_from_outside() -> None:
    """What is not on file is not trusted to be from here."""
    assert lacks(replace(WITHIN, agency=None)) == ["agency_unknown", "declaration_missing"]


@pytest.mark.clause("SHR-2")
def test_a_network_has_to_be_one_that_the_chief_allowed() -> None:
    """Asked directly, none is needed."""
    through = replace(WITHIN, network="New England Hub")
    assert lacks(through) == ["network_not_allowed"]
    assert lacks(replace(through, network_allowed=True)) == []


@pytest.mark.clause("SHR-3")
def test_a_request_is_reviewed_and_rests_on_an_agreement() -> None:
    """Both are named when both are missing."""
    assert lacks(replace(WITHIN, approved=False)) == ["not_approved"]
    assert lacks(replace(WITHIN, agreement="")) == ["agreement_missing"]
    assert lacks(replace(WITHIN, approved=False, agreement="")) == ["agreement_missing", "not_approved"]


@pytest.mark.clause("SHR-4")
@pytest.mark.parametrize("matter", [Immigration.CIVIL, Immigration.CRIMINAL])
def test_glastonbury_shares_nothing_for_immigration_matters(matter: Immigration) -> None:
    """Civil or criminal, cited or not, whatever the purpose is called; nor with an agency whose mission that is."""
    asked = replace(WITHIN, immigration=matter, use=Use("investigation", FACTS, CITED))
    faults = unmet(GLASTONBURY, asked)
    assert faults[0].name == "immigration"
    assert faults[0].clause == "Glastonbury Sharing"
    assert "purpose" not in faults[0].name
    agency = replace(WITHIN, agency=Agency("Enforcement", "US", immigration=True), use=Use("investigation", FACTS))
    assert "immigration" in lacks(agency, GLASTONBURY)
    assert lacks(replace(WITHIN, use=Use("investigation", FACTS)), GLASTONBURY) == []


@pytest.mark.clause("PUR-2", "SHR-3")
@pytest.mark.parametrize("policy", [POSTC, NEWTOWN], ids=lambda policy: policy.policy_id)
def test_civil_immigration_needs_one_of_the_three_citations_and_facts(policy) -> None:
    """Each of the three lifts it; none, another one, or one without facts does not."""
    civil = replace(WITHIN, immigration=Immigration.CIVIL)
    assert lacks(civil, policy) == ["prohibited.civil_immigration"]
    for number in ("i", "ii", "iii"):
        cited = Use("investigation", FACTS, f"C.G.S. 54-192h(b)(1)(A)({number})")
        assert lacks(replace(civil, use=cited), policy) == []
        assert lacks(replace(civil, use=replace(cited, facts="yes")), policy) == ["facts_missing"]
    assert lacks(replace(civil, use=Use("locate", FACTS, "C.G.S. 54-192h(b)(1)(B)")), policy) != []


@pytest.mark.clause("PUR-3")
@pytest.mark.parametrize("policy", [POSTC, NEWTOWN, GLASTONBURY], ids=lambda policy: policy.policy_id)
def test_health_care_that_is_legal_here_is_refused_whatever_the_purpose(policy) -> None:
    """No citation lifts it."""
    asked = replace(WITHIN, health_care=True, use=Use("investigation", FACTS, CITED))
    assert lacks(asked, policy) == ["prohibited.health_care"]


@pytest.mark.clause("PUR-4", "SHR-3")
def test_a_refused_use_and_one_that_is_not_named_are_refused_by_name() -> None:
    """The permitted purposes are the policy's own."""
    assert lacks(replace(WITHIN, use=Use("personal_use", FACTS))) == ["prohibited.personal_use"]
    assert lacks(replace(WITHIN, use=Use("because", FACTS))) == ["purpose_missing"]
    assert lacks(replace(WITHIN, immigration=None)) == ["matter_not_said"]


@pytest.mark.clause("SHR-1")
def test_the_statute_allows_three_states_and_wants_declarations_of_all() -> None:
    """PA 26-14 over each policy: 21 days, MA, NY and RI alone, and a declaration under Glastonbury's policy too."""
    for name in ("postc", "newtown", "glastonbury"):
        bound = load_policy(name, ["ct_pa_26_14"])
        use = Use("investigation", FACTS)
        assert bound.retention.days.value == 21
        assert lacks(replace(OUTSIDE, use=use), bound) == []
        assert lacks(replace(OUTSIDE, declaration="", use=use), bound) == ["declaration_missing"]
        vermont = replace(OUTSIDE, agency=Agency("Brattleboro PD", "VT"), use=use)
        assert lacks(vermont, bound) == ["state_not_allowed"]
        assert lacks(replace(FEDERAL, use=use), bound) == ["state_not_allowed"]
    assert lacks(replace(OUTSIDE, declaration="", use=Use("investigation", FACTS)), GLASTONBURY) == []
