"""Messages about hot lists: entries, and the manifest that proves a list whole."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, EntryLine, HotList, Vehicle
from mdt_app.domain.limits import NO_LIMITS, Limits
from mdt_app.sync.desk_wire import KnownFalseHit
from mdt_app.sync.plain_lines import plain_lines
from mdt_app.sync.wire import Code, Count, Digest, Identifier, ListId, Message, Moment, Name, Plate, values_of


class EntryMessage(Message):
    """One hot list entry. Its canonical line leaves fields out that have their default."""

    entry_id: Identifier
    category: Identifier
    plate: Plate
    key: Plate
    state: Code = ""
    plate_year: Code = ""
    plate_type: Code = ""
    year: Code = ""
    make: Code = ""
    model: Code = ""
    style: Code = ""
    color: Code = ""
    nic: Code = ""
    ori: Code = ""
    entered_on: date | None = None
    expires_at: Moment | None = None
    cautions: tuple[Code, ...] = ()
    pattern: Code = ""
    words: Name = ""
    hours: Name = ""
    area: Name = ""
    heading: Code = ""
    alert_only: Annotated[tuple[Identifier, ...], Field(max_length=100)] = ()

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Make the message from an entry. Raises BadInput where a field does not fit."""
        try:
            return cls(**{name: value for name, value in zip(_NAMES, _VALUES(entry), strict=True) if value})
        except ValueError as fault:
            raise BadInput("An entry of the list can't be sent.", "Import the list again.") from fault

    def to_entry(self, list_id: str) -> Entry:
        """Return the entry as one of this list."""
        limits = (self.hours, self.area, self.heading, self.alert_only)
        # By place, without reflection: whole lists are read so.
        return Entry(
            self.entry_id,
            list_id,
            self.category,
            self.plate,
            self.key,
            self.state,
            self.plate_year,
            self.plate_type,
            _vehicle(self.year, self.make, self.model, self.style, self.color),
            self.nic,
            self.ori,
            self.entered_on,
            self.expires_at,
            self.cautions,
            self.pattern,
            self.words,
            Limits(*limits) if any(limits) else NO_LIMITS,
        )

    def line(self) -> bytes:
        """Return the canonical line, which the list's digest is made of, with its line end."""
        return self.model_dump_json(exclude_defaults=True).encode() + b"\n"


def line_of(entry: Entry) -> EntryLine:
    """Return an entry as it travels. Raises BadInput where a field does not fit."""
    return EntryLine._make((entry.list_id, *_LISTED(entry), EntryMessage.of(entry).line()))


def listed(line: bytes, list_id: str) -> EntryLine:
    """Return what stands in a line of this list. Raises ValueError for a broken one, and one in another form."""
    if plain := _PLAIN(line.decode("latin-1")):
        *about, entered_on, pattern = plain.groups("")
        if entered_on:
            date.fromisoformat(entered_on)
        return EntryLine._make((list_id, *about, pattern, line))
    message = EntryMessage.model_validate_json(line)
    if message.line() != line:
        raise ValueError("the line is not in the one form that it has")
    return EntryLine._make((list_id, *_LISTED(message), line))


def entry_of(line: bytes, list_id: str) -> Entry:
    """Return the entry that stands in a canonical line of this list. Raises ValueError for a broken one."""
    return EntryMessage.model_validate_json(line).to_entry(list_id)


_vehicle = lru_cache(maxsize=100_000)(Vehicle)
"""Most vehicles of a list are like one before, and share its place in memory."""
_PATHS = (
    *(name for name in Entry.__slots__ if name not in ("list_id", "vehicle", "limits")),
    *(f"vehicle.{name}" for name in Vehicle.__slots__),
    *(f"limits.{name}" for name in Limits.__slots__),
)
_VALUES, _NAMES = attrgetter(*_PATHS), tuple(path.rpartition(".")[2] for path in _PATHS)
"""What an entry's message is made of. Each default is empty, and so is left out at once."""
_FIELDS = EntryLine._fields[1:-1]
_LISTED = attrgetter(*_FIELDS)
_PLAIN = plain_lines(EntryMessage, (*_FIELDS, "entered_on"))


class HotListManifest(Message):
    """What proves a list complete: the count of its entries, and the SHA-256 of their canonical lines."""

    list_id: ListId
    name: Name
    source: Name
    extracted_at: Moment
    count: Count
    sha256: Digest
    version: Count = 1

    @classmethod
    def of(cls, hotlist: HotList) -> Self:
        """Make the manifest from a list. Raises BadInput where a field does not fit."""
        try:
            return cls(**values_of(hotlist, HotList))
        except ValueError as fault:
            raise BadInput("The list's description can't be sent.", "Give it a plain identifier.") from fault

    def to_hotlist(self) -> HotList:
        """Return the list that it describes."""
        return HotList(**values_of(self, HotList))


class CarListsMessage(Message):
    """Which lists and known false hits are in force for one car; headquarters signs its JSON, at `issued_at` (UTC)."""

    car_id: Identifier
    issued_at: Moment
    hotlists: tuple[HotListManifest, ...]
    false_hits: tuple[KnownFalseHit, ...] = ()


class HotListManifests(Message):
    """All lists that headquarters holds, by list id."""

    hotlists: tuple[HotListManifest, ...]
