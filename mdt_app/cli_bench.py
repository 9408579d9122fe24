"""The commands that measure the application's start, what idle cars cost headquarters, and a year's trail as files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import tell_figures, telling


def add_bench_commands(bench: typer.Typer) -> None:
    """Hang the commands on the program's measurements."""
    bench.command("poll")(bench_poll)
    bench.command("export")(bench_export)
    bench.command("start")(bench_start)


def bench_start(
    rounds: Annotated[int, typer.Option(min=1, max=50, help="How often each is started, by turns.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure how soon the sign-in screen is there, against an empty window with the store opened."""
    from mdt_app.wiring import bench_start as measured

    tell_figures(asdict(measured.bench_start(rounds)), as_json)


def bench_poll(
    cars: Annotated[int, typer.Option(min=10, max=500, help="Idle cars.")] = 50,
    seconds: Annotated[float, typer.Option(min=5, max=600, help="How long, once all have pulled everything.")] = 20.0,
    every_time: Annotated[
        bool, typer.Option("--every-time", help="Cars that ask for each subject in each turn, for comparison.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure what cars with nothing to tell cost headquarters: requests and processor time a car."""
    from mdt_app.wiring import bench_poll as measured

    tell_figures(asdict(measured.bench_poll(cars, seconds, every_time=every_time)), as_json)


def bench_export(
    rows: Annotated[int, typer.Option(min=1000, help="Rows of the trail.")] = 1_000_000,
    headquarters: Annotated[
        bool, typer.Option("--headquarters", help="Headquarters' own trail in place of a car's.")
    ] = False,
    database: Annotated[
        str | None,
        typer.Option(help="Its empty PostgreSQL database, or 'embedded'; else a PostgreSQL server is made for this."),
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="A folder on the disk to measure.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure a year's trail as CSV and PDF, and its check, beside the bare reading of the rows."""
    from mdt_app.wiring import bench_export as measured

    place = measured.CAR if not headquarters else database or measured.POSTGRESQL
    tell_figures(asdict(measured.bench_export(rows, place, folder, telling("of this step"))), as_json)
