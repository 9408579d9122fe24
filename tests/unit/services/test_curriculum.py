"""The curriculum: one sound lesson a topic, and a person's way through it that is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mdt_app.domain.curriculum import (
    LessonProgress,
    answered,
    is_complete,
    next_question,
    open_practice,
    progress_in,
    to_sign,
    with_drill,
)
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.services.curriculum import load_curriculum, read_lesson
from mdt_app.services.lesson_progress import ProgressFolder
from mdt_app.services.policies import load_policy

GOOD = """\
topic = "access"
version = 1
title = "T"
minutes = 5
[[pages]]
head = "H"
text = "One\\nline.\\n\\nTwo."
[[questions]]
asks = "A?"
right = "yes"
wrong = ["no", "perhaps"]
why = "W"
clause = "POSTC F"
[[questions]]
asks = "B?"
right = "yes"
wrong = ["no", "perhaps"]
why = "W"
clause = "POSTC F"
[[questions]]
asks = "C?"
right = "yes"
wrong = ["no", "perhaps"]
why = "W"
clause = "POSTC F"
"""


def result(drill: str, passed: bool = True) -> DrillResult:
    return DrillResult(drill, "0" * 16, ("access",), passed, (), 4.0, "", datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.clause("TRN-1", "TRN-3")
def test_each_topic_of_every_policy_has_a_lesson_and_the_visual_verification_is_drilled():
    """The eleven topics, in the policy's order; wrong state, misread, stale entry and swapped plate are practice."""
    lessons = load_curriculum()
    for policy in ("postc", "newtown", "glastonbury"):
        assert tuple(lessons) == tuple(load_policy(policy).training)
    assert {"3-read-as-7", "same-number-other-state", "recovered-still-listed", "swapped-plate"} == set(
        lessons["visual_verification"].practice
    )


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("version = 1", "version = 0", "version begins with 1"),
        ("minutes = 5", 'minutes = 5\npractise = ["x"]', "practise"),
        ("minutes = 5", 'minutes = 5\npractice = ["no-such-drill"]', "practice names no drill: no-such-drill"),
        ('wrong = ["no", "perhaps"]', 'wrong = ["no", "yes"]', "'A?' needs 2 wrong answers or more, all different"),
        ('why = "W"', 'why = ""', "why of part 2 is empty"),
        ('title = "T"', "title = ", "can't be read"),
    ],
)
def test_a_lesson_that_does_not_hold_together_is_told(tmp_path: Path, right: str, wrong: str, says: str):
    """With the file and what is wrong in it."""
    path = tmp_path / "l.toml"
    path.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=r"l\.toml") as refusal:
        read_lesson(path)
    assert says in refusal.value.words


@pytest.mark.clause("TRN-1")
def test_the_way_through_a_lesson_is_kept_and_ends_with_all_of_it(tmp_path: Path):
    """What is answered wrongly comes again last; a lesson's new version begins anew; a restart loses nothing."""
    (tmp_path / "l.toml").write_text(GOOD, encoding="utf-8")
    lesson = replace(read_lesson(tmp_path / "l.toml"), practice=("camera-out",))
    assert lesson.pages[0].paragraphs == ("One line.", "Two.")
    held, order = LessonProgress(1), []
    for answer in ("no", "yes", "yes", "no", "yes"):
        number = next_question(lesson, held)
        order.append(number)
        held = answered(lesson, held, number, answer)
    assert order == [0, 1, 2, 0, 0]
    assert next_question(lesson, held) is None
    assert {lesson.questions[0].choices(tries)[0] for tries in range(3)} == {"yes", "no", "perhaps"}
    held = with_drill(lesson, with_drill(lesson, held, result("camera-out", passed=False)), result("exigent"))
    assert open_practice(lesson, held) == ("camera-out",)
    held = with_drill(lesson, replace(held, read=True), result("camera-out"))
    assert is_complete(lesson, held)
    folder = ProgressFolder(tmp_path / "kept")
    folder.keep("rdoe", {"access": held})
    again = folder.held("rdoe")
    assert again == {"access": held}
    assert to_sign([lesson], again) == (lesson,)
    assert to_sign([lesson], {"access": replace(held, signed=True)}) == ()
    assert progress_in(replace(lesson, version=2), again) == LessonProgress(2)
    assert folder.held("another") == {}
    with pytest.raises(BadInput):
        folder.held("../rdoe")
    (tmp_path / "kept" / "rdoe.json").write_text("{", encoding="utf-8")
    with pytest.raises(MdtError, match="can't be read"):
        folder.held("rdoe")
