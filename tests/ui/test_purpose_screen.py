"""The purpose of a stop at the window: permitted, refused by name, lifted by a citation, with facts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.notices import CommandRefused, StopRecorded
from tests.fakes.cab import Cab

Key = Qt.Key


def at_purpose(cab: Cab) -> str:
    """All steps are taken, and the purposes are open."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.until(lambda: "STOP: open" in cab.words)
    cab.key(Key.Key_F6)
    return hit_id


@pytest.mark.clause("PUR-1")
@pytest.mark.parametrize("policy", ["postc", "newtown"])
def test_the_policys_purposes_stand_there_in_its_order(cab_under, policy: str):
    """Each with its clause; choosing one leads back with it."""
    cab = cab_under(policy)
    at_purpose(cab)
    purposes = cab.context.policy.purposes.values()
    assert list(cab.window.screens["purpose"].choices.keys) == list(cab.context.policy.purposes)
    for purpose in purposes:
        assert purpose.words in cab.words
        assert purpose.clause in cab.words
    cab.press("Missing, exploited or endangered person")
    assert cab.front == "verify"
    cab.until(lambda: "STOP: open" in cab.words)
    cab.stop()
    assert cab.shift.said(StopRecorded)[-1].stop.purpose == "missing"


@pytest.mark.clause("PUR-3", "PUR-4")
@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("Reproductive or gender-affirming health care that is legal in the state", "POSTC E.a.1, I.3"),
        ("Harassing or intimidating a person or group", "POSTC G.2"),
        ("A protected characteristic alone", "POSTC G.3"),
        ("Personal use", "POSTC G.4"),
        ("Identifying people who exercise First Amendment rights", "POSTC G.5"),
    ],
)
def test_a_prohibited_use_is_refused_by_name_and_on_record(cab: Cab, name: str, clause: str):
    """Asking is enough: the refusal names the use, its clause stands at the gate, and no stop follows F12."""
    at_purpose(cab)
    cab.click("prohibited")
    assert "Not permitted. Asking is on record." in cab.words
    cab.press(name)
    cab.until(lambda: "STOP: refused" in cab.words)
    refusal = cab.shift.said(CommandRefused)[-1]
    assert [u.words for u in refusal.unmet] == [f"Not permitted: {name}."]
    assert f"■ Not permitted: {name}. No exception." in cab.words
    assert clause in cab.words
    cab.key(Key.Key_F12)
    cab.until(lambda: len(cab.shift.said(CommandRefused)) == 2)
    assert cab.shift.said(StopRecorded) == []


@pytest.mark.clause("PUR-2")
def test_civil_immigration_wants_one_of_its_three_citations_and_facts(cab: Cab):
    """The citations are chosen by name; with one and the facts the stop carries both."""
    hit_id = at_purpose(cab)
    cab.key(Key.Key_N)
    cab.key(Key.Key_1)
    for part in ("(i)", "(ii)", "(iii)"):
        assert f"C.G.S. 54-192h(b)(1)(A){part}" in cab.words
    cab.key(Key.Key_2)
    cab.state("a judge signed the warrant this morning")
    cab.until(lambda: cab.front == "verify" and "STOP: open" in cab.words)
    cab.stop()
    use = cab.window.model.draft(hit_id).use
    assert (use.purpose, use.citation) == ("civil_immigration", "C.G.S. 54-192h(b)(1)(A)(ii)")
    assert cab.shift.said(StopRecorded)[-1].stop.purpose == "civil_immigration"


@pytest.mark.clause("PUR-2")
def test_civil_immigration_without_a_citation_is_refused(cab: Cab):
    """'None of these' asks all the same, and is refused by name."""
    at_purpose(cab)
    cab.key(Key.Key_N)
    cab.key(Key.Key_1)
    cab.press("None of these")
    cab.until(lambda: "STOP: refused" in cab.words)
    assert "Not permitted: Civil immigration matter. Refused, unless cited" in cab.words


@pytest.mark.clause("PUR-2")
def test_glastonbury_refuses_immigration_without_an_exception(cab_under):
    """No citation is offered: administrative and criminal matters are refused at once."""
    cab = cab_under("glastonbury")
    cab.load()
    cab.sign_in()
    cab.until(lambda: cab.front == "profile")
    cab.key(Key.Key_Return)
    cab.begin()
    cab.raise_hit()
    cab.open_verification()
    for name in ("Administrative immigration matter", "Criminal immigration matter"):
        cab.key(Key.Key_F6)
        cab.key(Key.Key_N)
        cab.press(name)
        cab.until(lambda name=name: f"Not permitted: {name}. No exception." in cab.words)
        assert cab.front == "verify"


@pytest.mark.clause("PUR-5")
def test_exigent_circumstances_as_a_purpose_want_their_facts(cab: Cab):
    """The purpose opens the statement; until its facts are there the purpose before stands."""
    hit_id = at_purpose(cab)
    cab.press("Exigent circumstances")
    assert cab.front == "statement"
    assert "Facts for this purpose: Exigent circumstances" in cab.words
    cab.state("a child is in the car")
    cab.until(lambda: cab.front == "verify" and "STOP: open" in cab.words)
    cab.stop()
    assert cab.window.model.draft(hit_id).use.facts == "a child is in the car"
    assert cab.shift.said(StopRecorded)[-1].stop.purpose == "exigent"


@pytest.mark.clause("PUR-6")
def test_glastonbury_refuses_a_use_without_facts(cab_under):
    """The suggested purpose lacks its facts, so it can't be taken by one key; F12 is refused for it."""
    cab = cab_under("glastonbury")
    cab.load()
    cab.sign_in()
    cab.until(lambda: cab.front == "profile")
    cab.key(Key.Key_Return)
    cab.begin()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.until(lambda: "Suggested: Stolen or wanted vehicle" in cab.words)
    assert "F6 asks for it and its facts" in cab.words
    assert "■ No permitted purpose named." in cab.words
    cab.key(Key.Key_F12)
    cab.until(lambda: "STOP: refused" in cab.words)
    assert [u.name for u in cab.shift.said(CommandRefused)[-1].unmet] == ["purpose_named"]
