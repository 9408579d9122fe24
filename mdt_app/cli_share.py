"""The commands on data for another agency: what a request lacks, its package, and what is in one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import ask_proof, desk_token

HqUrl = Annotated[str, typer.Option("--hq", help="Headquarters' address.")]
Passphrase = Annotated[bool, typer.Option("--passphrase", help="Ask for a passphrase that opens it.")]


def add_share_commands(hq: typer.Typer) -> None:
    """Hang these commands on headquarters'."""
    for name, command in (("share", share), ("open-share", open_share)):
        hq.command(name)(command)


def share(
    record_id: Annotated[str, typer.Argument(help="The request's record in the register of requests for data.")],
    to: Annotated[
        Path | None, typer.Option(help="The new file; without it only what the request lacks is shown.")
    ] = None,
    passphrase: Passphrase = False,
    hq_url: HqUrl = "http://127.0.0.1:8080",
) -> None:
    """Answer another agency's approved request with a sealed package. Needs an Administrator's MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import Desk
    from mdt_app.wiring.sharing import save_package

    words = str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True)) if passphrase else ""
    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        if to is not None:
            typer.echo(f"{to}: on record as {save_package(desk, record_id, to, words)}.")
            return
        lacking = desk.share_conditions(record_id).unmet
    for one in lacking:
        typer.echo(f"{one.name:<28}  {one.words} {one.remedy} ({one.clause})")
    if not lacking:
        typer.echo("Nothing is missing: give --to FILE.")
    raise SystemExit(bool(lacking))


def open_share(file: Path, passphrase: Passphrase = False) -> None:
    """Show what is in a package (JSON), by the recovery key's words or a passphrase; damaged ones are refused."""
    from mdt_app.wiring.sharing import read_package

    def words() -> str:
        return str(typer.prompt("The recovery key's words", hide_input=True))

    def asked() -> str:
        return str(typer.prompt("Passphrase", hide_input=True))

    typer.echo(read_package(file, None if passphrase else words, asked if passphrase else None))
