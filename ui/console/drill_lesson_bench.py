"""What the pages of the lessons work with: the curriculum, a person's progress, and the trainer's signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mdt_app.domain.curriculum import Lesson, LessonProgress
from mdt_app.domain.drill_results import DrillResult
from ui.console.drill_bench import Sitting


class LessonBench(Protocol):
    """The lessons behind the desk. Only Qt's thread asks; each call may raise MdtError with what to do."""

    def lessons(self) -> Sequence[Lesson]:
        """The lessons in the policy's order."""

    def held(self, user_id: str, lesson: Lesson) -> LessonProgress:
        """How far a person is in a lesson."""

    def has_read(self, user_id: str, lesson: Lesson) -> None:
        """Keep that a person has come to the last page."""

    def answer(self, user_id: str, lesson: Lesson, number: int, answer: str) -> bool:
        """Keep a person's answer; returns whether it is right."""

    def anew(self, user_id: str, lesson: Lesson) -> None:
        """Let a person begin a lesson from its first page: its topic is due again."""

    def drilled(self, user_id: str, result: DrillResult) -> None:
        """Keep what a person's drill came to, in each lesson that it is practice of."""

    def sign(self, sitting: Sitting) -> str:
        """Put what is complete on the training record at headquarters; returns what to say of it.

        Raises Refused with the reason PROVE_AGAIN while the trainer has to prove who they are.
        """

    def prove(self, password: str, code: str) -> None:
        """Prove to headquarters who the trainer is."""

    def certificate(self, user_id: str) -> str:
        """Keep a person's certificate as a file; returns where."""
