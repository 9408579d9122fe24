"""Training that is due again after a change of system or law (TRN-2): which topics a person holds, and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Policy
from mdt_app.domain.registers import Values, names_in
from mdt_app.hq import registers
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.tables import accounts, drill_results, training
from mdt_app.services.curriculum import load_curriculum

REGISTER = "training_changes"
COMPLETE, DUE, OVERDUE, MISSING = "complete", "due", "overdue", "missing"
"""How a topic stands: due is open until a day, overdue and missing shut the person out (ACC-3)."""
OPENS = (COMPLETE, DUE)
ROSTER = (
    "user_id",
    "name",
    "role",
    "active",
    "topic",
    "stands",
    "due_on",
    "completed_on",
    "trainer",
    "version",
    "newest",
    "basis",
    "practice",
    "recorded_by",
)
"""The roster's columns: a line a person and topic. `version`: the lesson's that was done, `newest`: as it is now.

`basis`: 'lesson' or 'trainer' (that person's word alone); `practice`: the lesson's drills, passed of all.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A change in force for one topic: since what day (ISO) and from which version of its lesson training counts.

    `due_on`: the last day on which access stays open without it.
    """

    since: str
    due_on: date
    least_version: int = 0

    def met_by(self, row: Any) -> bool:
        """Whether training on record takes this change in."""
        return bool(row.completed_on >= self.since and row.version >= self.least_version)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a topic stands for a person: the record that counts (None: there is none), and until when it is open."""

    stands: str
    row: Any = field(default=None)
    due_on: str = ""


def put_in_force(_connection: Connection, change: Held, _desk: Desk) -> Values:
    """Write down which version of each lesson counts from this change on. Raises Refused for days that cross."""
    lessons = load_curriculum()
    if change.values.get("due_on") and change.values["due_on"] < change.values["effective_on"]:
        words = "The last day of access is before the day from which training counts."
        raise Refused("days_crossed", words, "Set a later one, or none.")
    said = (f"{topic} {lessons[topic].version}" for topic in names_in(change.values["topics"]) if topic in lessons)
    return {"lessons": ", ".join(said)}


def changes(connection: Connection) -> Mapping[str, Sequence[Change]]:
    """Return the changes in force by topic."""
    found: dict[str, list[Change]] = defaultdict(list)
    for held in registers.standing(connection, REGISTER, "in_force"):
        said = held.values
        versions = dict(part.rsplit(" ", 1) for part in names_in(said.get("lessons", "")))
        for topic in names_in(said["topics"]):
            found[topic].append(Change(said["effective_on"], _last_day(said), int(versions.get(topic, 0))))
    return found


def standing(rows: Iterable[Any], marked: Iterable[Change], today: date) -> Standing:
    """Return how a topic stands by its records (any order) and the changes that touch it."""
    newest = max(rows, key=lambda row: (row.completed_on, row.version, row.position), default=None)
    if newest is None:
        return Standing(MISSING)
    unmet = [change for change in marked if not change.met_by(newest)]
    if not unmet:
        return Standing(COMPLETE, newest)
    last = min(change.due_on for change in unmet)
    return Standing(DUE if last >= today else OVERDUE, newest, last.isoformat())


def topics_held(connection: Connection, today: date | None = None) -> Mapping[str, Mapping[str, date | None]]:
    """Return the topics that give each person access, by user id: complete, or due on a day that has not passed.

    Beside each topic stands its last day where it is due again, else None.
    """
    day, marked = today or datetime.now(UTC).date(), changes(connection)
    held: dict[str, dict[str, date | None]] = defaultdict(dict)
    for (user_id, topic), rows in _records(connection).items():
        stands = standing(rows, marked.get(topic, ()), day)
        if stands.stands in OPENS:
            held[user_id][topic] = date.fromisoformat(stands.due_on) if stands.due_on else None
    return held


def roster(connection: Connection, policy: Policy, user_id: str = "") -> Iterator[dict[str, str]]:
    """Yield the roster's lines: every account, or one, with every topic that the policy asks for."""
    today, marked, records, lessons = (
        datetime.now(UTC).date(),
        changes(connection),
        _records(connection),
        load_curriculum(),
    )
    people = select(accounts).order_by(accounts.c.user_id)
    for person in connection.execute(people.where(accounts.c.user_id == user_id) if user_id else people):
        about = {name: str(getattr(person, name)) for name in ("user_id", "name", "role")}
        about["active"] = "yes" if person.active else "no"
        passed = passed_drills(connection, person.user_id)
        for topic in policy.training:
            stands = standing(records.get((person.user_id, topic), ()), marked.get(topic, ()), today)
            drills = lessons[topic].practice
            practice = f"{len(passed.intersection(drills))} of {len(drills)}" if drills else ""
            newest = str(lessons[topic].version)
            yield {**about, "topic": topic, **_told(stands), "newest": newest, "practice": practice}


def _last_day(said: Values) -> date:
    """A change without a last day of access makes its topics due at once, on its own day."""
    if said.get("due_on"):
        return date.fromisoformat(said["due_on"])
    return date.fromisoformat(said["effective_on"]) - timedelta(days=1)


def _records(connection: Connection) -> Mapping[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.execute(select(training)):
        found[row.user_id, row.topic].append(row)
    return found


def passed_drills(connection: Connection, user_id: str) -> frozenset[str]:
    """Return the drills that a person has passed, as they stand on record."""
    mine = (drill_results.c.user_id == user_id) & drill_results.c.passed
    return frozenset(connection.scalars(select(drill_results.c.drill).where(mine)))


def _told(stands: Standing) -> dict[str, str]:
    row = stands.row
    names = ("completed_on", "trainer", "version", "basis", "recorded_by")
    said = {name: str(getattr(row, name)) if row is not None else "" for name in names}
    return {"stands": stands.stands, "due_on": stands.due_on, **said}
