"""Match keys, grouping, and lines of a hot list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt_app.domain.hotlist import Entry, PassedLine, RefusedLine
from mdt_app.domain.list_lines import Line, parse_lines
from mdt_app.domain.matching import HotListIndex, StateAgreement
from mdt_app.domain.plates import LOOKS_LIKE, confusable, grouped, match_key, pattern_key, spelled
from mdt_app.services.layouts import load_layout, load_vocabulary
from tests.fakes.car import make_entry, make_read

SAMPLE = "V123456789LA057020020190509AB123456  CA2009MC2009YAMACYLMCBLK"
LAYOUT = load_layout("ncic")


def parse(*lines: str) -> list[Line]:
    """Read lines below a header, which is passed."""
    header, *rest = parse_lines(LAYOUT, ["header", *lines], "ncic", load_vocabulary())
    assert header == PassedLine(1, "header")
    return rest


@pytest.mark.parametrize(("text", "key"), [("ab-12 345", "AB12345"), ("O0D", "00D"), ("é!", ""), ("", "")])
def test_the_key_keeps_letters_and_digits_and_folds_o(text, key):
    """Spaces, hyphens and symbols don't count, and O is zero."""
    assert match_key(text) == key


@given(st.text(max_size=12))
def test_a_key_is_its_own_key(text):
    """Making a key twice changes nothing, and it holds nothing but A-Z and 0-9 without O."""
    key = match_key(text)
    assert match_key(key) == key
    assert set(key) <= set("ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789")


@pytest.mark.parametrize(
    ("plate", "shown"), [("AB12345", "AB·12345"), ("4BXR91", "4BX·R91"), ("123ABC", "123·ABC"), ("X1", "X1")]
)
def test_a_plate_is_grouped_as_on_the_road(plate, shown):
    """The eye compares groups."""
    assert grouped(plate) == shown


def test_the_voice_spells():
    """Character by character."""
    assert spelled("ab-12") == "A B 1 2"


def test_the_sample_row_of_ncic_is_understood():
    """The published sample row gives its plate, state, vehicle and NIC."""
    (entry,) = parse(SAMPLE)
    assert isinstance(entry, Entry)
    assert (entry.plate, entry.state, entry.nic, entry.ori) == ("AB123456", "CA", "V123456789", "LA0570200")
    assert (entry.vehicle.make, entry.vehicle.year, entry.vehicle.color) == ("YAMA", "2009", "BLK")
    assert entry.category == "stolen_vehicle"


def test_a_list_without_its_header_keeps_its_first_entry():
    """An agency that cuts the header off loses nothing; a header is not reported as broken."""
    (entry,) = parse_lines(LAYOUT, [SAMPLE], "ncic", load_vocabulary())
    assert isinstance(entry, Entry)


def test_an_entry_that_stands_twice_is_refused_once():
    """The second of two equal lines is named, so that lines in are still accounted for."""
    first, second = parse(SAMPLE, SAMPLE)
    assert isinstance(first, Entry)
    assert second == RefusedLine(3, "entry stands twice")


def test_zeros_in_codes_become_letters_again():
    """0H is Ohio; the plate keeps its zeros, which match the letter all the same."""
    (entry,) = parse(SAMPLE.replace("AB123456  CA", "D0DG1     0H"))
    assert (entry.state, entry.plate, entry.key) == ("OH", "D0DG1", match_key("DODG1"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("V1234", "line too short"),
        ("Q" + SAMPLE[1:], "unknown file code"),
        (SAMPLE.replace("CA2009", "ZZ2009"), "unknown state"),
        (SAMPLE.replace("20190509", "20191350"), "date is not YYYYMMDD"),
        (SAMPLE.replace("AB123456", "AB-12345"), "plate is not 1 to 10 letters and digits"),
        (SAMPLE.replace("AB123456", "AB\u00e923456"), "characters that no list may hold"),
    ],
)
def test_a_broken_line_is_refused_with_its_number_and_reason(line, reason):
    """A line that can't be an entry is named, and the next one goes on."""
    refused, entry = parse(line, SAMPLE)
    assert refused == RefusedLine(2, reason)
    assert isinstance(entry, Entry)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=80), max_size=20))
def test_no_line_is_lost(lines):
    """Lines in are entries, refusals and blanks, whatever stands in them."""
    assert len(parse(*lines)) == len(lines)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("CT", StateAgreement.AGREES), ("NY", StateAgreement.DIFFERS), (None, StateAgreement.UNKNOWN)],
)
def test_the_state_is_compared_and_unknown_is_a_value(state, expected):
    """Agreement of the states is said apart from the characters."""
    (match,) = HotListIndex([make_entry("4BXR91", "CT")]).find(make_read("4BXR91", state))
    assert match.state is expected


def test_all_entries_on_a_plate_are_found_the_worst_first():
    """Several entries for one plate all show: agreeing states first, then urgency."""
    entries = [
        make_entry("4BXR91", "CT", category="stolen_plate", entry_id="a"),
        make_entry("4BXR91", "CT", category="stolen_vehicle", entry_id="b"),
        make_entry("4BXR91", "MT", category="amber_alert", entry_id="c"),
    ]
    found = HotListIndex(entries).find(make_read("4BXR91", "CT"))
    assert [match.entry.entry_id for match in found] == ["b", "a", "c"]


def test_an_unreadable_plate_matches_nothing():
    """An empty key is no plate."""
    assert HotListIndex([make_entry("4BXR91", "CT")]).find(make_read("")) == ()


def test_characters_look_alike_both_ways():
    """What a reader takes for another can be taken for it; O is no character of its own."""
    assert all(one in LOOKS_LIKE[other] for one, others in LOOKS_LIKE.items() for other in others)
    assert (LOOKS_LIKE["8"], LOOKS_LIKE["9"]) == ({"B", "3"}, set())
    assert len(LOOKS_LIKE) == 35


@pytest.mark.parametrize(
    ("read", "listed", "near"),
    [
        ("AB12345", "AB12345", False),
        ("AB12345", "A812345", True),
        ("AB12345", "A8I2345", True),
        ("AB12345", "4812345", True),
        ("AB12345", "48I2345", False),
        ("AB12345", "AB12349", False),
        ("AB12345", "AB1234", False),
    ],
)
def test_at_most_two_characters_may_be_confused(read, listed, near):
    """One or two places with characters that look alike are near; three, or one that looks different, are not."""
    assert confusable(read, listed) is near


@pytest.mark.parametrize(
    ("text", "key"), [("4BX?91", "4BX?91"), ("*ob-1**", "*0B1*"), ("4BXR91", ""), ("4b x?", "4BX?")]
)
def test_a_part_of_a_plate_keeps_its_signs(text, key):
    """? and * stay in the key of a part; a whole plate has none."""
    assert pattern_key(text) == key
