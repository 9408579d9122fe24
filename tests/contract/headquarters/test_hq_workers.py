"""Headquarters as several processes at one address: none knows what another would need, and a dead one is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mdt_app.hq.authority import Authority
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.sync.enrol import enrol
from tests.fakes.enrolled import MemoryVault, client_of
from tests.fakes.headquarters import DEADLINE_S, KEY, Headquarters, an_event, made, until

WORKERS = 2
CODE = (
    "import sys; from pathlib import Path; from mdt_app.hq.serving import serve\n"
    "from mdt_app.services.policies import load_policy\n"
    "if __name__ == '__main__': serve(Path(sys.argv[1]), '127.0.0.1', 0, key=bytes.fromhex(sys.argv[2]),"
    " switch_address=None, policy=load_policy('postc'), workers=int(sys.argv[3]), database=sys.argv[4] or None,"
    " ready=lambda port: print('PORT', port, flush=True))"
)


@contextmanager
def several(there: Headquarters, folder: Path) -> Iterator[tuple[subprocess.Popen[str], Headquarters]]:
    """Serve with several workers, as `mdt hq serve --workers` does."""
    program = folder / "several.py"
    program.write_text(CODE)
    command = [sys.executable, str(program), str(there.folder), KEY.hex(), str(WORKERS), there.database or ""]
    said = (folder / "said").open("w+")
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(command, stdout=said, stderr=said, text=True, env=environment)
    try:
        lines = (folder / "said").read_text
        until(lambda: "PORT " in lines() or process.poll() is not None, "it does not start")
        port = lines().partition("PORT ")[2].split()[0]
        yield process, replace(there, url=f"https://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(DEADLINE_S)
        said.close()


def workers_of(process: subprocess.Popen[str]) -> set[int]:
    """The processes that answer."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_worker_answers_and_a_dead_one_is_replaced(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Enrolment in two steps, batches and their repeats go through whichever worker; kill -9 of one loses nothing."""
    database = request.getfixturevalue("postgresql").database() if kind == "postgresql" else None
    there = made(tmp_path / "hq", database=database)
    with several(there, tmp_path) as (process, at):
        with closing(at.store()) as store:
            codes = [EnrolmentOffice(store, KEY).give_code(f"car-{number}", "admin1").code for number in range(6)]
            assert Authority(store, KEY).root().pem
        identities = [enrol(at.url, code, MemoryVault()) for code in codes]
        before = workers_of(process)
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
                victim = min(before)
                os.kill(victim, signal.SIGKILL)
                until(lambda: len(workers_of(process) - before) == 1, "the dead worker is not replaced")
        assert sorted(at.on_record()) == sorted(sent)
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
