"""The one window: status bar above, a screen in the middle, acts below; a hit takes the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from mdt_app.domain import notices as n
from mdt_app.domain.commands import Command, LockScreen
from mdt_app.domain.equipment import SPEAKER
from ui.ahead import draw_unseen, laid_out
from ui.arrivals import Arrivals
from ui.bridge import Bridge
from ui.context import ScreenContext
from ui.dead_time import DeadTime
from ui.garbage import collect_in_qt_thread
from ui.idle import IdleLock
from ui.language import CodesInWords
from ui.model import ShiftModel
from ui.screen_stack import ScreenStack
from ui.screens.catalog import ALWAYS, COVERS, ENGAGED, FOR_ALERTS, READING, TICKING, load_screens, screen_makers
from ui.screens.driving import SpeedLock
from ui.screens.prove import ProveScreen
from ui.screens.screen import Desk, Screen
from ui.statements import Ask
from ui.theme import BASE_SIZE, DIM_KEY, REACH, Pixels, Theme
from ui.turns import give_way_to_qt
from ui.widgets.acts import Act, ActBar
from ui.widgets.key import nearest_key
from ui.widgets.status_bar import StatusBar
from ui.widgets.text import Line
from ui.widgets.training_line import TrainingEdge, TrainingLine
from ui.words import filled, translated

if TYPE_CHECKING:
    from ui.screens.alert import AlertScreen
    from ui.screens.patrol import PatrolScreen
    from ui.screens.statement import StatementScreen
    from ui.screens.typing import TypingScreen

LEAST_SIZE = (800, 500)
_TICK_MS = 1000
_KEEP_MS = 250
"""At most so much typing is lost in a crash."""
_AFTER_PAINTING = (n.HitComing, n.HitRaised, n.HealthChanged)
"""After these the alert is painted first, and what stands around it is brought up to date at once after that."""
_PAINTED_MS = 15
_LETTERS_APART_MS = 2500
"""A name in a list of choices is typed in gloves, between looks at the road: a later letter begins another name."""


class MainWindow(QWidget):
    """Shows the car's application. It decides nothing: it shows notices and sends commands.

    Without `whole` it begins with the sign-in alone, and hears once `furnish` was called. `size`: as it will be shown.
    """

    def __init__(self, bridge: Bridge, context: ScreenContext, *, whole: bool = True, size: Pixels = BASE_SIZE) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Patrol MDT, TRAINING") if context.training else "Patrol MDT")
        self.bridge, self.context = bridge, replace(context, codes=CodesInWords(context.codes))
        self.theme, self.model = Theme(context.theme), ShiftModel(timedelta(minutes=context.policy.repeat_minutes))
        self.model.pieces = (*(piece.equipment_id for piece in context.equipment.pieces), SPEAKER)
        self.model.check_every = timedelta(hours=context.policy.reviews.equipment_hours.value)
        self.desk = Desk(
            self.context, self.theme, self.model, self._send, self.go, self.ask, self._restyle, self._refresh
        )
        self.front, self._covered = "sign-in", list[str]()
        self.speed = SpeedLock(context.policy.driving.reading_lock_mph.value)
        self._prove = ProveScreen(self.desk, self._uncover)
        makers = screen_makers(self.desk, self._uncover)
        self.screens = ScreenStack({**makers, "prove": lambda: self._prove})
        self._arrivals = Arrivals(self)
        self._untold: list[object] | None = []
        self._build()
        bridge.notice.connect(self._hear)
        bridge.frame.connect(self._show_frame)
        bridge.core_silent.connect(self._core_silent)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self._later = QTimer(self, interval=_PAINTED_MS, singleShot=True)
        self._later.timeout.connect(self._refresh)
        self._keep = QTimer(self, interval=_KEEP_MS)
        self._keep.timeout.connect(self._keep_drafts)
        self._keep.start()
        QApplication.setKeyboardInputInterval(_LETTERS_APART_MS)
        collect_in_qt_thread(self)
        give_way_to_qt()
        rules = context.policy.sign_in
        idle_s = None if rules.vehicle_exempt.value else rules.idle_lock_minutes.value * 60
        self.idle = IdleLock(self, idle_s, self._lock_idle)
        self.resize(*size)
        self.theme.fit(self.width(), self.height())
        self._restyle()
        self.go("sign-in", "")
        if whole:
            self.furnish()
        self._refresh()

    def furnish(self) -> None:
        """Make what hears all along, and hear what was told so far."""
        for name in ALWAYS:
            _ = self.screens[name]
        untold, self._untold = self._untold or (), None
        for notice in untold:
            self._hear(notice)

    def go(self, name: str, hit_id: str) -> None:
        """Bring a screen to the front, about a hit; 'name/page' turns it to that page.

        On the way to patrol a hit that nobody has looked at comes first.
        """
        unseen = self._arrivals.unseen() if name == "patrol" else ""
        if unseen:
            self.take_screen(unseen)
            return
        self._covered.clear()
        self._bring(name, hit_id)

    def _bring(self, name: str, hit_id: str) -> None:
        self._turn(name, hit_id)
        self._refresh_acts()
        laid_out()

    def _turn(self, name: str, hit_id: str) -> None:
        """Show a screen; its acts come next."""
        self.front, _, page = name.partition("/")
        self._arrivals.came(self.front, hit_id)
        self.show_in_sight()
        self.screens[self.front].open(hit_id)
        if page:
            self.screens[self.front].turn_to(page)
        self._show_banner()

    def draw_ahead(self) -> None:
        """Draw what an alert leads through, so that the first alert is as quick as any. Before the window is shown.

        The other screens are made one by one after that.
        """
        load_screens()
        draw_unseen(self, self.screens, self.act_bar, FOR_ALERTS)
        self._refresh_acts()
        self.screens.make_ahead()

    @property
    def _in_sight(self) -> Screen:
        """The screen in front, or what stands for it while the car is too fast for reading."""
        locked = self.speed.shut and not {self.front, self.in_hand}.isdisjoint(READING)
        return self.screens["driving" if locked else self.front]

    @property
    def in_hand(self) -> str:
        """The screen that is worked on: the one in front, or the one beneath big keys or the list of parts."""
        return next(name for name in (self.front, *reversed(self._covered)) if name not in COVERS)

    def show_in_sight(self) -> None:
        """Show the screen in front, or what stands for it above the policy's speed."""
        self.screens.raise_to_top(self._in_sight)

    def ask(self, ask: Ask) -> None:
        """Have the officer's own words typed."""
        cast("StatementScreen", self.screens["statement"]).ask(ask)
        self.go("statement", ask.hit_id)

    def _send(self, command: Command) -> None:
        self._keep_drafts()
        self._prove.sent(command)
        self.bridge.send(command)

    def _keep_drafts(self) -> None:
        """Have what was typed kept; it goes before whatever is asked for next, so that nothing comes too late."""
        for draft in self.model.take_unkept():
            self.bridge.send(draft)

    def _cover(self, name: str) -> None:
        """Bring a screen to the front, and leave the one in hand beneath it as it stands."""
        if name == self.front:
            return
        self._covered.append(self.front)
        self._bring(name, self.screens[self.front].hit_id)

    def _uncover(self) -> None:
        """To the screen that was left, with all that was typed there."""
        self.front = self._covered.pop()
        self.show_in_sight()
        self._refresh()

    def _type(self) -> None:
        """Big keys for the fields of the screen in hand."""
        if cast("TypingScreen", self.screens["typing"]).take(self.screens[self.front]):
            self._cover("typing")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sizes follow the window."""
        super().resizeEvent(event)
        if self.theme.fit(self.width(), self.height()):
            self._restyle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch between keys goes to the nearest one: with its share of the gap a key is 15 mm or more."""
        super().mousePressEvent(event)
        self._dead.tried()
        key = nearest_key(self, event.position().toPoint(), self.theme.px(REACH))
        if key is not None:
            key.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody wants is typing that an alert has come into."""
        super().keyPressEvent(event)
        self._dead.tried()

    def _build(self) -> None:
        drill = self.context.training
        column, across, inner = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        for layout in (column, across, inner):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        # The window's size is the screen's; what it holds scales with it and must never push it wider.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*LEAST_SIZE)
        self._fault, self._banner = Line("fault"), Line("banner")
        self.training = TrainingLine(drill)
        self._status = StatusBar(self.context.unit)
        self._status.asked.connect(partial(self._cover, "parts"))
        _ = self.screens["sign-in"]
        self.screens.widget.turned.connect(self._watch_pictures)
        self.act_bar = ActBar(self)
        QShortcut(DIM_KEY, self, self._dim).setAutoRepeat(False)  # a held key must not flicker
        self._dead = DeadTime(self.act_bar, self.context.dead_ms)
        for part in (self._status, self._fault, self.screens.widget, self._banner, self.act_bar):
            inner.addWidget(part)
        inner.setStretchFactor(self.screens.widget, 1)
        self._edges = left, right, below = [TrainingEdge(drill, upright=upright) for upright in (True, True, False)]
        across.addWidget(left)
        across.addLayout(inner, 1)
        across.addWidget(right)
        column.addWidget(self.training)
        column.addLayout(across, 1)
        column.addWidget(below)

    def _hear(self, notice: object) -> None:
        if self._untold is not None:
            self._untold.append(notice)
            return
        self.model.apply(notice)
        for screen in list(self.screens.made.values()):
            screen.hear(notice)
        if self._prove.wanted(notice):
            self._cover("prove")
        self._arrivals.hear(notice)
        if isinstance(notice, _AFTER_PAINTING):
            self._later.start()
        elif not isinstance(notice, n.ReadSeen):
            self._refresh()

    def _refresh(self) -> None:
        self.screens[self.front].refresh()
        self._status.refresh(self.model, self.context.now())
        self._show_faults()
        self._show_banner()
        self._refresh_acts()
        laid_out()

    def _refresh_acts(self) -> None:
        screen = self._in_sight
        keys = (Act("type", self.tr("Big keys"), "F2", self._type, "quiet"),) if screen.types else ()
        self.act_bar.show_acts((*screen.acts(), *keys))

    def take_screen(self, hit_id: str) -> None:
        """An alert comes unasked: at once, its keys next, and a hand that was at something else hits none of them."""
        self._covered.clear()
        self._turn("alert", hit_id)
        laid_out()
        alert = cast("AlertScreen", self.screens["alert"])
        alert.repaint()  # now: the platform would wait for its next picture
        alert.tell_shown()
        self._refresh_acts()
        self._dead.begin()

    def _lock_idle(self) -> None:
        if self.model.session is not None and not self.model.session.locked:
            self._send(LockScreen("idle"))

    def _show_frame(self, camera_id: str) -> None:
        frame = self.bridge.take_frame(camera_id)
        if frame is not None:
            cast("PatrolScreen", self.screens["patrol"]).show_frame(frame.told, frame.image)

    def _watch_pictures(self) -> None:
        self.bridge.watch(self.front == "patrol" and self.screens.top is self.screens["patrol"])

    def _show_banner(self) -> None:
        """A second hit never hides behind the first."""
        hit_id = self.screens[self.front].hit_id
        others = [card for card in self.model.waiting() if card.hit.hit_id != hit_id]
        engaged = self.in_hand in ENGAGED and self.front != "alert"
        locked = self.model.session is not None and self.model.session.locked
        self._banner.hold_place(engaged)  # no key moves from under a finger when a second hit comes
        if not others or not (engaged or locked):
            self._banner.say("")
            return
        words = self.tr("▲ Next: %1. Waiting: %2. Finish this hit, or leave it with Esc.")
        words = self.tr("▲ A hit waits: %1. Waiting: %2. Unlock to see it.") if locked else words
        self._banner.say(filled(words, translated(others[0].hit.row.words, "alerts"), str(len(others))))

    def _core_silent(self, silent: bool) -> None:
        words = self.tr("The core does not answer. Do not rely on hits.") if silent else ""
        self.model.apply(n.FaultChanged("core", words, self.tr("Work by radio.")))
        self._refresh()

    def _show_faults(self) -> None:
        urgent = [fault for fault in self.model.faults.values() if fault.urgent]
        told = [f"▲ {translated(f.words, 'faults')} {translated(f.remedy, 'faults')}" for f in urgent]
        self._fault.say("\n".join(told))

    def _on_tick(self) -> None:
        self._status.refresh(self.model, self.context.now())
        if self.front in TICKING:
            self.screens[self.front].refresh()
        laid_out()

    def _dim(self) -> None:
        self.theme.dim()
        self._restyle()

    def _restyle(self) -> None:
        sheet = self.theme.sheet()
        for part in (self.training, *self._edges, self._status, self._fault, self._banner, self.act_bar):
            part.setStyleSheet(sheet)
        self.screens.dress(sheet)
        self.screens[self.front].refresh()
