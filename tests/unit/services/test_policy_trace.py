"""The page of traceability: current, true to the files, and honest about a clause without a test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from typer.testing import CliRunner

from mdt_app.cli import app
from mdt_app.services.policy_trace import Trace, load_trace, marks_of, trace_page

ROOT = Path(__file__).parents[3]


def test_the_page_is_current() -> None:
    """'mdt policy trace > docs/policy-trace.md' makes it anew."""
    said = CliRunner().invoke(app, ["policy", "trace", "--tests", str(ROOT / "tests")])
    assert said.exit_code == 0
    assert (ROOT / "docs" / "policy-trace.md").read_text(encoding="utf-8") == said.stdout


def test_every_place_that_is_named_is_there_and_every_tested_clause_is_in_the_table() -> None:
    """A module that moved, or a mark with a wrong name, is found."""
    trace = load_trace()
    assert [name for one in trace.values() for name in one.where if not (ROOT / name).is_file()] == []
    assert sorted(marks_of(ROOT / "tests").keys() - trace.keys()) == []


def test_a_clause_without_a_test_says_so(tmp_path: Path) -> None:
    """Marks are read from decorators, parameters and whole modules alike."""
    (tmp_path / "tests").mkdir()
    source = (
        'import pytest\npytestmark = pytest.mark.clause("A-1")\n@pytest.mark.clause("A-1", "B-2")\ndef test_x(): ...\n'
    )
    (tmp_path / "tests" / "test_x.py").write_text(source, encoding="utf-8")
    tests = marks_of(tmp_path / "tests")
    assert tests == {"A-1": Counter({"tests/test_x.py": 2}), "B-2": Counter({"tests/test_x.py": 1})}
    page = trace_page({"B-2": Trace("POSTC B", "Does it", ("x.py",)), "C-3": Trace("POSTC C", "Not yet", ())}, tests)
    assert "| B-2 | POSTC B | Does it | `x.py` | `tests/test_x.py` (1) |" in page
    assert "| C-3 | POSTC C | Not yet |  | **none** |" in page
