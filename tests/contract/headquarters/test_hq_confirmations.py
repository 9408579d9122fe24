"""Hit confirmation through headquarters: YQ to the message switch simulator, YR back to the car, over real sockets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import ConfirmationQuery
from mdt_app.domain.sync_messages import ConfirmationArrived
from mdt_app.hq.confirmations import close_outstanding
from mdt_app.hq.dialect import DIALECTS, confirmation_text, confirmation_understood
from mdt_app.sync.check_wire import ConfirmationReplied
from mdt_app.sync.client import LINK_SOURCE, HqRefused
from mdt_app.sync.worker import Pace, SyncWorker
from tests.fakes.headquarters import ORI, Headquarters, MemoryOutbox, until

NCIC = DIALECTS["ncic"]


def a_query(plate: str, **changes) -> ConfirmationQuery:
    """A request with ids of its own, due in ten minutes."""
    values = {
        "request_id": str(uuid4()),
        "hit_id": str(uuid4()),
        "number": 1,
        "urgency": Urgency.URGENT,
        "plate": plate,
        "state": "CT",
        "nic": "V123456789",
        "owner": "CT0020000",
        "ori": ORI,
        "user_id": "officer1",
        "due_at": datetime.now(UTC) + timedelta(minutes=10),
    }
    return ConfirmationQuery(**(values | changes))


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
    query = a_query(plate)
    with hq.client() as client:
        for _ in range(2):
            client.request_confirmation(query)
    found = answers(hq, query, len(said))
    assert [reply.answer for reply in found] == said
    assert all(reply.who for reply in found)
    assert [reply.position for reply in found] == sorted(reply.position for reply in found)


def test_another_cars_answers_and_another_agencys_ori_are_refused(hq: Headquarters) -> None:
    """A car sees its own answers alone, and asks in its own agency's name."""
    query = a_query("AB12345")
    with hq.client() as seven, hq.client("car-8") as eight:
        seven.request_confirmation(query)
        answers(hq, query, 1)
        assert query.hit_id not in {r.hit_id for r in eight.fetch_confirmations(0)}
        with pytest.raises(HqRefused):
            seven.request_confirmation(a_query("AB12345", ori="XX0000000"))
        with pytest.raises(BadInput):
            seven.request_confirmation(a_query("AB12345", owner=""))


@pytest.mark.clause("STP-6")
def test_the_sync_brings_each_answer_once_and_says_when_nobody_could_be_asked(hq: Headquarters) -> None:
    """The worker sends requests and posts answers; without a link the request is 'no response' at once."""
    told: list[object] = []
    query, lost = a_query("AB12345"), a_query("AB12345")

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


def test_what_was_waiting_when_headquarters_ended_is_answered_at_the_next_start(hq: Headquarters) -> None:
    """Nobody listens for it any more: the officer is told to ask anew, once."""
    query = a_query("HANGS1")
    with hq.client() as client:
        client.request_confirmation(query)
    store = hq.store()
    assert close_outstanding(store) >= 1
    assert close_outstanding(store) == 0
    store.close()
    (reply,) = answers(hq, query, 1)
    assert reply.answer is ConfirmationAnswer.NO_RESPONSE
    assert "ask anew" in reply.who


def test_the_request_names_number_urgency_owner_and_user() -> None:
    """NCIC's fields: ORI and user on each, the entering agency, RNO, priority."""
    text = confirmation_text(NCIC, a_query("AB12345", number=2, request_id="r", urgency=Urgency.ROUTINE))
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
    query = a_query("AB12345", request_id="r")
    assert confirmation_understood(NCIC, query, GOOD).who == "SGT POE CT0020000"
    for text in BROKEN:
        with pytest.raises(BadInput):
            confirmation_understood(NCIC, query, text)
