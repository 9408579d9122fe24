"""Pictures of the console's and the trainer's pages, each with work on it, as those of the officer's screens are made.

Without MDT_SCREENS one theme and size is gone through, so that the way of making them stays whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.sync.field_wire import CarState, ListState
from mdt_app.wiring.lesson_bench import Lessons
from mdt_app.wiring.trainer_bench import TrainerBench
from tests.fakes.desk import DeskHands, a_desk, a_draft, a_headquarters, a_hit
from tests.fakes.headquarters import Headquarters, an_event
from tests.fakes.pictures import write_small
from tests.fakes.searches import a_past_read
from tests.ui.test_console_watch import found_for
from tests.ui.test_screen_pictures import size_of
from tests.ui.test_trainer_desk import Training
from ui.console.drill_bench import Phase, Sitting
from ui.console.drill_desk import DrillDesk
from ui.theme import DIMMED, THEMES
from ui.widgets.picture import Picture

Key = Qt.Key
SIZES = ((1280, 800), (1920, 1080))
_FOLDER = os.environ.get("MDT_SCREENS", "")
_THEMES = [name for name in THEMES if name != DIMMED] if _FOLDER else ["night"]
_SIZES = SIZES if _FOLDER else SIZES[:1]
_SETTLE_MS, _COME_MS = 40, 10_000
"""A layout comes to rest; a large picture is decoded beside Qt's thread."""
PAGES = {
    Role.SUPERVISOR: ("requests", "entries", "flags", "hits", "live", "search", "disputes", "new", "proof"),
    Role.ADMINISTRATOR: ("registers", "reports", "overview", "accounts", "watch"),
}


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A headquarters at which every page has something to show."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        _work(there)
        yield there


def _work(there: Headquarters) -> None:
    now = datetime.now(UTC)
    lists = (ListState(list_id="ncic", extracted_at=now - timedelta(hours=30), count=4711),)
    said = CarState(
        said_at=now, signed_in=True, pending=12, parked=2, open_hits=3, lists=lists, faults=("front: fault frozen",)
    )
    refused = an_event(EventKind.PURPOSE_REFUSED, use="personal_use")
    facts = an_event(EventKind.GROUND_STATED, refused.subject, facts="A child is in the vehicle")
    reads = [a_past_read(f"LOOK{number:03d}", 1 + number / 10, vehicle={"color": "BLK"}) for number in range(16)]
    request = {"requester": "A. Citizen", "received_on": "2026-01-05", "asked_for": "Reads of Main Street"}
    with there.desk() as admin, there.client() as car:
        route = {"category": "stolen_vehicle", "address": Role.SUPERVISOR.value}
        assert admin.post("/v1/alert-routes", json=route).is_success
        opened = {"record_id": str(uuid4()), "values": request}
        assert admin.post("/v1/registers/foi", json=opened).is_success
        car.tell_state(said)
        assert not car.push_events([(event, None) for event in (facts, refused, *reads)]).refused
    for outcome in ("misread", "wrong_state", "stale_entry", "located", ""):
        a_hit(there, "stolen_vehicle", outcome, ori="NY0303000")
    found_for(there, "doe")


@pytest.mark.parametrize("theme", _THEMES)
@pytest.mark.parametrize("role", list(PAGES))
def test_every_page_of_the_console_leaves_its_picture(
    qtbot: QtBot, headquarters: Headquarters, tmp_path: Path, role: Role, theme: str
) -> None:
    """Each page comes to the front with its work in hand, and its picture has the window's size."""
    with a_desk(qtbot, headquarters, role, theme) as desk:
        desk.again()
        if not desk.window.model.entries:
            _fill(desk)
        desk.again()
        for name in PAGES[role]:
            desk.window.go(name)
            desk.window.tell("")
            desk.settled()
            _open(desk, name)
            _keep(qtbot, desk.window, tmp_path, theme, f"console-{name}")


def _fill(desk: DeskHands) -> None:
    """Requests, and a dispute about a hit."""
    for plate in ("KLM204", "4BXR91"):
        desk.requested(a_draft(plate))
    desk.again()
    desk.key(Key.Key_F4)
    hit = desk.window.model.hits[0]
    desk.window.screens["hits"].hits.choose(hit.hit_id)
    desk.key(Key.Key_I, control=True)
    desk.type(desk.window.screens["disputes"].form.account, "My own car was bought and paid in May")
    desk.key(Key.Key_Return, control=True)
    desk.settled()


def _open(desk: DeskHands, name: str) -> None:
    """Put in hand what the page is for: a request's details, a search's results, a register's records."""
    screen = desk.window.screens[name]
    match name:
        case "search":
            fields = (("plate", "LOOK0*"), ("offense", "Burglary"), ("case", "26-1183"))
            for field, words in fields:
                screen.form.lines[field].setText(words)
            screen.form.reason.setPlainText("a witness saw part of the plate")
            screen.form.choices["purpose"].setCurrentIndex(screen.form.choices["purpose"].findData("investigation"))
            desk.type(screen.form.lines["plate"], "")
            desk.key(Key.Key_Return, control=True)
        case "registers":
            screen.list.choose("foi")
        case "flags" | "requests" | "entries" | "disputes":
            screen.table.view.selectRow(0)
        case "proof":
            screen.ask("Deciding on an entry", lambda: None)
    desk.settled()


@pytest.mark.parametrize("theme", _THEMES)
def test_every_page_of_the_trainers_desk_leaves_its_picture(qtbot: QtBot, tmp_path: Path, theme: str) -> None:
    """The drills, the lessons, a lesson's page and its question; for the folder a drill and its debrief, too."""
    sitting = Sitting("lrn1", "L. Earner", "Sgt. Poe")
    desk = DrillDesk(TrainerBench(loud=False, reports=tmp_path), Lessons(tmp_path / "kept"), sitting, theme)
    qtbot.addWidget(desk)
    desk.show()
    desk.choice.choose("swapped-plate")
    _keep(qtbot, desk, tmp_path, theme, "trainer-drills")
    desk.learn()
    _keep(qtbot, desk, tmp_path, theme, "trainer-lessons")
    desk.lessons.table.choose("visual_verification")
    for name in ("trainer-lesson", "trainer-question"):
        desk.activateWindow()
        qtbot.waitUntil(desk.isActiveWindow)
        while name == "trainer-question" and not desk.lesson.choices.isVisible():
            QTest.keyClick(desk.focusWidget() or desk, Key.Key_Return)
        if name == "trainer-lesson":
            QTest.keyClick(desk.focusWidget() or desk, Key.Key_Return)
        _keep(qtbot, desk, tmp_path, theme, name)
    desk.close()
    if _FOLDER:  # a drill takes seconds, and test_trainer_desk runs one anyway
        _a_drill(Training(qtbot, tmp_path, theme), tmp_path, theme)


def _a_drill(training: Training, own: Path, theme: str) -> None:
    """The page of a drill that runs, with the trainee's screen on it, and its debrief."""
    training.begin()
    training.press(training.window, Key.Key_Return)
    training.type(training.window, "5SOW750")
    training.press(training.window, Key.Key_Return)
    training.type(training.window, "CA")
    training.press(training.window, Key.Key_Return)
    training.until(lambda: any("Typed as seen" in row.words for row in training.bench.lines()))
    QTest.qWait(1000)  # the trainer sees the trainee's screen a moment later
    _keep(training.qtbot, training.desk, own, theme, "trainer-running")
    training.press(training.desk, Key.Key_F12)
    training.until(lambda: training.desk.front is Phase.OVER)
    _keep(training.qtbot, training.desk, own, theme, "trainer-debrief")
    training.bench.close()
    training.desk.close()


def _keep(qtbot: QtBot, window: QWidget, own: Path, theme: str, name: str) -> None:
    for size in _SIZES:
        path = (Path(_FOLDER) if _FOLDER else own) / f"{theme}-{size[0]}x{size[1]}" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        window.resize(*size)
        QTest.qWait(_SETTLE_MS)
        pictures = window.findChildren(Picture)
        qtbot.waitUntil(lambda shown=pictures: not any(one._comes for one in shown), timeout=_COME_MS)
        write_small(window.grab(), path)
        assert size_of(path) == size
