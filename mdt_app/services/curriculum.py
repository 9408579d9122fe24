"""Reads the curriculum (resources/lessons/*.toml); a lesson that does not hold together stops the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from mdt_app.domain.curriculum import Lesson, Page, Question
from mdt_app.domain.errors import BadInput
from mdt_app.services.policies import load_policy
from mdt_app.services.resource_tables import read_table, shape_of, tables_in
from mdt_app.services.scenarios import library

MODEL = "postc"
"""The policy whose topics the curriculum covers; every policy has the same ones."""
_LEAST_QUESTIONS, _LEAST_WRONG = 3, 2
_SHAPE = shape_of(Lesson)


@cache
def load_curriculum() -> Mapping[str, Lesson]:
    """Return the lessons by topic, in the policy's order. Raises BadInput naming file and key."""
    sources = tables_in("lessons")
    made = {lesson.topic: lesson for lesson in map(read_lesson, sources)}
    topics = load_policy(MODEL).training
    if made.keys() != topics.keys() or len(made) != len(sources):
        raise BadInput("The curriculum has not one lesson for each topic.", f"Topics: {', '.join(topics)}.")
    return MappingProxyType({topic: made[topic] for topic in topics})


def read_lesson(source: Traversable) -> Lesson:
    """Read one lesson. Raises BadInput with all that is wrong in it."""
    return read_table(source, _SHAPE, _faults)


def _faults(lesson: Lesson) -> Iterator[str]:
    if lesson.version < 1:
        yield "version begins with 1"
    if not lesson.pages:
        yield "there is no page"
    if len(lesson.questions) < _LEAST_QUESTIONS:
        yield f"there are fewer than {_LEAST_QUESTIONS} questions"
    yield from (f"practice names no drill: {name}" for name in lesson.practice if name not in library())
    parts: tuple[Page | Question, ...] = (*lesson.pages, *lesson.questions)
    for number, part in enumerate(parts, 1):
        yield from (f"{name} of part {number} is empty" for name, held in asdict(part).items() if not held)
    for question in lesson.questions:
        if len({question.right, *question.wrong}) < len(question.wrong) + 1 or len(question.wrong) < _LEAST_WRONG:
            yield f"'{question.asks}' needs {_LEAST_WRONG} wrong answers or more, all different"
