"""The form of a search of past reads: what is looked for, and for what; the car and the console show the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from mdt_app.domain.errors import BadInput
from mdt_app.domain.places import Box, Circle, Place
from mdt_app.domain.read_search import SearchBasis, SearchTerms
from mdt_app.sync.search_wire import TermsMessage
from ui.context import Codes
from ui.widgets.entry_form import Place as FieldPlace
from ui.widgets.entry_form import code_choice, form_part, take_purposes
from ui.widgets.words_field import WordsField

SPANS_H = (1, 4, 12, 24, 72, 168, 720)
"""How far back a search may reach at one key's press, in hours; the last is all that is kept."""
_USUAL = 3
_MILE_M = 1609.344
_LINES = ("plate", "camera", "since", "until", "place", "miles", "offense", "case", "citation")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TIME = "%Y-%m-%d %H:%M"


class SearchForm(QObject):
    """The fields in their two `parts`: what, and what for. A field that is wrong keeps what was typed.

    `now` gives this moment (UTC); times are typed in this machine's zone. `goes_on`: Enter in the facts is told as
    `facts.entered`, and begins no line.
    """

    def __init__(self, codes: Codes, now: Callable[[], datetime], *, goes_on: bool = False) -> None:
        super().__init__()
        self._now, self._span = now, _USUAL
        self._given = ("", "")
        self.lines = {name: QLineEdit() for name in _LINES}
        self.choices = {
            "state": code_choice(codes.states),
            "color": code_choice(codes.colors),
            "make": code_choice(codes.makes),
            "body": code_choice(codes.styles),
            "purpose": code_choice({}),
        }
        self.reason, self.facts = WordsField(goes_on=goes_on), WordsField(goes_on=goes_on)
        hints = {
            "plate": self.tr("? one, * any"),
            "camera": self.tr("its id"),
            "place": self.tr("41.7123, -72.6081; a box: two corners"),
            "miles": "0.5",
            "case": self.tr("or other number"),
            "citation": self.tr("where needed"),
        }
        for name, hint in hints.items():
            self.lines[name].setPlaceholderText(hint)
        self._places = (self._what(), self._why())
        self.parts: tuple[QWidget, ...] = tuple(map(form_part, self._places))
        self._show_span()

    def offer_purposes(self, purposes: Sequence[tuple[str, str]]) -> None:
        """Give the purposes that can be named, also those that are refused by name: key and words."""
        take_purposes(self.choices["purpose"], purposes)

    def begin(self, part: int = 0) -> None:
        """Put the keyboard into a part's first field; times that nobody typed reach to this moment."""
        self._keep_up()
        self._places[part][0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Begin anew: the last day."""
        for line in self.lines.values():
            line.clear()
        for box in self.choices.values():
            box.setCurrentIndex(0)
        for words in (self.reason, self.facts):
            words.clear()
        self._span = _USUAL
        self._show_span()

    def next_span(self) -> None:
        """Reach back farther, and in the end little again."""
        self._span = (self._span + 1) % len(SPANS_H)
        self._show_span()

    def search_at(self, place: Place) -> None:
        """Look at this place."""
        if isinstance(place, Circle):
            self.lines["place"].setText(f"{place.lat:.5f}, {place.lon:.5f}")
            self.lines["miles"].setText(f"{place.radius_m / _MILE_M:.3g}")
        else:
            corners = f"{place.south:.5f}, {place.west:.5f}; {place.north:.5f}, {place.east:.5f}"
            self.lines["place"].setText(corners)

    def terms(self) -> SearchTerms:
        """What is looked for. Raises BadInput for a time, a place or a plate that can't be understood."""
        self._keep_up()
        said = {name: line.text().strip() for name, line in self.lines.items()}
        chosen = {name: str(self.choices[name].currentData() or "") for name in ("state", "color", "make", "body")}
        since, until = (_moment(said[name]) for name in ("since", "until"))
        place = _place(said["place"], said["miles"])
        terms = SearchTerms(since, until, said["plate"], camera=said["camera"], place=place, **chosen)
        TermsMessage.of(terms)  # what headquarters could not take is said while it can be mended
        return terms

    def basis(self) -> SearchBasis:
        """What it is for, as it was said."""
        return SearchBasis(
            purpose=str(self.choices["purpose"].currentData() or ""),
            reason=self.reason.toPlainText().strip(),
            offense=self.lines["offense"].text().strip(),
            case_number=self.lines["case"].text().strip(),
            facts=self.facts.toPlainText().strip(),
            citation=self.lines["citation"].text().strip(),
        )

    def _keep_up(self) -> None:
        """A form is made long before it is wanted: its times go on until somebody types others."""
        if self._given == (self.lines["since"].text(), self.lines["until"].text()):
            self._show_span()

    def _show_span(self) -> None:
        now = self._now()
        self._given = _typed(now - timedelta(hours=SPANS_H[self._span])), _typed(now + timedelta(minutes=1))
        for name, text in zip(("since", "until"), self._given, strict=True):
            self.lines[name].setText(text)

    def _what(self) -> tuple[FieldPlace, ...]:
        """In the order of the keyboard, as the part below."""
        lines, choices, tr = self.lines, self.choices, self.tr
        return (
            (tr("Plate or a part of it"), lines["plate"], 0, 0, 2),
            (tr("State of issue"), choices["state"], 0, 2, 2),
            (tr("Camera"), lines["camera"], 0, 4, 2),
            (tr("Color"), choices["color"], 1, 0, 2),
            (tr("Make"), choices["make"], 1, 2, 2),
            (tr("Body"), choices["body"], 1, 4, 2),
            (tr("From"), lines["since"], 2, 0, 3),
            (tr("To"), lines["until"], 2, 3, 3),
            (tr("Place"), lines["place"], 3, 0, 4),
            (tr("Within miles"), lines["miles"], 3, 4, 2),
        )

    def _why(self) -> tuple[FieldPlace, ...]:
        lines, tr = self.lines, self.tr
        return (
            (tr("Purpose"), self.choices["purpose"], 0, 0, 6),
            (tr("Offense type"), lines["offense"], 1, 0, 2),
            (tr("Case number"), lines["case"], 1, 2, 2),
            (tr("Citation"), lines["citation"], 1, 4, 2),
            (tr("Reason, in your own words"), self.reason, 2, 0, 6),
            (tr("Facts, where the purpose needs them"), self.facts, 3, 0, 6),
        )


def _typed(moment: datetime) -> str:
    return moment.astimezone().strftime(_TIME)


def _moment(text: str) -> datetime:
    """The moment at this desk, in UTC."""
    try:
        return datetime.strptime(text, _TIME).astimezone().astimezone(UTC)
    except ValueError as fault:
        raise BadInput("The time can't be read.", "Write it as 2026-11-22 14:30.") from fault


def _place(text: str, miles: str) -> Place | None:
    """A place and its radius, or a box by two corners; None for no place."""
    if not text:
        return None
    numbers = [float(number) for number in _NUMBER.findall(text)]
    if len(numbers) == 4:
        (south, north), (west, east) = sorted(numbers[::2]), sorted(numbers[1::2])
        return Box(south, west, north, east)
    if len(numbers) != 2 or not _NUMBER.fullmatch(miles or "0.5"):
        words = "The place can't be read."
        raise BadInput(words, "Write latitude, longitude and miles, or two corners of a box.")
    return Circle(numbers[0], numbers[1], float(miles or "0.5") * _MILE_M)
