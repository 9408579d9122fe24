"""Messages of searches of past reads: what is asked and for what, and what is found; version 1."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.errors import BadInput
from mdt_app.domain.places import FURTHEST_M, Box, Circle, Place
from mdt_app.domain.plates import match_key
from mdt_app.domain.read_search import SearchBasis, SearchTerms
from mdt_app.domain.reads import ClockSource, Position, Read, Seen, SeenVehicle
from mdt_app.sync.wire import Code, Count, Identifier, Message, Moment, Name, Text, values_of

COUNTED_MOST = 10_000
"""Results are counted up to here; one more says 'more'."""
PAGE_MOST = 100

Pattern = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9?* -]*$")]
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]


class CircleMessage(Message):
    """All within `radius_m` metres of a place."""

    lat: Lat
    lon: Lon
    radius_m: Annotated[float, Field(gt=0, le=FURTHEST_M)]

    def to_place(self) -> Place:
        """Return the place."""
        return Circle(self.lat, self.lon, self.radius_m)


class BoxMessage(Message):
    """All between these degrees."""

    south: Lat
    west: Lon
    north: Lat
    east: Lon

    def to_place(self) -> Place:
        """Return the place."""
        return Box(self.south, self.west, self.north, self.east)


class TermsMessage(Message):
    """What is looked for; the fields are SearchTerms'."""

    since: Moment
    until: Moment
    plate: Pattern = ""
    state: Code = ""
    color: Code = ""
    make: Code = ""
    body: Code = ""
    camera: Name = ""
    place: CircleMessage | BoxMessage | None = None

    @classmethod
    def of(cls, terms: SearchTerms) -> Self:
        """Make the message. Raises BadInput where a field does not fit."""
        values = {name: getattr(terms, name) for name in SearchTerms.__slots__ if name != "place"}
        try:
            return cls(**values, place=_place_message(terms.place))
        except ValueError as fault:
            remedy = "Plate: letters, digits, ? and *. Place: degrees, and at most 100 km."
            raise BadInput("The search does not fit.", remedy) from fault

    def to_terms(self) -> SearchTerms:
        """Return the terms."""
        values = {name: getattr(self, name) for name in SearchTerms.__slots__ if name != "place"}
        return SearchTerms(**values, place=self.place.to_place() if self.place else None)


class BasisMessage(Message):
    """What a search is for; the fields are SearchBasis'."""

    purpose: Name = ""
    reason: Text = Field(default="", repr=False)
    offense: Name = ""
    case_number: Name = ""
    facts: Text = Field(default="", repr=False)
    citation: Name = ""

    @classmethod
    def of(cls, basis: SearchBasis) -> Self:
        """Make the message. Raises BadInput where a field does not fit."""
        try:
            return cls(**values_of(basis, SearchBasis))
        except ValueError as fault:
            raise BadInput("The search does not fit.", "Shorten what is said.") from fault

    def to_basis(self) -> SearchBasis:
        """Return what it is for."""
        return SearchBasis(**values_of(self, SearchBasis))


class SearchAsked(Message):
    """A search. `user_id` is the signed-in officer where a car asks; a desk's person is known by its token."""

    search_id: Identifier
    terms: TermsMessage
    basis: BasisMessage
    user_id: Name = ""


class FoundLine(Message):
    """A read that was found. `event_id` and `car_id` name it at headquarters; pictures stay in the car that made it."""

    event_id: Identifier
    read_id: Name
    car_id: Name
    at: Moment
    plate: Name
    state: Name = ""
    camera: Name = ""
    color: Name = ""
    make: Name = ""
    body: Name = ""
    lat: float | None = None
    lon: float | None = None
    confidence: float | None = None

    def to_read(self) -> Read:
        """Return it as a read."""
        seen = {name: Seen(getattr(self, name)) for name in ("color", "make", "body") if getattr(self, name)}
        return Read(
            read_id=self.read_id,
            camera_id=self.camera,
            captured_at=self.at,
            clock=ClockSource.FEED,
            raw_text=self.plate,
            key=match_key(self.plate),
            state=self.state or None,
            confidence=self.confidence,
            position=Position(self.lat, self.lon, None) if self.lat is not None and self.lon is not None else None,
            vehicle=SeenVehicle(**seen) if seen else None,
        )


class FoundPage(Message):
    """A page of what was found, the newest first. `count` comes with the first page; `after` fetches the next one."""

    lines: tuple[FoundLine, ...] = Field(max_length=PAGE_MOST)
    count: Count | None = None
    after: Name = ""


class SearchAnswer(Message):
    """A page, and where it comes from: 'headquarters' or 'vendor_store'."""

    source: Name
    page: FoundPage


class CaseAsked(Message):
    """Take these reads of a search into a case, for a reason in the person's own words."""

    case_number: Annotated[Name, Field(min_length=1)]
    reason: Text = Field(repr=False)
    event_ids: tuple[Identifier, ...] = Field(min_length=1, max_length=PAGE_MOST)


class CaseFile(Message):
    """Reads as a case holds them: a JSON text, headquarters' signature of it (hex) and its public key (base64)."""

    content: str
    signature: str
    public_key: str


def _place_message(place: Place | None) -> CircleMessage | BoxMessage | None:
    if place is None:
        return None
    kind = CircleMessage if isinstance(place, Circle) else BoxMessage
    return kind(**values_of(place, type(place)))
