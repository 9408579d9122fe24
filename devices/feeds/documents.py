"""A payload taken apart: the documents in it (JSON or XML) and the pictures beside them (multipart)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from devices.feeds.outcomes import Reason, Refusal, Rejected
from devices.feeds.tables import FeedTable
from mdt_app.services.safe_xml import XmlRefused, parse_xml

PAYLOAD_MOST = 16 * 1024 * 1024
PARTS_MOST = 40
_OPENING = re.compile(rb"\s*--([^\r\n]{1,70}?)[ \t]*\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_HEAD_MOST = 4_096
_BLANKS = re.compile(r"[ \t\r\n,]*")
DOCUMENTS_MOST, BROKEN_MOST = 10_000, 50
"""Documents in one payload, and how many of them may be broken before the rest is left unread."""
_NEXT_DOCUMENT = re.compile(r"\n(?=[{\[])")
_JSON_DEPTH = 64
_VALUES_MOST = 100_000
"""Values at one depth of a document."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a multipart message: its name and file name in lower case, and its bytes."""

    names: tuple[str, ...]
    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Payload:
    """What was sent: documents, what of them was refused, and the other parts."""

    documents: tuple[object, ...]
    refused: tuple[Refusal, ...] = ()
    parts: tuple[Part, ...] = field(default=(), repr=False)


def take_apart(data: bytes, table: FeedTable, content_type: str = "") -> Payload:
    """Return the documents of a payload. Raises Rejected when there is none to be had.

    content_type: the HTTP header; without it a multipart message is known by its first line.
    """
    if len(data) > PAYLOAD_MOST:
        raise Rejected(Reason.TOO_LARGE)
    boundary = _boundary(data, content_type)
    if not boundary:
        return _documents(data, table, ())
    parts = _parts(data, boundary)
    document = next((part for part in parts if _is_document(part, table)), None)
    if document is None:
        raise Rejected(Reason.MULTIPART)
    return _documents(document.data, table, tuple(part for part in parts if part is not document))


def _boundary(data: bytes, content_type: str) -> bytes:
    if content_type.lower().lstrip().startswith("multipart/"):
        found = re.search(r'boundary="?([^";,\s]{1,70})"?', content_type, re.IGNORECASE)
        return found.group(1).encode("latin-1", "replace") if found else b""
    opening = _OPENING.match(data[:200])
    return opening.group(1) if opening else b""


def _parts(data: bytes, boundary: bytes) -> list[Part]:
    """Cut a multipart message at its boundary, in one pass: pictures are large, and line by line takes too long."""
    pieces = (b"\n" + data).split(b"\n--" + boundary, PARTS_MOST + 2)[1:]
    if len(pieces) > PARTS_MOST:
        raise Rejected(Reason.TOO_MANY)
    return [_part(piece) for piece in pieces if not piece.startswith(b"--")]


def _part(piece: bytes) -> Part:
    """Take a part's headers by the standard library's parser; what follows the empty line is its content."""
    blank = _BLANK_LINE.search(piece)
    if blank is None or blank.start() > _HEAD_MOST:
        raise Rejected(Reason.MULTIPART)
    head = BytesHeaderParser().parsebytes(piece[: blank.start()].lstrip())
    content = piece[blank.end() :].removesuffix(b"\r")
    if str(head.get("Content-Transfer-Encoding", "")).lower() == "base64":
        content = _from_base64(content)
    names = (head.get_param("name", "", "content-disposition"), head.get_filename(""))
    return Part(tuple(str(name).lower() for name in names if name), head.get_content_type(), content)


def _from_base64(content: bytes) -> bytes:
    try:
        return base64.b64decode(content)
    except binascii.Error:
        raise Rejected(Reason.MULTIPART) from None


def _is_document(part: Part, table: FeedTable) -> bool:
    if table.document_parts and any(name in table.document_parts for name in part.names):
        return True
    return part.kind.endswith(("/json", "/xml")) or part.data.lstrip()[:1] in (b"{", b"[", b"<")


def _documents(data: bytes, table: FeedTable, parts: tuple[Part, ...]) -> Payload:
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not first:
        raise Rejected(Reason.EMPTY)
    form = "xml" if first == b"<" else "json"
    if form not in table.formats:
        raise Rejected(Reason.FORMAT)
    if form == "xml":
        try:
            document = parse_xml(data.removeprefix(b"\xef\xbb\xbf").strip(), table.namespaces)
        except XmlRefused as fault:
            raise Rejected(Reason(fault.fault.value)) from None
        return Payload((document,), (), parts)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected(Reason.ENCODING) from None
    found = list(_json_documents(text))
    refused = tuple(one for one in found if isinstance(one, Refusal))
    return Payload(tuple(one for one in found if not isinstance(one, Refusal)), refused, parts)


def _json_documents(text: str) -> Iterator[object]:
    """Yield each document of a JSON text, of JSON Lines, or of a list; and a Refusal for each that is broken.

    After a broken one it goes on at the next line that begins as a document does.
    """
    decoder, at, count, broken = json.JSONDecoder(parse_constant=_no_constant), 0, 0, 0
    while (at := _skip_blanks(text, at)) < len(text):
        if count >= DOCUMENTS_MOST or broken >= BROKEN_MOST:
            yield Refusal(Reason.TOO_MANY, f"from line {_line(text, at)}")
            return
        count += 1
        try:
            value, at = decoder.raw_decode(text, at)
            _require_shallow(value)
        except (ValueError, RecursionError, Rejected) as fault:
            broken += 1
            yield Refusal(_reason(fault), f"line {_line(text, at)}")
            following = _NEXT_DOCUMENT.search(text, at)
            at = following.end() if following else len(text)
        else:
            rows = value if isinstance(value, list) else [value]
            yield from rows if len(rows) <= DOCUMENTS_MOST else [Refusal(Reason.TOO_MANY)]


def _reason(fault: Exception) -> Reason:
    if isinstance(fault, Rejected):
        return fault.reason
    return Reason.JSON if isinstance(fault, ValueError) else Reason.TOO_DEEP


def _skip_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _no_constant(_: str) -> object:
    raise ValueError  # NaN and Infinity are no JSON


def _require_shallow(value: object) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > _JSON_DEPTH:
            raise Rejected(Reason.TOO_DEEP)
        if len(level) > _VALUES_MOST:
            raise Rejected(Reason.TOO_MANY)
        level = [inner for one in level for inner in _children(one)]


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
