"""Handlers of the officer's answers and of the records check: what the gate looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.alerts import Hit, HitStatus, Seen, asked_features, mismatch, switched, with_status
from mdt_app.domain.commands import (
    AnswerByRadio,
    AnswerVehicle,
    AskStatus,
    ConfirmPlate,
    RecordStatus,
    TakeBackPlate,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.plates import PLATE_LENGTH, written
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer, RecordsQuery, StatusAnswer
from mdt_app.services.context import Context, Outcome
from mdt_app.services.hit_states import answered, ended
from mdt_app.services.on_drafts import forget_seen

_RADIO = frozenset({CheckAnswer.ACTIVE, CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD})
"""What dispatch can say; silence is no answer."""


def confirm_plate(ctx: Context, command: ConfirmPlate) -> Outcome:
    """Keep what the officer sees. Characters or state that are not the entry's end the hit: no stop (STP-2).

    After a stop that went before this step they tell that its basis fell.
    """
    plate, state = written(command.plate_seen), command.state_seen
    hit = ctx.answerable_hit(command.hit_id)
    hit = hit if hit.ended else switched(hit, plate, state)
    if not plate or len(plate) > PLATE_LENGTH:
        raise Refused("no_plate_seen", "No characters are given.", "Type the characters that you see.")
    if not state:
        raise Refused("no_state_seen", "No state is chosen.", "Choose the issuing state that you see.")
    person, now = ctx.person.user_id, ctx.clock.now()
    seen = replace(hit.verification, seen_by=person, plate_seen=plate, state_seen=state, seen_at=now)
    reason = mismatch(hit, plate, state)
    body = {
        "plate": plate,
        "state": state,
        "agrees": reason is None and bool(hit.match.entry.state),
        "reader": hit.read.raw_text,
    }
    ctx.tx.record(ctx.event(EventKind.PLATE_CONFIRMED, hit.hit_id, body))
    forget_seen(ctx, hit.hit_id)
    confirmed = ctx.stamped(replace(hit, verification=seen), "seen")
    return ended(ctx, confirmed, reason) if reason and not hit.ended else answered(ctx, confirmed)


def take_back_plate(ctx: Context, command: TakeBackPlate) -> Outcome:
    """Take back what was confirmed by eye, until the hit ends: plate and state have to be looked at anew (STP-2)."""
    hit = ctx.open_hit(command.hit_id)
    if hit.verification.plate_seen is None:
        raise Refused("nothing_confirmed", "No plate is confirmed for this hit.", "Type what you see on the vehicle.")
    ctx.tx.record(ctx.event(EventKind.PLATE_TAKEN_BACK, hit.hit_id, {}))
    looking = replace(hit.verification, plate_seen=None, state_seen=None, seen_at=None)
    return answered(ctx, replace(hit, verification=looking))


def answer_vehicle(ctx: Context, command: AnswerVehicle) -> Outcome:
    """Keep one answer about the vehicle; it can be changed until the hit ends."""
    hit = ctx.answerable_hit(command.hit_id)
    if command.feature not in asked_features(hit):
        raise Refused("not_asked", "The entry does not say this of the vehicle.", "Answer what is asked.")
    held, now = hit.verification.features, ctx.clock.now()
    if held.get(command.feature) is Seen.DIFFERS and command.seen is Seen.CANT_SEE:
        words = "It was seen to differ; 'can't see' does not undo that."
        raise Refused("vehicle_denied", words, "Answer 'match' if you were wrong, or end the hit.")
    looked_at = hit.verification.looked_at
    if looked_at is None or now - looked_at > timedelta(minutes=ctx.policy.stops.answer_minutes.value):
        # Old answers go, but for a difference: that stands until it is answered anew.
        held = {feature: seen for feature, seen in held.items() if seen is Seen.DIFFERS}
        looked_at, hit = now, ctx.stamped(hit, "looked")
    features = {**held, command.feature: command.seen}
    ctx.tx.record(ctx.event(EventKind.VEHICLE_ANSWERED, hit.hit_id, {"feature": command.feature, "seen": command.seen}))
    seen = replace(hit.verification, features=features, looked_at=looked_at)
    return answered(ctx, replace(hit, verification=seen))


def ask_status(ctx: Context, command: AskStatus) -> Outcome:
    """Send the entry's plate to CJIS/NCIC. The request is on record before it leaves."""
    hit = ctx.answerable_hit(command.hit_id)
    if command.unless_asked and hit.verification.asked_at is not None:
        return Outcome()
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
    asked = replace(hit.verification, asked_at=ctx.clock.now(), check_id=query.check_id, status=None, heard_at=None)
    about = (*hit.asked, (query.check_id, entry.entry_id))
    return replace(answered(ctx, replace(hit, verification=asked, asked=about)), ask=query)


def record_status(ctx: Context, command: RecordStatus) -> Outcome:
    """Keep an electronic answer. One that comes after the hit has ended is kept on record and changes nothing."""
    hit = ctx.tx.hits.get(command.hit_id)
    if hit is None:
        raise Refused("no_such_hit", "An answer came for a hit that is not on record.", "Ask again.")
    _record_answer(ctx, hit, command.answer)
    if hit.status is HitStatus.NO_STOP:
        return Outcome()
    told = with_status(hit, command.answer, ctx.clock.now())
    return answered(ctx, told if told is hit else ctx.stamped(told, "status"))


def answer_by_radio(ctx: Context, command: AnswerByRadio) -> Outcome:
    """Keep dispatch's answer by radio: who, when, what (STP-4, STP-6)."""
    hit = ctx.answerable_hit(command.hit_id)
    who = command.who.strip()
    if not who or who.casefold() in (ctx.person.user_id.casefold(), ctx.person.name.casefold()):
        raise Refused("nobody_named", "Nobody else is named.", "Say who answered by radio.")
    if command.answer not in _RADIO:
        raise Refused("no_radio_answer", "This is no answer of dispatch.", "Say whether it is still active.")
    now = ctx.clock.now()
    answer = StatusAnswer(ctx.clock.new_id(), BY_RADIO, command.answer, hit.verification.asked_at or now, now, who)
    _record_answer(ctx, hit, answer)
    current = replace(hit, verification=replace(hit.verification, check_id=answer.check_id, status=None, radio=answer))
    return answered(ctx, ctx.stamped(with_status(current, answer, now), "status", "radio"))


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
