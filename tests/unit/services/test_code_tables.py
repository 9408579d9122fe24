"""NCIC's code tables and layouts, as the application reads them."""

from __future__ import annotations

from datetime import date

import pytest

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, PassedLine, RefusedLine
from mdt_app.domain.list_lines import parse_lines
from mdt_app.services.code_tables import CodeTables, load_code_tables
from mdt_app.services.layouts import layout_names, load_layout, load_vocabulary

SAMPLE = "V123456789LA057020020190509AB123456  CA2009MC2009YAMACYLMCBLK"


@pytest.fixture(scope="module")
def tables() -> CodeTables:
    """The tables of the resources."""
    return load_code_tables()


WORDS = [
    ("state_name", "CT", "Connecticut"),
    ("state_name", "NB", "Nebraska"),
    ("state_name", "0H", "Ohio"),
    ("state_name", "PQ", "Quebec"),
    ("color", "BLK", "black"),
    ("color", "RED/WHI", "red over white"),
    ("color", "C0M", "chrome"),
    ("color", "XXX/BLK", "XXX over black"),
    ("style", "PK", "pickup"),
    ("make", "TOYT", "Toyota"),
    ("make", "F0RD", "Ford"),
    ("plate_type", "PC", "passenger"),
    ("caution", "00", "armed and dangerous"),
    ("category", "V", "stolen_vehicle"),
    ("category", "t", "gang_or_terrorist"),
]


@pytest.mark.parametrize(("field", "code", "words"), WORDS)
def test_a_code_is_said_in_words(tables: CodeTables, field: str, code: str, words: str) -> None:
    """Codes come out in words, also with NCIC's zero for letter O."""
    assert getattr(tables, field)(code) == words


@pytest.mark.parametrize("field", sorted({field for field, _, _ in WORDS}))
@pytest.mark.parametrize("code", ["ZZZZ", "", "Qq"])
def test_an_unknown_code_comes_back_as_it_stands(tables: CodeTables, field: str, code: str) -> None:
    """What no table knows is shown, never guessed."""
    assert getattr(tables, field)(code) == code


def test_the_tables_are_whole(tables: CodeTables) -> None:
    """All 50 states, DC, 5 territories, the government and 13 provinces; 32 colors; the 14 files; makes enough."""
    sizes = {name: len(getattr(tables, name)) for name in ("states", "colors", "files")}
    assert sizes == {"states": 50 + 1 + 5 + 1 + 13, "colors": 32, "files": 14}
    assert len(tables.makes) >= 80
    assert not {"NE", "GU", "AS", "MP", "QC", "SK"} & set(tables.states)


def test_the_ncic_layout_reads_the_sample_row() -> None:
    """The sample row of the standard gives its entry; the header is passed; a line cut short is refused."""
    layout = load_layout("ncic")
    lines = ["header", SAMPLE, SAMPLE[:38], SAMPLE.replace("CA2009", "ZZ2009")]
    header, entry, short, state = parse_lines(layout, lines, "ncic", load_vocabulary())
    assert header == PassedLine(1, "header")
    assert isinstance(entry, Entry)
    assert (entry.plate, entry.state, entry.nic, entry.ori) == ("AB123456", "CA", "V123456789", "LA0570200")
    assert (entry.category, entry.entered_on, entry.plate_type) == ("stolen_vehicle", date(2019, 5, 9), "MC")
    assert (entry.vehicle.make, entry.vehicle.model, entry.vehicle.color) == ("YAMA", "CYL", "BLK")
    assert (short, state) == (RefusedLine(3, "line too short"), RefusedLine(4, "unknown state"))


def test_a_layout_that_is_not_there_is_said_with_those_that_are() -> None:
    """The error names the layouts that can be used."""
    assert "ncic" in layout_names()
    for name in ("none", "../ncic/states", ""):
        with pytest.raises(BadInput, match="ncic"):
            load_layout(name)
