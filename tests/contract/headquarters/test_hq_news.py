"""The one question of a car: each subject's tag changes when the subject does, and an idle car asks nothing else."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import insert

from mdt_app.domain.sync_messages import LinkState
from mdt_app.hq import accounts
from mdt_app.hq.lists import replace_list
from mdt_app.hq.news import NewsDesk
from mdt_app.hq.tables import (
    car_duties,
    confirmation_replies,
    confirmations,
    entry_acts,
    events,
    flags,
    orders,
    reader_hits,
)
from mdt_app.services.signing import Signer
from mdt_app.sync.client import HqClient
from mdt_app.sync.news_wire import Subject
from mdt_app.sync.pace import Pace
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.sync.worker import SyncWorker
from tests.fakes.chained import a_new_car
from tests.fakes.desk_people import seat
from tests.fakes.headquarters import Headquarters, MemoryOutbox, a_board, a_word, an_entry, made, until

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def car_of(client: HqClient) -> str:
    return client._car


def tags_of(desk: NewsDesk, car_id: str) -> dict[Subject, str]:
    """A car's tags after a look of this very moment."""
    desk._until = 0.0
    return dict(asyncio.run(desk.tags(car_id, revoked=False)).tags)


def give_order(hq: Headquarters, car_id: str) -> None:
    row = {"car_id": car_id, "kind": "lock", "by": "admin1", "issued_at": datetime.now(UTC), "words": ""}
    with closing(hq.store()) as store, store.writing() as connection:
        connection.execute(insert(orders).values(row))


def put_list(hq: Headquarters, _car_id: str) -> None:
    entries = [an_entry(uuid4().hex[:7].upper(), list_id="news")]
    hotlist = describe_list("news", "News", "TEST", datetime.now(UTC), entries, 1)
    with closing(hq.store()) as store:
        replace_list(store, "news", pack_list(hotlist, entries))


def change_account(hq: Headquarters, _car_id: str) -> None:
    with closing(hq.store()) as store:
        seat(store, "newsperson", next(iter(hq.desks)))
        accounts.release(store, "newsperson", "admin1")


def answer_request(hq: Headquarters, car_id: str) -> None:
    request_id, now = str(uuid4()), datetime.now(UTC)
    asked = {"request_id": request_id, "car_id": car_id, "hit_id": "h", "user_id": "u", "ori": "CT0010000"}
    asked |= {"inquiry": "", "asked_at": now, "due_at": now, "state": "answered", "times": 1}
    reply = {"request_id": request_id, "car_id": car_id, "hit_id": "h", "answer": "confirmed", "who": "SGT POE"}
    with closing(hq.store()) as store, store.writing() as connection:
        connection.execute(insert(confirmations).values(asked | {"held_by": "", "held_until": NEVER}))
        connection.execute(insert(confirmation_replies).values(reply | {"until_minutes": 0, "at": now, "response": ""}))


def read_elsewhere(hq: Headquarters, car_id: str) -> None:
    now, area = datetime.now(UTC), "News Sq"
    place = {"areas": json.dumps([area]), "duty": "patrol", "by": "admin1", "at": now}
    hit = {"read_id": str(uuid4()), "reader_id": "pole", "area": area, "duties": "[]", "received_at": now}
    with closing(hq.store()) as store, store.writing() as connection:
        connection.execute(insert(car_duties).values(place | {"car_id": car_id}))
        connection.execute(insert(reader_hits).values(hit | {"content": "{}"}))


def act_on_an_entry(hq: Headquarters, _car_id: str) -> None:
    row = {"entry_id": str(uuid4()), "version": 1, "step": "asked", "by": "u", "role": "officer", "words": ""}
    with closing(hq.store()) as store, store.writing() as connection:
        row |= {"at": datetime.now(UTC), "check_content": "", "list_version": 0}
        connection.execute(insert(entry_acts).values(row))


def stop_elsewhere(hq: Headquarters, _car_id: str) -> None:
    about = {"event_id": str(uuid4()), "car_id": "car-8", "subject": str(uuid4())}
    now, event = datetime.now(UTC), {"kind": "stop", "content": '{"body":{}}', "content_sha256": "0" * 64}
    flag = {"reason": "exigent_stop", "actor": "u", "raised_at": now}
    with closing(hq.store()) as store, store.writing() as connection:
        connection.execute(insert(events).values(about | event | {"at": now, "received_at": now}))
        connection.execute(insert(flags).values(about | flag))


CHANGES = {
    Subject.ORDERS: give_order,
    Subject.LISTS: put_list,
    Subject.ACCOUNTS: change_account,
    Subject.ANSWERS: answer_request,
    Subject.READINGS: read_elsewhere,
    Subject.ENTRIES: act_on_an_entry,
    Subject.ELSEWHERE: stop_elsewhere,
}


@pytest.fixture
def own(hq: Headquarters, tmp_path: Path, request: pytest.FixtureRequest) -> Headquarters:
    """A headquarters of its own over the same kind of database: what is put in there is not all sound."""
    database = request.getfixturevalue("postgresql").database() if hq.database else None
    return made(tmp_path, database=database)


def test_a_tag_changes_with_its_subject_and_with_no_other(own: Headquarters) -> None:
    """Every subject that a car pulls: after a change its tag is another one, the others' are what they were."""
    assert set(CHANGES) == set(Subject) - {Subject.POLICY}, "the policy changes with a start of headquarters alone"
    with closing(own.store()) as store:
        desk = NewsDesk(store, Signer(b"\x01" * 32))
        for subject, change in CHANGES.items():
            car_id = f"car-{uuid4().hex}"
            before = tags_of(desk, car_id)
            change(own, car_id)
            after = tags_of(desk, car_id)
            assert {one for one in Subject if before[one] != after[one]} == {subject}


def test_what_is_the_same_is_answered_without_a_body_and_still_signed(hq: Headquarters) -> None:
    """304 with the digest, a new time and its signature; another digest gets the tags."""
    with a_new_car(hq) as client:
        first = client.fetch_news("")
        again, other = client.fetch_news(first.digest), client.fetch_news("0" * 64)
    assert first.content is not None
    assert (again.content, again.digest) == (None, first.digest)
    assert again.issued_at > first.issued_at
    assert again.signature != first.signature
    assert other.content == first.content


def test_a_revoked_car_hears_of_its_orders_alone(hq: Headquarters) -> None:
    """It has to obey and confirm; nothing else is for it any more."""
    with closing(hq.store()) as store:
        desk = NewsDesk(store, Signer(b"\x01" * 32))
        assert set(asyncio.run(desk.tags("car-7", revoked=True)).tags) == {Subject.ORDERS}


def counted(client: HqClient) -> Counter[str]:
    """Count a client's requests by the last part of their address."""
    seen: Counter[str] = Counter()

    def note(request: httpx2.Request) -> None:
        seen[request.url.path.rpartition("/")[2]] += 1

    client._http.event_hooks = {"request": [note]}
    return seen


def test_an_idle_car_asks_one_question_and_pulls_what_has_changed(hq: Headquarters) -> None:
    """Once all is pulled, turn after turn is one request; a change is pulled at the next one, and only what changed."""
    told: list[object] = []
    with a_new_car(hq) as client:
        seen = counted(client)
        board, word = a_board(client, car_of(client)), a_word(car_of(client))
        lists: dict = {}

        def hear(message: object) -> None:
            told.append(message)
            if hotlist := getattr(message, "hotlist", None):
                lists[hotlist.list_id] = hotlist

        pace = Pace(push_every_s=0.05, pull_every_s=0.05)
        worker = SyncWorker(client, MemoryOutbox(), hear, pace=pace, word=word, known_lists=lambda: lists, news=board)
        worker.start()
        until(lambda: seen["news"] > 5 and seen["hotlists"], "nothing is pulled")
        before = dict(seen)
        until(lambda: seen["news"] > before["news"] + 10, "the worker stands still")
        assert {name for name, times in seen.items() if times != before[name]} == {"news"}
        answer_request(hq, car_of(client))
        until(lambda: seen["confirmations"] > before["confirmations"], "the answer is not pulled")
        assert (seen["accounts"], seen["hotlists"]) == (before["accounts"], before["hotlists"])
        worker.stop()
    assert all(state.connected for state in told if isinstance(state, LinkState))
