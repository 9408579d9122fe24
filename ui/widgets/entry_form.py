"""The form of a hot list entry: all that the policy asks for, in three parts; the car and the console show the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QListView, QPushButton, QWidget

from mdt_app.domain.entries import EntryDraft
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.limits import COMPASS, Limits, require_limits
from mdt_app.domain.plates import written
from mdt_app.sync.entry_wire import EntryDraftMessage
from ui import area_words
from ui.context import Codes
from ui.widgets.text import label
from ui.widgets.touch_scroll import drag_to_scroll
from ui.widgets.words_field import WordsField

Place = tuple[str, QWidget, int, int, int]
"""A field with its words, row, column and width in columns."""
_COLUMNS = 6
_LINES = ("plate", "year", "model", "offense", "officer", "descriptors", "expires", "told", "citation")
_LIMITS = ("hours", "area", "alert_only")


class EntryForm(QObject):
    """The fields in their `parts`, for whoever shows them. A field that is wrong keeps what was typed.

    `now` gives this moment (UTC); ends of days are those of this machine's zone. `goes_on`: Enter in the facts is told
    as `facts.entered`, and begins no line.
    """

    def __init__(self, codes: Codes, now: Callable[[], datetime], *, goes_on: bool = False) -> None:
        super().__init__()
        self._now, self._plate_year = now, ""
        self.lines = {name: QLineEdit() for name in (*_LINES, *_LIMITS)}
        self.choices = {
            "state": code_choice(codes.states),
            "make": code_choice(codes.makes),
            "color": code_choice(codes.colors),
            "style": code_choice(codes.styles),
            "plate_type": code_choice(codes.plate_types),
            "caution": code_choice(codes.cautions),
            "purpose": code_choice({}),
            "heading": code_choice({name: name for name in COMPASS}, in_order=True),
        }
        self.facts = WordsField(goes_on=goes_on)
        self.crime = QPushButton()
        self.crime.setProperty("role", "tick")
        self.crime.setCheckable(True)
        self.crime.toggled.connect(self._show_crime)
        self.crime.setChecked(True)
        for name, hint in self._hints().items():
            self.lines[name].setPlaceholderText(hint)
        self._places = (self._vehicle(), self._why(), self._until())
        self.parts: tuple[QWidget, ...] = tuple(map(form_part, self._places))

    def offer_purposes(self, purposes: Sequence[tuple[str, str]]) -> None:
        """Give the purposes that can be named: key and words."""
        take_purposes(self.choices["purpose"], purposes)

    def begin(self, part: int = 0) -> None:
        """Put the keyboard into a part's first field that can be typed in."""
        first = next(field for _, field, *_ in self._places[part] if field.isEnabled())
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Begin anew; who stands for it stays where that is not to be changed."""
        for line in self.lines.values():
            if not line.isReadOnly():
                line.clear()
        for box in self.choices.values():
            box.setCurrentIndex(0)
        self.facts.clear()
        self.crime.setChecked(True)
        self._plate_year = ""

    def sign(self, name: str) -> None:
        """Say who stands for it; that can't be changed then."""
        line = self.lines["officer"]
        line.setText(name)
        line.setReadOnly(True)
        line.setEnabled(False)

    def ends_in(self, days: int) -> None:
        """Set the end to that of a day to come."""
        self.lines["expires"].setText(_day(self._now() + timedelta(days=days)))

    def put(self, draft: EntryDraft) -> None:
        """Show a draft, to be changed."""
        self.clear()
        self._plate_year = draft.plate_year
        lists = {"told": draft.forward_to, "alert_only": draft.limits.alert_only}
        texts = {"year": draft.vehicle.year, "model": draft.vehicle.model, "officer": draft.officer_name}
        texts |= {name: getattr(draft, name) for name in ("plate", "offense", "descriptors", "citation")}
        texts |= {"hours": draft.limits.hours, "area": area_words.to_edit(draft.limits.area)}
        texts |= {name: ", ".join(items) for name, items in lists.items()}
        texts["expires"] = _day(draft.expires_at) if draft.expires_at else ""
        for name, text in texts.items():
            self.lines[name].setText(text)
        codes = {name: getattr(draft.vehicle, name) for name in ("make", "color", "style")}
        codes |= {name: getattr(draft, name) for name in ("state", "plate_type", "purpose")}
        codes |= {"caution": next(iter(draft.cautions), ""), "heading": draft.limits.heading}
        for name, code in codes.items():
            _choose(self.choices[name], code)
        self.facts.setPlainText(draft.facts)
        self.crime.setChecked(draft.crime)

    def draft(self) -> EntryDraft:
        """What is on the form. Raises BadInput for an end that is no date, limits that can't be understood, and a
        plate and state that don't fit."""
        said = {name: line.text().strip() for name, line in self.lines.items()}
        chosen = {name: str(box.currentData() or "") for name, box in self.choices.items()}
        limits = Limits(said["hours"], area_words.kept(said["area"]), chosen["heading"], _items(said["alert_only"]))
        require_limits(limits)
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
            plate_year=self._plate_year,
            vehicle=Vehicle(said["year"], chosen["make"], said["model"].upper(), chosen["style"], chosen["color"]),
            descriptors=said["descriptors"],
            cautions=(chosen["caution"],) if chosen["caution"] else (),
            expires_at=end_of_day(said["expires"]),
            forward_to=_items(said["told"]),
            limits=limits,
        )
        EntryDraftMessage.of(draft)  # what headquarters could not take is said while it can be mended
        return draft

    def _show_crime(self, crime: bool) -> None:
        with_one = self.tr("✓ Connected with a crime: the facts state the reasonable suspicion")
        self.crime.setText(with_one if crime else self.tr("○ Not connected with a crime"))

    def _hints(self) -> Mapping[str, str]:
        """How each field is written."""
        return {
            "plate": self.tr("letters and digits"),
            "year": "2014",
            "model": "FUS",
            "offense": self.tr("the offense type"),
            "officer": self.tr("who stands for it"),
            "descriptors": self.tr("dents, racks, stickers"),
            "expires": "2026-12-31",
            "told": self.tr("people and agencies, with commas"),
            "citation": self.tr("only where a use needs one"),
            "hours": "22:00-06:00 America/New_York",
            "area": area_words.EXAMPLE,
            "alert_only": self.tr("user ids, with commas: nobody else is told"),
        }

    def _vehicle(self) -> tuple[Place, ...]:
        """In the order of the keyboard, as the parts below."""
        lines, choices, tr = self.lines, self.choices, self.tr
        return (
            (tr("Plate"), lines["plate"], 0, 0, 2),
            (tr("State of issue"), choices["state"], 0, 2, 2),
            (tr("Plate type"), choices["plate_type"], 0, 4, 2),
            (tr("Year"), lines["year"], 1, 0, 1),
            (tr("Make"), choices["make"], 1, 1, 1),
            (tr("Model"), lines["model"], 1, 2, 1),
            (tr("Color"), choices["color"], 1, 3, 1),
            (tr("Body"), choices["style"], 1, 4, 2),
            (tr("Marks"), lines["descriptors"], 2, 0, 4),
            (tr("Caution"), choices["caution"], 2, 4, 2),
        )

    def _why(self) -> tuple[Place, ...]:
        tr = self.tr
        return (
            (tr("Purpose"), self.choices["purpose"], 0, 0, 3),
            (tr("Offense type"), self.lines["offense"], 0, 3, 3),
            (tr("Facts, in your own words"), self.facts, 1, 0, 6),
            (tr("Crime"), self.crime, 2, 0, 4),
            (tr("Citation"), self.lines["citation"], 2, 4, 2),
        )

    def _until(self) -> tuple[Place, ...]:
        lines, tr = self.lines, self.tr
        return (
            (tr("Expires, end of the day"), lines["expires"], 0, 0, 2),
            (tr("Officer's name"), lines["officer"], 0, 2, 2),
            (tr("Tell of each alert"), lines["told"], 0, 4, 2),
            (tr("Only at these hours"), lines["hours"], 1, 0, 3),
            (tr("Only in this area"), lines["area"], 1, 3, 3),
            (tr("Only going"), self.choices["heading"], 2, 0, 2),
            (tr("Alert only these people"), lines["alert_only"], 2, 2, 4),
        )


def form_part(places: Sequence[Place]) -> QWidget:
    """A part of a form: its fields in a grid with their words above, in the order of the keyboard."""
    made = QWidget()
    made.setProperty("role", "inside")
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(3)
    for words, field, row, column, span in places:
        name = label(words, "part")
        name.setBuddy(field)
        field.setAccessibleName(words)
        grid.addWidget(name, row * 2, column, 1, span)
        grid.addWidget(field, row * 2 + 1, column, 1, span)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    for (_, before, *_), (_, after, *_) in pairwise(places):
        QWidget.setTabOrder(before, after)
    return made


def code_choice(words: Mapping[str, str], *, in_order: bool = False) -> QComboBox:
    """A box with an empty choice first; typing finds a name."""
    box = QComboBox()
    box.setView(QListView())  # the platform's own menu would not take the sheet's height of its rows
    drag_to_scroll(box.view())
    box.addItem("▾", "")
    for code, name in words.items() if in_order else sorted(words.items(), key=lambda pair: pair[1].casefold()):
        box.addItem(name, code)
    box.setMinimumContentsLength(4)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def take_purposes(box: QComboBox, purposes: Sequence[tuple[str, str]]) -> None:
    """Put purposes, key and words, behind the empty choice."""
    if box.count() == len(purposes) + 1:
        return
    while box.count() > 1:
        box.removeItem(1)
    for key, words in purposes:
        box.addItem(words, key)


def _choose(box: QComboBox, code: str) -> None:
    """Choose a code; one that the table lacks is kept as it stands."""
    place = box.findData(code)
    if place < 0:
        box.addItem(code, code)
        place = box.count() - 1
    box.setCurrentIndex(place)


def _items(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _day(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d")


def end_of_day(text: str) -> datetime | None:
    """The end of a day at this desk, in UTC. None for an empty text; raises BadInput for one that is no date."""
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as fault:
        raise BadInput("The expiration is no date.", "Write it as 2026-12-31.") from fault
    return datetime.combine(day, time(23, 59)).astimezone().astimezone(UTC)
