"""From the reader network's columns to a plate's text: search, weighing, characters, the hint of patterns."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.recogniser import decoding
from devices.recogniser.alphabet import ALPHABET
from devices.recogniser.confidence import calibrated
from devices.recogniser.finder import Found
from devices.recogniser.patterns import PATTERNS, fits, letter_expected
from devices.recogniser.plate_reader import SURE_ALONE, decode, decode_by_both
from devices.recogniser.quads import quad_of
from devices.recogniser.state_classifier import Looks
from mdt_app.services.code_tables import load_code_tables

UNKNOWN = Looks(("", "CA"), np.array([1, 0], np.float32))
CALIFORNIA = Looks(("", "CA"), np.array([0, 1], np.float32))


def columns(text: str, sure: float = 0.9, steps: int = 40) -> decoding.Columns:
    """Network output that says the text plainly, each character followed by empty steps."""
    out = np.full((steps, 37), (1 - sure) / 36, np.float32)
    out[:, 0] = sure
    for place, character in enumerate(text):
        out[2 + 4 * place] = (1 - sure) / 36
        out[2 + 4 * place, 1 + ALPHABET.index(character)] = sure
    return out


def test_doubled_characters_and_o_are_kept():
    """AA stays two characters, O and 0 stay what they looked like, and each place has its confidence."""
    view = columns("AA0O11", 0.99)
    assert decoding.beam(decoding.folded(view))[0][0] == "AA0011"
    read = decoding.characters(view[None], "AA0011")
    assert "".join(c.character for c in read) == "AA0O11"
    assert all(c.confidence == pytest.approx(0.99, abs=0.01) for c in read)
    assert read[3].alternatives[0] == "0"


def test_a_spoilt_view_does_not_outvote_two_good_ones():
    """Views are weighed: one that lost the first letter does not win against two that saw it."""
    views = np.stack([columns("4BXR91"), columns("4BXR91"), columns("BXR91", 0.97)])
    ranked = decoding.weigh(views, ["4BXR91", "BXR91"])
    assert ranked[0][0] == "4BXR91"
    assert sum(share for _, share in ranked) == pytest.approx(1)


@given(st.integers(0, 2**32 - 1), st.text("AB1", min_size=1, max_size=3))
def test_the_likelihood_is_the_sum_over_all_paths(seed, text):
    """The forward sum equals adding up every path of five steps that says the text."""
    draw = np.random.default_rng(seed)
    letters = [0, *(1 + ALPHABET.index(c) for c in "AB1")]
    view = np.full((5, 37), 1e-6, np.float32)
    view[:, letters] = draw.dirichlet(np.ones(4), 5)
    total = 0.0
    for path in itertools.product(letters, repeat=5):
        said = [i for i, _ in itertools.groupby(path) if i]
        if "".join(ALPHABET[i - 1] for i in said) == text:
            total += math.prod(max(float(view[t, i]), 1e-6) for t, i in enumerate(path))
    found = decoding.log_likelihoods(view[None], [text, "A"])[0, 0]
    assert math.exp(found) == pytest.approx(total, rel=1e-3, abs=1e-20)


def test_the_hint_settles_a_tie_and_never_outranks_what_was_seen():
    """A number in some state's pattern wins a near tie and loses against a clear picture; in the pattern of the state
    that the look is sure of it wins more, and still not against what was seen plainly.
    """
    tie, clear = columns("5ABC123", 0.98), columns("5ABC123", 0.98)
    five, s = 1 + ALPHABET.index("5"), 1 + ALPHABET.index("S")
    tie[2, [five, s]] = 0.47, 0.5
    clear[2, [five, s]] = 0.2, 0.78
    plain = columns("5ABC123", 0.98)
    plain[2, [five, s]] = 0.1, 0.88
    found = Found(quad_of(0, 0, 90, 45), 0.9)
    assert fits("5ABC123")
    assert not fits("SABC123")
    for columns_of, looks, read in (
        (tie, UNKNOWN, "5ABC123"),
        (clear, UNKNOWN, "SABC123"),
        (clear, CALIFORNIA, "5ABC123"),
        (plain, CALIFORNIA, "SABC123"),
    ):
        assert decode(np.log(np.stack([columns_of] * 3)), found, looks).ranked[0][0] == read


def test_the_second_reader_is_asked_only_where_the_first_is_not_sure():
    """A plain plate is read without it; where two texts are near, it is asked once, and both are weighed together."""
    found = Found(quad_of(0, 0, 90, 45), 0.9)
    v, u = 1 + ALPHABET.index("V"), 1 + ALPHABET.index("U")
    plain, near = columns("ASV9218", 0.99), columns("ASU9218", 0.98)
    near[10, [u, v]] = 0.5, 0.48
    near = np.log(np.stack([near] * 3))
    asked = []

    def second(text: str) -> decoding.Columns:
        asked.append(text)
        return np.log(np.stack([columns(text, 0.95)] * 3))

    clear = decode_by_both(np.log(np.stack([plain] * 3)), lambda: second("ASU9218"), found, UNKNOWN)
    assert clear.ranked[0][0] == "ASV9218"
    assert not clear.evidence.asked
    assert not asked
    assert decode(near, found, UNKNOWN).evidence.share < SURE_ALONE
    for told in ("ASV9218", "ASU9218"):
        both = decode_by_both(near, lambda told=told: second(told), found, UNKNOWN)
        assert both.ranked[0][0] == told
        assert both.evidence.asked
        assert len(both.views) == 6
    assert asked == ["ASV9218", "ASU9218"]


def test_what_the_readers_say_differently_is_less_sure_than_what_both_say():
    """By the figures that ship: the first leans to U; the second says U as well, or V."""
    found = Found(quad_of(0, 0, 90, 45), 0.9)
    near = columns("ASU9218", 0.98)
    near[10, [1 + ALPHABET.index("U"), 1 + ALPHABET.index("V")]] = 0.6, 0.38
    first = np.log(np.stack([near] * 3))
    alike, apart = (
        decode_by_both(first, lambda said=said: np.log(np.stack([columns(said, 0.98)] * 3)), found, UNKNOWN)
        for said in ("ASU9218", "ASV9218")
    )
    assert alike.ranked[0][0] == "ASU9218"
    assert calibrated(apart.evidence) < calibrated(alike.evidence)


def test_nothing_that_can_be_a_number_is_no_reading():
    """Empty columns, and a text of one letter or of nine, decode to nothing."""
    found = Found(quad_of(0, 0, 90, 45), 0.9)
    for text in ("", "A", "ABCDEFGHI"):
        assert decode(np.log(columns(text, 0.99)[None]), found, UNKNOWN) is None


def test_patterns_are_of_known_states_and_tell_letters_from_digits():
    """Each state of the table is one of NCIC's; a 0 fits a letter's place and a digit's."""
    assert set(PATTERNS) <= set(load_code_tables().states)
    assert fits("AB12345", "CT")
    assert not fits("AB1234X", "CT")
    assert fits("0B12345", "CT")
    assert letter_expected("K03B8K", 1) is True
    assert letter_expected("ABC0234", 3) is False
    assert letter_expected("12345678", 0) is None
