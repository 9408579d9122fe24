"""The alert profile: which categories alert this officer, under the policy's schedule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.commands import SetAlertProfile
from mdt_app.domain.notices import CommandRefused
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label, panel, set_look
from ui.words import translated


class ProfileScreen(Screen):
    """Authorized categories are toggles, all on at first. The others stand beside them, with what they want."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        policy = desk.context.policy
        self._allowed = [category for category in ALERTS if policy.alert_allowed(category)]
        self._others = [category for category in ALERTS if category not in self._allowed]
        self._chosen: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Which hits shall alert you?"), "title"))
        self._note = label("", "fact", wrap=True)
        column.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.choices = Choices(columns=1)
        self.choices.chosen.connect(self._toggle)
        left = QVBoxLayout()
        left.addWidget(self.choices)
        left.addStretch(1)
        row.addLayout(left, 1)
        row.addWidget(self._not_authorized(), 1)
        column.addLayout(row, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Begin with the profile on record, or with all that is authorized."""
        session = self.desk.model.session
        held = session.profile if session else None
        self._chosen = list(self._allowed if held is None else (c for c in held if c in self._allowed))
        self._say(self.tr("Number keys or a touch turn a category on and off. Enter puts the profile on record."))
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what is on, and the exceptions that are in force."""
        self.choices.offer([Choice(c, self._words(c)) for c in self._allowed])
        self.choices.mark(self._chosen)
        for category in self._allowed:
            on = category in self._chosen
            self.choices.keys[category].tell(self.tr("on") if on else self.tr("off"))
        for category, line in self._lines.items():
            until = self._excepted_until(category)
            line.setText(until or self.tr("needs the Administrator's exception"))
            set_look(line, tone="verified" if until else "dim")

    def hear(self, notice: object) -> None:
        """Say why a profile was refused."""
        if isinstance(notice, CommandRefused) and notice.command == "SetAlertProfile":
            self._say(f"{notice.words} {notice.remedy}", "hit")

    def acts(self) -> tuple[Act, ...]:
        """Put it on record; the way back only where a profile is on record already."""
        session = self.desk.model.session
        back = Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet")
        use = Act("use", self.tr("USE THIS PROFILE"), "Return", self._use, "main", right=True, hint="Enter")
        return (back, use) if session is not None and session.profile is not None else (use,)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number key turns its category on or off."""
        if not self.choices.take(event):
            super().keyPressEvent(event)

    def _not_authorized(self) -> QFrame:
        frame, column = panel(margin=16)
        schedule = self.desk.context.policy.alert_schedule
        column.addWidget(label(self.tr("Not authorized"), "head"))
        column.addWidget(label(schedule.prohibited.clause if schedule else "", "label"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        self._lines = {category: label("", "label", wrap=True) for category in self._others}
        for number, (category, line) in enumerate(self._lines.items()):
            grid.addWidget(label(self._words(category), "body"), number, 0)
            grid.addWidget(line, number, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return frame

    def _words(self, category: str) -> str:
        return translated(ALERTS[category].words, "alerts")

    def _excepted_until(self, category: str) -> str:
        """Until when the Administrator's exception lets this category alert; empty without one."""
        session, now = self.desk.model.session, self.desk.context.now()
        held = [e for e in (session.exceptions if session else ()) if category in e.categories and now < e.until]
        if not held:
            return ""
        last = max(held, key=lambda exception: exception.until)
        words = self.tr("✓ excepted until %1 by %2: %3")
        until = last.until.astimezone().strftime("%Y-%m-%d %H:%M")
        return words.replace("%1", until).replace("%2", last.by).replace("%3", last.reason)

    def _toggle(self, category: str) -> None:
        on = set(self._chosen) ^ {category}
        self._chosen = [c for c in self._allowed if c in on]
        self.refresh()

    def _use(self) -> None:
        self.desk.send(SetAlertProfile(tuple(self._chosen)))

    def _say(self, words: str, tone: str = "") -> None:
        self._note.setText(words)
        set_look(self._note, tone=tone)
