"""Runs every example of docs/handbook/commands.md in its order, as a person types them; `--write` keeps the answers.

    .venv/bin/python docs/handbook_examples.py [--write] [--only PATTERN]

Each `$` line runs in one scratch folder with a keyring of its own, in a real terminal: what is asked is answered. A
line that ends in ` &` goes on running until the end. Blocks whose head names a file are written there first. Every
example has to end with the status that its head names (`ends=1`), else with 0.
"""

from __future__ import annotations

import argparse
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pyotp

COMMANDS = Path(__file__).parent / "handbook" / "commands.md"
PASSWORD = "nine green lanterns hum"  # noqa: S105 - of the trial's made-up people
LIMIT_S = 240.0
SHOWN = 14
"""How many lines of an answer the handbook shows."""
FENCE = re.compile(r"^```(?P<head>[^\n]*)\n(?P<body>.*?)^```$|^<!-- prepare: (?P<prepare>\S+) -->$", re.M | re.S)
WIDE = 150
"""How many characters of a line it shows."""
LONG = re.compile(r"(?<![\w~/.+-])[A-Za-z0-9+/=_-]{25,}(?:\.[A-Za-z0-9_-]{10,})*")
"""A key or code: so long, and not a piece of a path."""
SECRET = re.compile(r"otpauth://totp/[^\s]*?secret=([A-Z2-7]+)")


@dataclass
class Terminal:
    """Who sits there: the folder, what was told so far, and what still runs."""

    folder: Path
    secrets: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    words: str = ""
    password: str = PASSWORD
    step: int = 0

    def code(self) -> str:
        """The chief's next code: each counts once, so it waits for one that was not used yet."""
        while int(time.time()) // 30 <= self.step:
            time.sleep(0.5)
        self.step = int(time.time()) // 30
        return pyotp.TOTP(self.secrets["chief"]).now()

    def new_password(self) -> str:
        """Another password than the one that there was, until the next line."""
        self.password = f"{PASSWORD} anew"
        return self.password

    def environment(self) -> dict[str, str]:
        """The person's environment: the program is `mdt`, no window is shown."""
        return {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "QT_QPA_PLATFORM": "offscreen",
            "COLUMNS": "110",
            "TERM": "dumb",
        }

    def run(self, line: str) -> tuple[int, str]:
        """Type a line; returns its status and what the terminal showed. Variables stay for the next line."""
        self.password = PASSWORD
        if line.endswith(" &"):
            return 0, self._started(line[:-2])
        script = f"[ -f .env ] && . ./.env\n{line}\nstatus=$?; export -p > .env; exit $status"
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execvpe("bash", ["bash", "-c", script], self.environment())  # noqa: S606, S607 - the handbook's own lines
        shown = self._answered(terminal)
        _, status = os.waitpid(child, 0)
        self._heed(line, shown)
        return os.waitstatus_to_exitcode(status), shown

    def _started(self, line: str) -> str:
        script = f"[ -f .env ] && . ./.env\nexec {line}"
        log = self.folder / f"log{len(self.running)}"
        with log.open("w") as out:
            self.running.append(
                subprocess.Popen(  # noqa: S603 - the handbook's own lines
                    ["bash", "-c", script],  # noqa: S607 - the person's shell
                    cwd=self.folder,
                    env=self.environment(),
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    stdin=subprocess.DEVNULL,
                    text=True,
                    start_new_session=True,
                )
            )
        # A server says its port; a window says nothing, and is given the time to come up and sync.
        until = time.monotonic() + (90 if " serve" in line or "forward" in line else 20)
        while time.monotonic() < until and '"port"' not in log.read_text() and self.running[-1].poll() is None:
            time.sleep(0.2)
        ended = self.running[-1].poll()
        return log.read_text() + (f"(ended with status {ended})\n" if ended is not None else "")

    def _answered(self, terminal: int) -> str:
        shown, until = "", time.monotonic() + LIMIT_S
        while time.monotonic() < until:
            ready, _, _ = select.select([terminal], [], [], 0.4)
            if ready:
                try:
                    piece = os.read(terminal, 65536)
                except OSError:
                    break
                if not piece:
                    break
                shown += piece.decode(errors="replace").replace("\r\n", "\n")
            elif answer := self._answer(shown.rsplit("\n", 1)[-1]):
                os.write(terminal, answer.encode() + b"\n")
                shown += "\0"
        return shown.replace("\0", "")

    def _answer(self, asked: str) -> str | None:
        if asked.endswith("\0") or not asked.rstrip().endswith((":", "]")):
            return None
        for words, answer in ANSWERS.items():
            if asked.startswith(words):
                return answer(self)
        return None

    def _heed(self, line: str, shown: str) -> None:
        if found := SECRET.search(shown):
            self.secrets[_who(line)] = found[1]
        if "recovery-key" in line:
            self.words = next((row for row in shown.splitlines() if len(row.split()) >= 8 or len(row) > 50), "")
            if "(ended" not in shown and " store " in line:
                self.words = shown.strip().splitlines()[-1]

    def end(self, named: str = "") -> None:
        """End what still runs, of all or of the lines with this name."""
        ending = [one for one in self.running if named in " ".join(map(str, one.args))]
        for one in ending:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGTERM)
        for one in ending:
            with suppress(subprocess.TimeoutExpired):
                one.wait(20)
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)


ANSWERS: dict[str, Callable[[Terminal], str]] = {
    "Code from your authenticator": Terminal.code,
    "Recovery key": lambda terminal: terminal.words,
    "The recovery key's words": lambda terminal: terminal.words,
    "User": lambda _: "chief",
    "Repeat": lambda terminal: terminal.password,
    "New password": Terminal.new_password,
    "Passphrase": lambda _: PASSWORD,
    "Password": lambda _: PASSWORD,
    "PIN": lambda _: "",
}


def _who(line: str) -> str:
    """Whose second factor a line makes: its first plain word after the folder."""
    return next(word for word in ("chief", "rdoe", "lpoe", "mtrain") if f" {word}" in line)


def prepare_case(terminal: Terminal) -> None:
    """A hit of the car is held for case 26-1234, as a supervisor's act on the screen holds it."""
    from cache.keys import obtain_key
    from cache.store import CacheStore
    from mdt_app.domain.events import Event, EventKind
    from mdt_app.domain.reads import Pictures
    from tests.fakes.car import make_read

    car = terminal.folder / "home" / ".local" / "share" / "patrol-mdt" / "CAR12"
    now, read = datetime.now(UTC), make_read("4BXR91")
    with closing(CacheStore(car / "store.db", obtain_key(car).raw)) as store, store.transaction() as tx:
        event = Event("handbook-1", EventKind.READ, now, "system", "rdoe", "CAR12", read.read_id, {})
        tx.reads.add(read, Pictures(), event)
        tx.retention.preserve(read.read_id, "26-1234", "rdoe", "robbery", now)


def prepare_request(terminal: Terminal) -> None:
    """Another agency's request for data is in the register, as the Administrator types it in at the console."""
    import ssl

    import httpx2

    folder = terminal.folder
    saved = (folder / ".env").read_text()
    token = re.search(r'MDT_DESK_TOKEN="([^"]+)"', saved)
    url = re.search(r' HQ="([^"]+)"', saved)
    if token is None or url is None:
        raise ValueError("no desk token was given out before")
    asked = {
        "agency": "MA0130300", "asked_by": "Det. Roe", "received_on": f"{datetime.now(UTC):%Y-%m-%d}",
        "case_number": "26-77", "purpose": "locate", "offense": "burglary", "facts": "Seen leaving a burglary",
        "immigration": "no", "health_care": "no", "plate": "AB12345", "since": "2026-11-01", "until": "2026-11-20",
    }  # fmt: skip
    record = {"record_id": str(uuid4()), "values": asked}
    trusted = ssl.create_default_context(cafile=str(folder / "agency.pem"))
    with httpx2.Client(verify=trusted, headers={"Authorization": f"Bearer {token[1]}"}) as desk:
        held = desk.post(f"{url[1]}/v1/desk/proof", json={"password": PASSWORD, "code": terminal.code()})
        desk.headers["x-desk-session"] = held.json()["session"]
        answer = desk.post(f"{url[1]}/v1/registers/sharing", json=record)
    if answer.status_code != 200:
        raise ValueError(answer.text)
    (folder / "request.txt").write_text(record["record_id"] + "\n")


PREPARED: dict[str, Callable[[Terminal], None]] = {"case": prepare_case, "request": prepare_request}


def prepared(terminal: Terminal, name: str) -> Iterator[str]:
    """Do what the next examples need; yields what went wrong, as the others are still worth running."""
    try:
        PREPARED[name](terminal)
    except Exception as fault:  # noqa: BLE001 - as said
        yield f"prepare {name}: {fault!r}"


def shortened(shown: str, folder: Path) -> str:
    """An answer as the handbook prints it: no secret whole, no path of this machine, no more than a few lines."""
    text = shown.replace(str(folder / "home"), "~").replace(f"{folder}/", "")
    text = LONG.sub(lambda found: f"{found[0][:8]}..." if re.search("[0-9A-Z]", found[0]) else found[0], text)
    kept = (row.rstrip() for row in text.splitlines() if row.strip() and not row.startswith("timestamp="))
    lines = [row if len(row) <= WIDE else f"{row[:WIDE]} ..." for row in kept]
    return "\n".join([*lines[:SHOWN], *(["..."] if len(lines) > SHOWN else [])])


def run_all(text: str, folder: Path, only: str) -> tuple[str, list[str]]:
    """Run the examples of a text; returns it with the answers in their places, and what went wrong."""
    terminal, wrong = Terminal(folder), list[str]()

    def done(found: re.Match[str]) -> str:
        if name := found["prepare"]:
            if name == "stop-car":
                terminal.end("mdt run")
            elif not only:  # it hangs on the lines before
                wrong.extend(prepared(terminal, name))
            return found[0]
        head, *more = found["head"].split()
        if head != "console":
            if more:
                (folder / more[0]).write_text(found["body"])
            return found[0]
        expected = int(next((word[5:] for word in more if word.startswith("ends=")), 0))
        rows = list[str]()
        for line, kept in _typed(found["body"]):
            rows.append(f"$ {line}")
            if not re.search(only, line):
                rows += kept
                continue
            begun = time.monotonic()
            status, shown = terminal.run(line)
            sys.stderr.write(f"{status} {time.monotonic() - begun:6.1f} s  {line}\n")
            if status != expected or "Traceback" in shown:
                wrong.append(f"{line}: status {status}\n{shown}")
            rows += [answer] if (answer := shortened(shown, folder)) else []
        return f"```{found['head']}\n" + "\n".join(rows) + "\n```"

    try:
        return FENCE.sub(done, text), wrong
    finally:
        terminal.end()


def _typed(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each typed line of a block, with the answer that the handbook has."""
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        line, *answer = part.splitlines()
        yield line, answer


def main() -> int:
    """Run them in a session with a keyring of its own, and say what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the answers into the handbook")
    parser.add_argument("--only", default="", help="run only lines with this pattern; others keep their answer")
    asked = parser.parse_args()
    if "HANDBOOK_FOLDER" not in os.environ:
        return _in_session()
    text, wrong = run_all(COMMANDS.read_text(), Path(os.environ["HANDBOOK_FOLDER"]), asked.only)
    if asked.write:
        COMMANDS.write_text(text)
    for one in wrong:
        sys.stdout.write(f"WRONG {one}\n")
    sys.stdout.write(f"{len(wrong)} examples went wrong.\n")
    return 1 if wrong else 0


def _in_session() -> int:
    if not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")):
        sys.stdout.write("This needs gnome-keyring and dbus.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="handbook-") as name:
        home = Path(name) / "home"
        home.mkdir()
        caches = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("MDT_")},
            "HOME": str(home),
            "XDG_CACHE_HOME": caches,
            "HANDBOOK_FOLDER": name,
            "XDG_RUNTIME_DIR": name,
            "PYTHONPATH": str(COMMANDS.parents[2]),
        }
        unlock = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'
        command = ["dbus-run-session", "--", "bash", "-c", unlock, "bash", sys.executable, __file__, *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - this very file


if __name__ == "__main__":
    raise SystemExit(main())
