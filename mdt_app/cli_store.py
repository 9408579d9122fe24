"""The commands of the car's store: trail, cases, keys, retention, doctor and its measurement."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdt_app.cli_words import Paths, ask_proof, telling

if TYPE_CHECKING:
    from mdt_app.wiring.store_person import Actor

store = typer.Typer(no_args_is_help=True, help="The car's encrypted store and its key.")
case = typer.Typer(no_args_is_help=True, help="Data preserved for a case.")

Folder = Annotated[Path, typer.Argument(help="The car's folder (it holds store.db).")]
KeyFile = Annotated[bool, typer.Option("--key-file", help="The key is in a file of the folder. Demonstrations only.")]
Sealed = Annotated[bool, typer.Option("--passphrase", help="The key is in a file sealed by a passphrase; ask for it.")]
PublicKey = Annotated[str | None, typer.Option("--public-key", help="The device's public key (mdt audit key).")]
HeadquartersKey = Annotated[str | None, typer.Option("--headquarters-key", help="As in the car's settings.")]
Settings = Annotated[Path | None, typer.Option("--settings", help="The car's settings (TOML); else this computer's.")]
Json = Annotated[bool, typer.Option("--json", help="As one JSON object.")]
Overlays = Annotated[list[str] | None, typer.Option("--overlay", help="A statute's overlay; may be repeated.")]


def add_store_commands(app: typer.Typer, audit: typer.Typer, bench: typer.Typer) -> None:
    """Hang these commands on the program's own."""
    app.add_typer(store, name="store")
    app.add_typer(case, name="case")
    app.command("doctor")(doctor)
    app.command("retention")(retention)
    audit.command("verify")(audit_verify)
    audit.command("export")(audit_export)
    audit.command("key")(audit_key)
    bench.command("store")(bench_store)


def audit_verify(
    path: Annotated[Path, typer.Argument(help="The car's folder, or an exported file with its proof beside it.")],
    public_key: PublicKey = None,
    headquarters_key: HeadquartersKey = None,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
) -> None:
    """Check the trail and say 'ok', or which row is wrong. An exported file needs the public key alone.

    With headquarters' key it is also held against headquarters' receipt, which finds a tail that was cut off.
    """
    from mdt_app.wiring.store_tools import Place, verify_trail

    place = Place(path, key_file, asked(passphrase))
    verdict, words = verify_trail(path, public_key, headquarters_key, place, telling("checked"))
    typer.echo(f"{words} ({verdict.rows} rows, head {verdict.head[:12]})")
    raise SystemExit(0 if verdict.wrong_sequence is None else 1)


def audit_export(
    folder: Folder,
    paths: Paths,
    settings: Settings = None,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
) -> None:
    """Export the trail to PATHS (.csv, .json or .pdf), each with its proof beside it. Asks who you are.

    Several files are written at once. Ctrl+C stops it, and leaves no file that is not whole.
    """
    from mdt_app.wiring.store_tools import Place, save_trail

    proof = save_trail(Place(folder, key_file, asked(passphrase)), paths, actor(settings), telling("written"))
    for path in paths:
        typer.echo(f"{path}: {proof.head.sequence} rows. Check it with --public-key {proof.public_key}")


def audit_key(folder: Folder, key_file: KeyFile = False, passphrase: Sealed = False) -> None:
    """Print the device's public key, with which anyone can check what the car exported."""
    from mdt_app.wiring.store_tools import Place, device_key

    typer.echo(device_key(Place(folder, key_file, asked(passphrase))))


@case.command("export")
def case_export(
    folder: Folder,
    case_number: str,
    target: Path,
    settings: Settings = None,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
) -> None:
    """Export what a case holds into the new folder TARGET, which verifies itself. Asks who you are."""
    from mdt_app.wiring.store_tools import Place, save_case

    made = save_case(Place(folder, key_file, asked(passphrase)), case_number, target, actor(settings))
    typer.echo(f"{made.folder}: {made.reads} reads, {made.pictures} pictures, {made.hits} hits.")
    typer.echo(f"Check it with: mdt case verify {made.folder} {made.public_key}")


@case.command("verify")
def case_verify(folder: Path, public_key: str) -> None:
    """Check an exported case with the device's public key: 'ok', or what is wrong file by file."""
    from mdt_app.wiring.store_tools import verify_case

    wrong = verify_case(folder, public_key)
    for line in wrong or ("ok",):
        typer.echo(line)
    raise SystemExit(1 if wrong else 0)


@store.command("rekey")
def store_rekey(
    folder: Folder, settings: Settings = None, key_file: KeyFile = False, passphrase: Sealed = False
) -> None:
    """Put a new key in the store's place. The application must not run; an interruption does no harm."""
    from mdt_app.wiring.store_tools import Place, new_key

    new_key(Place(folder, key_file, asked(passphrase)), actor(settings))
    typer.echo("The store has a new key. The old one opens nothing any more.")


@store.command("recovery-key")
def store_recovery_key(
    folder: Folder, settings: Settings = None, key_file: KeyFile = False, passphrase: Sealed = False
) -> None:
    """Make a recovery key and print it, this once: write it down and lock it away."""
    from mdt_app.wiring.store_tools import Place, print_recovery_key

    typer.echo(print_recovery_key(Place(folder, key_file, asked(passphrase)), actor(settings)))


@store.command("escrow")
def store_escrow(
    folder: Folder, public_key: str, settings: Settings = None, key_file: KeyFile = False, passphrase: Sealed = False
) -> None:
    """Seal the store's key for headquarters' public key (X25519, hex), and name the file to send there."""
    from mdt_app.wiring.store_tools import Place, escrow

    typer.echo(str(escrow(Place(folder, key_file, asked(passphrase)), public_key, actor(settings))))


@store.command("recover")
def store_recover(
    folder: Folder, settings: Settings = None, key_file: KeyFile = False, passphrase: Sealed = False
) -> None:
    """Put the store's key back from its recovery key, into the keyring that answers now. Asks who you are."""
    from mdt_app.wiring.store_tools import Place, recover_key

    words = typer.prompt("Recovery key", hide_input=True)
    kept_by = recover_key(Place(folder, key_file, asked(passphrase)), words, actor(settings))
    typer.echo(f"The key is back, kept by {kept_by}.")


@store.command("drill")
def store_drill(
    folder: Folder,
    target: Annotated[Path, typer.Argument(help="The scenario's file to write (.toml).")],
    hours: Annotated[float, typer.Option(min=0.1, max=48, help="The last hours of the shift.")] = 12.0,
    title: Annotated[str, typer.Option(help="The drill's title.")] = "From a shift",
    settings: Settings = None,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
) -> None:
    """Make a drill of the last hours, with made-up plates and places and no picture. Asks who you are."""
    from mdt_app.wiring.store_tools import Place, make_drill

    made = make_drill(Place(folder, key_file, asked(passphrase)), target, hours, title, actor(settings))
    typer.echo(f"{target}: {len(made.cars)} cars, {len(made.entries)} hits. Look it through before you use it.")


def retention(
    folder: Folder,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    policy: Annotated[str, typer.Option(help="The policy whose days count.")] = "postc",
    overlay: Overlays = None,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
    as_json: Json = False,
) -> None:
    """Show what retention would remove now. The application itself removes it while it runs."""
    from mdt_app.domain.errors import MdtError
    from mdt_app.wiring.store_tools import Place, would_go

    if not dry_run:
        raise MdtError("Retention works in the running application.", "With --dry-run you see what would go.")
    outlook, days = would_go(Place(folder, key_file, asked(passphrase)), policy, tuple(overlay or ()))
    oldest = round(outlook.oldest_days, 2) if outlook.oldest_days is not None else None
    gone = outlook.would_go
    figures = {"days": days, "reads": gone.reads, "pictures": gone.pictures, "hits": gone.hits}
    _print({**figures, "preserved": outlook.preserved, "oldest_days": oldest}, as_json)


def doctor(
    folder: Annotated[Path | None, typer.Argument(help="The car's folder; without it, the settings'.")] = None,
    settings: Annotated[Path | None, typer.Option(help="The car's settings (TOML).")] = None,
    deep: Annotated[bool, typer.Option("--deep", help="Also read every page of the store.")] = False,
    key_file: KeyFile = False,
    passphrase: Sealed = False,
    as_json: Json = False,
) -> None:
    """Check every part and say what to do about each. Ends with status 1 when a part fails."""
    from mdt_app.services.doctor import State, table, worst
    from mdt_app.services.doctor import as_json as in_json
    from mdt_app.wiring.examination import examine_car

    checks = examine_car(folder, settings, key_file=key_file, passphrase=asked(passphrase), deep=deep)
    if as_json:
        typer.echo(json.dumps(in_json(checks)))
    else:
        for line in table(checks):
            typer.echo(line)
    raise SystemExit(1 if worst(checks) is State.FAIL else 0)


def bench_store(
    rows: Annotated[int, typer.Option(min=1000, help="Reads in the store.")] = 200_000,
    folder: Annotated[Path | None, typer.Option(help="A folder on the disk to measure.")] = None,
    opening: Annotated[bool, typer.Option("--open", help="Measure opening and searching of our store alone.")] = False,
    crops: Annotated[bool, typer.Option("--crops", help="With --open: a 6 KB picture with each read.")] = False,
    as_json: Json = False,
) -> None:
    """Measure commits and look-ups beside plain SQLite, in the same run on the same disk."""
    from mdt_app.wiring import bench_store as measured

    if opening:
        _print(asdict(measured.bench_opening(rows, folder, crops=crops)), as_json)
    else:
        _print(asdict(measured.bench_store(rows, folder)), as_json)


def asked(sealed: bool) -> Callable[[], str] | None:
    """Return what asks for the passphrase once, and only when it is needed; None when the store is not sealed."""
    return cache(lambda: str(typer.prompt("Passphrase", hide_input=True))) if sealed else None


def actor(settings: Path | None) -> Actor:
    """Return what asks once who is there, for a privileged act on the folder of the car with these settings."""
    from mdt_app.services.settings import own_settings
    from mdt_app.wiring.store_person import Actor, Person

    @cache
    def person() -> Person:
        user = str(typer.prompt("User", err=True))
        words = f"{user}: this is a privileged act. With a security key, leave the code empty."
        password, code = ask_proof(words, or_key=True)
        pin = "" if code else str(typer.prompt("PIN of the key", default="", hide_input=True, err=True))
        return Person(user, password, code, pin)

    return Actor(own_settings(settings), person)


def _print(figures: dict[str, object], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")
