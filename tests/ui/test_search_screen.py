"""Searching the car's own reads at the window: the record comes before the first result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mdt_app.domain.equipment import CameraKind, CamerasRegistered, Equipment, Registered
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.places import Box, Circle, Place
from mdt_app.domain.read_search import SearchFound, SearchRecorded
from mdt_app.services.code_tables import load_code_tables
from mdt_app.sync.answers import HqUnreachable
from mdt_app.sync.search_wire import SearchAnswer, SearchAsked
from mdt_app.wiring.read_finder import ReadFinder
from tests.fakes.cab import Cab
from ui.widgets.search_form import SearchForm

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
    """Type the plate, go on by Enter, say what for, and search by Enter."""
    form = cab.window.screens["search"].form
    told = ((form.lines["offense"], "Burglary"), (form.lines["case"], "26-1183"))
    form.lines["plate"].setFocus()
    form.lines["plate"].clear()
    cab.type(plate)
    cab.key(Key.Key_Return)
    if not form.choices["purpose"].currentData():
        form.choices["purpose"].setFocus()
        cab.key(Key.Key_Down)
    for field, text in (*told, (form.reason, reason)):
        field.clear()
        field.setFocus()
        cab.type(text)
    cab.key(Key.Key_Return)
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
    assert event.body["purpose"] == next(iter(searching.context.policy.purposes))


@pytest.mark.clause("REC-1")
def test_a_found_read_says_where_its_camera_was_then(searching: Cab):
    """As the agency's books had it when the read was made, also when the camera is elsewhere now."""
    roof = Equipment("L", CameraKind.MOBILE, "roof left", "lane 2", 40.0, "A-17")
    before, after = (datetime.now(UTC) + timedelta(days=days) for days in (-3650, 3650))
    moved = Registered(replace(roof, place="trunk lid"), after)
    searching.shift.core.tell(CamerasRegistered((Registered(roof, before), moved)))
    ask(searching, "ab??34O")
    searching.until(lambda: "✓ This car: found 2" in searching.words)
    screen = searching.window.screens["search"]
    first = searching.shift.said(SearchFound)[-1].reads[0].read
    assert screen._beside(first)[0].endswith(f"{first.camera_id} · roof left · lane 2 · A-17")


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


@pytest.mark.clause("PUR-4", "QRY-1")
def test_a_use_that_is_refused_by_name_can_be_chosen_and_is_on_record(searching: Cab):
    """The purposes of the policy stand first, then what is refused; asking for it is on record with its clause."""
    box = searching.window.screens["search"].form.choices["purpose"]
    policy = searching.context.policy
    assert [box.itemData(number) for number in range(1, 1 + len(policy.purposes))] == list(policy.purposes)
    box.setCurrentIndex(box.findData("personal_use"))
    assert box.currentText().startswith("refused: ")
    ask(searching, "7JK*")
    searching.until(lambda: bool(searching.shift.said(CommandRefused)))
    searching.until(lambda: policy.prohibited.personal_use.clause in searching.words)
    event = next(e for e in searching.shift.recorded() if e.kind is EventKind.PURPOSE_REFUSED)
    assert (event.body["use"], event.body["reason"]) == ("personal_use", "prohibited.personal_use")
    assert searching.shift.said(SearchRecorded) == []


@pytest.mark.clause("QRY-2")
def test_how_many_were_found_is_on_record_before_they_are_shown(searching: Cab):
    """The count is an event of the trail; results come after it, with the pictures of the plates."""
    ask(searching, "AB*")
    searching.until(lambda: "✓ This car: found 2" in searching.words)
    events = [e for e in searching.shift.recorded() if e.kind in (EventKind.SEARCHED, EventKind.SEARCH_ANSWERED)]
    assert [e.kind for e in events] == [EventKind.SEARCHED, EventKind.SEARCH_ANSWERED]
    assert events[1].body["found"] == {"car": 2}
    (told,) = searching.shift.said(SearchFound)
    assert all(one.crop.startswith(b"\xff\xd8") for one in told.reads)
    assert "Leads, not hits" in searching.words


def test_a_read_that_was_found_is_taken_into_a_case(searching: Cab):
    """Arrow and K lead to the case; retention spares the read, and the search is there again."""
    ask(searching, "7JK*")
    searching.until(lambda: "found 1" in searching.words)
    searching.key(Key.Key_K)
    assert "Choose a read first" in searching.words
    searching.key(Key.Key_Down)
    searching.key(Key.Key_K)
    searching.until(lambda: searching.front == "case")
    assert "Take this read into a case" in searching.words
    for field, text in (("number", "26-1183"), ("reason", "seen before the burglary")):
        searching.window.screens["case"].__dict__[field].setFocus()
        searching.type(text)
    searching.key(Key.Key_Return)
    searching.until(lambda: searching.front == "search")
    assert any(e.kind is EventKind.PRESERVED for e in searching.shift.recorded())


def test_what_headquarters_could_not_do_is_said_and_the_cars_own_stay(cab: Cab):
    """QRY-3: each place with what it found, or why it was not searched."""

    def ask_there(_asked: SearchAsked) -> SearchAnswer:
        raise HqUnreachable("Headquarters can't be reached.", "It is tried again by itself.")

    finder = ReadFinder(cab.shift.store.reader, cab.shift.core.tell, cab.shift.core.submit, "CAR12", ask_there)
    cab.shift.core.subscribe(finder.hear)
    cab.on_patrol()
    cab.see("AB12340")
    cab.key(Key.Key_S)
    ask(cab, "AB*")
    cab.until(lambda: "▲ Headquarters not searched: Headquarters can't be reached." in cab.words)
    assert "✓ This car: found 1" in cab.words
    counted = [e.body["found"] for e in cab.shift.recorded() if e.kind is EventKind.SEARCH_ANSWERED]
    assert counted == [{"car": 1}, {"headquarters": None}]
    finder.close()


@pytest.mark.parametrize(
    ("place", "miles", "means"),
    [
        ("41.7, -72.6", "", Circle(41.7, -72.6, 804.672)),
        ("41.7 -72.6", "2", Circle(41.7, -72.6, 3218.688)),
        ("41.8, -72.5; 41.7, -72.6", "", Box(41.7, -72.6, 41.8, -72.5)),
    ],
)
def test_a_place_is_a_radius_or_two_corners_of_a_box(searching: Cab, place: str, miles: str, means: Place):
    """As people write it; what can't be read is said, and nothing is looked for."""
    form = searching.window.screens["search"].form
    form.lines["place"].setText(place)
    form.lines["miles"].setText(miles)
    assert form.terms().place == means
    form.lines["place"].setText("Main Street")
    ask(searching, "AB*")
    assert "The place can't be read." in searching.words
    assert searching.shift.said(SearchRecorded) == []


def test_times_that_nobody_typed_reach_to_this_moment(qapp: QApplication):
    """A form that was made at 9 and opened at 12 looks until 12; a time that was typed stays."""
    moments = [datetime(2026, 11, 22, 9, 0, tzinfo=UTC)]
    form = SearchForm(load_code_tables(), lambda: moments[-1])
    moments.append(moments[0] + timedelta(hours=3))
    form.begin()
    terms = form.terms()
    assert (terms.since, terms.until) == (moments[1] - timedelta(hours=24), moments[1] + timedelta(minutes=1))
    form.lines["until"].setText(typed := "2026-11-22 10:30")
    moments.append(moments[1] + timedelta(hours=1))
    form.begin()
    assert (form.terms().since, form.lines["until"].text()) == (terms.since, typed)
