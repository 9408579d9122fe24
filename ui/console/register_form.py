"""The form of a record, drawn from its register's description: a field a line, words over the whole width."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mdt_app.domain.registers import FieldKind
from mdt_app.sync.register_wire import FieldShape, RegisterShape
from ui.console.register_words import YES, said
from ui.widgets.text import label, set_look
from ui.words import translated

_WORDS_PX = 62
_COLUMNS = 2
HINTS: Mapping[FieldKind, str] = {
    FieldKind.DAY: "2026-12-31",
    FieldKind.TIME: "07:30",
    FieldKind.NUMBER: "0",
    FieldKind.PLACE: "41.4123, -73.3035",
    FieldKind.PEOPLE: "user ids, with commas",
    FieldKind.RECORDS: "ids of records, with commas",
}


class RecordForm(QScrollArea):
    """Holds what is typed until it is taken; what is wrong with it headquarters says in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields: dict[str, QWidget] = {}
        self._before: Mapping[str, str] = {}

    def show_record(self, shape: RegisterShape, values: Mapping[str, str], enabled: bool) -> None:
        """Draw the form anew, filled with a record's values."""
        self.fields, self._before = {}, values
        page = QWidget()
        page.setProperty("role", "inside")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        row, column = 0, 0
        for field in shape.fields:
            wide = field.kind is FieldKind.WORDS
            if wide and column:
                row, column = row + 2, 0
            self._place(grid, field, row, column, _COLUMNS if wide else 1, values.get(field.name, ""), enabled)
            column = 0 if wide or column else 1
            row += 0 if column else 2
        for number in range(_COLUMNS):
            grid.setColumnStretch(number, 1)
        box = QVBoxLayout(page)
        box.setContentsMargins(4, 4, 8, 4)
        box.addLayout(grid)
        box.addStretch(1)
        self.setWidget(page)

    def values(self) -> dict[str, str]:
        """What is on the form, by field."""
        return {name: _said(field) for name, field in self.fields.items()}

    def changes(self) -> dict[str, str]:
        """What differs from the record as it was shown."""
        return {name: said for name, said in self.values().items() if said != self._before.get(name, "")}

    def mark(self, names: tuple[str, ...]) -> None:
        """Show which fields an act still needs, and take the first of them in hand."""
        lacking = [name for name in names if not _said(self.fields[name])]
        for name, field in self.fields.items():
            set_look(field, tone="hit" if name in lacking else "")
        if lacking:
            self.fields[lacking[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.fields[lacking[0]])

    def take(self) -> None:
        """Put the keyboard into the first field."""
        if self.fields:
            next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(
        self, grid: QGridLayout, field: FieldShape, row: int, column: int, span: int, value: str, enabled: bool
    ) -> None:
        name = label(f"{field.words}{' *' if field.required else ''}", "part")
        made = _made(field, value)
        made.setAccessibleName(field.words)
        made.setEnabled(enabled and not field.made)
        name.setBuddy(made)
        grid.addWidget(name, row, column, 1, span)
        grid.addWidget(made, row + 1, column, 1, span)
        self.fields[field.name] = made


def _made(field: FieldShape, value: str) -> QWidget:
    if field.kind in (FieldKind.CHOICE, FieldKind.YES):
        box = QComboBox()
        box.addItem("▾", "")
        for choice in field.choices or YES:
            box.addItem(said(choice), choice)
        box.setCurrentIndex(max(0, box.findData(value)))
        return box
    if field.kind is FieldKind.WORDS:
        area = QPlainTextEdit(value)
        area.setTabChangesFocus(True)
        area.setFixedHeight(_WORDS_PX)
        area.setPlaceholderText(field.hint)
        return area
    line = QLineEdit(value)
    line.setCursorPosition(0)  # a long text shows its beginning
    several = ", ".join(field.choices) if field.kind is FieldKind.SEVERAL else ""
    line.setPlaceholderText(field.hint or several or translated(HINTS.get(field.kind, "")))
    return line


def _said(widget: QWidget) -> str:
    match widget:
        case QComboBox():
            return str(widget.currentData() or "")
        case QPlainTextEdit():
            return widget.toPlainText().strip()
        case QLineEdit():
            return widget.text().strip()
    return ""
