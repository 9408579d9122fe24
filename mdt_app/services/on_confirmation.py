"""Handlers of the hit confirmation: asked of the entering agency, and answered (STP-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import RecordConfirmation, RequestConfirmation, TakeConfirmation
from mdt_app.domain.confirmation import (
    ConfirmationAnswer,
    ConfirmationReply,
    ConfirmationRequest,
    HitConfirmation,
    Urgency,
    replied,
    requested,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.policy import Policy
from mdt_app.domain.records_check import ConfirmationQuery
from mdt_app.services.context import Context, Outcome
from mdt_app.services.hit_states import answered, ended


def request_confirmation(ctx: Context, command: RequestConfirmation) -> Outcome:
    """Start the clock: the request's number, urgency and due time are on record before it leaves."""
    hit, now = ctx.answerable_hit(command.hit_id), ctx.clock.now()
    within = _within(ctx.policy, command.urgency)
    asked = requested(hit.verification.confirmation, command.urgency, ctx.person.user_id, now, within)
    query = _query(ctx, hit, asked.requests[-1])
    body = {
        "request_id": query.request_id,
        "number": query.number,
        "urgency": query.urgency,
        "due_at": query.due_at.isoformat(),
        "nic": query.nic,
        "owner": query.owner,
    }
    ctx.tx.record(ctx.event(EventKind.CONFIRMATION_REQUESTED, hit.hit_id, body))
    return replace(answered(ctx, _with(hit, asked)), confirm=query)


def record_confirmation(ctx: Context, command: RecordConfirmation) -> Outcome:
    """Keep the entering agency's answer as a person passed it on: who, when, what."""
    hit, now = ctx.answerable_hit(command.hit_id), ctx.clock.now()
    if not command.who.strip():
        raise Refused("nobody_named", "Nobody is named.", "Say who answered.")
    until = now + timedelta(minutes=command.until_minutes) if command.until_minutes > 0 else None
    return _replied(ctx, hit, ConfirmationReply(command.answer, command.who.strip(), now, until))


def take_confirmation(ctx: Context, command: TakeConfirmation) -> Outcome:
    """Keep an answer that came through the message switch, once. After the card is closed it changes nothing."""
    response = command.response
    hit = ctx.tx.hits.get(response.hit_id)
    if hit is None:
        raise Refused("no_such_hit", "An answer came for a hit that is not on record.", "Ask again.")
    present = hit.verification.confirmation.reply
    if hit.closed or (present is not None and present.reply_id == response.reply_id):
        return Outcome()
    minutes = response.until_minutes
    until = response.at + timedelta(minutes=minutes) if minutes > 0 else None
    return _replied(ctx, hit, ConfirmationReply(response.answer, response.who, response.at, until, response.reply_id))


def _replied(ctx: Context, hit: Hit, reply: ConfirmationReply) -> Outcome:
    """'Not valid' ends the hit (STP-6)."""
    told = replied(hit.verification.confirmation, reply)
    until = reply.until.isoformat() if reply.until else None
    body = {"answer": reply.answer, "who": reply.who, "until": until, "reply_id": reply.reply_id}
    ctx.tx.record(ctx.event(EventKind.CONFIRMATION_ANSWERED, hit.hit_id, body))
    if reply.answer is ConfirmationAnswer.NOT_VALID and not hit.ended:
        return ended(ctx, _with(hit, told), NoStopReason.STALE_ENTRY)
    return answered(ctx, _with(hit, told))


def _query(ctx: Context, hit: Hit, request: ConfirmationRequest) -> ConfirmationQuery:
    entry = hit.match.entry
    return ConfirmationQuery(
        request_id=ctx.clock.new_id(),
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
