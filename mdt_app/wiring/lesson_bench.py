"""The lessons behind the trainer's desk: progress on this machine, and the signature through headquarters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mdt_app.domain.curriculum import Lesson, LessonProgress, answered, progress_in, to_sign, with_drill
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.errors import BadInput
from mdt_app.services.curriculum import load_curriculum
from mdt_app.services.lesson_progress import ProgressFolder
from mdt_app.sync.account_wire import TrainingRecord
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.drill_wire import DrillResultMessage
from mdt_app.sync.key_wire import DeskProof
from mdt_app.wiring.training_files import save_certificate
from ui.console.drill_bench import Sitting


@dataclass(frozen=True, slots=True)
class Office:
    """Headquarters as a trainer's desk reaches it."""

    url: str
    token: str


class Lessons:
    """As LessonBench says. `office`: None where no headquarters is named; `folder` keeps progress and certificates."""

    def __init__(self, folder: Path, office: Office | None = None) -> None:
        self._folder, self._office = folder, office
        self._progress = ProgressFolder(folder / "progress")
        self._client: DeskClient | None = None

    def close(self) -> None:
        """End the trainer's session at headquarters."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def lessons(self) -> Sequence[Lesson]:
        """The lessons in the policy's order."""
        return tuple(load_curriculum().values())

    def held(self, user_id: str, lesson: Lesson) -> LessonProgress:
        """How far a person is in a lesson."""
        return progress_in(lesson, self._progress.held(user_id))

    def has_read(self, user_id: str, lesson: Lesson) -> None:
        """Keep that a person has come to the last page."""
        self._change(user_id, (lesson,), lambda _, held: replace(held, read=True))

    def answer(self, user_id: str, lesson: Lesson, number: int, answer: str) -> bool:
        """Keep a person's answer; returns whether it is right."""
        self._change(user_id, (lesson,), lambda one, held: answered(one, held, number, answer))
        return answer == lesson.questions[number].right

    def anew(self, user_id: str, lesson: Lesson) -> None:
        """Let a person begin a lesson from its first page: its topic is due again."""
        self._change(user_id, (lesson,), lambda one, _: LessonProgress(one.version))

    def drilled(self, user_id: str, result: DrillResult) -> None:
        """Keep what a person's drill came to, in each lesson that it is practice of."""
        if result.passed:
            self._change(user_id, self.lessons(), lambda lesson, held: with_drill(lesson, held, result))

    def sign(self, sitting: Sitting) -> str:
        """Put what is complete on the training record at headquarters; returns what to say of it."""
        if not sitting.trainer:
            raise BadInput("No trainer is named.", "Go to the drills (Esc) and fill in the field 'Trainer'.")
        done = to_sign(self.lessons(), self._progress.held(sitting.user_id))
        if not done:
            raise BadInput("Nothing is complete and unsigned.", "Read a lesson, answer its questions, pass its drills.")
        self._desk().record_training(sitting.user_id, self._record(sitting, done))
        self._change(sitting.user_id, done, lambda _, held: replace(held, signed=True))
        return f"On the training record of {sitting.user_id}: {', '.join(lesson.title for lesson in done)}."

    def prove(self, password: str, code: str) -> None:
        """Prove to headquarters who the trainer is."""
        self._desk().prove(DeskProof(password=password, code=code))

    def certificate(self, user_id: str) -> str:
        """Keep a person's certificate as a file; returns where."""
        office = self._named()
        path = self._folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{user_id}-certificate.pdf"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        save_certificate(office.url, office.token, user_id, path)
        return f"Kept as {path}, with headquarters' proof beside it."

    def _record(self, sitting: Sitting, done: Sequence[Lesson]) -> TrainingRecord:
        """What headquarters is told: the lessons' versions, and the drills, with the trainer who signs for them."""
        passed = [result for lesson in done for result in self.held(sitting.user_id, lesson).passed.values()]
        named = (replace(result, trainer=result.trainer or sitting.trainer) for result in passed)
        return TrainingRecord(
            topics=tuple(lesson.topic for lesson in done),
            trainer=sitting.trainer,
            completed_on=datetime.now(UTC).date(),
            lessons={lesson.topic: lesson.version for lesson in done},
            drills=tuple(map(DrillResultMessage.of, named)),
        )

    def _change(
        self, user_id: str, lessons: Sequence[Lesson], change: Callable[[Lesson, LessonProgress], LessonProgress]
    ) -> None:
        progress = dict(self._progress.held(user_id))
        for lesson in lessons:
            progress[lesson.topic] = change(lesson, progress_in(lesson, progress))
        self._progress.keep(user_id, progress)

    def _named(self) -> Office:
        if self._office is None:
            raise BadInput(
                "No headquarters is named.", "Start with --hq ADDRESS and a trainer's token in MDT_DESK_TOKEN."
            )
        return self._office

    def _desk(self) -> DeskClient:
        """The trainer's connection; their session lives as long as it."""
        if self._client is None:
            office = self._named()
            self._client = DeskClient(office.url, office.token)
        return self._client
