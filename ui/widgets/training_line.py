"""The band around every screen of a drill: it says above that nothing is real, and whether the time stands still."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.widgets.text import label

EDGE = 6
"""How wide the band is on the other three edges, in pixels."""


class TrainingEdge(QFrame):
    """The band at one of the other edges; hidden in a real car."""

    def __init__(self, drill: str, *, upright: bool) -> None:
        super().__init__()
        self.setProperty("role", "training")
        (self.setFixedWidth if upright else self.setFixedHeight)(EDGE)
        if not drill:
            self.hide()


class TrainingLine(QFrame):
    """Shown while a drill runs; hidden in a real car. `drill`: its title, empty where there is none."""

    def __init__(self, drill: str) -> None:
        super().__init__()
        self.setProperty("role", "training")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.addWidget(label(self.tr("TRAINING · nothing here is real"), "lead"))
        row.addStretch(1)
        self._words = label(drill, "lead")
        row.addWidget(self._words)
        self._drill = drill
        if not drill:
            self.hide()

    def hold(self, held: bool) -> None:
        """Say that the trainer holds the time; the drill's title when it goes on."""
        self._words.setText(self.tr("The trainer has paused the drill") if held else self._drill)
