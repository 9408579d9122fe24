"""Handler of drafts: what was typed and not sent is kept in the store, for the same person and the same hit."""

from __future__ import annotations

from datetime import timedelta

from mdt_app.domain.alerts import Hit
from mdt_app.domain.drafts import Draft, KeepDraft
from mdt_app.domain.errors import Refused
from mdt_app.services.context import Context, Outcome


def keep_draft(ctx: Context, command: KeepDraft) -> Outcome:
    """Keep it, also behind a locked screen: the last characters were typed before. A draft is no event, for nothing
    has been said yet.
    """
    person, hit = ctx.signed_in, ctx.tx.hits.get(command.hit_id)
    if hit is None or hit.closed:
        raise Refused("hit_ended", "This hit is closed.", "A new read of the vehicle opens a new hit.")
    ctx.tx.drafts.put(hit.hit_id, person.user_id, command.draft, ctx.clock.now())
    return Outcome()


def draft_of(ctx: Context, hit: Hit) -> Draft:
    """What the signed-in person had typed for a hit. What was seen holds no longer than eyes do (STP-2)."""
    held = ctx.tx.drafts.get(hit.hit_id, ctx.signed_in.user_id)
    if held is None:
        return Draft()
    draft, typed_at = held
    eyes_hold = timedelta(minutes=ctx.policy.stops.eyes_minutes.value)
    return draft if timedelta() <= ctx.clock.now() - typed_at <= eyes_hold else draft.unseen()


def forget_seen(ctx: Context, hit_id: str) -> None:
    """Plate and state are on record now: the draft must not bring them back once they have to be looked at anew."""
    user_id = ctx.signed_in.user_id
    held = ctx.tx.drafts.get(hit_id, user_id)
    if held is not None:
        ctx.tx.drafts.put(hit_id, user_id, held[0].unseen(), ctx.clock.now())
