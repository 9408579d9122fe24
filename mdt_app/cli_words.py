"""What the commands share: options by their names, and how they speak to the terminal and to other programs."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.privileged import PROOF_LIFTS
from mdt_app.services.logs import configure_logs
from mdt_app.services.no_dumps import forbid_dumps

if TYPE_CHECKING:
    from mdt_app.sync.desk import DeskClient

Done = TypeVar("Done")

Folder = Annotated[Path, typer.Option(help="Where headquarters keeps its data.")]
Database = Annotated[str | None, typer.Option(help="PostgreSQL address; without it an encrypted SQLite.")]
KeyFile = Annotated[bool, typer.Option("--key-file", help="Keep the key in a file of the folder. Demonstrations only.")]
Tied = Annotated[bool, typer.Option("--tied", help="End when standard input ends.")]
Language = Annotated[str | None, typer.Option(help="The screens' language: en or es.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Paths = Annotated[list[Path], typer.Argument(help="The files; each one's ending says how it is written.")]
Dialect = Annotated[str, typer.Option(help="How the message switch is spoken to: a name, or a state's own file.toml.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]


def run_program(app: typer.Typer, *, shared: bool = False) -> None:
    """Run the command on the line. An error is said in words with what to do next, and ends with status 1.

    What it writes is this user's own, and no other account reads it, unless it is `shared`.
    """
    if not shared:
        os.umask(0o077)
    forbid_dumps()
    configure_logs()
    try:
        app()
    except MdtError as error:
        typer.echo(f"mdt: {error.words} {error.remedy}".rstrip(), err=True)
        raise SystemExit(1) from None


def address_of(text: str) -> tuple[str, int]:
    """Read host:port, or a port of this machine. Raises MdtError when it is neither."""
    host, _, port = text.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise MdtError(f"'{text}' is no address.", "Write host:port, or the port alone.")
    return host or "127.0.0.1", int(port)


def desk_token() -> str:
    """The desk's token from the environment. Raises MdtError when there is none."""
    token = os.environ.get("MDT_DESK_TOKEN", "")
    if not token:
        raise MdtError("There is no desk token.", "Put it in the environment as MDT_DESK_TOKEN.")
    return token


def ask_proof(words: str, *, or_key: bool = False) -> tuple[str, str]:
    """Ask whoever sits at the terminal for password and code, for a privileged act; `or_key`: the code may be empty."""
    say(words)
    password = typer.prompt("Password", hide_input=True, err=True)
    code = typer.prompt("Code from your authenticator", default="" if or_key else None, show_default=False, err=True)
    return str(password), str(code).replace(" ", "")


@contextmanager
def understood_words() -> Iterator[None]:
    """Have words on the line that no message takes said as BadInput with their field, and not as a trace."""
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as fault:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in fault.errors())
        raise BadInput(f"{faults}.", "Correct it, and try again.") from fault


def with_proof(desk: DeskClient, act: Callable[[], Done]) -> Done:
    """Do an act at a desk; where it wants a proof of who is there, ask for it here, and do the act again."""
    try:
        return act()
    except Refused as refusal:
        if refusal.reason not in PROOF_LIFTS:
            raise
        password, code = ask_proof(refusal.words)
    from mdt_app.sync.key_wire import DeskProof

    desk.prove(DeskProof(password=password, code=code))
    return act()


def tell_port(port: int) -> None:
    """Tell whoever started this process where it listens."""
    sys.stdout.write(json.dumps({"port": port}) + "\n")
    sys.stdout.flush()


def end_of_input() -> threading.Event:
    """An event that is set when standard input ends, which it does when whoever started us is gone."""
    ended = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    return ended


def say(words: str) -> None:
    """Say it on standard error: standard output is for what other programs read."""
    typer.echo(words, err=True)


def tell_figures(figures: dict[str, object], as_json: bool) -> None:
    """Print a measurement: a line a figure, or one JSON object."""
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")


def telling(done: str) -> Callable[[float], None]:
    """Return what tells how far a long work is: '  40% written'."""
    return lambda share: say(f"{share:4.0%} {done}")
