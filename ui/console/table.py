"""A table of the desk: rows of words, a filter, and the keyboard; plates are painted as plates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mdt_app.domain.plates import grouped
from ui.console.widths import fitted
from ui.theme import Theme
from ui.widgets.plate_paint import paint_plate
from ui.widgets.text import label

_ROW_PX = 28
_MEASURED = 100
"""So many rows say what a column wants."""
_PLATE_PX = 19
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words, its usual width in pixels (0: takes what is left), whether it holds plates or numbers.

    `whole`: its cells are never cut, whatever else has to give way.
    """

    words: str
    width: int = 0
    plate: bool = False
    number: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, its cells, and a token's name for a cell's color by its place."""

    key: str
    cells: tuple[str, ...]
    tones: tuple[tuple[int, str], ...] = ()


class _Rows(QAbstractTableModel):
    def __init__(self, theme: Theme, columns: Sequence[Column]) -> None:
        super().__init__()
        self._theme, self._columns = theme, tuple(columns)
        self.rows: tuple[Row, ...] = ()

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """As Qt asks."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, color, side, or the number that it sorts by."""
        row, column = self.rows[index.row()], self._columns[index.column()]
        text = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.color(dict(row.tones).get(index.column(), "text"))
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.UserRole:
                return f"{text:>12}" if column.number else text.casefold()
        return None

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' words."""
        if side is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].words
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Cells(QStyledItemDelegate):
    """Keeps a cell's color when its row is chosen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """As Qt says, with the cell's own color for the chosen row."""
        super().initStyleOption(option, index)
        color = index.data(Qt.ItemDataRole.ForegroundRole)
        option.palette.setColor(QPalette.ColorRole.HighlightedText, color)


class _PlateCells(_Cells):
    """Paints plates with a slashed zero, grouped as on the road."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's ground by the style, then the plate."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        place = QRectF(option.rect).adjusted(8, 0, 0, 0)
        painter.save()
        paint_plate(painter, grouped(text), self._theme.plate_font(_PLATE_PX), place, self._theme.color("text"))
        painter.restore()


class _View(QTableView):
    """Tells when there is more or less room for its columns."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As Qt says."""
        super().resizeEvent(event)
        self.resized.emit()


class DeskTable(QWidget):
    """`chosen` tells the key of the row that the cursor is on. The row stays chosen when rows come anew."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, columns: Sequence[Column], *, filtered: bool = True) -> None:
        super().__init__()
        self._rows, self._columns = _Rows(theme, columns), tuple(columns)
        self._widest = next((place for place, column in enumerate(columns) if not column.width), len(columns) - 1)
        self._wanted: list[int] = []
        self._fitting = self._drawn = False
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._rows)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setSortRole(Qt.ItemDataRole.UserRole)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter (Ctrl+F)"))
        self.filter.setAccessibleName(self.tr("Filter: %1").replace("%1", name))
        self.filter.textChanged.connect(self._shown.setFilterFixedString)
        if not filtered:
            self.filter.hide()
        self._count = label("", "label")
        self.view = self._made_view(theme, name, columns)
        head = QHBoxLayout()
        head.addWidget(label(name, "lead"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    @property
    def key(self) -> str:
        """The row that the cursor is on; empty when there is none."""
        index = self._shown.mapToSource(self.view.currentIndex())
        return self._rows.rows[index.row()].key if index.isValid() else ""

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows; the same ones change nothing."""
        if tuple(rows) == self._rows.rows:
            return
        kept, first = self.key, not self._rows.rows
        self.view.selectionModel().blockSignals(True)
        self._rows.put(rows)
        self.view.selectionModel().blockSignals(False)
        self._count.setText(str(len(rows)) if rows else self.tr("none"))
        self._measure()
        # What was in hand and is gone must not turn into another row: the next key would act on that.
        self.choose(rows[0].key if rows and first else kept)

    def choose(self, key: str) -> None:
        """Put the cursor on a row."""
        place = next((number for number, row in enumerate(self._rows.rows) if row.key == key), -1)
        index = self._shown.mapFromSource(self._rows.index(place, 0)) if place >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        self.chosen.emit(self.key)

    def showEvent(self, event: QShowEvent) -> None:
        """What headings and words need is known once the sheet has given them their type."""
        super().showEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Rows or their type have changed: what the columns want is looked at anew."""
        if self.isVisible():
            self._wanted = [self.view.sizeHintForColumn(place) for place in range(len(self._columns))]
            self._fit()

    def _fit(self) -> None:
        """Give the columns the room that there is, unless a person has drawn them as they are."""
        if self._drawn or not self._wanted:
            return
        head, room = self.view.horizontalHeader(), self.view.viewport().width()
        least = [head.sectionSizeHint(place) for place in range(head.count())]
        for place, column in enumerate(self._columns):
            kept = self._wanted[place] if column.whole else column.width if column.plate else 0
            least[place] = max(least[place], kept)
        widths = fitted(least, self._wanted, [column.width for column in self._columns], room)
        widths[self._widest] += max(0, room - sum(widths))
        self._fitting = True
        for place, width in enumerate(widths):
            head.resizeSection(place, width)
        self._fitting = False

    def _sorted(self, place: int, _: Qt.SortOrder) -> None:
        self.view.horizontalHeader().setSortIndicatorShown(place >= 0)
        self._fit()

    def _resized(self, *_: int) -> None:
        self._drawn = self._drawn or not self._fitting

    def _made_view(self, theme: Theme, name: str, columns: Sequence[Column]) -> QTableView:
        view = _View()
        view.setModel(self._shown)
        view.setAccessibleName(name)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setItemDelegate(_Cells(view))
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(_ROW_PX)
        view.setSortingEnabled(True)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.horizontalHeader().setSortIndicatorShown(False)  # every heading would keep room for it
        view.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        view.horizontalHeader().sectionResized.connect(self._resized)
        view.resized.connect(self._fit)
        for place, column in enumerate(columns):
            if column.plate:
                view.setItemDelegateForColumn(place, _PlateCells(theme, view))
        view.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.key))
        return view
