"""The console's pages of disputes, of changed entries and of their limits, by keyboard over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.domain.limits import Limits
from tests.fakes.desk import DeskHands, a_desk, a_draft, a_headquarters, a_hit
from tests.fakes.headquarters import Headquarters, an_event

Key = Qt.Key


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


def say(desk: DeskHands, words: str) -> None:
    """Answer the line that asks, in place of what is proposed."""
    desk.type(desk.window.screens[desk.window.front].reason.line, words)
    desk.key(Key.Key_Return)


def opened(desk: DeskHands, hit_id: str) -> str:
    """From the hit to a dispute on record, by keyboard; returns its id."""
    desk.key(Key.Key_F4)
    desk.again()
    desk.window.screens["hits"].hits.choose(hit_id)
    desk.key(Key.Key_I, control=True)
    screen = desk.window.screens["disputes"]
    desk.type(screen.form.account, "My own car was bought and paid in May")
    desk.key(Key.Key_Return, control=True)
    desk.until(lambda: any(one.hit_id == hit_id for one in desk.window.model.disputes))
    found = next(one.dispute_id for one in desk.window.model.disputes if one.hit_id == hit_id)
    screen.table.choose(found)
    return found


def last_act(desk: DeskHands, dispute_id: str) -> str:
    return next(one.acts[-1].act for one in desk.window.model.disputes if one.dispute_id == dispute_id)


def test_a_dispute_is_opened_from_a_hit_upheld_until_a_day_and_lifted(
    desk: DeskHands, headquarters: Headquarters
) -> None:
    """The hit's record stands beside it; upheld, the plate is a known false hit until then; lifted, it is none."""
    hit_id = a_hit(headquarters, "stolen_vehicle", "stale_entry", plate="DSP1234")
    dispute_id = opened(desk, hit_id)
    screen = desk.window.screens["disputes"]
    desk.until(lambda: any("hit no_stop" in row.cells[1] for row in screen.story._rows.rows))
    assert any("bought and paid" in row.cells[3] for row in screen.story._rows.rows)
    desk.key(Key.Key_Return, control=True)
    say(desk, "The owner shows the bill of sale")
    until = datetime.now(UTC) + timedelta(days=90)
    say(desk, f"{until.astimezone():%Y-%m-%d}")
    desk.until(lambda: last_act(desk, dispute_id) == "upheld")
    with headquarters.desk(Role.AUDITOR) as auditor:
        assert [p["plate"] for p in auditor.get("/v1/false-hits").json()["plates"]] == ["DSP1234"]
        desk.settled()
        desk.key(Key.Key_D, control=True)
        say(desk, "Sold again to somebody else")
        desk.until(lambda: last_act(desk, dispute_id) == "lifted")
        assert auditor.get("/v1/false-hits").json()["plates"] == []


def test_a_dispute_is_rejected_with_words_and_a_far_end_is_refused_in_words(
    desk: DeskHands, headquarters: Headquarters
) -> None:
    """More than a year on the list is refused and nothing is decided; a rejection takes its reason."""
    dispute_id = opened(desk, a_hit(headquarters, "stolen_vehicle", "misread", plate="DSP5678"))
    desk.key(Key.Key_Return, control=True)
    say(desk, "The plate was read wrong")
    say(desk, "2031-01-01")
    desk.until(lambda: "within a year" in desk.line)
    assert last_act(desk, dispute_id) == "opened"
    desk.key(Key.Key_R, control=True)
    say(desk, "The record was right that day")
    desk.until(lambda: last_act(desk, dispute_id) == "rejected")
    assert desk.window.act_bar.key("uphold") is None


def test_whoever_stopped_decides_nothing_about_it(desk: DeskHands, headquarters: Headquarters) -> None:
    """The supervisor who confirmed the plate is told that another one decides."""
    hit_id = a_hit(headquarters, "stolen_vehicle", plate="DSP9999")
    seen = an_event(EventKind.PLATE_CONFIRMED, hit_id, plate="DSP9999")
    own = type(seen)(**{name: getattr(seen, name) for name in seen.__slots__} | {"actor": "supervisor"})
    with headquarters.client() as client:
        assert not client.push_events([(own, None)]).refused
    dispute_id = opened(desk, hit_id)
    desk.key(Key.Key_R, control=True)
    say(desk, "I was there and it was right")
    desk.until(lambda: "Nobody decides about their own stop" in desk.line)
    assert last_act(desk, dispute_id) == "opened"


def test_an_officer_opens_one_and_sees_no_others(qtbot: QtBot, headquarters: Headquarters) -> None:
    """At an officer's desk there is the form alone."""
    with a_desk(qtbot, headquarters, Role.OFFICER) as desk:
        desk.key(Key.Key_F11)
        screen = desk.window.screens["disputes"]
        assert not screen.table.isVisible()
        desk.type(screen.form.plate, "dsp 777")
        screen.form.state.setCurrentIndex(screen.form.state.findData("CT"))
        desk.type(screen.form.account, "The car was mine all along")
        desk.key(Key.Key_Return, control=True)
        desk.until(lambda: "on record" in desk.line)


@pytest.mark.clause("HOT-10")
def test_an_entry_is_changed_as_a_new_version_with_the_earlier_ones_shown(desk: DeskHands) -> None:
    """Ctrl+G brings the newest version to the form; on record it stands beside the one before, with limits."""
    entry_id = desk.requested(a_draft("CHG1234"))
    desk.key(Key.Key_F2)
    desk.again()
    desk.window.screens["entries"].table.choose(entry_id)
    desk.settled()
    desk.key(Key.Key_G, control=True)
    form = desk.window.screens["new"].form
    assert desk.window.front == "new"
    assert form.draft() == a_draft("CHG1234", expires_at=form.draft().expires_at)
    form.lines["descriptors"].setText("roof rack gone")
    desk.type(form.lines["hours"], "22:00-06:00 America/New_York")
    desk.type(form.lines["area"], "41.7658,-72.6734, 2 mi")
    desk.type(form.lines["alert_only"], "rdoe, sgt.lee")
    form.choices["heading"].setCurrentIndex(form.choices["heading"].findData("NE"))
    desk.key(Key.Key_Return, control=True)
    desk.until(lambda: desk.window.model.details[entry_id].record.version == 2)
    detail = desk.window.model.details[entry_id]
    limits = Limits("22:00-06:00 America/New_York", "41.7658,-72.6734,3219", "NE", ("rdoe", "sgt.lee"))
    assert detail.record.draft.to_draft().limits == limits
    assert [version.draft.descriptors for version in detail.versions] == [
        "dented left door, roof rack",
        "roof rack gone",
    ]
    desk.key(Key.Key_F2)
    desk.settled()
    words = desk.words()
    for part in ("version 1", "version 2", "roof rack → roof rack gone", "COVERT, for rdoe, sgt.lee alone", "going NE"):
        assert part in words, part


def test_hours_that_are_none_are_said_before_anything_is_sent(desk: DeskHands, headquarters: Headquarters) -> None:
    """The line says how hours are written; no request reaches headquarters."""
    desk.key(Key.Key_N, control=True)
    form = desk.window.screens["new"].form
    form.put(a_draft(f"H{uuid4().hex[:5].upper()}"))
    desk.type(form.lines["hours"], "nightly")
    desk.key(Key.Key_Return, control=True)
    assert "22:00-06:00" in desk.line
    desk.again()
    assert all(entry.draft.plate != form.lines["plate"].text() for entry in desk.window.model.entries)
