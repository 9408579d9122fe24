"""Events at headquarters: kept once, refused with a reason, and never a stop without its gate."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.audit import GENESIS, link
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.hq.main import issue_car_token
from mdt_app.sync.client import HqClient
from mdt_app.sync.event_wire import RecordedEvents
from tests.fakes.headquarters import KEY, Headquarters, a_basis, an_event


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
    chain = link(event, b"key", 1, GENESIS)
    token = issue_car_token(hq.folder, key=KEY, car_id="car-41", database=hq.database)
    with HqClient(hq.url, "car-41", token) as client:
        assert client.push_events([(event, chain)]).accepted == (event.event_id,)
    assert record(hq)[event.event_id] == ("car-41", event, chain)


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


WHOLE = ("seen", "check", "gate", "stop")
REASONS = (
    "stop_without_hit",
    "stop_without_purpose",
    "stop_not_active",
    "stop_denied",
    "stop_without_gate",
    "stop_by_unknown_way",
    "stop_without_facts",
    "stop_without_confirmation",
    "stop_without_check",
    "stop_twice",
    "stop_after_end",
)
Batch = tuple[str, tuple[str, ...]]


def told(hq: Headquarters, events: Mapping[str, Event], batches: Sequence[Batch]) -> list[tuple[str, str]]:
    """Send batches of events by name, each as a car; return the refused ones as (name, reason)."""
    names = {event.event_id: name for name, event in events.items()}
    refused = []
    # The hit is on record before all else, from the car that begins; some tests leave it out on purpose.
    if "hit" in events:
        batches = [(batches[0][0], ("hit",)), *batches]
    for car, batch in batches:
        with hq.client(car) as client:
            refused += client.push_events([(events[name], None) for name in batch]).refused
    return [(names[item.event_id], item.reason) for item in refused]


def flagged(hq: Headquarters) -> dict[str, int]:
    """Return how many alarms each of a stop's reasons has."""
    counts = summary(hq)["by_reason"]
    return {reason: counts.get(reason, 0) for reason in REASONS}


ORDERS = [
    pytest.param([("car-7", ("stop",))], "stop_without_gate", id="nothing before it"),
    pytest.param([("car-7", WHOLE)], "", id="all before it in the batch"),
    pytest.param([("car-7", WHOLE[:2]), ("car-7", WHOLE[2:])], "", id="some in an earlier batch"),
    pytest.param([("car-7", ("seen", "check", "stop", "gate"))], "stop_without_gate", id="gate after it"),
    pytest.param([("car-7", ("check", "gate", "stop", "seen"))], "stop_without_confirmation", id="plate after it"),
    pytest.param([("car-7", ("seen", "gate", "stop", "check"))], "stop_without_check", id="check after it"),
    pytest.param([("car-8", WHOLE[:3]), ("car-7", ("stop",))], "stop_without_gate", id="all of another car"),
    pytest.param([("car-7", (*WHOLE[:3], "ended", "stop"))], "stop_after_end", id="after 'no stop'"),
    pytest.param([("car-7", WHOLE), ("car-7", ("ended",))], "", id="'no stop' after it"),
]


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(("batches", "reason"), ORDERS)
def test_a_stop_stands_only_behind_all_that_it_rests_on(hq: Headquarters, batches: list[Batch], reason: str) -> None:
    """Gate, plate and check of the same car and hit come before it, or it is refused, flagged and not on record."""
    hit_id = an_event().subject
    events = {**a_basis(hit_id), "ended": an_event(EventKind.NO_STOP, hit_id, reason="misread")}
    before = flagged(hq)
    assert told(hq, events, batches) == ([("stop", reason)] if reason else [])
    assert (events["stop"].event_id in record(hq)) is (not reason)
    assert flagged(hq) == {name: count + (name == reason) for name, count in before.items()}


CHANGES = [
    pytest.param("gate", {"decision_id": "another"}, "stop_without_gate", id="gate of another decision"),
    pytest.param("gate", {"unmet": ["plate_confirmed"]}, "stop_without_gate", id="gate with something unmet"),
    pytest.param("gate", {"unmet": None}, "stop_without_gate", id="gate that does not say what is unmet"),
    pytest.param("stop", {"decision_id": None}, "stop_without_gate", id="stop that names no decision"),
    pytest.param("seen", {"agrees": False}, "stop_without_confirmation", id="plate does not agree"),
    pytest.param("seen", {"agrees": "true"}, "stop_without_confirmation", id="agrees is a text"),
    pytest.param("check", {"answer": "no_record"}, "stop_not_active", id="not listed"),
    pytest.param("check", {"answer": "no_response"}, "stop_without_check", id="no answer"),
    pytest.param("hit", {"match": "wildcard"}, "stop_without_hit", id="a wildcard's hit"),
    pytest.param("hit", {"category": "immigration_violator"}, "stop_without_hit", id="a category that never opens"),
    pytest.param("hit", {"category": "made_up"}, "stop_without_hit", id="no category of ours"),
    pytest.param("stop", {"purpose": ""}, "stop_without_purpose", id="no purpose"),
    pytest.param("stop", {"purpose": "personal_use"}, "stop_without_purpose", id="a prohibited purpose"),
    pytest.param("check", {"check_id": "another"}, "stop_without_check", id="another check's answer"),
    pytest.param("stop", {"check_id": None}, "stop_without_check", id="stop that names no check"),
]


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(("name", "change", "reason"), CHANGES)
def test_what_a_stop_rests_on_has_to_say_the_right_thing(
    hq: Headquarters, name: str, change: dict, reason: str
) -> None:
    """An event of the right kind is not enough: decision, plate and answer are those of this very stop."""
    events = a_basis(an_event().subject)
    events[name] = replace(events[name], body={**events[name].body, **change})
    assert told(hq, events, [("car-7", WHOLE)]) == [("stop", reason)]


@pytest.mark.clause("STP-2")
def test_another_hits_basis_carries_no_stop_and_ids_that_lack_on_both_sides_are_none(hq: Headquarters) -> None:
    """Gate, plate and check of another hit don't count; two missing ids are not the same id."""
    events = a_basis(an_event().subject)
    stray = {**events, "stop": replace(events["stop"], subject=an_event().subject)}
    assert told(hq, stray, [("car-7", WHOLE)]) == [("stop", "stop_without_gate")]
    bare = a_basis(an_event().subject)
    for name, left_out in (("gate", "decision_id"), ("stop", "decision_id")):
        body = {key: value for key, value in bare[name].body.items() if key != left_out}
        bare[name] = replace(bare[name], body=body)
    assert told(hq, bare, [("car-7", WHOLE)]) == [("stop", "stop_without_gate")]


@pytest.mark.clause("STP-2")
def test_a_hit_is_stopped_once_and_the_same_event_again_is_accepted(hq: Headquarters) -> None:
    """A second stop of the hit is refused with its reason; the first one's repeat stays harmless."""
    events = a_basis(an_event().subject)
    events["again"] = replace(events["stop"], event_id=an_event().event_id)
    assert told(hq, events, [("car-7", WHOLE), ("car-7", ("again",)), ("car-7", ("stop",))]) == [
        ("again", "stop_twice")
    ]


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


WAYS = [
    pytest.param("independent_suspicion", ("check", "gate", "ground", "stop"), "", id="suspicion for the eyes"),
    pytest.param("independent_suspicion", ("gate", "ground", "stop"), "stop_without_check", id="suspicion, no check"),
    pytest.param("independent_suspicion", ("check", "gate", "stop"), "stop_without_facts", id="suspicion not stated"),
    pytest.param("exigent", ("gate", "ground", "stop"), "", id="exigent for all steps"),
    pytest.param("exigent", ("gate", "stop", "ground"), "stop_without_facts", id="exigent stated after it"),
    pytest.param("exigent", ("ground", "stop"), "stop_without_gate", id="exigent, but no gate"),
    pytest.param("status_when_practicable", ("seen", "gate", "ground", "stop"), "stop_by_unknown_way", id="not on"),
    pytest.param("magic", ("seen", "check", "gate", "ground", "stop"), "stop_by_unknown_way", id="no such way"),
]


def a_way(ground: str, facts: str = "driver waved a gun") -> dict[str, Event]:
    """A basis whose stop goes around steps, with the statement of it."""
    events = a_basis(an_event().subject)
    subject = events["stop"].subject
    events["ground"] = an_event(EventKind.GROUND_STATED, subject, ground=ground, facts=facts)
    events["stop"] = replace(events["stop"], body={**events["stop"].body, "excuses": [ground]})
    return events


@pytest.mark.clause("STP-3", "STP-5")
@pytest.mark.parametrize(("ground", "sent", "reason"), WAYS)
def test_a_way_around_steps_needs_the_policy_and_its_facts(
    hq: Headquarters, ground: str, sent: tuple[str, ...], reason: str
) -> None:
    """Headquarters holds each stop against its own policy: a way that it lacks, or without facts, is refused."""
    refused = told(hq, a_way(ground), [("car-7", sent)])
    assert refused == ([("stop", reason)] if reason else [])


@pytest.mark.clause("ACC-5", "STP-2")
@pytest.mark.parametrize(("name", "reason"), [("seen", "stop_without_confirmation"), ("ground", "stop_without_facts")])
def test_what_another_officer_saw_or_said_does_not_bear_a_stop(hq: Headquarters, name: str, reason: str) -> None:
    """The one who stops is the one who confirmed the plate, and the one who stated the facts."""
    events = a_way("exigent") if name == "ground" else a_basis(an_event().subject)
    events[name] = replace(events[name], actor="officer2")
    assert ("stop", reason) in told(hq, events, [("car-7", tuple(e for e in ("ground", *WHOLE) if e in events))])


TAKEN_BACK = [
    pytest.param(("seen", "back"), "officer1", True, id="taken back"),
    pytest.param(("seen", "back", "anew"), "officer1", False, id="confirmed anew"),
    pytest.param(("seen", "back"), "officer2", False, id="another officer's own"),
]


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(("eyes", "by", "lacks"), TAKEN_BACK)
def test_a_plate_that_was_taken_back_bears_no_stop(
    hq: Headquarters, eyes: tuple[str, ...], by: str, lacks: bool
) -> None:
    """The last word of the one who stops counts: confirmed, or taken back."""
    events = a_basis(an_event().subject)
    events["back"] = replace(an_event(EventKind.PLATE_TAKEN_BACK, events["stop"].subject), actor=by)
    events["anew"] = replace(events["seen"], event_id=str(uuid4()))
    sent = (*eyes, "check", "gate", "stop")
    assert told(hq, events, [("car-7", sent)]) == ([("stop", "stop_without_confirmation")] if lacks else [])


@pytest.mark.clause("STP-5")
def test_an_exigent_stop_is_flagged_to_a_supervisor_who_closes_it_with_words(hq: Headquarters) -> None:
    """It stands among the open flags; the one whose act it was can't close it, another one can, and it says how."""
    events = a_way("exigent")
    told(hq, events, [("car-7", ("gate", "ground", "stop"))])
    with hq.desk(Role.SUPERVISOR) as desk:
        open_flags = desk.get("/v1/flags").json()["flags"]
        (flag,) = [f for f in open_flags if f["event_id"] == events["stop"].event_id]
        assert (flag["reason"], flag["actor"]) == ("exigent_stop", "officer1")
        path = f"/v1/flags/{flag['position']}/close"
        assert desk.post(path, json={"words": "Facts bear it out."}).json()["closed_words"] == "Facts bear it out."
        assert desk.post(path, json={"words": "again"}).status_code == 409
        assert flag["position"] not in [f["position"] for f in desk.get("/v1/flags").json()["flags"]]
    with hq.client() as client:
        assert client.push_events([(events["stop"], None)]).accepted


FLAGGED = [
    (EventKind.BASIS_FELL, {"step": "plate_confirmed"}, "basis_fell"),
    (EventKind.DISPOSITION, {"disposition": "arrest", "unconfirmed": True}, "enforced_unconfirmed"),
    (EventKind.DISPOSITION, {"disposition": "released", "unconfirmed": False}, ""),
    (EventKind.PURPOSE_REFUSED, {"use": "personal_use"}, "prohibited_use"),
    (EventKind.REMOVAL_ASKED, {"act": "notice"}, "entry_notice"),
    (EventKind.READ, {}, ""),
]


@pytest.mark.clause("AUD-8")
@pytest.mark.parametrize(("kind", "body", "reason"), FLAGGED)
def test_what_a_supervisor_has_to_look_at_is_flagged(
    hq: Headquarters, kind: EventKind, body: dict, reason: str
) -> None:
    """A fallen basis, enforcement on an unconfirmed hit and a refused use come up by themselves."""
    event = an_event(kind, **body)
    with hq.client() as client:
        client.push_events([(event, None)])
    with hq.desk(Role.SUPERVISOR) as desk:
        raised = {f["event_id"]: f["reason"] for f in desk.get("/v1/flags").json()["flags"]}
    assert raised.get(event.event_id, "") == reason


DENIED = [
    pytest.param(EventKind.CHECK_ANSWERED, {"check_id": "later", "answer": "no_record"}, True, id="a later no record"),
    pytest.param(EventKind.VEHICLE_ANSWERED, {"feature": "make", "seen": "differs"}, True, id="the make differs"),
    pytest.param(EventKind.VEHICLE_ANSWERED, {"feature": "make", "seen": "match"}, False, id="the make matches"),
    pytest.param(EventKind.CONFIRMATION_ANSWERED, {"answer": "not_valid", "counts": True}, True, id="not valid"),
    pytest.param(EventKind.CONFIRMATION_ANSWERED, {"answer": "not_valid", "counts": False}, False, id="of another"),
]


@pytest.mark.clause("STP-2", "STP-6")
@pytest.mark.parametrize(("kind", "body", "denied"), DENIED)
@pytest.mark.parametrize("way", ["steps", "exigent"])
def test_a_no_on_record_is_held_against_the_stop(
    hq: Headquarters, kind: EventKind, body: dict, denied: bool, way: str
) -> None:
    """Whichever way the stop went by: the last word on vehicle, status and hit may not be a no."""
    events = a_way("exigent") if way == "exigent" else a_basis(an_event().subject)
    events["no"] = an_event(kind, events["stop"].subject, **body)
    sent = tuple(name for name in ("ground", "seen", "check", "no", "gate", "stop") if name in events)
    assert told(hq, events, [("car-7", sent)]) == ([("stop", "stop_denied")] if denied else [])


@pytest.mark.clause("ACC-5")
def test_another_officers_gate_does_not_bear_a_stop(hq: Headquarters) -> None:
    """The one who stops is the one for whom the gate opened."""
    events = a_basis(an_event().subject)
    events["gate"] = replace(events["gate"], actor="officer2")
    assert told(hq, events, [("car-7", WHOLE)]) == [("stop", "stop_without_gate")]


@pytest.mark.clause("AUD-8")
def test_a_refused_stop_is_flagged_to_a_supervisor_once(hq: Headquarters) -> None:
    """However often the car sends it, one flag with the reason and whose act it was."""
    stop = a_basis(an_event().subject)["stop"]
    for _ in range(2):
        assert told(hq, {"stop": stop}, [("car-7", ("stop",))])
    with hq.desk(Role.SUPERVISOR) as desk:
        raised = [f for f in desk.get("/v1/flags").json()["flags"] if f["event_id"] == stop.event_id]
    assert [(flag["reason"], flag["actor"]) for flag in raised] == [("stop_without_gate", "officer1")]
