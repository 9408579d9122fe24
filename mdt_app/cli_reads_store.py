"""The commands by which headquarters and the vendor's store of bulk reads come to trust each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import Database, Folder, KeyFile, say

reads_store = typer.Typer(no_args_is_help=True, help="The vendor's store of bulk reads, where the policy wants one.")


def add_reads_store_commands(hq: typer.Typer) -> None:
    """Hang these commands on headquarters' own."""
    hq.add_typer(reads_store, name="reads-store")
    for name, command in (("request", request), ("grant", grant), ("accept", accept)):
        reads_store.command(name)(command)


def request(
    folder: Folder,
    host: Annotated[list[str], typer.Option(help="A name or address by which cars reach the store; may be repeated.")],
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """At the vendor: make the store, and print its request for headquarters."""
    from mdt_app.wiring.reads_store import ask_grant

    typer.echo(ask_grant(folder, host, database, allow_key_file=key_file))
    say("Bring the line above to headquarters as a file: 'mdt hq reads-store grant FILE'.")


def grant(
    folder: Folder,
    request_file: Annotated[Path, typer.Argument(metavar="REQUEST", help="What the store printed.")],
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """At headquarters: certify the store by the agency's authority, and print the grant."""
    from mdt_app.wiring.reads_store import give_grant

    typer.echo(give_grant(folder, request_file, database, allow_key_file=key_file))
    say("Bring the line above to the store as a file: 'mdt hq reads-store accept FILE'.")
    say("Then serve with --reads-store https://..., and set reads_store in the cars' settings.")


def accept(
    folder: Folder,
    grant_file: Annotated[Path, typer.Argument(metavar="GRANT", help="What headquarters printed.")],
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """At the vendor: keep headquarters' grant; then 'mdt hq serve --part vendor-store'."""
    from mdt_app.wiring.reads_store import keep_grant

    ori = keep_grant(folder, grant_file, database, allow_key_file=key_file)
    typer.echo(f"This store takes the bulk reads of {ori}. Headquarters says which cars may bring them.")
