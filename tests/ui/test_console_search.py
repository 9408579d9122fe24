"""The console's search of past reads: the car's form over real HTTP, on record before the first result, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mdt_app.domain.accounts import Role
from mdt_app.hq.own_trail import OWN
from mdt_app.hq.tables import events
from mdt_app.sync.search_wire import CaseFile
from tests.fakes.desk import DeskHands, a_desk, a_headquarters
from tests.fakes.enrolled import database_of
from tests.fakes.headquarters import Headquarters
from tests.fakes.searches import a_past_read
from ui.screens.search import SearchScreen as CarSearch
from ui.widgets.search_form import SearchForm

WHY = "a witness saw part of the plate"


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """One headquarters with 130 reads of the last minutes."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        with there.client() as client:
            rows = [
                a_past_read(f"LOOK{number:03d}", 1 + number / 10, vehicle={"color": "BLK"}) for number in range(130)
            ]
            client.push_events([(row, None) for row in rows])
        yield there


@pytest.fixture
def desk(qtbot: QtBot, headquarters: Headquarters) -> Iterator[DeskHands]:
    """A crime analyst's console, at the search."""
    with a_desk(qtbot, headquarters, Role.CRIME_ANALYST) as hands:
        hands.key(Qt.Key.Key_F12)
        hands.until(lambda: hands.window.front == "search")
        yield hands


def ask(desk: DeskHands, plate: str, purpose: str = "investigation", case: str = "26-1183") -> None:
    """Fill the form and press Ctrl+Enter."""
    form = desk.window.screens["search"].form
    for field, words in (
        (form.lines["plate"], plate),
        (form.lines["offense"], "Burglary"),
        (form.lines["case"], case),
        (form.reason, WHY),
    ):
        field.clear()
        desk.type(field, words)
    form.choices["purpose"].setCurrentIndex(form.choices["purpose"].findData(purpose))
    desk.key(Qt.Key.Key_Return, control=True)
    desk.settled()


def recorded(hq: Headquarters) -> list[dict]:
    with database_of(hq) as store, store.reading() as connection:
        mine = select(events.c.content).where(events.c.car_id == OWN).order_by(events.c.position)
        return [json.loads(content) for content in connection.scalars(mine)]


@pytest.mark.clause("QRY-1", "QRY-2", "QRY-3")
def test_a_search_is_asked_by_keyboard_and_says_where_its_results_come_from(desk: DeskHands) -> None:
    """Count and place stand below, each read with its car; more comes by Ctrl+M; the record has who and why."""
    ask(desk, "LOOK*")
    screen = desk.window.screens["search"]
    assert "On record. Headquarters: found 130." in desk.line
    rows = screen.table._rows.rows
    assert len(rows) == 100
    assert rows[0].cells[1:7] == ("LOOK000", "CT", "Headquarters", "car-7", "L", "black")
    desk.key(Qt.Key.Key_M, control=True)
    desk.settled()
    assert len(screen.table._rows.rows) == 130
    assert desk.window.act_bar.key("more") is None
    record = recorded(desk.hq)[-1]
    assert (record["kind"], record["actor"]) == ("data.searched", "crime_analyst")
    assert record["body"]["reason"] == WHY


@pytest.mark.clause("PUR-4")
def test_a_refused_use_is_said_with_its_clause_and_nothing_is_shown(desk: DeskHands) -> None:
    """The form keeps what was typed; the attempt is on record."""
    ask(desk, "LOOK*")
    ask(desk, "LOOK*", purpose="personal_use")
    assert "Not permitted" in desk.line
    assert "POSTC" in desk.line
    assert desk.window.screens["search"].table._rows.rows == ()
    assert recorded(desk.hq)[-1]["kind"] == "purpose.refused"
    assert desk.window.screens["search"].form.lines["plate"].text() == "LOOK*"
    ask(desk, "LOOK*", case="")
    assert "case or other identifying number is missing" in desk.line


def test_the_form_is_the_cars_own(desk: DeskHands) -> None:
    """One form: car and console make the same class, and an auditor has none at all."""
    assert type(desk.window.screens["search"].form) is SearchForm
    assert CarSearch.__init__.__globals__["SearchForm"] is SearchForm


def test_an_auditor_has_no_search(qtbot: QtBot, headquarters: Headquarters) -> None:
    """Who audits searches does not search."""
    with a_desk(qtbot, headquarters, Role.AUDITOR) as hands:
        assert "search" not in hands.window.screens


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_it_fits_on_the_desks_windows(desk: DeskHands, size: tuple[int, int]) -> None:
    """Every field of the form can be reached, and none is narrower than what it has to show."""
    desk.window.resize(*size)
    form = desk.window.screens["search"].form
    for name, line in form.lines.items():
        assert line.width() >= 60, name


@pytest.mark.clause("REC-2")
def test_a_read_goes_into_a_case_file_and_nowhere_else(
    desk: DeskHands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+K asks why; the read is held, and its signed file is where the person said; no such folder is said."""
    said = [str(tmp_path / "none" / "case.json"), str(tmp_path / "case.json")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (said.pop(0), ""))
    ask(desk, "LOOK007")
    for told in ("can't be written there", "saved with headquarters' signature"):
        desk.window.screens["search"].table.view.setFocus()
        desk.key(Qt.Key.Key_K, control=True)
        desk.type(desk.window.screens["search"].reason.line, "seen before the burglary")
        desk.key(Qt.Key.Key_Return)
        desk.settled()
        assert told in desk.line
    made = CaseFile.model_validate_json((tmp_path / "case.json").read_bytes())
    assert [read["plate"] for read in json.loads(made.content)["reads"]] == ["LOOK007"]
    assert recorded(desk.hq)[-1]["kind"] == "data.exported"
