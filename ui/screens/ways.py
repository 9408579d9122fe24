"""Other ways than the steps: those that the policy has, and those that it lacks, with its clause."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.commands import Ground, StateGround
from mdt_app.services.on_stops import ground_rule
from ui.screens.screen import Desk, Screen
from ui.statements import STATEMENTS, Ask, Wanted
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label
from ui.words import translated


class WaysScreen(Screen):
    """Each way leads to its statement; one that the policy lacks is shown, and can't be pressed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 12)
        column.setSpacing(24)
        column.addWidget(label(self.tr("Which way, other than the steps?"), "title", wrap=True))
        self.choices = Choices(columns=1)
        self.choices.offer([self._choice(ground) for ground in Ground])
        self.choices.chosen.connect(self._chosen)
        column.addWidget(self.choices)
        words = self.tr("Each wants the facts in your own words. An answer that differs is never gone around.")
        if not any(ground_rule(desk.context.policy, ground).value for ground in Ground):
            words = self.tr("This policy has no other way. Take the steps; follow as long as you can't.")
        column.addWidget(label(words, "body", "dim", wrap=True))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Come to the front and take the number keys."""
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Only the way back; the answers are the page."""
        return (Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("verify", self.hit_id), "quiet"),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that stands on an answer gives it."""
        if not self.choices.take(event.text()):
            super().keyPressEvent(event)

    def _choice(self, ground: Ground) -> Choice:
        rule, row = ground_rule(self.desk.context.policy, ground), STATEMENTS[Wanted(ground.value)]
        lacking = self.tr("not in this policy (%1)").replace("%1", rule.clause)
        hint = f"{translated(row.follows, 'statements')} ({rule.clause})" if rule.value else lacking
        return Choice(ground.value, translated(row.title, "statements"), hint, shut=not rule.value)

    def _chosen(self, value: str) -> None:
        ground, hit_id = Ground(value), self.hit_id

        def done(words: str) -> None:
            self.desk.send(StateGround(hit_id, ground, words))
            self.desk.go("verify", hit_id)

        clause = ground_rule(self.desk.context.policy, ground).clause
        self.desk.ask(Ask(hit_id, Wanted(value), clause, done, "ways"))
