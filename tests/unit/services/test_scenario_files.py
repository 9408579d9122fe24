"""Scenario files: every fault is told with file, line, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdt_app.domain.drill_acts import FORMS
from mdt_app.domain.errors import BadInput
from mdt_app.domain.marking import MISTAKES
from mdt_app.services.scenarios import library, load_scenario, read_scenario
from mdt_app.wiring.drill_check import check_scenario

GOOD = """\
title = "A drill"
story = "What happens."

[lists.NCIC]
age_hours = 3

[[entries]]
list = "NCIC"
plate = "AB12345"
state = "CT"
category = "stolen_vehicle"
vehicle = { make = "FORD", color = "BLK" }

[[cars]]
at = 5
plate = "AB12345"
state = "CT"

[[faults]]
at = 9
kind = "link"
until = 20

[[expected]]
plate = "AB12345"
end = "no stop"

[trainee.right]
does = ["verify", "see AB12345 CT"]

[trainee.wrong]
does = ["stop locate"]
fails = "pressed_too_early"
"""


POINT = "[[track]]\nat = {}\nlat = 41\nlon = -72\n"
UNEXPECTED = """\
[[entries]]
list = "NCIC"
plate = "ZZ99"
state = "CT"
category = "agency"
[[cars]]
at = 9
plate = "ZZ99"
state = "CT"
"""
RIGHT = 'does = ["verify", "see AB12345 CT", "vehicle make differs", "vehicle color differs", "end other_vehicle"]'


def written(folder: Path, text: str) -> Path:
    """A scenario's file."""
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read_as_it_stands(tmp_path: Path):
    """The drill has its file's name, and what is left out has its usual value."""
    held = read_scenario(written(tmp_path, GOOD))
    assert (held.name, held.policy, held.seconds, held.lists) == ("mine", "postc", 120.0, {"NCIC": 3.0})
    assert (held.cars[0].read_as, held.cars[0].reads_state) == ("AB12345", "CT")
    assert [act.verb for act in held.trainees["right"].acts] == ["verify", "see"]
    # A drill that is ended before its listed car came by says nothing of the trainee.
    assert (held.is_cut_short(4), held.is_cut_short(5)) == (True, False)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ('title = "A drill"', 'title = "A drill"\ncolour = 1', 2, "colour is not known here (mend its spelling"),
        ('state = "CT"\ncategory', "category", 7, "entries 1, state is missing (write it in"),
        ('list = "NCIC"', 'list = "NCC"', 8, "names a list that is not there (add a table [lists.NCC])"),
        ('plate = "AB12345"\nstate = "CT"\ncategory', 'plate = "ab 1"\nstate = "CT"\ncategory', 9, "capital letters"),
        ('state = "CT"\ncategory', 'state = "QQ"\ncategory', 10, "is no state of issue (write NCIC's two letters"),
        ('category = "stolen_vehicle"', 'category = "stolen vehicle"', 11, "is no category (write 'stolen_vehicle')"),
        ('make = "FORD"', 'make = "Ford"', 12, "'Ford' is no code (write FORD for ford"),
        ('color = "BLK"', 'color = "black"', 12, "'black' is no code (write BLK for black"),
        ("vehicle = {", 'vehicle = "a Ford" #', 12, "write it so: { make ="),
        ("[[cars]]", "[cars]", 14, "cars is written as one block (put two brackets around it: [[cars]])"),
        ("at = 5", 'at = "0:05"', 15, "cars 1, at is the time '0:05' (write 5: seconds alone)"),
        ("at = 5", 'at = "soon"', 15, "cars 1, at is no number (write seconds after the start"),
        ('state = "CT"\ncategory', 'state = "connecticut"\ncategory', 10, "(write CT, NCIC's two letters)"),
        ('plate = "AB12345"\nstate = "CT"\ncategory', 'plate = "ab-123"\nstate = "CT"\ncategory', 9, "(write AB123:"),
        ("[[expected]]", f"{POINT.format(9)}{POINT.format(5)}[[expected]]", 29, "is not after the point before it"),
        ("[[expected]]", f"{UNEXPECTED}[[expected]]", 26, "comes by, and nothing is expected of it"),
        ("at = 5", 'at = 5\ncrop = "../mine.toml"', 16, "names a file elsewhere (put a JPEG or PNG beside"),
        ("at = 5", 'at = 5\ncrop = "/etc/hostname"', 16, "names a file elsewhere"),
        ("at = 5", 'at = 5\ncontext = "mine.toml"', 16, "names a file that is no picture"),
        ("at = 5", 'at = 5\ncontext = "mine.jpg"', 16, "names a picture that is not there"),
        ("[lists", 'policy = "../postc"\n[lists', 4, "can't be '../postc' (write postc, newtown or glastonbury)"),
        ("at = 5", "at = 500", 15, "is after the drill's end"),
        ("until = 20", "until = 8", 22, "is not after its beginning"),
        (
            'plate = "AB12345"\nend',
            'plate = "ZZ99"\nend',
            25,
            "is on no list (write the plate of one of the",
        ),
        (
            "\n[trainee.right]",
            '\n[[expected]]\nplate = "AB12345"\nend = "no stop"\n\n[trainee.right]',
            29,
            "stands twice (one block a plate",
        ),
        ('end = "no stop"', 'end = "never"', 26, "end can't be 'never' (write one of 'stop', 'no stop'"),
        ('end = "no stop"', 'end = "nostop"', 26, "(write 'no stop'; there are 'stop'"),
        ('["verify", "see AB12345 CT"]', '"verify"', 29, "is no list (put it in brackets, each word in quotes"),
        ("\n[trainee.right]", "\n[trainee.rihgt]", 28, "trainee.right is missing (add a block [trainee.right])"),
        ('"verify", "see', '"look", "see', 29, "'look' is no act. (Write one of: verify, see"),
        ('"see AB12345 CT"', '"see AB12345"', 29, "can't be understood. (Write it so: see PLATE STATE, as"),
        ("pressed_too_early", "pressed", 33, "is no mistake's name (write 'pressed_too_early')"),
    ],
)
def test_a_fault_is_told_with_line_key_and_remedy(tmp_path: Path, right: str, wrong: str, line: int, says: str):
    """One fault in the file: its line, and what to do about it."""
    assert right in GOOD
    with pytest.raises(BadInput) as refusal:
        read_scenario(written(tmp_path, GOOD.replace(right, wrong, 1)))
    assert f"mine.toml, line {line}: " in refusal.value.words
    assert says in refusal.value.words


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"see AB12345 CT"', '"see AB12346 CT"', "[trainee.right] fails at 11 s, plate.confirmed: Other characters"),
        ('["stop locate"]', '["follow", "see AB12345 CT", "vehicle differs", "end other_vehicle"]', "passes, and is"),
        ('["stop locate"]', '["verify", "see AB12346 CT"]', "fails for 'misread_by_eye' first, not for 'pressed"),
    ],
)
def test_the_check_tries_both_trainees(tmp_path: Path, right: str, wrong: str, says: str):
    """A file that can be read, and whose drill does not come out as it says: told in words, with what to change."""
    good = GOOD.replace('does = ["verify", "see AB12345 CT"]', RIGHT)
    path = written(tmp_path, good)
    assert check_scenario(str(path))[1] == ()
    told = check_scenario(str(written(tmp_path, good.replace(right, wrong, 1))))[1]
    assert any(says in line for line in told), told


def test_all_faults_are_told_at_once(tmp_path: Path):
    """A trainer mends a file in one go."""
    broken = GOOD.replace("at = 5", "at = 500").replace('make = "FORD"', 'make = "FRD"')
    with pytest.raises(BadInput) as refusal:
        read_scenario(written(tmp_path, broken))
    assert [words.split(":")[0] for words in refusal.value.words.splitlines()] == [
        "mine.toml, line 12",
        "mine.toml, line 15",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ('"A drill"', '"A drill', 1, "has an opening quote and no closing one"),
        ('"A drill"', "“A drill”", 1, "has curly quotes (write straight ones"),
        ('"A drill"', "A drill", 1, "has text without quotes"),
        ("at = 5", "at = 5,5", 15, "has a comma in a number (write a point"),
        ("at = 5", "at =", 15, "says nothing after the equals sign"),
        ("at = 5", "at = 5\nat = 6", 16, "'at' stands here a second time; the first is in line 15"),
        (
            "[[faults]]",
            "[lists.NCIC]\n[[faults]]",
            19,
            "'[lists.NCIC]' stands here a second time; the first is in line 4",
        ),
        ("at = 5", "at = 1:30", 15, "has a time with a colon (write the seconds alone: for 1:30 write 90)"),
        ("at = 5", "at = 5 s", 15, "has a word after the number"),
        ('"FORD", color', '"FORD" color', 12, "lacks a comma between two parts"),
        ('"FORD", color', '"FORD",\n color', 12, "goes on in the next line"),
        ('"BLK" }', '"BLK", }', 12, "has a comma before the closing bracket"),
        ('kind = "link"', 'kind "link"', 21, "lacks the equals sign"),
        ('kind = "link"', 'kind\u00a0= "link"', 21, "has a hidden character"),
        ("[[cars]]", "[[cars]", 14, "is a heading without its closing bracket"),
        ('"verify", "see', '"verify" "see', 29, "has two texts without a comma between"),
        ('CT"]', 'CT"', 29, "can't be understood from here on"),
        ('end = "no stop"', 'end = "no stop"\nby_radio = yes', 27, "write true or false"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(tmp_path: Path, right: str, wrong: str, line: int, says: str):
    """What a trainer who knows no code mistypes: the line at which it stands, and what to write."""
    with pytest.raises(BadInput) as refusal:
        read_scenario(written(tmp_path, GOOD.replace(right, wrong, 1)))
    assert f"mine.toml, line {line}: " in refusal.value.words
    assert says in refusal.value.words


def test_every_line_with_curly_quotes_is_told_at_once(tmp_path: Path):
    """Whoever pastes from a word processor has them everywhere."""
    with pytest.raises(BadInput) as refusal:
        read_scenario(written(tmp_path, GOOD.replace('"CT"', "“CT”")))
    assert [words.split(":")[0] for words in refusal.value.words.splitlines()] == [
        "mine.toml, line 10",
        "mine.toml, line 17",
    ]


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (GOOD.encode("utf-16"), 1, "is saved as UTF-16"),
        (GOOD.encode("utf-16-le"), 1, "is no plain text"),
        (GOOD.replace("What", "Quel été").encode("cp1252"), 2, "has the letter 'é' in another encoding than UTF-8"),
        (GOOD.replace("\n", "\r\n").replace("FORD", "“").encode("cp1252"), 12, "has the letter '“'"),
        (b"{\\rtf1 " + GOOD.encode(), 1, "is a word processor's file"),
        (b"PK\x03\x04" + GOOD.encode(), 1, "is a word processor's file"),
    ],
)
def test_a_file_that_is_no_utf_8_text_is_told_with_line_and_remedy(tmp_path: Path, data: bytes, line: int, says: str):
    """What an editor or a word processor made of it, and how it has to be saved."""
    path = tmp_path / "mine.toml"
    path.write_bytes(data)
    with pytest.raises(BadInput) as refusal:
        read_scenario(path)
    assert f"mine.toml, line {line}: " in refusal.value.words
    assert says in refusal.value.words
    assert "encoding UTF-8" in refusal.value.words


def test_an_editors_mark_before_the_first_line_is_no_fault(tmp_path: Path):
    """Some editors write one when they save as UTF-8."""
    assert read_scenario(written(tmp_path, "\ufeff" + GOOD)).title == "A drill"


def test_an_unknown_drill_is_told_with_where_to_look():
    """Neither a name of the library nor a file."""
    with pytest.raises(BadInput, match="There is no drill 'nothing'"):
        load_scenario("nothing")
    assert load_scenario(library()[0]).name == library()[0]


def test_a_file_with_a_drills_name_of_the_library_is_refused(tmp_path: Path):
    """Passed, it would stand on a person's record as the library's drill."""
    path = tmp_path / "stale-list.toml"
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadInput, match="The library has a drill 'stale-list' already"):
        load_scenario(str(path))


def test_the_trainers_page_holds_every_mistake_and_a_drill_that_works(tmp_path: Path):
    """What the page shows as a whole drill is one, and it names every act and every mistake."""
    page = (Path(__file__).parents[3] / "docs" / "handbook" / "drills.md").read_text(encoding="utf-8")
    shown = page.split("```toml\n")[1].split("```")[0]
    held = read_scenario(written(tmp_path, shown))
    assert held.trainees["wrong"].fails == "other_state_confirmed"
    assert check_scenario(str(tmp_path / "mine.toml"))[1] == ()
    assert all(f"| `{name}` | {row.words} | {row.clause} |" in page for name, row in MISTAKES.items())
    assert all(f"| `{verb}" in page for verb in FORMS)
