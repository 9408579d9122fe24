"""Which clause the program meets by what, where, and which tests show it: the page docs/policy-trace.md."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from mdt_app.domain.errors import BadInput

_HEAD = """# What the program does about each clause

Made by `mdt policy trace > docs/policy-trace.md` from `resources/policy_trace.toml` and the tests' marks; a test holds
this page current. The number behind a test's file is how many of its tests name the clause. A clause without a test
says so.

| clause | stands in | what the program does | where | tests |
|---|---|---|---|---|"""
_NO_TEST = "**none**"


@dataclass(frozen=True, slots=True)
class Trace:
    """A clause: where the policies have it, what the program does about it in words, and the files that do it."""

    source: str
    does: str
    where: tuple[str, ...]


_SHAPE = TypeAdapter(dict[str, Trace])


def load_trace() -> Mapping[str, Trace]:
    """Return every clause that the program knows, in the table's order. Raises BadInput when it does not hold."""
    text = files("resources").joinpath("policy_trace.toml").read_text(encoding="utf-8")
    try:
        return _SHAPE.validate_python(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as fault:
        raise BadInput(f"policy_trace.toml is not as it must be: {fault}.", "Mend the file.") from fault


def marks_of(folder: Path) -> Mapping[str, Counter[str]]:
    """Return, for each clause, the test files that name it and how often, by the marks in the source."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for clause in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            place = path.relative_to(folder.parent).as_posix()
            found.setdefault(clause, Counter())[place] += 1
    return found


def trace_page(trace: Mapping[str, Trace], tests: Mapping[str, Counter[str]]) -> str:
    """Return the page."""
    rows = (
        f"| {clause} | {one.source} | {one.does} | {_listed(one.where)} | {_counted(tests.get(clause, Counter()))} |"
        for clause, one in trace.items()
    )
    return "\n".join((_HEAD, *rows)) + "\n"


def _marked(tree: ast.AST) -> Iterator[str]:
    """The clauses in each `mark.clause(...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "clause":
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def _listed(names: Iterable[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


def _counted(tests: Counter[str]) -> str:
    return "<br>".join(f"`{name}` ({count})" for name, count in sorted(tests.items())) or _NO_TEST
