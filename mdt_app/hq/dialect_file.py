"""Reads a message switch's dialect (resources/switch/*.toml, or an agency's own). What is wrong stops the start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.hq.dialect import Answer, Confirmation, Dialect, Inquiry, RecordStatus, Response
from mdt_app.hq.framing import Frame
from mdt_app.hq.xml_body import XmlBody
from mdt_app.hq.xml_table import xml_faults
from mdt_app.services.strict_toml import Fault, Strict, blank_faults, names_in, parsed_toml, source_of, stop_at, text_of

NCIC = "ncic"
"""The dialect that is spoken where none is named."""

_CODE = re.compile(r"[A-Z0-9]{1,8}")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_CONTROL = re.compile(r"[\x01-\x1f]+")
_PLACES = re.compile(r"\{(.*?)\}")
_CODES = (("inquiry", "fields"), ("response", "record"), ("confirmation", "fields"), ("answer", "fields"))
# ORI and user stand on every transaction (CJIS IA-0); the rest is what an answer is held against.
_NEEDED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("inquiry", "fields"): ("check_id", "ori", "user_id", "plate", "state"),
    ("response", "record"): ("plate", "state", "nic"),
    ("confirmation", "fields"): ("request_id", "ori", "user_id", "owner", "plate", "urgency"),
    ("confirmation", "urgencies"): tuple(Urgency),
    ("answer", "fields"): ("request_id", "plate", "status", "agency"),
    ("answer", "statuses"): (ConfirmationAnswer.CONFIRMED, ConfirmationAnswer.NOT_VALID),
}


_LINE, _MARK = "\n", "="
"""How lines are told apart inside of the program where the switch itself speaks XML."""


class _DialectFile(Strict):
    name: str
    frame: Frame
    inquiry: Inquiry
    response: Response
    confirmation: Confirmation
    answer: Answer
    xml: XmlBody | None = None


@cache
def load_dialect(name: str) -> Dialect:
    """Load a dialect of resources/switch by its name, or a state's own by a path that ends in .toml.

    Raises BadInput: with the names there are, or with file, line and key of everything that is wrong.
    """
    source = source_of(_folder(), name)
    text = text_of(source)
    parsed = parsed_toml(source.name, text, _DialectFile)
    stop_at(source.name, text, list(_faults(parsed)))
    frame = replace(parsed.frame, line=_LINE, mark=_MARK) if parsed.xml else parsed.frame
    rest = parsed.inquiry, parsed.response, parsed.confirmation, parsed.answer, parsed.xml
    return Dialect(parsed.name, frame, *rest)


def default_dialect() -> Dialect:
    """NCIC's own field codes."""
    return load_dialect(NCIC)


def dialect_names() -> tuple[str, ...]:
    """The names of the dialects that come with the program."""
    return names_in(_folder())


def _folder() -> Traversable:
    return files("resources").joinpath("switch")


def _faults(parsed: _DialectFile) -> Iterator[Fault]:
    held = parsed.model_dump()
    del held["frame"]  # what it may leave empty is its own
    yield from blank_faults(held)
    yield from _frame_faults(parsed.frame)
    yield from xml_faults(parsed.xml, parsed) if parsed.xml else _line_faults(parsed.frame)
    for path in _CODES:
        yield from _code_faults(path, held[path[0]][path[1]])
    for (table, key), needed in _NEEDED.items():
        there = held[table][key]
        meant = set(there) if key == "urgencies" else set(there.values())
        yield from (((table, key), f"has nothing for '{name}'") for name in needed if name not in meant)
    yield from _response_faults(parsed.response)
    yield from _answer_faults(parsed)


def _frame_faults(frame: Frame) -> Iterator[Fault]:
    texts = {"start": frame.start, "end": frame.end, "line": frame.line, "mark": frame.mark}
    yield from ((("frame", key), "may hold ASCII alone") for key, value in texts.items() if not value.isascii())
    if not frame.end and not frame.length:
        yield ("frame", "end"), "is empty: nothing would say where a message ends; or give a 'length' of 2 or 4 bytes"
    if frame.counts_itself and not frame.length:
        yield ("frame", "counts_itself"), "needs a 'length' of 2 or 4 bytes"


def _line_faults(frame: Frame) -> Iterator[Fault]:
    if not _CONTROL.fullmatch(frame.line):
        yield ("frame", "line"), "must be control characters, such as \\n: no value can hold them"
    if frame.end and (frame.end in frame.line or frame.line in frame.end):
        yield ("frame", "line"), "can't be told from the end of a message"
    if len(frame.mark) != 1 or _CODE.fullmatch(frame.mark) or not _PRINTABLE.fullmatch(frame.mark):
        yield ("frame", "mark"), "must be one printable character that is no letter or digit"


def _code_faults(path: tuple[str, str], codes: Mapping[str, str]) -> Iterator[Fault]:
    for code in codes:
        if not _CODE.fullmatch(code):
            yield (*path, code), "is no code: 1 to 8 capital letters and digits"
    for meaning, times in Counter(codes.values()).items():
        if times > 1:
            yield path, f"has '{meaning}' behind {times} codes"


def _response_faults(response: Response) -> Iterator[Fault]:
    places = set(_PLACES.findall(response.no_record))
    if not {"plate"} <= places <= {"plate", "state"}:
        yield ("response", "no_record"), "must name {plate}, and may name {state}: an answer is held against them"
    if not _PRINTABLE.fullmatch(response.no_record):
        yield ("response", "no_record"), "must be one line of ASCII"
    if not _CODE.fullmatch(response.id):
        yield ("response", "id"), "is no code: 1 to 8 capital letters and digits"
    if ("status" in response.record.values()) is not bool(response.statuses):
        yield ("response", "statuses"), "and a record's 'status' go together: give both, or neither"
    if response.statuses and RecordStatus.ACTIVE not in response.statuses.values():
        yield ("response", "statuses"), "has no word for 'active'"


def _answer_faults(parsed: _DialectFile) -> Iterator[Fault]:
    if parsed.inquiry.key == parsed.confirmation.key:
        yield ("confirmation", "key"), "is the inquiry's, too: the switch could not tell them apart"
    if len(set(parsed.confirmation.urgencies.values())) < len(parsed.confirmation.urgencies):
        yield ("confirmation", "urgencies"), "has one word for both"
    waits = ConfirmationAnswer.IN_PROCESS in parsed.answer.statuses.values()
    if waits and "until_minutes" not in parsed.answer.fields.values():
        yield ("answer", "fields"), "has nothing for 'until_minutes', which 'in_process' needs"
