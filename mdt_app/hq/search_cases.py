"""Reads that a search found, taken into a case at headquarters: held, on record, and given out signed (REC-2)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, update

from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.statements import says_enough
from mdt_app.hq.own_trail import Act, OwnTrail
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.search_desk import SearchDesk, Searcher
from mdt_app.hq.store import Store
from mdt_app.hq.tables import holds
from mdt_app.sync.search_wire import CaseAsked, CaseFile, FoundLine
from mdt_app.sync.wire import canonical_json

_PAGES_MOST = 100


def take_into_case(
    desk: SearchDesk, receipts: ReceiptMaker, search_id: str, asked: CaseAsked, who: Searcher
) -> CaseFile:
    """Hold these reads of the person's own search for a case, and return them as a signed case file.

    There is no other way out for what a search found. Raises Refused for a search that is over, a reason that says too
    little, and a read that the search did not find.
    """
    if not says_enough(asked.reason):
        raise Refused("reason_missing", "The reason is missing.", "Say in your own words why the case needs them.")
    lines = _found(desk, search_id, frozenset(asked.event_ids), who)
    now = datetime.now(UTC)
    made = {"case": asked.case_number, "made_at": now.isoformat(), "made_by": who.user_id, "search": search_id}
    content = canonical_json(made | {"reads": [line.model_dump(mode="json") for line in lines]})
    body = {"case": asked.case_number, "reads": len(lines), "reason": asked.reason.strip()}
    with desk.store.writing() as connection:
        _hold(connection, asked.case_number, lines, who, now)
        desk.trail.record(connection, Act(EventKind.EXPORTED, who.user_id, who.place, search_id, body))
    return CaseFile(content=content, signature=receipts.case(content), public_key=receipts.public)


def release_case(store: Store, trail: OwnTrail, case_number: str, disposition: str, by: str) -> int:
    """End what a desk took into a case, after its final disposition; return how many reads. Raises Refused."""
    if not says_enough(disposition):
        raise Refused("no_disposition", "The case's final disposition is missing.", "Say it in your own words.")
    mine = (holds.c.case_number == case_number) & holds.c.released_at.is_(None)
    with store.writing() as connection:
        count = connection.execute(update(holds).where(mine).values(released_at=datetime.now(UTC))).rowcount
        if not count:
            raise Refused("no_such_case", "This case holds no data.", "Check its number.")
        body = {"released": count, "disposition": disposition.strip()}
        trail.record(connection, Act(EventKind.RELEASED, by, "desk", case_number, body))
    return count


def _found(desk: SearchDesk, search_id: str, wanted: frozenset[str], who: Searcher) -> list[FoundLine]:
    """The lines of these reads, looked up anew page by page: only what this very search finds can be taken."""
    lines, after = dict[str, FoundLine](), ""
    for _ in range(_PAGES_MOST):
        page = desk.page(search_id, after, who).page
        lines |= {line.event_id: line for line in page.lines if line.event_id in wanted}
        after = page.after
        if not after or len(lines) == len(wanted):
            break
    if len(lines) < len(wanted):
        raise Refused("not_found", "The search did not find all of these reads.", "Search again, and choose anew.")
    return list(lines.values())


def _hold(connection: Connection, case_number: str, lines: list[FoundLine], who: Searcher, now: datetime) -> None:
    about = {"case_number": case_number, "taken_by": who.user_id, "at": now}
    connection.execute(insert(holds), [{**about, "car_id": line.car_id, "subject": line.read_id} for line in lines])
