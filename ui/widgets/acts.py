"""The row of acts below every screen: big keys with their shortcut, 'back' at the left, the main act at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.key import Key

GAP = 12
_WIDE_ROLES = ("main", "go", "go-owed", "shut")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done now: words, key, what it does, its look, and at which side it stands.

    `hint` stands beneath the words in place of the key's name.
    """

    name: str
    words: str
    key: str
    do: Callable[[], None]
    role: str = ""
    right: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A key and its shortcut. They are kept when their act goes: making them anew is what a change of screen costs."""

    key: Key
    shortcut: QShortcut

    def put_away(self) -> None:
        """Out of sight, and the keyboard's key is another act's."""
        self.shortcut.setEnabled(False)
        self.key.hide()
        self.key.setDown(False)


class ActBar(QFrame):
    """Shows the acts of the screen in front, and takes their keys. What stays is changed in place.

    While it is not enabled it is dark, does nothing, and `tried_dark` says that somebody pressed a key of it.
    """

    tried_dark = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(GAP)
        self._made: dict[tuple[str, str], _Made] = {}
        self._keys: dict[str, Key] = {}
        self._acts: dict[str, Act] = {}

    def show_acts(self, acts: Iterable[Act]) -> None:
        """Put these acts in place of the ones before."""
        now = {act.name: act for act in acts}
        same = [(a.name, a.key, a.right) for a in now.values()] == [
            (a.name, a.key, a.right) for a in self._acts.values()
        ]
        self._acts = now
        if not same:
            self._rebuild()
        for act in now.values():
            self._keys[act.name].say(act.words, act.hint or act.key)
            self._keys[act.name].look(act.role)

    def key(self, name: str) -> Key | None:
        """The key of an act by its name."""
        return self._keys.get(name)

    def _rebuild(self) -> None:
        while self._row.count():
            self._row.takeAt(0)
        wanted = {(act.name, act.key) for act in self._acts.values()}
        for name, made in self._made.items():
            if name not in wanted:
                made.put_away()
        self._keys.clear()
        for act in self._acts.values():
            if not act.right:
                self._add(act)
        self._row.addStretch(1)
        for act in self._acts.values():
            if act.right:
                self._add(act)

    def _add(self, act: Act) -> None:
        name = (act.name, act.key)
        if name not in self._made:
            self._made[name] = self._make(act)
        made = self._made[name]
        made.shortcut.setEnabled(True)
        self._row.addWidget(made.key, 1 if act.role in _WIDE_ROLES and act.right else 0)
        made.key.show()
        self._keys[act.name] = made.key

    def _make(self, act: Act) -> _Made:
        key = Key(act.words, act.hint or act.key, act.role)
        key.setObjectName(f"act-{act.name}")
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(partial(self._do, act.name))
        shortcut = QShortcut(self.window())
        keys = [act.key, "Enter"] if act.key == "Return" else [act.key]
        shortcut.setKeys([QKeySequence(name) for name in keys])
        shortcut.setAutoRepeat(False)  # a held key does one act, and none on the screen that comes next
        shortcut.activated.connect(partial(self._do, act.name))
        return _Made(key, shortcut)

    def _do(self, name: str, _checked: bool = False) -> None:
        if self.isEnabled():
            self._acts[name].do()
        else:
            self.tried_dark.emit()
