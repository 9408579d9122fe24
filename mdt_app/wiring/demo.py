"""The demonstration: headquarters, the switch simulator and a car on one machine, with nothing set up before."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_cache_path

from cache.keys import forget_key, obtain_key
from devices.drive.drive import DRIVE_PLATES, ensure_drive
from mdt_app.domain.accounts import Role
from mdt_app.hq.main import (
    create_account,
    initialise,
    issue_car_token,
    issue_desk_token,
    public_key,
    train_account,
)
from mdt_app.services.camera_table import read_cameras
from mdt_app.services.list_import import ListFile, read_list_file
from mdt_app.services.policies import load_policy
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.wiring.car import Car
from mdt_app.wiring.car_core import CarCore
from mdt_app.wiring.desk import Desk
from mdt_app.wiring.own_servers import serve_own

CAR_ID, UNIT, ORI = "CAR12", "Unit 12", "CT0056700"
POLICY = "postc"
LEFT_BEHIND_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration; its password is made anew each time and printed."""

    user_id: str
    name: str
    role: Role
    password: str
    totp_secret: str = ""


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demonstration: the car (not started yet), a desk at headquarters, and who can sign in."""

    car: Car
    desk: Desk
    accounts: tuple[DemoAccount, ...]
    list_file: ListFile
    folder: Path


@contextmanager
def demonstration(camera: str | Path | None, hotlist: Path | None, say: Callable[[str], None]) -> Iterator[Demo]:
    """Set up everything in a folder of its own, and take it all down again at the end.

    `camera` (a source, or the path of a camera registry) and `hotlist` replace the rendered drive and its list.
    Raises MdtError with what to do.
    """
    with ExitStack() as stack:
        folder = _own_folder(stack)
        cameras = _cameras(camera, say)
        path = hotlist or _drive_list(folder)
        list_file = read_list_file(path, "ncic", "ncic")
        _report_list(list_file, say)
        accounts, car_token, desk_token, console_token = _headquarters(folder / "headquarters", stack)
        switch = serve_own(stack, "switch", "serve", "--records", str(path))
        port = serve_own(
            stack,
            "hq",
            "serve",
            "--plain",
            "--folder",
            str(folder / "headquarters"),
            "--key-file",
            f"--switch={switch}",
        )
        url = f"http://127.0.0.1:{port}"
        say(f"Headquarters serves at {url}; the message switch simulator listens at 127.0.0.1:{switch}.")
        desk = Desk(url, desk_token)
        stack.callback(desk.close)
        desk.put_list("ncic", "NCIC", "NCIC", list_file)
        settings = CarSettings(
            car_id=CAR_ID,
            unit=UNIT,
            ori=ORI,
            headquarters=url,
            headquarters_key=public_key(obtain_key(folder / "headquarters", allow_file=True).raw),
            policy=POLICY,
            cameras=cameras,
        )
        stack.callback(forget_key, folder / "car")
        car = Car(CarCore(settings, folder / "car", allow_key_file=True), car_token)
        for account in accounts:
            code = f"code at the sign-in screen, or from the secret {account.totp_secret}"
            say(f"  sign in as  {account.user_id}  password  {account.password}  ({account.role.value}; {code})")
        say(f"The supervisor's window:  MDT_DESK_TOKEN={console_token} mdt console --headquarters {url}")
        yield Demo(car, desk, accounts, list_file, folder)


def _own_folder(stack: ExitStack) -> Path:
    base = user_cache_path("patrol-mdt", ensure_exists=True)
    _sweep(base)
    folder = Path(tempfile.mkdtemp(prefix="demo-", dir=base))
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _sweep(base: Path) -> None:
    """Remove what a demonstration that was killed left behind a day ago or longer."""
    for folder in base.glob("demo-*"):
        if time.time() - folder.stat().st_mtime > LEFT_BEHIND_S:
            shutil.rmtree(folder, ignore_errors=True)


def _cameras(camera: str | Path | None, say: Callable[[str], None]) -> tuple[CameraSettings, ...]:
    if isinstance(camera, Path):
        return read_cameras(camera)
    return (CameraSettings(id="L", source=camera or str(_drive(say)), loop=camera is None),)


def _drive(say: Callable[[str], None]) -> Path:
    folder = user_cache_path("patrol-mdt", ensure_exists=True)
    shown = -1

    def progress(share: float) -> None:
        nonlocal shown
        if (percent := int(share * 10) * 10) > shown:
            shown = percent
            say(f"Rendering the drive for the camera, once: {percent} %")

    return ensure_drive(folder, progress)


def _drive_list(folder: Path) -> Path:
    """Write a hot list in NCIC's layout with every third car of the drive."""
    lines = ["NCIC extract for the demonstration"]
    for number, car in enumerate(DRIVE_PLATES[1::3], 1):
        nic, date = f"V{number:09d}", "20261101"
        lines.append(
            f"{nic:10}{ORI:9}{date:8}{car.plate.replace('O', '0'):10}{car.state:2}2027PC"
            f"{car.year:4}{car.make:4}{car.model:3}{car.style:2}{car.color:7}"
        )
    path = folder / "ncic.txt"
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


def _report_list(file: ListFile, say: Callable[[str], None]) -> None:
    say(f"Hot list: {len(file.entries)} entries, {len(file.refused)} lines refused.")
    for line in file.refused[:5]:
        say(f"  line {line.number}: {line.reason}")
    if len(file.refused) > 5:
        say(f"  and {len(file.refused) - 5} more")


def _headquarters(folder: Path, stack: ExitStack) -> tuple[tuple[DemoAccount, ...], str, str, str]:
    """Make headquarters; returns the accounts and the tokens of the car, the demonstration and the console."""
    key = obtain_key(folder, allow_file=True).raw
    stack.callback(forget_key, folder)
    initialise(folder, database=None, key=key, agency_ori=ORI)
    wanted = (
        DemoAccount("rdoe", "Ofc. R. Doe", Role.OFFICER, _password()),
        DemoAccount("mlee", "Sgt. M. Lee", Role.SUPERVISOR, _password()),
    )
    accounts = tuple(_trained(folder, key, account) for account in wanted)
    car = issue_car_token(folder, key=key, car_id=CAR_ID)
    desk = issue_desk_token(folder, key=key, holder="demo", role=Role.ADMINISTRATOR)
    console = issue_desk_token(folder, key=key, holder="mlee", role=Role.SUPERVISOR)
    return accounts, car, desk, console


def _trained(folder: Path, key: bytes, wanted: DemoAccount) -> DemoAccount:
    """Issue an account whose training is on record, and return it with its second factor."""
    made = create_account(
        folder, key=key, user_id=wanted.user_id, name=wanted.name, role=wanted.role, password=wanted.password
    )
    topics = load_policy(POLICY).training
    train_account(folder, key=key, user_id=wanted.user_id, topics=topics, trainer="the demonstration")
    return replace(wanted, totp_secret=made.totp_secret)


def _password() -> str:
    """Ten characters that can't be mistaken for one another when read from a terminal."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(10))


def figures(demo: Demo) -> dict[str, object]:
    """The demonstration's figures: what the car has on record, and what headquarters has of it."""
    with closing(demo.car.store.reader()) as reader:
        counts, verdict = reader.counts(), reader.verify_audit()
    summary = demo.desk.summary()
    return {**counts, "hq_events": summary.events, "hq_stops": summary.stops, "audit": verdict.words}
