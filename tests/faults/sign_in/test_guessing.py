"""Row 21 of the fault table: guessing over kill -9 restarts and set clocks is locked, a used code opens nothing."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from mdt_app.domain.security_keys import KeyAnswer, SecurityKey
from mdt_app.services.processes import PROCESSES, load_for_processes
from mdt_app.sync.key_wire import KeyAnswerMessage, KeyQuestionMessage, SecurityKeyMessage
from tests.fakes.campaign import STEPS, amount, dice
from tests.fakes.car import SECRET
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of
from tests.faults.sign_in import worker

ROUNDS, A_START = amount(1, 50), 1 if STEPS else 6
"""How often guessing is killed at random, and how many guesses one run of the program answers before it is killed."""
load_for_processes("tests.faults.sign_in.worker")
START = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
"""The standing clock's first moment."""
pytestmark = pytest.mark.timeout(0 if STEPS else 120)


class Car:
    """A car's program in a process of its own, that is killed and started again."""

    killed = False

    def __init__(self, folder: Path, key: SecurityKey | None = None) -> None:
        registered = SecurityKeyMessage.of(key).model_dump_json() if key else ""
        self._line, far = PROCESSES.Pipe()
        self.process = PROCESSES.Process(target=worker.main, args=(far, str(folder), registered), daemon=True)
        self.process.start()
        far.close()
        assert self.hear() == "ready"

    def try_in(self, password: str, code: str = "000000", seconds: float = 0) -> str:
        """What the screen says to this try; '' when it died before."""
        self.send(password, code, seconds)
        return self.hear()

    def send(self, password: str, code: str = "000000", seconds: float = 0) -> None:
        """Try without waiting for the answer."""
        self._line.send((password, code, seconds))

    def ask(self) -> str:
        """The question for the key as JSON, or the reason why there is none."""
        self._line.send("ask")
        return self.hear()

    def answer(self, key: SoftwareKey) -> KeyAnswer:
        """The key's answer to a new question."""
        return put(reader_of(key), KeyQuestionMessage.model_validate_json(self.ask()).to_question())

    def enter(self, answer: KeyAnswer, password="right") -> str:  # noqa: S107 - a test
        """Try to get in by the key."""
        text = KeyAnswerMessage.of(answer).model_dump_json()
        self._line.send((password, "", 0, text))
        return self.hear()

    def kill(self) -> list[str]:
        """Kill it as kill -9 does; return what it had still said."""
        self.process.kill()
        left = list(iter(self.hear, ""))
        self.process.join()
        self.process.close()
        self._line.close()
        self.killed = True
        return left

    def hear(self) -> str:
        """The next answer; '' when it died before."""
        try:
            return self._line.recv()
        except (EOFError, ConnectionResetError):
            return ""


@contextmanager
def car(folder: Path, key: SecurityKey | None = None):
    running = Car(folder, key)
    try:
        yield running
    finally:
        if not running.killed:
            running.kill()


def code(seconds: float = 0) -> str:
    return pyotp.TOTP(SECRET).at(START + timedelta(seconds=seconds))


def guess(folder: Path, tries: int, *, forgets: bool = False, step_s: float = 0) -> list[str]:
    """Guess, kill -9 after every few answers, start again; with `forgets` the store is put back as it was each time."""
    before, heard = folder.with_suffix(".before"), []
    a_start = min(A_START, 4) if forgets else A_START
    while len(heard) < tries:
        with car(folder) as running:
            if forgets and not before.exists():
                shutil.copytree(folder, before)
            for number in range(len(heard), min(len(heard) + a_start, tries)):
                heard.append(running.try_in(f"guess {number}", seconds=number * step_s))
        if forgets:
            shutil.rmtree(folder)
            shutil.copytree(before, folder)
    return heard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "car"
    there.mkdir()
    return there


@pytest.mark.clause("ACC-1")
def test_five_guesses_lock_over_kill_and_restart(folder: Path) -> None:
    """The processes that answered are killed in between: the sixth guess is locked, and the right one, hours later."""
    assert guess(folder, 6) == ["wrong_credentials"] * 5 + ["account_locked"]
    with car(folder) as running:
        assert running.try_in("right", code()) == "account_locked"
        assert running.try_in("right", code(7200), 7200) == "account_locked"


@pytest.mark.clause("ACC-1")
def test_guesses_that_are_killed_before_their_answer_win_nothing(tmp_path: Path, record_property) -> None:
    """Killed at random in mid guess: never more than five answers are heard before the lock."""
    moments = dice(22)
    record_property("tries", ROUNDS)
    for number in range(ROUNDS):
        folder, heard = tmp_path / str(number), []
        folder.mkdir()
        for _ in range(20):
            with car(folder) as running:
                burst = moments.randint(2, 4)
                for _ in range(burst):
                    running.send("guess")
                heard += [running.hear() for _ in range(moments.randint(1, burst - 1))]
                heard += running.kill()
            if "account_locked" in heard:
                break
        assert heard.count("wrong_credentials") <= 5
        assert "in" not in heard
        assert "account_locked" in heard


@pytest.mark.clause("ACC-1")
@pytest.mark.parametrize("step_s", [1000, -20])
def test_a_clock_that_is_set_between_tries_wins_little(folder: Path, step_s: float) -> None:
    """Forward past the policy's minutes, or back: at most twice the five, and then the lock holds."""
    heard = guess(folder, 12, step_s=step_s)
    assert heard.count("wrong_credentials") == (10 if step_s > 0 else 5)
    assert heard[-1] == "account_locked"
    with car(folder) as running:
        for seconds in (0, 200_000, -300):
            assert running.try_in("right", code(seconds), seconds) == "account_locked"


@pytest.mark.clause("ACC-1")
def test_a_used_code_is_refused_over_kill_and_restart(folder: Path) -> None:
    """The very code, the one before it, and the same one with the clock set back: refused; the next one opens."""
    with car(folder) as running:
        assert running.try_in("right", code()) == "in"
    with car(folder) as running:
        for given, seconds in ((code(), 0), (code(-30), 0), (code(), -25)):
            assert running.try_in("right", given, seconds) in ("wrong_credentials", "code_used")
        assert running.try_in("right", code(60), 60) == "in"


@pytest.mark.clause("ACC-1")
def test_a_keys_answer_opens_once_over_kill_and_restart(folder: Path) -> None:
    """Used before the kill, or asked before it and given after: the process that comes after refuses both."""
    key = SoftwareKey()
    held = enrolled(key)
    with car(folder, held) as running:
        used = running.answer(key)
        assert running.enter(used) == "in"
        waiting = running.answer(key)
    with car(folder, held) as running:
        for replayed in (used, waiting):
            assert running.enter(replayed) == "wrong_credentials"
        assert running.enter(running.answer(key)) == "in"


@pytest.mark.clause("ACC-1")
def test_a_copied_key_that_counts_behind_is_refused_over_kill_and_restart(folder: Path) -> None:
    """The counter that the car saw outlives its process."""
    key = SoftwareKey()
    held, copy = enrolled(key), key.clone()
    with car(folder, held) as running:
        assert running.enter(running.answer(key)) == "in"
    with car(folder, held) as running:
        assert running.enter(running.answer(copy)) == "key_cloned"


@pytest.mark.clause("ACC-1")
def test_five_wrong_key_answers_lock_over_kill_and_restart_and_absent_keys_none(folder: Path) -> None:
    """Questions that no key answers count nothing, however often; wrong answers lock at five, over kills."""
    key, heard = SoftwareKey(), []
    held = enrolled(key)
    with car(folder, held) as running:
        for _ in range(8):
            assert running.ask().startswith("{")
    while len(heard) < 5:
        with car(folder, held) as running:
            for _ in range(3):
                answer = running.answer(key) if len(heard) < 5 else None
                if answer:
                    heard.append(running.enter(replace(answer, signature=answer.signature[:-1] + b"\0\1")))
    assert heard == ["wrong_credentials"] * 5
    with car(folder, held) as running:
        assert running.ask() == "account_locked"
        assert running.try_in("right", code()) == "account_locked"


def test_the_harness_finds_a_store_that_forgets(folder: Path) -> None:
    """The negative control: with the store put back in between the guesser is never locked; a code counts twice."""
    assert guess(folder, 8, forgets=True) == ["wrong_credentials"] * 8
    for _ in range(2):
        with car(folder) as running:
            assert running.try_in("right", code()) == "in"
        shutil.rmtree(folder)
        shutil.copytree(folder.with_suffix(".before"), folder)


def test_the_harness_finds_a_store_that_forgets_a_keys_counter(folder: Path) -> None:
    """The negative control: put back, the store takes a copied key that counts behind."""
    key = SoftwareKey()
    held, copy = enrolled(key), key.clone()
    with car(folder, held):
        pass
    before = folder.with_suffix(".before")
    shutil.copytree(folder, before)
    for one in (key, copy):
        with car(folder, held) as running:
            assert running.enter(running.answer(one)) == "in"
        shutil.rmtree(folder)
        shutil.copytree(before, folder)
