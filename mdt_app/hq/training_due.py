"""Training that is due again after a change of system or law (TRN-2), and the roster for the Training Unit (TRN-4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from mdt_app.domain.policy import Policy
from mdt_app.domain.registers import names_in
from mdt_app.hq import registers
from mdt_app.hq.tables import accounts, training

ROSTER = ("user_id", "name", "role", "active", "topic", "completed_on", "trainer", "stands")
"""The roster's columns: a line a person and topic. `stands`: 'complete', 'due again' or 'missing'."""


def due_since(connection: Connection) -> Mapping[str, str]:
    """Return since what day (ISO) training in a topic counts, for the topics that a change has made due again."""
    since: dict[str, str] = {}
    for change in registers.standing(connection, "training_changes", "in_force"):
        for topic in names_in(change.values["topics"]):
            since[topic] = max(since.get(topic, ""), change.values["effective_on"])
    return since


def topics_held(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Return the topics that each person has completed and that no change has made due again, by user id."""
    since, held = due_since(connection), defaultdict(set)
    newest = select(training.c.user_id, training.c.topic, func.max(training.c.completed_on))
    for user_id, topic, completed_on in connection.execute(newest.group_by(training.c.user_id, training.c.topic)):
        if completed_on >= since.get(topic, ""):
            held[user_id].add(topic)
    return {user_id: frozenset(topics) for user_id, topics in held.items()}


def roster(connection: Connection, policy: Policy) -> Iterator[dict[str, str]]:
    """Yield the roster's lines: every account with every topic that the policy asks for."""
    since = due_since(connection)
    done: dict[tuple[str, str], Any] = {}
    for row in connection.execute(select(training).order_by(training.c.completed_on, training.c.position)):
        done[row.user_id, row.topic] = row
    people = connection.execute(select(accounts).order_by(accounts.c.user_id))
    for person in people:
        about = {name: str(getattr(person, name)) for name in ("user_id", "name", "role")}
        about["active"] = "yes" if person.active else "no"
        for topic in policy.training:
            last = done.get((person.user_id, topic))
            completed_on, trainer = (last.completed_on, last.trainer) if last else ("", "")
            again = completed_on < since.get(topic, "")
            stands = "missing" if last is None else "due again" if again else "complete"
            yield {**about, "topic": topic, "completed_on": completed_on, "trainer": trainer, "stands": stands}
