"""A supervisor's desk for tests: the real console over real HTTP to a real headquarters, worked with real keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryDraft
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.security_keys import KeyReader
from mdt_app.hq.switch import run_switch
from mdt_app.hq.tables import desk_sessions
from mdt_app.services.code_tables import load_code_tables
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.entry_wire import EntryAsked, EntryDraftMessage
from tests.fakes.desk_people import proof_of
from tests.fakes.headquarters import POLICY, TLS, Headquarters, Serving, an_entry, an_event, made, serving
from ui.console.window import ConsoleWindow

LIMIT_MS = 8000


@contextmanager
def a_headquarters(folder: Path) -> Iterator[Headquarters]:
    """Headquarters with the message switch simulator behind it."""
    there = made(folder)
    with (
        Serving(run_switch, "127.0.0.1", 0, (an_entry("AB12345"),)) as switch,
        serving(there.folder, ("127.0.0.1", switch.port)) as running,
    ):
        yield replace(there, url=f"http://127.0.0.1:{running.port}")


def a_draft(plate: str = "4BXR91", **changes: Any) -> EntryDraft:
    """A complete draft."""
    draft = EntryDraft(
        plate=plate,
        state="CT",
        purpose="investigation",
        offense="Burglary",
        officer_name="Ofc. R. Doe",
        facts="Seen leaving two burglaries on Elm Street at night",
        vehicle=Vehicle("2014", "FORD", "FUS", "4D", "BLK"),
        descriptors="dented left door, roof rack",
        cautions=("00",),
        expires_at=datetime.now(UTC) + timedelta(days=60),
        forward_to=("detectives@pd.example",),
    )
    return replace(draft, **changes)


@dataclass
class DeskHands:
    """A console of a role, and the hands on its keyboard."""

    qtbot: QtBot
    hq: Headquarters
    window: ConsoleWindow

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LIMIT_MS)

    def key(self, key: Qt.Key, control: bool = False) -> None:
        """Press a key on whatever has the keyboard."""
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def type(self, field: QWidget, words: str) -> None:
        field.setFocus()
        QTest.keyClicks(field, words)

    def client(self, role: Role) -> DeskClient:
        """Another person's desk, without a window; they are signed in."""
        client = DeskClient(self.hq.url, self.hq.desks[role], tls=TLS)
        client.prove(proof_of(role.value, client.question()))
        return client

    def requested(self, draft: EntryDraft, role: Role = Role.OFFICER) -> str:
        """Somebody else asks for an entry."""
        with self.client(role) as desk:
            asked = EntryAsked(entry_id=str(uuid4()), draft=EntryDraftMessage.of(draft))
            return desk.request(asked).record.entry_id

    def settled(self) -> None:
        """Everything that was asked is answered; each answer has its own time, however many were asked for."""
        while not self.window.link.idle:
            with self.qtbot.waitSignal(self.window.link.reached, timeout=LIMIT_MS):
                pass

    def again(self) -> None:
        """Ask headquarters now instead of at the next turn."""
        self.settled()
        self.window.ask_all()
        self.settled()

    @property
    def line(self) -> str:
        return self.window._line.text()

    def words(self) -> str:
        """All words of the screen in front."""
        from PySide6.QtWidgets import QLabel

        shown = self.window.screens[self.window.front].findChildren(QLabel)
        return "\n".join(label.text() for label in shown if label.isVisible())


def a_hit(hq: Headquarters, kind: str, outcome: str = "", **entry: Any) -> str:
    """Put a hit of a car and how it ended on record."""
    hit_id = str(uuid4())
    held = {"id": "x", "plate": "4BXR91", "state": "CT", "ori": "CT0056700"} | entry
    body = {"list": "ncic", "category": kind, "match": "exact", "entry": held, "read": {"plate": held["plate"]}}
    events = [an_event(EventKind.HIT, hit_id, **body)]
    if outcome:
        events.append(an_event(EventKind.NO_STOP, hit_id, reason=outcome))
    with hq.client() as client:
        assert not client.push_events([(event, None) for event in events]).refused
    return hit_id


def grown_old(hq: Headquarters, proved_s: float, idle_s: float = 0) -> None:
    """Have every session at these desks begun so much earlier, and be idle for so long."""
    before = desk_sessions.c.proved_s - proved_s, desk_sessions.c.active_s - idle_s
    with closing(hq.store()) as store, store.writing() as connection:
        connection.execute(update(desk_sessions).values(proved_s=before[0], active_s=before[1]))


@contextmanager
def a_desk(
    qtbot: QtBot,
    hq: Headquarters,
    role: Role = Role.SUPERVISOR,
    theme: str = "night",
    *,
    keys: KeyReader | None = None,
    proved: bool = True,
) -> Iterator[DeskHands]:
    """Open a console and wait until headquarters has said whose it is; its person has just proved who they are.

    Not `proved`: they are signed in, and it is too long ago for privileged acts.
    """
    client = DeskClient(hq.url, hq.desks[role], tls=TLS)
    client.prove(proof_of(role.value, client.question()))
    if not proved:
        grown_old(hq, POLICY.sign_in.privileged_minutes.value * 60 + 1)
    window = ConsoleWindow(client, load_code_tables(), lambda: datetime.now(UTC), theme, keys)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.start()
    hands = DeskHands(qtbot, hq, window)
    hands.until(window.isActiveWindow)
    hands.until(lambda: window.front)
    hands.settled()
    yield hands
    window.close()
    client.close()
