"""The command of the drills: list them, check a file, run one on a screen, or unattended with a scripted trainee."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_console import THEMES
from mdt_app.cli_words import Language, desk_token, say
from mdt_app.domain.errors import BadInput, MdtError

TRAINEES = ("right", "wrong")


def add_simulate_command(app: typer.Typer) -> None:
    """Hang `mdt simulate` on the program."""
    app.command("simulate")(simulate)


def simulate(
    scenario: Annotated[str | None, typer.Argument(help="A drill's name, or the path of a scenario's file.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Name the drills, one a line.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only check the scenario: its file, and both scripted trainees.")
    ] = False,
    copy: Annotated[
        Path | None, typer.Option("--copy", help="Copy this drill of the library into a new file, to change it.")
    ] = None,
    offscreen: Annotated[bool, typer.Option(help="Unattended, without a display, as fast as it goes.")] = False,
    trainee: Annotated[str, typer.Option(help="Offscreen: the scripted trainee, right or wrong.")] = "right",
    shots: Annotated[Path | None, typer.Option(help="Offscreen: write pictures of the screens here.")] = None,
    lessons: Annotated[bool, typer.Option("--lessons", help="Open at the lessons of the training.")] = False,
    person: Annotated[str, typer.Option(help="Who drills: the user id of their own account.")] = "trainee",
    trainer: Annotated[str, typer.Option(help="Who trains, as it is to stand on the record.")] = "",
    hq_url: Annotated[
        str, typer.Option("--hq", help="Headquarters, for the training record; with MDT_DESK_TOKEN of a trainer.")
    ] = "",
    theme: Annotated[str, typer.Option(help="The desk's look: night, day or sun.")] = "day",
    language: Language = None,
) -> None:
    """Training mode: the trainer's desk, and the same application fed by a scenario; nothing reaches what is real."""
    from mdt_app.services.scenarios import library

    if listed:
        typer.echo("\n".join(library()))
        return
    if scenario is None and (check or offscreen or copy is not None):
        raise BadInput("No drill is named.", "'mdt simulate --list' names them.")
    if copy is not None and scenario is not None:
        _copy(scenario, copy)
        return
    if check and scenario is not None:
        _check(scenario)
        return
    if offscreen and scenario is not None:
        _unattended(scenario, trainee, shots, language or "en")
    if theme not in THEMES:
        raise BadInput("There is no such theme.", f"Choose one of: {', '.join(THEMES)}.")
    _on_screen(scenario, (person, trainer), hq_url, (language or "en", theme), lessons=lessons)


def _copy(scenario: str, path: Path) -> None:
    from mdt_app.services.scenarios import library_text
    from mdt_app.wiring.files import new_file

    text = library_text(scenario)
    if path.suffix != ".toml":
        raise BadInput(f"{path.name} is no name of a drill's file.", "Let it end in .toml, as my-drill.toml.")
    with new_file(path) as out:
        out.write(text.encode())
    typer.echo(f"{path}: a copy of '{scenario}'. Change it, then: mdt simulate {path} --check")


def _check(scenario: str) -> None:
    """Read it, try it with both trainees and on its road, and say 'ok' or what is wrong; then the status is 1."""
    from mdt_app.wiring.drill_check import check_road, check_scenario

    held, wrong = check_scenario(scenario)
    wrong = wrong or check_road(held, say)
    for line in wrong:
        typer.echo(f"{held.name}: {line}", err=True)
    if wrong:
        raise SystemExit(1)
    counted = f"cars: {len(held.cars)}, entries: {len(held.entries)}"
    typer.echo(f"{held.name}: ok ({held.title}; {counted}; both trainees, its road).")


def _unattended(scenario: str, trainee: str, shots: Path | None, language: str) -> None:
    if trainee not in TRAINEES:
        raise BadInput("There is no such trainee.", f"Choose one of: {', '.join(TRAINEES)}.")
    from mdt_app.wiring.simulation_desktop import drill_offscreen

    raise SystemExit(drill_offscreen(scenario, trainee, shots, say, language))


def _on_screen(
    scenario: str | None, sitting: tuple[str, str], hq_url: str, look: tuple[str, str], *, lessons: bool
) -> None:
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, displays)):
        words = "Without one, try: mdt simulate NAME --offscreen --trainee right."
        raise MdtError("There is no display here.", words)
    from mdt_app.wiring.lesson_bench import Office
    from mdt_app.wiring.simulation_desktop import trainer_desk
    from ui.console.drill_bench import Sitting

    person, trainer = sitting
    office = Office(hq_url, desk_token()) if hq_url else None
    sits = Sitting(person, person, trainer)
    raise SystemExit(trainer_desk(scenario, sits, office, *look, lessons=lessons))
