"""The commands of the car's devices: the camera registry and its logins, reports of equipment, and the latency."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_store import Folder, KeyFile, Sealed, asked

camera = typer.Typer(no_args_is_help=True, help="The car's cameras.")
equipment = typer.Typer(no_args_is_help=True, help="Checks and repairs of equipment.")


def add_device_commands(app: typer.Typer, bench: typer.Typer) -> None:
    """Hang these commands on the program's own."""
    app.add_typer(camera, name="camera")
    app.add_typer(equipment, name="equipment")
    bench.command("latency")(bench_latency)
    bench.command("ui")(bench_ui)


@camera.command("check")
def camera_check(file: Annotated[Path, typer.Argument(help="The camera registry (TOML).")]) -> None:
    """Check a camera registry: a line a camera, or its faults with line and key."""
    from mdt_app.services.camera_table import read_cameras

    for one in read_cameras(file):
        typer.echo(
            f"{one.id:6} {one.kind.value:9} {one.agency_number:12} {one.place}, lane {one.lane}, "
            f"{one.field_of_view_deg:g} degrees{', with a login' if one.login else ''}"
        )


@camera.command("login")
def camera_login(
    camera_id: Annotated[str, typer.Argument(help="The camera's id in the registry.")],
    user: Annotated[str, typer.Option(prompt=True, help="The user that the camera asks for.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Asked for; better not on the line.")],
) -> None:
    """Keep a camera's user and password in the system's keyring."""
    from mdt_app.wiring.car_devices import keep_login

    keep_login(camera_id, user, password)
    typer.echo(f"Kept. Say 'login = true' at camera {camera_id} in the registry.")


@equipment.command("report")
def equipment_report(
    folder: Folder,
    target: Annotated[Path, typer.Argument(help="The file to write (.csv).")],
    cameras: Annotated[Path | None, typer.Option(help="The camera registry, for agency numbers and places.")] = None,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
) -> None:
    """Write the vendor's report: every failed check and every repair on record, a line each."""
    from mdt_app.wiring.equipment_report import save_report
    from mdt_app.wiring.store_tools import Place

    count = save_report(Place(folder, key_file, asked(passphrase)), target, cameras)
    typer.echo(f"{target}: {count} lines.")


def bench_latency(
    cameras: Annotated[int, typer.Option(min=1, max=16, help="Cameras at once.")] = 4,
    fps: Annotated[int, typer.Option(min=1, max=60, help="Pictures a second of each.")] = 15,
    seconds: Annotated[float, typer.Option(min=5, help="How long to measure.")] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure a whole car at work: from a picture of an RTSP camera SIMULATOR to the alert on the (unseen) screen."""
    from mdt_app.wiring.bench_latency import bench_latency

    figures = asdict(bench_latency(cameras, fps, seconds))
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")


def bench_ui(
    cameras: Annotated[int, typer.Option(min=1, max=8, help="Cameras at once.")] = 4,
    seconds: Annotated[float, typer.Option(min=2, help="How long to measure.")] = 30.0,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure how late the (unseen) window comes to its work, with live cameras and thirty reads a second."""
    from mdt_app.wiring.bench_ui import bench_ui

    figures = asdict(bench_ui(cameras, seconds))
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")
