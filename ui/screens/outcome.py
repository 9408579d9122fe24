"""The end of a hit: the recorded stop, what came of it and the sentence for the report; or no stop with its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from mdt_app.domain.alerts import Hit, StopTaken
from mdt_app.domain.commands import AskRemoval, RecordDisposition
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.outcomes import OUTCOMES, Disposition, EntryAct
from mdt_app.domain.plates import grouped
from mdt_app.domain.purposes import Use
from ui.cards import Card
from ui.gate_view import fell_words, ways
from ui.purposes import purpose_words
from ui.report import report_sentence
from ui.screens.screen import Desk, Screen
from ui.statements import Ask, Wanted
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.compare import Compare
from ui.widgets.key import Key
from ui.widgets.text import label, panel, set_look
from ui.words import clock, steps, translated


class OutcomeScreen(Screen):
    """Says what is on record now, and asks what came of the stop; 'Later' leaves that owed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._tried: Disposition | None = None
        self._refusal: CommandRefused | None = None
        self._correcting = False
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(12)
        self._build_record(column)
        self._build_question(column)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Come to the front and take the number keys."""
        self._tried = self._refusal = None
        self._correcting = False
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show how the hit ended."""
        card = self.card
        if card is None:
            return
        hit = card.hit
        state = self.desk.context.codes.state_name(hit.match.entry.state)
        self._plate.setText(f"{grouped(hit.match.entry.plate)}  {state} · {translated(hit.row.words, 'alerts')}")
        stopped = hit.stop is not None
        for part in (self._report_title, self._report):
            part.setVisible(stopped)
        seen = hit.verification.plate_seen is not None
        self._compare.setVisible(seen and not stopped)
        if seen:
            self._compare.show_hit(hit, self.desk.context.codes)
        if hit.stop is not None:
            self._show_stop(hit, hit.stop)
        else:
            self._show_no_stop(hit)
        self._show_held(card)
        self._show_question(hit)

    def hear(self, notice: object) -> None:
        """An outcome that wants a person's confirmation first says so, with the two ways on."""
        asked_here = ("RecordDisposition", "AskRemoval")
        if isinstance(notice, CommandRefused) and notice.hit_id == self.hit_id and notice.command in asked_here:
            self._refusal = notice

    def acts(self) -> tuple[Act, ...]:
        """Later, while the outcome is owed; on to the next hit, or back to patrol; the entry's removal."""
        card = self.card
        waiting = len(self.desk.model.waiting())
        following = self.tr("Next hit (%1)").replace("%1", str(waiting))
        removal: tuple[Act, ...] = ()
        if card is not None and self._may_ask_removal(card.hit):
            removal = (Act("removal", self.tr("Ask the owner to remove the entry"), "R", self._ask_removal),)
        if card is not None and card.hit.stop is not None and card.hit.stop.disposition is None:
            words = self.tr("Later · next hit (%1)").replace("%1", str(waiting)) if waiting else self.tr("Later")
            owed: tuple[Act, ...] = ()
            if card.hit.stop.owed:
                owed = (Act("owed", self.tr("OWED STEPS"), "F12", self._to_steps, "owed", right=True),)
            return (Act("later", words, "Esc", self._continue, "quiet"), *removal, *owed)
        words = following if waiting else self.tr("CONTINUE")
        correct: tuple[Act, ...] = ()
        if card is not None and card.hit.stop is not None:
            correct = (Act("correct", self.tr("Correct the outcome"), "K", self._correct, "quiet"),)
        case = Act("case", self.tr("Case ..."), "C", lambda: self.desk.go("case", self.hit_id))
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),
            case,
            *correct,
            *removal,
            Act("continue", words, "Return", self._continue, "main", right=True, hint="Enter"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number key gives the outcome; one that is still held from the questions before does not."""
        if not (self._ask.isVisible() and self.choices.take(event)):
            super().keyPressEvent(event)

    def _build_record(self, column: QVBoxLayout) -> None:
        self._frame, inside = panel("open", spacing=8, margin=16)
        self._title, self._plate = label("", "title", wrap=True), label("", "head", wrap=True)
        self._fell = label("", "head", "hit", wrap=True)
        self._facts, self._owed = label("", "fact", wrap=True), label("", "lead", "owed", wrap=True)
        self._held, self._entry = label("", "fact", wrap=True), label("", "fact", "verified", wrap=True)
        self._report_title = label(self.tr("For your report, affidavit or application:"), "label")
        self._report = label("", "fact", wrap=True)
        self._compare = Compare(self.desk.theme)
        shown = (self._title, self._plate, self._fell, self._facts, self._owed, self._entry, self._held)
        for part in (*shown, self._compare, self._report_title, self._report):
            inside.addWidget(part)
        column.addWidget(self._frame)

    def _build_question(self, column: QVBoxLayout) -> None:
        self._ask, inside = panel("owed", spacing=10, margin=16)
        self._question = label("", "lead", wrap=True)
        self.choices = Choices(columns=4)
        self.choices.offer([Choice(d.value, translated(OUTCOMES[d].words)) for d in Disposition])
        self.choices.chosen.connect(lambda value: self._record(Disposition(value)))
        self.confirm = Key(self.tr("Hit confirmation ..."), self.tr("ask dispatch or the entering agency · F11"))
        self.facts = Key(self.tr("Other facts ..."), self.tr("in your own words · F9"))
        for key, shortcut, do in ((self.confirm, "F11", self._confirm), (self.facts, "F9", self._other_facts)):
            key.setShortcut(shortcut)
            key.clicked.connect(do)
        for part in (self._question, self.choices):
            inside.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        for key in (self.confirm, self.facts):
            row.addWidget(key, 1)
        inside.addLayout(row)
        self._ask.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(self._ask)

    def _show_stop(self, hit: Hit, stop: StopTaken) -> None:
        set_look(self._frame, role="shut" if stop.fell else "owed" if stop.owed else "open")
        set_look(self._title, tone="owed" if stop.owed or stop.fell else "verified")
        ended = f": {translated(OUTCOMES[stop.disposition].words)}" if stop.disposition else ""
        self._title.setText(self.tr("✓ Stop recorded at %1").replace("%1", clock(stop.at)) + ended)
        purpose = self.tr("Purpose: %1.").replace("%1", self._purpose(stop))
        by = self.tr("The stop went by %1.").replace("%1", ways(stop.excuses)) if stop.excuses else ""
        self._facts.setText(f"{purpose} {by}".strip())
        self._say(self._owed, self.tr("■ Still owed: %1.").replace("%1", steps(stop.owed)) if stop.owed else "")
        self._say(self._fell, f"✗ {fell_words(stop)}" if stop.fell else "")
        self._report.setText(report_sentence(stop, hit.verification))

    def _show_no_stop(self, hit: Hit) -> None:
        set_look(self._frame, role="shut")
        set_look(self._title, tone="hit")
        reason = translated(OUTCOMES[hit.reason].words) if hit.reason else ""
        self._title.setText(self.tr("✗ No stop: %1").replace("%1", reason))
        self._facts.setText(self.tr("Do not stop on this hit; follow at most. The reason is on record."))
        for part in (self._owed, self._fell):
            self._say(part, "")

    def _show_held(self, card: Card) -> None:
        """Whether headquarters has the stop's record or refuses it; after a restart that is not known here."""
        held = self.tr("✓ Headquarters has the record.")
        waits = self.tr("■ The record waits for headquarters; it is kept here until then.")
        refuses = self.tr("✗ Headquarters refuses this record (%1). Tell a supervisor.")
        reason = self.desk.model.parked.get(card.stop_event)
        words, tone = (held, "verified") if card.delivered else (waits, "owed")
        if reason is not None:
            words, tone = refuses.replace("%1", reason), "hit"
        self._say(self._held, words if card.stop_event else "")
        set_look(self._held, tone=tone)
        acts = {
            EntryAct.REMOVAL: self.tr("✓ Removal of the entry asked, on record."),
            EntryAct.NOTICE: self.tr("✓ Notice to the owner %1, on record."),
        }
        act = card.hit.entry_act
        asked = acts[act].replace("%1", card.hit.match.entry.ori) if act else ""
        case = self.tr("✓ Held for case %1.").replace("%1", ", ".join(card.cases)) if card.cases else ""
        self._say(self._entry, " ".join(filter(None, (asked, case))))

    def _show_question(self, hit: Hit) -> None:
        asked = hit.stop is not None and (hit.stop.disposition is None or self._correcting)
        refusal = self._refusal
        unconfirmed = asked and refusal is not None and refusal.reason == "not_confirmed_by_person"
        self._ask.setVisible(asked or refusal is not None)
        self.choices.setVisible(asked)
        self.choices.mark([self._tried.value] if unconfirmed and self._tried else [], "owed")
        for key in (self.confirm, self.facts):
            key.setVisible(unconfirmed)
        words = f"▲ {refusal.words} {refusal.remedy}" if refusal else self.tr("■ What came of the stop?")
        self._question.setText(words)
        set_look(self._question, tone="hit" if refusal else "owed")

    def _purpose(self, stop: StopTaken) -> str:
        policy = self.desk.context.policy
        held, words = policy.purposes.get(stop.purpose), purpose_words(policy, Use(stop.purpose))
        return f"{words} ({held.clause})" if held else words

    def _may_ask_removal(self, hit: Hit) -> bool:
        end = hit.stop.disposition if hit.stop is not None else hit.reason
        return end is not None and OUTCOMES[end].offers_removal and hit.entry_act is None

    def _say(self, where: QLabel, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))

    def _correct(self) -> None:
        self._correcting = True
        self.refresh()

    def _record(self, disposition: Disposition, facts: str = "") -> None:
        self._tried, self._refusal, self._correcting = disposition, None, False
        self.desk.send(RecordDisposition(self.hit_id, disposition, facts))

    def _other_facts(self) -> None:
        tried, hit_id = self._tried, self.hit_id
        if tried is None:
            return

        def done(words: str) -> None:
            self.desk.go("outcome", hit_id)
            self._record(tried, words)

        rule = self.desk.context.policy.stops.person_before_enforcement
        about = translated(OUTCOMES[tried].words)
        self.desk.ask(Ask(hit_id, Wanted.ENFORCEMENT, rule.clause, done, "outcome", about))

    def _confirm(self) -> None:
        self.desk.go("verify/confirmation", self.hit_id)

    def _to_steps(self) -> None:
        self.desk.go("verify", self.hit_id)

    def _ask_removal(self) -> None:
        self.desk.send(AskRemoval(self.hit_id))

    def _continue(self) -> None:
        waiting = self.desk.model.waiting()
        if waiting:
            self.desk.go("alert", waiting[0].hit.hit_id)
        else:
            self.desk.go("patrol", "")
