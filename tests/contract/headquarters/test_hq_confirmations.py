"""Hit confirmation through headquarters: YQ to the message switch simulator, YR back to the car, over real sockets."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import ConfirmationQuery
from mdt_app.domain.sync_messages import ConfirmationArrived
from mdt_app.hq.confirmations import ConfirmationDesk, RequestState
from mdt_app.hq.dialect import confirmation_text, confirmation_understood
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.tables import confirmations
from mdt_app.sync.check_wire import ConfirmationReplied
from mdt_app.sync.client import LINK_SOURCE, HqRefused
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.headquarters import ORI, Headquarters, MemoryOutbox, a_confirmation, until

NCIC = default_dialect()


def answers(hq: Headquarters, query: ConfirmationQuery, count: int) -> list[ConfirmationReplied]:
    """The answers to a request, once so many have come."""
    found: list[ConfirmationReplied] = []
    with hq.client() as client:

        def come() -> bool:
            found[:] = [r for r in client.fetch_confirmations(0) if r.hit_id == query.hit_id]
            return len(found) >= count

        until(come, "the answers did not come")
    return found


@pytest.mark.clause("STP-6")
@pytest.mark.parametrize(
    ("plate", "said"),
    [
        ("AB12345", [ConfirmationAnswer.CONFIRMED]),
        ("CLEAN1", [ConfirmationAnswer.NOT_VALID]),
        ("SLOW1", [ConfirmationAnswer.IN_PROCESS, ConfirmationAnswer.CONFIRMED]),
        ("ODD1", [ConfirmationAnswer.NO_RESPONSE]),
    ],
)
def test_the_entering_agencys_answers_come_to_the_car_in_order(
    hq: Headquarters, plate: str, said: list[ConfirmationAnswer]
) -> None:
    """Confirmed, not valid, in process and then confirmed; what can't be understood is no response."""
    query = a_confirmation(plate)
    with hq.client() as client:
        for _ in range(2):
            client.request_confirmation(query)
    found = answers(hq, query, len(said))
    assert [reply.answer for reply in found] == said
    assert all(reply.who for reply in found)
    assert [reply.position for reply in found] == sorted(reply.position for reply in found)


def test_another_cars_answers_and_another_agencys_ori_are_refused(hq: Headquarters) -> None:
    """A car sees its own answers alone, and asks in its own agency's name."""
    query = a_confirmation("AB12345")
    with hq.client() as seven, hq.client("car-8") as eight:
        seven.request_confirmation(query)
        answers(hq, query, 1)
        assert query.hit_id not in {r.hit_id for r in eight.fetch_confirmations(0)}
        with pytest.raises(HqRefused):
            seven.request_confirmation(a_confirmation("AB12345", ori="XX0000000"))
        with pytest.raises(BadInput):
            seven.request_confirmation(a_confirmation("AB12345", owner=""))


@pytest.mark.clause("STP-6")
def test_the_sync_brings_each_answer_once_and_says_when_nobody_could_be_asked(hq: Headquarters) -> None:
    """The worker sends requests and posts answers; without a link the request is 'no response' at once."""
    told: list[object] = []
    query, lost = a_confirmation("AB12345"), a_confirmation("AB12345")

    def arrived(wanted: ConfirmationQuery) -> list[ConfirmationArrived]:
        return [m for m in told if isinstance(m, ConfirmationArrived) and m.response.hit_id == wanted.hit_id]

    with hq.client() as client:
        worker = SyncWorker(client, MemoryOutbox(), told.append, pace=Pace(push_every_s=0.02, pull_every_s=0.05))
        worker.start()
        worker.confirm(query)
        until(lambda: arrived(query), "the answer did not come")
        rounds = len(told)
        until(lambda: len(told) > rounds + 5, "the worker stands still")
        worker.stop()
    assert len(arrived(query)) == 1
    with hq.client() as client:
        worker = SyncWorker(client, MemoryOutbox(), told.append, pace=Pace())
        client.close()
        worker.start()
        worker.confirm(lost)
        until(lambda: arrived(lost), "nobody was told")
        worker.stop()
    assert arrived(lost)[0].response.answer is ConfirmationAnswer.NO_RESPONSE
    assert arrived(lost)[0].response.who == LINK_SOURCE


def of_a_dead_worker(hq: Headquarters, query: ConfirmationQuery) -> None:
    """Put a request on record as a worker does that dies before it has asked."""
    with closing(hq.store()) as store, store.writing() as connection:
        row = {name: getattr(query, name) for name in ("request_id", "hit_id", "user_id", "ori", "due_at")}
        row |= {"car_id": "car-7", "inquiry": confirmation_text(NCIC, query), "asked_at": datetime.now(UTC)}
        gone = {"state": "asked", "times": 1, "held_by": "dead", "held_until": datetime.now(UTC) - timedelta(seconds=1)}
        connection.execute(insert(confirmations).values(row | gone))


def state_of(hq: Headquarters, query: ConfirmationQuery) -> tuple[str, int]:
    """A request's state, and how often the switch was asked."""
    mine = select(confirmations.c.state, confirmations.c.times).where(confirmations.c.request_id == query.request_id)
    with closing(hq.store()) as store, store.reading() as connection:
        return tuple(connection.execute(mine).one())


def test_what_a_dead_worker_left_is_asked_again_by_another(hq: Headquarters) -> None:
    """Whoever looks first has it and asks under the same id; one that is long over is timed out, and not asked."""
    query, over = a_confirmation("AB12345"), a_confirmation("AB12345", due_at=datetime.now(UTC) - timedelta(minutes=2))
    of_a_dead_worker(hq, query)
    of_a_dead_worker(hq, over)
    (reply,) = answers(hq, query, 1)
    assert reply.answer is ConfirmationAnswer.CONFIRMED
    assert state_of(hq, query) == (RequestState.ANSWERED, 2)
    (late,) = answers(hq, over, 1)
    assert late.answer is ConfirmationAnswer.NO_RESPONSE
    assert state_of(hq, over) == (RequestState.TIMED_OUT, 1)


def test_a_worker_that_lost_a_request_writes_no_second_answer(hq: Headquarters) -> None:
    """A worker that stood still while another took its request over finds that it is not its own any more."""
    query = a_confirmation("CLEAN1")

    async def stand_still(desk: ConfirmationDesk) -> None:
        await desk.request("car-7", query)
        with desk.store.writing() as connection:
            connection.execute(update(confirmations).where(its(query)).values(held_by="another"))
        await asyncio.gather(*desk.tasks)

    with closing(hq.store()) as store:
        asyncio.run(stand_still(ConfirmationDesk(store, None)))
    with hq.client() as client:
        assert query.hit_id not in {reply.hit_id for reply in client.fetch_confirmations(0)}


def test_a_worker_that_ends_leaves_what_is_open_to_the_next_at_once(hq: Headquarters) -> None:
    """At its end nothing is answered in a hurry: the request waits, held by nobody."""
    query = a_confirmation("HANGS1")

    async def ask_and_end(desk: ConfirmationDesk) -> None:
        await desk.request("car-7", query)
        await desk.end()

    with closing(hq.store()) as store:
        desk = ConfirmationDesk(store, None)
        asyncio.run(ask_and_end(desk))
        with store.reading() as connection:
            row = connection.execute(select(confirmations).where(its(query))).one()
    assert row.state in (RequestState.QUEUED, RequestState.ASKED)
    assert row.held_until <= datetime.now(UTC) or row.held_by != desk.leases.holder


def its(query: ConfirmationQuery):
    return confirmations.c.request_id == query.request_id


def test_the_request_names_number_urgency_owner_and_user() -> None:
    """NCIC's fields: ORI and user on each, the entering agency, RNO, priority."""
    text = confirmation_text(NCIC, a_confirmation("AB12345", number=2, request_id="r", urgency=Urgency.ROUTINE))
    lines = text.splitlines()
    assert lines[0] == "YQ"
    assert {"HDR/r", f"ORI/{ORI}", "USR/officer1", "OWN/CT0020000", "RNO/2", "LIC/AB12345", "PRI/R"} <= set(lines)


GOOD = "HDR/r\nLIC/AB12345\nSTA/CONFIRMED\nRNA/SGT POE\nRAG/CT0020000"
BROKEN = [
    GOOD.replace("HDR/r", "HDR/other"),
    GOOD.replace("AB12345", "AB12346"),
    GOOD.replace("CONFIRMED", "MAYBE"),
    GOOD.replace("CONFIRMED", "IN PROCESS"),
    GOOD.replace("RNA/SGT POE\nRAG/CT0020000", ""),
    GOOD + "\nUNT/soon",
    "",
    "YR",
]


def test_an_answer_is_understood_or_refused() -> None:
    """An answer to another request or plate, of another status, without a name or an end, is none."""
    query = a_confirmation("AB12345", request_id="r")
    assert confirmation_understood(NCIC, query, GOOD).who == "SGT POE CT0020000"
    for text in BROKEN:
        with pytest.raises(BadInput):
            confirmation_understood(NCIC, query, text)
