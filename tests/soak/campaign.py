"""The whole fault table as one campaign with a seed: `python -m tests.soak.campaign`; `make soak`.

Each row runs by itself, one after the other, its controls after its tests. Ctrl-C ends it in order: what has been run
stands in the report. Returns 0 only when every target of every row that was asked for is met.

Figures of a row: `tries` as the tests count them, else one a test. `lost` and `doubled`: records, where a row is about
them. `found`: where something has to be noticed, how many of the tries were. `controls`: how many of the broken parts
that the row's own tests have to find were found.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from tests.fakes.campaign import WHOLE
from tests.soak.rows import FOUND, ROWS, Row

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "soak"
_END_S = 60.0
FIGURES = ("tries", "lost", "doubled", "found")
_NOT_ABOUT = "-"


@dataclass
class Outcome:
    """What came of one row; `figures` has the names that the row is about."""

    row: int
    fault: str
    target: str
    held: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    control: str = "none"
    controls: int = 0
    controls_held: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    not_met: list[str] = field(default_factory=list)


def main() -> int:
    """Run what was asked for, and write the report after each row."""
    asked = _asked()
    rows = [row for row in ROWS if not asked.rows or row.number in asked.rows]
    outcomes: list[Outcome] = []
    began = datetime.now(UTC)
    try:
        for row in rows:
            print(f"row {row.number:2}  {row.fault} ...", end=" ", flush=True)
            outcomes.append(run_row(row, asked.steps, asked.seed))
            print(f"{_words(outcomes[-1])}, {outcomes[-1].seconds:.0f} s", flush=True)
            write_report(outcomes, rows, asked, began)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    write_report(outcomes, rows, asked, began)
    print(f"The report: {(BUILD / 'report.md').relative_to(ROOT)}")
    return int(len(outcomes) < len(rows) or any(one.not_met for one in outcomes))


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.soak.campaign", description=__doc__)
    steps = int(os.environ.get("MDT_SOAK_STEPS", str(WHOLE)))
    words.add_argument(
        "--steps", type=int, default=steps, help=f"how much: {WHOLE:,} are 200 power cuts and 10,000 seeds"
    )
    words.add_argument("--seed", type=int, default=1, help="the campaign's seed")
    words.add_argument("--rows", type=int, nargs="*", default=(), help="these rows of the fault table alone")
    return words.parse_args()


def run_row(row: Row, steps: int, seed: int) -> Outcome:
    """Run a row's tests, then its controls."""
    began = time.monotonic()
    outcome = Outcome(row.number, row.fault, row.target, control="in the tests" if row.control_inside else "none")
    cases = _pytest(f"row-{row.number}", row.tests, row.at_once, steps, seed)
    controls = _pytest(f"row-{row.number}-controls", row.controls, 1, steps, seed) if row.controls else []
    for case in cases:
        _sort(case, outcome)
    outcome.figures = _figures(row, cases)
    outcome.controls, outcome.controls_held = len(controls), sum(map(_held, controls))
    outcome.not_met = _not_met(row, outcome)
    outcome.seconds = round(time.monotonic() - began, 1)
    return outcome


def _figures(row: Row, cases: Iterable[ET.Element]) -> dict[str, int]:
    """What the tests counted. One that counts nothing is one try, and one that held has found what it had to find."""
    counted = Counter(dict.fromkeys(("tries", *row.figures), 0))
    for case in cases:
        told = {str(one.get("name")): int(one.get("value", "0")) for one in case.iter("property") if _counts(one)}
        told.setdefault("tries", int(case.find("skipped") is None))
        told.setdefault(FOUND, told["tries"] * _held(case))
        counted.update({name: told.get(name, 0) for name in counted})
    return {name: counted[name] for name in FIGURES if name in counted}


def _counts(one: ET.Element) -> bool:
    return one.get("name") in FIGURES


def _held(case: ET.Element) -> bool:
    return all(case.find(wrong) is None for wrong in ("failure", "error", "skipped"))


def _pytest(name: str, wanted: Iterable[str], at_once: int, steps: int, seed: int) -> list[ET.Element]:
    """Run these tests in a process of their own; return each case. Its output goes to a file beside the report."""
    BUILD.mkdir(parents=True, exist_ok=True)
    report = BUILD / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--timeout=7200",
        "-o",
        "junit_family=xunit1",
        f"--junitxml={report}",
        f"--hypothesis-seed={seed}",
        *(("-n", str(at_once)) if at_once > 1 else ()),
        *_chosen(wanted),
    )
    environment = {"MDT_SOAK_STEPS": str(steps), "MDT_SOAK_SEED": str(seed), "PYTHONPATH": str(ROOT)}
    with (BUILD / f"{name}.log").open("w") as log:
        _run(command, {**os.environ, **environment}, log)
    if not report.exists():
        return [_failed(name)]
    return list(ET.parse(report).iter("testcase")) or [_failed(name)]  # noqa: S314 - our own file


def _run(command: Iterable[str], environment: Mapping[str, str], log: IO[str]) -> None:
    """Ctrl-C lets the tests take down what they have put up: mounted disks, servers."""
    with subprocess.Popen((*command,), cwd=ROOT, env=environment, stdout=log, stderr=log) as running:
        try:
            running.wait()
        except KeyboardInterrupt:
            running.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(_END_S)
            running.kill()
            raise


def _chosen(wanted: Iterable[str]) -> tuple[str, ...]:
    """The files, and an expression that chooses the tests whose names begin so; whole files choose all of theirs."""
    files = {one.partition("::")[0]: list[str]() for one in wanted}
    for one in wanted:
        file, _, name = one.partition("::")
        files[file].append(name)
    nodes: list[str] = []
    for file, names in files.items():
        defined = [
            line[4:].partition("(")[0] for line in (ROOT / file).read_text().splitlines() if line[:9] == "def test_"
        ]
        nodes += [file] if "" in names else [f"{file}::{one}" for one in defined if one.startswith(tuple(names))]
    return tuple(nodes)


def _failed(name: str) -> ET.Element:
    case = ET.Element("testcase", {"name": name})
    ET.SubElement(case, "error", {"message": "nothing ran"})
    return case


def _sort(case: ET.Element, outcome: Outcome) -> None:
    name, wrong, skipped = case.get("name", ""), case.find("failure"), case.find("skipped")
    wrong = case.find("error") if wrong is None else wrong
    if wrong is not None:
        outcome.failed.append(f"{name}: {(wrong.get('message') or '').splitlines()[0][:160]}")
    elif skipped is not None:
        outcome.skipped.append(f"{name}: {skipped.get('message') or ''}")
    else:
        outcome.held += 1


def _not_met(row: Row, outcome: Outcome) -> list[str]:
    told = [f"failed: {one}" for one in outcome.failed] + [f"not run: {one}" for one in outcome.skipped]
    told += [f"{outcome.figures[name]} {name}" for name in ("lost", "doubled") if outcome.figures.get(name)]
    if outcome.figures.get(FOUND, outcome.figures["tries"]) < outcome.figures["tries"]:
        told.append(f"only {outcome.figures[FOUND]} of {outcome.figures['tries']} found")
    if outcome.controls_held < outcome.controls:
        told.append(f"only {outcome.controls_held} of {outcome.controls} controls found what is broken")
    return [*told, row.open] if row.open else told


def _words(outcome: Outcome) -> str:
    return "met" if not outcome.not_met else "NOT MET"


def write_report(outcomes: list[Outcome], rows: list[Row], asked: argparse.Namespace, began: datetime) -> None:
    """Write report.md and report.json, each whole or not at all."""
    head = {
        "seed": asked.seed,
        "steps": asked.steps,
        "began": began.isoformat(timespec="seconds"),
        "load": os.getloadavg()[0],
        "rows_asked_for": len(rows),
        "rows": [asdict(one) for one in outcomes],
    }
    BUILD.mkdir(parents=True, exist_ok=True)
    _replace(BUILD / "report.json", json.dumps(head, indent=1) + "\n")
    _replace(BUILD / "report.md", "\n".join(_report(outcomes, rows, asked, began)) + "\n")


def _report(outcomes: list[Outcome], rows: list[Row], asked: argparse.Namespace, began: datetime) -> Iterator[str]:
    yield from ("# The fault campaign", "")
    ran = f"{len(outcomes)} of {len(rows)} rows"
    yield f"Seed {asked.seed}, {asked.steps} steps, begun {began:%Y-%m-%d %H:%M} UTC; {ran}."
    yield ""
    yield from (
        "Controls: broken parts that the row's own tests have to find, and did. '-': the row is not about that.",
        "",
    )
    yield "| row | fault | target | tries | lost | doubled | found | controls | s | |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for one in outcomes:
        figures = " | ".join(str(one.figures.get(name, _NOT_ABOUT)) for name in FIGURES)
        controls = f"{one.controls_held} of {one.controls}" if one.controls else one.control
        cells = (one.row, one.fault, one.target, figures, controls, f"{one.seconds:.0f}", _words(one))
        yield f"| {' | '.join(map(str, cells))} |"
    yield from ("", "## Not met", "")
    open_ends = [f"- row {one.row}: {words}" for one in outcomes for words in one.not_met]
    yield from open_ends or ["Nothing: all targets are met."]


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text)
    beside.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
