"""A patrol car's cab for tests: the real window on a real core and store, worked with real keys and clicks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from PySide6.QtCore import QBuffer, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import AlertException
from mdt_app.domain.alerts import Hit, asked_features
from mdt_app.domain.commands import RecordRead, RecordStatus
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.reads import Box, CharacterRead, Pictures, Read
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.domain.security_keys import KeyReader
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.list_blocks import prepared
from tests.fakes.car import Shift, issued, make_entry, make_read, officer
from ui.bridge import Bridge
from ui.context import EquipmentDesk, ScreenContext, Tiles
from ui.language import speak
from ui.translations import FOLDER, read_ts
from ui.window import MainWindow

LIMIT_MS = 15_000
"""How long the window may take on a machine that does other things as well: a deadline, no target."""
_LOOK_MS = 2
PLATE_BOX = Box(250, 250, 140, 60)
USER, PASSWORD = "rdoe", "right"


class Cab:
    """The window, the car behind it, and an officer's hands."""

    def __init__(
        self,
        qtbot: QtBot,
        shift: Shift,
        theme: str = "night",
        language: str = "en",
        keys: KeyReader | None = None,
        equipment: EquipmentDesk | None = None,
        tiles: Tiles | None = None,
        dead_ms: int = 0,
    ) -> None:
        """`dead_ms`: these hands look before they press, so that no test need wait for an alert's dead time."""
        self.qtbot, self.shift, self.language = qtbot, shift, language
        speak(qapp(), language)
        self.context = ScreenContext(
            unit="Unit 12",
            policy=shift.policy,
            codes=load_code_tables(),
            now=shift.clock.now,
            theme=theme,
            keys=keys,
            equipment=equipment or EquipmentDesk(),
            tiles=tiles,
            dead_ms=dead_ms,
        )
        self.bridge = Bridge(shift.core)
        self.window = MainWindow(self.bridge, self.context)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def load(self, *entries: Entry, exceptions: tuple[AlertException, ...] = (), **changes: object) -> None:
        """Accounts and a list are there; nobody is signed in."""
        account = officer(USER, name="R. Doe", password_hash=PASSWORD, exceptions=exceptions, **changes)
        self.shift.do(issued(account, at=self.shift.clock.now()))
        known = entries or (make_entry("4BXR91", "CT", cautions=("00",)), make_entry("KLM204", "CT"))
        extracted = self.shift.clock.now() - timedelta(hours=3, minutes=12)
        self.shift.do(prepared(HotList("ncic", "NCIC", "NCIC", extracted, len(known), "0" * 64), known))

    def sign_in(self, password: str = PASSWORD) -> None:
        """Through the notice and the fields, by keyboard."""
        screen = self.window.screens["sign-in"]
        if not screen.acknowledged.isChecked():
            QTest.keyClick(screen.acknowledged, Qt.Key.Key_Space)
        screen.user.clear()
        QTest.keyClicks(screen.user, USER)
        QTest.keyClicks(screen.password, password)
        QTest.keyClick(screen.password, Qt.Key.Key_Return)

    def on_patrol(self, *entries: Entry) -> Cab:
        """Signed in, with lists."""
        self.load(*entries)
        self.sign_in()
        self.begin()
        return self

    def begin(self) -> None:
        """Signed in: past the start of the shift."""
        self.until(lambda: self.front == "start")
        self.key(Qt.Key.Key_Return)
        self.until(lambda: self.front == "patrol")

    def see(self, plate: str, state: str | None = "CT", **changes: object) -> Read:
        """A camera reads a plate."""
        characters = tuple(CharacterRead(c, 0.97) for c in plate)
        read = replace(
            make_read(plate, state, captured_at=self.shift.clock.now()), box=PLATE_BOX, characters=characters, **changes
        )
        self.shift.do(RecordRead(read, draw_pictures(plate)))
        return read

    def answer(self, kind: CheckAnswer = CheckAnswer.ACTIVE) -> None:
        """The message switch answers the newest question."""
        self.until(lambda: bool(self.shift.asked))
        query, now = self.shift.asked[-1], self.shift.clock.now()
        text = f"HDR/1\nMKE/STOLEN VEHICLE\nLIC/{query.plate}\nLIS/{query.state}\nNIC/{query.nic}"
        answer = StatusAnswer(query.check_id, "CJIS/NCIC message switch", kind, now, now, query.user_id, text)
        self.shift.do(RecordStatus(query.hit_id, answer))

    def confirm(self, plate: str, state: str) -> None:
        """On the verification: type plate and state, and confirm them by Enter."""
        self.until(lambda: self.front == "verify")
        self.window.screens["verify"].plate.setFocus()
        self.type(plate)
        self.key(Qt.Key.Key_Return)
        self.type(state)
        self.key(Qt.Key.Key_Return)
        hit_id = self.window.screens["verify"].hit_id
        self.until(lambda: self.window.model.cards[hit_id].hit.verification.plate_seen is not None)

    def raise_hit(self, plate: str = "4BXR91", state: str | None = "CT") -> str:
        """A camera reads a listed plate; the alert takes the screen. Returns the hit's id."""
        self.see(plate, state)
        self.until(lambda: self.front == "alert")
        return self.window.screens["alert"].hit_id

    def open_verification(self) -> str:
        """From the alert to the verification, by Enter. Returns the hit's id."""
        self.key(Qt.Key.Key_Return)
        self.until(lambda: self.front == "verify")
        return self.window.screens["verify"].hit_id

    def answer_vehicle(self, hit_id: str) -> None:
        """1 = match, for each thing that the entry says."""
        for count in range(1, len(asked_features(self.hit(hit_id))) + 1):
            self.key(Qt.Key.Key_1)
            self.until(lambda count=count: len(self.hit(hit_id).verification.features) == count)

    def take_the_steps(self, hit_id: str) -> None:
        """On the verification: plate, state, vehicle and status, all in order, and the purpose that is suggested."""
        entry = self.hit(hit_id).match.entry
        self.confirm(entry.plate, entry.state)
        self.answer_vehicle(hit_id)
        self.answer()
        self.until(lambda: self.hit(hit_id).verification.status is not None)
        self.take_purpose()

    def take_purpose(self) -> None:
        """On the verification, with none named: F6 takes the purpose that is suggested, where it needs no facts."""
        if self.shows("F6 takes it"):
            self.key(Qt.Key.Key_F6)

    def stop(self) -> None:
        """Press STOP, and see it recorded."""
        self.key(Qt.Key.Key_F12)
        self.until(lambda: self.front == "outcome")

    def state(self, words: str) -> None:
        """On the statement's screen: type the words and put them on record."""
        self.until(lambda: self.front == "statement")
        self.type(words)
        self.key(Qt.Key.Key_Return)

    def hit(self, hit_id: str) -> Hit:
        """The hit as the window knows it."""
        return self.window.model.cards[hit_id].hit

    def press(self, name: str) -> None:
        """Click the one visible key that is called so."""
        keys = [k for k in self.window.findChildren(QAbstractButton) if k.isVisible() and k.accessibleName() == name]
        assert len(keys) == 1, (name, self.words)
        QTest.mouseClick(keys[0], Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, where: QWidget | None = None, *, alt: bool = False) -> None:
        """Press a key where the keyboard is now."""
        held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(where or self.window.focusWidget() or self.window, key, held)

    def type(self, text: str) -> None:
        """Type where the keyboard is now."""
        QTest.keyClicks(self.window.focusWidget() or self.window, text)

    def click(self, name: str) -> None:
        """Click the key of an act."""
        key = self.window.act_bar.key(name)
        assert key is not None
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait on a condition, with a deadline."""
        # pytest-qt's waitUntil looks every 10 ms alone, which is a good part of a test that waits a dozen times.
        deadline = time.monotonic() + LIMIT_MS / 1000
        while not condition():
            assert time.monotonic() < deadline, f"the window did not come to it in time: {self.front}\n{self.words}"
            QTest.qWait(_LOOK_MS)

    def shows(self, words: str) -> bool:
        """Whether these English words, or what they are in the cab's language, can be read on the window now."""
        if self.language == "en":
            return words in self.words
        said = [text for (_, source), text in _spanish().items() if words in source]
        assert said, f"no source holds {words!r}"
        patterns = (re.sub(r"%\d", ".*", re.escape(text)) for text in said)
        return any(re.search(pattern, self.words) for pattern in patterns)

    @property
    def front(self) -> str:
        return self.window.front

    @property
    def words(self) -> str:
        """Everything that can be read on the window now."""
        shown = [w for w in self.window.findChildren(QWidget) if w.isVisible()]
        return "\n".join(w.text() for w in shown if isinstance(w, QLabel | QAbstractButton) and w.text())


@cache
def _spanish() -> dict[tuple[str, str], str]:
    return read_ts(FOLDER / "mdt_es.ts")


def qapp() -> QApplication:
    """The one application of the tests."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def draw_pictures(plate: str) -> Pictures:
    """A plate and a car's rear around it, drawn."""
    view = QImage(640, 360, QImage.Format.Format_RGB32)
    view.fill(QColor("#6B7480"))
    painter = QPainter(view)
    painter.fillRect(QRect(140, 110, 360, 220), QColor("#1B2A3A"))
    box = QRect(PLATE_BOX.x, PLATE_BOX.y, PLATE_BOX.w, PLATE_BOX.h)
    painter.fillRect(box, QColor("#E8ECEF"))
    painter.setPen(QColor("#14264A"))
    font = QFont("B612 Mono")
    font.setPixelSize(30)
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, plate)
    painter.end()
    return Pictures(_jpeg(view.copy(box.adjusted(-20, -14, 20, 14))), _jpeg(view))


def _jpeg(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 85)
    return bytes(buffer.data().data())
