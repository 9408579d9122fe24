"""The curriculum: a lesson a topic with its questions and drills, and how far a person is in it (TRN-1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mdt_app.domain.drill_results import DrillResult


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a lesson: a heading and its text, paragraphs apart by an empty line."""

    head: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the text as a screen wraps it: each paragraph one line."""
        return tuple(" ".join(part.split()) for part in self.text.split("\n\n"))


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right answer, wrong ones, why it is so, and the clause."""

    asks: str
    right: str
    wrong: tuple[str, ...]
    why: str
    clause: str

    def choices(self, tries: int) -> tuple[str, ...]:
        """Return the answers in their order at the so-and-so-manieth try: a place on the screen is no knowledge."""
        held = (self.right, *self.wrong)
        turn = (len(self.asks) + tries) % len(held)
        return (*held[turn:], *held[:turn])


@dataclass(frozen=True, slots=True)
class Lesson:
    """A topic's lesson. `version` counts its contents; `practice` names the drills that go with it."""

    topic: str
    version: int
    title: str
    minutes: int
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    practice: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what a person reads of it, in order and without its title; a clause stands as it was approved."""
        pages = (text for page in self.pages for text in (page.head, *page.paragraphs))
        asked = (text for one in self.questions for text in (one.asks, one.right, *one.wrong, one.why))
        return (*pages, *asked)


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """How far a person is in a lesson of this version.

    `right`: the numbers of the questions that were answered rightly; `wrong`: of those that come again, the next one
    first; `tries`: how many answers were given. `passed`: the results of the drills that were passed, by their names.
    `signed`: a trainer has put it on record at headquarters.
    """

    version: int
    read: bool = False
    right: frozenset[int] = frozenset()
    wrong: tuple[int, ...] = ()
    tries: int = 0
    passed: Mapping[str, DrillResult] = field(default_factory=dict)
    signed: bool = False


Progress = Mapping[str, LessonProgress]
"""A person's progress by topic."""


def progress_in(lesson: Lesson, progress: Progress) -> LessonProgress:
    """Return how far a person is in a lesson: anew from the beginning when it has another version now."""
    held = progress.get(lesson.topic)
    return held if held is not None and held.version == lesson.version else LessonProgress(lesson.version)


def next_question(lesson: Lesson, held: LessonProgress) -> int | None:
    """Return the number of the next question: those never tried, then those answered wrongly; None: all are right."""
    tried = held.right | set(held.wrong)
    fresh = next((number for number in range(len(lesson.questions)) if number not in tried), None)
    return fresh if fresh is not None else next(iter(held.wrong), None)


def answered(lesson: Lesson, held: LessonProgress, number: int, answer: str) -> LessonProgress:
    """Return the progress after an answer."""
    others = tuple(one for one in held.wrong if one != number)
    if answer == lesson.questions[number].right:
        return replace(held, right=held.right | {number}, wrong=others, tries=held.tries + 1)
    return replace(held, wrong=(*others, number), tries=held.tries + 1)


def with_drill(lesson: Lesson, held: LessonProgress, result: DrillResult) -> LessonProgress:
    """Return the progress after a drill: only one of the lesson's, and only one that was passed, counts."""
    if not result.passed or result.drill not in lesson.practice:
        return held
    return replace(held, passed={**held.passed, result.drill: result})


def open_practice(lesson: Lesson, held: LessonProgress) -> tuple[str, ...]:
    """Return the lesson's drills that were not passed yet, in order."""
    return tuple(drill for drill in lesson.practice if drill not in held.passed)


def is_complete(lesson: Lesson, held: LessonProgress) -> bool:
    """Whether the lesson was read, every question answered rightly and every drill passed."""
    return held.read and next_question(lesson, held) is None and not open_practice(lesson, held)


def to_sign(lessons: Iterable[Lesson], progress: Progress) -> tuple[Lesson, ...]:
    """Return the lessons that are complete and not signed by a trainer yet."""
    return tuple(
        lesson for lesson in lessons if is_complete(lesson, held := progress_in(lesson, progress)) and not held.signed
    )
