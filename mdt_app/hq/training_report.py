"""The Training Unit's report and a person's certificate as PDF (TRN-1, TRN-4): who is complete, due and overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Policy
from mdt_app.hq.training_due import COMPLETE, DUE, MISSING, OPENS, OVERDUE
from mdt_app.services.report_pdf import Section, write_report

Line = Mapping[str, str]
"""A line of the roster."""
_STANDS = (COMPLETE, DUE, OVERDUE, MISSING)
_BASES = {"lesson": "lesson, questions", "trainer": "trainer's word"}
_TOPICS = ("Topic", "Clause", "Lesson", "Complete", "Due", "Overdue", "Missing")
_PEOPLE = ("User", "Name", "Role", "Complete", "Due", "Overdue", "Missing", "Access")
_OPEN = ("User", "Topic", "Stands", "Last day", "Completed", "Version")
_DONE = ("Topic", "Clause", "Completed", "Trainer", "Lesson", "By", "Drills")


def write_training_report(lines: Sequence[Line], policy: Policy, agency_ori: str, now: datetime, path: Path) -> None:
    """Write the report. Suspended accounts stand in the files of all lines; here they are only counted."""
    active = [line for line in lines if line["active"] == "yes"]
    people = _people(active)
    suspended = len(_people(lines)) - len(people)
    shut = sum(not _opens(own) for own in people.values())
    head = (
        f"Agency {agency_ori}. {policy.name}, version {policy.version}. As of {now:%Y-%m-%d %H:%M} UTC.",
        f"{len(people)} accounts in force, {suspended} suspended. Training complete enough for access: "
        f"{len(people) - shut}; shut out: {shut}.",
        "Due: a marked change has to be taken in by the last day. Overdue and missing shut the person out.",
    )
    sections = (
        Section("What this is", head),
        Section("By topic", (), (_TOPICS, *_by_topic(active, policy)), (16, 7, 5, 6, 4, 6, 6)),
        Section("By person", (), (_PEOPLE, *_by_person(people)), (10, 12, 10, 6, 4, 6, 6, 6)),
        Section("What is open", (_none_open(active),), (_OPEN, *_open(active, policy)), (10, 20, 7, 8, 8, 5)),
    )
    write_report(path, "Training of ALPR operators", sections)


def write_certificate(lines: Sequence[Line], policy: Policy, agency_ori: str, now: datetime, path: Path) -> None:
    """Write a person's certificate. Raises Refused for nobody, and while a topic is not complete."""
    if not lines:
        raise Refused("not_found", "There is no account with this user id.", "Look it up among the accounts.")
    if lacking := [policy.training[line["topic"]].words for line in lines if line["stands"] != COMPLETE]:
        words = f"The training is not complete: {'; '.join(lacking)}."
        raise Refused("training_incomplete", words, "Let the person complete these topics.")
    who, last = lines[0], max(line["completed_on"] for line in lines)
    text = (
        f"{who['name']} ({who['user_id']}, {who['role'].replace('_', ' ')}) of agency {agency_ori} has completed the "
        f"standardized training on automated license plate recognition in all {len(lines)} topics of "
        f"{policy.name}, version {policy.version}, the last of them on {last}.",
        f"Issued on {now:%Y-%m-%d} at {now:%H:%M} UTC from the training record at headquarters. It holds until a "
        "change of system or law makes a topic due again. Headquarters' signature over this file is in the proof "
        "beside it.",
    )
    done = (_DONE, *(_certified(line, policy) for line in lines))
    sections = (
        Section(who["name"], text),
        Section("Topics", (), done, (18, 9, 8, 12, 6, 9, 5)),
        Section("Signatures", ("\nTrainer: ______________________________      Date: ______________",
                               "\nALPR Administrator: ____________________      Date: ______________")),
    )  # fmt: skip
    write_report(path, "Certificate of ALPR training", sections)


def _people(lines: Sequence[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line["user_id"], []).append(line)
    return found


def _opens(own: Sequence[Line]) -> bool:
    return all(line["stands"] in OPENS for line in own)


def _counted(lines: Sequence[Line]) -> tuple[str, ...]:
    counts = Counter(line["stands"] for line in lines)
    return tuple(str(counts[stands]) for stands in _STANDS)


def _by_topic(lines: Sequence[Line], policy: Policy) -> Iterator[tuple[str, ...]]:
    for topic, about in policy.training.items():
        own = [line for line in lines if line["topic"] == topic]
        yield (about.words, about.clause, own[0]["newest"] if own else "", *_counted(own))


def _by_person(people: Mapping[str, Sequence[Line]]) -> Iterator[tuple[str, ...]]:
    for user_id, own in people.items():
        role = own[0]["role"].replace("_", " ")
        yield (user_id, own[0]["name"], role, *_counted(own), "open" if _opens(own) else "SHUT")


def _open(lines: Sequence[Line], policy: Policy) -> Iterator[tuple[str, ...]]:
    """What people still have to do, what is overdue first; of whom nothing is on record, one line is enough."""
    for user_id, own in _people(lines).items():
        if all(line["stands"] == MISSING for line in own):
            yield (user_id, f"all {len(own)} topics", MISSING, "", "", "")
    known = {user for user, own in _people(lines).items() if any(line["stands"] != MISSING for line in own)}
    waiting = [line for line in lines if line["user_id"] in known and line["stands"] != COMPLETE]
    for line in sorted(waiting, key=lambda line: (line["stands"] == DUE, line["due_on"], line["user_id"])):
        words = policy.training[line["topic"]].words
        yield (line["user_id"], words, line["stands"], line["due_on"], line["completed_on"], line["version"])


def _none_open(lines: Sequence[Line]) -> str:
    count = sum(line["stands"] != COMPLETE for line in lines)
    return f"{count} topics of people." if count else "None: everybody is complete."


def _certified(line: Line, policy: Policy) -> tuple[str, ...]:
    about = policy.training[line["topic"]]
    version = "before versions" if line["version"] == "0" else line["version"]
    by = _BASES.get(line["basis"], line["basis"])
    return (about.words, about.clause, line["completed_on"], line["trainer"], version, by, line["practice"] or "-")
