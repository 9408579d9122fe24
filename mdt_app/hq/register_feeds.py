"""What comes into the registers by itself: cars' equipment, readers put on the books, the policy in force.

The person is headquarters itself; the record says by its fields who found or did what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy import Connection

from mdt_app.domain.equipment import SPEAKER
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.domain.registers import CHANGED, LINE_MOST, WORDS_MOST, FieldKind, Values, months_after
from mdt_app.hq import registers
from mdt_app.hq.entries import HEADQUARTERS
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.store import Store
from mdt_app.services.register_files import load_registers
from mdt_app.sync.event_wire import EventMessage
from mdt_app.sync.register_wire import RecordAct

log = structlog.get_logger()
Feed = Callable[[Connection, str, EventMessage, Desk], None]


def follow(connection: Connection, car_id: str, message: EventMessage, policy: Policy, now: datetime) -> None:
    """Do in the registers what follows from a car's event; most ask for nothing."""
    feed = _FEEDS.get(message.kind)
    if feed is None or not message.subject:
        return
    try:
        feed(connection, car_id, message, Desk(HEADQUARTERS, policy, now))
    except Refused as fault:  # the event stands on record either way; a car must not wait for a register
        log.warning("register.not_fed", car=car_id, kind=message.kind, reason=fault.reason)


def note_reader(connection: Connection, reader_id: str, kind: str, area: str, desk: Desk) -> None:
    """Put a reader among the cameras, where it waits to be completed."""
    if _one(connection, "cameras", {"reader_id": reader_id}) is None:
        known = {"number": reader_id, "reader_id": reader_id, "place_words": area, "vendor": kind, "kind": "fixed"}
        _open(connection, "cameras", f"reader-{reader_id}", known, desk)


def keep_policy(store: Store, policy: Policy, now: datetime) -> None:
    """Open a record of the policy in force, and close those of the ones before it."""
    desk, record_id = Desk(HEADQUARTERS, policy, now), f"policy-{policy.policy_id}-{policy.version}"
    with store.writing() as connection:
        for held in registers.records(connection, load_registers()["policy_reviews"]):
            if held.record_id != record_id and held.state != "superseded":
                _move(connection, "policy_reviews", held, "supersede", {}, "another version is in force", desk)
        if not registers.versions(connection, load_registers()["policy_reviews"], record_id):
            _open(connection, "policy_reviews", record_id, _of_policy(policy), desk)


def _of_policy(policy: Policy) -> Values:
    """What a policy says of itself; a review that its own date says was due stands for the one before."""
    months = policy.reviews.policy_months.value
    reviewed = months_after(policy.review_due, -months) if policy.review_due and months else policy.effective
    said = {"policy": policy.name, "version": policy.version}
    said |= {"effective_on": str(policy.effective or ""), "reviewed_on": str(reviewed or "")}
    return {name: text for name, text in said.items() if text}


def _failed(connection: Connection, car_id: str, message: EventMessage, desk: Desk) -> None:
    if _fault_of(connection, car_id, message) is None:
        names = message.body.get("failed")
        failed = ", ".join(map(str, names)) if isinstance(names, list) else ""
        said = {"equipment": message.subject, "car": car_id, "found_on": str(message.at.date())}
        said |= {"what": f"Failed in a check: {failed or 'not said'}", "found_by": message.actor}
        _open(connection, "faults", f"fault-{message.event_id}", said, desk)


def _repaired(connection: Connection, car_id: str, message: EventMessage, desk: Desk) -> None:
    fault = _fault_of(connection, car_id, message)
    if fault is None or fault.state == "repaired":
        return
    names = ("source", "authorized_by", "work")
    said = {name: str(message.body.get(name) or "not said") for name in names}
    said["repaired_on"] = str(message.at.date())
    _move(connection, "faults", fault, "repair", said, f"put on record by {message.actor} in the car", desk)


def _back(connection: Connection, car_id: str, message: EventMessage, desk: Desk) -> None:
    if fault := _fault_of(connection, car_id, message):
        _move(connection, "faults", fault, "close", {}, f"checked by {message.actor}: all passed", desk)


def _checked(connection: Connection, car_id: str, message: EventMessage, desk: Desk) -> None:
    known = {"vehicle": car_id, "number": message.subject}
    if message.subject != SPEAKER and _one(connection, "cameras", known) is None:
        _open(connection, "cameras", _camera_id(car_id, message), {**known, "kind": "mobile"}, desk)


def _registered(connection: Connection, car_id: str, message: EventMessage, desk: Desk) -> None:
    """What the car's books say of a camera; one in use of which they say something else is to be completed anew."""
    record_id = _camera_id(car_id, message)
    said = {name: str(message.body.get(name) or "") for name in ("kind", "place", "lane", "agency_number")}
    lane = said["lane"] and f"lane {said['lane']}"
    values = {"number": said["agency_number"] or message.subject, "vehicle": car_id, "kind": said["kind"]}
    values["place_words"] = ", ".join(filter(None, (said["place"], lane)))
    given = _fitting("cameras", {name: text for name, text in values.items() if text})
    held = next(
        (one for one in registers.records(connection, load_registers()["cameras"]) if one.record_id == record_id), None
    )
    if held is None:
        _open(connection, "cameras", record_id, given, desk)
    elif held.state != "removed" and any(held.values.get(name) != text for name, text in given.items()):
        act = "move" if held.state == "in_use" else CHANGED
        _move(connection, "cameras", held, act, given, "the car's books say so", desk)


def _camera_id(car_id: str, message: EventMessage) -> str:
    return f"camera-{car_id}-{message.subject}"


_FEEDS: Mapping[str, Feed] = {
    EventKind.EQUIPMENT_REGISTERED.value: _registered,
    EventKind.EQUIPMENT_OUT.value: _failed,
    EventKind.EQUIPMENT_REPAIRED.value: _repaired,
    EventKind.EQUIPMENT_BACK.value: _back,
    EventKind.EQUIPMENT_CHECKED.value: _checked,
}


def _fault_of(connection: Connection, car_id: str, message: EventMessage) -> Held | None:
    """The open fault of the equipment that an event is about."""
    open_states = {name for name, state in load_registers()["faults"].states.items() if state.open}
    return _one(connection, "faults", {"equipment": message.subject, "car": car_id}, open_states)


def _one(connection: Connection, register_id: str, wanted: Values, states: set[str] | None = None) -> Held | None:
    """The newest record with these values."""
    held = registers.records(connection, load_registers()[register_id])
    fitting = (one for one in held if all(one.values.get(name) == text for name, text in wanted.items()))
    return next((one for one in fitting if states is None or one.state in states), None)


def _open(connection: Connection, register_id: str, record_id: str, values: Values, desk: Desk) -> None:
    register = load_registers()[register_id]
    if not registers.versions(connection, register, record_id):
        registers.opened(connection, register, record_id, _fitting(register_id, values), desk)


def _fitting(register_id: str, values: Values) -> Values:
    """A car's words as a field takes them."""
    fields = load_registers()[register_id].fields
    most = {name: WORDS_MOST if field.kind is FieldKind.WORDS else LINE_MOST for name, field in fields.items()}
    return {name: " ".join(text.split())[: most[name]] for name, text in values.items()}


def _move(
    connection: Connection, register_id: str, held: Held, act: str, values: Values, words: str, desk: Desk
) -> None:
    asked = RecordAct(version=held.version, act=act, values=dict(_fitting(register_id, values)), words=words)
    registers.acted(connection, load_registers()[register_id], held.record_id, asked, desk)
