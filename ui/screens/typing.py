"""Typing in gloves: one field after the other, each alone above big keys; the screen it belongs to stays as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.language import spoken
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.keyboard import Keyboard, type_into
from ui.widgets.text import label, panel

Field = QLineEdit | QPlainTextEdit
_SHOWN_MOST = 320
_HERE = "▏"


class TypingScreen(Screen):
    """What is typed goes into the field itself, key by key; here it is only shown large. `leave` goes back to it."""

    def __init__(self, desk: Desk, leave: Callable[[], None]) -> None:
        super().__init__(desk)
        self._leave, self._fields, self._at = leave, list[Field](), 0
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        self._name = label("", "head", wrap=True)
        column.addWidget(self._name)
        frame, inside = panel()
        self._text = label("", "head", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._text)
        column.addWidget(frame, 1)
        self._keys = Keyboard(spoken())
        self._keys.pressed.connect(self._type)
        column.addWidget(self._keys)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def take(self, screen: QWidget) -> bool:
        """Take the fields of a screen, beginning where the keyboard is; False when it has none now."""
        fields: list[Field] = [*screen.findChildren(QLineEdit), *screen.findChildren(QPlainTextEdit)]
        self._fields = [field for field in fields if field.isVisible() and field.isEnabled() and not field.isReadOnly()]
        focus = QApplication.focusWidget()
        self._begin(next((place for place, field in enumerate(self._fields) if field is focus), 0))
        return bool(self._fields)

    def open(self, hit_id: str) -> None:
        """Come to the front; keys of a real keyboard go to the field as well."""
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the field as it is now."""
        if not self._fields:
            return
        field = self._fields[self._at]
        count = f"{self._at + 1}/{len(self._fields)} · " if len(self._fields) > 1 else ""
        self._name.setText(count + field.accessibleName())
        text = field.displayText() if isinstance(field, QLineEdit) else field.toPlainText()
        self._text.setText(("…" if len(text) > _SHOWN_MOST else "") + text[-_SHOWN_MOST:] + _HERE)

    def acts(self) -> tuple[Act, ...]:
        """Back to the screen as it is, or on to the next field."""
        last = self._at + 1 >= len(self._fields)
        words = self.tr("DONE") if last else self.tr("NEXT FIELD")
        back = Act("back", self.tr("Back"), "Esc", self._back, "quiet")
        return back, Act("next", words, "Return", self._next, "main", right=True, hint="Enter")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A real keyboard types here, too."""
        if event.text() and self._fields:
            QApplication.sendEvent(self._fields[self._at], event)
            self.refresh()

    def _begin(self, at: int) -> None:
        """Turn to a field, with digits where it wants them."""
        self._at = at
        hints = self._fields[at].inputMethodHints() if self._fields else Qt.InputMethodHint.ImhNone
        self._keys.turn(signs=bool(hints & Qt.InputMethodHint.ImhPreferNumbers))

    def _type(self, sign: str) -> None:
        type_into(self._fields[self._at], sign)
        self.refresh()

    def _next(self) -> None:
        if self._at + 1 < len(self._fields):
            self._begin(self._at + 1)
            self.desk.refresh()
        else:
            self._back()

    def _back(self) -> None:
        field = self._fields[self._at]
        self._leave()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
