"""The status bar: who, when, and how each camera, the link and each list is, in color, shape and words."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.entries import LIST_ID
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.position import FixMode
from ui.model import ShiftModel
from ui.owed_words import owed_words
from ui.widgets.text import label, set_look
from ui.words import DEVICE_STATES, age, age_of, clock, left, translated

_MARGIN, _INSET, _ABOVE, _GAP, _EDGE = 16, 8, 3, 6, 2
_BEFORE_CHIPS = 2
"""Who stands before them, and the room between."""
SHAPES = {"verified": "●", "owed": "■", "hit": "▲"}
_TONES = {
    DeviceState.OK: "verified",
    DeviceState.STARTING: "owed",
    DeviceState.STOPPED: "owed",
    DeviceState.ENDED: "owed",
}


def tone_of(state: DeviceState) -> str:
    """'verified' for a device that is well, 'owed' for one that is not at work yet, 'hit' for one that is lost."""
    return _TONES.get(state, "hit")


PartState = tuple[str, ...]
"""Name, words, tone, and fewer words that say the same."""


class Chip(QFrame):
    """One state: shape, name and words. Green is well, amber is owed or stale, red is lost."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _ABOVE, _INSET, _ABOVE)
        row.setSpacing(_GAP)
        self._shape, self._name, self._words = label("", "label"), label("", "chip-name"), label("", "label")
        self.well, self._full, self._brief = True, "", ""
        self.told: PartState = ()
        for part in (self._shape, self._name, self._words):
            row.addWidget(part)

    def shorten(self, step: int) -> None:
        """Where room is short what is well goes by its name alone (1), and the rest by its brief words (2)."""
        self._words.setVisible(bool(self._said(step)))
        self._words.setText(self._said(step))

    def wide(self, step: int) -> int:
        """How wide it is at this step, in pixels."""
        texts = ((self._shape, self._shape.text()), (self._name, self._name.text()), (self._words, self._said(step)))
        shown = [measured(part, text) for part, text in texts if text]
        return sum(shown) + _INSET * 2 + _GAP * (len(shown) - 1)

    @property
    def short(self) -> str:
        """Its name among others that are well."""
        return self._name.text().removeprefix(_tr("Cam %1").replace("%1", ""))

    def _said(self, step: int) -> str:
        if step and self.well:
            return ""
        return self._brief if step > 1 else self._full

    def show_state(self, name: str, words: str, tone: str, brief: str = "") -> None:
        """Show a state and its tone; `brief` are fewer words that say the same. `shorten` then puts the words there."""
        if self.told == (name, words, tone, brief):
            return
        self.told = (name, words, tone, brief)
        self._full, self._brief = words, brief or words
        self._shape.setText(SHAPES[tone])
        set_look(self._shape, tone=tone)
        set_look(self._words, tone="" if tone == "verified" else tone)
        self.well = tone == "verified"
        self._name.setText(name)
        self.setAccessibleName(f"{name}: {words}")
        set_look(self, tone=tone)
        edge = _ABOVE - (tone == "hit")  # its border is wider; the bar is as high as ever
        self._row.setContentsMargins(_INSET, edge, _INSET, edge)


class StatusBar(QFrame):
    """The same on every screen."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._unit = unit
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        self._row.setSpacing(8)
        self._who: QLabel = label("", "label")
        self._row.addWidget(self._who)
        self._row.addStretch(1)
        self._made: dict[str, Chip] = {}
        self._chips: dict[str, Chip] = {}
        self._together, self._whole, self._time = Chip(self), "", ""
        self._fitted: tuple[object, ...] = ()
        self._row.addWidget(self._together)

    def refresh(self, model: ShiftModel, now: datetime) -> None:
        """Show the model as it is now."""
        who = f" · {model.session.name}" if model.session else ""
        self._whole, self._time = f"{self._unit}{who} · {clock(now)}", clock(now)
        states = part_states(model, now)
        if list(states) != list(self._chips):
            self._rebuild(list(states))
        for key, state in states.items():
            self._chips[key].show_state(*state)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Measure again when the look has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips take what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _rebuild(self, keys: list[str]) -> None:
        """Put these chips there. One that goes is kept: making and dressing one takes a millisecond."""
        for key in self._chips.keys() - keys:
            self._row.removeWidget(self._chips[key])
            self._chips[key].hide()
        for key in keys:
            if key not in self._made:
                self._made[key] = Chip(self)
        self._chips = {key: self._made[key] for key in keys}
        for place, chip in enumerate(self._chips.values(), _BEFORE_CHIPS):
            if self._row.indexOf(chip) != place:
                self._row.insertWidget(place, chip)

    def _fit(self) -> None:
        """Say as much as there is room for; at last what is well stands in one chip, each by its name."""
        chips = list(self._chips.values())
        self._who.ensurePolished()
        fitted = (self.width(), self._whole, self._who.font().key(), *(chip.told for chip in chips))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        well = [chip for chip in chips if chip.well]
        self._together.show_state(" · ".join(chip.short for chip in well), "", "verified")
        apart = [*(chip for chip in chips if not chip.well), *([self._together] if well else [])]
        steps = (
            (self._whole, chips),
            (self._whole, chips),
            (self._whole, chips),
            (self._whole, apart),
            (self._time, apart),
            ("", apart),
        )
        wanted = (self._wide(who, shown, step) for step, (who, shown) in enumerate(steps))
        step = next((number for number, wide in enumerate(wanted) if wide <= self.width()), len(steps) - 1)
        self._who.setText(steps[step][0])
        for chip in (*chips, self._together):
            chip.shorten(step)
            chip.setVisible(any(chip is one for one in steps[step][1]))

    def _wide(self, who: str, chips: list[Chip], step: int) -> int:
        parts = [measured(self._who, who), *(chip.wide(step) for chip in chips)]
        return sum(parts) + self._row.spacing() * len(parts) + 2 * _MARGIN


def part_states(model: ShiftModel, now: datetime) -> dict[str, PartState]:
    """Each part of the car with its state: name, words, tone and, for some, fewer words."""
    quiet = [fault for fault in model.faults.values() if not fault.urgent]
    owed, parked, muted = owed_words(model.owed()), model.parked_elsewhere(), model.muted_for()
    count = str(sum(astuple(model.owed())))
    return {
        **({"owed": (_tr("Owed"), owed, "owed", count)} if owed else {}),
        **{device: _device(health) for device, health in sorted(model.health.items(), key=_order)},
        **_position(model),
        **_equipment(model, now),
        **({"muted": (_tr("Muted"), left(muted), "owed")} if muted else {}),
        "link": _link(model),
        **({"parked": (_tr("Refused by HQ"), str(parked), "hit")} if parked else {}),
        **{f"fault {f.name}": (translated(f.words, "faults"), translated(f.remedy, "faults"), "owed") for f in quiet},
        **{f"list {known.list_id}": _list(known, model, now) for known in model.lists},
    }


def measured(part: QLabel, text: str) -> int:
    """The width of a text in a label's own font, in pixels; a border's worth more."""
    part.ensurePolished()
    return part.fontMetrics().horizontalAdvance(text) + _EDGE


def _tr(text: str) -> str:
    return QCoreApplication.translate("status", text)


def _order(device: tuple[str, DeviceHealth]) -> tuple[bool, str]:
    """Cameras first, each kind by name."""
    return device[1].kind is not DeviceKind.CAMERA, device[0]


def _device(health: DeviceHealth) -> tuple[str, str, str]:
    names = {DeviceKind.CAMERA: _tr("Cam %1").replace("%1", health.device_id)}
    name = names.get(health.kind, translated(health.device_id.capitalize(), "devices"))
    words = translated(DEVICE_STATES[health.state])
    if health.state is DeviceState.OK and health.kind is DeviceKind.VOICE and health.detail:
        return name, _tr("in English"), "owed"  # there is no other voice: the equipment check says so
    if health.state is DeviceState.OK and health.kind is DeviceKind.CAMERA:
        words = f"{health.rate_hz:.0f}/s" if health.rate_hz >= 1 else translated(DEVICE_STATES[health.state])
    return name, words, tone_of(health.state)


def _equipment(model: ShiftModel, now: datetime) -> dict[str, tuple[str, str, str]]:
    """Equipment that failed its check, and checks that are due; nothing while all is well."""
    out = sorted(name for name, one in model.standings.items() if one.out_of_service)
    if out:
        words = _tr("out of service: %1").replace("%1", ", ".join(out))
        return {"equipment": (_tr("Equipment"), words, "hit")}
    due = sum(model.due(piece, now) for piece in model.pieces)
    return {"equipment": (_tr("Equipment"), _tr("%1 to check").replace("%1", str(due)), "owed")} if due else {}


def _position(model: ShiftModel) -> dict[str, tuple[str, str, str]]:
    """What the position is worth, and its age; under the receiver's own name, so that it stands there once."""
    known = model.whereabouts()
    receiver = next((health for health in model.health.values() if health.kind is DeviceKind.POSITION), None)
    if receiver is None or receiver.state is not DeviceState.OK:
        return {}
    if known is None:
        return {receiver.device_id: (_tr("GPS"), _tr("no fix"), "owed")}
    old = age_of(known.age_s)
    if not known.live:
        return {receiver.device_id: (_tr("GPS"), _tr("lost %1 ago").replace("%1", old), "owed")}
    mode = "3D" if known.fix.mode is FixMode.THREE_D else "2D"
    return {receiver.device_id: (_tr("GPS"), f"{mode} {old}", "verified")}


def _link(model: ShiftModel) -> tuple[str, str, str]:
    if model.link is None:
        return _tr("Link"), _tr("waiting"), "owed"
    owed = _tr("%1 owed").replace("%1", str(model.link.pending)) if model.link.pending else _tr("ok")
    if model.link.connected:
        return _tr("Link"), owed, "owed" if model.link.pending > 50 else "verified"
    return _tr("Link"), _tr("down, %1 owed").replace("%1", str(model.link.pending)), "hit"


def _list(hotlist: HotList, model: ShiftModel, now: datetime) -> tuple[str, str, str]:
    """A list is as old as its extract; the agency's own is what headquarters said of it at the last contact."""
    told = model.link.last_contact_at if model.link and hotlist.list_id == LIST_ID else None
    old = now - max(hotlist.extracted_at, told or hotlist.extracted_at)
    return hotlist.name, age(old), "owed" if old > timedelta(hours=model.warn_hours) else "verified"
