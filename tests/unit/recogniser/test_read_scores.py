"""The scores of a plate reader: what counts as exact, located, extra and wrong, with intervals."""

from __future__ import annotations

import json
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.recogniser.port import PlateReading
from mdt_app.domain.errors import BadInput
from mdt_app.domain.reads import Box, CharacterRead
from mdt_app.wiring.bench_read import line
from mdt_app.wiring.read_scores import Scores, Share, TruePlate, edits, load_truth

TRUE = TruePlate("a.jpg", Box(100, 100, 80, 40), "4BX091", "CT")


def reading(text: str, confidence: float = 0.95, x: int = 100, state: str | None = None) -> PlateReading:
    return PlateReading(text, confidence, tuple(CharacterRead(c, 0.9) for c in text), Box(x, 100, 80, 40), state)


def scored(*readings: PlateReading) -> Scores:
    scores = Scores()
    scores.count([TRUE], readings)
    return scores


def test_an_exact_read_may_write_o():
    """O counts as 0, the state is right, and nothing is extra."""
    one = scored(reading("4BXO91", state="CT"))
    assert (one.exact, one.located, one.errors, one.extra, one.wrong_confident) == (1, 1, 0, 0, 0)
    assert (one.states_seen, one.state_right, one.state_wrong) == (1, 1, 0)


def test_the_most_confident_reading_on_the_plate_counts():
    """A right second guess does not save a wrong and confident first."""
    one = scored(reading("4BX091", 0.5), reading("4BX097", 0.93, state="MA"))
    assert (one.exact, one.errors, one.wrong_confident, one.state_wrong) == (0, 1, 1, 1)
    assert one.missed == [(TRUE, "4BX097")]


def test_a_plate_that_is_not_found_is_wrong_and_a_read_elsewhere_is_extra():
    """Nothing on the plate: all its characters are errors."""
    one = scored(reading("ZZZ999", x=600))
    assert (one.exact, one.located, one.errors, one.extra) == (0, 0, 6, 1)


def test_the_interval_of_a_share():
    """Wilson's bounds: none of 150 is at most 2.5 %, 95 of 100 is 88.8 to 97.8 %, nothing counted says nothing."""
    assert Share(0, 150).interval[1] == pytest.approx(0.025, abs=0.0005)
    assert Share(95, 100).interval == (pytest.approx(0.8882, abs=1e-3), pytest.approx(0.9785, abs=1e-3))
    assert Share(0, 0).interval == (0.0, 1.0)


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_share_lies_in_its_interval(count, of):
    """The bounds hold the share and stay within 0 and 1."""
    low, high = Share(min(count, of), of).interval
    assert 0 <= low <= min(count, of) / of + 1e-12
    assert min(count, of) / of - 1e-12 <= high <= 1


texts = st.text("AB12", max_size=7)


@given(texts, texts)
def test_edits_are_a_distance(a, b):
    """Zero only for equal texts, the same both ways, no less than the difference in length."""
    assert (edits(a, b) == 0) == (a == b)
    assert edits(a, b) == edits(b, a)
    assert abs(len(a) - len(b)) <= edits(a, b) <= max(len(a), len(b))
    common = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    assert edits(a, b) <= len(a) + len(b) - 2 * common


def test_a_line_of_the_file_is_what_the_scorer_reads():
    """Image, time, and for each read its plate, state, confidence, characters and box."""
    said = json.loads(json.dumps(line("a.jpg", 12.345, [reading("4BXO91", state="CT")])))
    assert (said["image"], said["ms"]) == ("a.jpg", 12.35)
    (read,) = said["reads"]
    assert (read["plate"], read["state"], read["confidence"], read["box"]) == ("4BXO91", "CT", 0.95, [100, 100, 80, 40])
    assert [c["character"] for c in read["characters"]] == list("4BXO91")


def test_truth_is_read_with_states_beside_it(tmp_path):
    """Plates by picture; a state that nobody could see is not asked for; a table without columns is refused."""
    table = tmp_path / "truth.tsv"
    table.write_text("image\tx\ty\tw\th\tplate\na.jpg\t1.6\t2\t30\t40\tAB1\na.jpg\t5\t6\t7\t8\tCD2\n")
    (tmp_path / "states.tsv").write_text("image\tstate\thow\na.jpg\tunknown\t\n")
    first, second = load_truth(table)["a.jpg"]
    assert (first.box, first.plate, first.state) == (Box(2, 2, 30, 40), "AB1", None)
    assert second.plate == "CD2"
    table.write_text("image\tplate\na.jpg\tAB1\n")
    with pytest.raises(BadInput, match="table of truth"):
        load_truth(table)
