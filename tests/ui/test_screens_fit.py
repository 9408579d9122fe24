"""Nothing is cut: every text on every screen fits its place, at every window size and in every theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from mdt_app.domain.accounts import AlertException
from mdt_app.domain.devices import CameraFrame, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.notices import FaultChanged, HealthChanged, HitChanged, HitRaised, LinkChanged, Parked
from mdt_app.domain.records_check import CheckAnswer
from tests.fakes.cab import PLATE_BOX, Cab, draw_pictures
from tests.fakes.car import make_entry
from ui.theme import THEMES, contrast

PLACES = (
    ("night", (1024, 600)),
    ("day", (1024, 768)),
    ("night", (1280, 800)),
    ("sun", (1920, 1080)),
)
_SLACK = 1
_TARGET = 64
Key = Qt.Key
FACTS = "the driver fires at people in the street, a child lies on the back seat and nobody else is near"


def walk_a_hit(cab: Cab) -> Iterator[str]:
    """The ordinary way of a hit, with all that can stand on each screen."""
    yield "sign-in"
    states = ((DeviceKind.CAMERA, "L"), (DeviceKind.CAMERA, "R"), (DeviceKind.SOUND, "sound"))
    for kind, name in states:
        state = DeviceState.FAULT if kind is DeviceKind.SOUND else DeviceState.OK
        cab.shift.core.tell(HealthChanged(DeviceHealth(name, kind, state, rate_hz=15)))
    cab.shift.core.tell(LinkChanged(True, 12, None))
    cab.on_patrol(make_entry("4BXR91", "CT", cautions=("00",)), make_entry("KLM204", "NY", category="amber_alert"))
    view = draw_pictures("7JKT20").context
    for camera in ("L", "R"):
        cab.bridge.show_frame(CameraFrame(camera, view, 640, 360, (PLATE_BOX,), ("7JKT20",)))
    for plate, state in (("AB12340", "CT"), ("7JKT20", None), ("3FN928", "MA")):
        cab.see(plate, state)
    cab.until(lambda: len(cab.window.model.reads) == 3)
    yield "patrol"
    hit_id = cab.raise_hit()
    yield "alert"
    cab.see("KLM204", None)
    cab.until(lambda: len(cab.window.model.waiting()) == 2)
    yield "alert-next"
    cab.key(Key.Key_D)
    yield "reasons"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_Return)
    cab.key(Key.Key_F12)
    cab.until(lambda: "STOP: refused" in cab.words)
    yield "verify-refused"
    cab.key(Key.Key_F2)
    yield "verify-keys"
    cab.key(Key.Key_F2)
    cab.key(Key.Key_F7)
    yield "verify-radio"
    cab.key(Key.Key_F7)
    cab.key(Key.Key_F6)
    yield "verify-purpose"
    cab.key(Key.Key_F6)
    yield "purpose"
    cab.key(Key.Key_N)
    yield "purpose-prohibited"
    cab.key(Key.Key_1)
    yield "purpose-citations"
    cab.key(Key.Key_4)
    cab.until(lambda: cab.front == "verify" and "STOP: refused" in cab.words)
    yield "verify-prohibited"
    cab.key(Key.Key_F6)
    cab.key(Key.Key_3)
    cab.take_the_steps(hit_id)
    cab.until(lambda: "STOP: open" in cab.words)
    yield "verified"
    cab.stop()
    yield "stop"
    cab.key(Key.Key_1)
    cab.until(lambda: "No person has confirmed" in cab.words)
    yield "stop-unconfirmed"
    cab.key(Key.Key_4)
    cab.until(lambda: cab.hit(hit_id).stop.disposition is not None)
    cab.key(Key.Key_R)
    cab.until(lambda: "Notice to the owner" in cab.words)
    yield "stop-closed"
    cab.key(Key.Key_Return)
    cab.key(Key.Key_Return)
    cab.confirm("KLM284", "NY")
    cab.until(lambda: cab.front == "outcome")
    yield "no-stop"
    cab.key(Key.Key_Return)
    cab.key(Key.Key_H)
    yield "hits"


def walk_other_ways(cab: Cab) -> Iterator[str]:
    """Exigent circumstances, what stays owed after them, and the hit confirmation."""
    cab.on_patrol(make_entry("4BXR91", "CT"), make_entry("KLM204", "NY"), make_entry("AB12345", "CT"))
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F3)
    yield "ways"
    cab.key(Key.Key_2)
    yield "statement"
    cab.state(FACTS)
    cab.until(lambda: cab.front == "verify")
    cab.take_purpose()
    cab.until(lambda: "Open by exigent" in cab.words)
    yield "verify-exigent"
    cab.stop()
    yield "stop-owed"
    cab.key(Key.Key_Escape)
    yield "patrol-owed"
    cab.key(Key.Key_W)
    yield "verify-owed"
    cab.confirm("4BXR97", "CT")
    cab.until(lambda: "basis fell" in cab.words)
    yield "verify-fell"
    cab.key(Key.Key_F12)
    yield "stop-fell"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_H)
    yield "hits-owed"
    cab.key(Key.Key_Escape)
    cab.raise_hit("AB12345")
    cab.open_verification()
    cab.key(Key.Key_F11)
    yield "confirmation-not-asked"
    cab.key(Key.Key_F9)
    cab.until(lambda: "request 1 of 3" in cab.words)
    yield "confirmation-asked"
    cab.shift.clock.advance(minutes=10, seconds=12)
    cab.window.screens["verify"].refresh()
    yield "confirmation-overdue"
    cab.key(Key.Key_F11)
    cab.answer()
    cab.until(lambda: "MKE/" in cab.words)
    yield "verify-overdue"
    assert cab.hit(hit_id).stop is not None


def walk_a_schedule(cab: Cab) -> Iterator[str]:
    """What stands only under a policy with an alert schedule and facts for each purpose."""
    until = cab.shift.clock.now() + timedelta(days=12)
    held = AlertException(("sex_offender",), "Registry case 24-118, school zone patrol", until, "chief.lee")
    entry = make_entry("4BXR91", "CT", expires_at=cab.shift.clock.now() + timedelta(minutes=5))
    cab.load(entry, exceptions=(held,))
    cab.sign_in()
    cab.until(lambda: cab.front == "profile")
    cab.key(Key.Key_2)
    yield "profile"
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "patrol")
    cab.raise_hit()
    cab.open_verification()
    yield "verify-facts-missing"
    cab.key(Key.Key_F3)
    yield "ways-lacking"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_F6)
    yield "purpose-facts"
    cab.key(Key.Key_6)
    yield "statement-purpose"


def walk_a_kind(cab: Cab) -> Iterator[str]:
    """A hit that can never open a stop."""
    cab.on_patrol(make_entry("4BXR91", "CT", category="violent_person", cautions=("00",)))
    cab.raise_hit()
    yield "alert-never"
    cab.open_verification()
    yield "verify-never"


def walk_troubles(cab: Cab) -> Iterator[str]:
    """Faults, refusals and records that are not taken, where they stand beside everything else."""
    cab.on_patrol(make_entry("4BXR91", "CT"), make_entry("KLM204", "NY", category="amber_alert"))
    cab.raise_hit("KLM204")
    raised = cab.shift.said(HitRaised)[-1]
    cab.key(Key.Key_Escape)
    read = replace(raised.hit.read, key="AB12340", raw_text="AB12340")
    cab.shift.core.tell(replace(raised, hit=replace(raised.hit, hit_id="off", read=read), recorded=False))
    cab.until(lambda: "NOT RECORDED" in cab.words)
    yield "alert-off-the-record"
    cab.key(Key.Key_D)
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.answer(CheckAnswer.OTHER_RECORD)
    cab.until(lambda: "NO on record" in cab.words)
    yield "verify-denied"
    cab.key(Key.Key_F8)
    cab.until(lambda: len(cab.shift.asked) > 1 and cab.hit(hit_id).verification.status is None)
    yield "verify-denied-asked-again"
    cab.take_the_steps(hit_id)
    cab.until(lambda: "STOP: open" in cab.words)
    held = cab.window.model.cards[hit_id]
    cab.shift.clock.advance(minutes=cab.context.policy.stops.answer_minutes.value + 1)
    cab.key(Key.Key_F12)
    cab.until(lambda: "STOP: refused" in cab.words)
    cab.shift.clock.advance(minutes=-cab.context.policy.stops.answer_minutes.value - 1)
    cab.shift.core.tell(HitChanged(held.hit, held.decision))
    cab.until(lambda: "STOP: open" in cab.words)
    yield "verify-refused-and-open"
    words = "The record can't be written. The gate stays shut."
    cab.shift.core.tell(FaultChanged("storage", words, "Work by radio, and report the fault."))
    cab.until(lambda: "shut: fault" in cab.words)
    yield "verify-faults"
    cab.shift.core.tell(FaultChanged("storage", ""))
    cab.until(lambda: "STOP: open" in cab.words)
    cab.stop()
    for event_id in (cab.window.model.cards[hit_id].stop_event, "another"):
        cab.shift.core.tell(Parked(event_id, "signature_does_not_match"))
    cab.until(lambda: "Refused by HQ" in cab.words)
    yield "stop-parked"


WALKS: dict[str, tuple[str, Callable[[Cab], Iterator[str]]]] = {
    "hit": ("newtown", walk_a_hit),
    "ways": ("postc", walk_other_ways),
    "schedule": ("glastonbury", walk_a_schedule),
    "kind": ("postc", walk_a_kind),
    "troubles": ("postc", walk_troubles),
}


@pytest.mark.parametrize(("theme", "size"), PLACES, ids=lambda v: v if isinstance(v, str) else f"{v[0]}x{v[1]}")
@pytest.mark.parametrize("walk", list(WALKS))
def test_every_text_fits_its_place(cab_under, tmp_path: Path, walk: str, theme: str, size: tuple[int, int]):
    """On no screen is a label or a key cut or too low for a glove, and each screen leaves a picture."""
    policy, stations = WALKS[walk]
    cab: Cab = cab_under(policy, theme)
    cab.window.resize(*size)
    cut: list[str] = []
    for number, name in enumerate(stations(cab), 1):
        cab.qtbot.waitUntil(cab.window.isVisible)
        settle(cab)
        assert (cab.window.width(), cab.window.height()) == size
        path = tmp_path / f"{number:02d}-{name}.png"
        assert cab.window.grab().save(str(path))
        cut += [f"{name}: {words}" for words in cut_texts(cab.window)]
        cut += [f"{name}: low target {words}" for words in low_targets(cab)]
    assert cut == []


def settle(cab: Cab) -> None:
    """Let the layouts come to rest: each level tells the one above in a round of its own."""
    for _ in range(4):
        cab.qtbot.wait(1)


def cut_texts(window: QWidget) -> list[str]:
    """The texts that do not fit where they stand, with how much is missing."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton) and widget.text():
            need, have = needed(widget), seen_part(widget, window)
            if need.width() > have.width() + _SLACK or need.height() > have.height() + _SLACK:
                found.append(
                    f"{widget.text()!r} needs {need.width()}x{need.height()}, has {have.width()}x{have.height()}"
                )
    return found


def needed(widget: QLabel | QAbstractButton) -> QRect:
    """The room that the text takes in its real font."""
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    flags = Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine
    if "\n" in widget.text() and not wraps:
        flags = Qt.TextFlag.TextExpandTabs
    room = QRect(0, 0, widget.width() if wraps else 10_000, 10_000)
    return widget.fontMetrics().boundingRect(room, int(flags), widget.text())


def seen_part(widget: QWidget, window: QWidget) -> QRect:
    """What of the widget is not covered by the edges of those that hold it."""
    part = widget.rect()
    holder = widget
    while holder is not window:
        part.translate(holder.pos())
        holder = holder.parentWidget()
        part = part.intersected(holder.rect())
    return part


def low_targets(cab: Cab) -> list[str]:
    """Keys that are lower on the screen than a gloved finger wants, for the window's scale."""
    least = cab.window.theme.px(_TARGET) - 2
    keys = [key for key in cab.window.findChildren(QPushButton) if key.isVisible() and key.isEnabled()]
    heights = {key.accessibleName(): seen_part(key, cab.window).height() for key in keys}
    return [f"{name} {height}" for name, height in heights.items() if height < least]


@pytest.mark.parametrize("theme", list(THEMES))
def test_text_stands_out_from_its_ground(theme: str):
    """Every pair of text and ground that the sheet makes has 7:1 or better."""
    t = THEMES[theme]
    grounds = {"ground": t.ground, "surface": t.surface, "raised": t.raised}
    pairs = {
        (tone, ground): (getattr(t, tone), color)
        for ground, color in grounds.items()
        for tone in ("text", "dim", "act", "verified", "owed", "hit")
        if (tone, ground) != ("hit", "raised")  # no hit's words stand on a raised ground
    }
    pairs[("on_act", "act_fill")] = (t.on_act, t.act_fill)
    pairs[("on_hit", "hit_fill")] = (t.on_hit, t.hit_fill)
    pairs[("ground", "verified")] = (t.ground, t.verified)
    pairs[("ground", "owed")] = (t.ground, t.owed)
    low = {names: round(contrast(*colors), 2) for names, colors in pairs.items() if contrast(*colors) < 7.0}
    assert low == {}
