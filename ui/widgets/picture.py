"""A camera's picture, scaled to its place, with plate boxes and what is read in them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageReader, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mdt_app.domain.reads import Box
from ui.theme import DIMMED, Theme
from ui.widgets.plate_paint import paint_plate, text_width

_LARGE = 64 * 1024
"""A JPEG of so many bytes is decoded beside Qt's thread."""
_LOOK_MS = 15
VEIL, PLATE_VEIL = QColor(0, 0, 0, 120), QColor(0, 0, 0, 80)
"""Over a picture on a dimmed screen, where it would be the brightest thing; an alert's plate has to be read by eye."""
_BESIDE = ThreadPoolExecutor(1, "large pictures")


def paint_image(painter: QPainter, place: QRectF, image: QImage, theme: Theme, veil: QColor = VEIL) -> None:
    """Paint a camera's picture into its place, darker on a dimmed screen."""
    painter.drawImage(place, image)
    if theme.name == DIMMED:
        painter.fillRect(place, veil)


class Picture(QWidget):
    """Shows a JPEG. Boxes are in pixels of the picture that they were found in, of `frame` size."""

    def __init__(self, theme: Theme, title: str = "", empty: str = "", veil: QColor = VEIL) -> None:
        super().__init__()
        self._veil = veil
        self._theme, self._title, self._empty, self._note = theme, title, empty, ""
        self._jpeg, self._glance, self._image, self._size = b"", b"", QImage(), (1, 1)
        self._made_for, self._comes = QSize(), False
        self._whole: Future[QImage] | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._take_whole)
        self._boxes: Sequence[Box] = ()
        self._texts: Sequence[str] = ()
        self._frame: tuple[int, int] | None = None
        self._tone = "verified"
        self.setMinimumSize(80, 48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title or empty)
        # It paints all of its place: what lies beneath need not be painted first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_jpeg(
        self,
        jpeg: bytes,
        boxes: Sequence[Box] = (),
        texts: Sequence[str] = (),
        frame: tuple[int, int] | None = None,
        tone: str = "verified",
        glance: bytes = b"",
    ) -> None:
        """Show a picture; bytes that are no picture leave the place empty, which says so.

        `glance` is the same picture made small. It stands there at once, until a large one is decoded.
        """
        if jpeg is not self._jpeg:
            self._jpeg, self._glance, self._image, self._made_for = jpeg, glance, QImage(), QSize()
            self._comes, self._whole = False, None
        self._boxes, self._texts, self._frame, self._tone = boxes, texts, frame, tone
        self.update()

    def show_image(self, image: QImage, boxes: Sequence[Box], texts: Sequence[str], frame: tuple[int, int]) -> None:
        """Show a live picture that is decoded already."""
        self._jpeg, self._image, self._tone = b"", image, "verified"
        self._boxes, self._texts, self._frame = boxes, texts, frame
        self._comes, self._whole = False, None
        self.update()

    def say(self, words: str) -> None:
        """Say something over the picture, so that an old one is not taken for a live one."""
        self._note = words
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The picture in its own proportions, boxes above it, its title in the corner."""
        if self._jpeg and self._made_for != self._pixels():
            self._decode()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.color("ground"))
        if self._image.isNull():
            painter.setPen(self._theme.color("dim"))
            painter.setFont(self._theme.font(18))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._note or ("" if self._comes else self._empty))
        else:
            place = self._place()
            paint_image(painter, place, self._image, self._theme, self._veil)
            for number, box in enumerate(self._boxes):
                self._draw_box(painter, place, box, self._texts[number] if number < len(self._texts) else "")
            if self._note:
                self._draw_tag(painter, self._note, beneath=True)
        if self._title:
            self._draw_tag(painter, self._title)

    def _decode(self) -> None:
        """For a place of this size: a small picture at once, a large one beside Qt's thread, which it would hold."""
        self._made_for = self._pixels()
        if len(self._jpeg) < _LARGE:
            self._image, self._size = decode(self._jpeg, self._made_for)
            return
        reader, _buffer = _reader(self._jpeg)
        self._size = _size(reader)
        if self._image.isNull() and self._glance:
            self._image, _ = decode(self._glance)
        self._comes, self._whole = True, None
        self._look.start()

    def _take_whole(self) -> None:
        """Begin with the large picture once all is painted; when it is there it takes the glance's place.

        Of a broken one the glance stays, or the words that there is none.
        """
        if self._comes and self._whole is None:
            self._whole = _BESIDE.submit(lambda jpeg, place: decode(jpeg, place)[0], self._jpeg, self._made_for)
        elif self._whole is None or self._whole.done():
            self._look.stop()
            if self._whole is not None:
                self._image = self._image if self._whole.result().isNull() else self._whole.result()
            self._comes, self._whole = False, None
            self.update()

    def _pixels(self) -> QSize:
        return (QSizeF(self.size()) * self.devicePixelRatioF()).toSize()

    def _place(self) -> QRectF:
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        wide, high = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _draw_box(self, painter: QPainter, place: QRectF, box: Box, text: str) -> None:
        wide, high = self._frame or self._size
        sx, sy = place.width() / wide, place.height() / high
        spot = QRectF(place.left() + box.x * sx, place.top() + box.y * sy, box.w * sx, box.h * sy)
        spot.adjust(-3, -3, 3, 3)
        for tone, thick in (("ground", 7), (self._tone, 3)):  # the edge keeps it apart from a picture of its own color
            painter.setPen(QPen(self._theme.color(tone), self._theme.px(thick)))
            painter.drawRect(spot)
        if text:
            self._draw_plate(painter, QPointF(spot.left(), spot.top()), text)

    def _draw_plate(self, painter: QPainter, corner: QPointF, text: str) -> None:
        """A plate's text above the upper left corner of its box, or beneath it at the picture's upper edge."""
        font, px = self._theme.plate_font(22), self._theme.px
        wide, high = text_width(text, font) + px(12), px(32)
        left = max(0.0, min(corner.x(), self.width() - wide))
        ground = QRectF(left, max(0.0, corner.y() - high), wide, high)
        painter.fillRect(ground, self._theme.color("ground"))
        paint_plate(painter, text, font, ground.adjusted(px(6), 0, 0, 0), self._theme.color("text"))

    def _draw_tag(self, painter: QPainter, text: str, *, beneath: bool = False) -> None:
        """Words at the upper edge of the picture, or at its lower one; in lines as long as there is room."""
        font, edge = self._theme.font(18, bold=True), self._theme.px(8)
        room = QRectF(0, 0, self.width() - 2 * edge - 12, self.height())
        held = QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        top = max(0.0, self.height() - edge - held.height() - 4) if beneath else float(edge)
        ground = QRectF(edge, top, held.width() + 12, held.height() + 4)
        painter.fillRect(ground, self._theme.color("ground"))
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(ground.adjusted(6, 2, -5, -2), Qt.TextFlag.TextWordWrap, text)


def decode(jpeg: bytes, place: QSize | None = None) -> tuple[QImage, tuple[int, int]]:
    """The picture, no larger than fits `place` in pixels, and its own width and height. Broken bytes: an empty one.

    A JPEG is decoded small in a third of the time that it takes in full.
    """
    reader, _buffer = _reader(jpeg)
    size = reader.size()
    if place is not None and (size.width() > place.width() or size.height() > place.height()):
        reader.setScaledSize(size.scaled(place, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read(), _size(reader)


def _reader(jpeg: bytes) -> tuple[QImageReader, QBuffer]:
    """A reader of these bytes, with the buffer that has to outlive it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer), buffer


def _size(reader: QImageReader) -> tuple[int, int]:
    """The picture's own width and height, as its head says; 1 and 1 of broken bytes."""
    size = reader.size()
    return max(1, size.width()), max(1, size.height())
