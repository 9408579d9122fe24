"""The lessons at the trainer's desk, by keyboard: read, answered, practised, signed through a real headquarters."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.drill_results import DrillResult
from mdt_app.hq import accounts
from mdt_app.services.curriculum import load_curriculum
from mdt_app.services.second_factor import present_code
from mdt_app.wiring.lesson_bench import Lessons, Office
from mdt_app.wiring.trainer_bench import TrainerBench
from tests.fakes.desk import a_headquarters
from tests.fakes.desk_people import PASSWORD
from tests.fakes.headquarters import Headquarters
from ui.console.drill_bench import Phase, Sitting
from ui.console.drill_desk import DrillDesk

Key = Qt.Key


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A headquarters of its own, really served."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        yield there


class Learner:
    """The desk and the hands at it."""

    def __init__(self, qtbot: QtBot, desk: DrillDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        qtbot.addWidget(desk)
        desk.show()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self._front()
            QTest.keyClick(self.desk.focusWidget() or self.desk, key)

    def type(self, text: str) -> None:
        self._front()
        QTest.keyClicks(self.desk.focusWidget() or self.desk, text)

    @property
    def words(self) -> str:
        return "\n".join(part.text() for part in self.desk.findChildren(QLabel) if part.isVisible())

    def until(self, words: str) -> None:
        """Wait for these words: headquarters is asked beside Qt's thread."""
        self.qtbot.waitUntil(lambda: words in self.words, timeout=20_000)

    def answer(self, pick: Callable[[list[str]], str]) -> None:
        """Press the digit of one of the answers."""
        values = list(self.desk.lesson.choices.keys)
        self.press(Qt.Key(Key.Key_1 + values.index(pick(values))))

    def _front(self) -> None:
        self.desk.activateWindow()
        self.qtbot.waitUntil(self.desk.isActiveWindow, timeout=20_000)


@pytest.mark.clause("TRN-1", "ACC-3")
def test_a_lesson_from_its_first_page_to_the_training_record(
    qtbot: QtBot, headquarters: Headquarters, tmp_path: Path
) -> None:
    """A wrong answer is explained and asked again; drills that are passed count; the trainer proves and signs."""
    lesson = load_curriculum()["equipment"]
    with contextlib.closing(headquarters.store()) as store:
        accounts.add_account(
            store, Account("lrn1", "L. Earner", Role.OFFICER, accounts.hash_password("a password")), "t"
        )
        trainer = next(a for a in accounts.all_accounts(store) if a.user_id == Role.TRAINER.value)
    office = Office(headquarters.url, headquarters.desks[Role.TRAINER])
    bench = TrainerBench(None, None, loud=False, reports=tmp_path)
    desk = DrillDesk(bench, Lessons(tmp_path / "kept", office), Sitting("lrn1", "L. Earner", "Sgt. Poe"))
    hands = Learner(qtbot, desk)
    hands.press(Key.Key_F2)
    assert desk.front is Phase.LESSONS
    assert "trainer: Sgt. Poe" in hands.words
    desk.lessons.table.choose(lesson.topic)
    hands.press(Key.Key_Return)
    for page in lesson.pages:
        assert page.head in hands.words
        hands.press(Key.Key_Return)
    first = lesson.questions[0]
    assert first.asks in hands.words
    hands.answer(lambda values: next(v for v in values if v != first.right))
    assert f"Right is: {first.right}" in hands.words
    assert first.why in hands.words
    hands.press(Key.Key_Return)
    for question in (*lesson.questions[1:], first):
        assert question.asks in hands.words
        hands.answer(lambda _, right=question.right: right)
        assert "✓ Right." in hands.words
        hands.press(Key.Key_Return)
    assert f"Open: {lesson.practice[0]}." in hands.words
    assert desk.act_bar.key("drill") is not None
    # The drill itself is played in test_trainer_desk; its result comes to the same door.
    hands.press(Key.Key_Escape, Key.Key_F4)
    hands.until("Nothing is complete and unsigned.")
    passed = DrillResult(lesson.practice[0], "0" * 16, lesson.practice, True, (), 5.0, "", datetime.now(UTC))
    desk._lessons.drilled("lrn1", replace(passed, passed=False))
    desk._lessons.drilled("lrn1", passed)
    hands.press(Key.Key_F4)
    hands.until("Trainer: your password")
    hands.type(PASSWORD)
    hands.press(Key.Key_Return)
    hands.type(present_code(trainer.totp_secret))
    hands.press(Key.Key_Return)
    hands.until("On the training record of lrn1: Condition and status of the equipment.")
    assert "✓ on training record" in desk.lessons.table.view.model().index(1, 5).data()
    with contextlib.closing(headquarters.store()) as store:
        assert next(a.training for a in accounts.all_accounts(store) if a.user_id == "lrn1") == {"equipment"}
    hands.press(Key.Key_F6)
    hands.until("not complete")
    # A change may make the topic due again: the lesson can be done anew, its record stays.
    assert desk.act_bar.key("anew") is not None
    hands.press(Key.Key_F8)
    assert "begun anew" in hands.words
    assert "not begun" in desk.lessons.table.view.model().index(1, 5).data()
    assert desk.act_bar.key("anew") is None
    desk.close()
