"""The commands of releases: signed by their maker, taken on a machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_words import say

release = typer.Typer(no_args_is_help=True, help="Signed releases of this program.")

Archive = Annotated[Path, typer.Argument(help="The release's archive (make update).")]
Home = Annotated[Path, typer.Option(help="Where the releases lie.")]


@release.command("key")
def release_key(file: Annotated[Path, typer.Argument(help="Where the key is kept, for its owner alone.")]) -> None:
    """Make the key that signs releases; prints its public part, which each machine is given once."""
    from mdt_app.wiring.releases import new_release_key

    typer.echo(new_release_key(file))
    say("On each machine: /etc/patrol-mdt/release.pub. Keep the file off headquarters' machines.")


@release.command("sign")
def release_sign(
    archive: Archive,
    version: Annotated[str, typer.Option("--version", help="The release's version.")],
    system: Annotated[str, typer.Option(help="The system that it is for, as its name says: debian-12.")],
    key: Annotated[Path, typer.Option(help="The key that signs (mdt release key).")],
) -> None:
    """Sign a release; its manifest is written beside it."""
    from mdt_app.wiring.releases import sign_release

    typer.echo(sign_release(archive, version, system, key))


@release.command("take")
def release_take(
    archive: Annotated[Path | None, typer.Argument(help="The release's archive, its manifest beside it.")] = None,
    waiting: Annotated[Path | None, typer.Option(help="Take what lies in this folder, and empty it.")] = None,
    key: Annotated[Path, typer.Option(help="The maker's public key.")] = Path("/etc/patrol-mdt/release.pub"),
    home: Home = Path("/opt/patrol-mdt"),
) -> None:
    """Put a signed release in force, as root: proved, tried, then switched to in one step. Never an older one."""
    from mdt_app.wiring.releases import in_force, public_key, take_release, take_waiting, this_system

    before, public, system = in_force(home), public_key(key), this_system()
    if archive is not None:
        typer.echo(f"{before} -> {take_release(archive, public, system, home)}; what runs takes it at its next start.")
    if waiting is not None:
        taken, refused = take_waiting(waiting, public, system, home)
        for words in refused:
            typer.echo(words, err=True)
        typer.echo(" -> ".join((before, *taken)))
        raise SystemExit(1 if refused else 0)
