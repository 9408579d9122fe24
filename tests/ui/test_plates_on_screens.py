"""Plates on screens: every page of the console by every role, and the car with and without its person."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import IN_CAR, Role
from mdt_app.domain.commands import SignOut
from mdt_app.domain.errors import NotSignedIn
from mdt_app.domain.events import EventKind
from mdt_app.hq import unusual
from mdt_app.hq.plate_access import SEES_PLATES
from mdt_app.services.code_tables import load_code_tables
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.entry_wire import EntryDraftMessage
from tests.fakes.cab import Cab
from tests.fakes.desk import DeskHands, a_desk, a_draft, a_headquarters, a_hit
from tests.fakes.headquarters import POLICY, TLS, Headquarters, an_event
from ui.console.table import DeskTable
from ui.console.window import ConsoleWindow

PLATE = "PLNT777"
OVERSEES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
PAGES = frozenset({"requests", "entries", "flags", "hits", "watch", "disputes", "registers"})
"""The pages that show plates, to who oversees."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A headquarters with one plate in a hit, a flag, searches, an entry and a dispute."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as hq:
        hit_id = a_hit(hq, "stolen_vehicle", plate=PLATE)
        body = {
            "plate_data": {"plate": PLATE},
            "parameters": {},
            "purpose": "locate",
            "reason": "a burglary",
            "case": "1",
        }
        searches = [an_event(EventKind.SEARCHED, **body) for _ in range(3)]
        refused = an_event(EventKind.PURPOSE_REFUSED, hit_id, use="personal_use", clause="POSTC G.4")
        with hq.client() as car:
            car.push_events([(event, None) for event in (*searches, refused)])
        with hq.desk_of("somebody-else", Role.SUPERVISOR) as other:
            draft = EntryDraftMessage.of(a_draft(PLATE)).model_dump(mode="json")
            assert other.post("/v1/entries", json={"entry_id": str(uuid4()), "draft": draft}).is_success
            dispute = {"dispute_id": str(uuid4()), "plate": PLATE, "state": "CT", "account": "This was not my car"}
            assert other.post("/v1/disputes", json=dispute).is_success
        with contextlib.closing(hq.store()) as store:
            unusual.look(store, POLICY.unusual_use, datetime.now(UTC))
        yield hq


def shown(widget: QWidget) -> str:
    """All that a page says, in words and in tables; groups of a plate are read as one."""
    texts = [part.text() for kind in (QLabel, QLineEdit) for part in widget.findChildren(kind)]
    texts += [part.toPlainText() for part in widget.findChildren(QPlainTextEdit)]
    texts += [part.itemText(n) for part in widget.findChildren(QComboBox) for n in range(part.count())]
    texts += [part.accessibleName() for part in widget.findChildren(QWidget)]
    for table in widget.findChildren(DeskTable):
        model = table.view.model()
        cells = ((row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
        texts += [str(model.index(row, column).data()) for row, column in cells]
    return "".join("\n".join(texts).split()).replace("\u2009", "").replace("\u00a0", "")


def pages(hands: DeskHands) -> Iterator[tuple[str, str]]:
    """Go through every page, with the first row of each table in hand."""
    for name in [name for name in hands.window.screens if name != "proof"]:
        hands.window.go(name)
        hands.again()
        screen = hands.window.screens[name]
        for table in screen.findChildren(DeskTable):
            if table.view.model().rowCount():
                table.view.selectRow(0)
                hands.settled()
        yield name, shown(screen)


@pytest.mark.clause("ACC-2")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.TRAINER}))
def test_a_page_of_the_console_shows_plates_to_who_may_see_them_alone(
    qtbot: QtBot, planted: Headquarters, role: Role
) -> None:
    """Others' plates stand on the pages of who oversees; whoever only asks for entries sees none but their own."""
    with a_desk(qtbot, planted, role) as hands:
        found = {name for name, text in pages(hands) if PLATE in text}
    if role in OVERSEES:
        assert role in SEES_PLATES
        assert {"entries", "hits"} <= found <= PAGES, found
    else:
        assert found == set()


@pytest.mark.clause("ACC-2")
def test_the_trainer_has_no_page_of_the_console(qtbot: QtBot, planted: Headquarters) -> None:
    """The window says so, and shows nothing."""
    with DeskClient(planted.url, planted.desks[Role.TRAINER], tls=TLS) as client:
        window = ConsoleWindow(client, load_code_tables(), lambda: datetime.now(UTC))
        qtbot.addWidget(window)
        window.start()
        qtbot.waitUntil(lambda: "no work at the console" in window._line.text(), timeout=8000)
        assert set(window.screens) == {"proof"}
        assert PLATE not in shown(window)
        window.close()


@pytest.mark.clause("ACC-2", "ACC-1")
@pytest.mark.parametrize("role", sorted(set(Role) - IN_CAR))
def test_a_car_shows_no_plate_to_who_may_not_sign_in_there(cab: Cab, role: Role) -> None:
    """The sign-in screen refuses the role and stays in front; what the camera reads meanwhile stands nowhere."""
    cab.load(role=role)
    cab.sign_in()
    with contextlib.suppress(NotSignedIn):
        cab.see("4BXR91")
    cab.until(lambda: cab.front == "sign-in")
    assert "4BXR91" not in shown(cab.window)


@pytest.mark.clause("ACC-2", "ACC-5")
def test_a_car_takes_every_plate_off_its_screens_with_the_session(cab: Cab) -> None:
    """A hit stands before the officer; after signing out nothing in sight names its plate."""
    cab.on_patrol()
    cab.raise_hit("4BXR91")
    assert "4BXR91" in shown(cab.window.screens["alert"])
    cab.bridge.send(SignOut())
    cab.until(lambda: cab.front == "sign-in")
    assert "4BXR91" not in shown(cab.window.screens["sign-in"])
    visible = [part for part in cab.window.findChildren(QLabel) if part.isVisible()]
    assert not [part for part in visible if "4BXR91" in "".join(part.text().split())]
