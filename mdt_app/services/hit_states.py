"""What follows an answer, whoever gave it: the hit kept and told, owed steps settled, the end of a hit."""

from __future__ import annotations

from dataclasses import replace

from mdt_app.domain.alerts import Hit, HitStatus, StopTaken, mismatch
from mdt_app.domain.events import EventKind
from mdt_app.domain.gate import settled
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.notices import HitChanged
from mdt_app.domain.outcomes import OUTCOMES, EntryAct, NoStopReason, entry_act
from mdt_app.domain.purposes import Use
from mdt_app.services.context import Context, Outcome


def answered(ctx: Context, hit: Hit) -> Outcome:
    """Keep the hit with its new answer, and tell what the gate says now. After a stop, owed steps are settled."""
    if hit.stop is not None:
        hit = replace(hit, stop=_settle(ctx, hit, hit.stop))
    ctx.tx.hits.put(hit)
    return Outcome((HitChanged(hit, ctx.decision(hit)),))


def ended(ctx: Context, hit: Hit, reason: NoStopReason) -> Outcome:
    """End the hit without a stop. A vehicle that was located has its entry removed, or its owner told (STP-8)."""
    over = replace(hit, status=HitStatus.NO_STOP, reason=reason, ended_at=ctx.clock.now())
    ctx.tx.record(ctx.event(EventKind.NO_STOP, hit.hit_id, {"reason": reason}))
    return answered(ctx, entry_asked(ctx, over, reason) if OUTCOMES[reason].located else over)


def entry_asked(ctx: Context, hit: Hit, why: str) -> Hit:
    """Put on record what is asked for the entry, once; headquarters carries it out or passes it on."""
    if hit.entry_act is not None:
        return hit
    entry = hit.match.entry
    act: EntryAct = entry_act(entry.category) if _located(hit, why) else EntryAct.NOTICE
    body = {
        "act": act,
        "why": why,
        "list_id": entry.list_id,
        "entry_id": entry.entry_id,
        "plate": entry.plate,
        "state": entry.state,
        "nic": entry.nic,
        "owner": entry.ori,
    }
    ctx.tx.record(ctx.event(EventKind.REMOVAL_ASKED, hit.hit_id, body))
    return replace(hit, entry_act=act)


def _located(hit: Hit, why: str) -> bool:
    """Only a vehicle whose plate somebody has confirmed, on an exact match, takes its entry off the list by itself."""
    seen = hit.verification
    seen_it = seen.plate_seen is not None and mismatch(hit, seen.plate_seen, seen.state_seen or "") is None
    located = next((row.located for end, row in OUTCOMES.items() if end.value == why), False)
    return located and seen_it and hit.match.kind is MatchKind.EXACT


def _settle(ctx: Context, hit: Hit, stop: StopTaken) -> StopTaken:
    """Take what is answered now off what is owed. An answer against the stop is flagged once: its basis fell.

    One that is corrected, and bears the stop out after all, lifts that again.
    """
    use = Use(stop.purpose)
    told = settled(ctx.facts(hit, use), (*stop.owed, *stop.fell))
    answers = {name: borne_out for name, borne_out in told.items() if borne_out or name not in stop.fell}
    for name, borne_out in answers.items():
        kind = EventKind.OWED_SETTLED if borne_out else EventKind.BASIS_FELL
        ctx.tx.record(ctx.event(kind, hit.hit_id, {"step": name, "stop_id": stop.stop_id, "by": stop.by}))
    owed = tuple(name for name in stop.owed if name not in answers)
    fell = tuple(name for name, borne_out in answers.items() if not borne_out)
    lifted = {name for name, borne_out in answers.items() if borne_out}
    return replace(stop, owed=owed, fell=(*(name for name in stop.fell if name not in lifted), *fell))
