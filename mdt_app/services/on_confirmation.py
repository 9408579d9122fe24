"""Handlers of the hit confirmation: asked of the entering agency, and answered (STP-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import RecordConfirmation, RequestConfirmation
from mdt_app.domain.confirmation import (
    ConfirmationAnswer,
    ConfirmationReply,
    HitConfirmation,
    Urgency,
    replied,
    requested,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.policy import Policy
from mdt_app.services.context import Context, Outcome
from mdt_app.services.hit_states import answered, ended


def request_confirmation(ctx: Context, command: RequestConfirmation) -> Outcome:
    """Start the clock: the request's number, urgency and due time are on record before anybody is asked."""
    hit, now = ctx.answerable_hit(command.hit_id), ctx.clock.now()
    within = _within(ctx.policy, command.urgency)
    asked = requested(hit.verification.confirmation, command.urgency, ctx.person.user_id, now, within)
    last = asked.requests[-1]
    body = {
        "number": last.number,
        "urgency": last.urgency,
        "due_at": last.due_at.isoformat(),
        "nic": hit.match.entry.nic,
    }
    ctx.tx.record(ctx.event(EventKind.CONFIRMATION_REQUESTED, hit.hit_id, body))
    return answered(ctx, _with(hit, asked))


def record_confirmation(ctx: Context, command: RecordConfirmation) -> Outcome:
    """Keep the entering agency's answer: who, when, what. 'Not valid' ends the hit (STP-6)."""
    hit, now = ctx.answerable_hit(command.hit_id), ctx.clock.now()
    if not command.who.strip():
        raise Refused("nobody_named", "Nobody is named.", "Say who answered.")
    until = now + timedelta(minutes=command.until_minutes) if command.until_minutes > 0 else None
    reply = ConfirmationReply(command.answer, command.who.strip(), now, until)
    told = replied(hit.verification.confirmation, reply)
    body = {"answer": reply.answer, "who": reply.who, "until": until.isoformat() if until else None}
    ctx.tx.record(ctx.event(EventKind.CONFIRMATION_ANSWERED, hit.hit_id, body))
    if reply.answer is ConfirmationAnswer.NOT_VALID and not hit.ended:
        return ended(ctx, _with(hit, told), NoStopReason.STALE_ENTRY)
    return answered(ctx, _with(hit, told))


def _within(policy: Policy, urgency: Urgency) -> timedelta:
    minutes = {
        Urgency.URGENT: policy.confirmation.urgent_minutes.value,
        Urgency.ROUTINE: policy.confirmation.routine_minutes.value,
    }
    return timedelta(minutes=minutes[urgency])


def _with(hit: Hit, confirmation: HitConfirmation) -> Hit:
    return replace(hit, verification=replace(hit.verification, confirmation=confirmation))
