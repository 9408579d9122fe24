"""The command that measures what idle cars cost headquarters."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from mdt_app.cli_words import tell_figures


def add_bench_commands(bench: typer.Typer) -> None:
    """Hang the command on the program's measurements."""
    bench.command("poll")(bench_poll)


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
