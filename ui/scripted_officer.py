"""A scripted officer: works each hit through the real window with real keys, first wrongly, then rightly.

It has no eyes. It types the characters that the reader read and the state that the reader read, and where the reader
could not tell the state, the entry's. So it proves the way through the gate, not that a read is right.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mdt_app.domain.alerts import asked_features
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.records_check import CheckAnswer
from ui.cards import Card
from ui.screens.sign_in import SignInScreen
from ui.screens.verify import VerifyScreen
from ui.window import MainWindow

HIT_LIMIT_S = 60.0
_ANSWER_LIMIT_S = 20.0
_SIGN_IN_EVERY_S = 2.0
_Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the officer signs in with; `code` gives the second factor's code of the moment."""

    user: str
    password: str
    code: Callable[[], str] = str


class ScriptedOfficer(QObject):
    """Takes one step each `pace_s` seconds, by what stands in front. `counts` says what it did."""

    def __init__(
        self, window: MainWindow, credentials: Credentials, *, shots: Path | None, pace_s: float = 0.3
    ) -> None:
        super().__init__(window)
        self._window, self._credentials, self._shots = window, credentials, shots
        self.counts: Counter[str] = Counter()
        self._tried: set[str] = set()
        self._named: set[str] = set()
        self._stopped: set[str] = set()
        self._released: set[str] = set()
        self._shot: set[tuple[str, str]] = set()
        self._hit_id, self._since = "", 0.0
        self._sign_in_at = 0.0
        self._steps: dict[str, Callable[[], None]] = {
            "sign-in": self._sign_in,
            "profile": lambda: self._key(_Key.Key_Return),
            "start": lambda: self._key(_Key.Key_Return),
            "patrol": self._on_patrol,
            "alert": self._on_alert,
            "verify": self._verify,
            "purpose": lambda: self._key(_Key.Key_Escape),
            "reasons": self._give_reason,
            "outcome": self._on_outcome,
        }
        window.bridge.notice.connect(self._hear)
        self._timer = QTimer(self, interval=int(pace_s * 1000))
        self._timer.timeout.connect(lambda: self._steps[self._window.front]())
        self._timer.start()

    @property
    def idle(self) -> bool:
        """True while nothing waits for an answer."""
        return self._window.front == "patrol" and not self._window.model.waiting()

    def picture(self, name: str) -> None:
        """Write the window as it is now."""
        if self._shots is not None:
            self._shots.mkdir(parents=True, exist_ok=True)
            self.counts["pictures"] += 1
            self._window.grab().save(str(self._shots / f"{self.counts['pictures']:02d}-{name}.png"))

    def _hear(self, notice: object) -> None:
        if isinstance(notice, CommandRefused) and notice.command == "RequestStop":
            self.counts["refused"] += 1

    def _once(self, name: str, subject: str = "") -> None:
        if (name, subject) not in self._shot:
            self._shot.add((name, subject))
            self.picture(name)

    def _key(self, key: Qt.Key, where: QWidget | None = None) -> None:
        QTest.keyClick(where or self._window.focusWidget() or self._window, key)

    def _sign_in(self) -> None:
        screen = self._window.screens["sign-in"]
        # A refusal empties the password: the accounts had not come from headquarters yet, or the code was used.
        if not isinstance(screen, SignInScreen) or screen.password.text() or time.monotonic() < self._sign_in_at:
            return
        self._sign_in_at = time.monotonic() + _SIGN_IN_EVERY_S
        if not screen.acknowledged.isChecked():
            QTest.keyClick(screen.acknowledged, _Key.Key_Space)
        for field, words in (
            (screen.user, self._credentials.user),
            (screen.password, self._credentials.password),
            (screen.code, self._credentials.code()),
        ):
            field.clear()
            QTest.keyClicks(field, words)
        self._once("sign-in")
        self._key(_Key.Key_Return, screen.password)

    def _on_patrol(self) -> None:
        if self._window.model.waiting():
            self._key(_Key.Key_O)
        elif len(self._window.model.reads) >= 3:
            self._once("patrol")

    def _on_alert(self) -> None:
        hit_id = self._window.screens["alert"].hit_id
        card = self._window.model.cards.get(hit_id)
        if card is None or card.hit.ended:
            self._window.go("patrol", "")
            return
        if not self._window.act_bar.isEnabled():
            return  # it has only just come: its keys are dark still
        self._once("alert", hit_id)
        if not card.recorded:
            self._key(_Key.Key_D)
            return
        self._hit_id, self._since = hit_id, time.monotonic()
        self.counts["alerts"] += 1
        self._key(_Key.Key_Return)

    def _verify(self) -> None:
        screen = self._window.screens["verify"]
        card = self._window.model.cards.get(self._hit_id)
        if not isinstance(screen, VerifyScreen) or card is None:
            return
        if time.monotonic() - self._since > HIT_LIMIT_S:
            self._key(_Key.Key_F4)
        elif self._hit_id not in self._tried:
            self._tried.add(self._hit_id)
            self._key(_Key.Key_F12)
        elif card.hit.verification.plate_seen is None:
            self._type_what_is_seen(screen, card)
        else:
            self._after_the_plate(card)

    def _type_what_is_seen(self, screen: VerifyScreen, card: Card) -> None:
        self._once("gate-refused", self._hit_id)
        if screen.plate.text:
            return
        read, entry = card.hit.read, card.hit.match.entry
        QTest.keyClicks(screen.plate, read.raw_text)
        QTest.keyClicks(screen.state.field, self._window.context.codes.state_name(read.state or entry.state))
        self._key(_Key.Key_Return, screen.state.field)

    def _after_the_plate(self, card: Card) -> None:
        verification = card.hit.verification
        if any(f not in verification.features for f in asked_features(card.hit)):
            self._key(_Key.Key_1)
        elif verification.status is not None and verification.status.answer is CheckAnswer.ACTIVE:
            self._name_and_stop()
        elif verification.status is not None or time.monotonic() - self._since > _ANSWER_LIMIT_S:
            self._once("not-verified", self._hit_id)
            self._key(_Key.Key_F4)

    def _name_and_stop(self) -> None:
        """Take the purpose that is suggested. One that needs facts is left, and its stop refused."""
        if self._hit_id in self._named:
            self._stop_once()
        else:
            self._named.add(self._hit_id)
            self._key(_Key.Key_F6)

    def _stop_once(self) -> None:
        """Press STOP and wait for the record; a second press would be refused, since the hit is closed by then."""
        if self._hit_id not in self._stopped:
            self._stopped.add(self._hit_id)
            self._once("verified", self._hit_id)
            self._key(_Key.Key_F12)

    def _release_once(self, hit_id: str) -> None:
        """The stop's outcome: released. A second key would be refused, since it is on record by then."""
        if hit_id not in self._released:
            self._released.add(hit_id)
            self._key(_Key.Key_4)

    def _give_reason(self) -> None:
        card = self._window.model.cards.get(self._hit_id)
        status = card.hit.verification.status if card else None
        gone = status is not None and status.answer in (CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD)
        self._key(_Key.Key_4 if gone else _Key.Key_5)

    def _on_outcome(self) -> None:
        card = self._window.model.cards.get(self._window.screens["outcome"].hit_id)
        stopped = card is not None and card.stop is not None
        self._once("stop-recorded" if stopped else "no-stop", self._hit_id)
        if card is not None and card.hit.stop is not None and card.hit.stop.disposition is None:
            self._release_once(card.hit.hit_id)
            return
        self.counts["stops" if stopped else "no_stops"] += 1
        self.counts["dispositions"] += int(stopped)
        self._key(_Key.Key_Return)
