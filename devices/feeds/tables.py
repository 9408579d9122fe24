"""The tables of the readers' fields (resources/feeds): one file a kind, unknown keys refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from mdt_app.domain.errors import BadInput

Form = Literal["", "percent", "corners", "minmax", "xywh", "utc", "region"]
"""How a value is written where it is not the plain form of its field (devices/feeds/values.py)."""


class FieldName(StrEnum):
    """What a table may say the place of. The `_confidence` of a field runs from 0 to 1 unless its form says percent."""

    PLATE = "plate"
    CAPTURED_AT = "captured_at"
    EVENT_ID = "event_id"
    CAMERA = "camera"
    SOURCE = "source"
    CONFIDENCE = "confidence"
    STATE = "state"
    STATE_CONFIDENCE = "state_confidence"
    COUNTRY = "country"
    CANDIDATES = "candidates"
    BOX = "box"
    CROP = "crop"
    CONTEXT = "context"
    LAT = "lat"
    LON = "lon"
    DIRECTION = "direction"
    COLOR = "color"
    COLOR_CONFIDENCE = "color_confidence"
    MAKE = "make"
    MAKE_CONFIDENCE = "make_confidence"
    MODEL = "model"
    MODEL_CONFIDENCE = "model_confidence"
    BODY = "body"
    BODY_CONFIDENCE = "body_confidence"
    YEAR = "year"
    YEAR_CONFIDENCE = "year_confidence"


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_row(value: object) -> object:
    return {"path": value} if isinstance(value, (str, list)) else value


Several = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldRow(_Strict):
    """Where a field stands: the first of `path` that is there, or all of `join` put together with a blank."""

    path: Several = ()
    join: Several = ()
    form: Form = ""


class EventRow(_Strict):
    """A kind of event: how it is known, where its reads stand, and their fields.

    where: paths and the values they may have ('*': anything). base: the part that holds the event. reads: the list of
    reads in it; none: the event is one read. same: ids by which a repeat is found. like: another event's fields.
    beat: a sign of life without a read.
    """

    name: str
    where: Mapping[str, Several]
    base: str = ""
    reads: str = ""
    same: tuple[str, ...] = ()
    like: str = ""
    beat: bool = False
    fields: Mapping[FieldName, Annotated[FieldRow, BeforeValidator(_as_row)]] = {}


class PictureParts(_Strict):
    """How the parts of a multipart message that hold pictures are called; the beginning of the name is enough."""

    crop: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


class FeedTable(_Strict):
    """One kind of ready-made reader."""

    name: str
    words: str
    formats: tuple[Literal["json", "xml"], ...]
    namespaces: tuple[str, ...] = ()
    no_plate: tuple[str, ...] = ()
    document_parts: tuple[str, ...] = ()
    pictures: PictureParts = PictureParts()
    events: tuple[EventRow, ...]


def feed_kinds() -> tuple[str, ...]:
    """Return the kinds of reader that there are tables for, sorted."""
    found = (item.name for item in files("resources").joinpath("feeds").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def load_feed(kind: str) -> FeedTable:
    """Read a kind's table. Raises BadInput for a kind that there is none for, or a table that is broken."""
    if kind not in feed_kinds():
        raise BadInput("There is no reader of that kind.", f"Use one of: {', '.join(feed_kinds())}.")
    text = files("resources").joinpath("feeds", f"{kind}.toml").read_text(encoding="utf-8")
    return parse_feed(text, kind)


def parse_feed(text: str, kind: str) -> FeedTable:
    """Read a table's text. Raises BadInput that names what is wrong with it."""
    try:
        table = FeedTable.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(
            f"The table of the reader {kind} is not valid TOML.", "Install the application again."
        ) from fault
    except ValidationError as fault:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise BadInput(f"The table of the reader {kind} is wrong: {places}.", "Mend the table.") from fault
    rows = {row.name: row for row in table.events}
    if unknown := [row.like for row in table.events if row.like and row.like not in rows]:
        raise BadInput(f"The table of the reader {kind} names no event {unknown[0]}.", "Mend the table.")
    return table.model_copy(update={"events": tuple(_with_fields(row, rows) for row in table.events)})


def _with_fields(row: EventRow, rows: Mapping[str, EventRow]) -> EventRow:
    """`like` takes over the other event's fields and ids, where it has none of its own."""
    if not row.like:
        return row
    other = rows[row.like]
    return row.model_copy(update={"fields": {**other.fields, **row.fields}, "same": row.same or other.same})
