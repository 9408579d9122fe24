"""The end of a shift: reads, hits, misreads, camera health and what is still owed; then out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from mdt_app.domain.commands import SignOut
from mdt_app.domain.devices import DeviceHealth, DeviceKind
from mdt_app.domain.outcomes import NoStopReason
from ui.owed_words import owed_words
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.text import label, panel, set_look
from ui.words import DEVICE_STATES, translated

_MOST = 12


class ShiftEndScreen(Screen):
    """One line a figure. What is owed stays owed for the next sign-in, and says so here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(label(self.tr("This shift"), "title"))
        frame, inside = panel(margin=16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self._lines = [(label("", "fact", "dim"), label("", "lead", wrap=True)) for _ in range(_MOST)]
        for number, (name, words) in enumerate(self._lines):
            grid.addWidget(name, number, 0)
            grid.addWidget(words, number, 1)
        inside.addLayout(grid)
        inside.addStretch(1)
        column.addWidget(frame, 1)
        self._owed = label("", "lead", wrap=True)
        column.addWidget(self._owed)

    def refresh(self) -> None:
        """Show the figures as they are now."""
        rows = list(self._rows())[:_MOST]
        for number, pair in enumerate(self._lines):
            for part, words in zip(pair, rows[number] if number < len(rows) else ("", ""), strict=True):
                part.setText(words)
                part.setVisible(bool(words))
        owed = self.desk.model.owed()
        words = self.tr("■ Still owed: %1. It waits for your next sign-in.").replace("%1", owed_words(owed))
        self._owed.setText(words if owed.anything else self.tr("✓ Nothing is owed."))
        set_look(self._owed, tone="owed" if owed.anything else "verified")

    def acts(self) -> tuple[Act, ...]:
        """Back to patrol, or out."""
        out = self.tr("SIGN OUT")
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),
            Act("end", out, "Return", lambda: self.desk.send(SignOut()), "main", right=True, hint="Enter"),
        )

    def _rows(self) -> Iterator[tuple[str, str]]:
        model = self.desk.model
        hits = [card.hit for card in model.cards.values()]
        misread = sum(hit.reason is NoStopReason.MISREAD for hit in hits)
        stops = sum(hit.stop is not None for hit in hits)
        yield self.tr("Reads"), str(model.read_count)
        yield self.tr("Hits"), str(len(hits))
        yield self.tr("Misread"), self.tr("%1 of %2 hits").replace("%1", str(misread)).replace("%2", str(len(hits)))
        yield self.tr("Stops"), str(stops)
        waiting = self.tr("%1 records wait for headquarters").replace(
            "%1", str(model.link.pending if model.link else 0)
        )
        yield self.tr("Link"), waiting
        for camera in sorted((h for h in model.health.values() if h.kind is DeviceKind.CAMERA), key=_id):
            yield self.tr("Camera %1").replace("%1", camera.device_id), self._camera(camera)

    def _camera(self, camera: DeviceHealth) -> str:
        words = self.tr("%1 · %2 reads · %3 pictures, %4 skipped, %5 unreadable")
        reads = self.desk.model.reads_by_camera[camera.device_id]
        values = (translated(DEVICE_STATES[camera.state]), reads, camera.frames, camera.skipped, camera.unreadable)
        for number, value in enumerate(values, 1):
            words = words.replace(f"%{number}", f"{value:,}" if isinstance(value, int) else str(value))
        return words


def _id(camera: DeviceHealth) -> str:
    return camera.device_id
