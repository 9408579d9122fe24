"""Events at headquarters: kept once, refused with a reason, and never a stop without its gate."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.sync.wire import RecordedEvents
from tests.fakes.headquarters import Headquarters, an_event


def record(hq: Headquarters) -> dict[str, tuple[str, Event, ChainLink | None]]:
    """Return what stands on record: event id -> the car, the event and its link."""
    with hq.desk(Role.AUDITOR) as desk:
        answer = RecordedEvents.model_validate_json(desk.get("/v1/events", params={"limit": 1000}).content)
    ids = [recorded.event.event_id for recorded in answer.events]
    assert len(ids) == len(set(ids))
    return {recorded.event.event_id: (recorded.car_id, *recorded.event.to_event()) for recorded in answer.events}


def summary(hq: Headquarters) -> dict:
    """Return the counts."""
    with hq.desk() as desk:
        return desk.get("/v1/summary").json()


def test_an_event_stands_on_record_as_it_was_sent(hq: Headquarters) -> None:
    """Event and chain link come back equal, under the car that sent them."""
    event = an_event(EventKind.HIT, note="café 😀", numbers=[1, 2.5, None], zero="\x00")
    link = ChainLink(41, "aa" * 32, "bb" * 32, "cc" * 32)
    with hq.client() as client:
        assert client.push_events([(event, link)]).accepted == (event.event_id,)
    assert record(hq)[event.event_id] == ("car-7", event, link)


def test_repeats_and_any_order_leave_each_event_once(hq: Headquarters) -> None:
    """Whatever is sent again, mixed and in other batches, is accepted and stands once."""
    events = [an_event(number=number) for number in range(40)]
    shuffled = random.Random(7)  # noqa: S311 - a test's order
    before = summary(hq)["events"]
    with hq.client() as client:
        for _ in range(5):
            batch = shuffled.sample(events, 25) + events[:3]
            receipt = client.push_events([(event, None) for event in batch])
            assert not receipt.refused
        client.push_events([(event, None) for event in events])
    assert summary(hq)["events"] == before + 40


def test_the_same_id_with_other_content_is_refused_with_409_and_an_alarm(hq: Headquarters) -> None:
    """The first content stays, the second is refused, raises one alarm, and the batch's other events are kept."""
    event, other = an_event(number=1), an_event()
    changed = replace(event, body={"number": 2})
    alarms = summary(hq)["by_reason"].get("other_content", 0)
    with hq.client() as client:
        client.push_events([(event, None)])
        for _ in range(2):
            receipt = client.push_events([(changed, None), (other, None)])
            assert [(item.event_id, item.reason, item.status) for item in receipt.refused] == [
                (event.event_id, "other_content", 409)
            ]
            assert receipt.accepted == (other.event_id,)
    assert record(hq)[event.event_id][1].body == {"number": 1}
    assert summary(hq)["by_reason"]["other_content"] == alarms + 1


def test_another_car_cannot_repeat_an_event_as_its_own(hq: Headquarters) -> None:
    """The event id of another car is a conflict, and the event stays the first car's."""
    event = an_event()
    with hq.client() as first, hq.client("car-8") as second:
        first.push_events([(event, None)])
        assert second.push_events([(event, None)]).refused[0].status == 409
    assert record(hq)[event.event_id][0] == "car-7"


GATE, STOP = EventKind.GATE_PASSED, EventKind.STOP
ORDERS = [
    pytest.param([("car-7", [(STOP, "own")])], False, id="no gate"),
    pytest.param([("car-7", [(GATE, "own"), (STOP, "own")])], True, id="gate before it in the batch"),
    pytest.param([("car-7", [(GATE, "own")]), ("car-7", [(STOP, "own")])], True, id="gate in an earlier batch"),
    pytest.param([("car-7", [(STOP, "own"), (GATE, "own")])], False, id="gate after it in the batch"),
    pytest.param([("car-7", [(GATE, "other"), (STOP, "own")])], False, id="gate of another hit"),
    pytest.param([("car-8", [(GATE, "own")]), ("car-7", [(STOP, "own")])], False, id="gate of another car"),
    pytest.param([("car-7", [(EventKind.GATE_REFUSED, "own"), (STOP, "own")])], False, id="a refused gate"),
]


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(("batches", "kept"), ORDERS)
def test_a_stop_stands_only_behind_its_passed_gate(hq: Headquarters, batches: list, kept: bool) -> None:
    """A stop without an earlier accepted gate.passed for the same hit is refused, flagged and not on record."""
    hits = {"own": an_event().subject, "other": an_event().subject}
    flagged = summary(hq)["by_reason"].get("stop_without_gate", 0)
    stop_id, refused = "", []
    for car, kinds in batches:
        events = [an_event(kind, hits[hit]) for kind, hit in kinds]
        stop_id = next((event.event_id for event in events if event.kind is STOP), stop_id)
        with hq.client(car) as client:
            refused += client.push_events([(event, None) for event in events]).refused
    assert [item.event_id for item in refused if item.reason == "stop_without_gate"] == ([] if kept else [stop_id])
    assert (stop_id in record(hq)) is kept
    assert summary(hq)["by_reason"].get("stop_without_gate", 0) == flagged + (not kept)


def test_a_kind_that_is_not_known_is_refused_alone(hq: Headquarters) -> None:
    """One event of an unknown kind does not hold up its batch."""
    good = an_event()
    message = {"event_id": "new-kind-1", "kind": "moon.landed", "at": "2026-01-01T00:00:00Z", "clock": "system"}
    message |= {"actor": "", "device": "", "subject": "", "body": {}}
    known = message | {"event_id": good.event_id, "kind": "read"}
    with hq.http(hq.cars["car-7"]) as http:
        receipt = http.post("/v1/cars/car-7/events", json={"events": [message, known]}).json()
    assert receipt["accepted"] == [good.event_id]
    assert receipt["refused"] == [{"event_id": "new-kind-1", "reason": "unknown_kind", "status": 422}]


def test_the_record_is_read_newest_first_by_kind_and_time(hq: Headquarters) -> None:
    """`kind`, `since` and `limit` choose, and the newest comes first."""
    events = [an_event(EventKind.MUTED, number=number) for number in range(3)]
    with hq.client() as client, hq.desk() as desk:
        client.push_events([(event, None) for event in events])
        rows = desk.get("/v1/events", params={"kind": "sound.muted", "limit": 2}).json()["events"]
        assert [row["event"]["event_id"] for row in rows] == [events[2].event_id, events[1].event_id]
        later = desk.get("/v1/events", params={"since": "2999-01-01T00:00:00Z"}).json()["events"]
        same = desk.get("/v1/events", params={"kind": "sound.muted", "since": rows[0]["received_at"]}).json()["events"]
    assert (later, len(same)) == ([], 3)
