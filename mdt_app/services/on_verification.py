"""Handlers of the officer's answers, the records check, and the ends of a hit: stop, no stop, follow."""

from __future__ import annotations

from dataclasses import replace

from mdt_app.domain.accounts import IN_CAR
from mdt_app.domain.alerts import (
    Hit,
    HitStatus,
    NoStopReason,
    Verification,
    asked_features,
    mismatch,
    switched,
    with_status,
)
from mdt_app.domain.commands import (
    AnswerByRadio,
    AnswerVehicle,
    AskStatus,
    ConfirmPlate,
    EndWithoutStop,
    Follow,
    RecordStatus,
    RequestStop,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.gate import GateShut, PassedGate
from mdt_app.domain.notices import CommandRefused, HitChanged, StopRecorded
from mdt_app.domain.plates import PLATE_LENGTH, written
from mdt_app.domain.records_check import RecordsQuery, StatusAnswer
from mdt_app.domain.stop import Stop
from mdt_app.services.context import Context, Outcome


def confirm_plate(ctx: Context, command: ConfirmPlate) -> Outcome:
    """Keep what the officer sees. Characters or state that are not the entry's end the hit: no stop (STP-2)."""
    plate, state = written(command.plate_seen), command.state_seen
    hit = switched(ctx.open_hit(command.hit_id), plate, state)
    if not plate or len(plate) > PLATE_LENGTH:
        raise Refused("no_plate_seen", "No characters are given.", "Type the characters that you see.")
    if not state:
        raise Refused("no_state_seen", "No state is chosen.", "Choose the issuing state that you see.")
    person, now = ctx.person.user_id, ctx.clock.now()
    seen = replace(hit.verification, seen_by=person, plate_seen=plate, state_seen=state, seen_at=now)
    reason = mismatch(hit, plate, state)
    body = {"plate": plate, "state": state, "agrees": reason is None, "reader": hit.read.raw_text}
    ctx.tx.record(ctx.event(EventKind.PLATE_CONFIRMED, hit.hit_id, body))
    answered = replace(hit, verification=seen)
    return _end(ctx, answered, reason) if reason else _answered(ctx, answered)


def answer_vehicle(ctx: Context, command: AnswerVehicle) -> Outcome:
    """Keep one answer about the vehicle; it can be changed until the hit ends."""
    hit = ctx.open_hit(command.hit_id)
    if command.feature not in asked_features(hit):
        raise Refused("not_asked", "The entry does not say this of the vehicle.", "Answer what is asked.")
    features = {**hit.verification.features, command.feature: command.seen}
    ctx.tx.record(ctx.event(EventKind.VEHICLE_ANSWERED, hit.hit_id, {"feature": command.feature, "seen": command.seen}))
    seen = replace(hit.verification, features=features, seen_by=ctx.person.user_id)
    return _answered(ctx, replace(hit, verification=seen))


def ask_status(ctx: Context, command: AskStatus) -> Outcome:
    """Send the entry's plate to CJIS/NCIC. The request is on record before it leaves."""
    hit = ctx.open_hit(command.hit_id)
    entry = hit.match.entry
    query = RecordsQuery(
        check_id=ctx.clock.new_id(),
        hit_id=hit.hit_id,
        plate=entry.plate,
        state=entry.state,
        plate_type=entry.plate_type,
        nic=entry.nic,
        ori=ctx.identity.ori,
        user_id=ctx.person.user_id,
    )
    ctx.tx.record(ctx.event(EventKind.CHECK_REQUESTED, hit.hit_id, {"check_id": query.check_id, "by": "network"}))
    asked = replace(hit.verification, asked_at=ctx.clock.now(), check_id=query.check_id, status=None)
    return replace(_answered(ctx, replace(hit, verification=asked)), ask=query)


def record_status(ctx: Context, command: RecordStatus) -> Outcome:
    """Keep an electronic answer. One that comes after the hit has ended is kept on record and changes nothing."""
    hit = ctx.tx.hits.get(command.hit_id)
    if hit is None:
        raise Refused("no_such_hit", "An answer came for a hit that is not on record.", "Ask again.")
    _record_answer(ctx, hit, command.answer)
    if hit.ended:
        return Outcome()
    return _answered(ctx, replace(hit, verification=with_status(hit.verification, command.answer)))


def answer_by_radio(ctx: Context, command: AnswerByRadio) -> Outcome:
    """Keep dispatch's answer by radio: who, when, what (STP-4, STP-6)."""
    hit = ctx.open_hit(command.hit_id)
    if not command.who.strip():
        raise Refused("nobody_named", "Nobody is named.", "Say who answered by radio.")
    now = ctx.clock.now()
    answer = StatusAnswer(
        ctx.clock.new_id(), "radio", command.answer, hit.verification.asked_at or now, now, command.who.strip()
    )
    _record_answer(ctx, hit, answer)
    told = replace(hit.verification, check_id=answer.check_id, status=answer)
    return _answered(ctx, replace(hit, verification=told))


def request_stop(ctx: Context, command: RequestStop) -> Outcome:
    """Open the gate if every condition holds, else put the refusal on record with what is missing."""
    hit = ctx.tx.hits.get(command.hit_id)
    person = ctx.person
    if person.role not in IN_CAR:
        raise Refused("not_sworn", "This account can't record a stop.", "An officer has to do it.")
    if hit is None:
        raise Refused("no_such_hit", "This hit is not on record.", "Go back to the list of hits.")
    decision = ctx.decision(hit, command.purpose)
    decision_id, now = ctx.clock.new_id(), ctx.clock.now()
    ctx.tx.stops.add_decision(decision_id, decision, now)
    body = {"decision_id": decision_id, "purpose": command.purpose, "unmet": [u.name for u in decision.unmet]}
    if not decision.passed:
        ctx.tx.record(ctx.event(EventKind.GATE_REFUSED, hit.hit_id, body))
        return _refusal(GateShut(decision), hit)
    ctx.tx.record(ctx.event(EventKind.GATE_PASSED, hit.hit_id, body))
    stop = Stop(ctx.clock.new_id(), hit.hit_id, PassedGate(decision, decision_id), command.purpose, person.user_id, now)
    ctx.tx.stops.add(stop)
    stopped = replace(hit, status=HitStatus.STOPPED, ended_at=now)
    ctx.tx.hits.put(stopped)
    basis = {"stop_id": stop.stop_id, "decision_id": decision_id, "purpose": stop.purpose, **_basis(hit.verification)}
    event = ctx.event(EventKind.STOP, hit.hit_id, basis)
    ctx.tx.record(event)
    return Outcome((HitChanged(stopped, decision), StopRecorded(stopped, stop, event.event_id)))


def follow(ctx: Context, command: Follow) -> Outcome:
    """Follow only: the hit stays open and the gate shut."""
    hit = replace(ctx.open_hit(command.hit_id), status=HitStatus.FOLLOWING)
    ctx.tx.record(ctx.event(EventKind.FOLLOWED, hit.hit_id, {}))
    return _answered(ctx, hit)


def end_without_stop(ctx: Context, command: EndWithoutStop) -> Outcome:
    """End the hit without a stop, with its reason."""
    return _end(ctx, ctx.open_hit(command.hit_id), command.reason)


def _end(ctx: Context, hit: Hit, reason: NoStopReason) -> Outcome:
    ended = replace(hit, status=HitStatus.NO_STOP, reason=reason, ended_at=ctx.clock.now())
    ctx.tx.record(ctx.event(EventKind.NO_STOP, hit.hit_id, {"reason": reason}))
    return _answered(ctx, ended)


def _answered(ctx: Context, hit: Hit) -> Outcome:
    ctx.tx.hits.put(hit)
    return Outcome((HitChanged(hit, ctx.decision(hit)),))


def _record_answer(ctx: Context, hit: Hit, answer: StatusAnswer) -> None:
    body = {
        "check_id": answer.check_id,
        "source": answer.source,
        "answer": answer.answer,
        "by": answer.by,
        "asked_at": answer.asked_at.isoformat(),
        "answered_at": answer.answered_at.isoformat(),
        "text": answer.text,
    }
    ctx.tx.record(ctx.event(EventKind.CHECK_ANSWERED, hit.hit_id, body))


def _basis(verification: Verification) -> dict[str, str | None]:
    """What the stop rests on: its two confirmations, in the stop's own record."""
    status = verification.status
    return {
        "plate_seen": verification.plate_seen,
        "state_seen": verification.state_seen,
        "seen_at": verification.seen_at.isoformat() if verification.seen_at else None,
        "check_id": status.check_id if status else None,
        "check_source": status.source if status else None,
        "check_answer": status.answer if status else None,
    }


def _refusal(shut: GateShut, hit: Hit) -> Outcome:
    notice = CommandRefused("RequestStop", shut.reason, shut.words, shut.remedy, hit.hit_id, shut.decision.unmet)
    return Outcome((notice, HitChanged(hit, shut.decision)), refusal=shut)
