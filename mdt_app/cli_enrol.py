"""The commands of cars' identities: enrolment on both ends, revocation, remote lock and wipe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mdt_app.wiring.enrolment import Headquarters

Folder = Annotated[Path, typer.Option(help="Where headquarters keeps its data.")]
Database = Annotated[str | None, typer.Option(help="PostgreSQL address; without it an encrypted SQLite.")]
KeyFile = Annotated[bool, typer.Option("--key-file", help="The key is in a file of the folder. Demonstrations only.")]
Reason = Annotated[str, typer.Option(help="Why; it goes on record.")]


def add_enrolment_commands(app: typer.Typer, hq: typer.Typer) -> None:
    """Hang these commands on the program's own."""
    app.command("enrol")(enrol)
    for name, command in (
        ("enrol", hq_enrol),
        ("revoke", hq_revoke),
        ("lock", hq_lock),
        ("wipe", hq_wipe),
        ("devices", hq_devices),
        ("authority", hq_authority),
    ):
        hq.command(name)(command)


def enrol(
    headquarters: Annotated[str, typer.Option(help="Headquarters' address, https://...")],
    code: Annotated[str | None, typer.Option(help="The one-time code; without it, it is asked for.")] = None,
    folder: Annotated[Path | None, typer.Option(help="The car's folder; without it, the application's own.")] = None,
    car_id: Annotated[str, typer.Option("--car", help="The car's id, for the application's own folder.")] = "",
    key_file: KeyFile = False,
    passphrase: Annotated[bool, typer.Option("--passphrase", help="The store's key file has a passphrase.")] = False,
) -> None:
    """Enrol this car with its one-time code, and print the lines for its settings."""
    from platformdirs import user_data_path

    from mdt_app.domain.errors import BadInput
    from mdt_app.wiring.enrolment import enrol_car

    if folder is None and not car_id:
        raise BadInput("It is not said which car this is.", "Give --car with the id that headquarters enrols.")
    place = folder or user_data_path("patrol-mdt") / car_id
    typed = code or typer.prompt("Code", hide_input=True)
    ask = (lambda: str(typer.prompt("Passphrase", hide_input=True))) if passphrase else None
    identity = enrol_car(place, headquarters, typed, key_file=key_file, passphrase=ask)
    typer.echo(f"{identity.car_id} is enrolled. In the car's settings:", err=True)
    for line in identity.settings_lines():
        typer.echo(line)


def hq_enrol(folder: Folder, car_id: str, database: Database = None, key_file: KeyFile = False) -> None:
    """Give out a one-time code by which a car is enrolled ('mdt enrol' there); an older code of the car ends."""
    from mdt_app.wiring.enrolment import enrolment_code

    made = enrolment_code(_at(folder, database, key_file), car_id)
    typer.echo(made.code)
    typer.echo(f"For {made.car_id} alone, once, until {made.expires_at:%H:%M} UTC. Tell it to nobody else.", err=True)


def hq_revoke(
    folder: Folder, car_id: str, reason: Reason, database: Database = None, key_file: KeyFile = False
) -> None:
    """End a car's identity at once; it is let in no more, but for its orders."""
    from mdt_app.wiring.enrolment import revoke_car

    revoke_car(_at(folder, database, key_file), car_id, reason)
    typer.echo(f"{car_id} is revoked.")


def hq_lock(
    folder: Folder,
    car_id: str,
    reason: Reason,
    release: Annotated[bool, typer.Option("--release", help="Open it again.")] = False,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Lock a car at its next contact: nobody can sign in there until it is released."""
    from mdt_app.domain.orders import OrderKind
    from mdt_app.wiring.enrolment import order_car

    kind = OrderKind.RELEASE if release else OrderKind.LOCK
    number = order_car(_at(folder, database, key_file), car_id, kind, reason)
    typer.echo(f"Order {number} waits for {car_id}; 'mdt hq devices' shows when it is done.")


def hq_wipe(
    folder: Folder,
    car_id: str,
    reason: Reason,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Wipe a car at its next contact: its store's key and files are destroyed."""
    from mdt_app.domain.orders import OrderKind
    from mdt_app.wiring.enrolment import order_car

    if not sure:
        typer.confirm(f"Everything that {car_id} has not sent yet will be lost. Wipe it?", abort=True)
    number = order_car(_at(folder, database, key_file), car_id, OrderKind.WIPE, reason)
    typer.echo(f"Order {number} waits for {car_id}; 'mdt hq devices' shows when it is done.")


def hq_devices(
    folder: Folder,
    database: Database = None,
    key_file: KeyFile = False,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show the enrolled cars, their orders, and the identities that were turned away."""
    from mdt_app.wiring.enrolment import all_devices

    seen = all_devices(_at(folder, database, key_file))
    if as_json:
        typer.echo(seen.model_dump_json())
        return
    for car in seen.devices:
        state = f"revoked {car.revoked_at:%Y-%m-%d %H:%M}" if car.revoked_at else f"until {car.expires_at:%Y-%m-%d}"
        typer.echo(f"{car.car_id:<20} enrolled {car.enrolled_at:%Y-%m-%d}  {state}")
        for order in car.orders:
            typer.echo(f"  order {order.number}: {order.kind.value}, {order.state.value if order.state else 'waits'}")
    for refusal in seen.refusals:
        who = refusal.holder or "unknown"
        typer.echo(f"turned away on {refusal.day}: {who}, {refusal.reason}, {refusal.times} times")


def hq_authority(folder: Folder, database: Database = None, key_file: KeyFile = False) -> None:
    """Print the certificate of the agency's authority (PEM). Desks trust it through SSL_CERT_FILE."""
    from mdt_app.wiring.enrolment import authority_certificate, server_expiry

    at = _at(folder, database, key_file)
    typer.echo(authority_certificate(at), nl=False)
    typer.echo(f"Headquarters' own certificate ends on {server_expiry(at):%Y-%m-%d}; it renews itself.", err=True)


def _at(folder: Path, database: str | None, key_file: bool) -> Headquarters:
    from mdt_app.wiring.enrolment import Headquarters

    return Headquarters(folder, database, key_file)
