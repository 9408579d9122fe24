"""Headquarters as several processes at one address: none knows what another would need, and a dead one is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.hq.authority import Authority
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.hq.switch import Behaviour, run_switch
from mdt_app.hq.tables import checks, confirmations
from mdt_app.sync.client import HqClient
from mdt_app.sync.enrol import enrol
from tests.fakes.enrolled import MemoryVault, client_of
from tests.fakes.headquarters import (
    DEADLINE_S,
    KEY,
    Headquarters,
    Serving,
    a_confirmation,
    a_query,
    an_entry,
    an_event,
    made,
    until,
)

WORKERS = 2
HELD_S = 6.0
"""The switch holds its answers while the test looks for who waits for them; headquarters gives up after 8 s."""
STARTED_WITHIN_S = 90.0
"""Headquarters gives its workers 60 s to start, and loads its own modules before; at rest it takes 4 s in all."""
CODE = (
    "import sys; from pathlib import Path; from mdt_app.hq.serving import serve\n"
    "from mdt_app.services.policies import load_policy\n"
    "if __name__ == '__main__': serve(Path(sys.argv[1]), '127.0.0.1', 0, key=bytes.fromhex(sys.argv[2]),"
    " switch_address=('127.0.0.1', int(sys.argv[5])), policy=load_policy('postc'), workers=int(sys.argv[3]),"
    " database=sys.argv[4] or None,"
    " ready=lambda port: print(f'\\nPORT {port}\\n', end='', flush=True))"
)


@contextmanager
def several(
    there: Headquarters, folder: Path, switch_port: int = 9
) -> Iterator[tuple[subprocess.Popen[str], Headquarters]]:
    """Serve with several workers, as `mdt hq serve --workers` does."""
    program = folder / "several.py"
    program.write_text(CODE)
    command = [sys.executable, str(program), str(there.folder), KEY.hex(), str(WORKERS), there.database or ""]
    command.append(str(switch_port))
    said = (folder / "said").open("w+")
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(command, stdout=said, stderr=said, text=True, env=environment)
    try:
        lines = (folder / "said").read_text
        until(lambda: "PORT " in lines() or process.poll() is not None, "it does not start", STARTED_WITHIN_S)
        assert "PORT " in lines(), lines()
        port = lines().partition("PORT ")[2].split()[0]
        yield process, replace(there, url=f"https://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(DEADLINE_S)
        said.close()


def workers_of(process: subprocess.Popen[str]) -> set[int]:
    """The processes that answer: forked from a clean one that is this one's child."""
    clean = [pid for pid in children_of(process.pid) if b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return {worker for pid in clean for worker in children_of(pid)}


def children_of(pid: int) -> list[int]:
    """The processes that a process' main thread has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def asking(process: subprocess.Popen[str], port: int) -> set[int]:
    """The workers that have a connection to this port of the machine."""
    there = f":{port:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    sockets = {f"socket:[{row[9]}]" for row in rows if row[2].endswith(there) and row[3] == "01"}
    return {pid for pid in workers_of(process) if sockets & set(open_files(pid))}


def open_files(pid: int) -> Iterator[str]:
    """What a process has open; it goes on opening and closing meanwhile."""
    for fd in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield os.readlink(fd)


class AskedOf:
    """A records check and a hit confirmation of one car, whose answers the switch holds."""

    def __init__(self, client: HqClient, car_id: str) -> None:
        self._client, self._car_id = client, car_id
        self._confirmation = a_confirmation("SLOWYQ1")
        self._query = a_query("SLOWQV1")
        self._answers: list[StatusAnswer] = []
        self._thread = threading.Thread(target=self._ask)

    def begin(self) -> None:
        """Ask both over one connection, so that one worker has both."""
        self._client.request_confirmation(self._confirmation)
        self._thread.start()

    def _ask(self) -> None:
        self._answers.append(self._client.records_check(self._query))

    def checking(self, hq: Headquarters) -> bool:
        with closing(hq.store()) as store, store.reading() as connection:
            return connection.scalar(select(checks.c.times).where(checks.c.check_id == self._query.check_id)) == 1

    def is_answered(self, hq: Headquarters) -> None:
        """Both have their answers, each once, though the worker that asked is dead."""
        self._thread.join(DEADLINE_S)
        assert [answer.answer for answer in self._answers] == [CheckAnswer.ACTIVE]
        until(lambda: self._client.fetch_confirmations(0), "nobody took the request over")
        (reply,) = self._client.fetch_confirmations(0)
        assert (reply.request_id, reply.answer) == (self._confirmation.request_id, ConfirmationAnswer.CONFIRMED)
        with closing(hq.store()) as store, store.reading() as connection:
            assert connection.scalars(select(confirmations.c.times)).all() == [2]
            assert connection.scalars(select(checks.c.times)).all() == [2]
        self._client.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_worker_answers_and_a_dead_one_is_replaced(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Enrolment in two steps, batches and their repeats go through whichever worker; kill -9 of one loses nothing.

    What that one had asked of the message switch, a check and a hit confirmation, is answered by the other.
    """
    database = request.getfixturevalue("postgresql").database() if kind == "postgresql" else None
    there = made(tmp_path / "hq", database=database)
    held = {"SLOWYQ1": Behaviour(delay_s=HELD_S), "SLOWQV1": Behaviour(delay_s=HELD_S)}
    records = [an_entry(plate) for plate in held]
    simulator = Serving(run_switch, "127.0.0.1", 0, records, behaviours=held)
    with simulator as switch, several(there, tmp_path, switch.port) as (process, at):
        with closing(at.store()) as store:
            codes = [EnrolmentOffice(store, KEY).give_code(f"car-{number}", "admin1").code for number in range(6)]
            assert Authority(store, KEY).root().pem
        identities = [enrol(at.url, code, MemoryVault()) for code in codes]
        before = workers_of(process)
        asked = AskedOf(client_of(identities[0]), identities[0].car_id)
        assert len(before) == WORKERS
        sent = []
        for round_ in range(2):
            for identity in identities:
                batch = [(an_event(number=number), None) for number in range(5)]
                for _ in range(2):
                    with client_of(identity) as client:
                        assert not client.push_events(batch).refused
                sent += [event.event_id for event, _ in batch]
            if round_ == 0:
                asked.begin()
                until(lambda: len(asking(process, switch.port)) == 1 and asked.checking(at), "the switch is not asked")
                os.kill(asking(process, switch.port).pop(), signal.SIGKILL)
                for behaviour in held.values():
                    object.__setattr__(behaviour, "delay_s", 0.0)
                until(lambda: len(workers_of(process) - before) == 1, "the dead worker is not replaced")
        assert sorted(at.on_record()) == sorted(sent)
        asked.is_answered(at)
        left = workers_of(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE_S) == 0
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left), "a worker outlives the end")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
def test_workers_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    """No worker goes on answering that nobody could end."""
    with several(made(tmp_path / "hq"), tmp_path) as (process, _):
        left = workers_of(process)
        process.kill()
        process.wait(DEADLINE_S)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left), "a worker is left behind")
