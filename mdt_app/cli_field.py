"""The commands of the field: cars' duties, readers and their gateway, who is told of alerts, and who may call what."""

from __future__ import annotations

import json
import os
import threading
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import KeyFile, Tied, desk_token, end_of_input, say, understood_words, with_proof

HqUrl = Annotated[str, typer.Option("--hq", help="Headquarters' address.")]
_HERE = "http://127.0.0.1:8080"


def add_field_commands(hq: typer.Typer, feed: typer.Typer) -> None:
    """Hang these commands on headquarters' and the readers'."""
    for name, command in (
        ("cars", hq_cars),
        ("duty", hq_duty),
        ("reader", hq_reader),
        ("tell", hq_tell),
        ("drills", hq_drills),
        ("access", hq_access),
    ):
        hq.command(name)(command)
    feed.command("forward")(feed_forward)


def hq_cars(hq_url: HqUrl = _HERE) -> None:
    """Show how every car is, a line of JSON each. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.sync.desk import DeskClient

    with closing(DeskClient(hq_url, desk_token())) as desk:
        for line in desk.cars().cars:
            typer.echo(line.model_dump_json())


def hq_duty(
    car_id: str,
    area: Annotated[list[str], typer.Option(help="Where it works; may be repeated.")],
    duty: Annotated[str, typer.Option(help="As what.")] = "patrol",
    hq_url: HqUrl = _HERE,
) -> None:
    """Say where a car works and as what: it hears of other cameras there. Needs an Administrator's MDT_DESK_TOKEN."""
    from mdt_app.sync.desk import DeskClient

    with understood_words(), closing(DeskClient(hq_url, desk_token())) as desk:
        desk.place_car(car_id, area, duty)
    typer.echo(f"{car_id}: {duty} in {', '.join(area)}.")


def hq_reader(
    reader_id: str,
    kind: Annotated[str, typer.Option(help="What it speaks: a table of resources/feeds.")],
    area: Annotated[str, typer.Option(help="Where it stands.")],
    duty: Annotated[list[str] | None, typer.Option(help="Which duties hear of its hits; without it, all.")] = None,
    hq_url: HqUrl = _HERE,
) -> None:
    """Put a reader on the books and print its credential, this once. Needs an Administrator's MDT_DESK_TOKEN."""
    from mdt_app.sync.desk import DeskClient

    with understood_words(), closing(DeskClient(hq_url, desk_token())) as desk:
        typer.echo(with_proof(desk, lambda: desk.add_reader(reader_id, kind, area, duty or ())).token)
    say("The line above is the reader's credential, for its gateway; it is told once.")


def hq_tell(category: str, address: str, hq_url: HqUrl = _HERE) -> None:
    """Have a desk or an agency told of every hit of a category. Needs an Administrator's MDT_DESK_TOKEN."""
    from mdt_app.sync.desk import DeskClient

    with understood_words(), closing(DeskClient(hq_url, desk_token())) as desk:
        with_proof(desk, lambda: desk.designate(category, address))
    typer.echo(f"{address} is told of {category}.")


def hq_drills(user_id: str, hq_url: HqUrl = _HERE) -> None:
    """Show a person's drills, a line of JSON each, the newest first. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.sync.desk import DeskClient

    with closing(DeskClient(hq_url, desk_token())) as desk:
        for line in desk.drills(user_id).drills:
            typer.echo(line.model_dump_json())


def hq_access(
    openapi: Annotated[bool, typer.Option("--openapi", help="The OpenAPI document instead.")] = False,
    store: Annotated[bool, typer.Option("--store", help="Of the vendor's store: docs/access-store.md.")] = False,
    plates: Annotated[bool, typer.Option("--plates", help="Who is given a plate: docs/plate-access.md.")] = False,
) -> None:
    """Print who may call which route: docs/access.md."""
    from mdt_app.hq.access_table import access, markdown, openapi_of
    from mdt_app.hq.app import ROUTERS, STORE_ROUTERS
    from mdt_app.hq.plate_access import page

    served = STORE_ROUTERS if store else ROUTERS
    if plates:
        typer.echo(page(access(served)), nl=False)
        return
    typer.echo(json.dumps(openapi_of(served), indent=1) if openapi else markdown(access(served)), nl=openapi)


def feed_forward(
    settings: Annotated[Path, typer.Option(help="The gateway's settings (TOML).")],
    folder: Annotated[Path | None, typer.Option(help="Where what waits is kept; else the application's own.")] = None,
    key_file: KeyFile = False,
    tied: Tied = False,
) -> None:
    """Listen to fixed and portable readers, and send what they read to headquarters.

    A read is on disk, encrypted, before its reader gets an answer.

    The readers' secrets and credentials are read from MDT_READER_SECRETS and MDT_READER_TOKENS, JSON objects by id.
    """
    from platformdirs import user_data_path

    from mdt_app.wiring.reader_gateway import Gateway, QueuePlace, read_gateway_settings, run_gateway

    secrets, tokens = (json.loads(os.environ.get(name, "{}")) for name in ("MDT_READER_SECRETS", "MDT_READER_TOKENS"))
    place = QueuePlace.of(folder or user_data_path("patrol-mdt") / "readers", allow_key_file=key_file)
    gateway = Gateway(read_gateway_settings(settings), secrets, tokens, place, say)
    run_gateway(gateway, end_of_input() if tied else threading.Event())
