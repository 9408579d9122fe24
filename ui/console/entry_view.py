"""One entry with all that a decision needs: plate, vehicle, suspicion, purpose, requester, CJIS answer, other lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mdt_app.domain.entries import expires_soon
from mdt_app.sync.entry_wire import EntryDetail, EntryDraftMessage, EntryRecord, EntryVersion
from ui import area_words
from ui.console import words as w
from ui.console.screen import Console
from ui.widgets.plate_text import PlateText
from ui.widgets.text import label, panel, set_look
from ui.words import ENTRY_STATES, ENTRY_TONES, translated

_PLATE_PX = 44
_ANSWER_LINES = 8
"""More of the answer is scrolled."""
_ANSWER_FRAME_PX = 20
FIELDS: Mapping[str, str] = {
    "until": "Expires",
    "vehicle": "Vehicle",
    "marks": "Marks",
    "caution": "Caution",
    "offense": "Offense",
    "purpose": "Purpose",
    "facts": "Facts",
    "officer": "Officer",
    "by": "Requested",
    "told": "Forwarded to",
    "limits": "Alerts only",
    "changed": "Versions",
    "elsewhere": "Other lists",
    "cars": "In the cars",
    "alerts": "Alerts",
    "history": "On record",
}
_DRAFT = tuple(EntryDraftMessage.model_fields)


class EntryView(QFrame):
    """Shows an entry of the list at once, and the rest when headquarters has told it."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._console = console
        self._plate = PlateText(console.theme, _PLATE_PX)
        self._state_name, self._standing = label("", "head"), label("", "lead")
        self._names: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        self._form = self._made_form()
        self._said, self._text = label("", "lead"), QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setProperty("role", "answer")
        self._text.setAccessibleName(self.tr("CJIS/NCIC answer"))
        self._text.setTabChangesFocus(True)
        self._nothing = label(self.tr("Nothing is chosen."), "lead", "dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._nothing)
        column.addWidget(self._made_body(), 1)

    def show_entry(self, record: EntryRecord | None, detail: EntryDetail | None) -> None:
        """Show an entry; `detail` is None until headquarters has told it."""
        self._nothing.setVisible(record is None)
        self._body.setVisible(record is not None)
        if record is None:
            return
        draft = record.draft
        self._plate.show_plate(draft.plate)
        self._state_name.setText(self._console.codes.state_name(draft.state).upper())
        self._standing.setText(translated(ENTRY_STATES[record.state]))
        set_look(self._standing, tone=ENTRY_TONES.get(record.state, "dim"))
        self._show_check(record)
        values = self._draft_words(draft) | self._record_words(record) | self._detail_words(detail)
        for name, shown in self._values.items():
            shown.setText(values.get(name, ""))
            for part in (self._names[name], shown):
                part.setVisible(bool(values.get(name)))
        soon = expires_soon(draft.to_draft(), self._console.now())
        set_look(self._values["until"], tone="owed" if soon else "")
        set_look(self._values["elsewhere"], tone="owed" if detail and detail.elsewhere else "")

    def _made_body(self) -> QWidget:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._plate, 1)
        names = QVBoxLayout()
        names.setSpacing(0)
        for name in (self._state_name, self._standing):
            name.setAlignment(Qt.AlignmentFlag.AlignRight)
            names.addWidget(name)
        head.addLayout(names)
        column.addLayout(head)
        answer, inside = panel("shut", spacing=4, margin=8)
        answer.setProperty("role", "chip")
        row = QHBoxLayout()
        row.addWidget(label("CJIS/NCIC", "part"))
        row.addWidget(self._said, 1)
        inside.addLayout(row)
        inside.addWidget(self._text)
        answer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(answer)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setProperty("role", "inside")
        holder.setLayout(self._form)
        self._area.setWidget(holder)
        column.addWidget(self._area, 1)
        self._body.hide()
        return self._body

    def _made_form(self) -> QGridLayout:
        """A grid, because a form layout gives words that wrap too little height."""
        form = QGridLayout()
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(5)
        form.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, words) in enumerate(FIELDS.items()):
            self._names[name], self._values[name] = label(translated(words), "part"), label("", wrap=True)
            form.addWidget(self._names[name], row, 0, top | Qt.AlignmentFlag.AlignRight)
            form.addWidget(self._values[name], row, 1)
        form.setRowStretch(len(FIELDS), 1)
        return form

    def _show_check(self, record: EntryRecord) -> None:
        words, tone = w.answer(record.check)
        self._said.setText(words)
        set_look(self._said, tone=tone)
        text = record.check.text if record.check else ""
        if self._text.toPlainText() != text:
            self._text.setPlainText(text)
        lines = min(text.count("\n") + 1, _ANSWER_LINES)
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + _ANSWER_FRAME_PX)
        self._text.setVisible(bool(text))

    def _draft_words(self, draft: EntryDraftMessage) -> dict[str, str]:
        info, codes = self._console.model.info, self._console.codes
        purposes = {p.key: translated(p.words, "policy") for p in info.purposes} if info else {}
        crime = self.tr("connected with a crime") if draft.crime else self.tr("no crime")
        cited = (self.tr("cites %1").replace("%1", draft.citation),) if draft.citation else ()
        return {
            "until": w.moment(draft.expires_at) or self.tr("never"),
            "vehicle": w.vehicle(draft, codes),
            "marks": draft.descriptors,
            "caution": ", ".join(map(codes.caution, draft.cautions)),
            "offense": f"{draft.offense} · {crime}",
            "purpose": ", ".join((purposes.get(draft.purpose, draft.purpose), *cited)),
            "facts": f"“{draft.facts}”" if draft.facts else self.tr("■ none stated"),
            "officer": draft.officer_name,
            "told": ", ".join(draft.forward_to),
            "limits": self._limits(draft),
        }

    def _limits(self, draft: EntryDraftMessage) -> str:
        """Where, when and for whom it alerts; empty when everywhere, always and for everybody."""
        said = (
            (self.tr("at %1"), draft.hours),
            (self.tr("within %1 (latitude, longitude, radius)"), area_words.told(draft.area)),
            (self.tr("going %1"), draft.heading),
            (self.tr("COVERT, for %1 alone"), ", ".join(draft.alert_only)),
        )
        return "\n".join(words.replace("%1", value) for words, value in said if value)

    def _record_words(self, record: EntryRecord) -> dict[str, str]:
        version = self.tr("version %1").replace("%1", str(record.version))
        by = f"{w.person(record.asked_by, record.asked_role)} · {w.moment(record.asked_at)} · {version}"
        return {"by": by}

    def _detail_words(self, detail: EntryDetail | None) -> dict[str, str]:
        if detail is None:
            return {"history": self.tr("asking headquarters …")}
        listed = (
            f"{e.list_name}: {translated(e.category.replace('_', ' '))}, {self._console.codes.state_name(e.state)}"
            for e in detail.elsewhere
        )
        return {
            "changed": self._changes(detail),
            "elsewhere": "\n".join(listed) or self.tr("no other list has this plate"),
            "cars": self._cars(detail),
            "alerts": "\n".join(f"{w.moment(n.at)} {n.car_id} → {n.address}" for n in detail.notices),
            "history": "\n".join(self._history(detail)),
        }

    def _changes(self, detail: EntryDetail) -> str:
        """Each version with who wrote it and what it changed in the one before, the newest first (HOT-10)."""
        if len(detail.versions) < 2:
            return ""
        told = [f"{self.tr('version')} 1: {_written(detail.versions[0])}"]
        for before, version in pairwise(detail.versions):
            told.append(f"{self.tr('version')} {version.version}: {_written(version)}\n{_differences(before, version)}")
        return "\n".join(reversed(told))

    def _cars(self, detail: EntryDetail) -> str:
        """How many cars have what was last done with this entry."""
        wanted = max((step.list_version for step in detail.steps), default=0)
        if not wanted:
            return self.tr("not in any car")
        active, newest = detail.record.active, detail.record.version
        before = next((one for one in detail.versions if one.version == active != newest), None)
        have = [car.car_id for car in detail.cars if car.version >= wanted]
        lack = [car.car_id for car in detail.cars if car.version < wanted]
        done = self.tr("list %1 acknowledged by %2 of %3").replace("%1", str(wanted))
        told = done.replace("%2", str(len(have))).replace("%3", str(len(detail.cars)))
        told += self.tr("; not yet: %1").replace("%1", ", ".join(lack)) if lack else ""
        return f"{self._still(before)}\n{told}" if before else told

    def _still(self, version: EntryVersion) -> str:
        """What alerts until the newer version is decided."""
        if version.draft.expires_at is None:
            return self.tr("version %1 is in force meanwhile").replace("%1", str(version.version))
        words = self.tr("version %1 is in force meanwhile, until %2").replace("%1", str(version.version))
        return words.replace("%2", w.moment(version.draft.expires_at))

    def _history(self, detail: EntryDetail) -> Iterable[str]:
        for step in reversed(detail.steps):
            said = f": {step.words}" if step.words else ""
            yield f"{w.moment(step.at)}  {translated(w.STEPS[step.step])} · {w.person(step.by, step.role)}{said}"


def _written(version: EntryVersion) -> str:
    return f"{w.person(version.by, version.role)} · {w.moment(version.at)}"


def _differences(before: EntryVersion, after: EntryVersion) -> str:
    pairs = ((name, getattr(before.draft, name), getattr(after.draft, name)) for name in _DRAFT)
    changed = (f"  {name.replace('_', ' ')}: {_told(old)} → {_told(new)}" for name, old, new in pairs if old != new)
    return "\n".join(changed)


def _told(value: object) -> str:
    """A field of a draft as people write it."""
    if isinstance(value, datetime):
        return w.moment(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) if isinstance(value, tuple) else str(value or "")) or "–"
