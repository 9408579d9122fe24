"""The lessons' first page at the trainer's desk: the eleven topics, how far the person is, and the signature."""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.domain.curriculum import Lesson, LessonProgress, is_complete
from mdt_app.domain.errors import MdtError, Refused
from mdt_app.domain.privileged import PROVE_AGAIN
from ui.console.drill_bench import Sitting
from ui.console.drill_lesson_bench import LessonBench
from ui.console.errand import Errand
from ui.console.reason import ReasonLine
from ui.console.table import Column, DeskTable, Row
from ui.console.words import refusal
from ui.theme import Theme
from ui.widgets.acts import Act
from ui.widgets.text import label, set_look
from ui.words import filled, translated


class DrillLessons(QWidget):
    """Shows every topic. `sitting` says who learns and trains, `learn` opens a lesson, `leave` goes to the drills."""

    def __init__(
        self,
        theme: Theme,
        bench: LessonBench,
        sitting: Callable[[], Sitting],
        learn: Callable[[Lesson], None],
        leave: Callable[[], None],
        turned: Callable[[], None],
    ) -> None:
        super().__init__()
        self._bench, self._sitting, self._learn, self._leave, self._turned = bench, sitting, learn, leave, turned
        self.errand = Errand(self, partial(self._say, tone="owed"), turned)
        self._lessons = {lesson.topic: lesson for lesson in bench.lessons()}
        self._on_record: set[str] = set()
        columns = (
            Column(self.tr("Topic")),
            Column(self.tr("Minutes"), 80, number=True),
            Column(self.tr("Read"), 70),
            Column(self.tr("Questions"), 100),
            Column(self.tr("Drills"), 90),
            Column(self.tr("Stands"), 210),
        )
        self._who, self._told = label("", "lead"), label("", "body", "dim", wrap=True)
        self.table = DeskTable(theme, self.tr("Lessons"), columns, filtered=False)
        self.table.chosen.connect(lambda _: turned())
        self.reason = ReasonLine(self._reason_turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        for part in (self._who, self._told):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)

    def open(self) -> None:
        """Show how far the person is, the table in hand."""
        sitting = self._sitting()
        trainer = sitting.trainer or self.tr("not named yet (Drills, field 'Trainer')")
        self._who.setText(filled(self.tr("%1 (%2)   ·   trainer: %3"), sitting.name, sitting.user_id, trainer))
        self._say(
            self.tr("Read a lesson, answer its questions, pass its drills; then your trainer signs with headquarters.")
        )
        self.refresh()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the progress as it is now."""
        try:
            user = self._sitting().user_id
            held = {topic: self._bench.held(user, lesson) for topic, lesson in self._lessons.items()}
        except MdtError as error:
            self._say(refusal(error), "hit")
            return
        self._on_record = {topic for topic, one in held.items() if one.signed}
        self.table.put([_row(lesson, held[topic]) for topic, lesson in self._lessons.items()])
        self._turned()

    def acts(self) -> tuple[Act, ...]:
        """Open a lesson, begin a signed one anew, sign, keep the certificate."""
        if not self.reason.isHidden():
            return ()
        if self.errand.busy:
            return (Act("leave", self.tr("Leave it"), "Esc", self.errand.leave, "quiet"),)
        anew = (Act("anew", self.tr("Begin anew"), "F8", self._anew),) if self._signed else ()
        return (
            Act("back", self.tr("Drills"), "Esc", self._leave, "quiet"),
            *anew,
            Act("certificate", self.tr("Certificate"), "F6", self._certificate),
            Act("sign", self.tr("SIGN: ON TRAINING RECORD"), "F4", self._sign, "owed", right=True),
            Act("learn", self.tr("OPEN THE LESSON"), "Return", self._open, "main", right=True, hint="Enter"),
        )

    @property
    def _signed(self) -> bool:
        """Whether the lesson in hand is on record: it can be due again all the same."""
        return self.table.key in self._on_record

    def _anew(self) -> None:
        lesson = self._lessons[self.table.key]

        def begin() -> str:
            self._bench.anew(self._sitting().user_id, lesson)
            words = self.tr("%1: begun anew. What is on record stays there.")
            return filled(words, translated(lesson.title, "drills"))

        try:
            self._done(begin())
        except MdtError as error:
            self._failed(begin, error)

    def _open(self) -> None:
        lesson = self._lessons.get(self.table.key)
        if lesson is not None:
            self._learn(lesson)

    def _sign(self) -> None:
        self._do(partial(self._bench.sign, self._sitting()))

    def _certificate(self) -> None:
        self._do(partial(self._bench.certificate, self._sitting().user_id))

    def _do(self, act: Callable[[], str]) -> None:
        """Do it beside Qt's thread, and say what came of it."""
        self.errand.start(self.tr("Headquarters is asked …"), act, self._done, partial(self._failed, act))

    def _done(self, words: str) -> None:
        self._say(translated(words, "drills"), "verified")
        self.refresh()

    def _failed(self, act: Callable[[], str], fault: MdtError) -> None:
        """Where a proof is wanted, ask the trainer for it, then do it again."""
        self._say(refusal(fault), "hit")
        if isinstance(fault, Refused) and fault.reason == PROVE_AGAIN:
            self._ask_proof(act)
        self.refresh()

    def _ask_proof(self, then: Callable[[], str]) -> None:
        def with_password(password: str) -> None:
            self.reason.ask(
                self.tr("Trainer: code from your authenticator"), lambda code: prove(password, code), name=True
            )

        def prove(password: str, code: str) -> None:
            def proved() -> str:
                self._bench.prove(password, code.replace(" ", ""))
                return then()

            self._do(proved)

        self.reason.ask(self.tr("Trainer: your password"), with_password, secret=True)

    def _say(self, words: str, tone: str = "dim") -> None:
        self._told.setText(words)
        set_look(self._told, tone=tone)

    def _reason_turned(self, opened: bool) -> None:
        self._turned()
        if not opened:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(lesson: Lesson, held: LessonProgress) -> Row:
    drills = _of(held.passed, lesson.practice) if lesson.practice else translated("none", "drills")
    questions = _of(held.right, lesson.questions)
    words, tone = _stands(lesson, held)
    cells = (
        translated(lesson.title, "drills"),
        str(lesson.minutes),
        "✓" if held.read else "",
        questions,
        drills,
        words,
    )
    return Row(lesson.topic, cells, ((5, tone),))


def _of(done: Sized, all_of: Sized) -> str:
    return filled(translated("%1 of %2", "drills"), str(len(done)), str(len(all_of)))


def _stands(lesson: Lesson, held: LessonProgress) -> tuple[str, str]:
    if held.signed:
        return translated("✓ on training record", "drills"), "verified"
    if is_complete(lesson, held):
        return translated("▲ complete: to be signed", "drills"), "owed"
    begun = held.read or held.tries or held.passed
    if begun:
        return translated("■ begun", "drills"), "text"
    return translated("not begun", "drills"), "dim"
