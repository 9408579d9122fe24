"""How a message switch is spoken to: framing, field codes, answer codes. A state's own dialect is one more table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import match_key
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, RecordsQuery
from mdt_app.hq.framing import Frame
from mdt_app.hq.xml_body import Marks, XmlBody, lines_in, xml_of

InquiryField = Literal["check_id", "ori", "user_id", "plate", "state", "plate_type", "nic"]
RecordField = Literal[
    "category", "status", "ori", "plate", "state", "plate_year", "plate_type",
    "year", "make", "model", "style", "color", "nic", "entered_on",
]  # fmt: skip
RequestField = Literal["request_id", "ori", "user_id", "owner", "number", "plate", "state", "nic", "urgency"]
AnswerField = Literal["request_id", "plate", "status", "person", "agency", "until_minutes"]


class RecordStatus(StrEnum):
    """What a record on file says of itself. Only an active one is a reason for anything."""

    ACTIVE = "active"
    LOCATED = "located"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The inquiry by plate (NCIC's QV): its message key, and what stands behind which code, in order."""

    key: str
    fields: Mapping[str, InquiryField]


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to an inquiry: the code that carries its id, the line that says 'nothing', and a record's codes.

    The first code of `record` begins each record. `statuses` are the words behind a record's status code; without
    them every record that comes is in force.
    """

    id: str
    no_record: str
    record: Mapping[str, RecordField]
    statuses: Mapping[str, RecordStatus] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The hit confirmation request (YQ): its message key, its codes in order, and the word for each urgency."""

    key: str
    fields: Mapping[str, RequestField]
    urgencies: Mapping[Urgency, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The entering agency's answer (YR): its codes, and what the words of its status mean."""

    fields: Mapping[str, AnswerField]
    statuses: Mapping[str, ConfirmationAnswer]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One switch's way, whole (resources/switch). Without `xml` a message is lines of text."""

    name: str
    frame: Frame
    inquiry: Inquiry
    response: Response
    confirmation: Confirmation
    answer: Answer
    xml: XmlBody | None = None

    @property
    def marks(self) -> Marks:
        """What tells the lines of an XML message apart."""
        keys = (self.inquiry.key, self.confirmation.key)
        return Marks(self.frame.mark, self.response.id, next(iter(self.response.record)), keys)


def inquiry_text(dialect: Dialect, query: RecordsQuery) -> str:
    """Return the inquiry for a query: its message key on the first line, then its fields; empty ones are left out."""
    values: dict[str, str] = {meaning: str(getattr(query, meaning)) for meaning in dialect.inquiry.fields.values()}
    return message(dialect, dialect.inquiry.key, dialect.inquiry.fields, values)


def confirmation_text(dialect: Dialect, query: ConfirmationQuery) -> str:
    """Return the hit confirmation request (YQ) for a query, with its priority."""
    asking = dialect.confirmation
    values: dict[str, str] = {meaning: str(getattr(query, meaning)) for meaning in asking.fields.values()}
    return message(dialect, asking.key, asking.fields, values | {"urgency": asking.urgencies[query.urgency]})


def understood(dialect: Dialect, query: RecordsQuery, text: str) -> CheckAnswer:
    """Return what a response says about the query's plate.

    ACTIVE only when plate (letter O as zero) and state, and NIC where the query has one, are those of one record that
    is in force. One that was located or cleared counts as no record: it is no reason for anything any more.
    """
    lines = lines_of(dialect, text)
    if not lines or lines[0] != line(dialect, dialect.response.id, query.check_id):
        return CheckAnswer.MALFORMED
    found = records(dialect, lines[1:])
    if not found:
        nothing = nothing_line(dialect, query.plate, query.state)
        return CheckAnswer.NO_RECORD if lines[1:] == [nothing] else CheckAnswer.MALFORMED
    if not all(_whole(dialect, record) for record in found):
        return CheckAnswer.MALFORMED
    its = [record for record in found if _is_it(query, record)]
    if not its:
        return CheckAnswer.OTHER_RECORD
    return CheckAnswer.ACTIVE if any(_in_force(dialect, record) for record in its) else CheckAnswer.NO_RECORD


@dataclass(frozen=True, slots=True)
class ConfirmationText:
    """What an answer to a hit confirmation request (YR) says: the answer, who gives it, how long it is in process."""

    answer: ConfirmationAnswer
    who: str
    until_minutes: int = 0


class Requested(Protocol):
    """What has to be known of a request to read its answer."""

    @property
    def request_id(self) -> str:
        """Its id."""

    @property
    def plate(self) -> str:
        """The plate that it is about."""


def confirmation_understood(dialect: Dialect, query: Requested, text: str) -> ConfirmationText:
    """Read an answer (YR) to this very request. Raises BadInput for another one's, or what can't be understood."""
    said = fields(dialect, dialect.answer.fields, text)
    if said.get("request_id") != query.request_id or match_key(said.get("plate", "")) != match_key(query.plate):
        raise BadInput("The answer is to another request.")
    answer, minutes = dialect.answer.statuses.get(said.get("status", "")), said.get("until_minutes", "0")
    who = " ".join(filter(None, (said.get("person", ""), said.get("agency", ""))))
    if answer is None or not re.fullmatch(r"[0-9]{1,5}", minutes) or not who:
        raise BadInput("The answer can't be understood.")
    until = min(int(minutes), 1440)
    if answer is ConfirmationAnswer.IN_PROCESS and until == 0:
        raise BadInput("The answer does not say until when.")
    return ConfirmationText(answer, who, until)


def line(dialect: Dialect, code: str, value: str) -> str:
    """Return a field as it stands in a message."""
    return f"{code}{dialect.frame.mark}{value}"


def message(dialect: Dialect, first: str, codes: Mapping[str, str], values: Mapping[str, str]) -> str:
    """Return a message: its first line, then each code whose meaning has a value."""
    told = (line(dialect, code, values[meaning]) for code, meaning in codes.items() if values.get(meaning))
    return joined(dialect, [first, *told])


def joined(dialect: Dialect, lines: Iterable[str]) -> str:
    """Return lines as the message that they make."""
    return xml_of(dialect.xml, dialect.marks, lines) if dialect.xml else dialect.frame.line.join(lines)


def nothing_line(dialect: Dialect, plate: str, state: str) -> str:
    """Return the line that says that nothing is on file for a plate."""
    return dialect.response.no_record.replace("{plate}", plate).replace("{state}", state)


def lines_of(dialect: Dialect, text: str) -> list[str]:
    """Return a message's lines; an XML message that can't be read has none."""
    if dialect.xml:
        return lines_in(dialect.xml, dialect.marks, text)
    return text.replace(dialect.frame.line, "\n").splitlines()


def records(dialect: Dialect, lines: Iterable[str]) -> list[dict[str, str]]:
    """Return the records of a response as meaning -> value; other lines are words for the eye."""
    codes = dialect.response.record
    begins = next(iter(codes))
    found: list[dict[str, str]] = []
    for code, value in _pairs(dialect, lines):
        if code == begins:
            found.append({})
        if found and code in codes:
            found[-1][codes[code]] = value
    return found


def fields(dialect: Dialect, codes: Mapping[str, str], text: str) -> dict[str, str]:
    """Return the fields of a message that have one of these codes, as meaning -> value."""
    return {codes[code]: value for code, value in _pairs(dialect, lines_of(dialect, text)) if code in codes}


def _pairs(dialect: Dialect, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for told in lines:
        code, mark, value = told.partition(dialect.frame.mark)
        if mark:
            yield code, value.strip()


def _whole(dialect: Dialect, record: Mapping[str, str]) -> bool:
    known = not dialect.response.statuses or record.get("status") in dialect.response.statuses
    return known and bool(record.get("plate") and record.get("state"))


def _in_force(dialect: Dialect, record: Mapping[str, str]) -> bool:
    statuses = dialect.response.statuses
    return not statuses or statuses[record["status"]] is RecordStatus.ACTIVE


def _is_it(query: RecordsQuery, record: Mapping[str, str]) -> bool:
    asked = (query.plate, query.state, query.nic)
    listed = (record["plate"], record["state"], record.get("nic", "") if query.nic else "")
    return all(match_key(ours) == match_key(theirs) for ours, theirs in zip(asked, listed, strict=True))
