"""Panel two of the verification: one question for each thing that the entry says of the vehicle."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.domain.alerts import Feature, Hit, Seen, asked_features
from ui.context import Codes
from ui.widgets.questions import Question
from ui.widgets.text import label
from ui.words import FEATURES, feature_value, translated


class VehiclePanel(QWidget):
    """Emits the feature and the officer's answer; shows the answers on record."""

    answered = Signal(object, object)

    def __init__(self, codes: Codes) -> None:
        super().__init__()
        self._codes = codes
        self._asked: tuple[tuple[Feature, str], ...] = ()
        self.questions: dict[Feature, Question] = {}
        self._hit_id, self._open, self._sent = "", list[Feature](), list[Feature]()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._nothing = label(self.tr("The entry does not describe the vehicle."), wrap=True)
        self._column.addWidget(self._nothing)

    def show_hit(self, hit: Hit) -> bool:
        """Show a hit's questions and answers; return whether nothing is left to answer."""
        asked = tuple((feature, feature_value(hit, feature, self._codes)) for feature in asked_features(hit))
        if asked != self._asked:
            self._build(asked)
        answers = hit.verification.features
        self._note_open(hit)
        for feature, question in self.questions.items():
            question.show_answer(answers.get(feature))
        return all(answers.get(feature) in (Seen.MATCH, Seen.CANT_SEE) for feature, _ in asked)

    def answer_next(self, seen: Seen) -> None:
        """Answer the next question that is neither answered nor on its way to the record."""
        if self._open:
            self._answered(self._open[0], seen.value)

    def refused(self, hit: Hit) -> None:
        """The oldest answer that is on its way was refused: its question is open again."""
        self._note_open(hit)
        del self._sent[:1]
        self._note_open(hit)

    def _note_open(self, hit: Hit) -> None:
        answers = hit.verification.features
        self._sent = [f for f in self._sent if f not in answers] if hit.hit_id == self._hit_id else []
        self._hit_id = hit.hit_id
        self._open = [f for f in asked_features(hit) if f not in answers and f not in self._sent]

    def _build(self, asked: tuple[tuple[Feature, str], ...]) -> None:
        self._asked = asked
        for question in self.questions.values():
            question.hide()
            question.deleteLater()
        answers = (
            (Seen.MATCH.value, self.tr("1 match"), ""),
            (Seen.DIFFERS.value, self.tr("2 differs"), "hit"),
            (Seen.CANT_SEE.value, self.tr("3 can't see"), "owed"),
        )
        self.questions = {}
        for feature, value in asked:
            question = Question(translated(FEATURES[feature]), value, answers)
            question.answered.connect(partial(self._answered, feature))
            self.questions[feature] = question
            self._column.addWidget(question)
            question.show()
        self._nothing.setVisible(not asked)

    def _answered(self, feature: Feature, value: str) -> None:
        if feature in self._open:
            self._open.remove(feature)
            self._sent.append(feature)
        self.answered.emit(feature, Seen(value))
