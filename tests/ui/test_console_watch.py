"""The Administrator's watch at the console: unusual use judged by keyboard, security events as they come in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import Event, EventKind
from mdt_app.hq import unusual
from tests.fakes.desk import DeskHands, a_desk, a_headquarters
from tests.fakes.headquarters import POLICY, Headquarters, an_event


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """One headquarters for all consoles here."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        yield there


def found_for(hq: Headquarters, person: str, plate: str = "WATCH77") -> None:
    """Let a person search for one plate three times, and headquarters look."""
    body = {
        "plate_data": {"plate": plate},
        "parameters": {"state": "CT"},
        "purpose": "locate",
        "reason": "Burglary on Elm Street",
        "case": "26-3",
    }
    now = datetime.now(UTC)
    made = [Event(str(uuid4()), EventKind.SEARCHED, now, "system", person, "car-7", "x", body) for _ in range(3)]
    with hq.client() as client:
        client.push_events([(event, None) for event in made])
        client.push_events([(an_event(EventKind.SIGN_IN_REFUSED, command="SignIn", reason="wrong"), None)])
    with contextlib.closing(hq.store()) as store:
        unusual.look(store, POLICY.unusual_use, now)


def rows(table) -> list[str]:
    """The table's rows as they are shown, each as one text."""
    model = table.view.model()
    columns = range(model.columnCount())
    return [" | ".join(str(model.index(row, n).data()) for n in columns) for row in range(model.rowCount())]


def chosen(hands: DeskHands, person: str) -> None:
    hands.again()
    finding = next(f for f in hands.window.model.findings if f.person == person)
    hands.window.screens["watch"].table.choose(str(finding.position))
    hands.settled()


@pytest.mark.clause("AUD-8")
def test_a_finding_is_seen_with_its_searches_and_dismissed_by_keyboard(
    qtbot: QtBot, headquarters: Headquarters, tmp_path: Path
) -> None:
    """The key counts what waits; the searches with plate and reason stand beside the facts; the words go on record."""
    found_for(headquarters, "doe")
    with a_desk(qtbot, headquarters, Role.ADMINISTRATOR) as hands:
        watch = hands.window.screens["watch"]
        hands.until(lambda: watch.owed)
        assert "(1)" in hands.window._tabs["watch"].text()
        hands.key(Qt.Key.Key_F10)
        chosen(hands, "doe")
        hands.until(lambda: len(rows(watch.story)) == 3)
        assert "3 searches for one plate" in rows(watch.table)[0]
        assert "plate: WATCH77" in rows(watch.story)[0]
        assert "Burglary on Elm Street" in rows(watch.story)[0]
        assert any("Sign-in refused" in row for row in rows(watch.events))
        assert any("Unusual use" in row for row in rows(watch.events))
        assert hands.window.grab().save(str(tmp_path / "watch.png"))
        hands.key(Qt.Key.Key_Return, control=True)
        hands.type(watch.reason.line, "One burglary, report 26-3 has them")
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda: "review is on record" in hands.line)
        assert not watch.owed


@pytest.mark.clause("AUD-8")
def test_ones_own_finding_is_shut_and_an_auditor_only_looks(qtbot: QtBot, headquarters: Headquarters) -> None:
    """The key says who reviews it; pressing it asks for nothing; an auditor has no acts here."""
    found_for(headquarters, "administrator", "ADM1NS")
    with a_desk(qtbot, headquarters, Role.ADMINISTRATOR) as hands:
        hands.key(Qt.Key.Key_F10)
        hands.until(lambda: hands.window.model.findings)
        chosen(hands, "administrator")
        assert "somebody else" in hands.window.act_bar.key("own").accessibleDescription()
        hands.key(Qt.Key.Key_Return, control=True)
        assert "Nobody reviews" in hands.line
        assert hands.window.screens["watch"].reason.isHidden()
    with a_desk(qtbot, headquarters, Role.AUDITOR) as hands:
        hands.key(Qt.Key.Key_F10)
        hands.until(lambda: hands.window.model.findings)
        assert hands.window.screens["watch"].acts() == ()
