"""The reel of reads: crop, plate, state, confidence, camera and time, the newest on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mdt_app.domain.notices import ReadSeen
from mdt_app.domain.plates import grouped
from mdt_app.domain.reads import Read
from ui.context import Codes
from ui.model import READS_KEPT
from ui.theme import Theme
from ui.widgets.picture import paint_image
from ui.widgets.plate_paint import cells, paint_character, text_width
from ui.widgets.plate_text import weak_marks
from ui.widgets.text import label
from ui.widgets.touch_scroll import drag_to_scroll
from ui.words import clock

_ROW, _TINT = 72, 36
_GATHER_MS = 60
"""Reads of so short a time come on the list together: each change of it lays all rows out anew."""
_PAINTED = 48
"""How many painted rows are kept: some screens full."""
_READ_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class ReelModel(QAbstractListModel):
    """The last reads, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._reads: list[ReadSeen] = []
        self._images: dict[str, QImage] = {}

    def add(self, newest: Sequence[ReadSeen]) -> None:
        """Put reads on top, the newest first, and let the oldest go."""
        self.beginInsertRows(QModelIndex(), 0, len(newest) - 1)
        self._reads[:0] = newest
        self.endInsertRows()
        if len(self._reads) > READS_KEPT:
            self.beginRemoveRows(QModelIndex(), READS_KEPT, len(self._reads) - 1)
            for seen in self._reads[READS_KEPT:]:
                self._images.pop(seen.read.read_id, None)
            del self._reads[READS_KEPT:]
            self.endRemoveRows()

    def clear(self) -> None:
        """Begin a new shift."""
        self.beginResetModel()
        self._reads.clear()
        self._images.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many reads are kept."""
        return 0 if parent is not None and parent.isValid() else len(self._reads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The read with its picture, and its words for screen readers."""
        seen = self._reads[index.row()]
        if role == _READ_ROLE:
            return seen, self._image(seen)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return grouped(seen.read.raw_text)
        return None

    def _image(self, seen: ReadSeen) -> QImage:
        """The crop, decoded when it is first painted: most reads of a busy road are never looked at."""
        held = self._images.get(seen.read.read_id)
        if held is None:
            held = self._images[seen.read.read_id] = QImage.fromData(seen.crop)
        return held


Beside = Callable[[Read], tuple[str, str]]
"""What stands at the right of a read, above and below."""


def _camera_and_time(read: Read) -> tuple[str, str]:
    return read.camera_id, clock(read.captured_at)


class _Painter(QStyledItemDelegate):
    """Paints one row; once, because every new read moves all the rows that are in sight."""

    def __init__(self, theme: Theme, codes: Codes, beside: Beside) -> None:
        super().__init__()
        self._theme, self._codes, self._beside = theme, codes, beside
        self._look: tuple[object, ...] = ()
        self._painted: dict[str, QImage] = {}

    def forget(self) -> None:
        """Let the painted rows go."""
        self._painted.clear()

    def sizeHint(self, _: QStyleOptionViewItem, __: _Index) -> QSize:
        """All rows are alike."""
        return QSize(self._theme.px(200), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Crop at the left, plate and state in the middle, camera and time at the right."""
        place: QRect = option.rect
        ratio = painter.device().devicePixelRatioF()
        look = (self._theme.name, self._theme.scale, place.size(), ratio)
        if look != self._look:
            self._look = look
            self._painted.clear()
        seen, image = index.data(_READ_ROLE)
        read_id = seen.read.read_id
        if read_id not in self._painted:
            if len(self._painted) >= _PAINTED:
                del self._painted[next(iter(self._painted))]
            self._painted[read_id] = self._row(seen, image, place.size(), ratio)
        painter.drawImage(place.topLeft(), self._painted[read_id])
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.color("act"), self._theme.px(3)))
            painter.drawRect(place.adjusted(2, 2, -3, -3))

    def _row(self, seen: ReadSeen, image: QImage, size: QSize, ratio: float) -> QImage:
        painted = QImage(size * ratio, QImage.Format.Format_RGB32)
        painted.setDevicePixelRatio(ratio)
        painted.fill(self._theme.color("surface"))
        painter, row = QPainter(painted), QRect(QPoint(), size)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self._theme.color("line"))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        if seen.hit_id:
            tint = self._theme.color("hit")
            tint.setAlpha(_TINT)
            painter.fillRect(row, tint)
            painter.fillRect(row.left(), row.top(), self._theme.px(6), row.height(), self._theme.color("hit"))
        self._crop(painter, row, image)
        self._words(painter, row, seen.read, bool(seen.hit_id))
        painter.end()
        return painted

    def _crop(self, painter: QPainter, row: QRect, image: QImage) -> None:
        place = QRectF(
            row.left() + self._theme.px(12), row.top() + self._theme.px(8), self._theme.px(112), row.height()
        )
        place.setHeight(row.height() - self._theme.px(16))
        if not image.isNull():
            scale = min(place.width() / image.width(), place.height() / image.height())
            wide, high = image.width() * scale, image.height() * scale
            place = QRectF(place.center().x() - wide / 2, place.center().y() - high / 2, wide, high)
            paint_image(painter, place, image, self._theme)

    def _words(self, painter: QPainter, row: QRect, read: Read, hit: bool) -> None:
        px = self._theme.px
        left = row.left() + px(136)
        upper = QRect(left, row.top() + px(4), row.right() - left - px(12), px(36))
        lower = QRect(left, row.top() + px(40), row.right() - left - px(12), px(26))
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        wide = self._plate(painter, read, upper)
        if hit:
            beside = upper.adjusted(round(wide) + px(12), 0, 0, 0)
            painter.setPen(self._theme.color("hit"))
            painter.setFont(self._theme.font(16, bold=True))
            painter.drawText(beside, near | middle, self.tr("▲ HIT"))
        painter.setFont(self._theme.font(16))
        painter.setPen(self._theme.color("dim"))
        above, below = self._beside(read)
        letters, cut = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        painter.drawText(upper, far | middle, letters.elidedText(above, cut, upper.width() - round(wide) - px(24)))
        painter.drawText(lower, far | middle, below)
        painter.setPen(self._theme.color("dim" if read.state and not read.out_of_service else "owed"))
        room = lower.width() - letters.horizontalAdvance(below) - px(8)
        said = letters.elidedText(self._second_line(read), cut, room)
        painter.drawText(lower, near | middle, said)

    def _plate(self, painter: QPainter, read: Read, place: QRect) -> float:
        """The plate, its weak characters underlined; returns its width."""
        plate, font = grouped(read.raw_text), self._theme.plate_font(28)
        weak = weak_marks(plate, read.characters)
        rule = QPen(self._theme.color("owed"), self._theme.px(3))
        for number, (character, cell) in enumerate(cells(plate, font, QPointF(place.topLeft()), place.height())):
            paint_character(painter, character, font, cell, self._theme.color("text"))
            if number in weak:
                painter.setPen(rule)
                painter.drawLine(cell.bottomLeft() + QPointF(2, 0), cell.bottomRight() - QPointF(2, 0))
        return text_width(plate, font)

    def _second_line(self, read: Read) -> str:
        if read.out_of_service:
            return self.tr("out of service: no alert")
        state = self._codes.state_name(read.state) if read.state else self.tr("state unknown")
        return state if read.confidence is None else f"{state} · {read.confidence:.2f}"


class Reel(QWidget):
    """The list, its count, and 'Go live' once it was scrolled away from the newest."""

    def __init__(self, theme: Theme, codes: Codes, *, counted: bool = True, beside: Beside | None = None) -> None:
        super().__init__()
        self.model, self._count = ReelModel(), 0
        self._waiting: list[ReadSeen] = []
        self._gather = QTimer(self, interval=_GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self._put)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._title = label("", "label")
        self._list = QListView()
        self._list.setModel(self.model)
        self.setFocusProxy(self._list)
        self._painter = _Painter(theme, codes, beside or _camera_and_time)
        self._list.setItemDelegate(self._painter)
        self._list.setUniformItemSizes(True)
        drag_to_scroll(self._list)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Reads"))
        self._live = QPushButton(self.tr("Go live"))
        self._live.clicked.connect(self._list.scrollToTop)
        self._live.hide()
        self._list.verticalScrollBar().valueChanged.connect(lambda value: self._live.setVisible(value > 0))
        for part in (self._title, self._list, self._live):
            column.addWidget(part)
        if not counted:
            self._title.hide()
        self._show_count()

    def add(self, seen: ReadSeen) -> None:
        """Put a read on top, together with those of the same moment."""
        self._waiting.append(seen)
        if not self._gather.isActive():
            self._gather.start()

    @property
    def chosen(self) -> ReadSeen | None:
        """The read that the cursor is on; none where there is no cursor."""
        index = self._list.currentIndex()
        held = index.data(_READ_ROLE) if index.isValid() else None
        return held[0] if held else None

    def show_all(self, newest: Sequence[ReadSeen]) -> None:
        """Show these alone, the newest first."""
        self.clear()
        self._waiting = list(newest[::-1])
        self._put()

    def _put(self) -> None:
        """Show what has come. A list that was scrolled stays where it is."""
        newest = self._waiting[::-1]
        self._waiting.clear()
        if not newest:
            return
        live = self._list.verticalScrollBar().value() == 0
        # Only where somebody looks back: asking for a place has the whole list laid out.
        top = QPersistentModelIndex() if live else QPersistentModelIndex(self._list.indexAt(QPoint(0, 0)))
        self.model.add(newest)
        self._count += len(newest)
        self._show_count()
        if not live:
            self._list.scrollTo(self.model.index(top.row()), QListView.ScrollHint.PositionAtTop)

    def clear(self) -> None:
        """Begin a new shift."""
        self._gather.stop()
        self._waiting.clear()
        self._painter.forget()
        self.model.clear()
        self._count = 0
        self._show_count()

    def _show_count(self) -> None:
        self._title.setText(self.tr("Reads · %1 this shift").replace("%1", str(self._count)))
