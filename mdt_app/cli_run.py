"""The command that runs the car's application."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import Language, run_program
from mdt_app.domain.errors import MdtError
from mdt_app.services.logs import configure_logs
from mdt_app.services.no_dumps import forbid_dumps


def add_run_command(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("run")(run)


def run_alone() -> None:
    """`mdt run` without the other commands: loading them all would keep the sign-in screen waiting."""
    app = typer.Typer(no_args_is_help=True, add_completion=False)
    app.callback()(lambda: None)
    add_run_command(app)
    run_program(app)


def require_display(offscreen: bool) -> None:
    """Say so where there is no display, instead of dying in Qt."""
    on_linux = sys.platform.startswith("linux")
    if offscreen or not on_linux or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        return
    words = "There is no display here."
    raise MdtError(
        words, "Without one, try: mdt demo --offscreen --shots pictures (a scripted officer works the hits)."
    )


def run(
    settings: Annotated[Path | None, typer.Option(help="The car's settings (TOML).")] = None,
    language: Language = None,
    cameras: Annotated[Path | None, typer.Option(help="The camera registry: a table of cameras (TOML).")] = None,
    folder: Annotated[Path | None, typer.Option(help="The car's folder, where it is not the user's own.")] = None,
    key_file: Annotated[bool, typer.Option(help="Key in a file: measurements only.", hidden=True)] = False,
) -> None:
    """Run the car's application; the sign-in screen comes first."""
    require_display(offscreen=False)
    from mdt_app.wiring.keeper import keep

    raise SystemExit(keep(partial(_car, settings, language, cameras, folder, key_file)))


def _car(
    settings: Path | None,
    language: str | None,
    cameras: Path | None,
    folder: Path | None,
    key_file: bool,
    told: Callable[[str], None],
    restarts: int,
) -> int:
    """The car's application, in the process that the keeper started for it."""
    forbid_dumps()
    configure_logs()
    gc.disable()  # nothing of a start is garbage; the window collects by a timer of its own (ui/garbage)
    from mdt_app.wiring.car_start import Order, run_car

    return run_car(Order(settings, language, cameras, folder, key_file), told, restarts)
