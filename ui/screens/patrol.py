"""Patrol: live pictures, the reel of reads, reads a minute and camera health, and what is owed."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import LockScreen
from mdt_app.domain.devices import CameraFrame, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.notices import HealthChanged, ReadSeen, SignedOut
from mdt_app.domain.plates import grouped
from mdt_app.domain.sound import MUTE_MINUTES, MuteSound
from ui.owed_words import owed_by_stop, owed_words, place_of
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.chip import SHAPES
from ui.widgets.elsewhere import MARK
from ui.widgets.health_plot import HealthPlot
from ui.widgets.picture import Picture
from ui.widgets.plate_text import PlateText
from ui.widgets.rate_plot import RatePlot
from ui.widgets.reel import Reel
from ui.widgets.text import label, panel, set_look
from ui.words import DEVICE_STATES, translated

_PLOT_HIGH, _STACKED = 150, 2
_GONE = (DeviceState.ENDED, DeviceState.FAULT, DeviceState.SILENT, DeviceState.STOPPED)


class PatrolScreen(Screen):
    """What stands before the officer all shift; quiet until it matters."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pictures: dict[str, Picture] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addLayout(self._left(), 3)
        row.addLayout(self._right(), 2)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        frame, inside = panel(margin=8)
        self._cameras = QGridLayout()
        self._cameras.setSpacing(8)
        self._none = Picture(self.desk.theme, empty=self.tr("Waiting for the cameras ..."))
        self._cameras.addWidget(self._none, 0, 0)
        inside.addLayout(self._cameras)
        column.addWidget(frame, 4)
        self._plot_frame, plot_column = panel(margin=8)
        self._plot, self._health = RatePlot(self.desk.theme), HealthPlot(self.desk.theme)
        plots = QHBoxLayout()
        plots.setSpacing(12)
        plots.addWidget(self._plot, 3)
        plots.addWidget(self._health, 2)
        plot_column.addLayout(plots)
        column.addWidget(self._plot_frame, 1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        frame, inside = panel(margin=8)
        self.reel = Reel(self.desk.theme, self.desk.context.codes)
        inside.addWidget(self.reel)
        column.addWidget(frame, 4)
        self._owed_frame, owed = panel()
        self._owed, self._owed_what = label("", "head"), label("", wrap=True)
        self._owed_plate = PlateText(self.desk.theme, 40)
        for part in (self._owed, self._owed_plate, self._owed_what):
            owed.addWidget(part)
        owed.addStretch(1)
        column.addWidget(self._owed_frame)
        return column

    def hear(self, notice: object) -> None:
        """A read joins the reel; a camera that is lost says so in its place."""
        if isinstance(notice, ReadSeen):
            self.reel.add(notice)
            self._plot.count(notice.read.camera_id)
        elif isinstance(notice, HealthChanged) and notice.health.kind is DeviceKind.CAMERA:
            self._health.hear(notice.health)
            self._show_health(notice.health)
        elif isinstance(notice, SignedOut):
            self.reel.clear()

    def show_frame(self, frame: CameraFrame, image: QImage) -> None:
        """Show a camera's newest picture."""
        texts = tuple(grouped(text) for text in frame.texts)
        self._picture(frame.camera_id).show_image(image, frame.boxes, texts, (frame.width, frame.height))

    def refresh(self) -> None:
        """What is owed, and the plot."""
        waiting, owed = self.desk.model.waiting(), self.desk.model.owed()
        cards = waiting or self.desk.model.unsettled()
        self._owed_plate.setVisible(bool(cards))
        if cards:
            words = self.tr("■ Owed: %1").replace("%1", owed_words(owed))
            self._owed.setText(words if owed.anything else self.tr("▲ Not recorded"))
            self._show_first(cards[0].hit)
        else:
            self._owed.setText(self.tr("Nothing owed"))
            self._owed_what.setText(self.tr("Every hit of this shift is answered."))
        set_look(self._owed, tone="owed" if cards else "dim")
        set_look(self._owed_frame, role="owed" if cards else "panel")
        self._plot_frame.setMaximumHeight(self.desk.theme.px(_PLOT_HIGH))
        self._plot.redraw()
        self._health.redraw()

    def acts(self) -> tuple[Act, ...]:
        """Hits, the alerts' profile, the look, what is owed, and the end of the shift."""
        hits = self.tr("Hits %1").replace("%1", str(len(self.desk.model.cards)))
        profile = (Act("profile", self.tr("Alerts"), "A", lambda: self.desk.go("profile", ""), "quiet"),)
        owed = (Act("owed", self.tr("OWED ..."), "W", self._open_owed, "owed", right=True),)
        first = (Act("open", self.tr("OPEN IT"), "O", self._open_first, "main", right=True),)
        return (
            Act("hits", hits, "H", lambda: self.desk.go("hits", "")),
            *(profile if self.desk.context.policy.alert_schedule else ()),
            Act("equipment", self.tr("Equipment"), "E", lambda: self.desk.go("equipment", ""), "quiet"),
            Act("search", self.tr("Search"), "S", lambda: self.desk.go("search", "")),
            self._map(),
            self._requests(),
            Act("theme", self.tr("Theme"), "T", self._next_theme, "quiet"),
            self._mute(),
            Act("lock", self.tr("Lock"), "L", lambda: self.desk.send(LockScreen()), "quiet", right=True),
            Act("sign-out", self.tr("End shift"), "Ctrl+Q", lambda: self.desk.go("end", ""), "quiet", right=True),
            *(owed if self.desk.model.unsettled() else ()),
            *(first if self.desk.model.waiting() else ()),
        )

    def _map(self) -> Act:
        """The map; it stands out while other cars have stopped under exigent circumstances."""
        stops = len(self.desk.model.elsewhere)
        words = self.tr("Map") + (f" {MARK} {stops}" if stops else "")
        return Act("map", words, "M", lambda: self.desk.go("map", ""), "owed" if stops else "")

    def _requests(self) -> Act:
        news = self.desk.model.unseen_requests(self.desk.context.now())
        words = self.tr("Requests") + (f" {SHAPES['owed']} {news}" if news else "")
        return Act("requests", words, "R", lambda: self.desk.go("request", ""), "owed" if news else "quiet")

    def _mute(self) -> Act:
        if self.desk.model.muted_for():
            return Act("mute", self.tr("Sound on"), "U", lambda: self.desk.send(MuteSound(0)), "owed", right=True)
        mute, beneath = self.tr("Mute"), f"U · {MUTE_MINUTES} min"
        return Act(
            "mute", mute, "U", lambda: self.desk.send(MuteSound(MUTE_MINUTES)), "quiet", right=True, hint=beneath
        )

    def _show_first(self, hit: Hit) -> None:
        """The first of what is owed, by its plate."""
        state = self.desk.context.codes.state_name(hit.match.entry.state)
        self._owed_plate.show_plate(hit.match.entry.plate)
        what = " · ".join(owed_by_stop(hit)) or translated(hit.row.words, "alerts")
        self._owed_what.setText(f"{what} · {state}")
        set_look(self._owed_what, tone="hit" if hit.stop is not None and hit.stop.fell else "")

    def _open_first(self) -> None:
        waiting = self.desk.model.waiting()
        if waiting:
            self.desk.go("alert", waiting[0].hit.hit_id)

    def _open_owed(self) -> None:
        unsettled = self.desk.model.unsettled()
        if unsettled:
            self.desk.go(place_of(unsettled[0].hit), unsettled[0].hit.hit_id)

    def _next_theme(self) -> None:
        self.desk.theme.next()
        self.desk.changed()

    def _picture(self, camera_id: str) -> Picture:
        if camera_id not in self._pictures:
            self._none.hide()
            picture = Picture(self.desk.theme, self.tr("Camera %1").replace("%1", camera_id))
            self._pictures[camera_id] = picture
            self._arrange()
            # A camera can be gone before its last picture is shown for the first time.
            if (health := self.desk.model.health.get(camera_id)) is not None:
                self._show_health(health)
        return self._pictures[camera_id]

    def _arrange(self) -> None:
        """Up to two cameras stand one above the other, more in two columns."""
        columns = 1 if len(self._pictures) <= _STACKED else 2
        for number, camera_id in enumerate(sorted(self._pictures)):
            self._cameras.addWidget(self._pictures[camera_id], number // columns, number % columns)

    def _show_health(self, health: DeviceHealth) -> None:
        words = f"{translated(DEVICE_STATES[health.state])}. {translated(health.detail, 'devices')}"
        if health.state in _GONE:
            self._picture(health.device_id).say(words)  # also one that never gave a picture: its place says why
        elif health.device_id in self._pictures:
            self._pictures[health.device_id].say("")
        else:
            self._none.say(self.tr("Camera %1: ").replace("%1", health.device_id) + words)
