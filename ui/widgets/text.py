"""Labels by role and tone, so that no widget carries a size or a color of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget


def label(text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label whose look comes from the stylesheet."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def named_field(column: QVBoxLayout, words: str) -> QLineEdit:
    """A field with its words above it, put beneath what the column holds."""
    column.addWidget(label(words, "label"))
    field = QLineEdit()
    field.setAccessibleName(words)
    column.addWidget(field)
    return field


class Line(QFrame):
    """A line of words across the window; without words it is not there, or its place is empty (`hold_place`)."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role, self._held = role, False
        self.setProperty("role", role)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        self._words = label("▲", "lead", wrap=True)  # not shown, but as high as the words to come
        policy = self._words.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._words.setSizePolicy(policy)
        self._words.setContentsMargins(10, 0, 10, 0)
        column.addWidget(self._words)
        self.say("")

    def hold_place(self, held: bool) -> None:
        """Whether the place stays free without words, so that nothing else moves when some come."""
        self._held = held
        self.setVisible(held or not self._words.isHidden())

    def say(self, words: str) -> None:
        """Say this."""
        if words:
            self._words.setText(words)
        self._words.setVisible(bool(words))
        role = self._role if words else "place"
        if self.property("role") != role:
            set_look(self, role=role)
            self._words.style().unpolish(self._words)
            self._words.style().polish(self._words)
        self.setVisible(self._held or bool(words))


def set_look(widget: QWidget, **properties: str) -> None:
    """Change role or tone; the stylesheet is applied again only when something changed."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def panel(role: str = "panel", spacing: int = 8, margin: int = 12) -> tuple[QFrame, QVBoxLayout]:
    """A framed surface with its column."""
    frame = QFrame()
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    column.setSpacing(spacing)
    column.setContentsMargins(margin, margin, margin, margin)
    return frame, column
