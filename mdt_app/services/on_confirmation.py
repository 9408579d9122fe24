"""Handlers of the hit confirmation: asked of the entering agency, and answered (STP-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.alerts import Hit, HitStatus
from mdt_app.domain.commands import RecordConfirmation, RequestConfirmation, TakeConfirmation
from mdt_app.domain.confirmation import (
    Asking,
    ConfirmationAnswer,
    ConfirmationReply,
    ConfirmationRequest,
    HitConfirmation,
    Urgency,
    concerns,
    replied,
    requested,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.policy import Policy
from mdt_app.domain.records_check import ConfirmationQuery, ConfirmationResponse
from mdt_app.services.context import Context, Outcome
from mdt_app.services.hit_states import answered, ended


def request_confirmation(ctx: Context, command: RequestConfirmation) -> Outcome:
    """Start the clock: the request's number, urgency and due time are on record before it leaves."""
    hit, now = ctx.answerable_hit(command.hit_id), ctx.clock.now()
    hold = timedelta(minutes=ctx.policy.stops.answer_minutes.value)
    within = _within(ctx.policy, command.urgency)
    asking = Asking(command.urgency, ctx.person.user_id, within, hold, ctx.clock.new_id())
    asked = requested(hit.verification.confirmation, asking, now)
    query = confirmation_query(ctx, hit, asked.requests[-1])
    body = {
        "request_id": query.request_id,
        "number": query.number,
        "urgency": query.urgency,
        "due_at": query.due_at.isoformat(),
        "nic": query.nic,
        "owner": query.owner,
    }
    ctx.tx.record(ctx.event(EventKind.CONFIRMATION_REQUESTED, hit.hit_id, body))
    about = replace(hit, asked=(*hit.asked, (query.request_id, hit.match.entry.entry_id)))
    return replace(answered(ctx, _with(about, asked)), confirm=(query,))


def record_confirmation(ctx: Context, command: RecordConfirmation) -> Outcome:
    """Keep the entering agency's answer as a person passed it on: who, when, what."""
    hit, now = ctx.answerable_hit(command.hit_id), ctx.clock.now()
    if not command.who.strip():
        raise Refused("nobody_named", "Nobody is named.", "Say who answered.")
    until = now + timedelta(minutes=min(command.until_minutes, 1440)) if command.until_minutes > 0 else None
    return _replied(ctx, hit, ConfirmationReply(command.answer, command.who.strip(), now, until))


def take_confirmation(ctx: Context, command: TakeConfirmation) -> Outcome:
    """Keep an answer that came through the message switch, once; it counts for the request that it names.

    An answer to a request about another entry, or one that says nothing new, stands on record without effect. A 'not
    valid' of that entry is remembered against it.
    """
    response = command.response
    hit = ctx.tx.hits.get(response.hit_id)
    if hit is None:
        raise Refused("no_such_hit", "An answer came for a hit that is not on record.", "Ask again.")
    confirmation = hit.verification.confirmation
    if response.reply_id in confirmation.heard:
        return Outcome()
    minutes, now = response.until_minutes, ctx.clock.now()
    until = now + timedelta(minutes=minutes) if minutes > 0 else None
    reply = ConfirmationReply(response.answer, response.who, now, until, response.reply_id)
    if hit.status is HitStatus.NO_STOP or not concerns(confirmation, response.request_id, response.answer):
        return _without_effect(ctx, hit, response, reply)
    return _replied(ctx, hit, reply)


def _without_effect(ctx: Context, hit: Hit, response: ConfirmationResponse, reply: ConfirmationReply) -> Outcome:
    _record(ctx, hit, reply, counts=False)
    about = dict(hit.asked).get(response.request_id, "")
    denied = (*hit.denied, about) if reply.answer is ConfirmationAnswer.NOT_VALID and about else hit.denied
    confirmation = hit.verification.confirmation
    heard = replace(confirmation, heard=(*confirmation.heard, reply.reply_id))
    return answered(ctx, replace(_with(hit, heard), denied=tuple(dict.fromkeys(denied))))


def _replied(ctx: Context, hit: Hit, reply: ConfirmationReply) -> Outcome:
    """'Not valid' ends the hit (STP-6)."""
    told = replied(hit.verification.confirmation, reply)
    _record(ctx, hit, reply, counts=True)
    stamped = ctx.stamped(_with(hit, told), "reply")
    if reply.answer is ConfirmationAnswer.NOT_VALID and not hit.ended:
        return ended(ctx, stamped, NoStopReason.STALE_ENTRY)
    return answered(ctx, stamped)


def _record(ctx: Context, hit: Hit, reply: ConfirmationReply, *, counts: bool) -> None:
    until = reply.until.isoformat() if reply.until else None
    body = {"answer": reply.answer, "who": reply.who, "until": until, "reply_id": reply.reply_id, "counts": counts}
    ctx.tx.record(ctx.event(EventKind.CONFIRMATION_ANSWERED, hit.hit_id, body))


def confirmation_query(ctx: Context, hit: Hit, request: ConfirmationRequest) -> ConfirmationQuery:
    """What headquarters is asked to send for this request."""
    entry = hit.match.entry
    return ConfirmationQuery(
        request_id=request.request_id,
        hit_id=hit.hit_id,
        number=request.number,
        urgency=request.urgency,
        plate=entry.plate,
        state=entry.state,
        nic=entry.nic,
        owner=entry.ori,
        ori=ctx.identity.ori,
        user_id=request.by,
        due_at=request.due_at,
    )


def _within(policy: Policy, urgency: Urgency) -> timedelta:
    minutes = {
        Urgency.URGENT: policy.confirmation.urgent_minutes.value,
        Urgency.ROUTINE: policy.confirmation.routine_minutes.value,
    }
    return timedelta(minutes=minutes[urgency])


def _with(hit: Hit, confirmation: HitConfirmation) -> Hit:
    return replace(hit, verification=replace(hit.verification, confirmation=confirmation))
