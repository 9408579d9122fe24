"""A new entry: everything that the policy asks for on one page; what is missing is told by headquarters in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mdt_app.domain.entries import EntryDraft
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.plates import written
from mdt_app.sync.entry_wire import EntryAsked, EntryDetail, EntryDraftMessage
from ui.console.screen import Console, DeskScreen
from ui.widgets.acts import Act
from ui.widgets.text import label, panel

_FACTS_PX = 92
_SPANS = {"F5": 7, "F6": 30, "F8": 90}


class NewEntryScreen(DeskScreen):
    """The form. A field that is wrong keeps what was typed."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._entry_id = str(uuid4())
        self.lines = {name: QLineEdit() for name in ("plate", "year", "model", "offense", "officer", "descriptors")}
        self.lines |= {name: QLineEdit() for name in ("expires", "told", "citation")}
        codes = console.codes
        self.choices = {
            "state": _choice(codes.states),
            "make": _choice(getattr(codes, "makes", {})),
            "color": _choice(getattr(codes, "colors", {})),
            "style": _choice(getattr(codes, "styles", {})),
            "plate_type": _choice(getattr(codes, "plate_types", {})),
            "caution": _choice(getattr(codes, "cautions", {})),
            "purpose": _choice({}),
        }
        self.facts = QPlainTextEdit()
        self.facts.setTabChangesFocus(True)
        self.facts.setFixedHeight(_FACTS_PX)
        self.crime = QPushButton()
        self.crime.setProperty("role", "tick")
        self.crime.setCheckable(True)
        self.crime.toggled.connect(self._show_crime)
        self.crime.setChecked(True)
        self._hints()
        frame, column = panel(margin=16)
        column.addWidget(label(self.tr("New entry"), "lead"))
        column.addLayout(self._grid())
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 8)
        page.addWidget(frame)
        for (_, before, *_), (_, after, *_) in pairwise(self._places()):
            QWidget.setTabOrder(before, after)

    def open(self) -> None:
        """Come to the front, at the plate."""
        self.refresh()
        self.lines["plate"].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """The purposes are the policy's."""
        info, box = self.console.model.info, self.choices["purpose"]
        if info is None or box.count() > 1:
            return
        for purpose in info.purposes:
            refused = self.tr("refused: ") if purpose.prohibited and not purpose.citations else ""
            cited = self.tr(" (with a citation)") if purpose.citations else ""
            box.addItem(f"{refused}{purpose.words}{cited}", purpose.key)
        self.console.acts_changed()

    def acts(self) -> tuple[Act, ...]:
        """Clear, ends that are often used, and the request."""
        info = self.console.model.info
        words = self.tr("Request entry") if info and info.may_enter else self.tr("Ask a supervisor to enter it")
        spans = (
            Act(
                f"span-{days}",
                self.tr("Ends in %1 days").replace("%1", str(days)),
                key,
                partial(self._ends, days),
                "quiet",
            )
            for key, days in _SPANS.items()
        )
        clear = Act("clear", self.tr("Clear"), "Ctrl+L", self.clear, "quiet")
        return (clear, *spans, Act("request", words, "Ctrl+Return", self._request, "main", right=True))

    def clear(self) -> None:
        """Begin anew."""
        self._entry_id = str(uuid4())
        for line in self.lines.values():
            line.clear()
        for box in self.choices.values():
            box.setCurrentIndex(0)
        self.facts.clear()
        self.crime.setChecked(True)
        self.lines["plate"].setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> EntryDraftMessage:
        """What is on the form. Raises BadInput for an end that is no date, and for plate and state that don't fit."""
        said = {name: line.text().strip() for name, line in self.lines.items()}
        chosen = {name: str(box.currentData() or "") for name, box in self.choices.items()}
        draft = EntryDraft(
            plate=written(said["plate"]),
            state=chosen["state"],
            purpose=chosen["purpose"],
            offense=said["offense"],
            officer_name=said["officer"],
            facts=self.facts.toPlainText().strip(),
            citation=said["citation"],
            crime=self.crime.isChecked(),
            plate_type=chosen["plate_type"],
            vehicle=Vehicle(said["year"], chosen["make"], said["model"].upper(), chosen["style"], chosen["color"]),
            descriptors=said["descriptors"],
            cautions=(chosen["caution"],) if chosen["caution"] else (),
            expires_at=_end_of_day(said["expires"]),
            forward_to=tuple(filter(None, map(str.strip, said["told"].split(",")))),
        )
        return EntryDraftMessage.of(draft)

    def _request(self) -> None:
        try:
            asked = EntryAsked(entry_id=self._entry_id, draft=self.draft())
        except BadInput as fault:
            self.console.tell(f"✗ {fault.words} {fault.remedy}", "hit")
            return
        words = self.tr("The request is sent …")
        self.console.link.call(words, lambda desk: desk.request(asked), self._on_record)

    def _on_record(self, detail: EntryDetail) -> None:
        self.clear()
        self.changed_entry(detail)
        words = self.tr("✓ The request for %1 is on record. It is checked and decided under Requests.")
        self.console.tell(words.replace("%1", detail.record.draft.plate), "verified")

    def _show_crime(self, crime: bool) -> None:
        with_one = self.tr("✓ Connected with a crime: the facts state the reasonable suspicion")
        self.crime.setText(with_one if crime else self.tr("○ Not connected with a crime"))

    def _ends(self, days: int) -> None:
        day = self.console.now().astimezone() + timedelta(days=days)
        self.lines["expires"].setText(day.strftime("%Y-%m-%d"))

    def _hints(self) -> None:
        hints = {
            "plate": self.tr("letters and digits"),
            "year": self.tr("2014"),
            "model": self.tr("FUS"),
            "offense": self.tr("the offense type"),
            "officer": self.tr("who stands for it"),
            "descriptors": self.tr("dents, racks, stickers"),
            "expires": self.tr("2026-12-31"),
            "told": self.tr("people and agencies, with commas"),
            "citation": self.tr("only where a use needs one"),
        }
        for name, words in hints.items():
            self.lines[name].setPlaceholderText(words)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for words, field, row, column, span in self._places():
            name = label(words, "part")
            name.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(name, row * 2, column, 1, span)
            grid.addWidget(field, row * 2 + 1, column, 1, span)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        return grid

    def _places(self) -> tuple[tuple[str, QWidget, int, int, int], ...]:
        """Each field with its words, row, column and width in columns, in the order of the keyboard."""
        lines, choices = self.lines, self.choices
        return (
            (self.tr("Plate"), lines["plate"], 0, 0, 2),
            (self.tr("State of issue"), choices["state"], 0, 2, 2),
            (self.tr("Plate type"), choices["plate_type"], 0, 4, 2),
            (self.tr("Year"), lines["year"], 1, 0, 1),
            (self.tr("Make"), choices["make"], 1, 1, 1),
            (self.tr("Model"), lines["model"], 1, 2, 1),
            (self.tr("Color"), choices["color"], 1, 3, 1),
            (self.tr("Body"), choices["style"], 1, 4, 2),
            (self.tr("Marks"), lines["descriptors"], 2, 0, 4),
            (self.tr("Caution"), choices["caution"], 2, 4, 2),
            (self.tr("Purpose"), choices["purpose"], 3, 0, 3),
            (self.tr("Offense type"), lines["offense"], 3, 3, 3),
            (self.tr("Facts, in your own words"), self.facts, 4, 0, 6),
            (self.tr("Crime"), self.crime, 5, 0, 4),
            (self.tr("Citation"), lines["citation"], 5, 4, 2),
            (self.tr("Officer's name"), lines["officer"], 6, 0, 2),
            (self.tr("Expires, end of the day"), lines["expires"], 6, 2, 1),
            (self.tr("Tell of each alert"), lines["told"], 6, 3, 3),
        )


def _choice(words: Mapping[str, str]) -> QComboBox:
    """A box with an empty choice first; typing finds a name."""
    box = QComboBox()
    box.addItem("▾", "")
    for code, name in sorted(words.items(), key=lambda pair: pair[1].casefold()):
        box.addItem(name, code)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _end_of_day(text: str) -> datetime | None:
    """The end of a day at this desk, in UTC. None for an empty text; raises BadInput for one that is no date."""
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as fault:
        raise BadInput("The expiration is no date.", "Write it as 2026-12-31.") from fault
    return datetime.combine(day, time(23, 59)).astimezone().astimezone(UTC)
