"""The end of a hit: the recorded stop with the sentence for the report, or no stop with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.plates import grouped
from ui.model import Card
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.compare import Compare
from ui.widgets.text import label, panel, set_look
from ui.words import REASONS, clock, translated


class OutcomeScreen(Screen):
    """Says what is on record now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 12)
        column.setSpacing(16)
        self._frame, inside = panel("open", spacing=16, margin=28)
        self._title, self._plate = label("", "title", wrap=True), label("", "head", wrap=True)
        self._facts = label("", "lead", wrap=True)
        self._report_title = label(self.tr("For your report, affidavit or application:"), tone="dim")
        self._report = label("", "lead", wrap=True)
        self._compare = Compare(desk.theme)
        self._held = label("", "lead")
        shown = (self._title, self._plate, self._facts, self._held, self._compare, self._report_title, self._report)
        for part in shown:
            inside.addWidget(part)
        column.addWidget(self._frame)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show how the hit ended."""
        card = self.card
        if card is None:
            return
        state = self.desk.context.codes.state_name(card.hit.match.entry.state)
        category = translated(card.hit.row.words, "alerts")
        self._plate.setText(f"{grouped(card.hit.match.entry.plate)}  {state} · {category}")
        stopped = card.stop is not None
        set_look(self._frame, role="open" if stopped else "shut")
        set_look(self._title, tone="verified" if stopped else "hit")
        self._report_title.setVisible(stopped)
        self._report.setVisible(stopped)
        self._held.setVisible(stopped)
        seen = card.hit.verification.plate_seen is not None
        self._compare.setVisible(seen and not stopped)
        if seen:
            self._compare.show_hit(card.hit, self.desk.context.codes)
        if stopped:
            self._show_stop(card)
        else:
            self._show_no_stop(card)

    def acts(self) -> tuple[Act, ...]:
        """On to the next hit, or back to patrol."""
        waiting = self.desk.model.waiting()
        words = self.tr("Next hit (%1)").replace("%1", str(len(waiting))) if waiting else self.tr("CONTINUE")
        return (Act("continue", words, "Return", self._continue, "main", right=True, hint="Enter"),)

    def _show_stop(self, card: Card) -> None:
        stop, seen = card.stop, card.hit.verification
        if stop is None:
            return
        self._title.setText(self.tr("✓ Stop recorded at %1").replace("%1", clock(stop.at)))
        purpose = self.desk.context.policy.purposes[stop.purpose]
        source = seen.status.source if seen.status else ""
        words = self.tr("Purpose: %1 (%2). Plate and state confirmed by eye. Active according to %3.")
        self._facts.setText(words.replace("%1", purpose.words).replace("%2", purpose.clause).replace("%3", source))
        sentence = self.tr(
            "ALPR data was used: a plate reader alerted on the vehicle; I confirmed the plate and the issuing state "
            "by eye at %1 and its status through %2 before the stop."
        )
        held = self.tr("✓ Headquarters has the record.")
        owed = self.tr("■ The record waits for headquarters; it is kept here until then.")
        self._held.setText(held if card.delivered else owed)
        set_look(self._held, tone="verified" if card.delivered else "owed")
        at = clock(seen.seen_at) if seen.seen_at else ""
        self._report.setText(sentence.replace("%1", at).replace("%2", source))

    def _show_no_stop(self, card: Card) -> None:
        reason = translated(REASONS[card.hit.reason]) if card.hit.reason else ""
        self._title.setText(self.tr("✗ No stop: %1").replace("%1", reason))
        self._facts.setText(self.tr("Do not stop on this hit; follow at most. The reason is on record."))

    def _continue(self) -> None:
        waiting = self.desk.model.waiting()
        if waiting:
            self.desk.go("alert", waiting[0].hit.hit_id)
        else:
            self.desk.go("patrol", "")
