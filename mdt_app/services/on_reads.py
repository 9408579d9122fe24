"""Handlers of reads: keep them, match them, raise the hit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import ConfirmAlertShown, MarkSignal, RecordRead
from mdt_app.domain.equipment import Standing
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match
from mdt_app.domain.notices import HitChanged, HitRaised, ReadSeen
from mdt_app.domain.ports import Clock
from mdt_app.domain.profiles import why_silent
from mdt_app.domain.reads import OTHER_CAMERA, Pictures, Read
from mdt_app.services.context import Context, Outcome


def record_read(ctx: Context, command: RecordRead) -> Outcome:
    """Keep the read under the signed-in person's name. A match raises a hit, or counts as one more sighting of it."""
    _ = ctx.signed_in  # a locked screen does not blind the car
    command = _marked(ctx, command)
    read, matches = command.read, ctx.index.find(command.read, ctx.clock.now(), near=ctx.policy.near)
    matches = _alerting(ctx, read, matches)
    crop = Pictures(crop=command.pictures.crop)
    ctx.tx.reads.add(read, crop, ctx.event(EventKind.READ, read.read_id, read_body(read)))
    if not matches:
        return Outcome((ReadSeen(read, crop.crop),))
    known = ctx.tx.hits.newest(matches[0].entry.key)
    if known and known.match.entry in [m.entry for m in matches] and _same_event(ctx, known, read):
        outcome = _seen_again(ctx, _made_exact(ctx, known, command.read, matches), command)
    else:
        outcome = _new_hit(ctx, command, matches)
    context = command.pictures.context
    return replace(outcome, picture=(read.read_id, context)) if context else outcome


def confirm_alert_shown(ctx: Context, command: ConfirmAlertShown) -> Outcome:
    """Put on record that the alert stood on the screen, and how long that took (ALR-1)."""
    hit = ctx.open_hit(command.hit_id)
    ctx.tx.record(ctx.event(EventKind.ALERT_SHOWN, hit.hit_id, {"delay_s": round(command.delay_s, 3)}))
    return Outcome()


def mark_signal(ctx: Context, command: MarkSignal) -> Outcome:
    """Put a signal of the car on record; somebody need not be signed in."""
    signal = command.signal
    body = {"signal": signal.signal, "on": signal.on, "heard_at": signal.heard_at.isoformat()}
    ctx.tx.record(ctx.event(EventKind.SIGNAL, signal.device_id, body))
    return Outcome()


def hit_of(clock: Clock, lists: Iterable[HotList], read: Read, matches: Sequence[Match]) -> Hit:
    """Make the hit of a read that matched: the first match leads, the others stand beside it."""
    hotlist = next(known for known in lists if known.list_id == matches[0].entry.list_id)
    return Hit(
        hit_id=clock.new_id(),
        read=read,
        match=matches[0],
        raised_at=clock.now(),
        list_name=hotlist.name,
        list_extracted_at=hotlist.extracted_at,
        others=tuple(matches[1:]),
    )


def out_of_service(known: Mapping[str, Standing], read: Read) -> bool:
    """Whether the camera or the ready-made reader that made this read has failed its check (EQP-2)."""
    return any(name in known and known[name].out_of_service for name in (read.camera_id, read.source_id))


def _marked(ctx: Context, command: RecordRead) -> RecordRead:
    """The command with its read marked, now and for good, where its equipment is out of service."""
    read = replace(command.read, out_of_service=out_of_service(ctx.standings, command.read))
    return replace(command, read=read)


def _same_event(ctx: Context, known: Hit, read: Read) -> bool:
    """One car before the cruiser is one hit, as long as its entry stays the same.

    That holds while it is open, and for the policy's minutes after it ended.

    A clock that was set back ends that: better one alert too many than a silent one.
    """
    now = ctx.clock.now()
    if known.match.kind is MatchKind.PAST_READ or (known.read.feed == OTHER_CAMERA != read.feed):
        return False  # what was seen before, or elsewhere, is now before this very car
    if known.ended_at is None:
        return timedelta() <= now - known.raised_at < timedelta(hours=ctx.policy.open_hours)
    return timedelta() <= now - known.ended_at < timedelta(minutes=ctx.policy.repeat_minutes)


def _alerting(ctx: Context, read: Read, matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches that alert this person. The others are put on record with the reason, never dropped silently."""
    person, now = ctx.signed_in, ctx.clock.now()
    alerting = []
    for match in matches:
        quiet = why_silent(ctx.policy, person, read, match.entry, now)
        reason = MatchKind.OUT_OF_SERVICE if read.out_of_service else quiet
        if reason is None:
            alerting.append(match)
        else:
            body = {"category": match.entry.category, "reason": reason, "entry": match.entry.entry_id}
            ctx.tx.record(ctx.event(EventKind.NOT_ALERTED, read.read_id, body))
    return tuple(alerting)


def _made_exact(ctx: Context, known: Hit, read: Read, matches: Sequence[Match]) -> Hit:
    """An open hit that only nearly matched becomes exact once the camera reads the entry's very characters."""
    if known.ended or known.match.kind is MatchKind.EXACT:
        return known
    same = [m for m in matches if m.kind is MatchKind.EXACT and m.entry.entry_id == known.match.entry.entry_id]
    if not same:
        return known
    body = {"from": known.match.kind, "read": read_body(read), "read_id": read.read_id}
    ctx.tx.record(ctx.event(EventKind.MADE_EXACT, known.hit_id, body))
    return replace(known, match=same[0], read=read)


def _seen_again(ctx: Context, known: Hit, command: RecordRead) -> Outcome:
    read = command.read
    hit = replace(known, sightings=known.sightings + 1, latest=read)
    ctx.tx.hits.put(hit)
    ctx.tx.record(ctx.event(EventKind.SIGHTING, hit.hit_id, {"read_id": read.read_id, "sightings": hit.sightings}))
    return Outcome((ReadSeen(read, command.pictures.crop, hit.hit_id), HitChanged(hit, ctx.decision(hit))))


def _new_hit(ctx: Context, command: RecordRead, matches: Sequence[Match]) -> Outcome:
    read, hit = command.read, ctx.with_known_false(hit_of(ctx.clock, ctx.lists, command.read, matches))
    ctx.tx.hits.put(hit)
    ctx.tx.record(ctx.event(EventKind.HIT, hit.hit_id, hit_body(hit)))
    raised = HitRaised(hit, ctx.decision(hit), command.pictures)
    return Outcome((raised, ReadSeen(read, command.pictures.crop, hit.hit_id)))  # the alert waits for nothing


def read_body(read: Read) -> dict[str, Any]:
    """What stands on record of a read."""
    return {
        "plate": read.raw_text,
        "state": read.state,
        "confidence": read.confidence,
        "camera": read.camera_id,
        "captured_at": read.captured_at.isoformat(),
        **({"out_of_service": True} if read.out_of_service else {}),
        **({"other_camera": read.source_id} if read.feed == OTHER_CAMERA else {}),
        **({"place": [round(read.position.lat, 5), round(read.position.lon, 5)]} if read.position else {}),
        **({"vehicle": seen} if (seen := _seen(read)) else {}),
    }


def _seen(read: Read) -> dict[str, str]:
    """What a search can ask of the vehicle, in the reader's own words."""
    said = ((name, getattr(read.vehicle, name, None)) for name in ("color", "make", "body"))
    return {name: seen.value for name, seen in said if seen is not None}


def hit_body(hit: Hit) -> dict[str, Any]:
    """What stands on record of a hit."""
    entry = hit.match.entry
    return {
        "read_id": hit.read.read_id,
        "read": read_body(hit.read),
        "match": hit.match.kind,
        "state": hit.match.state,
        "entry": {"id": entry.entry_id, "plate": entry.plate, "state": entry.state, "nic": entry.nic, "ori": entry.ori},
        "category": entry.category,
        "list": entry.list_id,
        "list_extracted_at": hit.list_extracted_at.isoformat(),
        "others": [match.entry.entry_id for match in hit.others],
        "known_false": hit.known_false.dispute_id if hit.known_false else "",
    }
