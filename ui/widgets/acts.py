"""The row of acts below every screen: big keys with their shortcut, 'back' at the left, the main act at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

GAP = 12


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done now: words, key, what it does, its look, and at which side it stands."""

    name: str
    words: str
    key: str
    do: Callable[[], None]
    role: str = ""
    right: bool = False
    key_words: str = ""


class ActBar(QFrame):
    """Shows the acts of the screen in front, and takes their keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(GAP)
        self._shown: list[QWidget | QShortcut] = []
        self.acts: tuple[Act, ...] = ()

    def show_acts(self, acts: Iterable[Act]) -> None:
        """Put these acts in place of the ones before."""
        self._clear()
        self.acts = tuple(acts)
        for act in self.acts:
            if not act.right:
                self._add(act)
        self._row.addStretch(1)
        for act in self.acts:
            if act.right:
                self._add(act)

    def button(self, name: str) -> QPushButton | None:
        """The button of an act by its name."""
        return self.findChild(QPushButton, f"act-{name}")

    def _add(self, act: Act) -> None:
        button = QPushButton(f"{act.words}\n{act.key_words or act.key}", self)
        button.setObjectName(f"act-{act.name}")
        button.setAccessibleName(act.words)
        button.setProperty("role", act.role)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act.do)
        shortcut = QShortcut(QKeySequence(act.key), self.window())
        shortcut.activated.connect(act.do)
        self._row.addWidget(button, 1 if act.role in ("main", "go", "shut") and act.right else 0)
        self._shown += [button, shortcut]

    def _clear(self) -> None:
        for item in self._shown:
            item.setParent(None)
            item.deleteLater()
        self._shown.clear()
        while self._row.count():
            self._row.takeAt(0)
