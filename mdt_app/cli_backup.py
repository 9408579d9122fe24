"""The commands of headquarters' backups: made while it serves, and put back where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import Database, Folder, KeyFile

Passphrase = Annotated[bool, typer.Option("--passphrase", help="Ask for a passphrase that opens it.")]


def add_backup_commands(hq: typer.Typer) -> None:
    """Hang these commands on headquarters'."""
    for name, command in (("backup", backup), ("restore", restore)):
        hq.command(name)(command)


def backup(
    file: Path,
    folder: Folder,
    to: Annotated[list[str] | None, typer.Option(help="A public key (mdt hq recovery-key) that may open it.")] = None,
    passphrase: Passphrase = False,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Back up headquarters into FILE, sealed; it may serve meanwhile."""
    from mdt_app.wiring.backup import save_backup
    from mdt_app.wiring.enrolment import Headquarters

    made = save_backup(Headquarters(folder, database, key_file), file, to or (), _asked(passphrase, twice=True))
    typer.echo(f"{file}: {made.counts['events']} events, {len(made.heads)} chains, {made.size} bytes inside.")


def restore(
    file: Path,
    folder: Folder,
    passphrase: Passphrase = False,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Put a backup back where there is no headquarters yet, once it is proved whole; then prove what was put back."""
    from mdt_app.wiring.backup import restore_backup
    from mdt_app.wiring.enrolment import Headquarters

    words = None if passphrase else (lambda: str(typer.prompt("The recovery key's words", hide_input=True)))
    made = restore_backup(Headquarters(folder, database, key_file), file, words, _asked(passphrase))
    typer.echo(f"Headquarters of {made.ori} as of {made.made_at:%Y-%m-%d %H:%M} UTC is back, and proved.")


def _asked(wanted: bool, *, twice: bool = False) -> Callable[[], str] | None:
    def ask() -> str:
        return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))

    return cache(ask) if wanted else None
