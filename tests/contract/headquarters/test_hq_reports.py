"""Usage counted day by day, before retention takes it; the report to the Chief, and the making of the public page."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.domain.usage import Span, span
from mdt_app.hq.tables import events, reads, usage_days
from mdt_app.hq.usage import count_days, usage
from mdt_app.hq.usage_figures import Figures, figures
from tests.fakes.chained import a_new_car
from tests.fakes.headquarters import Headquarters, an_event

PLATE = "ZZ9PLATE"
TODAY = datetime.now(UTC).date()
MONTH = Span("the test's days", TODAY - timedelta(days=5), TODAY - timedelta(days=3))
"""Within the days of retention, which runs beside the tests."""


def happened(hq: Headquarters, day: date, kind: EventKind, count: int, **body: object) -> None:
    """So many events of one kind that came in on a day."""
    made = [an_event(kind, f"s-{uuid4()}", **body) for _ in range(count)]
    with a_new_car(hq) as car:
        receipt = car.push_events([(event, None) for event in made])
        assert not receipt.refused, receipt.refused
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with contextlib.closing(hq.store()) as store, store.writing() as connection:
        for table in (events, reads):
            mine = table.c.event_id.in_([event.event_id for event in made])
            connection.execute(update(table).where(mine).values(received_at=noon))


@pytest.fixture(scope="module")
def month(hq: Headquarters) -> Iterator[Figures]:
    """A month's figures, counted, after which all that was counted is gone."""
    day = MONTH.first + timedelta(days=1)
    entry = {"id": "x", "plate": PLATE, "state": "CT"}
    happened(hq, day, EventKind.HIT, 12, category="stolen_vehicle", entry=entry, read={"plate": PLATE})
    happened(hq, day, EventKind.HIT, 3, category="amber_alert", entry=entry)
    happened(hq, day, EventKind.NO_STOP, 6, reason="misread")
    happened(hq, day, EventKind.NO_STOP, 9, reason="stale_entry")
    happened(hq, MONTH.last, EventKind.SEARCHED, 7, purpose="locate", reason=f"{PLATE} was seen there")
    happened(hq, MONTH.last, EventKind.PURPOSE_REFUSED, 1, use="personal_use")
    happened(hq, MONTH.last + timedelta(days=1), EventKind.HIT, 50, category="stolen_vehicle")
    with contextlib.closing(hq.store()) as store:
        assert count_days(store, datetime.now(UTC)) > 0
        assert count_days(store, datetime.now(UTC)) == 0, "each day is counted once"
        begin, end = (datetime.combine(at, time(), UTC) for at in (MONTH.first, MONTH.last + timedelta(days=1)))
        with store.writing() as connection:
            connection.execute(delete(events).where(events.c.received_at >= begin, events.c.received_at < end))
        with store.reading() as connection:
            yield figures(connection, MONTH, TODAY)


@pytest.mark.clause("AUD-6")
def test_a_period_is_counted_before_retention_takes_it(month: Figures) -> None:
    """By category, end, purpose and person; the day after is not in it."""
    assert month.of("hits") == {"stolen_vehicle": 12, "amber_alert": 3}
    assert month.of("ends") == {"stale_entry": 9, "misread": 6}
    assert (month.of("searches"), month.of("searchers")) == ({"locate": 7}, {"officer1": 7})
    assert month.of("refused") == {"personal_use": 1}


@pytest.mark.clause("AUD-6")
def test_today_is_counted_as_it_goes(hq: Headquarters) -> None:
    """A report of a period that runs has what came in until now, and nothing of today is frozen."""
    today = datetime.now(UTC).date()
    happened(hq, today, EventKind.HIT, 2, category=f"c{uuid4().hex[:8]}")
    with contextlib.closing(hq.store()) as store, store.reading() as connection:
        counted = usage(connection, span(f"{today:%Y-%m}"), today)
        kept = connection.scalars(select(usage_days.c.day).where(usage_days.c.day >= today)).all()
    assert sum(count for (measure, _), count in counted[today].items() if measure == "hits") >= 2
    assert kept == []


@pytest.mark.clause("AUD-6", "AUD-7")
def test_the_chief_has_a_report_of_a_month_a_quarter_or_a_year(hq: Headquarters, month: Figures) -> None:
    """As PDF; a period that is none is refused in words; other roles don't get it."""
    with hq.desk() as admin, hq.desk(Role.SUPERVISOR) as supervisor:
        for name in ("2019-05", "2019-Q2", "2019"):
            answer = admin.post("/v1/reports/usage", json={"period": name})
            assert answer.content.startswith(b"%PDF"), answer.text
        assert admin.post("/v1/reports/usage", json={"period": "May"}).status_code == 422
        assert supervisor.post("/v1/reports/usage", json={"period": "2019"}).status_code == 403


@pytest.mark.clause("AUD-6")
def test_the_public_page_is_made_of_periods_that_are_over(hq: Headquarters, month: Figures) -> None:
    """Two pages of one period would tell what happened between them; the making is on record."""
    today = datetime.now(UTC).date()
    with hq.desk() as admin:
        answer = admin.post("/v1/reports/public", json={"period": f"{today:%Y-%m}"})
        assert (answer.status_code, answer.json()["reason"]) == (409, "not_over")
        answer = admin.post("/v1/reports/public", json={"period": "2019-05", "agency": "Example Police"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "Example Police" in answer.text
