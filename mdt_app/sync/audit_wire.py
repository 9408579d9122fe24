"""Messages of the audit of queries: what was drawn, and how each is judged; version 1."""

from __future__ import annotations

from mdt_app.sync.wire import Count, Identifier, Message, Moment, Name, Text


class QueryJudgement(Message):
    """Whether a query was for an authorized purpose, and whether everything had been entered; words for a no."""

    authorized: bool
    complete: bool
    words: Text = ""


class AuditedQuery(Message):
    """A query that an audit has drawn, as it stands on record.

    `lacking` names what the program itself finds missing; `judgement` is None until somebody has judged.
    """

    number: Count
    event_id: Identifier
    search_id: Name
    at: Moment
    by: Name
    place: Name
    purpose: Name
    reason: Text
    offense: Name
    case_number: Name
    facts: Text
    parameters: Text
    results: Text
    lacking: tuple[Name, ...]
    judgement: QueryJudgement | None
    judged_by: Name


class PeriodAsked(Message):
    """A month, quarter or year to report on: '2026-11', '2026-Q3', '2026'; `agency`: what the public page calls it."""

    period: Name
    agency: Name = ""


class AuditedQueries(Message):
    """All that an audit has drawn, in the order of the draw."""

    queries: tuple[AuditedQuery, ...]
