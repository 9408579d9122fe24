"""One lesson at the trainer's desk: its pages, its questions with the reason after each answer, its drills."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.domain.curriculum import Lesson, LessonProgress, next_question, open_practice
from mdt_app.domain.errors import MdtError
from ui.console.drill_lesson_bench import LessonBench
from ui.console.words import refusal
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label, panel, set_look
from ui.words import filled, translated

_TEXT_PX = 1000
"""Lines of more than about a hundred characters are hard to read."""


class DrillLesson(QWidget):
    """Shows a lesson to a person. `practise` starts a drill by its name, `turned` hears when the acts change."""

    def __init__(
        self,
        bench: LessonBench,
        practise: Callable[[str], None],
        leave: Callable[[], None],
        turned: Callable[[], None],
    ) -> None:
        super().__init__()
        self._bench, self._practise, self._leave, self._turned = bench, practise, leave, turned
        self._lesson: Lesson | None = None
        self._user, self._page = "", 0
        self._asked: int | None = None
        self._explained = False
        self._title, self._where = label("", "head", wrap=True), label("", "label")
        self._head, self._text = label("", "head", wrap=True), label("", "fact", wrap=True)
        self.choices = Choices(1)
        self.choices.chosen.connect(self._answered)
        self._result, self._why = label("", "head", wrap=True), label("", "fact", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(self._title)
        column.addWidget(self._where)
        frame, inside = panel(spacing=14, margin=24)
        for part in (self._head, self._text, self.choices, self._result, self._why):
            part.setMaximumWidth(_TEXT_PX)
            inside.addWidget(part)
        inside.addStretch(1)
        column.addWidget(frame, 1)

    def take(self, lesson: Lesson, user_id: str) -> None:
        """Begin a lesson: with its pages, or where they are read already with what is still open."""
        self._lesson, self._user, self._page, self._asked, self._explained = lesson, user_id, 0, None, False
        self._title.setText(translated(lesson.title, "drills"))
        if self._held.read:
            self._page = len(lesson.pages)
        self.open()

    def open(self) -> None:
        """Show where the person stands, the keyboard in hand."""
        self._show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Go on and back in the pages, take the next question, start a drill."""
        lesson = self._lesson
        if lesson is None:
            return ()
        back = Act("back", self.tr("Lessons"), "Esc", self._leave, "quiet")
        pages = Act("earlier", self.tr("A page back"), "PgUp", self._earlier)
        if self._page < len(lesson.pages):
            last = self._page == len(lesson.pages) - 1
            words = self.tr("TO THE QUESTIONS") if last else self.tr("NEXT PAGE")
            return (
                back,
                *((pages,) if self._page else ()),
                Act("next", words, "Return", self._next, "main", right=True, hint="Enter"),
            )
        if self._explained:
            return (back, pages, Act("next", self.tr("GO ON"), "Return", self._next, "main", right=True, hint="Enter"))
        drills = () if self._asked is not None else open_practice(lesson, self._held)
        if drills:
            return (
                back,
                pages,
                Act("drill", filled(self.tr("DRILL: %1"), drills[0]), "F5", self._drill, "main", right=True),
            )
        return (back, pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that stands on an answer gives it."""
        if self._asked is None or self._explained or not self.choices.take(event):
            super().keyPressEvent(event)

    @property
    def _held(self) -> LessonProgress:
        if self._lesson is None:
            return LessonProgress(0)
        return self._bench.held(self._user, self._lesson)

    def _next(self) -> None:
        if self._lesson is not None and self._page < len(self._lesson.pages):
            self._page += 1
            if self._page == len(self._lesson.pages):
                self._kept(lambda lesson: self._bench.has_read(self._user, lesson))
        self._explained = False
        self._show()

    def _earlier(self) -> None:
        self._page, self._explained = max(0, self._page - 1), False
        self._show()

    def _drill(self) -> None:
        if self._lesson is not None:
            self._practise(open_practice(self._lesson, self._held)[0])

    def _answered(self, answer: str) -> None:
        if self._asked is None or self._lesson is None or self._explained:
            return
        question, number = self._lesson.questions[self._asked], self._asked
        right: list[bool] = []
        self._kept(lambda lesson: right.append(self._bench.answer(self._user, lesson, number, answer)))
        if not right:
            return
        self._explained = True
        self.choices.mark((answer,), "row-chosen" if right[0] else "hit")
        no = filled(self.tr("✗ No. Right is: %1"), _said(question.right))
        self._result.setText(self.tr("✓ Right.") if right[0] else no)
        set_look(self._result, tone="verified" if right[0] else "hit")
        again = "" if right[0] else " " + self.tr("The question comes again.")
        self._why.setText(f"{_said(question.why)} ({question.clause}){again}")
        self._turned()

    def _kept(self, keep: Callable[[Lesson], None]) -> None:
        try:
            if self._lesson is not None:
                keep(self._lesson)
        except MdtError as error:
            self._result.setText(refusal(error))
            set_look(self._result, tone="hit")

    def _show(self) -> None:
        lesson = self._lesson
        if lesson is None:
            return
        self._asked = None
        for part in (self._result, self._why):
            part.setText("")
        self.choices.hide()
        self._text.show()
        if self._page < len(lesson.pages):
            page = lesson.pages[self._page]
            self._where.setText(filled(self.tr("Page %1 of %2"), str(self._page + 1), str(len(lesson.pages))))
            self._head.setText(_said(page.head))
            self._text.setText("\n\n".join(map(_said, page.paragraphs)))
        elif (number := next_question(lesson, self._held)) is not None:
            self._ask(lesson, number)
        else:
            self._close(lesson)
        self._turned()

    def _ask(self, lesson: Lesson, number: int) -> None:
        held, question = self._held, lesson.questions[number]
        self._asked = number
        words = self.tr("Question; %1 of %2 are answered rightly")
        self._where.setText(filled(words, str(len(held.right)), str(len(lesson.questions))))
        self._head.setText(_said(question.asks))
        self._text.hide()
        self.choices.offer([Choice(answer, _said(answer)) for answer in question.choices(held.tries)])
        self.choices.mark(())
        self.choices.show()

    def _close(self, lesson: Lesson) -> None:
        """All questions are right: what is left are the drills, and the trainer's signature."""
        held, drills = self._held, open_practice(lesson, self._held)
        self._where.setText(filled(self.tr("Questions: all %1 answered rightly"), str(len(lesson.questions))))
        if drills:
            words = self.tr("Practice: %1 of %2 drills passed")
            self._head.setText(filled(words, str(len(held.passed)), str(len(lesson.practice))))
            made_up = self.tr("A drill is the car's own window with a made-up road.")
            again = self.tr("Do what you would do on the road; a drill that is failed can be done again.")
            self._text.setText(f"{filled(self.tr('Open: %1.'), ', '.join(drills))}\n\n{made_up} {again}")
        else:
            self._head.setText(self.tr("✓ This lesson is complete."))
            signed, unsigned = (
                self.tr("It is on your training record."),
                self.tr("Your trainer signs it: Esc, then F4."),
            )
            self._text.setText(signed if held.signed else unsigned)


def _said(text: str) -> str:
    """A lesson's text in the trainee's language; one that was changed since it was translated stays as written."""
    return translated(text, "lessons")
