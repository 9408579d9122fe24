"""How a message switch is spoken to: framing and field codes. A state's own dialect is one more row."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import match_key
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, RecordsQuery

FRAME_MOST = 64 * 1024
"""Bytes in one message, at most."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One switch's way: a message is `start`, ASCII lines of CODE/value, `end`.

    `inquiry` says which attribute of the query stands behind which code, in order; a field without value is left out.
    `confirmation` says the same of a hit confirmation request, `confirmed` what the words in an answer's STA mean.
    """

    name: str
    start: bytes
    end: bytes
    key: str
    inquiry: tuple[tuple[str, str], ...]
    record_begins: str
    no_record: str
    confirmation_key: str
    confirmation: tuple[tuple[str, str], ...]
    urgencies: Mapping[Urgency, str]
    confirmed: Mapping[str, ConfirmationAnswer]


DIALECTS: Mapping[str, Dialect] = {
    # QV and its fields: standards, section 1. HDR carries the check's id there and back, as state switches do.
    "ncic": Dialect(
        name="ncic",
        start=b"\x02",
        end=b"\x03",
        key="QV",
        inquiry=(
            ("HDR", "check_id"),
            ("ORI", "ori"),
            ("USR", "user_id"),
            ("LIC", "plate"),
            ("LIS", "state"),
            ("LIT", "plate_type"),
            ("NIC", "nic"),
        ),
        record_begins="MKE",
        no_record="NO RECORD",
        confirmation_key="YQ",
        confirmation=(
            ("HDR", "request_id"),
            ("ORI", "ori"),
            ("USR", "user_id"),
            ("OWN", "owner"),
            ("RNO", "number"),
            ("LIC", "plate"),
            ("LIS", "state"),
            ("NIC", "nic"),
        ),
        urgencies={Urgency.URGENT: "U", Urgency.ROUTINE: "R"},
        # YR's status codes were not found in public; a state's own go here.
        confirmed={
            "CONFIRMED": ConfirmationAnswer.CONFIRMED,
            "NOT VALID": ConfirmationAnswer.NOT_VALID,
            "IN PROCESS": ConfirmationAnswer.IN_PROCESS,
        },
    )
}

_FIELD = re.compile(r"([A-Z]{3})/(.*)")


def inquiry_text(dialect: Dialect, query: RecordsQuery) -> str:
    """Return the inquiry for a query: its message key on the first line, then its fields."""
    fields = ((code, str(getattr(query, name))) for code, name in dialect.inquiry)
    return "\n".join([dialect.key, *(f"{code}/{value}" for code, value in fields if value)])


def understood(dialect: Dialect, query: RecordsQuery, text: str) -> CheckAnswer:
    """Return what a response says about the query's plate.

    ACTIVE only when LIC (letter O as zero) and LIS, and NIC where the query has one, are those of one record.
    """
    lines = text.splitlines()
    if not lines or lines[0] != f"HDR/{query.check_id}":
        return CheckAnswer.MALFORMED
    found = records(dialect, lines[1:])
    if not found:
        nothing = f"{dialect.no_record} LIC/{query.plate} LIS/{query.state}"
        return CheckAnswer.NO_RECORD if lines[1:] == [nothing] else CheckAnswer.MALFORMED
    if not all(record.get("LIC") and record.get("LIS") for record in found):
        return CheckAnswer.MALFORMED
    return CheckAnswer.ACTIVE if any(_is_it(query, record) for record in found) else CheckAnswer.OTHER_RECORD


def confirmation_text(dialect: Dialect, query: ConfirmationQuery) -> str:
    """Return the hit confirmation request (YQ) for a query, with its priority."""
    fields = ((code, str(getattr(query, name))) for code, name in dialect.confirmation)
    lines = (f"{code}/{value}" for code, value in fields if value)
    return "\n".join([dialect.confirmation_key, *lines, f"PRI/{dialect.urgencies[query.urgency]}"])


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
    said = fields(text)
    if said.get("HDR") != query.request_id or match_key(said.get("LIC", "")) != match_key(query.plate):
        raise BadInput("The answer is to another request.")
    answer, minutes = dialect.confirmed.get(said.get("STA", "")), said.get("UNT", "0")
    who = " ".join(filter(None, (said.get("RNA", ""), said.get("RAG", ""))))
    if answer is None or not minutes.isdigit() or not who:
        raise BadInput("The answer can't be understood.")
    until = min(int(minutes), 1440)
    if answer is ConfirmationAnswer.IN_PROCESS and until == 0:
        raise BadInput("The answer does not say until when.")
    return ConfirmationText(answer, who, until)


def records(dialect: Dialect, lines: Iterable[str]) -> list[dict[str, str]]:
    """Return the records of a response as code -> value; other lines are words for the eye."""
    found: list[dict[str, str]] = []
    for match in filter(None, map(_FIELD.fullmatch, lines)):
        code, value = match.groups()
        if code == dialect.record_begins:
            found.append({})
        if found:
            found[-1][code] = value.strip()
    return found


def fields(text: str) -> dict[str, str]:
    """Return the fields of an inquiry as code -> value."""
    return {match[1]: match[2].strip() for match in filter(None, map(_FIELD.fullmatch, text.splitlines()))}


async def receive(reader: asyncio.StreamReader, dialect: Dialect) -> str:
    """Read one message. Raises BadInput when it is not framed, too long or not ASCII, EOFError at the end."""
    try:
        frame = await reader.readuntil(dialect.end)
    except asyncio.IncompleteReadError as fault:
        if not fault.partial:
            raise EOFError from fault
        raise BadInput("The message was cut off.") from fault
    except asyncio.LimitOverrunError as fault:
        raise BadInput("The message is too long.") from fault
    if not frame.startswith(dialect.start) or not frame.isascii():
        raise BadInput("The message is not framed as agreed.")
    return frame.removeprefix(dialect.start).removesuffix(dialect.end).decode("ascii")


async def send(writer: asyncio.StreamWriter, dialect: Dialect, text: str) -> None:
    """Write one message."""
    writer.write(dialect.start + text.encode("ascii", errors="replace") + dialect.end)
    await writer.drain()


def _is_it(query: RecordsQuery, record: Mapping[str, str]) -> bool:
    asked = (query.plate, query.state, query.nic)
    listed = (record["LIC"], record["LIS"], record.get("NIC", "") if query.nic else "")
    return all(match_key(ours) == match_key(theirs) for ours, theirs in zip(asked, listed, strict=True))
