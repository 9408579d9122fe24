"""The status bar: who, when, and how each camera, the link and each list is, in color, shape and words."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.hotlist import HotList
from ui.model import ShiftModel
from ui.owed_words import owed_words
from ui.widgets.text import label, set_look
from ui.words import DEVICE_STATES, age, clock, translated

_MARGIN = 16
_SHAPES = {"verified": "●", "owed": "■", "hit": "▲"}
_TONES = {
    DeviceState.OK: "verified",
    DeviceState.STARTING: "owed",
    DeviceState.STOPPED: "owed",
    DeviceState.ENDED: "owed",
}


class Chip(QFrame):
    """One state: shape, name and words. Green is well, amber is owed or stale, red is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(6)
        self._shape, self._name, self._words = label("", "label"), label("", "chip-name"), label("", "label")
        self._well = True
        for part in (self._shape, self._name, self._words):
            row.addWidget(part)

    def shorten(self, short: bool) -> None:
        """Show what is well by its name alone where room is short."""
        self._words.setVisible(not (short and self._well))

    def show_state(self, name: str, words: str, tone: str) -> None:
        """Show a state and its tone."""
        self._shape.setText(_SHAPES[tone])
        set_look(self._shape, tone=tone)
        set_look(self._words, tone="" if tone == "verified" else tone)
        self._well = tone == "verified"
        self._name.setText(name)
        self._words.setText(words)
        self.setAccessibleName(f"{name}: {words}")
        set_look(self, tone=tone)


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
        self._chips: dict[str, Chip] = {}

    def refresh(self, model: ShiftModel, now: datetime) -> None:
        """Show the model as it is now."""
        who = f" · {model.session.name}" if model.session else ""
        self._who.setText(f"{self._unit}{who} · {clock(now)}")
        quiet = [fault for fault in model.faults.values() if not fault.urgent]
        owed, parked = owed_words(model.owed()), model.parked_elsewhere()
        states = {
            **({"owed": (_tr("Owed"), owed, "owed")} if owed else {}),
            **{device: _device(health) for device, health in sorted(model.health.items(), key=_order)},
            "link": _link(model),
            **({"parked": (_tr("Refused by HQ"), str(parked), "hit")} if parked else {}),
            **{
                f"fault {f.name}": (translated(f.words, "faults"), translated(f.remedy, "faults"), "owed")
                for f in quiet
            },
            **{f"list {known.list_id}": _list(known, model.warn_hours, now) for known in model.lists},
        }
        if list(states) != list(self._chips):
            self._rebuild(list(states))
        for key, state in states.items():
            self._chips[key].show_state(*state)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips take what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _rebuild(self, keys: list[str]) -> None:
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {key: Chip() for key in keys}
        for chip in self._chips.values():
            self._row.addWidget(chip)
            chip.show()

    def _fit(self) -> None:
        for short in (False, True):
            for chip in self._chips.values():
                chip.shorten(short)
            wanted = sum(part.sizeHint().width() + self._row.spacing() for part in (self._who, *self._chips.values()))
            if wanted + 2 * _MARGIN <= self.width():
                return


def _tr(text: str) -> str:
    return QCoreApplication.translate("status", text)


def _order(device: tuple[str, DeviceHealth]) -> tuple[bool, str]:
    """Cameras first, each kind by name."""
    return device[1].kind is not DeviceKind.CAMERA, device[0]


def _device(health: DeviceHealth) -> tuple[str, str, str]:
    names = {DeviceKind.CAMERA: _tr("Cam %1").replace("%1", health.device_id)}
    name = names.get(health.kind, translated(health.device_id.capitalize(), "devices"))
    words = translated(DEVICE_STATES[health.state])
    if health.state is DeviceState.OK and health.kind is DeviceKind.CAMERA:
        words = f"{health.rate_hz:.0f}/s" if health.rate_hz >= 1 else translated(DEVICE_STATES[health.state])
    return name, words, _TONES.get(health.state, "hit")


def _link(model: ShiftModel) -> tuple[str, str, str]:
    if model.link is None:
        return _tr("Link"), _tr("waiting"), "owed"
    owed = _tr("%1 owed").replace("%1", str(model.link.pending)) if model.link.pending else _tr("ok")
    if model.link.connected:
        return _tr("Link"), owed, "owed" if model.link.pending > 50 else "verified"
    return _tr("Link"), _tr("down, %1 owed").replace("%1", str(model.link.pending)), "hit"


def _list(hotlist: HotList, warn_hours: int, now: datetime) -> tuple[str, str, str]:
    old = now - hotlist.extracted_at
    return hotlist.name, age(old), "owed" if old > timedelta(hours=warn_hours) else "verified"
