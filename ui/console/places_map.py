"""The records of a register that have a place, on the agency's map file or a plain grid; one of them in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mdt_app.domain.registers import FieldKind, place_of
from mdt_app.sync.register_wire import RegisterRecord, RegisterShape
from ui.console.screen import Console
from ui.shift_map import FEET_A_MILE, Place, ShiftMap, in_us_units
from ui.widgets.acts import Act
from ui.widgets.map_plot import OPACITY, MapPlot
from ui.widgets.map_tiles import MapTiles
from ui.widgets.text import label, panel

_LEAST_FT, _ROOM, _ZOOM = 2 * FEET_A_MILE, 1.3, 2.0
_NAMED_MOST = 60
_GONE = frozenset({"removed", "ended"})
"""States whose records are nowhere any more."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A record at its place; an open one still wants something."""

    key: str
    name: str
    state: str
    open: bool
    at: Place


def place_field(shape: RegisterShape) -> str:
    """The field of a register that holds a place; '' where none does."""
    return next((field.name for field in shape.fields if field.kind is FieldKind.PLACE), "")


class PlacesMap(QWidget):
    """Arrows step from one to the next; `leave` brings the list back, `work` opens the one in hand."""

    def __init__(self, console: Console, leave: Callable[[], None], work: Callable[[str], None]) -> None:
        super().__init__()
        self._console, self._leave, self._work = console, leave, work
        self._spots: list[_Spot] = []
        self._wide, self._chosen, self._places = float(_LEAST_FT), 0, ShiftMap()
        self.names: list[pg.TextItem] = []
        self.head, self.legend, self._scale = label("", "lead"), label("", "label", wrap=True), label("", "label")
        self.plot = MapPlot(self.tr("Map of the places on record"))
        self.tiles = MapTiles(self.plot.view, console.tiles) if console.tiles else None
        self._ring = pg.ScatterPlotItem(size=26, symbol="o")
        self._marks = pg.ScatterPlotItem(size=14)
        for item in (self._ring, self._marks):
            self.plot.add(item)
        self._build()

    def show_records(self, shape: RegisterShape, records: Sequence[RegisterRecord], chosen: str) -> None:
        """Draw a register's records, `chosen` in hand if it has a place."""
        field, states = place_field(shape), {state.name: state for state in shape.states}
        self._places, self._spots = ShiftMap(), []
        nowhere = []
        for record in (one for one in records if one.state not in _GONE):
            name, state = record.values.get(shape.title, ""), states[record.state]
            if found := place_of(record.values.get(field, "")):
                at = self._places.feet(*found)
                self._spots.append(_Spot(record.record_id, name, state.words, state.open, at))
            else:
                nowhere.append(name)
        self._chosen = next((number for number, spot in enumerate(self._spots) if spot.key == chosen), 0)
        self._say(nowhere)
        self._wide, middle = self._all()
        self._draw(middle)

    def acts(self) -> tuple[Act, ...]:
        """The way back, how near, and the record in hand."""
        work = Act("work", self.tr("Open record"), "Return", self._open, "main", right=True)
        return (
            Act("back", self.tr("Back"), "Esc", self._leave),
            Act("nearer", self.tr("Nearer"), "+", lambda: self._zoom(1 / _ZOOM)),
            Act("farther", self.tr("Farther"), "-", lambda: self._zoom(_ZOOM)),
            *((work,) if self._spots else ()),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows take the next record in hand."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._spots:
            super().keyPressEvent(event)
            return
        self._chosen = (self._chosen + step) % len(self._spots)
        self._draw(self._spots[self._chosen].at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The view keeps its middle."""
        super().resizeEvent(event)
        if self._spots:
            self._draw(self._all()[1])

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        row.addWidget(self._scale)
        frame, inside = panel(margin=4)
        inside.addWidget(self.plot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(frame, 1)
        column.addWidget(self.legend)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _say(self, nowhere: list[str]) -> None:
        counts = Counter((spot.open, spot.state) for spot in self._spots)
        told = [f"{'■' if still else '●'} {words}: {count}" for (still, words), count in sorted(counts.items())]
        if nowhere:
            without = self.tr("without a place: %1 (%2)").replace("%1", str(len(nowhere)))
            told.append(without.replace("%2", ", ".join(nowhere[:_NAMED_MOST])))
        self.legend.setText("   ".join(told) or self.tr("None of these records has a place."))

    def _all(self) -> tuple[float, Place]:
        """How wide the view has to be for all of them, and its middle."""
        if not self._spots:
            return float(_LEAST_FT), (0.0, 0.0)
        easts, norths = ([spot.at[axis] for spot in self._spots] for axis in (0, 1))
        span = max(max(easts) - min(easts), (max(norths) - min(norths)) * self._shape())
        return max(_LEAST_FT, span * _ROOM), ((max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2)

    def _shape(self) -> float:
        return float(max(1, self.plot.width()) / max(1, self.plot.height()))

    def _draw(self, middle: Place) -> None:
        theme = self._console.theme
        self.plot.look_at(middle, self._wide)
        self.plot.dress(theme)
        if self.tiles:
            self.tiles.show(self._places, OPACITY.get(theme.name, 1.0))
        colors = [theme.color("owed" if spot.open else "act") for spot in self._spots]
        symbols = ["s" if spot.open else "o" for spot in self._spots]
        points = [spot.at for spot in self._spots]
        self._marks.setData(pos=points, symbol=symbols, brush=list(map(pg.mkBrush, colors)), pen=None)
        self._ring.setData(
            pos=points[self._chosen : self._chosen + 1], brush=None, pen=pg.mkPen(theme.color("text"), width=3)
        )
        self._name_all()
        held = self.tr("agency's map") if self.tiles else self.tr("no map file: grid")
        if self.tiles and self.tiles.fault:
            held = self.tiles.fault
        self._scale.setText(self.tr("%1 wide · %2").replace("%1", in_us_units(self._wide)).replace("%2", held))
        self._show_chosen()

    def _show_chosen(self) -> None:
        spot = self._spots[self._chosen] if self._spots else None
        if spot is None:
            self.head.setText(self.tr("No record has a place yet."))
            return
        lat, lon = self._places.degrees(*spot.at)
        self.head.setText(f"{'■' if spot.open else '●'} {spot.name} · {spot.state} · {lat:.5f}, {lon:.5f}")

    def _name_all(self) -> None:
        for name in self.names:
            self.plot.view.removeItem(name)
        shown = self._spots if len(self._spots) <= _NAMED_MOST else self._spots[self._chosen : self._chosen + 1]
        self.names = list(map(self._name, shown))

    def _name(self, spot: _Spot) -> pg.TextItem:
        theme = self._console.theme
        name = pg.TextItem(spot.name, anchor=(0.5, 1.5), color=theme.color("text"))
        name.setFont(theme.font(14, bold=True))
        name.fill = pg.mkBrush(theme.color("surface"))
        name.setPos(*spot.at)
        self.plot.add(name)
        return name

    def _zoom(self, factor: float) -> None:
        self._wide = min(max(500.0, self._wide * factor), 500.0 * FEET_A_MILE)
        self._draw(self._spots[self._chosen].at if self._spots else (0.0, 0.0))

    def _open(self) -> None:
        self._work(self._spots[self._chosen].key)
