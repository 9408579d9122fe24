"""The handler of a start: what the one before left open at headquarters is asked again, or shown as unanswered."""

from __future__ import annotations

from collections.abc import Iterator

from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import RecordStatus, ResumeRequests
from mdt_app.domain.confirmation import Standing, standing
from mdt_app.domain.notices import Notice
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, StatusAnswer
from mdt_app.services.context import Context, Outcome
from mdt_app.services.on_confirmation import confirmation_query
from mdt_app.services.on_verification import record_status

SOURCE = "this car"
"""The source of an answer that the car itself gives to a check that a restart cut off."""
_WORDS = "The program was started again before an answer came. Ask again."


def resume_requests(ctx: Context, _: ResumeRequests) -> Outcome:
    """Ask the entering agency again where its answer is still due; headquarters knows the request by its id.

    A records check that was under way is unanswered: whoever asked may be gone, and a check is asked in a person's
    name. The officer who takes the hit up asks anew.
    """
    hits = ctx.tx.hits.not_closed()
    notices: tuple[Notice, ...] = ()
    for hit in filter(_unanswered, hits):
        notices += record_status(ctx, RecordStatus(hit.hit_id, _no_answer(ctx, hit))).notices
    return Outcome(notices, confirm=tuple(query for hit in hits for query in _still_due(ctx, hit)))


def _unanswered(hit: Hit) -> bool:
    seen = hit.verification
    return seen.asked_at is not None and bool(seen.check_id) and seen.status is None and seen.radio is None


def _no_answer(ctx: Context, hit: Hit) -> StatusAnswer:
    seen, now = hit.verification, ctx.clock.now()
    no = CheckAnswer.NO_RESPONSE
    return StatusAnswer(seen.check_id, SOURCE, no, seen.asked_at or now, now, SOURCE, _WORDS)


def _still_due(ctx: Context, hit: Hit) -> Iterator[ConfirmationQuery]:
    """The last request, where it waits and was about the entry that the hit rests on now; else it runs out by time."""
    confirmation, now = hit.verification.confirmation, ctx.clock.now()
    if standing(confirmation, now) is not Standing.WAITING:
        return
    request = confirmation.requests[-1]
    if dict(hit.asked).get(request.request_id) == hit.match.entry.entry_id:
        yield confirmation_query(ctx, hit, request)
