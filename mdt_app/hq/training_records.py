"""Training on record: who completed which topic, when, with whom, in which version of its lesson (TRN-1, ACC-3).

The one way by which training opens access. Each record stands as rows that are only ever added, as an act on the
account, and in headquarters' own trail, which is signed and can be verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.hq import own_trail
from mdt_app.hq.accounts import Act, record_act, require_other
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.store import Store
from mdt_app.hq.tables import drill_results, training
from mdt_app.hq.training_due import passed_drills
from mdt_app.services.curriculum import load_curriculum
from mdt_app.sync.account_wire import TrainingRecord
from mdt_app.sync.drill_wire import DrillResultMessage

FROM_LESSON, FROM_TRAINER = "lesson", "trainer"
"""What a record rests on: the program's lesson with its questions and drills, or the trainer's own word."""


def record_training(store: Store, trail: OwnTrail, user_id: str, done: TrainingRecord, by: str) -> None:
    """Put topics of the standardized training on record as complete.

    Raises BadInput for an unknown account, one's own, an unknown topic, a day to come, a lesson that is not
    headquarters' version, and a lesson whose drills are not passed on this record or by this message.
    """
    with store.writing() as connection:
        require_other(connection, user_id, by)
        _require_known(done, user_id)
        for result in done.drills:
            put_drill(connection, user_id, result.to_result(), by)
        rows = list(_rows(connection, user_id, done, by))
        connection.execute(insert(training), rows)
        topics = {row["topic"]: row["version"] for row in rows}
        record_act(connection, user_id, Act("trained", by, ", ".join(topics)))
        body = {
            "topics": topics,
            "lessons": sorted(done.lessons),
            "trainer": done.trainer,
            "completed_on": done.completed_on.isoformat(),
        }
        trail.record(connection, own_trail.Act(EventKind.TRAINED, by, "desk", user_id, body))


def put_drill(connection: Connection, user_id: str, result: DrillResult, by: str) -> None:
    """Put a drill's result on a person's record, once: the very same result again changes nothing."""
    row = DrillResultMessage.of(result).model_dump()
    row |= {"topics": json.dumps(row["topics"]), "mistakes": json.dumps(row["mistakes"])}
    c = drill_results.c
    same = (c.user_id == user_id) & (c.drill == result.drill) & (c.at == result.at)
    if connection.scalar(select(c.position).where(same)) is None:
        connection.execute(insert(drill_results).values(row | {"user_id": user_id, "recorded_by": by}))
        outcome = "passed" if result.passed else "failed"
        record_act(connection, user_id, Act("drilled", by, f"{result.drill} {outcome}"))


def _require_known(done: TrainingRecord, user_id: str) -> None:
    lessons = load_curriculum()
    if unknown := [topic for topic in (*done.topics, *done.lessons) if topic not in lessons]:
        raise BadInput(f"'{unknown[0]}' is no topic of the training.", f"Choose from: {', '.join(lessons)}.")
    if beside := set(done.lessons) - set(done.topics):
        raise BadInput(f"'{min(beside)}' has a lesson here and is not among the topics.", "Name it among them.")
    if done.completed_on > datetime.now(UTC).date():
        raise BadInput("The day of the training is still to come.", "Record it when it is complete.")
    if done.trainer.strip().casefold() == user_id.casefold():
        raise BadInput("Nobody is their own trainer.", "Name who trained.")
    for topic, version in done.lessons.items():
        if version != lessons[topic].version:
            words = f"The lesson '{lessons[topic].title}' is in version {lessons[topic].version}, not {version}."
            raise BadInput(words, "Bring the training desk up to date, and do the lesson there.")


def _rows(connection: Connection, user_id: str, done: TrainingRecord, by: str) -> Iterator[dict[str, Any]]:
    lessons, passed, now = load_curriculum(), passed_drills(connection, user_id), datetime.now(UTC)
    for topic in done.topics:
        by_lesson = topic in done.lessons
        if by_lesson and (lacking := [drill for drill in lessons[topic].practice if drill not in passed]):
            words = f"'{lessons[topic].title}' needs practice: {', '.join(lacking)}."
            raise BadInput(words, "Let the person pass these drills first.")
        yield {
            "user_id": user_id,
            "topic": topic,
            "completed_on": done.completed_on.isoformat(),
            "trainer": done.trainer,
            "recorded_at": now,
            "version": lessons[topic].version,
            "basis": FROM_LESSON if by_lesson else FROM_TRAINER,
            "recorded_by": by,
        }
