"""What is wrong in a policy file stops the start, and is told with file, line and key."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from mdt_app.domain.errors import BadInput
from mdt_app.services.policies import load_policy, read_policy
from mdt_app.services.toml_lines import key_lines, line_of

IDS = ("postc", "newtown", "glastonbury")
FOLDER = files("resources").joinpath("policies")
POSTC = FOLDER.joinpath("postc.toml").read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "agency.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(BadInput) as caught:
        read_policy(written(folder, text))
    return caught.value.words


# What is changed in the model policy, the line that is to be named (by its text after the change), and the words.
FAULTS = {
    "unknown top key": ("\n[policy]", "\nodd = 1\n[policy]", "odd = 1", "odd is not known here"),
    "unknown table": ("\n[hits]", "\n[odd]\n[hits]", "[odd]", "odd is not known here"),
    "unknown nested key": (
        'clause = "POSTC G.2"',
        'clause = "POSTC G.2"\nodd = 1',
        "odd = 1",
        "prohibited.harassment.odd is not known here",
    ),
    "unknown inline key": (
        '30, clause = "POSTC K.1"',
        '30, clause = "POSTC K.1", odd = 1',
        'days = { value = 30, clause = "POSTC K.1", odd = 1 }',
        "retention.days.odd is not known here",
    ),
    "missing nested key": (
        'words = "Personal use"\n',
        "",
        "[prohibited.personal_use]",
        "prohibited.personal_use.words is missing",
    ),
    "missing inline clause": (
        '30, clause = "POSTC K.1"',
        "30",
        "days = { value = 30 }",
        "retention.days.clause is missing",
    ),
    "empty clause": ('"POSTC K.1"', '" "', 'days = { value = 30, clause = " " }', "retention.days.clause is empty"),
    "number as text": (
        "value = 30,",
        'value = "30",',
        'days = { value = "30", clause = "POSTC K.1" }',
        "retention.days.value is wrong",
    ),
    "truth as number": (
        "exigent = { value = true",
        "exigent = { value = 1",
        'exigent = { value = 1, clause = "POSTC F.c.1" }',
        "stops.exigent.value is wrong",
    ),
    "unknown second factor": (
        'factors = { value = ["totp", "security_key"]',
        'factors = { value = ["sms"]',
        'factors = { value = ["sms"], clause = "CJIS 6.0 IA-2(1), IA-2(8)" }',
        "sign_in.factors.value.0 is wrong",
    ),
    "no second factor": (
        'factors = { value = ["totp", "security_key"]',
        "factors = { value = []",
        'factors = { value = [], clause = "CJIS 6.0 IA-2(1), IA-2(8)" }',
        "sign_in.factors.value names no second factor",
    ),
    "a proof that stays fresh for too long": (
        "privileged_minutes = { value = 5",
        "privileged_minutes = { value = 16",
        'privileged_minutes = { value = 16, clause = "CJIS 6.0 IA-11" }',
        "sign_in.privileged_minutes.value must be 1 to 15",
    ),
    "unknown element of an array": (
        '    "crime_analyst",\n',
        '    "# visitor, [x]",\n',
        '    "# visitor, [x]",',
        "access.roles.value.3 is wrong",
    ),
    "missing gate clause": (
        'hit_open = "POSTC F.c.1"\n',
        "",
        "[gate.clauses]",
        "gate.clauses.hit_open is missing",
    ),
    "unknown gate clause": (
        'hit_open = "POSTC F.c.1"\n',
        'hit_open = "POSTC F.c.1"\nodd = "x"\n',
        'odd = "x"',
        "gate.clauses.odd is not known here",
    ),
    "no way": (
        '["visual", "independent_suspicion"]',
        "[]",
        'ways = { value = [], clause = "POSTC F.c.1.i" }',
        "stops.ways.value names no way",
    ),
}


@pytest.mark.parametrize(("old", "new", "place", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_line_and_key(old, new, place, words, tmp_path):
    """What is unknown, missing or ill-typed stops the start and is found where it stands."""
    text = POSTC.replace(old, new, 1)
    line = text.splitlines().index(place) + 1
    assert f"agency.toml, line {line}: {words}" in refusal(tmp_path, text)


def test_a_missing_table_is_told_at_the_top(tmp_path):
    """A table that is not there has no line of its own: the file's first is named."""
    text = re.sub(r"\[retention\].*?\n\n", "", POSTC, flags=re.DOTALL)
    assert "agency.toml, line 1: retention is missing" in refusal(tmp_path, text)


def test_all_faults_are_told_at_once(tmp_path):
    """Two faults give two places, in the order of the file."""
    text = POSTC.replace("value = 24", 'value = "x"').replace("value = 30,", 'value = "y",')
    assert re.search(r"lists\.warn_hours.*; .*retention\.days", refusal(tmp_path, text))


@pytest.mark.parametrize("category", ["ghosts", "agency"])
def test_a_schedule_names_categories_of_the_alert_table_once(category, tmp_path):
    """A category that does not exist, or that is authorized as well, is refused at its line."""
    text = FOLDER.joinpath("glastonbury.toml").read_text(encoding="utf-8")
    text = text.replace('    "sex_offender",', f'    "{category}", # here')
    line = text.splitlines().index(f'    "{category}", # here') + 1
    assert f"line {line}: alert_schedule.prohibited.value.0 is " in refusal(tmp_path, text)


@pytest.mark.parametrize("text", ["[policy", "a = 1\na = 2"])
def test_what_is_no_toml_is_refused(text, tmp_path):
    """A file that tomllib can't read is refused with its place."""
    assert "is not valid TOML" in refusal(tmp_path, text)


def test_an_unknown_policy_names_the_known():
    """A wrong id is answered with the ids that there are, and reaches no file outside."""
    for wrong in ("nowhere", "../policies/postc", "overlays"):
        with pytest.raises(BadInput) as caught:
            load_policy(wrong)
        assert caught.value.remedy == "Choose one of: glastonbury, newtown, postc."


def _leaves(value, path=()):
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key), part
        yield from _leaves(part, (*path, key))


SHAPES = """top = "[not] = a, table" # nor [this]
dotted.inner."quoted key" = { a = 1, b = [ 2, { c = 3 } ] }
long = '''
[text]
key = 1
'''
dates = [2026-04-09, 1.5,
  -3e2, # a comment, with = marks
  [ "x",
    "y" ] ]

[[car]]
id = 1
[[car]]
id = 2
[car.radio]
on = true
[[car.camera]]
id = 3
"""


def test_every_key_and_element_has_a_line():
    """The scanner finds all that tomllib finds, in every shape, and its lines are where the keys stand."""
    lines = key_lines(SHAPES)
    assert set(dict(_leaves(tomllib.loads(SHAPES)))) <= lines.keys()
    at = {path: lines[path] for path in [("dotted", "inner", "quoted key", "b", 1, "c"), ("dates", 2), ("dates", 3, 1)]}
    assert list(at.values()) == [2, 8, 10]
    assert [lines["car", n, "id"] for n in (0, 1)] == [13, 15]
    assert lines["car", 1, "radio", "on"] == 17
    assert line_of(lines, ("car", 1, "camera", 0, "missing")) == 18


@pytest.mark.parametrize("policy_id", IDS)
def test_the_lines_of_our_own_files(policy_id):
    """In each policy file every key's line holds that key, and every element's line its words."""
    text = FOLDER.joinpath(f"{policy_id}.toml").read_text(encoding="utf-8")
    lines, source = key_lines(text), text.splitlines()
    for path, value in _leaves(tomllib.loads(text)):
        wanted = str(value) if isinstance(path[-1], int) else path[-1]
        assert wanted in source[lines[path] - 1]
