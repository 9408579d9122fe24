"""Training at headquarters: on record with trainer and version, due again by a marked change, certified, reported."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import csv
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import EventKind
from mdt_app.hq import accounts, training_due
from mdt_app.hq.bundles import BundleMaker
from mdt_app.hq.news import NewsDesk
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.store import Store
from mdt_app.hq.training_due import Change, standing
from mdt_app.hq.training_records import record_training
from mdt_app.services.curriculum import load_curriculum
from mdt_app.services.trail_files import check_file
from mdt_app.sync.account_wire import AccountMessage, TrainingRecord
from mdt_app.sync.drill_wire import DrillResultMessage
from mdt_app.sync.news_wire import Subject
from mdt_app.sync.register_wire import PROOF
from mdt_app.wiring.training_files import save_certificate, save_report
from tests.contract.headquarters.test_hq_registers import acted, opened, reason
from tests.fakes.headquarters import BUNDLES, KEY, POLICY, Headquarters

TODAY = datetime.now(UTC).date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def admin(hq: Headquarters) -> Iterator[httpx2.Client]:
    """The Administrator's desk."""
    with hq.desk() as desk:
        yield desk


@pytest.fixture
def store(hq: Headquarters) -> Iterator[Store]:
    """The store, opened beside the server."""
    with contextlib.closing(hq.store()) as opened_store:
        yield opened_store


def an_officer(store: Store) -> str:
    user_id = f"officer-{uuid4().hex[:6]}"
    hashed = accounts.hash_password("a password")
    accounts.add_account(store, Account(user_id, "R. Doe", Role.OFFICER, hashed), "tests")
    return user_id


def trained(store: Store, user_id: str, topics: Iterable[str], on: date = TODAY, **more: object) -> None:
    """Put training on record, by the trainer's word unless lessons are named."""
    done = TrainingRecord(topics=tuple(topics), trainer="T. Trainer", completed_on=on, **more)
    record_training(store, OwnTrail(KEY), user_id, done, "tests")


def topics_of(store: Store, user_id: str) -> frozenset[str]:
    return next(a.training for a in accounts.all_accounts(store) if a.user_id == user_id)


def roster(desk: httpx2.Client, user_id: str) -> dict[str, dict[str, str]]:
    answer = desk.post("/v1/roster/csv")
    assert answer.headers[PROOF]
    return {line["topic"]: line for line in csv.DictReader(io.StringIO(answer.text)) if line["user_id"] == user_id}


def passed(drill: str) -> DrillResultMessage:
    result = DrillResult(drill, "0" * 16, ("visual_verification",), True, (), 9.0, "T. Trainer", NOW)
    return DrillResultMessage.of(result)


@pytest.mark.clause("TRN-1", "ACC-3")
def test_a_lesson_is_on_record_with_its_version_and_needs_its_drills(store: Store, admin: httpx2.Client) -> None:
    """Another version, drills that were not passed, a day to come, one's own word: refused. Then whole, and signed."""
    user_id, topic = an_officer(store), "visual_verification"
    lesson = load_curriculum()[topic]
    drills = tuple(map(passed, lesson.practice))
    for wrong in (
        {"lessons": {topic: lesson.version + 1}, "drills": drills},
        {"lessons": {topic: lesson.version}, "drills": drills[1:]},
        {"lessons": {"privacy": 1}, "drills": drills},
        {"on": TOMORROW},
    ):
        with pytest.raises(BadInput):
            trained(store, user_id, [topic], **wrong)
    with pytest.raises(BadInput):
        trained(store, user_id, ["first_aid"])
    own = TrainingRecord(topics=(topic,), trainer=user_id, completed_on=TODAY)
    with pytest.raises(BadInput, match="own trainer"):
        record_training(store, OwnTrail(KEY), user_id, own, "tests")
    assert topics_of(store, user_id) == frozenset(), "nothing of what was refused stands there"
    for _ in range(2):  # the same results again change nothing
        trained(store, user_id, [topic], lessons={topic: lesson.version}, drills=drills)
    line = roster(admin, user_id)[topic]
    count = len(lesson.practice)
    assert (line["version"], line["basis"], line["practice"]) == ("1", "lesson", f"{count} of {count}")
    events = admin.get("/v1/events", params={"kind": EventKind.TRAINED.value}).json()["events"]
    body = next(one["event"]["body"] for one in events if one["event"]["subject"] == user_id)
    assert body["topics"] == {topic: lesson.version}
    assert body["trainer"] == "T. Trainer"
    with store.reading() as connection:
        assert OwnTrail(KEY).verify(connection).wrong_sequence is None


@pytest.mark.clause("TRN-2", "ACC-3")
def test_a_change_of_law_makes_its_topics_due_again(hq: Headquarters, store: Store, admin: httpx2.Client) -> None:
    """Only once it is marked, only its topics, only for training before it; each car hears of it and says the same."""
    user_id = an_officer(store)
    trained(store, user_id, POLICY.training, YESTERDAY)
    change = {"kind": "law", "what": "Public Act 26-14 is operative", "effective_on": str(TODAY)}
    record = opened(admin, "training_changes", change | {"topics": "sharing, privacy"})
    assert topics_of(store, user_id) == POLICY.training.keys()
    with hq.client() as car:
        before = BUNDLES.read(*car.fetch_accounts())
        record = acted(admin, "training_changes", record, "put_in_force").json()
        try:
            assert record["values"]["lessons"] == "sharing 1, privacy 1"
            after = BUNDLES.read(*car.fetch_accounts())
            held = [next(a.training for a in bundle.accounts if a.user_id == user_id) for bundle in (before, after)]
            assert held[0] - held[1] == {"sharing", "privacy"}
            trained(store, user_id, ["privacy"])
            assert POLICY.training.keys() - topics_of(store, user_id) == {"sharing"}
            stands = {topic: line["stands"] for topic, line in roster(admin, user_id).items()}
            assert (stands["sharing"], stands["privacy"]) == ("overdue", "complete")
            refused = admin.post(f"/v1/accounts/{user_id}/certificate")
            assert (refused.status_code, reason(refused)) == (409, "training_incomplete")
            record = acted(admin, "training_changes", record, "withdraw", "another day is set").json()
        finally:
            if record["state"] == "in_force":
                acted(admin, "training_changes", record, "withdraw", "the test is over")
    assert topics_of(store, user_id) == POLICY.training.keys()


class _Row:
    def __init__(self, completed_on: date, version: int) -> None:
        self.completed_on, self.version, self.position = str(completed_on), version, 1


@pytest.mark.clause("TRN-2", "ACC-3")
@pytest.mark.parametrize(
    ("trained_on", "version", "since", "least", "due_on", "stands"),
    [
        (YESTERDAY, 1, TODAY, 1, YESTERDAY, "overdue"),  # due at once
        (YESTERDAY, 1, TODAY, 1, TODAY, "due"),  # the last day of access
        (YESTERDAY, 1, TOMORROW, 1, TODAY, "due"),  # marked for tomorrow
        (TODAY, 1, TODAY, 2, YESTERDAY, "overdue"),  # trained this morning, in the lesson as it was
        (TODAY, 2, TODAY, 2, YESTERDAY, "complete"),
        (YESTERDAY, 2, TODAY, 2, YESTERDAY, "overdue"),  # the lesson as it is, before the day that counts
    ],
)
def test_what_counts_is_the_day_and_the_lessons_version(
    trained_on: date, version: int, since: date, least: int, due_on: date, stands: str
) -> None:
    """Both have to be those of the change; until the last day access stays open."""
    assert standing([_Row(trained_on, version)], [Change(str(since), due_on, least)], TODAY).stands == stands


@pytest.mark.clause("TRN-2")
def test_a_marked_change_is_news_for_every_car_and_its_days_do_not_cross(store: Store, admin: httpx2.Client) -> None:
    """No act on an account tells of it: the tag by which a car asks for accounts changes all the same."""
    change = {"kind": "lesson", "what": "The lesson is new", "effective_on": str(TODAY), "topics": "penalties"}
    crossed = opened(admin, "training_changes", change | {"due_on": str(YESTERDAY)})
    assert reason(acted(admin, "training_changes", crossed, "put_in_force")) == "days_crossed"
    record = opened(admin, "training_changes", change | {"due_on": str(TOMORROW)})
    before = accounts_tag(store)
    record = acted(admin, "training_changes", record, "put_in_force").json()
    try:
        assert accounts_tag(store) != before
        with store.reading() as connection:
            assert [c.due_on for c in training_due.changes(connection)["penalties"]] == [TOMORROW]
        # The car learns the last day with the account, and nothing of topics that are not due.
        user_id = an_officer(store)
        trained(store, user_id, POLICY.training, YESTERDAY)
        own = next(account for account in accounts.all_accounts(store) if account.user_id == user_id)
        assert (own.training, own.training_due) == (POLICY.training.keys(), (("penalties", TOMORROW),))
        assert AccountMessage.model_validate_json(AccountMessage.of(own).model_dump_json()).to_account() == own
        none_due = AccountMessage.of(replace(own, training_due=()))
        assert "training_due" not in none_due.model_dump_json()  # a car of an earlier release would refuse it
    finally:
        acted(admin, "training_changes", record, "withdraw", "the test is over")


def accounts_tag(store: Store) -> str:
    """By what a car knows that it has to fetch the accounts anew."""
    news = asyncio.run(NewsDesk(store, BundleMaker(KEY).signer).tags("car-7", revoked=False))
    return news.tags[Subject.ACCOUNTS]


@pytest.mark.clause("TRN-1", "TRN-4")
def test_the_certificate_and_the_report_of_the_training_unit(
    hq: Headquarters, store: Store, admin: httpx2.Client, tmp_path: Path
) -> None:
    """The report counts by topic and by person, in PDF and CSV; a certificate is given once all topics are complete."""
    whole, begun = an_officer(store), an_officer(store)
    trained(store, whole, POLICY.training)
    trained(store, begun, ["privacy"], date(2026, 3, 4))
    lines = roster(admin, begun)
    assert lines.keys() == POLICY.training.keys()
    done = lines["privacy"]
    assert (done["name"], done["completed_on"], done["trainer"]) == ("R. Doe", "2026-03-04", "T. Trainer")
    assert sum(line["stands"] == "missing" for line in lines.values()) == len(POLICY.training) - 1
    token = hq.desks[Role.TRAINER]
    save_certificate(hq.url, token, whole, tmp_path / "c.pdf")
    save_report(hq.url, token, tmp_path / "r.pdf")
    save_report(hq.url, token, tmp_path / "r.csv")
    with pytest.raises(MdtError, match="not complete"):
        save_certificate(hq.url, token, begun, tmp_path / "no.pdf")
    with pytest.raises(BadInput, match="already"):
        save_report(hq.url, token, tmp_path / "r.pdf")
    files = ("c.pdf", "r.pdf", "r.csv")
    assert {path.name for path in tmp_path.iterdir()} == {*files, *(f"{name}.proof.json" for name in files)}
    public_key = json.loads((tmp_path / "c.pdf.proof.json").read_text("utf-8"))["public_key"]
    assert {check_file(tmp_path / name, public_key).words for name in files} == {"ok"}
    with (tmp_path / "r.csv").open("a", encoding="utf-8") as out:
        out.write("rdoe,R. Doe,officer\n")
    assert "changed after it was exported" in check_file(tmp_path / "r.csv", public_key).words
    said, report = (words_of(tmp_path / name) for name in ("c.pdf", "r.pdf"))
    assert all(about.words in said for about in POLICY.training.values())
    assert whole in said
    assert "T. Trainer" in said
    assert f"{begun} R. Doe officer 1 0 0 {len(POLICY.training) - 1} SHUT" in report
    assert f"{whole} R. Doe officer {len(POLICY.training)} 0 0 0 open" in report


def words_of(path: Path) -> str:
    """The words of a PDF that ReportLab made: its streams are packed, each piece of text is one operator."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    pages = (zlib.decompress(base64.a85decode(b"<~" + one.strip(), adobe=True)) for one in streams)
    pieces = (piece for page in pages for piece in re.findall(rb"\((.*?)(?<!\\)\) Tj", page))
    return " ".join(b" ".join(pieces).decode("latin-1").replace("\\", "").split())
