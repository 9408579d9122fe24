"""Registers at the console, by keyboard over real HTTP: a request opened, decided, exported; what is late first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QGraphicsPixmapItem
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from cache.map_file import MapFile
from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.hq.sharing import KIND
from mdt_app.hq.tables import events
from mdt_app.services.sealed_files import Opener, opened
from mdt_app.services.trail_files import check_file
from mdt_app.sync.register_wire import RecordOpened
from tests.contract.headquarters.test_hq_sharing import a_declaration, a_request, an_agency, an_agreement, approved
from tests.fakes.desk import DeskHands, a_desk, a_headquarters
from tests.fakes.headquarters import Headquarters, an_event
from tests.fakes.pictures import for_handbook
from tests.ui.test_map import write_map
from ui.console.registers import RegistersScreen
from ui.widgets.map_tiles import MapTiles

SHOTS = os.environ.get("MDT_SHOTS", "")


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """One headquarters for all consoles here."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        yield there


@pytest.fixture
def desk(qtbot: QtBot, headquarters: Headquarters) -> Iterator[DeskHands]:
    """The Administrator's console, at the registers."""
    with a_desk(qtbot, headquarters, Role.ADMINISTRATOR, "day") as hands:
        hands.key(Qt.Key.Key_F6, control=True)
        hands.settled()
        yield hands


def screen(desk: DeskHands) -> RegistersScreen:
    return desk.window.screens["registers"]


def turned_to(desk: DeskHands, register_id: str) -> None:
    screen(desk).list.choose(register_id)
    desk.settled()


def shot(desk: DeskHands, name: str) -> None:
    if SHOTS:
        QApplication.processEvents()
        desk.window.grab().save(f"{SHOTS}/{name}.png")


def choose(box: QComboBox, words: str) -> None:
    box.setCurrentIndex(box.findText(words))


@pytest.mark.clause("AUD-5")
def test_a_request_goes_from_its_arrival_to_its_answer_by_keyboard(desk: DeskHands, tmp_path: Path) -> None:
    """Opened, what a decision lacks is marked, decided, answered, and exported with a proof that holds."""
    turned_to(desk, "foi")
    desk.key(Qt.Key.Key_D, control=True)
    form = screen(desk).page.form
    desk.type(form.fields["requester"], "A. Citizen")
    desk.key(Qt.Key.Key_Return, control=True)
    desk.until(lambda: "Missing: Received on, Asked for" in desk.line)
    assert form.fields["requester"].text() == "A. Citizen"
    desk.type(form.fields["received_on"], "2026-11-20")
    desk.type(form.fields["asked_for"], "Reads of Main Street in October")
    shot(desk, "register-form")
    desk.key(Qt.Key.Key_Return, control=True)
    desk.until(lambda: "On record" in desk.line)
    desk.settled()
    shot(desk, "register-list")
    for_handbook(desk.window, "console-registers")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.act_bar.key("decide"))
    number = [act.name for act in screen(desk).acts()].index("decide") - 1
    desk.key([Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3][number - 1], control=True)
    assert "marked" in desk.line
    choose(form.fields["answer"], "deny")
    choose(form.fields["exemption"], "C.G.S. 1-210(b)(3)")
    desk.type(form.fields["reasons"], "An investigation is pending")
    shot(desk, "register-record")
    desk.key([Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3][number - 1], control=True)
    desk.until(lambda: screen(desk).record and screen(desk).record.state == "decided")
    desk.settled()
    path = tmp_path / "foi.csv"
    desk.key(Qt.Key.Key_E, control=True)
    desk.type(screen(desk).reason.line, str(path))
    desk.key(Qt.Key.Key_Return)
    desk.until(path.exists)
    desk.until(lambda: "Saved" in desk.line)
    with desk.client(Role.ADMINISTRATOR) as client:
        key = client.export_register("foi", "csv").proof.partition('"public_key":"')[2][:64]
    assert check_file(path, key).words == "ok"


def test_every_register_draws_its_list_and_its_form(desk: DeskHands) -> None:
    """Each register that headquarters has: its list whole in sight, a form with all its fields, the way back by Esc."""
    desk.window.resize(1280, 800)
    for shape in desk.window.model.registers:
        turned_to(desk, shape.register_id)
        QTest.qWait(0)
        assert screen(desk).table.view.horizontalScrollBar().maximum() == 0, shape.register_id
        if not shape.may_open:
            continue
        desk.key(Qt.Key.Key_D, control=True)
        assert list(screen(desk).page.form.fields) == [field.name for field in shape.fields]
        shot(desk, f"register-{shape.register_id}")
        desk.key(Qt.Key.Key_Escape)
        assert desk.window.act_bar.key("new")


def test_what_is_late_is_counted_on_the_key_and_stands_first(desk: DeskHands) -> None:
    """The register's count is on its key; the late record is the first row and says so by more than color."""
    values = {"requester": "Late One", "received_on": "2026-01-05", "asked_for": "All hits of May"}
    with desk.client(Role.ADMINISTRATOR) as client:
        client.open_record("foi", RecordOpened(record_id=str(uuid4()), values=values))
    desk.again()
    turned_to(desk, "foi")
    desk.until(lambda: screen(desk).owed >= 1)
    desk.settled()
    first = screen(desk).table._rows.rows[0]
    assert first.cells[1].startswith("▲")
    assert f"({screen(desk).owed})" in desk.window._tabs["registers"].text()


def a_query(desk: DeskHands, **changes: str) -> None:
    body = {"parameters": {"state": "CT"}, "purpose": "locate", "reason": "seen at the scene today"}
    body |= {"offense": "Burglary", "case": "26-1042"} | changes
    event = an_event(EventKind.SEARCHED, **body)
    with desk.hq.client() as car:
        assert not car.push_events([(event, None)]).refused
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with closing(desk.hq.store()) as store, store.writing() as connection:
        mine = events.c.event_id == event.event_id
        connection.execute(update(events).where(mine).values(received_at=yesterday))


@pytest.mark.clause("REC-1")
def test_the_cameras_of_the_inventory_stand_on_the_map(desk: DeskHands, tmp_path: Path) -> None:
    """Each with its name over the agency's map; those without a place are told; arrows step on, Enter opens it."""
    cameras = {
        "North": ("fixed", "41.7200, -72.6100"),
        "South": ("portable", "41.7050, -72.6000"),
        "CAR-7 L": ("mobile", ""),
    }
    with desk.client(Role.ADMINISTRATOR) as client:
        for name, (kind, place) in cameras.items():
            values = {"number": name, "kind": kind, "place": place, "place_words": "Main Street" if place else ""}
            said = {field: text for field, text in values.items() if text}
            client.open_record("cameras", RecordOpened(record_id=str(uuid4()), values=said))
    with closing(MapFile(write_map(tmp_path / "town.mbtiles"))) as tiles:
        shown = screen(desk).map
        shown.tiles = MapTiles(shown.plot.view, tiles)
        desk.again()
        turned_to(desk, "cameras")
        desk.key(Qt.Key.Key_M, control=True)
        names = [name.toPlainText() for name in shown.names]
        assert sorted(names) == ["North", "South"]
        assert "without a place: 1 (CAR-7 L)" in shown.legend.text()
        assert any(isinstance(item, QGraphicsPixmapItem) for item in shown.plot.view.allChildItems())
        shot(desk, "cameras-map")
        first = shown.head.text()
        desk.key(Qt.Key.Key_Right)
        assert shown.head.text() != first
        assert "to be completed" in shown.head.text()
        desk.key(Qt.Key.Key_Plus)
        shot(desk, "cameras-map-near")
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: screen(desk).page.isVisible())
        assert screen(desk).page.form.fields["number"].text() in shown.head.text()
        desk.key(Qt.Key.Key_Escape)
        shown.tiles = None


@pytest.mark.clause("SHR-1", "SHR-3")
def test_the_answer_to_another_agency_is_made_at_the_console(desk: DeskHands, tmp_path: Path) -> None:
    """What a request lacks is told by its clause; once nothing does, a new file is sealed, and the request answered."""
    with desk.hq.desk() as client:
        lacking = an_agency(client, "VT")
        bare = approved(client, a_request(client, lacking, an_agreement(client, lacking)))
        ori = an_agency(client, "MA", key=False)
        a_declaration(client, ori)
        whole = approved(client, a_request(client, ori, an_agreement(client, ori)))
    file, words = tmp_path / "package.mdt", "correct horse battery"
    desk.again()
    turned_to(desk, "sharing")
    for record in (bare, whole):
        screen(desk).table.choose(record["record_id"])
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: desk.window.act_bar.key("package_words"))
        desk.key(Qt.Key.Key_L, control=True)
        if record is bare:
            desk.until(lambda: "No written declaration" in desk.line)
            shot(desk, "share-lacks")
            desk.key(Qt.Key.Key_Escape)
    line = screen(desk).reason.line
    desk.until(line.isVisible)
    for typed in (str(file), words, words):
        desk.type(line, typed)
        desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "Shared, on record" in desk.line)
    desk.settled()
    shot(desk, "share-made")
    assert screen(desk).record.state == "answered"
    with file.open("rb") as source:
        assert json.loads(b"".join(opened(KIND, Opener(None, lambda: words), source)))["reads"] == []


@pytest.mark.clause("AUD-2")
def test_an_audit_is_guided_from_the_draw_to_the_report_by_keyboard(desk: DeskHands, tmp_path: Path) -> None:
    """Drawn, each query with all on record, judged one after the other, signed, and saved as a report."""
    a_query(desk)
    a_query(desk, case="")
    yesterday = str((datetime.now(UTC) - timedelta(days=1)).date())
    said = {"period": "Yesterday", "from_day": yesterday, "to_day": yesterday, "extent": "all"}
    with desk.client(Role.ADMINISTRATOR) as client:
        record_id = client.open_record("audits", RecordOpened(record_id=str(uuid4()), values=said)).record_id
    desk.again()
    turned_to(desk, "audits")
    screen(desk).table.choose(record_id)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.act_bar.key("draw"))
    desk.key(Qt.Key.Key_1, control=True)
    desk.until(lambda: "On record" in desk.line)
    desk.settled()
    screen(desk).table.choose(record_id)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.act_bar.key("judge"))
    desk.key(Qt.Key.Key_J, control=True)
    desk.until(lambda: screen(desk).audit.query)
    shot(desk, "audit-queries")
    desk.key(Qt.Key.Key_Return, control=True)
    desk.until(lambda: "1 of 2 judged" in screen(desk).audit.head.text())
    assert screen(desk).audit.query.judgement is None, "the next one is in hand"
    desk.key(Qt.Key.Key_2, control=True)
    desk.type(screen(desk).reason.line, "the case number is missing")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "2 of 2 judged" in screen(desk).audit.head.text())
    shot(desk, "audit-judged")
    path = tmp_path / "audit.pdf"
    desk.key(Qt.Key.Key_P, control=True)
    desk.type(screen(desk).reason.line, str(path))
    desk.key(Qt.Key.Key_Return)
    desk.until(path.exists)
    desk.until(lambda: "Saved" in desk.line)
    desk.key(Qt.Key.Key_Escape)
    screen(desk).table.choose(record_id)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.act_bar.key("sign"))
    form = screen(desk).page.form
    assert not form.fields["findings"].isEnabled()
    desk.type(form.fields["statement"], "One query of two had no case number")
    desk.key(Qt.Key.Key_1, control=True)
    desk.until(lambda: screen(desk).record and screen(desk).record.state == "signed")
    assert screen(desk).record.values["findings"] == "1"


@pytest.mark.clause("AUD-6", "TRN-4")
def test_each_report_is_saved_by_its_key(desk: DeskHands, tmp_path: Path) -> None:
    """The last quarter stands ready; another ending is refused in words; what headquarters refuses is told."""
    desk.key(Qt.Key.Key_F7, control=True)
    desk.settled()
    reports = desk.window.screens["reports"]
    reports.period.setText("2025-Q1")
    shot(desk, "reports")
    for key, name, begins in ((Qt.Key.Key_P, "u.pdf", b"%PDF"), (Qt.Key.Key_B, "p.html", b"<!DOC"),
                              (Qt.Key.Key_R, "r.csv", b"user_id")):  # fmt: skip
        desk.key(key, control=True)
        desk.type(reports.reason.line, str(tmp_path / name))
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: "Saved" in desk.line)
        desk.settled()
        assert (tmp_path / name).read_bytes().startswith(begins)
        desk.window.tell("", "dim")
    desk.key(Qt.Key.Key_B, control=True)
    desk.type(reports.reason.line, str(tmp_path / "page.pdf"))
    desk.key(Qt.Key.Key_Return)
    assert "✗" in desk.line
    reports.period.setText("May")
    desk.key(Qt.Key.Key_P, control=True)
    desk.type(reports.reason.line, str(tmp_path / "x.pdf"))
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "no period" in desk.line)
