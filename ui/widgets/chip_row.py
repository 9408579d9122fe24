"""One row of the status bar: as many chips, and as many words of each, as there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.widgets.chip import BRIEF, SHAPES, Chip, measured

_GAP = 8


class ChipRow(QHBoxLayout):
    """Says as much as there is room for.

    What is well goes into one chip, each by its name; at last the worst stand there and the others are counted. A chip
    that is `pinned` is never among those: what it says stands there in words as long as all the pinned have room.
    """

    def __init__(self, parent: QWidget, who: QLabel, more_key: str) -> None:
        super().__init__()
        self._who, self._more_key = who, more_key
        self._chips: list[Chip] = []
        self._together, self._more = Chip(parent), Chip(parent)
        self._fitted: tuple[object, ...] = ()
        self.setSpacing(_GAP)
        self.addWidget(who)
        self.addStretch(1)
        self._before_chips = self.count()
        for chip in (self._together, self._more):
            self.addWidget(chip)

    def hold(self, chips: Sequence[Chip]) -> None:
        """Put these chips there, in this order. One that goes is left hidden."""
        if list(chips) == self._chips:
            return
        for chip in self._chips:
            if chip not in chips:
                self.removeWidget(chip)
                chip.hide()
        self._chips = list(chips)
        for place, chip in enumerate(chips, self._before_chips):
            if self.indexOf(chip) != place:
                self.insertWidget(place, chip)

    def fit(self, room: int, long: str, short: str) -> None:
        """Fill so many pixels. `long` and `short` say who and when, where there is room for it."""
        chips = self._chips
        self._who.ensurePolished()
        fitted = (room, long, self._who.font().key(), *(chip.told for chip in chips))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        well = [chip for chip in chips if chip.well]
        self._name_together(well)
        apart = [*(chip for chip in chips if not chip.well), *([self._together] if well else [])]
        steps = ((long, chips), (long, chips), (long, chips), (long, apart), (short, apart), ("", apart))
        wanted = (self._wide(who, shown, step) for step, (who, shown) in enumerate(steps))
        step = next((number for number, wide in enumerate(wanted) if wide <= room), None)
        who, shown = self._crowded(room, short) if step is None else steps[step]
        self._who.setText(who)
        self._who.setVisible(bool(who))  # a row that holds nothing takes no height
        for chip in (*chips, self._together, self._more):
            chip.shorten(BRIEF if step is None else step)
            chip.setVisible(any(chip is one for one in shown))

    def _name_together(self, well: Iterable[Chip]) -> None:
        self._together.show_state(" · ".join(chip.short for chip in well), "", "verified")

    def _crowded(self, room: int, short: str) -> tuple[str, list[Chip]]:
        """The worst, and the time where that leaves room for it."""
        shown = self._worst(room)
        return short if self._wide(short, shown, BRIEF) <= room else "", shown

    def _worst(self, room: int) -> list[Chip]:
        """What is pinned, and as many others as fit, the worst first, with one that counts those that do not.

        That one is as bad as the worst of them.
        """
        pinned = [chip for chip in self._chips if chip.pinned]
        for held in (pinned, []):
            always = self._always(held)
            others = [chip for chip in self._chips if chip not in held]
            ranked = sorted(others, key=lambda chip: list(SHAPES).index(chip.tone), reverse=True)
            for count in range(len(ranked) - 1, -1, -1):
                words = QCoreApplication.translate("status", "more · %1").replace("%1", self._more_key)
                self._more.show_state(f"+{len(ranked) - count}", words, ranked[count].tone)
                shown = [*ranked[:count], self._more, *always]
                if self._wide("", shown, BRIEF) <= room:
                    return shown
        return [self._more]

    def _always(self, pinned: Sequence[Chip]) -> list[Chip]:
        """What stands there for the pinned: each that is not well, and those that are well in one."""
        well = [chip for chip in pinned if chip.well]
        self._name_together(well)
        return [*(chip for chip in pinned if not chip.well), *([self._together] if well else [])]

    def _wide(self, who: str, chips: Sequence[Chip], step: int) -> int:
        parts = [measured(self._who, who), *(chip.wide(step) for chip in chips)]
        return sum(parts) + self.spacing() * len(parts)
