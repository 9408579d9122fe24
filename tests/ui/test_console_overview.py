"""The Administrator's desk at the console: what is due, the policy in force and its differences, alert profiles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from tests.fakes.desk import a_desk, a_headquarters
from tests.fakes.headquarters import Headquarters, an_event
from tests.fakes.pictures import for_handbook
from ui.console.table import DeskTable


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """One headquarters for all consoles here."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        yield there


def rows(table: DeskTable) -> list[str]:
    """The table's rows as they are shown, each as one text."""
    model = table.view.model()
    columns = range(model.columnCount())
    return [" | ".join(str(model.index(row, n).data()) for n in columns) for row in range(model.rowCount())]


@pytest.mark.clause("AUD-9", "ALR-3", "ACC-7")
def test_the_desk_shows_what_is_due_the_policy_and_the_profiles(
    qtbot: QtBot, headquarters: Headquarters, tmp_path: Path
) -> None:
    """Overdue records come first and are counted on the key; values stand with clauses; exceptions with their end."""
    until = (datetime.now(UTC) + timedelta(days=9)).isoformat()
    granted = {"categories": ["stolen_plate"], "reason": "A series of plate thefts", "until": until}
    request = {"requester": "A. Citizen", "received_on": "2026-01-05", "asked_for": "Reads of Main Street"}
    with headquarters.desk() as admin, headquarters.client() as car:
        assert admin.put("/v1/accounts/officer/alert-exceptions", json=granted).is_success
        opened = {"record_id": str(uuid4()), "values": request}
        assert admin.post("/v1/registers/foi", json=opened).is_success
        chosen = an_event(EventKind.PROFILE_SET, "officer1", categories=["stolen_vehicle", "amber_alert"])
        car.push_events([(chosen, None)])
    with a_desk(qtbot, headquarters, Role.ADMINISTRATOR) as hands:
        desk = hands.window.screens["overview"]
        hands.key(Qt.Key.Key_O, control=True)
        hands.again()
        hands.until(lambda: rows(desk.due) and rows(desk.profiles))
        assert any("▲ 2026-01-09 | FOI requests | A. Citizen" in row for row in rows(desk.due))
        assert desk.owed >= 1
        assert f"({desk.owed})" in hands.window._tabs["overview"].text()
        assert "POSTC Model Policy 1" in hands.words()
        assert rows(desk.policy) == [], "the model policy differs in nothing from itself"
        hands.key(Qt.Key.Key_D, control=True)
        assert any("retention.days | 30 | POSTC K.1" in row for row in rows(desk.policy))
        profiles = "\n".join(rows(desk.profiles))
        assert "officer1 | " in profiles
        assert "A series of plate thefts" in profiles
        assert hands.window.grab().save(str(tmp_path / "desk.png"))
        for_handbook(hands.window, "console-overview")
