"""The status bar: who, when, and how each camera, the link and each list is, in color, shape and words.

What it has no room for is counted in one chip; F1, or a touch anywhere on the bar, shows the whole list.
"""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.entries import LIST_ID
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.position import FixMode
from ui.model import ShiftModel
from ui.owed_words import owed_words
from ui.widgets.chip import Chip, PartState
from ui.widgets.chip_row import ChipRow
from ui.widgets.text import label
from ui.words import DEVICE_STATES, age, age_of, brief_age, clock, left, translated

_MARGIN = 16
_BETWEEN_ROWS = 4
_LIST_KEY, _LIST, _LINK = "F1", "list ", "link"
_HIGH = 1.5
"""Less wide than so many times its height, a window scales by its width and has height to spare."""
_TONES = {
    DeviceState.OK: "verified",
    DeviceState.STARTING: "owed",
    DeviceState.STOPPED: "owed",
    DeviceState.ENDED: "owed",
}


def tone_of(state: DeviceState) -> str:
    """'verified' for a device that is well, 'owed' for one that is not at work yet, 'hit' for one that is lost."""
    return _TONES.get(state, "hit")


class StatusBar(QFrame):
    """The same on every screen. `asked`: somebody wants the whole list.

    A window that is high for its width has a second row for the link, what is amiss and the lists; how many rows there
    are never changes with what they say, so that nothing moves below.
    """

    asked = Signal()

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._unit = unit
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        column.setSpacing(_BETWEEN_ROWS)
        self._rows = tuple(ChipRow(self, label("", "label"), _LIST_KEY) for _ in range(2))
        for row in self._rows:
            column.addLayout(row)
        self._made: dict[str, Chip] = {}
        self._chips: dict[str, Chip] = {}
        self._whole, self._time = "", ""
        QShortcut(_LIST_KEY, self, self.asked.emit)

    def refresh(self, model: ShiftModel, now: datetime) -> None:
        """Show the model as it is now."""
        who = f" · {model.session.name}" if model.session else ""
        self._whole, self._time = f"{self._unit}{who} · {clock(now)}", clock(now)
        states = part_states(model, now)
        for key in states:
            if key not in self._made:  # one that goes is kept: making and dressing one takes a millisecond
                self._made[key] = Chip(self, pinned=key == _LINK or key.startswith(_LIST))
        self._chips = {key: self._made[key] for key in states}
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere on the bar asks for the list."""
        event.accept()
        self.asked.emit()

    def _fit(self) -> None:
        size, keys = self.window().size(), list(self._chips)
        high = size.width() < _HIGH * size.height()
        split = keys.index(_LINK) if high and _LINK in keys else len(keys)
        for row, held in zip(self._rows, (keys[:split], keys[split:]), strict=True):
            row.hold([self._chips[key] for key in held])
        room = self.width() - 2 * _MARGIN
        self._rows[0].fit(room, self._whole, self._time)
        self._rows[1].fit(room, "", "")


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
        _LINK: _link(model),
        **({"parked": (_tr("Refused by HQ"), str(parked), "hit")} if parked else {}),
        **{f"fault {f.name}": (translated(f.words, "faults"), translated(f.remedy, "faults"), "owed") for f in quiet},
        **{f"{_LIST}{known.list_id}": _list(known, model, now) for known in model.lists},
    }


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


def _equipment(model: ShiftModel, now: datetime) -> dict[str, PartState]:
    """Equipment that failed its check, and checks that are due; nothing while all is well."""
    out = sorted(name for name, one in model.standings.items() if one.out_of_service)
    if out:
        words = _tr("out of service: %1").replace("%1", ", ".join(out))
        return {"equipment": (_tr("Equipment"), words, "hit", str(len(out)))}
    due = sum(model.due(piece, now) for piece in model.pieces)
    return {"equipment": (_tr("Equipment"), _tr("%1 to check").replace("%1", str(due)), "owed")} if due else {}


def _position(model: ShiftModel) -> dict[str, tuple[str, str, str]]:
    """What the position is worth, and its age; under the receiver's own name, so that it stands there once."""
    known = model.whereabouts()
    receiver = next((health for health in model.health.values() if health.kind is DeviceKind.POSITION), None)
    if receiver is None:
        return {"position": (_tr("GPS"), _tr("none"), "owed")}
    if receiver.state is not DeviceState.OK:
        return {}  # its own state stands there
    if known is None:
        return {receiver.device_id: (_tr("GPS"), _tr("no fix"), "owed")}
    old = age_of(known.age_s)
    if not known.live:
        return {receiver.device_id: (_tr("GPS"), _tr("lost %1 ago").replace("%1", old), "owed")}
    mode = "3D" if known.fix.mode is FixMode.THREE_D else "2D"
    return {receiver.device_id: (_tr("GPS"), f"{mode} {old}", "verified")}


def _link(model: ShiftModel) -> PartState:
    if model.link is None:
        return _tr("Link"), _tr("waiting"), "owed"
    owed = _tr("%1 owed").replace("%1", str(model.link.pending)) if model.link.pending else ""
    if model.link.connected:
        return _tr("Link"), owed or _tr("ok"), "owed" if model.link.pending > 50 else "verified", owed
    return _tr("Link"), _tr("down, %1 owed").replace("%1", str(model.link.pending)), "hit"


def _list(hotlist: HotList, model: ShiftModel, now: datetime) -> PartState:
    """A list is as old as its extract; the agency's own is what headquarters said of it at the last contact."""
    told = model.link.last_contact_at if model.link and hotlist.list_id == LIST_ID else None
    old = now - max(hotlist.extracted_at, told or hotlist.extracted_at)
    tone = "owed" if old > timedelta(hours=model.warn_hours) else "verified"
    return hotlist.name, age(old), tone, brief_age(old)
