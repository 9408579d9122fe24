"""The measurement of the plate reader on pictures or a video."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.domain.errors import BadInput


def add_read_command(bench: typer.Typer) -> None:
    """Hang the command on the program's measurements."""
    bench.command("read")(bench_read)


def bench_read(
    images: Annotated[Path | None, typer.Option(help="A folder of pictures.")] = None,
    video: Annotated[Path | None, typer.Option(help="A video file instead.")] = None,
    truth: Annotated[
        Path | None, typer.Option(help="A table image, x, y, w, h, plate; for a video a plate a line.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write a line of JSON a picture here.")] = None,
    misses: Annotated[Path | None, typer.Option(help="Write a contact sheet (PNG) of what was missed here.")] = None,
    condition: Annotated[str | None, typer.Option(help="Make each picture worse: night, infrared, rain, blur.")] = None,
    threads: Annotated[int, typer.Option(min=1, help="How many cores the reader may take.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure the plate reader; with truth, each figure with its 95 % interval."""
    from mdt_app.wiring import bench_read as measured

    if (images is None) == (video is None):
        raise BadInput("Nothing was named to read.", "Give either --images DIR or --video FILE.")
    if images is not None:
        order = measured.PicturesBench(images, truth, out, misses, threads, condition)
        figures = measured.bench_pictures(order)
    else:
        assert video is not None  # noqa: S101 - for the type checker: one of the two is given
        figures = measured.bench_video(video, truth, threads)
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")
