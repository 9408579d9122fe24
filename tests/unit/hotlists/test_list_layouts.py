"""Every layout of hot lists: what its rows become, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, PassedLine, RefusedLine
from mdt_app.domain.list_lines import parse_lines
from mdt_app.services.layouts import layout_names, load_layout, load_vocabulary
from mdt_app.services.list_import import Tally, list_lines, read_list_file
from mdt_app.sync.list_wire import EntryMessage
from tests.fakes.hotlist_rows import PERSONAL, SAMPLES, ncic_row

NOISE = st.characters(codec="utf-8", exclude_characters="\r\n")
EXAMPLES = 500 if os.environ.get("MDT_SOAK_STEPS") else 15
BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16": b""}


def written(folder: Path, layout: str) -> Path:
    """Write the layout's sample to a file of its name."""
    sample = SAMPLES[layout]
    path = folder / sample.name
    path.write_text("".join(line + "\n" for line in sample.lines), encoding="ascii")
    return path


def told(path: Path, layout: str) -> list[tuple[str, str, str]]:
    """Return plate, state and category of each entry of a file."""
    return [(e.plate, e.state, e.category) for e in read_list_file(path, layout, "list").entries]


def test_there_is_a_sample_of_every_layout():
    """No layout goes untested."""
    assert set(SAMPLES) == set(layout_names())


@pytest.mark.clause("HOT-1")
@pytest.mark.parametrize("layout", sorted(SAMPLES))
def test_the_rows_of_a_layout_become_their_entries(tmp_path, layout):
    """Plate, state and category of each row, in a category that the alert table has, and no line refused."""
    file = read_list_file(written(tmp_path, layout), layout, "list")
    assert [(e.plate, e.state, e.category) for e in file.entries] == list(SAMPLES[layout].entries)
    assert file.refused == ()
    assert {entry.category for entry in file.entries} <= set(ALERTS)
    assert file.tally.lines == len(SAMPLES[layout].lines)


@pytest.mark.parametrize("layout", sorted(SAMPLES))
def test_no_personal_data_comes_in(tmp_path, layout):
    """Names, birth dates, licenses, VINs and remarks that stand in the rows are in no entry."""
    entries = read_list_file(written(tmp_path, layout), layout, "list").entries
    assert not [word for word in PERSONAL if word in repr(entries).upper().replace("NAME=", "")]


VEHICLES = [
    ("ncic", ("2014", "FORD", "FUS", "4D", "BLK")),
    ("oh_leads", ("2015", "UHAU", "TL", "", "ONG/WHI")),
    ("il_leads", ("05", "DODG", "MAG", "4D", "RED")),
    ("co_ccic", ("2002", "FORD", "FOC", "", "BLK")),
    ("ct_collect", ("2019", "TOYT", "CAMRY", "4D", "BLK")),
    ("nj_mvc", ("1985", "NIS", "SEN", "", "BLU")),
    ("fl_dmv", ("2016", "NISS", "", "", "WHI")),
    ("wa_stolen", ("2003", "HOND", "ELE", "4D", "SIL")),
    ("ks_state", ("2015", "HOND", "", "", "BLK")),
    ("csv", ("", "TOYT", "", "", "BLK")),
]


@pytest.mark.clause("HOT-8")
@pytest.mark.parametrize(("layout", "vehicle"), VEHICLES)
def test_the_vehicle_is_told_in_codes(tmp_path, layout, vehicle):
    """Words become codes, zeros in codes letters again, and CODE/value fields their values."""
    first = read_list_file(written(tmp_path, layout), layout, "list").entries[0].vehicle
    assert (first.year, first.make, first.model, first.style, first.color) == vehicle


@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("layout", sorted(SAMPLES))
@given(data=st.data())
def test_no_line_of_a_broken_file_is_lost(layout, data):
    """Rows changed at random places: never a crash, and lines in are entries, refusals and lines passed by name."""
    lines = list(SAMPLES[layout].lines)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        start = data.draw(st.integers(0, len(line)))
        end = data.draw(st.integers(start, len(line)))
        lines[at] = line[:start] + data.draw(st.text(NOISE, max_size=4)) + line[end:]
    seen, words = [], ""
    try:
        for item in parse_lines(load_layout(layout), lines, "list", load_vocabulary()):
            seen.append(item)
    except BadInput as refused:
        words = refused.words
    # A count told wrong is known after the last line, a table without a plate's column before the first.
    assert len(seen) == (0 if "which column" in words else len(lines))
    assert all(isinstance(item, Entry) or item.number == n for n, item in enumerate(seen, 1))
    for entry in (item for item in seen if isinstance(item, Entry)):
        assert EntryMessage.of(entry).to_entry("list") == entry
        assert entry.category in ALERTS


def test_a_line_without_end_is_refused_as_such_and_is_no_header(tmp_path):
    """A hundred thousand characters without a break, first of a layout that begins with a header."""
    path = tmp_path / "endless.txt"
    path.write_bytes(b"A" * 100_000 + b"\n")
    first = next(list_lines(path, "ny_state", "l", Tally()))
    assert (first.number, first.reason) == (1, "the line has no end")


def test_half_of_a_mark_before_utf_8_is_a_line_like_any_other(tmp_path):
    """A file that was cut within the mark: one line, refused, and not none at all."""
    path = tmp_path / "cut.txt"
    path.write_bytes(b"\xef")
    (item,) = list_lines(path, "simple", "l", Tally())
    assert isinstance(item, RefusedLine)


def test_a_tab_inside_a_field_is_refused_with_its_line():
    """It separates fields in some layouts; in a field of fixed width it would make an entry that can't be sent."""
    lines = list(SAMPLES["ny_state"].lines)
    entries = [
        n
        for n, item in enumerate(parse_lines(load_layout("ny_state"), lines, "l", load_vocabulary()))
        if isinstance(item, Entry)
    ]
    at = entries[0]
    lines[at] = lines[at][:17] + "\t" + lines[at][18:]
    item = list(parse_lines(load_layout("ny_state"), lines, "l", load_vocabulary()))[at]
    assert not isinstance(item, Entry)
    assert (item.number, item.reason) == (at + 1, "characters that no list may hold")


PACKED = {
    "plain": bytes,
    "gzip": gzip.compress,
    "zip": lambda content: zipped({"svs.txt": content}),
}


@pytest.mark.parametrize("layout", sorted(SAMPLES))
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_line_of_a_file_is_lost(tmp_path_factory, layout, data):
    """Rows with noise in them, of any encoding and line ends, packed or not, whole or cut: each line counts.

    A packed file that is cut is refused whole.
    """
    lines = [*SAMPLES[layout].lines, data.draw(st.text(max_size=20))]
    text = data.draw(st.sampled_from(["\n", "\r\n", "\r"])).join(data.draw(st.permutations(lines)))
    content = text.encode(data.draw(st.sampled_from(["latin-1", "utf-8", "utf-8-sig", "utf-16"])), "replace")
    at = data.draw(st.integers(0, len(content)))
    content = content[:at] + data.draw(st.binary(max_size=6)) + content[at:]
    how = data.draw(st.sampled_from(sorted(PACKED)))
    file = PACKED[how](content)
    cut = data.draw(st.none() | st.integers(0, len(file) - 1)) if file else None
    path = tmp_path_factory.getbasetemp() / f"any-{layout}"
    path.write_bytes(file[:cut])
    tally = Tally()
    try:
        items = list(list_lines(path, layout, "list", tally))
    except BadInput:
        return
    assert cut is None or how == "plain" or cut < 4
    assert len(items) == tally.lines == tally.entries + tally.refused.total() + tally.passed.total()
    assert tally.lines == lines_in(file[:cut] if cut is not None else content, load_layout(layout).encoding)


def lines_in(content: bytes, encoding: str) -> int:
    """Return how many lines these bytes are, by Python's own reading of any line ends."""
    marked = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding
    return len(io.StringIO(content.decode(marked, "replace"), newline=None).readlines())


def zipped(files: dict[str, bytes]) -> bytes:
    """Return an archive of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_compressed_files_are_read(tmp_path):
    """gzip, and zip with one file, give the same entries; the file within the zip tells California's category."""
    plain = written(tmp_path, "ncic")
    packed = tmp_path / "list.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert told(packed, "ncic") == told(plain, "ncic")
    archive = tmp_path / "delivery.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(written(tmp_path, "ca_doj_clew"), "slr.tbl")
    assert {category for _, _, category in told(archive, "ca_doj_clew")} == {"stolen_plate"}


BROKEN = {
    "gzip cut off": lambda: gzip.compress(b"x" * 1000)[:-9],
    "gzip with a wrong sum": lambda: gzip.compress(b"x" * 99)[:-8] + b"12345678",
    "no gzip after its mark": lambda: b"\x1f\x8bnothing",
    "no zip after its mark": lambda: b"PK\x03\x04nothing",
    "empty": lambda: b"",
    "nothing that is an entry": lambda: b"a header\n\n\n",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_is_not_whole_is_refused(tmp_path, what):
    """Broken compression, and a file without one entry, are BadInput with words that help."""
    path = tmp_path / "list"
    path.write_bytes(BROKEN[what]())
    with pytest.raises(BadInput) as refused:
        read_list_file(path, "ncic", "list")
    assert refused.value.remedy


def test_a_zip_of_several_files_is_refused(tmp_path):
    """Which of them would be the list, nobody said."""
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("one", "1")
        archive.writestr("two", "2")
    with pytest.raises(BadInput, match="2 files"):
        read_list_file(tmp_path / "two.zip", "ncic", "list")


@pytest.mark.parametrize("footer", ["TOTAL RECORD 0000003", "TOTAL RECORD 0000001"])
def test_a_footer_with_another_count_refuses_the_whole_list(tmp_path, footer):
    """A list that does not hold what its footer says is never half applied."""
    path = tmp_path / "svs.tbl"
    path.write_text("\n".join([*SAMPLES["ca_doj_clew"].lines[:-1], footer]))
    with pytest.raises(BadInput, match="as many records"):
        read_list_file(path, "ca_doj_clew", "list")


def test_a_list_that_was_cut_off_before_its_footer_is_refused(tmp_path):
    """Where the layout has a footer, a file without it is not whole."""
    path = tmp_path / "svs.tbl"
    path.write_text("\n".join(SAMPLES["ca_doj_clew"].lines[:-1]))
    with pytest.raises(BadInput, match="footer is missing"):
        read_list_file(path, "ca_doj_clew", "list")


def test_a_refused_line_still_counts_as_a_record(tmp_path):
    """The footer counts records, and a broken one is a record too."""
    path = tmp_path / "svs.tbl"
    path.write_text("DATE\n1ABC234 CA1920261101\n2BCD345 ZZ2020261102\nTOTAL RECORD 0000002\n")
    file = read_list_file(path, "ca_doj_clew", "list")
    assert (len(file.entries), file.refused) == (1, (RefusedLine(3, "unknown state"),))


def test_a_line_without_end_does_not_fill_the_memory(tmp_path):
    """It is refused, and the next line is read."""
    path = tmp_path / "list"
    path.write_text("HEADER\n" + "x" * 3_000_000 + "\n" + ncic_row() + "\n")
    file = read_list_file(path, "ncic", "list")
    assert (len(file.entries), [line.number for line in file.refused]) == (1, [2])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_may_come_with_any_mark_of_its_encoding(tmp_path, encoding):
    """A byte order mark is no part of the first column's name."""
    path = tmp_path / "list.csv"
    path.write_text("Plate,State\nAB12345,CT\n", encoding=encoding)
    assert told(path, "csv") == [("AB12345", "CT", "agency")]


def test_a_table_that_names_no_plate_needs_columns(tmp_path):
    """Without a heading the agency's own table says which column is what."""
    path, columns = tmp_path / "list.csv", tmp_path / "columns.toml"
    path.write_text("x|AB12345|CT\ny|4BXR91|NY\n")
    with pytest.raises(BadInput, match="which column"):
        read_list_file(path, "csv", "list")
    columns.write_text('columns = { plate = 1, state = 2 }\ncategory = { default = "stolen_plate" }\n')
    entries = read_list_file(path, "csv", "list", columns=columns).entries
    assert [(e.plate, e.state, e.category) for e in entries] == [
        ("AB12345", "CT", "stolen_plate"),
        ("4BXR91", "NY", "stolen_plate"),
    ]


def test_genetec_may_be_of_fixed_width(tmp_path):
    """A table of places makes the delimited layout a fixed one."""
    path, columns = tmp_path / "list.txt", tmp_path / "columns.toml"
    path.write_text("AB12345   CT\n4BXR91    NY\n")
    columns.write_text('kind = "fixed"\nnames = {}\ncolumns = { plate = [0, 10], state = [10, 12] }\n')
    entries = read_list_file(path, "genetec", "list", columns=columns).entries
    assert [(e.plate, e.state) for e in entries] == [("AB12345", "CT"), ("4BXR91", "NY")]


@pytest.mark.parametrize(
    "table",
    [
        "colums = {}",
        'category = { column = "words" }',
        'category = { default = "no_such" }',
        "kind = 'odd'",
        "columns = 3",
        "not toml",
        'skip = "("',
    ],
)
def test_a_broken_table_of_columns_is_said(tmp_path, table):
    """An unknown key, category, kind or pattern stops the import with words."""
    columns = tmp_path / "columns.toml"
    columns.write_text(table)
    with pytest.raises(BadInput):
        load_layout("csv", columns)


def test_dummies_and_calibration_records_are_counted(tmp_path):
    """What stands for no vehicle is refused by name, and no alert comes of it."""
    path = tmp_path / "list"
    path.write_text("HEAD\nUNKNOWN KS#8 STOLEN 20261101\n60 DAY KS#8 STOLEN 20261101\n123ABE KS#4 Suspended x\n")
    assert [line.reason for line in read_list_file(path, "ks_state", "l").refused] == ["no plate: a dummy"] * 2
    path.write_text("1 ABC125 0H 01/01/2027 04/11/2026 0H LPR CALIBRATION RECORD\n1 ABC126 0H 04/11/2026 0H MISSING\n")
    assert [line.reason for line in read_list_file(path, "oh_leads", "l").refused] == [
        "a calibration record, no vehicle"
    ]


def test_entries_without_a_number_are_told_apart(tmp_path):
    """Two rows on one plate that differ are two entries; the very same row is refused the second time."""
    path = tmp_path / "list"
    rows = ["V,,,AB12345,CT,,,2014,FORD,,,BLK", "V,,,AB12345,CT,,,2019,TOYT,,,RED", "V,,,AB12345,CT,,,2014,FORD,,,BLK"]
    path.write_text("\n".join(rows))
    file = read_list_file(path, "ks_topeka", "list")
    assert len({entry.entry_id for entry in file.entries}) == 2
    assert file.refused == (RefusedLine(3, "entry stands twice"),)


def test_an_entry_expires_after_its_last_day(tmp_path):
    """The expiry date of a table is the last day in force, and 9999 is no expiry."""
    path = tmp_path / "list.csv"
    path.write_text("Plate,State,ExpiryDate\nAB1,CT,2026-12-31\nAB2,CT,9999-12-31\nAB3,CT,\nAB4,CT,31.12.2026\n")
    file = read_list_file(path, "csv", "list")
    assert [e.expires_at and e.expires_at.isoformat() for e in file.entries] == [
        "2027-01-01T12:00:00+00:00",
        None,
        None,
    ]
    assert file.refused == (RefusedLine(5, "date is not YYYY-MM-DD"),)


def mdt(*words: str) -> list[str]:
    """Return the command line of our program."""
    return [sys.executable, "-m", "mdt_app", *words]


def test_the_dry_run_prints_a_line_an_entry_and_the_counts(tmp_path):
    """Each entry, each refused line with number and reason, and the summary that adds up."""
    path = tmp_path / "list"
    path.write_text("\n".join(["HEADER", ncic_row(), "", ncic_row(state="ZZ"), ncic_row("W323456789", "D0DG1")]))
    command = mdt("hotlist", "import", str(path), "--format", "ncic", "--dry-run", "--json")
    *rows, summary = map(json.loads, subprocess.run(command, capture_output=True, check=True).stdout.splitlines())
    assert [(row["number"], row.get("plate"), row.get("reason")) for row in rows] == [
        (2, "AB12345", None),
        (4, None, "unknown state"),
        (5, "D0DG1", None),
    ]
    assert rows[0]["vehicle"] == {"year": "2014", "make": "FORD", "model": "FUS", "style": "4D", "color": "BLK"}
    assert (rows[0]["state"], rows[0]["category"]) == ("CT", "stolen_vehicle")
    parts = sum(summary[name] for name in ("entries", "refused", "header", "footer", "blank", "prompt"))
    assert summary["lines"] == parts == 5
    assert len(summary["sha256"]) == 64


def test_two_files_of_a_list_are_compared(tmp_path):
    """What came, went and changed is told, an entry a line."""
    before, after = tmp_path / "before", tmp_path / "after"
    gone, stays, comes = ncic_row(), ncic_row("P223456789", "4BXR91"), ncic_row("W323456789", "D0DG1")
    before.write_text("\n".join(["HEADER", gone, stays]))
    after.write_text("\n".join(["HEADER", stays.replace("BLK", "RED"), comes]))
    command = mdt("hotlist", "diff", str(before), str(after), "--format", "ncic")
    *rows, summary = map(json.loads, subprocess.run(command, capture_output=True, check=True).stdout.splitlines())
    assert {(row["plate"], row["change"]) for row in rows} == {
        ("AB12345", "removed"),
        ("4BXR91", "changed"),
        ("D0DG1", "added"),
    }
    told = {row["change"]: row for row in rows}
    assert told["removed"]["category"] == "stolen_vehicle"
    assert told["changed"]["was"]["vehicle"]["color"] == "BLK"
    assert (summary["added"], summary["removed"], summary["changed"]) == (1, 1, 1)
    assert (summary["refused_before"], summary["refused_after"]) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to another process")
def test_an_interrupted_import_leaves_nothing_behind(tmp_path):
    """Ctrl-C in the middle of a long list: words that say what headquarters has, and no entry left in any file."""
    path, temporary = tmp_path / "list", tmp_path / "temporary"
    temporary.mkdir()
    with path.open("w") as file:
        file.writelines(f"{ncic_row(f'V{number:09}', f'AB{number:06}')}\n" for number in range(150_000))
    command = mdt("hotlist", "import", str(path), "--format", "ncic", "--headquarters", "http://127.0.0.1:9")
    # Tests that run in a shell's background are started with the signal ignored, and so would the command be.
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    environment = os.environ | {"TMPDIR": str(temporary), "MDT_DESK_TOKEN": "none"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=heeding, env=environment) as process:
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert b"of the file is read" in first
    assert said.decode().splitlines()[-1] == "mdt: Stopped. Headquarters keeps the list that it had."
    assert (process.returncode, list(temporary.iterdir())) == (1, [])


def test_the_progress_of_a_long_list_is_told(tmp_path, monkeypatch):
    """The share that is read rises to the end; a short list says nothing."""
    path, shares = tmp_path / "list", []
    path.write_text("\n".join(ncic_row(f"V{number:09}") for number in range(20_000)))
    monkeypatch.setattr("mdt_app.services.list_import.QUIET_S", 0.0)
    read_list_file(path, "ncic", "list", progress=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[-1] <= 1
    assert PassedLine(1, "header") not in shares
