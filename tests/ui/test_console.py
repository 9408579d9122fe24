"""The supervisor's console: requests decided, entries ended, flags closed, all by keyboard over real HTTP."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryState
from mdt_app.domain.events import EventKind
from mdt_app.services.code_tables import load_code_tables
from mdt_app.sync.desk import DeskClient
from tests.fakes.cab import qapp
from tests.fakes.desk import DeskHands, a_desk, a_draft, a_headquarters, a_hit
from tests.fakes.headquarters import TLS, Headquarters, an_event
from tests.fakes.pictures import for_handbook
from ui.console.window import SCREENS, ConsoleWindow
from ui.language import speak


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """One headquarters for all consoles here."""
    with a_headquarters(tmp_path_factory.mktemp("hq")) as there:
        yield there


@pytest.fixture
def desk(qtbot: QtBot, headquarters: Headquarters) -> Iterator[DeskHands]:
    """A supervisor's console."""
    with a_desk(qtbot, headquarters) as hands:
        yield hands


def chosen(desk: DeskHands, entry_id: str) -> None:
    """Put the cursor on a request and wait until headquarters has told all of it."""
    desk.again()
    desk.window.screens[desk.window.front].table.choose(entry_id)
    desk.until(lambda: entry_id in desk.window.model.details)
    desk.settled()


def state_of(desk: DeskHands, entry_id: str) -> EntryState:
    with desk.client(Role.ADMINISTRATOR) as client:
        return client.entry(entry_id).record.state


@pytest.mark.clause("HOT-3", "HOT-7")
def test_a_request_is_checked_and_approved_by_keyboard(desk: DeskHands) -> None:
    """Approval is shut in words before the check; Ctrl+K asks CJIS/NCIC, Ctrl+Enter approves."""
    entry_id = desk.requested(a_draft("AB12345"))
    chosen(desk, entry_id)
    desk.key(Qt.Key.Key_Return, control=True)
    assert "not verified" in desk.line
    assert state_of(desk, entry_id) is EntryState.REQUESTED
    desk.key(Qt.Key.Key_K, control=True)
    desk.until(lambda: desk.window.model.details[entry_id].record.state is EntryState.VERIFIED)
    assert "LIC/AB12345" in desk.window.screens["requests"].view._text.toPlainText()
    desk.settled()
    desk.key(Qt.Key.Key_Return, control=True)
    desk.until(lambda: "on record: ✓ active" in desk.line)
    assert state_of(desk, entry_id) is EntryState.ACTIVE


def test_all_that_the_decision_needs_stands_on_one_screen(desk: DeskHands) -> None:
    """Vehicle, marks, caution, offense, purpose, facts, officer, requester, end, other lists and the CJIS answer."""
    entry_id = desk.requested(a_draft("KLM204"))
    chosen(desk, entry_id)
    desk.key(Qt.Key.Key_K, control=True)
    desk.until(lambda: desk.window.model.details[entry_id].record.check)
    desk.settled()
    for_handbook(desk.window, "console-requests")
    words = desk.words()
    for part in (
        "CONNECTICUT", "2014 Ford FUS, black, four-door sedan", "dented left door", "armed and dangerous", "Burglary",
        "Investigate a criminal offense", "two burglaries on Elm Street", "Ofc. R. Doe", "officer (Officer)",
        "no other list has this plate", "No record", "detectives@pd.example", "to decide",
    ):  # fmt: skip
        assert part in words, part


def test_a_refusal_asks_for_words_and_sends_none_that_say_too_little(desk: DeskHands) -> None:
    """One word is not sent; three are, and they stand on record."""
    entry_id = desk.requested(a_draft("REFUSE1"))
    chosen(desk, entry_id)
    desk.key(Qt.Key.Key_R, control=True)
    line = desk.window.screens["requests"].reason.line
    assert desk.window.act_bar.key("approve") is None, "no other act while the reason is asked for"
    desk.type(line, "no")
    desk.key(Qt.Key.Key_Return)
    assert line.isVisible()
    line.clear()
    desk.type(line, "No suspicion is stated")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: state_of(desk, entry_id) is EntryState.REFUSED)
    with desk.client(Role.AUDITOR) as client:
        assert client.entry(entry_id).steps[-1].words == "No suspicion is stated"


@pytest.mark.clause("HOT-3")
def test_ones_own_request_is_shut_and_says_why(desk: DeskHands) -> None:
    """The key says that another supervisor decides, and pressing it sends nothing."""
    entry_id = desk.requested(a_draft("OWN1"), Role.SUPERVISOR)
    chosen(desk, entry_id)
    desk.key(Qt.Key.Key_K, control=True)
    desk.until(lambda: desk.window.model.details[entry_id].record.state is EntryState.VERIFIED)
    desk.settled()
    approve = desk.window.act_bar.key("approve")
    assert "another supervisor" in approve.accessibleDescription()
    desk.key(Qt.Key.Key_Return, control=True)
    assert "another supervisor" in desk.line
    assert state_of(desk, entry_id) is EntryState.VERIFIED


@pytest.mark.clause("HOT-2", "HOT-4")
def test_a_new_entry_is_requested_by_keyboard_and_what_is_missing_is_said(desk: DeskHands) -> None:
    """The form keeps what was typed when headquarters refuses, and is empty once the request is on record."""
    desk.key(Qt.Key.Key_N, control=True)
    form = desk.window.screens["new"].form
    desk.until(lambda: form.choices["purpose"].count() > 1)
    desk.type(form.lines["plate"], "NEW 123")
    desk.key(Qt.Key.Key_Tab)
    QTest.keyClicks(desk.window.focusWidget(), "Connecticut")
    assert form.choices["state"].currentData() == "CT"
    form.choices["purpose"].setCurrentIndex(1)
    desk.type(form.lines["offense"], "Theft")
    desk.type(form.lines["officer"], "R. Doe")
    desk.type(form.lines["descriptors"], "white van")
    desk.key(Qt.Key.Key_2, control=True)
    desk.key(Qt.Key.Key_Return, control=True)
    desk.until(lambda: "Reasonable suspicion missing" in desk.line)
    assert form.lines["plate"].text() == "NEW 123"
    desk.type(form.facts, "Seen loading stolen bicycles twice")
    desk.key(Qt.Key.Key_Return, control=True)
    desk.until(lambda: "on record" in desk.line)
    assert not form.lines["plate"].text()
    draft = next(e.draft for e in desk.window.model.entries if e.draft.plate == "NEW123")
    assert (draft.purpose, draft.facts) == ("investigation", "Seen loading stolen bicycles twice")
    assert timedelta(days=29) < draft.expires_at - datetime.now(UTC) < timedelta(days=31)


@pytest.mark.clause("HOT-5", "HOT-6")
def test_what_expires_soon_is_shown_alone_renewed_and_removed(desk: DeskHands) -> None:
    """F7 leaves only what is about to expire; a renewal waits for a check; a removal takes its reason."""
    soon = desk.requested(a_draft("SOON1", expires_at=datetime.now(UTC) + timedelta(days=2)))
    later = desk.requested(a_draft("LATER1"))
    desk.again()
    for entry_id in (soon, later):
        chosen(desk, entry_id)
        desk.key(Qt.Key.Key_K, control=True)
        desk.until(lambda e=entry_id: desk.window.model.details[e].record.state is EntryState.VERIFIED)
        desk.settled()
        desk.key(Qt.Key.Key_Return, control=True)
        desk.until(lambda e=entry_id: desk.window.model.details[e].record.state is EntryState.ACTIVE)
        desk.settled()
    desk.key(Qt.Key.Key_F2)
    table = desk.window.screens["entries"].table
    desk.key(Qt.Key.Key_F7)
    assert soon in {row.key for row in table._rows.rows}
    assert later not in {row.key for row in table._rows.rows}
    chosen(desk, soon)
    desk.key(Qt.Key.Key_E, control=True)
    until = desk.window.screens["entries"].reason.line
    assert until.text() == f"{datetime.now(UTC).astimezone() + timedelta(days=32):%Y-%m-%d}"
    desk.type(until, "2027-01-15")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: state_of(desk, soon) is EntryState.REQUESTED)
    desk.until(lambda: desk.window.model.details[soon].record.version == 2)
    assert desk.window.model.details[soon].record.draft.expires_at.astimezone().date() == date(2027, 1, 15)
    desk.key(Qt.Key.Key_F7)
    chosen(desk, later)
    desk.key(Qt.Key.Key_D, control=True)
    desk.type(desk.window.screens["entries"].reason.line, "Vehicle found in Hartford")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: state_of(desk, later) is EntryState.REMOVED)


def test_a_flag_is_closed_with_words(desk: DeskHands, headquarters: Headquarters) -> None:
    """A refused use stands under 'To review' until a supervisor has closed it with words."""
    event = an_event(EventKind.PURPOSE_REFUSED, use="personal_use")
    facts = an_event(EventKind.GROUND_STATED, event.subject, facts="A child is in the vehicle")
    with headquarters.client() as client:
        client.push_events([(facts, None), (event, None)])
    desk.key(Qt.Key.Key_F3)
    desk.again()
    flag = next(f for f in desk.window.model.flags if f.event_id == event.event_id)
    screen = desk.window.screens["flags"]
    screen.table.choose(str(flag.position))
    desk.until(lambda: len(screen.story._rows.rows) == 2)
    for_handbook(desk.window, "console-flags")
    said = [row.cells[3] for row in screen.story._rows.rows]
    assert said == ["facts: A child is in the vehicle", "use: personal_use"]
    desk.key(Qt.Key.Key_Return, control=True)
    desk.type(screen.reason.line, "Spoke with the officer")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: flag.position not in {f.position for f in desk.window.model.flags})
    with desk.client(Role.AUDITOR) as client:
        assert event.event_id not in {f.event_id for f in client.flags().flags}


def test_hits_and_reliability_are_shown_in_numbers(desk: DeskHands, headquarters: Headquarters) -> None:
    """Each hit with its end; wrong ones counted by list and entering agency."""
    for outcome in ("misread", "wrong_state", "stale_entry", "located", ""):
        a_hit(headquarters, "stolen_vehicle", outcome, ori="NY0303000")
    desk.key(Qt.Key.Key_F4)
    desk.again()
    screen = desk.window.screens["hits"]
    line = next(row for row in screen.lists._rows.rows if "NY0303000" in row.cells)
    assert line.cells[2:9] == ("5", "0", "1", "1", "1", "1", "1")
    assert line.cells[9].split() == ["3", "/", "4", "75%"]
    assert any("Stale entry" in row.cells[8] for row in screen.hits._rows.rows)
    for_handbook(desk.window, "console-hits")


def test_the_filter_leaves_what_fits(desk: DeskHands) -> None:
    """Ctrl+F goes to the filter; any column counts."""
    desk.requested(a_draft("FILTER1", offense="Arson"))
    desk.key(Qt.Key.Key_F2)
    desk.again()
    table = desk.window.screens["entries"].table
    desk.key(Qt.Key.Key_F, control=True)
    desk.until(table.filter.hasFocus)
    QTest.keyClicks(table.filter, "arson")
    assert table.view.model().rowCount() == 1


def test_no_key_means_two_things(desk: DeskHands) -> None:
    """On each page no act has the key of another page or of another act."""
    pages = {key for _, key, *_ in SCREENS.values()}
    for name in list(desk.window.screens):
        desk.window.go(name)
        desk.settled()
        keys = [act.key for act in desk.window.screens[name].acts()]
        assert not pages & set(keys), (name, keys)
        assert len(keys) == len(set(keys)), (name, keys)


_OVERSEEING = ["entries", "flags", "hits", "live"]
_ADMINISTERING = ["overview", "accounts", "watch"]
ROLES = {
    Role.SUPERVISOR: ["requests", *_OVERSEEING, "search", "registers", "new", "disputes"],
    Role.ADMINISTRATOR: [*_OVERSEEING, "search", "registers", "reports", "new", "disputes", *_ADMINISTERING],
    Role.AUDITOR: [*_OVERSEEING, "registers", "reports", "disputes", *_ADMINISTERING],
    Role.CRIME_ANALYST: ["entries", "search", "new"],
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_its_screens_and_no_other(qtbot: QtBot, headquarters: Headquarters, role: Role) -> None:
    """What a role may not do has no key."""
    with a_desk(qtbot, headquarters, role) as desk:
        assert list(desk.window.screens) == [*ROLES[role], "proof"]


def test_without_headquarters_the_console_says_so_and_stays_alive(qtbot: QtBot) -> None:
    """Nothing blocks and nothing is empty without a word."""
    client = DeskClient("http://127.0.0.1:9", "token", tls=TLS)
    window = ConsoleWindow(client, load_code_tables(), lambda: datetime.now(UTC))
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: "does not answer" in window._line.text(), timeout=8000)
    assert window.isVisible()
    window.close()
    client.close()


def test_a_request_that_was_decided_elsewhere_leaves_nothing_in_hand(desk: DeskHands) -> None:
    """The next key must not act on another request than the one that was looked at."""
    entry_id, _other = desk.requested(a_draft("GONE1")), desk.requested(a_draft("STAYS1"))
    chosen(desk, entry_id)
    with desk.client(Role.SUPERVISOR) as client:
        client.remove(entry_id, "Not needed any more")
    desk.again()
    assert desk.window.screens["requests"].record is None
    assert desk.window.act_bar.key("approve") is None


def test_a_headquarters_that_hangs_does_not_hold_the_window(qtbot: QtBot) -> None:
    """While a call waits, Qt goes on; then the line says that headquarters does not answer."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = DeskClient(f"http://127.0.0.1:{silent.getsockname()[1]}", "token", timeout_s=0.6, tls=TLS)
        window = ConsoleWindow(client, load_code_tables(), lambda: datetime.now(UTC))
        qtbot.addWidget(window)
        ticks: list[float] = []
        timer = QTimer(window, interval=10)
        timer.timeout.connect(lambda: ticks.append(time.monotonic()))
        timer.start()
        window.start()
        qtbot.waitUntil(lambda: "does not answer" in window._line.text(), timeout=8000)
        assert max(after - before for before, after in pairwise(ticks)) < 0.3
        window.close()
        client.close()


PLACES = (
    (Role.SUPERVISOR, (1280, 800), "night", "es"),
    (Role.ADMINISTRATOR, (1280, 800), "day", "es"),
    (Role.ADMINISTRATOR, (1280, 800), "night", "en"),
    (Role.SUPERVISOR, (1920, 1080), "day", "en"),
)


@pytest.mark.parametrize(("role", "size", "theme", "language"), PLACES, ids=lambda v: v if isinstance(v, str) else "")
def test_nothing_is_cut_at_a_desks_sizes(
    qtbot: QtBot, headquarters: Headquarters, role: Role, size: tuple[int, int], theme: str, language: str
) -> None:
    """Every key, label and heading has the room that its words need, on each screen, in both languages."""
    speak(qapp(), language)
    with a_desk(qtbot, headquarters, role, theme=theme) as desk:
        desk.requested(a_draft("FIT1234"))
        desk.window.resize(*size)
        desk.again()
        cut: list[str] = []
        for name in desk.window.screens:
            desk.window.go(name)
            desk.settled()
            QTest.qWait(20)
            assert (desk.window.width(), desk.window.height()) == size
            cut += [f"{name}: {words}" for words in cut_words(desk.window)]
        assert not cut, "\n".join(cut)


def cut_words(window: ConsoleWindow) -> list[str]:
    """The words of keys, labels and columns that do not fit."""
    parts: list[QWidget] = [part for part in window.findChildren(QPushButton) if part.isVisible()]
    parts += [part for part in window.findChildren(QLabel) if part.isVisible() and not part.wordWrap()]
    cut = [part.text() or part.accessibleName() for part in parts if part.width() < part.minimumSizeHint().width()]
    for head in (view.horizontalHeader() for view in window.findChildren(QTableView) if view.isVisible()):
        for place in range(head.count()):
            if head.sectionSize(place) < head.sectionSizeHint(place):
                words = head.model().headerData(place, Qt.Orientation.Horizontal)
                cut.append(f"{words} wants {head.sectionSizeHint(place)}, has {head.sectionSize(place)}")
    return cut
