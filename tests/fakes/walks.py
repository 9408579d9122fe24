"""Walks through the window for tests: each brings screen after screen to the front and yields its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from mdt_app.domain.accounts import AlertException
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.devices import CameraFrame, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.elsewhere import ElsewhereTold, ExigentStop
from mdt_app.domain.entries import EntryState
from mdt_app.domain.entry_requests import TakeEntryNews
from mdt_app.domain.equipment import SPEAKER, Aspect, EquipmentMeasured, Finding, Result
from mdt_app.domain.notices import FaultChanged, HealthChanged, HitChanged, HitRaised, LinkChanged, Parked
from mdt_app.domain.position import FixMode, PositionFix, PositionTold
from mdt_app.domain.reads import OTHER_CAMERA, Position
from mdt_app.domain.records_check import CheckAnswer
from tests.fakes.cab import PLATE_BOX, Cab, draw_pictures
from tests.fakes.car import make_entry

Key = Qt.Key
FACTS = "the driver fires at people in the street, a child lies on the back seat and nobody else is near"


def walk_a_hit(cab: Cab) -> Iterator[str]:
    """The ordinary way of a hit, with all that can stand on each screen."""
    yield "sign-in"
    yield from _patrol(cab)
    hit_id = cab.raise_hit()
    yield "alert"
    cab.see("KLM204", None)
    cab.until(lambda: len(cab.window.model.waiting()) == 2)
    yield "alert-next"
    cab.key(Key.Key_D)
    yield "reasons"
    cab.key(Key.Key_Escape)
    yield from _pages_of_the_verification(cab)
    yield from _purposes(cab)
    cab.take_the_steps(hit_id)
    cab.until(lambda: cab.shows("STOP: open"))
    yield "verified"
    yield from _outcome(cab, hit_id)
    cab.key(Key.Key_Return)
    cab.key(Key.Key_Return)
    cab.confirm("KLM284", "NY")
    cab.until(lambda: cab.front == "outcome")
    yield "no-stop"
    cab.key(Key.Key_Return)
    cab.key(Key.Key_H)
    yield "hits"


def _patrol(cab: Cab) -> Iterator[str]:
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
    patrol = cab.window.screens["patrol"]
    cab.until(lambda: patrol.reel.model.rowCount() == 3 and patrol._pictures.keys() == {"L", "R"})
    yield "patrol"


def _pages_of_the_verification(cab: Cab) -> Iterator[str]:
    """From the alert: a stop that is asked for too early, the big keys, and the radio's page."""
    cab.key(Key.Key_Return)
    cab.key(Key.Key_F12)
    cab.until(lambda: cab.shows("STOP: refused"))
    yield "verify-refused"
    cab.key(Key.Key_F2)
    yield "verify-keys"
    cab.key(Key.Key_F2)
    cab.key(Key.Key_F7)
    yield "verify-radio"
    cab.key(Key.Key_F7)


def _purposes(cab: Cab) -> Iterator[str]:
    """The purpose's pages, and a use that is refused by name; ends with a permitted one."""
    cab.key(Key.Key_F6)
    yield "verify-purpose"
    cab.key(Key.Key_F6)
    yield "purpose"
    cab.key(Key.Key_N)
    yield "purpose-prohibited"
    cab.key(Key.Key_1)
    yield "purpose-citations"
    cab.key(Key.Key_4)
    cab.until(lambda: cab.front == "verify" and cab.shows("STOP: refused"))
    yield "verify-prohibited"
    cab.key(Key.Key_F6)
    cab.key(Key.Key_3)


def _outcome(cab: Cab, hit_id: str) -> Iterator[str]:
    """The stop, an outcome that wants a person's confirmation, and the one that closes it."""
    cab.stop()
    yield "stop"
    cab.key(Key.Key_1)
    cab.until(lambda: cab.shows("No person has confirmed"))
    yield "stop-unconfirmed"
    cab.key(Key.Key_4)
    cab.until(lambda: cab.hit(hit_id).stop.disposition is not None)
    cab.key(Key.Key_R)
    cab.until(lambda: cab.shows("Notice to the owner"))
    yield "stop-closed"


def walk_other_ways(cab: Cab) -> Iterator[str]:
    """Exigent circumstances, what stays owed after them, and the hit confirmation."""
    cab.on_patrol(make_entry("4BXR91", "CT"), make_entry("KLM204", "NY"), make_entry("AB12345", "CT"))
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F3)
    yield "ways"
    cab.key(Key.Key_2)
    yield "statement"
    cab.click("type")
    yield "typing"
    cab.key(Key.Key_Escape)
    cab.state(FACTS)
    cab.until(lambda: cab.front == "verify")
    cab.take_purpose()
    cab.until(lambda: cab.shows("Open by"))
    yield "verify-exigent"
    cab.stop()
    yield "stop-owed"
    cab.key(Key.Key_Escape)
    yield "patrol-owed"
    cab.key(Key.Key_W)
    yield "verify-owed"
    cab.confirm("4BXR97", "CT")
    cab.until(lambda: cab.shows("basis fell"))
    yield "verify-fell"
    cab.key(Key.Key_F12)
    yield "stop-fell"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_H)
    yield "hits-owed"
    cab.key(Key.Key_Escape)
    second = cab.raise_hit("AB12345")
    cab.open_verification()
    cab.key(Key.Key_F11)
    yield "confirmation-not-asked"
    cab.key(Key.Key_F9)
    cab.until(lambda: bool(cab.hit(second).verification.confirmation.requests))
    yield "confirmation-asked"
    cab.shift.clock.advance(minutes=10, seconds=12)
    cab.window.screens["verify"].refresh()
    yield "confirmation-overdue"
    cab.key(Key.Key_F11)
    cab.answer()
    cab.until(lambda: "MKE/" in cab.words)
    yield "verify-overdue"
    assert cab.hit(hit_id).stop is not None


def walk_a_request(cab: Cab) -> Iterator[str]:
    """A hot list request: its three parts, what is missing in it, and where requests stand."""
    cab.on_patrol()
    cab.key(Key.Key_R)
    yield "requests-none"
    cab.key(Key.Key_N)
    form = cab.window.screens["request"].form
    cab.type("7JKT20")
    form.choices["state"].setFocus()
    cab.type("Conn")
    yield "request-vehicle"
    cab.key(Key.Key_Return)
    form.facts.setFocus()
    cab.type(FACTS)
    yield "request-why"
    cab.key(Key.Key_Return)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.shows("Offense type missing."))
    yield "request-refused"
    _fill_the_rest(cab)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.shows("waits for the link"))
    asked = cab.window.model.requests[0]
    words = "The facts name no suspicion of a crime, and the vehicle is described by its color alone."
    told = (
        replace(asked, state=EntryState.REFUSED, words=words, by="sgt.lee"),
        replace(asked, entry_id="second", state=EntryState.VERIFIED),
        replace(asked, entry_id="third", state=EntryState.ACTIVE),
    )
    cab.shift.do(TakeEntryNews(told))
    cab.until(lambda: len(cab.window.model.requests) == 3)
    yield "requests"


def _fill_the_rest(cab: Cab) -> None:
    """Offense, purpose, marks and end."""
    form = cab.window.screens["request"].form
    form.lines["offense"].setText("Burglary")
    form.choices["purpose"].setCurrentIndex(1)
    form.lines["descriptors"].setText("dented left door")
    cab.key(Key.Key_F7)


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
    cab.begin()
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


def walk_a_shift(cab: Cab) -> Iterator[str]:
    """The screens around the hits: start, map, search, the page for a fast car, and the end."""
    for number in (1, 2, 3, 4):
        state = DeviceState.FAULT if number == 3 else DeviceState.OK
        camera = DeviceHealth(f"L{number}", DeviceKind.CAMERA, state, rate_hz=15, frames=19_204, skipped=311)
        cab.shift.core.tell(HealthChanged(camera))
    cab.shift.core.tell(HealthChanged(DeviceHealth("position", DeviceKind.POSITION, DeviceState.OK)))
    cab.shift.core.tell(HealthChanged(DeviceHealth("sound", DeviceKind.SOUND, DeviceState.OK)))
    cab.shift.core.tell(LinkChanged(False, 12, None))
    cab.load()
    cab.sign_in()
    cab.until(lambda: cab.front == "start" and len(cab.window.model.health) == 6)
    yield "start"
    cab.key(Key.Key_Return)
    view = draw_pictures("7JKT20").context
    for number in (1, 2, 3, 4):
        cab.bridge.show_frame(CameraFrame(f"L{number}", view, 640, 360, (PLATE_BOX,), ("7JKT20",)))
    drive(cab, 50, 20.0)
    for step in range(0, 50, 4):
        cab.see(f"AB12{step:03d}", position=Position(41.71, -72.61 + step * 2e-4, 0.5))
    at = cab.shift.clock.now() - timedelta(minutes=12)
    others = (ExigentStop("s1", "CAR14", at, Position(41.716, -72.604, 0.5)), ExigentStop("s2", "CAR9", at))
    cab.shift.core.tell(ElsewhereTold(others))
    cab.key(Key.Key_U)
    patrol = cab.window.screens["patrol"]
    cab.until(lambda: bool(cab.window.model.muted_for()) and patrol.reel.model.rowCount() == 13)
    cab.until(lambda: len(patrol._pictures) == 4)
    yield "patrol-four"
    all_at_once(cab)
    yield "patrol-faults"
    cab.key(Key.Key_F1)
    cab.until(lambda: cab.front == "parts")
    yield "parts"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_M)
    yield "map"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_S)
    yield "search"
    drive(cab, 1, 45.0)
    cab.until(lambda: cab.shows("Too fast to read"))
    yield "driving"
    drive(cab, 1, 5.0)
    cab.until(cab.window.screens["search"].isVisible)
    cab.key(Key.Key_Escape)
    cab.click("sign-out")
    yield "end"


def all_at_once(cab: Cab) -> None:
    """More parts fail than a status bar has room for."""
    lost = [(f"L{number}", DeviceKind.CAMERA) for number in (1, 2, 4)]
    lost += [("sound", DeviceKind.SOUND), ("voice", DeviceKind.VOICE)]
    for name, kind in lost:
        cab.shift.core.tell(HealthChanged(DeviceHealth(name, kind, DeviceState.SILENT)))
    for name in ("key", "policy", "restart"):
        words = {"key": ("Key", "in a file"), "policy": ("New policy", "at next start")}
        said, remedy = words.get(name, ("Crashed, started again", "tell IT"))
        cab.shift.core.tell(FaultChanged(name, said, remedy, urgent=False))
    cab.until(lambda: len(cab.window.model.faults) == 3)


def drive(cab: Cab, steps: int, mph: float) -> None:
    """The receiver tells so many fixes of a drive to the east."""
    for step in range(steps):
        place = (41.71 + step * 1e-5, -72.61 + step * 2e-4)
        fix = PositionFix("position", None, *place, speed_mps=mph / 2.237, mode=FixMode.THREE_D)
        cab.shift.core.tell(PositionTold(fix))


def walk_what_is_seldom(cab: Cab) -> Iterator[str]:
    """The equipment's check and repair, a hit that is taken into a case, and the proof that this asks for."""
    cab.on_patrol()
    cab.key(Key.Key_E)
    yield "equipment"
    cab.window.go("piece", "L")
    view = draw_pictures("TEST123").context
    words = "shifted 1.2 degrees right, 0.4 down, at most 2.0; tilted +0.3, at most 1.5"
    findings = (
        Finding(Aspect.SHARPNESS, Result.PASSED, "blur 0.21, at most 0.60"),
        Finding(Aspect.EXPOSURE, Result.FAILED, "burnt out 12%, at most 5%; spans 80 levels, at least 60"),
        Finding(Aspect.ALIGNMENT, Result.PASSED, words),
        Finding(Aspect.NIGHT, Result.NOT_NOW, "it is light: mean level 120"),
    )
    cab.shift.core.tell(EquipmentMeasured("L", findings, view, reference=True))
    cab.until(lambda: cab.shows("blur %1" if cab.language != "en" else "blur 0.21"))
    yield "piece"
    cab.key(Key.Key_R)
    yield "repair"
    cab.key(Key.Key_Escape)
    cab.window.go("piece", SPEAKER)
    yield "piece-speaker"
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_Escape)
    cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR97", "CT")
    cab.until(lambda: cab.front == "outcome")
    cab.key(Key.Key_C)
    cab.type("26-114")
    yield "case"
    cab.shift.clock.pass_time(1)
    cab.key(Key.Key_Tab)
    cab.type("Swapped plates on Main Street")
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "prove")
    yield "prove"


def walk_a_kind(cab: Cab) -> Iterator[str]:
    """A hit that can never open a stop."""
    cab.on_patrol(make_entry("4BXR91", "CT", category="violent_person", cautions=("00",)))
    cab.raise_hit()
    yield "alert-never"
    cab.open_verification()
    yield "verify-never"


def walk_categories(cab: Cab) -> Iterator[str]:
    """An alert of each category, where the reader named another state; at last one that another camera has read."""
    plates = {category: f"CAT{number:02}" for number, category in enumerate(ALERTS)}
    listed = (make_entry(plate, "CT", category=category) for category, plate in plates.items())
    cab.on_patrol(*listed, make_entry("FAR01", "CT"))
    for category, plate in plates.items():
        read = cab.see(plate, "RI")
        cab.until(lambda read=read: any(c.hit.read.read_id == read.read_id for c in cab.window.model.cards.values()))
        cards = cab.window.model.cards.values()
        cab.window.take_screen(next(c.hit.hit_id for c in cards if c.hit.read.read_id == read.read_id))
        yield f"alert-{category}"
    cab.key(Key.Key_Escape)
    cab.see("FAR01", feed=OTHER_CAMERA, camera_id="pole-17 north")
    cab.until(lambda: cab.shows("READ BY ANOTHER CAMERA"))
    yield "alert-other-camera"


def walk_troubles(cab: Cab) -> Iterator[str]:
    """Faults, refusals and records that are not taken, where they stand beside everything else."""
    cab.on_patrol(make_entry("4BXR91", "CT"), make_entry("KLM204", "NY", category="amber_alert"))
    cab.raise_hit("KLM204")
    raised = cab.shift.said(HitRaised)[-1]
    cab.key(Key.Key_Escape)
    read = replace(raised.hit.read, key="AB12340", raw_text="AB12340")
    cab.shift.core.tell(replace(raised, hit=replace(raised.hit, hit_id="off", read=read), recorded=False))
    cab.until(lambda: cab.shows("NOT RECORDED"))
    yield "alert-off-the-record"
    cab.key(Key.Key_D)
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.answer(CheckAnswer.OTHER_RECORD)
    cab.until(lambda: cab.shows("NO on record"))
    yield "verify-denied"
    cab.key(Key.Key_F8)
    cab.until(lambda: len(cab.shift.asked) > 1 and cab.hit(hit_id).verification.status is None)
    yield "verify-denied-asked-again"
    cab.take_the_steps(hit_id)
    cab.until(lambda: cab.shows("STOP: open"))
    held = cab.window.model.cards[hit_id]
    cab.shift.clock.advance(minutes=cab.context.policy.stops.answer_minutes.value + 1)
    cab.key(Key.Key_F12)
    cab.until(lambda: cab.shows("STOP: refused"))
    cab.shift.clock.advance(minutes=-cab.context.policy.stops.answer_minutes.value - 1)
    cab.shift.core.tell(HitChanged(held.hit, held.decision))
    cab.until(lambda: cab.shows("STOP: open"))
    yield "verify-refused-and-open"
    words = "The record can't be written. The gate stays shut."
    cab.shift.core.tell(FaultChanged("storage", words, "Work by radio, and report the fault."))
    cab.until(lambda: cab.shows("shut: fault"))
    yield "verify-faults"
    cab.shift.core.tell(FaultChanged("storage", ""))
    cab.until(lambda: cab.shows("STOP: open"))
    cab.stop()
    for event_id in (cab.window.model.cards[hit_id].stop_event, "another"):
        cab.shift.core.tell(Parked(event_id, "signature_does_not_match"))
    cab.until(lambda: cab.shows("Refused by HQ"))
    yield "stop-parked"


WALKS: dict[str, tuple[str, Callable[[Cab], Iterator[str]]]] = {
    "hit": ("newtown", walk_a_hit),
    "ways": ("postc", walk_other_ways),
    "schedule": ("glastonbury", walk_a_schedule),
    "request": ("postc", walk_a_request),
    "kind": ("postc", walk_a_kind),
    "seldom": ("postc", walk_what_is_seldom),
    "shift": ("postc", walk_a_shift),
    "troubles": ("postc", walk_troubles),
    "categories": ("postc", walk_categories),
}

PICTURED: dict[str, tuple[str, ...]] = {
    "hit": (
        "sign-in",
        "patrol",
        "alert",
        "reasons",
        "verify-refused",
        "verify-keys",
        "purpose",
        "verified",
        "stop",
        "no-stop",
        "hits",
    ),
    "seldom": ("equipment", "piece", "repair", "case", "prove"),
    "ways": ("ways", "statement", "typing", "verify-owed", "confirmation-asked"),
    "schedule": ("profile",),
    "request": ("request-vehicle", "request-why", "requests"),
    "kind": ("alert-never",),
    "shift": ("start", "patrol-four", "parts", "map", "search", "driving", "end"),
}
"""The stations that show each screen once, by walk."""
