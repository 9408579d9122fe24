"""Handler of reads that were made before their plate was listed: earlier sightings, which can never open a stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.commands import MatchPastReads
from mdt_app.domain.events import EventKind
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.profiles import why_silent
from mdt_app.domain.reads import Read
from mdt_app.services.context import Context, Outcome
from mdt_app.services.on_reads import hit_body, hit_of

READS_MOST = 5_000
"""So many reads are looked at; a shift rarely makes more."""
SLICE = 200
"""So many at once: some milliseconds, so that a read that comes meanwhile is matched in between."""


def match_past_reads(ctx: Context, command: MatchPastReads) -> Outcome:
    """Raise each plate's newest read that the lists hold now and no hit stands for, as an earlier sighting."""
    if ctx.session is None or not ctx.policy.past_hours:
        return Outcome()
    raised = []
    reads = ctx.tx.reads.newest(SLICE, command.skip)
    for read, matches in _found(ctx, reads):
        hit = ctx.with_known_false(hit_of(ctx.clock, ctx.lists, read, matches))
        ctx.tx.hits.put(hit)
        ctx.tx.record(ctx.event(EventKind.HIT, hit.hit_id, hit_body(hit)))
        raised.append(HitRaised(hit, ctx.decision(hit), ctx.tx.reads.pictures(read.read_id)))
    more = len(reads) == SLICE and command.skip + SLICE < READS_MOST
    return Outcome(tuple(raised), then=MatchPastReads(command.skip + SLICE) if more else None)


def _found(ctx: Context, reads: Iterable[Read]) -> Iterator[tuple[Read, tuple[Match, ...]]]:
    since, seen = ctx.clock.now() - timedelta(hours=ctx.policy.past_hours), set[str]()
    for read in reads:
        if read.out_of_service or read.captured_at < since or read.key in seen:
            continue
        seen.add(read.key)
        matches = tuple(replace(m, kind=MatchKind.PAST_READ) for m in _alerting(ctx, read))
        if matches and not _known(ctx, matches[0]):
            yield read, matches


def _alerting(ctx: Context, read: Read) -> Iterator[Match]:
    person, now = ctx.signed_in, ctx.clock.now()
    for match in ctx.index.find(read, now):
        if match.kind is MatchKind.EXACT and why_silent(ctx.policy, person, read, match.entry, now) is None:
            yield match


def _known(ctx: Context, match: Match) -> bool:
    """A hit stands for this very entry already."""
    known = ctx.tx.hits.newest(match.entry.key)
    return known is not None and known.match.entry.entry_id == match.entry.entry_id
