"""The `mdt` command. It only reads the words on the line; everything else is put together in wiring."""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mdt_app.cli_console import add_console_command
from mdt_app.cli_enrol import add_enrolment_commands
from mdt_app.cli_store import add_store_commands
from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import MdtError
from mdt_app.services.logs import configure_logs
from mdt_app.services.no_dumps import forbid_dumps

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Patrol MDT: the plate reader's terminal in the car."
)
hq = typer.Typer(no_args_is_help=True, help="Headquarters.")
switch = typer.Typer(no_args_is_help=True, help="The message switch SIMULATOR.")
hotlist = typer.Typer(no_args_is_help=True, help="Hot lists.")
audit = typer.Typer(no_args_is_help=True, help="The audit trail.")
policy = typer.Typer(no_args_is_help=True, help="The agency's policy.")
bench = typer.Typer(no_args_is_help=True, help="The measurements.")
feed = typer.Typer(no_args_is_help=True, help="Ready-made readers.")
position = typer.Typer(no_args_is_help=True, help="Position receivers.")
for name, group in (("hq", hq), ("switch", switch), ("hotlist", hotlist), ("audit", audit), ("policy", policy)):
    app.add_typer(group, name=name)
app.add_typer(bench, name="bench")
add_store_commands(app, audit, bench)
add_enrolment_commands(app, hq)
add_console_command(app)
app.add_typer(feed, name="feed")
app.add_typer(position, name="position")

Layout = Annotated[str, typer.Option("--format", help="The layout: a name of docs/hotlists.md.")]
Columns = Annotated[Path | None, typer.Option(help="A table of columns (TOML) over the layout's own.")]
Folder = Annotated[Path, typer.Option(help="Where headquarters keeps its data.")]
Database = Annotated[str | None, typer.Option(help="PostgreSQL address; without it an encrypted SQLite.")]
KeyFile = Annotated[bool, typer.Option("--key-file", help="Keep the key in a file of the folder. Demonstrations only.")]
Tied = Annotated[bool, typer.Option("--tied", help="End when standard input ends.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]


def main() -> None:
    """Run the command. An error is said in words with what to do next, and ends with status 1."""
    forbid_dumps()
    configure_logs()
    try:
        app()
    except MdtError as error:
        typer.echo(f"mdt: {error.words} {error.remedy}".rstrip(), err=True)
        raise SystemExit(1) from None


@app.command()
def demo(
    camera: Annotated[
        str | None, typer.Option(help="Folder of pictures, video file, rtsp:// address or device.")
    ] = None,
    hotlist: Annotated[Path | None, typer.Option(help="Hot list in NCIC's fixed-width layout.")] = None,
    offscreen: Annotated[bool, typer.Option(help="Without a display: a scripted officer works each hit.")] = False,
    minutes: Annotated[float, typer.Option(min=0.1, help="Offscreen: end after so many minutes at the latest.")] = 3.0,
    shots: Annotated[Path | None, typer.Option(help="Offscreen: write pictures of the screens here.")] = None,
) -> None:
    """Run everything on this machine: headquarters, switch simulator, camera and car."""
    _require_display(offscreen)
    from mdt_app.wiring.desktop import demo_offscreen, demo_on_screen

    if offscreen:
        raise SystemExit(demo_offscreen(camera, hotlist, minutes, shots, _say))
    raise SystemExit(demo_on_screen(camera, hotlist, _say))


@app.command()
def run(
    settings: Annotated[Path | None, typer.Option(help="The car's settings (TOML).")] = None,
) -> None:
    """Run the car's application; the sign-in screen comes first."""
    _require_display(offscreen=False)
    from mdt_app.wiring.desktop import run_car

    raise SystemExit(run_car(settings))


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
    _say(f'In the car\'s settings: headquarters_key = "{key}"')


@hq.command("desk")
def hq_desk(folder: Folder, holder: str, role: Role, database: Database = None, key_file: KeyFile = False) -> None:
    """Give out a desk's token for a role; the holder's older one ends."""
    from mdt_app.wiring.headquarters import desk_token

    typer.echo(desk_token(folder, holder, role, database, allow_key_file=key_file))


@hq.command("account")
def hq_account(
    folder: Folder, user_id: str, name: str, role: Role, database: Database = None, key_file: KeyFile = False
) -> None:
    """Make a personal account; the password is asked for twice."""
    from mdt_app.wiring.headquarters import new_account

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    enrolment = new_account(folder, user_id, name, role, password, database, allow_key_file=key_file)
    typer.echo(enrolment)
    _say(f"The line above is {user_id}'s second factor, for an authenticator; it is told once.")
    _say("Access opens once the training is on record ('mdt hq train') and the cars have synced.")


@hq.command("suspend")
def hq_suspend(
    user_id: str,
    reason: Annotated[str, typer.Option(help="Why; it goes on record.")],
    restore: Annotated[bool, typer.Option("--restore", help="Put it back in force.")] = False,
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Suspend an account, or restore it. Needs an Administrator's desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.headquarters import Desk

    with closing(Desk(hq_url, _desk_token())) as desk:
        desk.set_state(user_id, restore, reason)
    typer.echo(f"{user_id} is {'in force again' if restore else 'suspended'} once the cars have synced.")


@hq.command("release")
def hq_release(
    user_id: str,
    car: Annotated[str | None, typer.Option(help="A car without a link, with --challenge.")] = None,
    challenge: Annotated[str, typer.Option(help="The number that the car's sign-in screen shows.")] = "",
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Open a locked account, or give the code for a car without a link. Needs an Administrator's MDT_DESK_TOKEN."""
    from mdt_app.wiring.headquarters import Desk

    with closing(Desk(hq_url, _desk_token())) as desk:
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
    from mdt_app.wiring.headquarters import Desk

    topics = topic or list(load_policy(policy_id).training)
    with closing(Desk(hq_url, _desk_token())) as desk:
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
    from mdt_app.wiring.headquarters import grant_exception

    grant_exception(hq_url, _desk_token(), user_id, category, reason, until.replace(tzinfo=UTC))
    typer.echo(f"{user_id} is excepted once the cars have synced.")


@hq.command("flags")
def hq_flags(
    close: Annotated[int | None, typer.Option(help="Close the flag with this number.")] = None,
    words: Annotated[str, typer.Option(help="What was found on looking at it.")] = "",
    hq_url: Annotated[str, typer.Option("--hq", help="Headquarters' address.")] = "http://127.0.0.1:8080",
) -> None:
    """Show what a supervisor has to look at, or close one. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.headquarters import Desk

    with closing(Desk(hq_url, _desk_token())) as desk:
        if close is not None:
            desk.close_flag(close, words)
        for flag in desk.flags().flags:
            typer.echo(f"{flag.position:>6}  {flag.raised_at:%Y-%m-%d %H:%M}  {flag.reason:<22}  {flag.car_id}")


@hq.command("serve")
def hq_serve(
    folder: Folder,
    host: Host = "127.0.0.1",
    port: Port = 8080,
    database: Database = None,
    switch: Annotated[str | None, typer.Option(help="Message switch, as host:port or port.")] = None,
    policy_id: Annotated[str, typer.Option("--policy", help="The agency's policy.")] = "postc",
    overlay: Annotated[list[str] | None, typer.Option(help="A statute over it; can be given more than once.")] = None,
    key_file: KeyFile = False,
    plain: Annotated[bool, typer.Option("--plain", help="Without TLS, for this machine alone.")] = False,
    tied: Tied = False,
) -> None:
    """Serve cars and desks over TLS until it is stopped. The first line on standard output names the port."""
    from mdt_app.services.policies import load_policy
    from mdt_app.wiring.headquarters import serve_headquarters

    address = _address(switch) if switch else None
    policy = load_policy(policy_id, overlay or (), on=datetime.now(UTC).date())
    stop = _end_of_input() if tied else None
    serve_headquarters(
        folder, (host, port), address, policy, database, plain=plain, allow_key_file=key_file, ready=_ready, stop=stop
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


@switch.command("serve")
def switch_serve(
    records: Annotated[Path, typer.Option(help="What the simulator holds as on file: a hot list.")],
    layout: Annotated[str, typer.Option("--format", help="The hot list's layout.")] = "ncic",
    host: Host = "127.0.0.1",
    port: Port = 6550,
    tied: Tied = False,
) -> None:
    """Serve the message switch SIMULATOR: it speaks the protocol, but it is not NCIC."""
    from mdt_app.wiring.headquarters import serve_switch_simulator

    serve_switch_simulator(records, layout, (host, port), _ready, _end_of_input() if tied else None)


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
    from mdt_app.wiring.headquarters import import_list

    if dry:
        hotlists.dry_run(file, layout, list_id, typer.echo, as_json=as_json, columns=columns, progress=_progress)
        return
    address = hotlists.require_headquarters(headquarters)
    held, file_read = import_list(
        file, layout, address, _desk_token(), list_id, list_name, columns=columns, progress=_progress
    )
    for line in file_read.refused:
        typer.echo(f"line {line.number}: {line.reason}", err=True)
    typer.echo(f"{held.count} entries in force, {len(file_read.refused)} lines refused, digest {held.sha256[:12]}.")


@hotlist.command("status")
def hotlist_status(headquarters: Annotated[str, typer.Option(help="Headquarters' address.")]) -> None:
    """Show the lists that headquarters holds, a line of JSON each. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.hotlists import list_status

    for row in list_status(headquarters, _desk_token(), datetime.now(UTC)):
        typer.echo(json.dumps(row))


@hotlist.command("diff")
def hotlist_diff(before: Path, after: Path, layout: Layout, list_id: str = "list", columns: Columns = None) -> None:
    """Show what changed between two files of one list, a line of JSON each, the counts last."""
    from mdt_app.wiring.hotlists import list_difference

    for row in list_difference(before, after, layout, list_id, columns):
        typer.echo(json.dumps(row))


@hotlist.command("export")
def hotlist_export(
    list_id: str, target: Path, headquarters: Annotated[str, typer.Option(help="Headquarters' address.")]
) -> None:
    """Write a list of headquarters to a file, an entry a line as JSON. Needs a desk token in MDT_DESK_TOKEN."""
    from mdt_app.wiring.hotlists import export_list

    held = export_list(headquarters, _desk_token(), list_id, target)
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

    _figures(asdict(bench_match.bench_match(entries)), as_json)


@policy.command("show")
def policy_show(
    policy_id: Annotated[str, typer.Argument(metavar="[ID]")] = "postc",
    overlay: Annotated[
        list[str] | None, typer.Option(help="A statute's overlay to lay over it; may be repeated.")
    ] = None,
) -> None:
    """Show every value of a policy with its clause."""
    from mdt_app.services.policies import load_policy
    from mdt_app.services.policy_tables import table

    for line in table(load_policy(policy_id, overlay or ())):
        typer.echo(line)


@policy.command("check")
def policy_check(sources: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Check policy and overlay files: 'ok' for each, or its faults with line and key."""
    from mdt_app.services.policy_tables import check

    faulty = 0
    for source in sources:
        try:
            typer.echo(f"{source}: ok ({check(source)})")
        except MdtError as error:
            faulty += 1
            typer.echo(f"{source}: {error.words}", err=True)
    raise SystemExit(1 if faulty else 0)


@policy.command("diff")
def policy_diff(
    first: str,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...")],
    markdown: Annotated[bool, typer.Option("--markdown", help="As the table of docs/policies.md.")] = False,
) -> None:
    """Show the values in which policies differ, each with its clause."""
    from mdt_app.services.policies import load_policy
    from mdt_app.services.policy_tables import difference_lines, difference_markdown

    lines = difference_markdown if markdown else difference_lines
    for line in lines([load_policy(policy_id) for policy_id in (first, *others)]):
        typer.echo(line)


@feed.command("read")
def feed_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The payload as it was sent.")],
    kind: Annotated[
        str, typer.Option(help="The reader's kind: axis, genetec, hikvision, openalpr or platerecognizer.")
    ],
) -> None:
    """Show what a reader's captured payload is understood as: a line of JSON a read; status 1 if any was refused."""
    from mdt_app.wiring.installer_tools import read_feed_file

    raise SystemExit(0 if read_feed_file(kind, file, typer.echo, _say) else 1)


@position.command("read")
def position_read(
    source: Annotated[
        str, typer.Argument(metavar="FILE|PORT", help="A log, a port, usb, usb:VID:PID or gpsd://host:port.")
    ],
    seconds: Annotated[float | None, typer.Option(min=0.1, help="A receiver: end after so long.")] = None,
) -> None:
    """Show what a receiver or its log says: a line of JSON a fix."""
    from mdt_app.wiring.installer_tools import read_position

    read_position(source, seconds, typer.echo, _say)


@policy.command("cases")
def policy_cases(policies: Annotated[list[str], typer.Argument(metavar="POLICY...")]) -> None:
    """Show what the same hit comes to under each policy, as the table of docs/policies.md."""
    from mdt_app.services.policies import load_policy
    from mdt_app.services.policy_cases import case_markdown

    for line in case_markdown([load_policy(policy_id) for policy_id in policies]):
        typer.echo(line)


def _require_display(offscreen: bool) -> None:
    """Say so where there is no display, instead of dying in Qt."""
    on_linux = sys.platform.startswith("linux")
    if offscreen or not on_linux or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        return
    words = "There is no display here."
    raise MdtError(
        words, "Without one, try: mdt demo --offscreen --shots pictures (a scripted officer works the hits)."
    )


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise MdtError(f"'{text}' is no address.", "Write host:port, or the port alone.")
    return host or "127.0.0.1", int(port)


def _desk_token() -> str:
    token = os.environ.get("MDT_DESK_TOKEN", "")
    if not token:
        raise MdtError("There is no desk token.", "Put it in the environment as MDT_DESK_TOKEN.")
    return token


def _ready(port: int) -> None:
    """Tell whoever started this process where it listens."""
    sys.stdout.write(json.dumps({"port": port}) + "\n")
    sys.stdout.flush()


def _end_of_input() -> threading.Event:
    """An event that is set when standard input ends, which it does when whoever started us is gone."""
    ended = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    return ended


def _figures(figures: dict[str, object], as_json: bool) -> None:
    """Print a measurement: a line a figure, or one JSON object."""
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")


def _progress(share: float) -> None:
    typer.echo(f"{share:4.0%} read", err=True)


def _say(words: str) -> None:
    typer.echo(words, err=True)
