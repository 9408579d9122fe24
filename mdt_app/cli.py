"""The `mdt` command. It only reads the words on the line; everything else is put together in wiring."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_backup import add_backup_commands
from mdt_app.cli_bench import add_bench_commands
from mdt_app.cli_console import add_console_command
from mdt_app.cli_devices import add_device_commands
from mdt_app.cli_enrol import add_enrolment_commands
from mdt_app.cli_field import add_field_commands
from mdt_app.cli_hq import hq
from mdt_app.cli_policy import policy
from mdt_app.cli_read import add_read_command
from mdt_app.cli_reads_store import add_reads_store_commands
from mdt_app.cli_release import release
from mdt_app.cli_run import add_run_command, require_display
from mdt_app.cli_share import add_share_commands
from mdt_app.cli_simulate import add_simulate_command
from mdt_app.cli_store import add_store_commands
from mdt_app.cli_sync import add_sync_commands
from mdt_app.cli_training import add_training_commands
from mdt_app.cli_words import (
    Dialect,
    Host,
    Language,
    Port,
    Tied,
    ask_proof,
    desk_token,
    end_of_input,
    run_program,
    say,
    tell_figures,
    tell_port,
    telling,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)
switch = typer.Typer(no_args_is_help=True, help="The message switch SIMULATOR.")
hotlist = typer.Typer(no_args_is_help=True, help="Hot lists.")
audit = typer.Typer(no_args_is_help=True, help="The audit trail.")
bench = typer.Typer(no_args_is_help=True, help="The measurements.")
feed = typer.Typer(no_args_is_help=True, help="Ready-made readers.")
position = typer.Typer(no_args_is_help=True, help="Position receivers.")
for name, group in (("hq", hq), ("switch", switch), ("hotlist", hotlist), ("audit", audit), ("policy", policy)):
    app.add_typer(group, name=name)
app.add_typer(bench, name="bench")
app.add_typer(release, name="release")
add_store_commands(app, audit, bench)
add_read_command(bench)
add_bench_commands(bench)
add_enrolment_commands(app, hq)
add_reads_store_commands(hq)
add_backup_commands(hq)
add_share_commands(hq)
add_sync_commands(app, hq)
add_training_commands(hq)
add_field_commands(hq, feed)
add_console_command(app)
add_device_commands(app, bench)
add_simulate_command(app)
add_run_command(app)
app.add_typer(feed, name="feed")
app.add_typer(position, name="position")

Cameras = Annotated[Path | None, typer.Option(help="The camera registry: a table of cameras (TOML).")]
Layout = Annotated[str, typer.Option("--format", help="The layout: a name of docs/hotlists.md.")]
Columns = Annotated[Path | None, typer.Option(help="A table of columns (TOML) over the layout's own.")]


def main() -> None:
    """Run the command."""
    run_program(app, shared=sys.argv[1:2] == ["release"])  # a release is there for every account of the machine


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mdt {metadata.version('patrol-mdt')}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", help="Show the version and end.", is_eager=True, callback=_tell_version)
]


@app.callback()
def mdt(version: Version = False) -> None:
    """Patrol MDT: the plate reader's terminal in the car."""


@app.command()
def demo(
    camera: Annotated[
        str | None, typer.Option(help="Folder of pictures, video file, rtsp:// address or device.")
    ] = None,
    hotlist: Annotated[Path | None, typer.Option(help="Hot list in NCIC's fixed-width layout.")] = None,
    offscreen: Annotated[bool, typer.Option(help="Without a display: a scripted officer works each hit.")] = False,
    minutes: Annotated[float, typer.Option(min=0.1, help="Offscreen: end after so many minutes at the latest.")] = 3.0,
    shots: Annotated[Path | None, typer.Option(help="Offscreen: write pictures of the screens here.")] = None,
    language: Language = None,
    cameras: Cameras = None,
) -> None:
    """Run everything on this machine: headquarters, switch simulator, camera and car."""
    require_display(offscreen)
    from mdt_app.wiring.desktop import demo_offscreen, demo_on_screen

    if offscreen:
        raise SystemExit(demo_offscreen(cameras or camera, hotlist, minutes, shots, say, language or "en"))
    raise SystemExit(demo_on_screen(cameras or camera, hotlist, say, language or "en"))


@switch.command("serve")
def switch_serve(
    records: Annotated[Path, typer.Option(help="What the simulator holds as on file: a hot list.")],
    layout: Annotated[str, typer.Option("--format", help="The hot list's layout.")] = "ncic",
    host: Host = "127.0.0.1",
    port: Port = 6550,
    dialect: Dialect = "ncic",
    tied: Tied = False,
) -> None:
    """Serve the message switch SIMULATOR: it speaks the protocol, but it is not NCIC."""
    from mdt_app.wiring.message_switch import serve_switch_simulator

    serve_switch_simulator(records, layout, (host, port), tell_port, end_of_input() if tied else None, dialect)


@switch.command("dialect")
def switch_dialect(name: Annotated[str, typer.Argument(help="A name, or a file.toml; none: the names.")] = "") -> None:
    """Check a message switch's dialect, and show one message of each kind with what is understood of it."""
    from mdt_app.wiring.message_switch import dialect_page

    typer.echo(dialect_page(name))


@hotlist.command("import")
def hotlist_import(
    file: Path,
    layout: Layout,
    headquarters: Annotated[str | None, typer.Option(help="Headquarters' address, http(s)://...")] = None,
    list_id: Annotated[str, typer.Option(help="The list's identifier at headquarters.")] = "ncic",
    list_name: Annotated[str, typer.Option("--name", help="The list's name on the alert.")] = "NCIC",
    dry: Annotated[bool, typer.Option("--dry-run", help="Only show what each line would become.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The dry run as JSON, a line each.")] = False,
    columns: Columns = None,
) -> None:
    """Bring a list to headquarters, which gives it to the cars. The desk's token is read from MDT_DESK_TOKEN."""
    from mdt_app.wiring import hotlists
    from mdt_app.wiring.hotlist_import import import_list

    if dry:
        hotlists.dry_run(file, layout, list_id, typer.echo, as_json=as_json, columns=columns, progress=telling("read"))
        return
    address = hotlists.require_headquarters(headquarters)
    held, tally = import_list(
        file,
        layout,
        address,
        desk_token(),
        list_id,
        list_name,
        columns=columns,
        say=say,
        refused=lambda line: typer.echo(f"line {line.number}: {line.reason}", err=True),
    )
    counts = (
        f"{tally.lines} lines: {tally.entries} entries, {tally.refused.total()} refused, {tally.passed.total()} passed"
    )
    typer.echo(f"{held.count} entries in force, digest {held.sha256[:12]}. {counts}.")


@hotlist.command("status")
def hotlist_status(headquarters: Annotated[str, typer.Option(help="Headquarters' address.")]) -> None:
    """Show the lists that headquarters holds, a line of JSON each. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.hotlists import list_status

    for row in list_status(headquarters, desk_token(), datetime.now(UTC)):
        typer.echo(json.dumps(row))


@hotlist.command("diff")
def hotlist_diff(before: Path, after: Path, layout: Layout, list_id: str = "list", columns: Columns = None) -> None:
    """Show what changed between two files of one list, a line of JSON each, the counts last."""
    from mdt_app.wiring.hotlist_diff import list_difference

    for row in list_difference(before, after, layout, list_id, columns, say):
        typer.echo(json.dumps(row))


@hotlist.command("export")
def hotlist_export(
    list_id: str, target: Path, headquarters: Annotated[str, typer.Option(help="Headquarters' address.")]
) -> None:
    """Write a list of headquarters to a file, an entry a line as JSON. Needs a desk token in MDT_DESK_TOKEN.

    It asks for the password and the code of the desk's person: a list is plates.
    """
    from mdt_app.wiring.hotlists import export_list

    held = export_list(headquarters, desk_token(), list_id, target, ask_proof)
    typer.echo(f"{held.count} entries, digest {held.sha256[:12]}.")


@bench.callback()
def bench_group() -> None:
    """The measurements; each prints a table, or one JSON object."""


@bench.command("match")
def bench_match(
    entries: Annotated[int, typer.Option(min=1000, help="Entries in the list.")] = 5_000_000,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure matching against a made-up list, beside a dict and SQLite."""
    from mdt_app.wiring import bench_match

    tell_figures(asdict(bench_match.bench_match(entries, say=say)), as_json)


@bench.command("search")
def bench_search(
    rows: Annotated[int, typer.Option(min=1000, help="Past reads at headquarters.")] = 10_000_000,
    database: Annotated[
        str | None,
        typer.Option(help="An empty PostgreSQL database, or 'embedded'; else a PostgreSQL server is made for this."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure searches of past reads at headquarters, record included, beside a plain table."""
    from mdt_app.wiring import bench_search as measured

    tell_figures(asdict(measured.bench_search(rows, database)), as_json)


@bench.command("sync")
def bench_sync(
    cars: Annotated[int, typer.Option(min=1, max=2000, help="Cars that send at once.")] = 200,
    events: Annotated[int, typer.Option(min=1, help="Events of all cars together.")] = 50_000,
    database: Annotated[
        str | None,
        typer.Option(help="An empty PostgreSQL database, or 'embedded'; else a PostgreSQL server is made for this."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Headquarters' processes.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Measure how many events headquarters takes in: real processes, TLS, and the car's own client."""
    from mdt_app.wiring import bench_sync

    tell_figures(asdict(bench_sync.bench_sync(cars, events, database, workers)), as_json)


@feed.command("read")
def feed_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The payload as it was sent.")],
    kind: Annotated[
        str, typer.Option(help="The reader's kind: axis, genetec, hikvision, openalpr or platerecognizer.")
    ],
) -> None:
    """Show what a reader's captured payload is understood as: a line of JSON a read; status 1 if any was refused."""
    from mdt_app.wiring.installer_tools import read_feed_file

    raise SystemExit(0 if read_feed_file(kind, file, typer.echo, say) else 1)


@position.command("read")
def position_read(
    source: Annotated[
        str, typer.Argument(metavar="FILE|PORT", help="A log, a port, usb, usb:VID:PID or gpsd://host:port.")
    ],
    seconds: Annotated[float | None, typer.Option(min=0.1, help="A receiver: end after so long.")] = None,
) -> None:
    """Show what a receiver or its log says: a line of JSON a fix."""
    from mdt_app.wiring.installer_tools import read_position

    read_position(source, seconds, typer.echo, say)
