"""Programs that the gate's fault tests start and kill: `python -m tests.faults.gate.worker NAME ...`."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from cache.db import Database
from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.alerts import Seen, asked_features
from mdt_app.domain.errors import MdtError
from mdt_app.domain.reads import Pictures
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from tests.fakes.car import Shift, make_read
from tests.faults.gate.account import wrong_with
from tests.faults.store.worker import die_at, in_child, tell


def main() -> None:
    name, *words = sys.argv[1:]
    {"each_statement": each_statement, "patrol": patrol}[name](*words)


def raise_hit(shift: Shift, plate: str = "4BXR91") -> str:
    """A hit with all steps taken: the gate is open but not used yet. Returns its id."""
    shift.clock.advance(minutes=11)
    shift.do(c.RecordRead(make_read(plate, captured_at=shift.clock.now()), Pictures(b"x", b"y")))
    hit = shift.said(n.HitRaised)[-1].hit
    shift.do(c.ConfirmPlate(hit.hit_id, plate, "CT"))
    for feature in asked_features(hit):
        shift.do(c.AnswerVehicle(hit.hit_id, feature, Seen.MATCH))
    shift.do(c.AskStatus(hit.hit_id))
    now = shift.clock.now()
    answer = StatusAnswer(shift.asked[-1].check_id, "NCIC", CheckAnswer.ACTIVE, now, now, "switch")
    shift.do(c.RecordStatus(hit.hit_id, answer))
    return hit.hit_id


def each_statement(folder: str, how: str) -> None:
    """Die at each statement of a stop's transaction; name each, and what is then wrong with the store.

    `torn` leaves the transaction out: the negative control.
    """
    made = Path(folder) / "made"
    made.mkdir()
    if in_child(lambda: _prepared(made)):
        raise SystemExit(1)
    number = 1
    while True:
        there = Path(folder) / f"at-{number}"
        shutil.copytree(made, there)
        status = in_child(lambda there=there, number=number: _stopping(there, number, how))
        if status > 0:
            raise SystemExit("the child failed by itself")
        ended = status == 0
        stops, wrong = wrong_with(there / "store.db")
        tell(json.dumps({"statement": number, "ended": ended, "stops": stops, "wrong": wrong}))
        if ended:
            return
        number += 1


def patrol(folder: str) -> None:
    """Stop one hit after the other until killed; name each stop once it is committed."""
    shift = Shift(Path(folder) / "store.db")
    shift.prepare()
    while True:
        hit_id = raise_hit(shift, "AB12345")
        shift.do(c.RequestStop(hit_id, "locate"))
        tell(hit_id)


def _prepared(folder: Path) -> None:
    shift = Shift(folder / "store.db")
    shift.prepare()
    shift.core.stop()


def _stopping(folder: Path, number: int, how: str) -> None:
    shift = Shift(folder / "store.db")
    shift.sign_in()
    hit_id = raise_hit(shift)
    begin, store = shift.store.transaction, shift.store

    @contextmanager
    def armed():
        torn = how == "torn"
        if torn:
            Database.atomic = lambda _: nullcontext()  # each statement commits for itself
        store._writer().conn.set_trace_callback(die_at(number))
        with begin() as tx:
            yield tx
        store._writer().conn.set_trace_callback(None)

    store.transaction = armed
    with suppress(MdtError):
        shift.do(c.RequestStop(hit_id, "locate"))
    store.transaction = begin
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
