"""The commands on training at headquarters: a person's certificate, and the Training Unit's report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import desk_token

HqUrl = Annotated[str, typer.Option("--hq", help="Headquarters' address.")]


def add_training_commands(hq: typer.Typer) -> None:
    """Hang these commands on headquarters'."""
    for name, command in (("certificate", certificate), ("training-report", training_report)):
        hq.command(name)(command)


def certificate(
    user_id: str,
    file: Annotated[Path, typer.Argument(help="The new file, ending in .pdf.")],
    hq_url: HqUrl = "http://127.0.0.1:8080",
) -> None:
    """Save a person's certificate once all topics are complete. Needs a trainer's or Administrator's MDT_DESK_TOKEN."""
    from mdt_app.wiring.training_files import save_certificate

    save_certificate(hq_url, desk_token(), user_id, file)
    typer.echo(f"{file}: signed by headquarters; the proof is beside it.")


def training_report(
    file: Annotated[Path, typer.Argument(help="The new file, ending in .pdf, .csv or .json.")],
    hq_url: HqUrl = "http://127.0.0.1:8080",
) -> None:
    """Save who is complete, due and overdue, by topic. Needs a trainer's or Administrator's MDT_DESK_TOKEN."""
    from mdt_app.wiring.training_files import save_report

    save_report(hq_url, desk_token(), file)
    typer.echo(f"{file}: signed by headquarters; the proof is beside it.")
