"""What a stop is for: the policy's purposes; on a page behind, what it refuses by name, and what lifts a refusal."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.commands import RequestStop
from mdt_app.domain.purposes import Use, prohibited_uses
from ui.screens.screen import Desk, Screen
from ui.statements import Ask, Wanted
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label
from ui.words import translated

_NOTHING = "nothing"


class PurposeScreen(Screen):
    """Puts the chosen use into the hit's draft.

    A prohibited one without its citation is asked for at once, so that its refusal is on record (PUR-4).
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._page, self._cited_for = "permitted", ""
        self._prohibited = prohibited_uses(desk.context.policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(14)
        self._title, self._beneath = label("", "title", wrap=True), label("", "body", "dim", wrap=True)
        self.choices = Choices()
        self.choices.chosen.connect(self._chosen)
        for part in (self._title, self.choices, self._beneath):
            column.addWidget(part)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Begin with the permitted purposes, and take the number keys."""
        self._page = "permitted"
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the page."""
        {"permitted": self._permitted, "prohibited": self._refused, "citations": self._citations}[self._page]()

    def acts(self) -> tuple[Act, ...]:
        """Back one page; from the first also to what is not permitted."""
        back = Act("back", self.tr("Back"), "Esc", self._back, "quiet")
        words = self.tr("Not permitted ...")
        more = Act("prohibited", words, "N", lambda: self._turn("prohibited"), "quiet", right=True)
        return (back, more) if self._page == "permitted" else (back,)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that stands on an answer gives it; one that is still held from before does not."""
        if not self.choices.take(event):
            super().keyPressEvent(event)

    def _permitted(self) -> None:
        self._title.setText(self.tr("What is the stop for?"))
        facts = self.tr("%1 · with facts in your own words")
        purposes = self.desk.context.policy.purposes
        self.choices.offer(
            [
                Choice(key, translated(p.words, "policy"), facts.replace("%1", p.clause) if p.needs_facts else p.clause)
                for key, p in purposes.items()
            ]
        )
        names = "; ".join(translated(p.words, "policy") for p in self._prohibited.values())
        self._beneath.setText(self.tr("Not permitted: %1.").replace("%1", names))

    def _refused(self) -> None:
        self._title.setText(self.tr("Not permitted. Asking is on record."))
        unless = self.tr("%1 · only with a citation")
        self.choices.offer(
            [
                Choice(key, translated(p.words, "policy"), unless.replace("%1", p.clause) if p.unless else p.clause)
                for key, p in self._prohibited.items()
            ]
        )
        self._beneath.setText(self.tr("Each is refused by its name, and the attempt goes on record with your name."))

    def _citations(self) -> None:
        held = self._prohibited[self._cited_for]
        self._title.setText(self.tr("%1: what do you cite?").replace("%1", translated(held.words, "policy")))
        none = Choice(_NOTHING, self.tr("None of these"), self.tr("refused, on record"))
        self.choices.offer([*(Choice(cited, cited) for cited in held.unless), none])
        self._beneath.setText(
            self.tr("Permitted only with its citation and the facts (%1).").replace("%1", held.clause)
        )

    def _chosen(self, value: str) -> None:
        {"permitted": self._name, "prohibited": self._name_prohibited, "citations": self._cite}[self._page](value)

    def _name(self, key: str) -> None:
        purpose = self.desk.context.policy.purposes[key]
        if purpose.needs_facts:
            self._ask_facts(Use(key), translated(purpose.words, "policy"), purpose.clause)
        else:
            self._take(Use(key))

    def _name_prohibited(self, key: str) -> None:
        if self._prohibited[key].unless:
            self._cited_for = key
            self._turn("citations")
        else:
            self._ask_anyway(Use(key))

    def _cite(self, citation: str) -> None:
        held = self._prohibited[self._cited_for]
        if citation == _NOTHING:
            self._ask_anyway(Use(self._cited_for))
        else:
            self._ask_facts(Use(self._cited_for, citation=citation), translated(held.words, "policy"), held.clause)

    def _ask_facts(self, use: Use, about: str, clause: str) -> None:
        def done(words: str) -> None:
            self._take(Use(use.purpose, words, use.citation))

        self.desk.ask(Ask(self.hit_id, Wanted.PURPOSE, clause, done, "purpose", about))

    def _take(self, use: Use) -> None:
        self.desk.model.redraft(self.hit_id, use=use)
        self.desk.go("verify", self.hit_id)

    def _ask_anyway(self, use: Use) -> None:
        self._take(use)
        self.desk.send(RequestStop(self.hit_id, use.purpose))

    def _turn(self, page: str) -> None:
        self.desk.go("purpose/" + page, self.hit_id)

    def turn_to(self, page: str) -> None:
        """Turn to a page by its name."""
        self._page = page
        self.refresh()

    def _back(self) -> None:
        if self._page == "permitted":
            self.desk.go("verify", self.hit_id)
        else:
            self._turn({"prohibited": "permitted", "citations": "prohibited"}[self._page])
