"""A plot to look at: a view with an axis at its left and one beneath it; no mouse, no menu, no buttons, no keyboard."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsGridLayout

from ui.theme import Theme

_LABEL_HALF = 9
"""Above the axis stands half of its highest number."""


class Plot(pg.GraphicsView):  # type: ignore[misc] # pyqtgraph ships no types
    """Made of pyqtgraph's own parts. Its PlotWidget brings menus and forms that nobody sees, at 15 ms each."""

    def __init__(self, axis: type[pg.AxisItem] = pg.AxisItem) -> None:
        super().__init__(background=None)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False)
        whole = pg.GraphicsWidget()
        grid = QGraphicsGridLayout()
        grid.setContentsMargins(1, _LABEL_HALF, 1, 1)
        grid.setSpacing(0)
        grid.addItem(self.view, 0, 1)
        self.axes = {"left": axis("left"), "bottom": axis("bottom")}
        for side, place in (("left", (0, 0)), ("bottom", (1, 1))):
            drawn = self.axes[side]
            drawn.linkToView(self.view)
            drawn.setZValue(0.5)
            drawn.setFlag(drawn.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            grid.addItem(drawn, *place)
        grid.setRowStretchFactor(0, 100)
        grid.setColumnStretchFactor(1, 100)
        whole.setLayout(grid)
        self.setCentralItem(whole)

    def add(self, item: Any) -> None:
        """Draw an item in the view."""
        self.view.addItem(item)

    def dress(self, theme: Theme) -> None:
        """Give the axes the theme's colors and type."""
        for axis in self.axes.values():
            axis.setTextPen(theme.color("dim"))
            axis.setPen(theme.color("line"))
            axis.setStyle(tickFont=theme.font(16))
        self.resetCachedContent()  # the ground behind the view is the sheet's
        self.viewport().update()
