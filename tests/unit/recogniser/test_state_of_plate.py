"""Which state a plate is of: the look says it, the pattern of the number is a hint, and unknown is an answer."""

from __future__ import annotations

import math

import numpy as np
import pytest

from devices.recogniser.models import figures
from devices.recogniser.state_classifier import ANY_PATTERN, OWN_PATTERN, Looks, StateClassifier
from mdt_app.services.code_tables import load_code_tables

NAMES = ["", "CA", "MO"]


def look(*shares: float) -> Looks:
    return Looks.of(np.log(np.array([shares, shares], np.float32)), NAMES)


def test_the_pattern_tips_an_even_look_and_a_clear_look_stands():
    """5TQY867 is a Californian pattern: it decides between equals and not against what is seen plainly."""
    even = look(0.2, 0.4, 0.4).with_number("5TQY867")
    clear = look(0.01, 0.04, 0.95).with_number("5TQY867")
    assert even.argmax() == 1
    assert clear.argmax() == 2
    assert even.sum() == pytest.approx(1)


def test_a_number_of_no_pattern_changes_nothing():
    """Vanity plates are judged by their look alone."""
    assert look(0.2, 0.5, 0.3).with_number("HELLO") == pytest.approx([0.2, 0.5, 0.3], abs=1e-5)


def test_the_look_hints_at_a_number_as_far_as_it_is_sure():
    """A number of the state's own pattern gains most where the state is sure; one of no pattern gains nothing."""
    sure, unknown, between = look(1e-9, 1.0, 1e-9), look(1.0, 1e-9, 1e-9), look(0.5, 0.25, 0.25)
    assert sure.hint("5TQY867") == pytest.approx(math.log(OWN_PATTERN), abs=1e-5)
    assert unknown.hint("5TQY867") == pytest.approx(math.log(ANY_PATTERN), abs=1e-5)
    assert unknown.hint("5TQY867") < between.hint("5TQY867") < sure.hint("5TQY867")
    assert sure.hint("HELLO") == pytest.approx(0.0, abs=1e-5)


def test_what_is_no_plate_has_no_state():
    """Plain grey and noise name no state; every name that could be said is one of NCIC's."""
    classifier = StateClassifier(threads=1)
    rng = np.random.default_rng(1)
    for crops in (np.full((3, 48, 160, 3), 120, np.uint8), rng.integers(0, 255, (3, 48, 160, 3), dtype=np.uint8)):
        assert classifier.state_of(classifier.looks(crops)) == (None, None)
    known = figures()["states"]
    assert 0 < known["least"] < 1
    assert set(known["names"]) - {""} <= set(load_code_tables().states)
