"""Turns at reading: no more at once than there are places, and a killed camera gives its turn back."""

from __future__ import annotations

import multiprocessing
import threading
import time
from pathlib import Path

import numpy as np

from devices.cameras.frames import Frame
from devices.cameras.mailbox import Mailbox
from devices.cameras.turn import Turn, turn_files

SPAWN = multiprocessing.get_context("spawn")


def hold(path: str, held) -> None:
    """Take the turn and keep it until killed."""
    with Turn(Path(path)).taken():
        held.set()
        time.sleep(60)


def test_only_one_reads_at_a_time(tmp_path):
    """Four threads with turns of their own never overlap on one place; without a place nobody waits."""
    (path,) = turn_files(tmp_path, 1)
    at_once, most, lock = 0, 0, threading.Lock()

    def read() -> None:
        nonlocal at_once, most
        turn = Turn(path)
        for _ in range(5):
            with turn.taken():
                with lock:
                    at_once += 1
                    most = max(most, at_once)
                time.sleep(0.002)
                with lock:
                    at_once -= 1
        turn.close()

    readers = [threading.Thread(target=read) for _ in range(4)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert most == 1
    with Turn(None).taken():
        pass


def test_a_killed_process_gives_its_turn_back(tmp_path):
    """Killed with the turn in hand: the next one has it at once, and misses none."""
    (path,) = turn_files(tmp_path, 1)
    held = SPAWN.Event()
    holder = SPAWN.Process(target=hold, args=(str(path), held), daemon=True)
    holder.start()
    assert held.wait(30)
    holder.kill()
    holder.join()
    turn = Turn(path)
    with turn.taken():
        assert turn.missed == 0
    turn.close()


def test_the_newest_frame_is_read_after_the_wait():
    """What came while a camera waited takes the place of what it had, and the old one counts as skipped."""
    mailbox = Mailbox(keep_all=False)
    old, new = (Frame(np.zeros((1, 1, 3), np.uint8), t, None) for t in (1.0, 2.0))
    mailbox.put(old)
    taken = mailbox.take()
    assert mailbox.newer(taken) is old
    mailbox.put(new)
    assert mailbox.newer(taken) is new
    assert mailbox.replaced == 1
