"""The command of the supervisor's console."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.domain.errors import BadInput, MdtError

THEMES = ("night", "day", "sun")


def add_console_command(app: typer.Typer) -> None:
    """Hang `mdt console` on the program."""
    app.command("console")(console)


def console(
    headquarters: Annotated[str, typer.Option(help="Headquarters' address, http(s)://...")] = "http://127.0.0.1:8080",
    theme: Annotated[str, typer.Option(help="night, day or sun.")] = "day",
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    map_file: Annotated[Path | None, typer.Option("--map", help="The agency's map file (MBTiles), as in cars.")] = None,
) -> None:
    """Open the supervisor's and Administrator's window. The desk's token is read from MDT_DESK_TOKEN."""
    token = os.environ.get("MDT_DESK_TOKEN", "")
    if not token:
        raise MdtError("There is no desk token.", "Put it in the environment as MDT_DESK_TOKEN.")
    if not headquarters.startswith(("http://", "https://")):
        raise BadInput("Headquarters' address can't be understood.", "Write http://host:port or https://host.")
    if theme not in THEMES:
        raise BadInput("There is no such theme.", f"Choose one of: {', '.join(THEMES)}.")
    if sys.platform.startswith("linux") and not any(
        map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    ):
        raise MdtError("There is no display here.", "Run it at a desk with a screen.")
    from mdt_app.wiring.console import run_console

    raise SystemExit(run_console(headquarters, token, theme, language, map_file))
