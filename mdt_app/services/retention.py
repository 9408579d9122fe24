"""Handlers of retention: trusted time goes on, what is old enough goes, what a case needs is held (REC-2, REC-3)."""

from __future__ import annotations

import secrets

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import CaseHeld
from mdt_app.domain.retention import DAY_S, PreserveData, Purged, PurgeExpired, ReleaseCase, TellTime, ran_on, told
from mdt_app.services.context import Context, Outcome

SLICE_S = 0.012
"""A purge yields to reads after so long; the commit comes on top."""

_BATCH = 8
_RUN = secrets.token_hex(8)
"""Names this run of the program: its monotonic clock can't be compared with another run's."""
_MAY_RELEASE = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


def purge_expired(ctx: Context, _: PurgeExpired) -> Outcome:
    """Count the time that went by, and remove a slice of what has expired. What went stands on record as counts."""
    begun, retention = ctx.clock.monotonic(), ctx.tx.retention
    retention.count(ran_on(retention.time(), _RUN, begun))
    days, gone = ctx.policy.retention.days.value, Purged(more=True)
    while gone.more and ctx.clock.monotonic() - begun < SLICE_S:
        gone = gone.plus(retention.purge(days * DAY_S, _BATCH))
    if any(gone.counts.values()):
        body = {**gone.counts, "days": days, "clause": ctx.policy.retention.days.clause}
        ctx.tx.record(ctx.event(EventKind.PURGED, "retention", body, actor="retention"))
    return Outcome()


def tell_time(ctx: Context, command: TellTime) -> Outcome:
    """Take headquarters' word for what time it is: the time that the car stood switched off counts from now on."""
    retention = ctx.tx.retention
    retention.count(told(ran_on(retention.time(), _RUN, ctx.clock.monotonic()), command.at))
    return Outcome()


def preserve_data(ctx: Context, command: PreserveData) -> Outcome:
    """Take a hit with its reads, or a read, into a case, under the signed-in person's name."""
    person = ctx.person
    number, reason = command.case_number.strip(), command.reason.strip()
    if not number or not reason:
        raise Refused("case_incomplete", "A case needs its number and a reason.", "Enter both.")
    held = ctx.tx.retention.preserve(command.subject, number, person.user_id, reason, ctx.clock.now())
    # The reason is the person's own words and may name a plate: it stands in the store, not in the trail.
    body = {"case": number, "held": len(held.subjects)}
    ctx.tx.record(ctx.event(EventKind.PRESERVED, command.subject, body))
    return Outcome((CaseHeld(command.subject, number),))


def release_case(ctx: Context, command: ReleaseCase) -> Outcome:
    """End a case's hold after its final disposition. A supervisor or the Administrator does that."""
    person = ctx.person
    if person.role not in _MAY_RELEASE:
        raise Refused("not_authorized", "A supervisor releases a case's data.", "Ask your supervisor.")
    if not command.disposition.strip():
        raise Refused("no_disposition", "The case's final disposition is missing.", "Enter it.")
    count = ctx.tx.retention.release(command.case_number, person.user_id, command.disposition, ctx.clock.now())
    if not count:
        raise Refused("no_such_case", "This case holds no data.", "Check its number.")
    ctx.tx.record(ctx.event(EventKind.RELEASED, command.case_number, {"released": count}))
    return Outcome()
