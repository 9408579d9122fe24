"""The hit confirmation clock: the entering agency is asked up to three times whether its entry is still valid (STP-6).

NCIC's YQ and YR: urgent within 10 minutes when the hit is the only basis of detention, else routine within 1 hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mdt_app.domain.errors import Refused

REQUESTS_MOST = 3


class Urgency(StrEnum):
    """How soon the entering agency has to answer."""

    URGENT = "urgent"
    ROUTINE = "routine"


class ConfirmationAnswer(StrEnum):
    """What the entering agency says."""

    CONFIRMED = "confirmed"
    NOT_VALID = "not_valid"
    IN_PROCESS = "in_process"
    NO_RESPONSE = "no_response"


class Standing(StrEnum):
    """Where the confirmation stands now."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    OVERDUE = "overdue"
    CONFIRMED = "confirmed"
    NOT_VALID = "not_valid"
    IN_PROCESS = "in_process"
    NO_RESPONSE = "no_response"


@dataclass(frozen=True, slots=True)
class ConfirmationRequest:
    """One request: its number from 1 (NCIC's RNO), how urgent, who asked, when, and until when an answer is due.

    `request_id` is what an answer through the message switch names.
    """

    number: int
    urgency: Urgency
    by: str
    asked_at: datetime
    due_at: datetime
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmationReply:
    """The answer on record: what, from whom, when; `until` where the agency says that it needs longer.

    `reply_id` is set where it came through the message switch, so that a repeat changes nothing.
    """

    answer: ConfirmationAnswer
    who: str
    at: datetime
    until: datetime | None = None
    reply_id: str = ""


@dataclass(frozen=True, slots=True)
class HitConfirmation:
    """All requests of one hit, and the last reply to the last of them."""

    requests: tuple[ConfirmationRequest, ...] = ()
    reply: ConfirmationReply | None = None
    heard: tuple[str, ...] = ()
    """The ids of the answers that were taken, so that a repeat changes nothing."""

    @property
    def final(self) -> bool:
        """True when nothing more can come of asking."""
        return self.reply is not None and self.reply.answer in (
            ConfirmationAnswer.CONFIRMED,
            ConfirmationAnswer.NOT_VALID,
        )


def standing(confirmation: HitConfirmation, now: datetime) -> Standing:
    """Say where the confirmation stands at this time of day (UTC)."""
    if not confirmation.requests:
        return Standing.NOT_ASKED
    reply = confirmation.reply
    if reply is not None and confirmation.final:
        return Standing(reply.answer.value)
    if now >= due_at(confirmation):
        return Standing.OVERDUE
    return Standing(reply.answer.value) if reply else Standing.WAITING


def due_at(confirmation: HitConfirmation) -> datetime:
    """When the last request, or the agency's own 'until', runs out. There must be a request."""
    reply = confirmation.reply
    return reply.until if reply is not None and reply.until is not None else confirmation.requests[-1].due_at


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that is to be made: how urgent, by whom, its id, and how long an answer and a 'confirmed' hold."""

    urgency: Urgency
    by: str
    within: timedelta
    hold: timedelta = timedelta(hours=1)
    request_id: str = ""


def requested(confirmation: HitConfirmation, asking: Asking, now: datetime) -> HitConfirmation:
    """Return the confirmation with a further request. Raises Refused while the one before can still be answered.

    A request may follow when the one before is overdue, got no response, or turns from routine to urgent. An old
    'confirmed' may be asked anew, from the first request on.
    """
    reply = confirmation.reply
    if reply is not None and reply.answer is ConfirmationAnswer.CONFIRMED and now - reply.at > asking.hold:
        confirmation = HitConfirmation(heard=confirmation.heard)
    if confirmation.final:
        raise Refused("confirmation_final", "The entering agency has answered.", "Go by its answer.")
    if len(confirmation.requests) >= REQUESTS_MOST:
        words = "The entering agency was asked three times."
        raise Refused("confirmation_exhausted", words, "Ask the state's control agency through dispatch.")
    if confirmation.requests and not _may_follow(confirmation, asking.urgency, now):
        raise Refused("confirmation_waits", "The request before is not overdue.", "Wait for the answer.")
    number, due_at = len(confirmation.requests) + 1, now + asking.within
    request = ConfirmationRequest(number, asking.urgency, asking.by, now, due_at, asking.request_id)
    return HitConfirmation((*confirmation.requests, request), heard=confirmation.heard)


def replied(confirmation: HitConfirmation, reply: ConfirmationReply) -> HitConfirmation:
    """Return the confirmation with a reply to its last request. Raises Refused when nothing was asked or all is said.

    A 'not valid' is always taken: it may undo a 'confirmed', never the other way round.
    """
    if not confirmation.requests:
        raise Refused("confirmation_not_asked", "No hit confirmation was requested.", "Request it first.")
    if confirmation.final and reply.answer is not ConfirmationAnswer.NOT_VALID:
        raise Refused("confirmation_final", "The entering agency has answered.", "Go by its answer.")
    if reply.answer is ConfirmationAnswer.IN_PROCESS and (reply.until is None or reply.until <= reply.at):
        raise Refused("confirmation_until", "Until when is not given.", "Say until when the agency needs.")
    heard = (*confirmation.heard, reply.reply_id) if reply.reply_id else confirmation.heard
    return replace(confirmation, reply=reply, heard=heard)


def concerns(confirmation: HitConfirmation, request_id: str, answer: ConfirmationAnswer) -> bool:
    """Whether an answer through the switch is to one of these requests; what settles nothing only to the last."""
    ids = [request.request_id for request in confirmation.requests]
    settles = answer in (ConfirmationAnswer.CONFIRMED, ConfirmationAnswer.NOT_VALID)
    return request_id in ids if settles else ids[-1:] == [request_id]


def _may_follow(confirmation: HitConfirmation, urgency: Urgency, now: datetime) -> bool:
    silent = confirmation.reply is not None and confirmation.reply.answer is ConfirmationAnswer.NO_RESPONSE
    hastened = (confirmation.requests[-1].urgency, urgency) == (Urgency.ROUTINE, Urgency.URGENT)
    return silent or hastened or now >= due_at(confirmation)
