"""What is a US plate and what is other text on the road; and which state its words name."""

from __future__ import annotations

import numpy as np
import pytest

from devices.recogniser import ctc
from devices.recogniser.geometry import LineBox, joined
from devices.recogniser.states import STATE_NAMES, state_of
from devices.recogniser.us_filter import Line, UsFilter, can_be_plate_line
from mdt_app.domain.plates import written
from mdt_app.services.code_tables import load_code_tables


def line(raw: str, w: float = 120, h: float = 30) -> Line:
    return Line(LineBox(400, 300, w, h, 0, 0.9), raw, written(raw), 0.9)


@pytest.mark.parametrize("raw", ["4BX R91", "AB·12345", "918 5914", "5VCF203", "10-DTM59", "P60 2849", "DK7-J8G"])
def test_plates_pass(raw):
    """Plates pass in every grouping that the road shows."""
    assert UsFilter().passes(line(raw))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("860-555-0123", "too many characters for a plate"),
        ("555-0123", "a phone number"),
        ("California", "too many characters for a plate"),
        ("VERMONT", "no digit"),
        ("2014", "too few characters for a plate"),
        ("20140617", "a date"),
        ("08:41:55", "text of a sign or a sticker"),
        ("F150XL", "a badge"),
        ("Dealer1", "words"),
        ("HONDA", "no digit"),
    ],
)
def test_other_text_is_refused_with_a_counted_reason(raw, reason):
    """Phones, names, dates, badges and dealers are no plates, and each refusal is counted by its reason."""
    sieve = UsFilter()
    assert not sieve.passes(line(raw))
    assert sieve.rejected == {reason: 1}


def test_the_shape_counts():
    """A text squeezed or stretched beyond any plate's characters is refused, as is a box outside or too steep."""
    assert not UsFilter().passes(line("4BXR91", w=400, h=20))
    assert not can_be_plate_line(LineBox(400, 300, 120, 30, 45, 0.9), 1280, 720)
    assert not can_be_plate_line(LineBox(400, 300, 20, 6, 0, 0.9), 1280, 720)
    assert can_be_plate_line(LineBox(400, 300, 60, 14, 3, 0.9), 1280, 720)


def test_a_plate_in_two_pieces_is_joined():
    """'4BX' and 'R91' on one line make one box over both; a line below is left alone."""
    left, right = LineBox(100, 50, 40, 20, 0, 0.9), LineBox(160, 51, 40, 20, 0, 0.8)
    (both,) = joined([right, left, LineBox(130, 90, 60, 20, 0, 0.9)])
    assert both.upright().x == 80
    assert both.upright().w == pytest.approx(100, abs=2)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ([("Connecticut", 0.9)], "CT"),
        ([("ConnectIcut", 0.8), ("Constitution State", 0.7)], "CT"),
        ([("WEST VIRGINIA", 0.9)], "WV"),
        ([("Arkansas", 0.9)], "AR"),
        ([("New Jersey", 0.95), ("Garden State", 0.6)], "NJ"),
        ([("Allinols", 0.9)], None),
        ([("HONDA", 0.99), ("", 0.0)], None),
        ([("Ohio", 0.9), ("Iowa", 0.9)], None),
        ([("Vermont", 0.3)], None),
    ],
)
def test_a_state_is_named_only_when_it_convinces(words, state):
    """A name or motto, or nearly one, gives the code; doubt leaves the state unknown."""
    code, convincing = state_of(words)
    assert code == state
    assert (convincing is None) == (state is None)


def test_the_names_are_ncic_codes():
    """Every code that the reader can name stands in the table of states."""
    assert set(STATE_NAMES.values()) <= set(load_code_tables().states)


def columns(text: str, sure: float = 0.9) -> ctc.Columns:
    """Network output that says the text plainly, each character followed by a blank."""
    steps = np.full((2 * len(text) + 1, 37), (1 - sure) / 36, np.float32)
    for step in range(len(steps)):
        steps[step, ctc.ALPHABET.index(text[step // 2]) + 1 if step % 2 else 0] = sure
    return steps


def test_decoding_keeps_doubled_characters_and_o():
    """AA stays two characters, O and 0 stay what they were read as, and each place has its confidence."""
    view = columns("AA0O11")
    assert ctc.beam(view)[0][0] == "AA0O11"
    read = ctc.characters([view], "AA0O11")
    assert "".join(c.character for c in read) == "AA0O11"
    assert all(c.confidence == pytest.approx(0.9, abs=0.01) for c in read)


def test_a_spoilt_view_does_not_outvote_two_good_ones():
    """Views are weighed: one that lost the first letter does not win against two that saw it."""
    views = [columns("4BXR91"), columns("4BXR91"), columns("BXR91", 0.97)]
    ranked = ctc.weigh(views, ["4BXR91", "BXR91"])
    assert ranked[0][0] == "4BXR91"
    assert sum(share for _, share in ranked) == pytest.approx(1)
