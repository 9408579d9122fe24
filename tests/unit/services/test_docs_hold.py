"""The handbook and the security papers against the program: each command, listener, path and picture in them."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from mdt_app.cli import app

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
CHAPTERS = sorted((DOCS / "handbook").glob("*.md"))
PAPERS = [DOCS / "threat-model.md", DOCS / "cjis.md", DOCS / "ports.md", ROOT / "SECURITY.md"]
LISTENS = re.compile(r"\.bind\(\(|start_server|create_server|TCPServer\(|HTTPServer\(|listen_addresses")


def leaves(command: TyperCommand | TyperGroup, path: str = "mdt") -> Iterator[tuple[str, TyperCommand]]:
    """Every command under this one, by its words."""
    if isinstance(command, TyperGroup):
        for name, one in command.commands.items():
            yield from leaves(one, f"{path} {name}")
    else:
        yield path, command


COMMANDS = dict(leaves(typer.main.get_command(app)))


def typed() -> list[list[str]]:
    """Every `mdt` line that the handbook's examples type, in words."""
    blocks = re.findall(r"^```console[^\n]*\n(.*?)^```$", (DOCS / "handbook" / "commands.md").read_text(), re.M | re.S)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    lines += [inner for line in lines for inner in re.findall(r"\$\((mdt [^)]*)\)", line)]
    return [shlex.split(line.partition(" > ")[0].removesuffix(" &")) for line in lines if line.startswith("mdt ")]


def test_every_command_has_its_section_and_an_example_that_the_program_takes() -> None:
    """No command without a section and an example, no section without a command, no option that is not there."""
    text = (DOCS / "handbook" / "commands.md").read_text()
    assert sorted(re.findall(r"^### (mdt .+)$", text, re.M)) == sorted(COMMANDS)
    shown = set()
    for words in typed():
        name = max((one for one in COMMANDS if f"{' '.join(words)} ".startswith(f"{one} ")), key=len, default="")
        assert name, words
        asked = [f"{one.opts[0]}=x" for one in COMMANDS[name].params if getattr(one, "prompt", None)]
        COMMANDS[name].make_context(name, [*asked, *words[len(name.split()) :]])
        shown.add(name)
    assert sorted(shown) == sorted(COMMANDS)


def test_every_command_that_the_other_chapters_name_exists() -> None:
    """What a chapter says in `mdt ...` is a command or the beginning of one."""
    for path in CHAPTERS:
        for words in re.findall(r"`mdt ((?:[a-z-]+ ?)+)", path.read_text()):
            said = f"mdt {words.strip()}"
            assert any(said.startswith(one) or one.startswith(said) for one in COMMANDS), (path.name, said)


def test_what_the_papers_point_at_is_there() -> None:
    """Links, pictures, and every path of a module or a test that a chapter or a security paper names."""
    for path in (*CHAPTERS, *PAPERS, ROOT / "README.md", DOCS / "README.md"):
        text = path.read_text()
        for target in re.findall(r"\]\(([^)#:]+)[^)]*\)", text):
            assert (path.parent / target).exists(), (path.name, target)
        for named in re.findall(r"`((?:mdt_app|ui|devices|cache|tests|docs|resources|installer)/[\w./-]+)`", text):
            assert any((ROOT / f"{named}{ending}").exists() for ending in ("", ".py")), (path.name, named)


def test_every_module_that_listens_is_in_the_table_of_ports() -> None:
    """No module opens a listener that docs/ports.md does not name."""
    paths = (path for room in ("mdt_app", "devices", "cache", "ui") for path in (ROOT / room).rglob("*.py"))
    listening = {path.relative_to(ROOT).as_posix() for path in paths if LISTENS.search(path.read_text())}
    assert listening == set(
        re.findall(r"`((?:mdt_app|devices)/[\w/]+\.py)` \|$", (DOCS / "ports.md").read_text(), re.M)
    )


def the_press(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The handbook's builder, which is no part of the program."""
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.delitem(sys.modules, "handbook_build", raising=False)
    spec = importlib.util.find_spec("handbook_build")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_quick_card_is_one_page_and_the_messages_have_remedies(monkeypatch, tmp_path: Path) -> None:
    """The card for the car fits on one page; the program's messages are gathered for the chapter of troubles."""
    press = the_press(monkeypatch)
    press.write_card(tmp_path / "card.pdf")
    assert (tmp_path / "card.pdf").read_bytes().count(b"/Type /Page\n") == 1
    rows = press.handbook_messages.tables().splitlines()
    assert len(rows) > 300
    assert any("The store's key is gone." in row and "mdt store recover" in row for row in rows)


@pytest.mark.timeout(3600)
@pytest.mark.skipif("MDT_SOAK_STEPS" not in os.environ, reason="builds the whole handbook and runs all its examples")
def test_the_handbook_is_built_and_all_its_examples_run(tmp_path: Path) -> None:
    """`make handbook` gives HTML and PDF; each example of 'Every command' ends as the handbook says."""
    for words in (("docs/handbook_build.py", str(tmp_path)), ("docs/handbook_examples.py",)):
        done = subprocess.run((sys.executable, *words), cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 2:
            pytest.skip(done.stdout.strip())
        assert done.returncode == 0, done.stdout
    assert {"handbook.pdf", "quick-card.pdf", "officer.html"} <= {path.name for path in tmp_path.iterdir()}
