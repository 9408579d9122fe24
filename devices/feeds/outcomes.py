"""What an event of a ready-made reader comes to: a read, a sign of life, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mdt_app.domain.reads import Pictures, Read


class Reason(StrEnum):
    """Why something was refused. Each has words that say what to look at."""

    EMPTY = "empty"
    ENCODING = "encoding"
    FORMAT = "format"
    JSON = "json"
    XML = "xml"
    XML_DOCTYPE = "xml_doctype"
    XML_NAMESPACE = "xml_namespace"
    MULTIPART = "multipart"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    EVENT = "event"
    FIELDS = "fields"
    NO_PLATE = "no_plate"
    PLATE_TEXT = "plate_text"
    NO_TIME = "no_time"
    TIME = "time"
    TIME_ZONE = "time_zone"
    ADDRESS = "address"
    SECRET = "secret"  # noqa: S105 - the reason's name, not a secret
    PATH = "path"
    METHOD = "method"
    RATE = "rate"
    CUT = "cut"
    SLOW = "slow"
    BUSY = "busy"
    UNKEPT = "unkept"
    UNFORESEEN = "unforeseen"


WORDS: dict[Reason, str] = {
    Reason.EMPTY: "Nothing was sent",
    Reason.ENCODING: "The text is not UTF-8",
    Reason.FORMAT: "This kind of reader does not send this format",
    Reason.JSON: "It is not valid JSON",
    Reason.XML: "It is not valid XML",
    Reason.XML_DOCTYPE: "XML with a document type or entities is never read",
    Reason.XML_NAMESPACE: "The XML is of another namespace than this kind of reader sends",
    Reason.MULTIPART: "The multipart message holds no document",
    Reason.TOO_DEEP: "It is nested too deeply",
    Reason.TOO_MANY: "It holds too many parts",
    Reason.TOO_LARGE: "It is too large",
    Reason.EVENT: "It is no event that this kind of reader is known to send",
    Reason.FIELDS: "The event lacks the part that holds its reads",
    Reason.NO_PLATE: "The event names no plate",
    Reason.PLATE_TEXT: "What stands for the plate is no plate text",
    Reason.NO_TIME: "The event has no time of capture",
    Reason.TIME: "The time of capture can't be understood or can't be",
    Reason.TIME_ZONE: "The time of capture has no zone: set the reader to send UTC or its offset",
    Reason.ADDRESS: "The address is not on the list of readers",
    Reason.SECRET: "The secret is missing or wrong",
    Reason.PATH: "There is no reader of this name",
    Reason.METHOD: "Only POST and PUT are taken",
    Reason.RATE: "The reader sends faster than it may",
    Reason.CUT: "The connection was cut before the end",
    Reason.SLOW: "The reader took too long to send",
    Reason.BUSY: "Too many connections at once",
    Reason.UNKEPT: "It could not be kept: look at the disk",
    Reason.UNFORESEEN: "The program failed on it: the log names the error",
}


class Rejected(Exception):
    """Raised where an event can't be understood; caught where outcomes are made. `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A read with its pictures.

    `same` are the ids by which another event is found to tell of the same sighting. `unclear` names the fields that
    were there and could not be understood: they are unknown in the read, not guessed.
    """

    read: Read
    pictures: Pictures = field(repr=False)
    same: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life without a plate: a heartbeat, or an event that holds no read."""

    source_id: str = ""
    camera_id: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken. `place` says where in the payload it stands, without its content."""

    reason: Reason
    place: str = ""

    @property
    def words(self) -> str:
        """The reason in words."""
        return f"{WORDS[self.reason]} ({self.place})" if self.place else WORDS[self.reason]


Outcome = FeedRead | Beat | Refusal
