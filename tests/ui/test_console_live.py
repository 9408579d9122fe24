"""The console's live view: cars with the age of their words, what is wrong with them, and notices seen by keyboard."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Role
from mdt_app.sync.field_wire import CarState, ListState
from tests.fakes.desk import DeskHands, a_desk, a_headquarters, a_hit
from tests.fakes.headquarters import Headquarters
from ui.console.window import SCREENS
from ui.console.window import __file__ as console_window


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """One headquarters for all consoles here."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        yield there


def cells(hands: DeskHands) -> dict[str, dict[str, str]]:
    """The cars' table as it is shown: car -> column -> words."""
    view = hands.window.screens["live"].table.view
    model = view.model()
    names = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    rows = [
        {name: model.index(row, column).data() for column, name in enumerate(names)} for row in range(model.rowCount())
    ]
    return {row["Car"]: row for row in rows}


def test_a_supervisor_sees_the_cars_and_what_is_wrong_with_them(qtbot: QtBot, headquarters: Headquarters) -> None:
    """Last contact, outbox, list age, open hits and faults stand in the row; an old word is marked as silence."""
    now = datetime.now(UTC)
    lists = (ListState(list_id="ncic", extracted_at=now - timedelta(hours=30), count=7),)
    known = {"said_at": now, "signed_in": True, "pending": 12, "parked": 2, "open_hits": 3, "lists": lists}
    with headquarters.client() as car:
        car.tell_state(CarState(**known, faults=("front: fault frozen",)))
    with a_desk(qtbot, headquarters) as hands:
        hands.key(Qt.Key.Key_F5)
        hands.again()
        hands.until(lambda: "car-7" in cells(hands))
        row = cells(hands)["car-7"]
        assert (row["Waits"], row["Refused"], row["Open hits"], row["Person"]) == ("12", "2", "3", "signed in")
        assert row["Oldest list"].startswith("30 h")
        assert row["Faults"] == "front: fault frozen"
        assert row["Last contact"].endswith("s ago")
        later = datetime.now(UTC) + timedelta(minutes=10)
        object.__setattr__(hands.window.console, "now", lambda: later)
        hands.window.refresh()
        assert cells(hands)["car-7"]["Last contact"] == "▲ 10 min ago"


def test_a_notice_stands_at_the_desk_until_it_is_seen(qtbot: QtBot, headquarters: Headquarters) -> None:
    """The supervisor is told of a category; the screen's key counts what is new, and a key says that it was seen."""
    route = {"category": "stolen_vehicle", "address": Role.SUPERVISOR.value}
    with headquarters.desk() as admin:
        assert admin.post("/v1/alert-routes", json=route).status_code == 200
    a_hit(headquarters, "stolen_vehicle")
    with a_desk(qtbot, headquarters) as hands:
        live = hands.window.screens["live"]
        hands.until(lambda: live.owed == 1)
        assert "(1)" in hands.window._tabs["live"].text()
        hands.key(Qt.Key.Key_F5)
        live.notices.choose(str(hands.window.model.notices[0].position))
        hands.key(Qt.Key.Key_Return, control=True)
        hands.until(lambda: live.owed == 0)
        assert hands.window.model.notices[0].seen_at is not None


def test_no_key_of_the_console_means_two_things():
    """Of the keys that bring a screen to the front each is one screen's alone, and none is an act's on any screen."""
    fronts = [key for _, key, *_ in SCREENS.values()]
    assert len(set(fronts)) == len(fronts)
    drills = "drill_"  # the trainer's desk is a window of its own
    pages = [path for path in Path(console_window).parent.glob("*.py") if not path.name.startswith(drills)]
    acts = [(path.name, call) for path in pages for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    keys = {
        (name, call.args[2].value)
        for name, call in acts
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Act" and isinstance(call.args[2], ast.Constant)
    }
    assert len(keys) > 10
    assert not {(name, key) for name, key in keys if key in fronts}
