"""Panel one of the verification: plate and state as the officer sees them, then compared with reader and list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.domain.alerts import Hit, mismatch
from mdt_app.domain.plates import grouped
from ui.context import ScreenContext
from ui.theme import Theme
from ui.widgets.compare import Compare
from ui.widgets.key import Key
from ui.widgets.keyboard import type_into
from ui.widgets.plate_entry import PlateEntry
from ui.widgets.state_entry import StateEntry
from ui.widgets.text import label, set_look


class SeePanel(QWidget):
    """Emits `typed` while it is filled in, `confirmed` with characters and state's code, `taken_back` after that."""

    typed = Signal()
    confirmed = Signal(str, str)
    taken_back = Signal()

    def __init__(self, theme: Theme, context: ScreenContext) -> None:
        super().__init__()
        self._codes = context.codes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.plate = PlateEntry(theme)
        self.plate.changed.connect(self._typed)
        self.plate.entered.connect(self._plate_entered)
        self.plate.taken_back.connect(self._take_back)
        self.state = StateEntry(context.codes.states, context.near_states)
        self.state.changed.connect(self._typed)
        self.state.entered.connect(self._confirm)
        self.key = Key("", "Enter", "main")
        self.key.clicked.connect(self._confirm)
        self.compare = Compare(theme)
        self.again = Key(self.tr("Look again"), self.tr("Backspace"), "quiet")
        self.again.clicked.connect(self._take_back)
        self._note = label("", "label", wrap=True)
        self._touched: QWidget = self.plate
        for field in (self.plate, self.state.field):
            field.installEventFilter(self)
        for part in (self.plate, self.state, self.key, self.compare, self.again, self._note):
            column.addWidget(part)
        column.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember which field is typed into: touching a big key takes the keyboard away from it."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._touched = watched
        return super().eventFilter(watched, event)

    def load(self, plate: str, state: str) -> None:
        """Begin a hit with what was typed for it before; what was typed for another does not stay."""
        with QSignalBlocker(self.state):  # half of it is nothing that was typed
            self.plate.clear()
            self.state.clear()
            self.plate.text = plate
            if state:
                self.state.put(state)
        self._typed()
        self.say("")

    def show_seen(self, hit: Hit, done: bool) -> bool:
        """Show the hit's answers; `done` when they stand. Returns whether that has changed just now."""
        for part in (self.state, self.key):
            part.setVisible(not done)
        self.compare.setVisible(done)
        self.again.setVisible(done and not hit.ended)
        changed = done != self.plate.locked
        if changed and not done:
            self.load("", "")
        if not done:
            return changed
        self.compare.show_hit(hit, self._codes)
        if changed:
            seen = hit.verification
            agrees = mismatch(hit, seen.plate_seen or "", seen.state_seen or "") is None
            self.plate.lock(seen.plate_seen or "", agrees=agrees)
            self.say("")
        return changed

    def type(self, sign: str) -> None:
        """Take a big key: to the plate or the state, whichever was touched last; a real keyboard goes there, too."""
        if self.plate.locked:
            self.plate.type(sign)
            return
        type_into(self._touched, sign)
        self._touched.setFocus()

    def say(self, words: str, tone: str = "") -> None:
        """Say a word more beneath."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        set_look(self._note, tone=tone)

    def _typed(self) -> None:
        if self.plate.locked:
            return
        words = self.tr("Confirm plate and state")
        if self.plate.text and self.state.code:
            name = self._codes.state_name(self.state.code)
            words = self.tr("Confirm %1, %2").replace("%1", grouped(self.plate.text)).replace("%2", name)
        self.key.say(words, "Enter")
        self.typed.emit()

    def _plate_entered(self) -> None:
        if self.state.code:
            self._confirm()
        else:
            self.state.field.setFocus()

    def _confirm(self) -> None:
        if not self.plate.text:
            self._ask_for(self.tr("Type the characters that you see."), self.plate)
        elif not self.state.code:
            self._ask_for(self.tr("Choose the issuing state that you see."), self.state.field)
        elif not self.plate.locked:
            self.confirmed.emit(self.plate.text, self.state.code)

    def _take_back(self) -> None:
        if self.again.isVisibleTo(self):
            self.taken_back.emit()

    def _ask_for(self, words: str, where: QWidget) -> None:
        self.say(words, "owed")
        where.setFocus()
