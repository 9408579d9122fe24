"""Searching past reads in the car: what, what for, and what was found here and at headquarters; first the record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget
from uuid6 import uuid7

from mdt_app.domain.equipment import registered_at
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import CommandRefused, ReadSeen, SignedOut
from mdt_app.domain.places import Circle
from mdt_app.domain.purposes import prohibited_uses
from mdt_app.domain.read_search import CAR, FoundRead, SearchFound, SearchReads, SearchRecorded
from mdt_app.domain.reads import Read
from ui.screens.screen import Desk, Screen
from ui.searched_words import SOURCES, is_whole, searched_words
from ui.widgets.acts import Act
from ui.widgets.reel import Reel
from ui.widgets.search_form import SearchForm
from ui.widgets.text import label, panel, set_look
from ui.words import translated

_WHAT, _WHY, _FOUND = range(3)
_NEAR_M = 805.0
"""Half a mile: what 'here' means until another number is typed."""


class SearchScreen(Screen):
    """Three pages. What was typed stays while a hit takes the screen; nothing stays for the next person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._search_id, self._page = "", _WHAT
        self.form = SearchForm(desk.context.codes, desk.context.now, goes_on=True)
        self.form.reason.entered.connect(self.form.facts.setFocus)
        self.form.facts.entered.connect(self._search)
        self.form.offer_purposes(self._purposes())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        self._title, self._answer = label("", "title", wrap=True), label("", "lead", wrap=True)
        column.addWidget(self._title)
        self.found = Reel(desk.theme, desk.context.codes, counted=False, beside=self._beside)
        self._origins: dict[str, FoundRead] = {}
        self._pages = QStackedWidget()
        for part in (*self.form.parts, self.found):
            self._pages.addWidget(_raised(part, stretched=part is self.found))
        column.addWidget(self._pages, 1)
        column.addWidget(self._answer)
        for key, do in (("F7", self.form.next_span), ("F8", self._here)):
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def open(self, hit_id: str) -> None:
        """Come to the front where it was left."""
        super().open(hit_id)
        self._turn(self._page)

    def turn_to(self, page: str) -> None:
        """Begin a search of the box whose corners the map gives."""
        self.form.lines["place"].setText(page)
        self._turn(_WHAT)

    @property
    def types(self) -> bool:
        """Where there is no field there are no big keys."""
        return self._page != _FOUND

    def refresh(self) -> None:
        """Show which page this is."""
        titles = (
            self.tr("Search past reads: what"),
            self.tr("Search past reads: what for"),
            self.tr("Leads, not hits: verify before you act"),
        )
        self._title.setText(titles[self._page])

    def hear(self, notice: object) -> None:
        """Show what was found, or why nothing was looked for."""
        if isinstance(notice, SignedOut):
            self._begin_anew()
        elif isinstance(notice, SearchRecorded) and notice.search_id == self._search_id:
            self._turn(_FOUND)
        elif isinstance(notice, SearchFound) and notice.search_id == self._search_id:
            self._show_found(notice)
        elif isinstance(notice, CommandRefused) and notice.command == "SearchReads":
            words, remedy = (translated(said, "gate") for said in (notice.words, notice.remedy))
            self._say(f"✗ {words} {remedy}", "hit")

    def acts(self) -> tuple[Act, ...]:
        """One page after the other, and the search; from what was found to a new one."""
        if self._page == _FOUND:
            return (
                Act("back", self.tr("Back"), "Esc", partial(self._turn, _WHY), "quiet"),
                Act("case", self.tr("Into a case"), "K", self._into_case),
                Act("new", self.tr("NEW SEARCH"), "N", self._new, "main", right=True),
            )
        if self._page == _WHY:
            back = Act("back", self.tr("Back"), "Esc", partial(self._turn, _WHAT), "quiet")
            return (back, Act("search", self.tr("SEARCH"), "Return", self._search, "main", right=True, hint="Enter"))
        return (
            Act("back", self.tr("Back"), "Esc", self._leave, "quiet"),
            Act("span", self.tr("Farther back"), "F7", self.form.next_span, "quiet"),
            Act("here", self.tr("Around here"), "F8", self._here, "quiet"),
            Act("next", self.tr("NEXT"), "Return", partial(self._turn, _WHY), "main", right=True, hint="Enter"),
        )

    def _purposes(self) -> list[tuple[str, str]]:
        """The permitted ones, then what is refused by name: asking for it is on record."""
        policy = self.desk.context.policy
        refused, cited = self.tr("refused: "), self.tr(" (with a citation)")
        permitted = [(key, translated(p.words, "policy")) for key, p in policy.purposes.items()]
        named = prohibited_uses(policy).items()
        return [*permitted, *((k, _named(translated(p.words, "policy"), p.unless, refused, cited)) for k, p in named)]

    def _show_found(self, found: SearchFound) -> None:
        self._origins = {one.read.read_id: one for one in found.reads}
        self.found.show_all([ReadSeen(one.read, one.crop) for one in found.reads])
        self._say("\n".join(searched_words(found)), "verified" if is_whole(found) else "owed")

    def _search(self) -> None:
        try:
            terms = self.form.terms()
        except BadInput as fault:
            self._say(f"✗ {translated(fault.words, 'refusals')} {translated(fault.remedy, 'refusals')}", "hit")
            return
        self._search_id = str(uuid7())
        self.found.clear()
        self._say(self.tr("Goes on record ..."), "dim")
        self.desk.send(SearchReads(self._search_id, terms, self.form.basis()))

    def _beside(self, read: Read) -> tuple[str, str]:
        """Where a read comes from, and when it was made."""
        origin = self._origins[read.read_id]
        made = " · ".join(filter(None, (origin.car_id, read.camera_id, *self._mounted(origin, read))))
        kept = translated(SOURCES.get(origin.source, origin.source))
        return f"{kept} · {made}", read.captured_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")

    def _mounted(self, origin: FoundRead, read: Read) -> tuple[str, ...]:
        """What the agency's books said of this car's camera when it made the read, in their own words."""
        own = origin.source == CAR
        booked = registered_at(self.desk.model.cameras, read.camera_id, read.captured_at) if own else None
        return (booked.place, booked.lane, booked.agency_number) if booked else ()

    def _into_case(self) -> None:
        """A read of this car's own is held for a case here; others are held where they are kept."""
        seen = self.found.chosen
        if seen is None:
            self._say(self.tr("■ Choose a read first: arrow keys."), "owed")
        elif self._origins[seen.read.read_id].source != CAR:
            self._say(self.tr("■ It is kept elsewhere: the console takes it into a case."), "owed")
        else:
            self.desk.go("case", seen.read.read_id)

    def _here(self) -> None:
        known = self.desk.model.whereabouts()
        if known is None or known.fix.lat is None or known.fix.lon is None:
            self._say(self.tr("■ The car's place is not known. Type one."), "owed")
        else:
            self.form.search_at(Circle(known.fix.lat, known.fix.lon, _NEAR_M))

    def _turn(self, page: int) -> None:
        self._page = page
        self._pages.setCurrentIndex(page)
        if page != _FOUND:
            self._say(self.tr("Who searches, for what and why, is on record before the first result."), "dim")
            self.form.begin(page)
        else:
            self.found.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.refresh()

    def _new(self) -> None:
        self._begin_anew()
        self._turn(_WHAT)

    def _leave(self) -> None:
        self.desk.go("patrol", "")

    def _begin_anew(self) -> None:
        self._search_id, self._page = "", _WHAT
        self.form.clear()
        self.found.clear()
        self._pages.setCurrentIndex(_WHAT)

    def _say(self, words: str, tone: str) -> None:
        self._answer.setText(words)
        set_look(self._answer, tone=tone)


def _named(words: str, unless: tuple[str, ...], refused: str, cited: str) -> str:
    return words + cited if unless else refused + words


def _raised(part: QWidget, *, stretched: bool) -> QFrame:
    frame, column = panel(margin=8 if stretched else 16)
    column.addWidget(part)
    if not stretched:
        column.addStretch(1)
    return frame
