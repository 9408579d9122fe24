"""The alert profile at the window, under a policy with an alert schedule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.accounts import AlertException
from mdt_app.domain.notices import HitRaised, ProfileChanged
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry

Key = Qt.Key
PROHIBITED = (
    "Sex offender registry",
    "Stolen plate",
    "Gang or suspected terrorist",
    "Immigration violator",
    "Violent person",
    "Protective interest",
    "Supervised release",
)
AUTHORIZED = ("Stolen vehicle", "Wanted person", "Missing person", "Protection order", "AMBER Alert", "Agency hot list")


def first_sign_in(cab_under, *entries, exceptions: tuple[AlertException, ...] = ()) -> Cab:
    """Somebody without a profile signs in under Glastonbury's schedule."""
    cab: Cab = cab_under("glastonbury")
    cab.load(*entries, exceptions=exceptions)
    cab.sign_in()
    cab.until(lambda: cab.front == "profile")
    return cab


@pytest.mark.clause("ACC-7")
def test_the_first_sign_in_leads_to_the_profile_and_nowhere_else(cab_under):
    """There is no way back from it; Enter puts the profile on record and leads to patrol."""
    cab = first_sign_in(cab_under)
    assert cab.window.act_bar.key("back") is None
    cab.see("4BXR91")
    assert cab.front == "profile"
    assert cab.shift.said(HitRaised) == []
    cab.key(Key.Key_Return)
    cab.begin()
    assert len(cab.shift.said(ProfileChanged)) == 1
    cab.see("KLM204")
    cab.until(lambda: cab.front == "alert")


@pytest.mark.clause("ALR-2")
def test_authorized_categories_are_toggles_and_the_others_are_not(cab_under):
    """Each prohibited category stands beside them and is no key; felony vehicles are named nowhere, so they are not
    authorized either."""
    cab = first_sign_in(cab_under)
    keys = {key.accessibleName() for key in cab.window.screens["profile"].choices.keys.values()}
    assert set(AUTHORIZED) <= keys
    for name in (*PROHIBITED, "Felony vehicle"):
        assert name not in keys
        assert name in cab.words
    assert cab.words.count("needs the Administrator's exception") == len(PROHIBITED) + 1


@pytest.mark.clause("ACC-7", "ALR-2")
def test_a_category_that_is_turned_off_does_not_alert(cab_under):
    """By its number key; what stays on alerts."""
    wanted = make_entry("KLM204", "CT", category="wanted_person")
    cab = first_sign_in(cab_under, make_entry("4BXR91", "CT"), wanted)
    cab.key(Key.Key_2)
    cab.key(Key.Key_Return)
    cab.begin()
    assert "wanted_person" not in cab.window.model.session.profile
    cab.see("KLM204")
    assert cab.shift.said(HitRaised) == []
    cab.see("4BXR91")
    cab.until(lambda: cab.front == "alert")


def test_an_empty_profile_is_refused_in_words(cab_under):
    """All off, and Enter: the screen says why, and stays."""
    cab = first_sign_in(cab_under)
    for key in list(cab.window.screens["profile"].choices.keys.values()):
        key.click()
    cab.key(Key.Key_Return)
    cab.until(lambda: "The profile has no category. Choose at least one." in cab.words)
    assert cab.front == "profile"


@pytest.mark.clause("ALR-3")
def test_an_exception_stands_there_with_its_end(cab_under):
    """Who gave it, for what and until when."""
    until = cab_under("glastonbury").shift.clock.now() + timedelta(days=3)
    held = AlertException(("sex_offender",), "registry case 24-118", until, "chief.lee")
    cab = first_sign_in(cab_under, exceptions=(held,))
    assert "✓ excepted until" in cab.words
    assert "by chief.lee: registry case 24-118" in cab.words


@pytest.mark.clause("ACC-7")
def test_the_profile_opens_again_from_patrol_as_it_is_on_record(cab_under):
    """At the next sign-in nobody is asked again; 'Alerts' shows what is on, and Esc leaves it."""
    cab = first_sign_in(cab_under)
    cab.key(Key.Key_2)
    cab.key(Key.Key_Return)
    cab.begin()
    cab.click("sign-out")
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "sign-in")
    cab.sign_in()
    cab.begin()
    cab.key(Key.Key_A)
    keys = cab.window.screens["profile"].choices.keys
    assert keys["wanted_person"].property("role") == "row"
    assert keys["stolen_vehicle"].property("role") == "row-chosen"
    cab.key(Key.Key_Escape)
    assert cab.front == "patrol"


def test_without_a_schedule_there_is_no_such_screen(cab: Cab):
    """POSTC leaves the categories free."""
    cab.on_patrol()
    assert cab.window.act_bar.key("profile") is None
