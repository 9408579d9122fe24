"""Gathers every message with a remedy from the program's own source, as the tables of the handbook's last chapter.

What the program says stands where it is raised; a second list by hand would be wrong within a week. Values that are put
in while it runs stand as `...`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
GROUPS = (
    ("In the car and at its commands", ("mdt_app/domain", "mdt_app/services", "mdt_app/wiring", "mdt_app/sync", "cache",
                                        "devices", "ui", "mdt_app")),
    ("At headquarters", ("mdt_app/hq",)),
)  # fmt: skip
FIRST = {"Refused": 1, "HqRefused": 1, "Fault": 1}
"""Errors whose words are not their first argument: a short name for the record stands before."""
ERRORS = frozenset({"MdtError", "BadInput", "StorageFault", *FIRST})


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What the program says, and what to do about it."""

    words: str
    remedy: str


def messages(text: str) -> Iterator[Message]:
    """Every error with words and a remedy in a module's text."""
    tree = ast.parse(text)
    named = dict(_constants(tree))
    for node in ast.walk(tree):
        name = _name(node)
        if isinstance(node, ast.Call) and name in ERRORS:
            words, remedy = (_words(node, FIRST.get(name, 0) + at, named) for at in (0, 1))
            if " " in words.replace("...", "") and remedy not in ("", "..."):
                yield Message(words, remedy)


def tables() -> str:
    """All messages as Markdown, a table a group."""
    made = list[str]()
    for title, folders in GROUPS:
        found = {one for folder in folders for path in _modules(folder) for one in messages(path.read_text())}
        made += [f"\n## {title}\n", _table(found)]
    return "\n".join(made)


def _modules(folder: str) -> Iterator[Path]:
    """The modules of a folder; headquarters' and those one level up are not counted twice."""
    paths = (ROOT / folder).glob("*.py") if folder == "mdt_app" else (ROOT / folder).rglob("*.py")
    return (path for path in paths if "migrations" not in path.parts)


def _table(found: set[Message]) -> str:
    rows = (f"| {_cell(one.words)} | {_cell(one.remedy)} |" for one in sorted(found))
    return "\n".join(("| it says | do |", "|---|---|", *rows))


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("\n", " ")


def _name(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The module's own names for texts."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from ((target.id, node.value.value) for target in node.targets if isinstance(target, ast.Name))


def _words(call: ast.Call, at: int, named: Mapping[str, str]) -> str:
    """The text of an argument, with what is put in later as `...`; empty where it is no text."""
    if at >= len(call.args):
        return ""
    argument = call.args[at]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if isinstance(argument, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "..." for part in argument.values)
    return named.get(argument.id, "...") if isinstance(argument, ast.Name) and at else ""
