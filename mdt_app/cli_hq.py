"""The commands of headquarters: made, served, its accounts, tokens, flags and retention."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import (
    Database,
    Dialect,
    Folder,
    Host,
    KeyFile,
    Paths,
    Port,
    Tied,
    address_of,
    ask_proof,
    desk_token,
    end_of_input,
    say,
    tell_port,
    telling,
)
from mdt_app.domain.accounts import Role

hq = typer.Typer(no_args_is_help=True, help="Headquarters.")


@hq.command("init")
def hq_init(
    folder: Folder,
    ori: Annotated[str, typer.Option(help="The agency's ORI, nine characters.")],
    host: Annotated[
        list[str] | None, typer.Option(help="A name or address by which cars and desks reach it; may be repeated.")
    ] = None,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Make headquarters with the agency's authority and its certificate, or bring it up to date."""
    from mdt_app.wiring.headquarters import init_headquarters

    made = init_headquarters(folder, ori, database, hosts=host or (), allow_key_file=key_file)
    typer.echo(f"Headquarters of {made.agency_ori} is ready in {made.folder} (schema {made.revision}).")


@hq.command("car")
def hq_car(folder: Folder, car_id: str, database: Database = None, key_file: KeyFile = False) -> None:
    """Give out a car's token, read from MDT_CAR_TOKEN, and headquarters' key for its settings. An older token ends."""
    from mdt_app.wiring.headquarters import car_token

    token, key = car_token(folder, car_id, database, allow_key_file=key_file)
    typer.echo(token)
    say(f'In the car\'s settings: headquarters_key = "{key}"')


@hq.command("desk")
def hq_desk(folder: Folder, holder: str, role: Role, database: Database = None, key_file: KeyFile = False) -> None:
    """Give out a desk's token for a role; the holder's older one ends.

    HOLDER is the user id of an account with that role: its person proves who they are before privileged acts.
    """
    from mdt_app.wiring.headquarters import desk_token

    typer.echo(desk_token(folder, holder, role, database, allow_key_file=key_file))


@hq.command("recovery-key")
def hq_recovery_key() -> None:
    """Make the agency's recovery key: its words are printed this once; its public part goes into cars' settings."""
    from cache.recovery import new_recovery_key

    words, public = new_recovery_key()
    typer.echo(words)
    say(f'In the cars\' settings: recovery_keys = ["{public}"]. Write the words down and lock them away.')


@hq.command("account")
def hq_account(
    folder: Folder, user_id: str, name: str, role: Role, database: Database = None, key_file: KeyFile = False
) -> None:
    """Make a personal account; the password is asked for twice."""
    from mdt_app.wiring.headquarters import new_account

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    enrolment = new_account(folder, user_id, name, role, password, database, allow_key_file=key_file)
    typer.echo(enrolment)
    say(f"The line above is {user_id}'s second factor, for an authenticator; it is told once.")
    say("Access opens once the training is on record ('mdt hq train') and the cars have synced.")


@hq.command("password")
def hq_password(
    user_id: Annotated[str | None, typer.Argument(help="Whose; without it, the desk's own.")] = None,
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Set a new password: one's own, or as the Administrator somebody's. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import Desk

    password = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        desk.set_password(user_id, password)
    say("The new password counts here at once, and in the cars once they have synced.")


@hq.command("factor")
def hq_factor(
    user_id: str,
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """End somebody's lost authenticator and set up a new one. Needs an Administrator's desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import Desk

    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        typer.echo(desk.renew_second_factor(user_id))
    say(f"The line above is {user_id}'s second factor, for an authenticator; it is told once.")


@hq.command("suspend")
def hq_suspend(
    user_id: str,
    reason: Annotated[str, typer.Option(help="Why; it goes on record.")],
    restore: Annotated[bool, typer.Option("--restore", help="Put it back in force.")] = False,
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Suspend an account, or restore it. Needs an Administrator's desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import Desk

    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        desk.set_state(user_id, restore, reason)
    stands = "in force again" if restore else "suspended"
    typer.echo(f"{user_id} is {stands}: at desks at once, in the cars once they have synced.")


@hq.command("release")
def hq_release(
    user_id: str,
    car: Annotated[str | None, typer.Option(help="A car without a link, with --challenge.")] = None,
    challenge: Annotated[str, typer.Option(help="The number that the car's sign-in screen shows.")] = "",
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
    folder: Annotated[Path | None, typer.Option(help="Headquarters' own folder, for the last Administrator.")] = None,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Open a locked account, or give the code for a car without a link. Needs an Administrator's MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import Desk
    from mdt_app.wiring.headquarters import release_here

    if folder is not None:
        release_here(folder, user_id, database, allow_key_file=key_file)
        typer.echo(f"{user_id} is released here, and in the cars once they have synced.")
        return
    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        if car:
            typer.echo(desk.release_code(user_id, car, challenge))
        else:
            desk.release(user_id)
            typer.echo(f"{user_id} is released once the cars have synced.")


@hq.command("train")
def hq_train(
    user_id: str,
    trainer: Annotated[str, typer.Option(help="Who trained.")],
    topic: Annotated[list[str] | None, typer.Option(help="A topic of the policy; without it, all.")] = None,
    policy_id: Annotated[str, typer.Option("--policy", help="The agency's policy, for its topics.")] = "postc",
    on: Annotated[datetime | None, typer.Option(help="The day; without it, today.")] = None,
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Put completed training on record. Needs a trainer's or Administrator's desk token in MDT_DESK_TOKEN."""
    from mdt_app.services.policies import load_policy
    from mdt_app.wiring.desk import Desk

    topics = topic or list(load_policy(policy_id).training)
    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        desk.record_training(user_id, topics, trainer, (on or datetime.now(UTC)).date())
    typer.echo(f"{len(topics)} topics of {user_id} are on record.")


@hq.command("except")
def hq_except(
    user_id: str,
    category: Annotated[list[str], typer.Option(help="A category of the alert table; can be given more than once.")],
    reason: Annotated[str, typer.Option(help="The investigation or public safety purpose.")],
    until: Annotated[datetime, typer.Option(help="Its end (UTC).")],
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Except a user from the schedule of alerts until a time. Needs an Administrator's desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import grant_exception

    grant_exception(hq_url, desk_token(), user_id, category, reason, until.replace(tzinfo=UTC), ask_proof)
    typer.echo(f"{user_id} is excepted once the cars have synced.")


@hq.command("flags")
def hq_flags(
    close: Annotated[int | None, typer.Option(help="Close the flag with this number.")] = None,
    words: Annotated[str, typer.Option(help="What was found on looking at it.")] = "",
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Show what a supervisor has to look at, or close one. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.desk import Desk

    with closing(Desk(hq_url, desk_token(), ask_proof)) as desk:
        if close is not None:
            desk.close_flag(close, words)
        for flag in desk.flags().flags:
            typer.echo(f"{flag.position:>6}  {flag.raised_at:%Y-%m-%d %H:%M}  {flag.reason:<22}  {flag.car_id}")


@hq.command("trail")
def hq_trail(paths: Paths, folder: Folder, database: Database = None, key_file: KeyFile = False) -> None:
    """Export headquarters' own trail to PATHS (.csv, .json or .pdf), each with its proof beside it.

    Several files are written at once. Ctrl+C stops it, and leaves no file that is not whole.
    """
    from mdt_app.wiring.enrolment import Headquarters, save_own_trail

    proof = save_own_trail(Headquarters(folder, database, key_file), paths, telling("written"))
    check = f"mdt audit verify --public-key {proof.public_key}"
    for path in paths:
        typer.echo(f"{path}: {proof.head.sequence} rows. Check it with: {check}")


@hq.command("serve")
def hq_serve(
    folder: Folder,
    host: Host = "127.0.0.1",
    port: Port = 8080,
    database: Database = None,
    switch: Annotated[str | None, typer.Option(help="Message switch, as host:port or port.")] = None,
    dialect: Dialect = "ncic",
    policy_id: Annotated[str, typer.Option("--policy", help="The agency's policy.")] = "postc",
    overlay: Annotated[list[str] | None, typer.Option(help="A statute over it; can be given more than once.")] = None,
    key_file: KeyFile = False,
    plain: Annotated[bool, typer.Option("--plain", help="Without TLS, for this machine alone.")] = False,
    part: Annotated[str, typer.Option(help="What is served: headquarters, or a vendor-store of bulk reads.")] = (
        "headquarters"
    ),
    reads_store: Annotated[str, typer.Option(help="The vendor's store, where the policy keeps bulk reads there.")] = "",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer; one a core.")] = 1,
    mail: Annotated[
        Path | None, typer.Option(help="Settings of the mail server that forwards alerts (docs/alert-mail.md).")
    ] = None,
    tied: Tied = False,
) -> None:
    """Serve cars and desks over TLS until it is stopped. The first line on standard output names the port."""
    from mdt_app.services.policy_source import named_policy
    from mdt_app.wiring.headquarters_server import serve_headquarters

    address = address_of(switch) if switch else None
    stop = end_of_input() if tied else None
    serve_headquarters(
        folder,
        (host, port),
        address,
        named_policy(policy_id, overlay or ()),
        database,
        plain=plain,
        workers=workers,
        part=part,
        reads_store=reads_store,
        mail=mail,
        dialect=dialect,
        allow_key_file=key_file,
        ready=tell_port,
        stop=stop,
    )


@hq.command("retention")
def hq_retention(
    folder: Folder,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    words: Annotated[str, typer.Option(help="Why by hand; it goes on record.")] = "",
    policy_id: Annotated[str, typer.Option("--policy", help="The agency's policy, for its days.")] = "postc",
    overlay: Annotated[list[str] | None, typer.Option(help="A statute over it; can be given more than once.")] = None,
    database: Database = None,
    key_file: KeyFile = False,
) -> None:
    """Take what is due at headquarters, as it does by itself while it serves, or show it. One JSON object."""
    from mdt_app.services.policies import load_policy
    from mdt_app.wiring.headquarters import retain

    policy = load_policy(policy_id, overlay or (), on=datetime.now(UTC).date())
    typer.echo(retain(folder, policy, words, database, allow_key_file=key_file, dry_run=dry_run))
