"""Messages on what stands out in the field: cars' states, who is told of alerts, fixed readers and their hits."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.elsewhere import ExigentStop
from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import ClockSource, Position, Read
from mdt_app.sync.identity_wire import CarId
from mdt_app.sync.wire import Count, Identifier, ListId, Message, Moment, Name

Category = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Area = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
Duty = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
Address = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class ListState(Message):
    """A hot list as it is in force in a car."""

    list_id: ListId
    extracted_at: Moment
    count: Count


class CarState(Message):
    """How a car is, in its own words. `pending` events wait in its outbox, `parked` were refused for good.

    `open_hits` wait for the officer; `faults` are devices that do not work, in the screen's words.
    """

    said_at: Moment
    signed_in: bool
    pending: Count
    parked: Count
    open_hits: Count
    lists: tuple[ListState, ...] = Field(default=(), max_length=200)
    faults: tuple[Name, ...] = Field(default=(), max_length=40)


class CarLine(Message):
    """A car in the live view: its own words and when they came (None: never), and what headquarters knows of it.

    `exigent` counts its exigent stops that no supervisor has looked at yet.
    """

    car_id: str
    received_at: Moment | None = None
    state: CarState | None = None
    exigent: Count = 0
    expires_at: Moment | None = None
    revoked: bool = False


class CarLines(Message):
    """Every car that has an identity or has spoken, by its id; `at` is headquarters' time."""

    at: Moment
    cars: tuple[CarLine, ...]


class Place(Message):
    """Where a car was: degrees, and how old the fix was then, in seconds (None: not known)."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    age_s: float | None = Field(default=None, ge=0)


class ExigentLine(Message):
    """Another car's exigent stop: no plate and no person. `place` is None where the car did not know it."""

    stop_id: Identifier
    car_id: CarId
    at: Moment
    place: Place | None = None

    def to_stop(self) -> ExigentStop:
        """Return it as the car's screens take it."""
        place = Position(self.place.lat, self.place.lon, self.place.age_s) if self.place else None
        return ExigentStop(self.stop_id, self.car_id, self.at, place)


class ExigentLines(Message):
    """Other cars' exigent stops of the last hours, the newest first."""

    stops: tuple[ExigentLine, ...]


class NewAlertRoute(Message):
    """Tell this desk or agency of every hit of this category."""

    category: Category
    address: Address


class AlertRoute(Message):
    """Who is told of a category, and who said so. `ended_at`: not any more."""

    position: int
    category: str
    address: str
    by: str
    at: Moment
    ended_at: Moment | None = None
    ended_by: str | None = None


class AlertRoutes(Message):
    """The routes, the newest first."""

    routes: tuple[AlertRoute, ...]


class AlertNotice(Message):
    """A hit that this address is told of. `seen_at`: when somebody there has said so."""

    position: int
    hit_id: str
    category: str
    car_id: str
    address: str
    at: Moment
    seen_at: Moment | None = None


class AlertNotices(Message):
    """Notices, the newest first."""

    notices: tuple[AlertNotice, ...]


class NewReader(Message):
    """A fixed or portable reader: its id, what it speaks (a table of resources/feeds), where it stands.

    `duties` are the kinds of cars that hear of its hits; none named means all in its area.
    """

    reader_id: CarId
    kind: Identifier
    area: Area
    duties: tuple[Duty, ...] = Field(default=(), max_length=20)


class ReaderIssued(Message):
    """A reader's credential, told once."""

    reader_id: CarId
    token: str = Field(repr=False)


class ReaderLine(Message):
    """A reader as a desk sees it; `heard_at` is its last word."""

    reader_id: str
    kind: str
    area: str
    duties: tuple[str, ...]
    by: str
    added_at: Moment
    heard_at: Moment | None = None


class ReaderLines(Message):
    """All readers, by id."""

    readers: tuple[ReaderLine, ...]


class CarDuty(Message):
    """Where a car works, and as what."""

    areas: tuple[Area, ...] = Field(max_length=50)
    duty: Duty = "patrol"


class ReaderRead(Message):
    """What a reader's camera has read. `read_id` stays the same when it is sent again. Confidences run from 0 to 1."""

    read_id: Identifier
    camera_id: Name = ""
    captured_at: Moment
    text: Name = Field(min_length=1, max_length=20)
    state: Annotated[str, Field(pattern=r"^([A-Z0-9]{2})?$")] = ""
    state_confidence: float | None = Field(default=None, ge=0, le=1)
    confidence: float | None = Field(default=None, ge=0, le=1)

    @classmethod
    def of(cls, read: Read) -> Self:
        """Make the message from a read. Raises BadInput where it does not fit."""
        names = ("read_id", "camera_id", "captured_at", "state_confidence", "confidence")
        try:
            return cls(text=read.raw_text, state=read.state or "", **{name: getattr(read, name) for name in names})
        except ValueError as fault:
            raise BadInput("A read can't be sent.", "Look at the reader's settings.") from fault

    def to_read(self, reader_id: str) -> Read:
        """Return the read of this reader."""
        return Read(
            read_id=self.read_id,
            camera_id=self.camera_id or reader_id,
            captured_at=self.captured_at,
            clock=ClockSource.FEED,
            raw_text=self.text,
            key=match_key(self.text),
            state=self.state or None,
            state_confidence=self.state_confidence,
            confidence=self.confidence,
            source_id=reader_id,
        )


class ReaderReads(Message):
    """Reads of one reader, in their order."""

    reads: tuple[ReaderRead, ...] = Field(max_length=100)


class ReaderAnswer(Message):
    """What became of a reader's reads, counted."""

    reads: Count
    hits: Count


class ReaderHit(Message):
    """A read by another camera that is on a list: for cars chosen by area and duty. `age_s` counts from the read."""

    position: int
    reader_id: CarId
    area: Area
    age_s: float = Field(ge=0)
    read: ReaderRead


class ReaderHits(Message):
    """Hits of other cameras after a position, the oldest first."""

    hits: tuple[ReaderHit, ...]
