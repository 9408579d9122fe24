"""Reading a payload of one kind of reader by its table: every event a read, a sign of life, or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from uuid6 import uuid7

from devices.feeds import values
from devices.feeds.documents import Part, take_apart
from devices.feeds.outcomes import Beat, FeedRead, Outcome, Reason, Refusal, Rejected
from devices.feeds.paths import find
from devices.feeds.states import ncic_state
from devices.feeds.tables import EventRow, FeedTable, FieldName, FieldRow
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Box, ClockSource, Pictures, Position, Read, Seen, SeenVehicle

READS_MOST = 100
"""Reads in one event."""
_NOWHERE = FieldRow()
_UNKNOWN = ("unknown", "undefined")
_F = FieldName
_T = TypeVar("_T")


def read_payload(table: FeedTable, data: bytes, content_type: str = "", source_id: str = "") -> tuple[Outcome, ...]:
    """Return what a payload comes to, in its order; never raises for what was sent.

    source_id: the name under which the sender is known here; without it, what the event calls its source.
    """
    try:
        payload = take_apart(data, table, content_type)
    except Rejected as rejected:
        return (Refusal(rejected.reason),)
    pictures = _part_pictures(payload.parts, table)
    outcomes: list[Outcome] = list(payload.refused)
    for number, document in enumerate(payload.documents, 1):
        place = f"event {number}" if len(payload.documents) > 1 else ""
        outcomes += _read_event(table, document, pictures, source_id, place)
    return tuple(outcomes) or (Refusal(Reason.EMPTY),)


def _read_event(
    table: FeedTable, document: object, pictures: Pictures, source_id: str, place: str
) -> Sequence[Outcome]:
    row = next((row for row in table.events if _fits(row, document)), None)
    if row is None:
        return (Refusal(Reason.EVENT, place),)
    event = find((row.base,), document, document) if row.base else document
    if row.beat:
        fields = _Fields(row, event, document)
        return (Beat(source_id or fields.text(_F.SOURCE) or "", fields.text(_F.CAMERA) or ""),)
    items = find((row.reads,), event, event) if row.reads else [event]
    if row.reads and items is None and _present(row.reads, event):
        return (Beat(source_id),)
    if not isinstance(items, list):
        return (Refusal(Reason.FIELDS, place),)
    if len(items) > READS_MOST:
        return (Refusal(Reason.TOO_MANY, place),)
    return [_read_item(_Item(table, row, item, event, pictures, source_id, place)) for item in items]


def _fits(row: EventRow, document: object) -> bool:
    return isinstance(document, dict) and all(
        _present(path, document) if wanted == ("*",) else find((path,), document, document) in wanted
        for path, wanted in row.where.items()
    )


def _present(path: str, value: object) -> bool:
    """True when the key is there, be it empty."""
    outer, _, last = path.rpartition(".")
    around = find((outer,), value, value) if outer else value
    return isinstance(around, dict) and around.get(last) is not None


@dataclass(frozen=True, slots=True)
class _Item:
    """One read's part of an event, with all that stands around it."""

    table: FeedTable
    row: EventRow
    item: object
    event: object
    pictures: Pictures
    source_id: str
    place: str


def _read_item(one: _Item) -> Outcome:
    fields = _Fields(one.row, one.item, one.event)
    try:
        raw = values.plate(fields.raw(_F.PLATE), one.table.no_plate)
        captured_at = values.moment(fields.raw(_F.CAPTURED_AT), fields.form(_F.CAPTURED_AT))
    except Rejected as rejected:
        return Refusal(rejected.reason, one.place)
    read = Read(
        read_id=str(uuid7()),
        camera_id=fields.text(_F.CAMERA) or "",
        captured_at=captured_at,
        clock=ClockSource.FEED,
        raw_text=raw,
        key=match_key(raw),
        state=fields.state(),
        state_confidence=fields.confidence(_F.STATE_CONFIDENCE),
        confidence=fields.confidence(_F.CONFIDENCE),
        candidates=fields.take(_F.CANDIDATES, lambda value: values.candidates(value, raw)) or (),
        box=fields.box(),
        position=fields.position(),
        feed=one.table.name,
        source_id=one.source_id or fields.text(_F.SOURCE) or "",
        event_id=fields.text(_F.EVENT_ID) or "",
        direction=fields.word(_F.DIRECTION),
        vehicle=fields.vehicle(),
    )
    crop = fields.take(_F.CROP, values.picture) or one.pictures.crop
    context = fields.take(_F.CONTEXT, values.picture) or one.pictures.context
    return FeedRead(read, Pictures(crop, context), _same(one, read), tuple(fields.unclear))


def _same(one: _Item, read: Read) -> tuple[str, ...]:
    """Ids of the sighting: the event's own with the characters read, or its camera, moment and characters."""
    found: list[str] = []
    for path in one.row.same:
        value = find((path,), one.item, one.event)
        found += [str(part) for part in (value if isinstance(value, list) else [value]) if isinstance(part, str | int)]
    ids = found or [f"{read.camera_id} {read.captured_at.isoformat()}"]
    return tuple(f"{read.source_id} {name[: values.TEXT_MOST]} {read.key}" for name in ids)


def _part_pictures(parts: Sequence[Part], table: FeedTable) -> Pictures:
    """The pictures that came as parts of a multipart message, found by the beginning of their names."""

    def one(beginnings: Sequence[str]) -> bytes:
        for part in parts:
            if any(name.startswith(begin.lower()) for begin in beginnings for name in part.names):
                try:
                    return values.jpeg(part.data)
                except values.Unclear:
                    continue
        return b""

    return Pictures(one(table.pictures.crop), one(table.pictures.context))


class _Fields:
    """The fields of one read by its table. What is there and can't be understood is noted in `unclear`."""

    def __init__(self, row: EventRow, item: object, event: object) -> None:
        self._row, self._item, self._event = row, item, event
        self.unclear: list[str] = []

    def raw(self, name: FieldName) -> object:
        """The value as it stands, None when there is none."""
        row = self._row.fields.get(name, _NOWHERE)
        if row.join:
            parts = [find((path,), self._item, self._event) for path in row.join]
            return " ".join(map(str, parts)) if None not in parts else None
        return find(row.path, self._item, self._event)

    def form(self, name: FieldName) -> str:
        """How the table says that it is written."""
        return self._row.fields.get(name, _NOWHERE).form

    def take(self, name: FieldName, convert: Callable[[object], _T]) -> _T | None:
        """The value as its field's own type; None when there is none or it is unclear."""
        value = self.raw(name)
        if value is None:
            return None
        try:
            return convert(value)
        except values.Unclear:
            self.unclear.append(name.value)
            return None

    def text(self, name: FieldName) -> str | None:
        """A short text."""
        return self.take(name, values.text)

    def word(self, name: FieldName) -> str | None:
        """A short text, None for a word that says 'not known'."""
        words = self.text(name)
        return words if words and words.lower() not in _UNKNOWN else None

    def confidence(self, name: FieldName) -> float | None:
        """A confidence from 0 to 1."""
        return self.take(name, lambda value: values.confidence(value, self.form(name)))

    def state(self) -> str | None:
        """The state of issue as NCIC's code, None when it is not certain."""
        words = self.text(_F.STATE)
        code = ncic_state(words, self.text(_F.COUNTRY) or "", self.form(_F.STATE)) if words else None
        if words and code is None:
            self.unclear.append(_F.STATE.value)
        return code

    def box(self) -> Box | None:
        """Where the plate is in the picture."""
        return self.take(_F.BOX, lambda value: values.box(value, self.form(_F.BOX)))

    def position(self) -> Position | None:
        """Where the reader was; the same number twice for both, as 0/0 or -1/-1, stands for 'not known'."""
        lat = self.take(_F.LAT, lambda value: values.degrees(value, 90))
        lon = self.take(_F.LON, lambda value: values.degrees(value, 180))
        return None if lat is None or lon is None or (lat == lon and lat in (0, -1)) else Position(lat, lon, None)

    def seen(self, name: FieldName, sure: FieldName) -> Seen | None:
        """An attribute of the vehicle with its confidence."""
        words = self.word(name)
        return Seen(words, self.confidence(sure)) if words else None

    def vehicle(self) -> SeenVehicle | None:
        """What is said of the vehicle, None when that is nothing."""
        found = SeenVehicle(
            color=self.seen(_F.COLOR, _F.COLOR_CONFIDENCE),
            make=self.seen(_F.MAKE, _F.MAKE_CONFIDENCE),
            model=self.seen(_F.MODEL, _F.MODEL_CONFIDENCE),
            body=self.seen(_F.BODY, _F.BODY_CONFIDENCE),
            year=self.seen(_F.YEAR, _F.YEAR_CONFIDENCE),
        )
        return found if found != SeenVehicle() else None
