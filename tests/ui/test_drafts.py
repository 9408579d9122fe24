"""What was typed and not sent is there again: after a lock, a hand-over, a native crash; never for somebody else."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mdt_app.domain.commands import ConfirmPlate, RecordRead, SignIn, SignOut
from mdt_app.domain.drafts import Draft, KeepDraft
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.purposes import Use
from mdt_app.domain.reads import Pictures
from tests.fakes.cab import Cab
from tests.fakes.car import Shift, issued, make_read, officer

ROOT = Path(__file__).parent.parent.parent
TYPED, FACTS = "4BXR", "the driver fires at people in"
_TYPING = """
import ctypes, sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from mdt_app.domain.commands import Redecide
from tests.fakes.cab import Cab
from tests.fakes.car import Shift

class Hands:
    def addWidget(self, widget): pass
    def waitUntil(self, condition, timeout):
        late = time.monotonic() + timeout / 1000
        while not condition():
            assert time.monotonic() < late
            QTest.qWait(5)

app = QApplication([])
cab = Cab(Hands(), Shift(Path(sys.argv[1])))
cab.on_patrol()
hit_id = cab.raise_hit()
cab.open_verification()
cab.type(sys.argv[3])
cab.key(Qt.Key.Key_F3)
cab.key(Qt.Key.Key_2)
cab.until(lambda: cab.front == "statement")
cab.type(sys.argv[4])
cab.until(lambda: not cab.window.model.unkept)
cab.shift.do(Redecide())  # what was sent before is committed
if sys.argv[2] == "locked":
    cab.window._lock_idle()
    cab.until(lambda: cab.front == "sign-in")
print(hit_id, flush=True)
if sys.argv[2] == "crash":
    ctypes.string_at(0)  # a read of address 0: the kernel kills the process
QTest.qWait(60_000)
"""


def type_and_die(store: Path, how: str) -> str:
    """A program in which an officer types, and that is killed; returns the hit that was in hand."""
    command = [sys.executable, "-c", _TYPING, store, how, TYPED, FACTS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        hit_id = program.stdout.readline().strip()
        if how == "locked":
            program.kill()
    assert program.returncode == -(signal.SIGKILL if how == "locked" else signal.SIGSEGV)
    return hit_id


@contextmanager
def started_again(qtbot: QtBot, store: Path) -> Iterator[Cab]:
    car = Shift(store)
    try:
        yield Cab(qtbot, car)
    finally:
        car.core.stop()


@pytest.mark.parametrize("how", ["crash", "locked"])
def test_what_was_typed_is_there_again_after_the_program_was_killed(qtbot: QtBot, tmp_path: Path, how: str):
    """Killed by a segmentation fault, or from outside behind a locked screen: characters and words stand there."""
    hit_id = type_and_die(tmp_path / "store.db", how)
    with started_again(qtbot, tmp_path / "store.db") as cab:
        cab.sign_in()
        cab.until(lambda: cab.front == "alert" and cab.window.screens["alert"].hit_id == hit_id)
        cab.open_verification()
        assert cab.window.screens["verify"].plate.text == TYPED
        cab.key(Qt.Key.Key_F3)
        cab.key(Qt.Key.Key_2)
        cab.until(lambda: cab.front == "statement")
        assert cab.window.screens["statement"].field.toPlainText() == FACTS
        kinds = {event.kind for event in cab.shift.recorded()}
        assert not kinds & {EventKind.PLATE_CONFIRMED, EventKind.GROUND_STATED}
        assert cab.hit(hit_id).verification.plate_seen is None


def with_a_hit(shift: Shift, *others: str) -> str:
    shift.do(issued(officer(), *map(officer, others), at=shift.clock.now()))
    shift.prepare_lists()
    shift.sign_in()
    shift.do(RecordRead(make_read("4BXR91", captured_at=shift.clock.now()), Pictures(b"", b"")))
    return shift.said(HitRaised)[-1].hit.hit_id


def signed_in_anew(shift: Shift, user_id: str = "rdoe") -> Draft:
    """What the next sign-in of this person brings back for the hit."""
    shift.do(SignOut())
    shift.do(SignIn(user_id, "right", notice_acknowledged=True))
    return shift.said(HitRaised)[-1].draft


def test_a_hand_over_shows_the_draft_to_its_writer_alone(shift: Shift):
    """The next officer finds empty fields; the one who typed finds all of it again."""
    draft = Draft("4BX", "CT", Use("locate", "facts"), {"exigent": "he fires"})
    hit_id = with_a_hit(shift, "asmith")
    shift.do(KeepDraft(hit_id, draft))
    assert signed_in_anew(shift, "asmith") == Draft()
    assert signed_in_anew(shift) == draft


def test_what_was_seen_a_while_ago_has_to_be_looked_at_anew(shift: Shift):
    """After the minutes for which eyes hold, words come back and characters do not; with a clock set back as well."""
    hit_id = with_a_hit(shift)
    shift.do(KeepDraft(hit_id, Draft("4BX", "CT", words={"exigent": "he fires"})))
    eyes = shift.policy.stops.eyes_minutes.value
    for minutes in (eyes + 1, -2 * eyes):
        shift.clock.advance(minutes=minutes)
        assert signed_in_anew(shift) == Draft(words={"exigent": "he fires"})


def test_what_is_on_record_leaves_the_draft(shift: Shift):
    """Once plate and state are confirmed the store holds them as answers, and no more as a draft."""
    hit_id = with_a_hit(shift)
    shift.do(KeepDraft(hit_id, Draft("4BXR91", "CT", Use("locate"))))
    shift.do(ConfirmPlate(hit_id, "4BXR91", "CT"))
    assert signed_in_anew(shift) == Draft(use=Use("locate"))


def test_the_draft_goes_with_the_hit(shift: Shift):
    """A plate that differs ends the hit: nothing typed for it stays in the store, and nothing more is taken."""
    hit_id = with_a_hit(shift)
    shift.do(KeepDraft(hit_id, Draft("KLM", words={"exigent": "he fires"})))
    shift.do(ConfirmPlate(hit_id, "KLM204", "NY"))
    with closing(shift.store.reader()) as reader:
        assert reader._db.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    with pytest.raises(Refused) as refused:
        shift.do(KeepDraft(hit_id, Draft("KLM")))
    assert refused.value.reason == "hit_ended"


def test_enter_right_after_the_last_character_sends_the_draft_first(cab: Cab):
    """What is typed and confirmed within one beat of the timer never comes back as a draft after its record."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    cab.until(lambda: not cab.window.model.unkept)
    draft = signed_in_anew(cab.shift)
    assert (draft.plate, draft.state) == ("", "")
    assert replace(draft, use=Use()) == Draft()
    assert cab.shift.said(HitRaised)[-1].hit.hit_id == hit_id
