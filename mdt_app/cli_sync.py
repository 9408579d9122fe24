"""The commands of packages carried by hand, for a car without a link: out of it, through headquarters, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import Database, Folder, KeyFile, say

sync = typer.Typer(no_args_is_help=True, help="Packages carried by hand between a car without a link and headquarters.")

Settings = Annotated[Path | None, typer.Option(help="The car's settings (TOML).")]
CarFolder = Annotated[Path | None, typer.Option(help="The car's folder; without it, the application's own.")]
Most = Annotated[int, typer.Option("--most-mb", min=1, max=64, help="So much of the oldest records, in MB.")]


def add_sync_commands(app: typer.Typer, hq: typer.Typer) -> None:
    """Hang these commands on the program and on headquarters'."""
    app.add_typer(sync, name="sync")
    hq.command("take")(hq_take)


@sync.command("export")
def sync_export(
    file: Path, settings: Settings = None, folder: CarFolder = None, most_mb: Most = 16, key_file: KeyFile = False
) -> None:
    """Write what waits for headquarters into FILE, sealed and signed. Nothing leaves the car's outbox by that."""
    from mdt_app.wiring.packages import car_settings, give_package
    from mdt_app.wiring.store_tools import Place

    known, place = car_settings(settings, folder)
    made = give_package(Place(place, key_file), known, file, most_mb << 20)
    events = sum(len(batch.events) for batch in made.batches)
    typer.echo(
        f"Package {made.number} of {made.car_id}: {events} records. Take {file} to headquarters ('mdt hq take')."
    )


@sync.command("import")
def sync_import(file: Path, settings: Settings = None, folder: CarFolder = None, key_file: KeyFile = False) -> None:
    """Take headquarters' answer FILE into this car; the application must not run."""
    from mdt_app.wiring.packages import car_settings, take_answer

    known, place = car_settings(settings, folder)
    taken = take_answer(known, place, file, key_file=key_file)
    for words in taken.words:
        say(words)
    typer.echo(f"{taken.delivered} records delivered, {taken.refused} refused, {taken.lists} lists in force.")


def hq_take(
    file: Path,
    answer: Annotated[Path, typer.Argument(help="The file to carry back to the car.")],
    folder: Folder,
    policy_id: Annotated[
        str, typer.Option("--policy", help="The agency's policy: stops are held against it.")
    ] = "postc",
    overlay: Annotated[list[str] | None, typer.Option(help="A statute over it; can be given more than once.")] = None,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Take a car's package FILE in, as if it had come over the network, and write ANSWER to carry back."""
    from mdt_app.services.policy_source import named_policy
    from mdt_app.wiring.enrolment import Headquarters
    from mdt_app.wiring.packages import take_at_headquarters

    source = named_policy(policy_id, overlay or ())
    made = take_at_headquarters(Headquarters(folder, database, key_file), source, file, answer)
    accepted = sum(len(receipt.accepted) for receipt in made.receipts)
    refused = sum(len(receipt.refused) for receipt in made.receipts)
    typer.echo(
        f"{made.car_id}: {accepted} records kept, {refused} refused, {len(made.lists)} lists and the standing of"
        f" {len(made.entries)} requests for entries go back."
    )
