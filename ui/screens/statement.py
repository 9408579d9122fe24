"""The officer's own words: one large field, the clause that asks for them, and what counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mdt_app.domain.statements import LEAST_WORDS, says_enough
from ui.screens.screen import Desk, Screen
from ui.statements import STATEMENTS, Ask
from ui.widgets.acts import Act
from ui.widgets.phrases import Phrases, insert_words
from ui.widgets.text import label, set_look
from ui.widgets.words_field import WordsField
from ui.words import translated


class StatementScreen(Screen):
    """Asks one thing. What is typed stays as a draft until it is put on record."""

    types = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ask: Ask | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        self._title, self._clause = label("", "title", wrap=True), label("", "label")
        self._say = label("", "lead", wrap=True)
        self.field = WordsField(goes_on=True)
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(self._put)
        self._counts, self._follows = label("", "fact", wrap=True), label("", "body", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._clause)
        column.addLayout(head)
        column.addWidget(self._say)
        self.phrases = Phrases(max(len(row.phrases) for row in STATEMENTS.values()))
        self.phrases.taken.connect(lambda words: insert_words(self.field, words))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.field, 3)
        row.addWidget(self.phrases, 2)
        column.addLayout(row, 1)
        for part in (self._counts, self._follows):
            column.addWidget(part)

    def ask(self, ask: Ask) -> None:
        """Ask for this statement; what was typed for it before comes back."""
        self._ask = None
        row = STATEMENTS[ask.wanted]
        title = translated(row.title, "statements")
        self._title.setText(f"{title}: {ask.about}" if ask.about else title)
        self._clause.setText(ask.clause)
        self._say.setText(translated(row.say, "statements"))
        self.field.setAccessibleName(self._say.text())
        self._follows.setText(translated(row.follows, "statements"))
        set_look(self._follows, tone="owed" if row.owed else "dim")
        self.field.setPlainText(self.desk.model.draft(ask.hit_id).words.get(ask.wanted, ""))
        self.phrases.offer([translated(words, "statements") for words in row.phrases])
        self._ask = ask
        self._typed()

    def open(self, hit_id: str) -> None:
        """Come to the front with the keyboard in the field."""
        super().open(hit_id)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Back, or on record."""
        return (
            Act("back", self.tr("Back"), "Esc", self._back, "quiet"),
            Act("put", self.tr("PUT ON RECORD"), "Return", self._put, "main", right=True, hint="Enter"),
        )

    def _typed(self) -> None:
        if self._ask is None:
            return
        text = self.field.toPlainText()
        held = self.desk.model.draft(self._ask.hit_id).words
        self.desk.model.redraft(self._ask.hit_id, words={**held, self._ask.wanted.value: text})
        enough = says_enough(text)
        words = self.tr("✓ These words can go on record.") if enough else self.tr("■ In your own words, at least %1.")
        self._counts.setText(words.replace("%1", str(LEAST_WORDS)))
        set_look(self._counts, tone="verified" if enough else "owed")

    def _put(self) -> None:
        ask, text = self._ask, self.field.toPlainText().strip()
        if ask is None:
            return
        if not says_enough(text):
            missing = self.tr("■ Not yet: say at least %1 words. What do you see, where, and why now?")
            self._counts.setText(missing.replace("%1", str(LEAST_WORDS)))
            set_look(self._counts, tone="hit")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        ask.done(text)

    def _back(self) -> None:
        if self._ask is not None:
            self.desk.go(self._ask.back, self._ask.hit_id)
