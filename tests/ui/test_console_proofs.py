"""The console asks who sits there before a privileged act, and goes on with it; accounts and their keys."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from devices.security_key import SecurityKeyReader
from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryState
from mdt_app.domain.errors import Refused
from mdt_app.hq.main import train_account
from mdt_app.hq.tables import desk_sessions
from mdt_app.services.code_tables import load_code_tables
from mdt_app.sync.desk import DeskClient
from tests.fakes.cab import qapp
from tests.fakes.desk import DeskHands, a_desk, a_draft, a_headquarters, a_hit, grown_old
from tests.fakes.desk_people import PASSWORD, key_of
from tests.fakes.headquarters import KEY, POLICY, TLS, Headquarters
from tests.fakes.pictures import for_handbook
from tests.fakes.security_key import SoftwareKey
from ui.console.window import ConsoleWindow
from ui.console.words import refusal
from ui.language import speak

Key = Qt.Key


@pytest.fixture
def fresh(tmp_path: Path):
    """A headquarters at which nobody has proved anything."""
    with a_headquarters(tmp_path / "hq") as there:
        yield there


def reader(*keys: SoftwareKey) -> SecurityKeyReader:
    return SecurityKeyReader(lambda: list(keys), 2.0)


def to_decide(desk) -> str:
    """A verified request in hand, on the requests' page."""
    entry_id = desk.requested(a_draft())
    with desk.client(Role.OFFICER) as other:
        other.check(entry_id)
    desk.again()
    desk.until(lambda: desk.window.screens["requests"].record is not None)
    desk.until(lambda: desk.window.act_bar.key("approve").accessibleName() == "Approve")
    return entry_id


@pytest.mark.clause("ACC-1", "HOT-3")
def test_an_approval_asks_who_is_there_and_then_goes_on_by_itself(qtbot, fresh: Headquarters):
    """A wrong password is said; the key proves; the decision is sent without a further key; the next asks nothing."""
    with a_desk(qtbot, fresh, Role.SUPERVISOR, keys=reader(key_of("supervisor")[0]), proved=False) as desk:
        to_decide(desk)
        desk.key(Key.Key_Return, control=True)
        desk.until(lambda: desk.window.front == "proof")
        assert "Deciding on an entry asks again who you are" in desk.words()
        fields = desk.window.screens["proof"].credentials
        desk.type(fields.password, "guess")
        desk.key(Key.Key_F8)
        desk.until(lambda: "User, password or security key is wrong." in desk.words())
        desk.type(fields.password, PASSWORD)
        desk.key(Key.Key_F8)
        desk.until(lambda: desk.window.front == "requests")
        desk.until(lambda: "is on record: ✓ active" in desk.line)
        assert not fields.password.text()
        to_decide(desk)
        desk.key(Key.Key_Return, control=True)
        desk.settled()
        assert desk.window.front == "requests"
        assert {e.state for e in desk.window.model.entries} == {EntryState.ACTIVE}


def test_leaving_the_proof_leaves_the_act_undone(qtbot, fresh: Headquarters):
    """Esc leads back; nothing was decided."""
    with a_desk(qtbot, fresh, Role.SUPERVISOR, proved=False) as desk:
        to_decide(desk)
        desk.key(Key.Key_Return, control=True)
        desk.until(lambda: desk.window.front == "proof")
        desk.key(Key.Key_Escape)
        assert desk.window.front == "requests"
        assert desk.window.screens["requests"].owed == 1


def on_account(desk, user_id: str) -> None:
    desk.window.go("accounts")
    desk.until(lambda: any(a.user_id == user_id for a in desk.window.model.accounts))
    table = desk.window.screens["accounts"].table
    desk.type(table.filter, user_id)
    table.view.setFocus()
    desk.until(lambda: table.key == user_id)
    for_handbook(desk.window, "console-accounts")


def proved(desk) -> None:
    """Whoever is asked proves it by their key."""
    desk.until(lambda: desk.window.front == "proof")
    desk.type(desk.window.screens["proof"].credentials.password, PASSWORD)
    desk.key(Key.Key_F8)


@pytest.mark.clause("ACC-1", "ACC-4")
def test_the_administrator_registers_and_withdraws_a_key_with_its_pin(qtbot, fresh: Headquarters):
    """Named, proved, PIN asked, touched, on record; withdrawn with the reason. The own account is shut."""
    keys = reader(SoftwareKey("2468"), key_of("administrator")[0])  # the new one is asked first
    with a_desk(qtbot, fresh, Role.ADMINISTRATOR, keys=keys, proved=False) as desk:
        on_account(desk, "officer")
        screen = desk.window.screens["accounts"]
        desk.key(Key.Key_K, control=True)
        desk.type(screen.reason.line, "blue key")
        desk.key(Key.Key_Return)
        proved(desk)
        desk.until(lambda: not screen.reason.isHidden())
        desk.type(screen.reason.line, "2468")
        desk.key(Key.Key_Return)
        desk.until(lambda: "blue key is registered" in desk.line)
        desk.until(lambda: len(screen.account.security_keys) == 2)
        held = screen.account.security_keys
        assert [(k.name, k.verifies) for k in held] == [("officer's key", False), ("blue key", True)]
        desk.settled()
        assert desk.window.act_bar.key("withdraw") is None  # no key is in hand
        screen.keys.view.setFocus()
        desk.key(Key.Key_Down)
        desk.key(Key.Key_D, control=True)
        desk.type(screen.reason.line, "the officer has lost it")
        desk.key(Key.Key_Return)
        desk.until(lambda: len(screen.account.security_keys) == 1)
        screen.table.filter.clear()
        on_account(desk, "administrator")
        assert desk.window.act_bar.key("own").accessibleDescription().startswith("Your own account")


def test_a_key_that_somebody_has_and_an_absent_one_are_said(qtbot, fresh: Headquarters):
    """At registration as well each trouble has its words."""
    plugged = [key_of("officer")[0], key_of("administrator")[0]]
    keys = SecurityKeyReader(lambda: list(plugged), 2.0)
    with a_desk(qtbot, fresh, Role.ADMINISTRATOR, keys=keys, proved=False) as desk:
        on_account(desk, "officer")
        screen = desk.window.screens["accounts"]
        for said in ("registered for this account already", "No security key was found"):
            desk.key(Key.Key_K, control=True)
            desk.type(screen.reason.line, "another")
            desk.key(Key.Key_Return)
            if plugged:
                proved(desk)
            desk.until(lambda said=said: said in desk.line)
            desk.settled()
            plugged.clear()


@pytest.mark.clause("ACC-4")
def test_an_account_is_suspended_and_restored_with_words(qtbot, fresh: Headquarters, tmp_path: Path):
    """The list shows it at once; a certificate for whoever is trained; an auditor sees the accounts and has no acts."""
    train_account(fresh.folder, key=KEY, user_id="officer", topics=POLICY.training, trainer="Sgt. Poe")
    with a_desk(qtbot, fresh, Role.ADMINISTRATOR, keys=reader(key_of("administrator")[0]), proved=False) as desk:
        on_account(desk, "officer")
        screen = desk.window.screens["accounts"]
        for active in (False, True):
            desk.key(Key.Key_U, control=True)
            desk.type(screen.reason.line, "has left for a while now")
            desk.key(Key.Key_Return)
            if not active:
                proved(desk)
            desk.until(lambda active=active: screen.account is not None and screen.account.active is active)
            desk.settled()
        desk.key(Key.Key_R, control=True)
        desk.type(screen.reason.line, str(tmp_path / "c.pdf"))
        desk.key(Key.Key_Return)
        desk.until(lambda: "Saved, with its proof" in desk.line)
        assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
        assert (tmp_path / "c.pdf.proof.json").is_file()
    with a_desk(qtbot, fresh, Role.AUDITOR) as desk:
        on_account(desk, "officer")
        assert desk.window.screens["accounts"].acts() == ()


def signed_out(desk) -> bool:
    """The sign-in screen alone is there, and nothing leads past it."""
    window = desk.window
    return window.front == "proof" and not any(tab.isVisible() for tab in window._tabs.values())


def sign_in(desk, words: str) -> None:
    """Password and key."""
    desk.until(lambda: signed_out(desk))
    assert "Sign in" in desk.words()
    assert words in desk.words()
    desk.type(desk.window.screens["proof"].credentials.password, PASSWORD)
    desk.key(Key.Key_F8)
    desk.until(lambda: desk.window.front != "proof")
    desk.settled()


@pytest.mark.clause("ACC-1")
def test_a_console_shows_nothing_until_somebody_has_signed_in(qtbot, fresh: Headquarters):
    """The token alone opens the sign-in; no key and no tab leads past it, and what is typed outlives the next turn."""
    hit = a_hit(fresh, "stolen_vehicle")
    keys = reader(key_of("supervisor")[0])
    with closing(DeskClient(fresh.url, fresh.desks[Role.SUPERVISOR], tls=TLS)) as client:
        window = ConsoleWindow(client, load_code_tables(), lambda: datetime.now(UTC), "night", keys)
        qtbot.addWidget(window)
        window.show()
        window.start()
        desk = DeskHands(qtbot, fresh, window)
        desk.until(lambda: signed_out(desk))
        assert not window.model.hits
        for key in (Key.Key_F1, Key.Key_F4, Key.Key_F5, Key.Key_Escape):
            desk.key(key)
        window.go("hits")
        assert signed_out(desk)
        desk.type(window.screens["proof"].credentials.password, "half a pass")
        window.ask_all()
        desk.settled()
        assert window.screens["proof"].credentials.password.text() == "half a pass"
        window.screens["proof"].credentials.password.clear()
        sign_in(desk, "Nobody is signed in at this desk.")
        desk.until(lambda: [one.hit_id for one in window.model.hits] == [hit])
        window.close()


@pytest.mark.clause("ACC-1")
def test_a_console_that_nobody_touches_hides_everything(qtbot, fresh: Headquarters):
    """Its own turns of asking keep no session alive; after the sign-in it is where it was, with what was typed."""
    keys = reader(key_of("supervisor")[0])
    with a_desk(qtbot, fresh, Role.SUPERVISOR, keys=keys) as desk:
        desk.window.go("new")
        desk.type(desk.window.screens["new"].form.lines["plate"], "4BXR91")
        desk.again()
        grown_old(fresh, 0, POLICY.sign_in.idle_lock_minutes.value * 60 + 1)
        desk.window.ask_all()
        sign_in(desk, "Nobody has touched this desk for 30 minutes.")
        assert desk.window.front == "new"
        assert desk.window.screens["new"].form.lines["plate"].text() == "4BXR91"
        assert all(tab.isVisible() for tab in desk.window._tabs.values())


@pytest.mark.clause("ACC-1")
def test_a_console_signs_out_by_itself_where_headquarters_is_away(qtbot, fresh: Headquarters):
    """The desk's own clock hides all, and the session ends at headquarters as well as soon as it is told."""
    keys = reader(key_of("supervisor")[0])
    with a_desk(qtbot, fresh, Role.SUPERVISOR, keys=keys) as desk:
        assert desk.window.idle.timer.interval() == POLICY.sign_in.idle_lock_minutes.value * 60_000
        desk.window.idle.timer.start(10)
        desk.until(lambda: signed_out(desk))
        desk.settled()
        with closing(fresh.store()) as store, store.reading() as connection:
            assert not connection.execute(select(desk_sessions)).all()
        sign_in(desk, "Nobody has touched this desk for a while.")


@pytest.mark.clause("ACC-1")
def test_a_touch_keeps_the_session_and_a_turn_of_asking_does_not(qtbot, fresh: Headquarters):
    """What the window asks by itself says so to headquarters."""

    def idle_s() -> float:
        with closing(fresh.store()) as store, store.reading() as connection:
            return time.monotonic() - connection.scalar(select(desk_sessions.c.active_s))

    with a_desk(qtbot, fresh, Role.SUPERVISOR) as desk:
        desk.again()
        grown_old(fresh, 0, 600)
        desk.again()
        assert idle_s() > 600
        desk.key(Key.Key_F4)
        desk.again()
        assert idle_s() < 60


@pytest.mark.parametrize(
    ("said", "spanish"),
    [
        (
            "Nobody is signed in at this desk. Give your password and your second factor.",
            "Nadie ha entrado en este puesto. ",
        ),
        (
            "Deciding on an entry asks again who you are: there is no proof of the last 5 minutes. "
            "Give your password and your second factor.",
            " 5 minutos",
        ),
        (
            "Nobody has touched this desk for 30 minutes. Give your password and your second factor.",
            "Nadie ha usado este puesto en 30 minutos. ",
        ),
    ],
)
def test_what_headquarters_refuses_is_said_in_the_desks_language(qtbot, said: str, spanish: str):
    """Its words and its remedy come as one text; none of it stays in English."""
    speak(qapp(), "es")
    shown = refusal(Refused("sign_in", said))
    assert spanish in shown
    assert not {"your", "password", "desk", "proof"} & set(shown.replace(".", " ").split())
