"""Searching the car's own reads at the window: the record comes before the first result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.read_search import SearchFound, SearchRecorded
from mdt_app.wiring.read_finder import ReadFinder
from tests.fakes.cab import Cab

Key = Qt.Key
WHY = "complaint 26-1183, a witness saw part of the plate"


@pytest.fixture
def searching(cab: Cab) -> Iterator[Cab]:
    """On patrol with three reads on record and the finder at work."""
    finder = ReadFinder(cab.shift.store.reader, cab.shift.core.tell, cab.shift.core.submit, "CAR12")
    cab.shift.core.subscribe(finder.hear)
    cab.on_patrol()
    for plate in ("AB12340", "AB99340", "7JKT20"):
        cab.see(plate)
    cab.key(Key.Key_S)
    cab.until(lambda: cab.front == "search")
    yield cab
    finder.close()


def ask(cab: Cab, plate: str, reason: str = WHY) -> None:
    """Type plate and reason and press Enter."""
    screen = cab.window.screens["search"]
    told = ((screen.offense, "Burglary"), (screen.case_number, "26-1183"))
    for field, text in ((screen.plate, plate), *told, (screen.reason, reason)):
        field.clear()
        field.setFocus()
        cab.type(text)
    cab.key(Key.Key_Return)


def found(cab: Cab) -> list[str]:
    model = cab.window.screens["search"].found.model
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_a_part_of_a_plate_finds_its_reads_after_the_record(searching: Cab):
    """'AB??340' finds both; the event with purpose and reason was committed before the results came."""
    ask(searching, "ab??34O")
    searching.until(lambda: "✓ This car: found 2" in searching.words)
    assert found(searching) == ["AB·99340", "AB·12340"]
    order = [type(n) for n in searching.shift.notices if isinstance(n, SearchRecorded | SearchFound)]
    assert order == [SearchRecorded, SearchFound]
    event = next(e for e in searching.shift.recorded() if e.kind is EventKind.SEARCHED)
    assert (event.actor, event.body["plate_data"], event.body["reason"]) == ("rdoe", {"plate": "AB??340"}, WHY)
    assert event.body["purpose"] in searching.context.policy.purposes


@pytest.mark.parametrize(
    ("plate", "reason", "named"),
    [("A*", WHY, "search_too_wide"), ("AB12340", "", "reason_missing"), ("*", WHY, "search_too_wide")],
)
def test_a_search_at_random_or_without_a_reason_is_refused(searching: Cab, plate: str, reason: str, named: str):
    """The refusal says what to do; nothing is looked for, and the attempt is on record."""
    ask(searching, plate, reason)
    searching.until(lambda: bool(searching.shift.said(CommandRefused)))
    assert searching.shift.said(CommandRefused)[-1].reason == named
    assert searching.shift.said(SearchRecorded) == []
    assert any(e.kind is EventKind.COMMAND_REFUSED for e in searching.shift.recorded())


def test_the_purpose_is_the_one_that_stands_on_its_key(searching: Cab):
    """F6 goes through the policy's purposes; the one shown goes on record."""
    purposes = list(searching.context.policy.purposes)
    searching.key(Key.Key_F6)
    ask(searching, "7JK*")
    searching.until(lambda: "found 1" in searching.words)
    event = next(e for e in searching.shift.recorded() if e.kind is EventKind.SEARCHED)
    assert event.body["purpose"] == purposes[1]
