"""A dialect's messages, one of each kind, and what headquarters makes of the answers: for whoever writes a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.hotlist import Entry, Vehicle
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery
from mdt_app.hq.dialect import (
    Dialect,
    confirmation_text,
    confirmation_understood,
    fields,
    inquiry_text,
    lines_of,
    understood,
)
from mdt_app.hq.switch import Manner, answer_text, confirmation_answer

_ENTRY = Entry(
    entry_id="sample",
    list_id="sample",
    category="stolen_vehicle",
    plate="SAMPLE1",
    key="SAMPLE1",
    state="CT",
    plate_year="2026",
    plate_type="PC",
    vehicle=Vehicle("2019", "TOYT", "CAM", "4D", "RED/BLK"),
    nic="V000000001",
    ori="CT0020000",
    entered_on=date(2026, 1, 2),
)
_QUERY = RecordsQuery("check-1", "hit-1", "SAMPLE1", "CT", "PC", "V000000001", "CT0010000", "officer1")
_REQUEST = ConfirmationQuery(
    "request-1", "hit-1", 1, Urgency.URGENT, "SAMPLE1", "CT", "V000000001", "CT0020000", "CT0010000", "officer1",
    datetime(2026, 1, 2, tzinfo=UTC),
)  # fmt: skip
_SHOWN = (Manner.ANSWER, Manner.LOCATED, Manner.NO_RECORD, Manner.MALFORMED)


def sample(dialect: Dialect) -> Iterator[str]:
    """Yield the lines of a page: each message as it travels between its frame's ends, and what an answer means."""
    inquiry, request = inquiry_text(dialect, _QUERY), confirmation_text(dialect, _REQUEST)
    yield from _told(dialect, "records check: the inquiry", inquiry)
    asked = fields(dialect, dialect.inquiry.fields, inquiry)
    for manner in _SHOWN:
        text = answer_text(dialect, asked, manner, [_ENTRY]) or ""
        yield from _told(dialect, f"answer, understood as {understood(dialect, _QUERY, text).value}", text)
    yield from _told(dialect, "hit confirmation: the request", request)
    asked = fields(dialect, dialect.confirmation.fields, request)
    for said in sorted(set(dialect.answer.statuses.values()) - {ConfirmationAnswer.NO_RESPONSE}):
        text = confirmation_answer(dialect, asked, said)
        known = confirmation_understood(dialect, _REQUEST, text)
        yield from _told(dialect, f"answer, understood as {known.answer.value} by {known.who}", text)


def _told(dialect: Dialect, title: str, text: str) -> Iterator[str]:
    yield f"{title}:"
    yield from (f"    {told}" for told in ([text] if dialect.xml else lines_of(dialect, text)))
