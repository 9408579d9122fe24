"""A switch that speaks XML: by a table of tag paths a message is the same lines as those of every other dialect.

So what an answer means is decided in one place for all of them (`mdt_app/hq/dialect`). XML is read without document
type, entities and references, bounded (`mdt_app/services/safe_xml`); attributes are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from mdt_app.domain.errors import BadInput
from mdt_app.services.safe_xml import XmlRefused, parse_xml


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlBody:
    """Where everything stands in a message. A path is its tags from the root on, parted by '/'.

    `key` is where a request's message key stands, `fields` (code -> path) what stands once in a message. `record`
    begins each record, `record_fields` are the paths within one. The texts at `no_record`, parted by a blank, are the
    line for 'nothing on file'; each but the first is one word. `words` are for the eye. All is of one `namespace`.
    """

    key: str
    fields: Mapping[str, str]
    record: str
    record_fields: Mapping[str, str]
    no_record: tuple[str, ...]
    words: str | None = None
    namespace: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells lines apart: code and value are parted by `mark`, `first` is the code of an answer's first line,
    `begins` that of each record's; `keys` are the first lines of requests."""

    mark: str
    first: str
    begins: str
    keys: Collection[str]


def lines_in(body: XmlBody, marks: Marks, text: str) -> list[str]:
    """Return a message's lines; none when it can't be read, or says something twice that stands once."""
    try:
        message = parse_xml(text.encode(), (body.namespace,) if body.namespace else ())
        return _lines(body, marks, message)
    except (XmlRefused, BadInput):
        return []


def xml_of(body: XmlBody, marks: Marks, lines: Iterable[str]) -> str:
    """Return lines as a message; what is no field is the line for 'nothing', or beside records words for the eye."""
    told = [(line, *line.partition(marks.mark)[::2]) for line in lines]
    message: dict[str, object] = {}
    record: dict[str, object] | None = None
    listed = any(code == marks.begins for _, code, _ in told)
    for line, code, value in told:
        if code == marks.begins:
            record = {}
            _put(message, body.record, record)
        if record is not None and code in body.record_fields:
            _put(record, body.record_fields[code], value)
        elif line in marks.keys:
            _put(message, body.key, line)
        elif code in body.fields and line != code:
            _put(message, body.fields[code], value)
        elif not listed:
            for path, word in zip(body.no_record, line.rsplit(" ", len(body.no_record) - 1), strict=False):
                _put(message, path, word)
        elif body.words:
            _put(message, body.words, line)
    return "".join(_rendered(message, f' xmlns="{body.namespace}"' if body.namespace else ""))


def _lines(body: XmlBody, marks: Marks, message: dict[str, object]) -> list[str]:
    key = _text(message, body.key)
    known = {code: value for code, path in body.fields.items() if (value := _text(message, path))}
    once = [f"{code}{marks.mark}{value}" for code, value in known.items()]
    if key in marks.keys:
        return [key, *once]
    once.sort(key=lambda line: not line.startswith(f"{marks.first}{marks.mark}"))
    found = _all(message, body.record)
    nothing = [_text(message, path) for path in body.no_record]
    if not found:
        return [*once[:1], " ".join(nothing)] if all(nothing) else once
    listed = [line for one in found for line in _record(body, marks, one)]
    # Words for the eye are indented: none of them can be taken for a field.
    return [*once, *listed, *(f"  {_one(word)}" for word in (_all(message, body.words) if body.words else ()))]


def _record(body: XmlBody, marks: Marks, found: object) -> Iterator[str]:
    """A record's lines; the code that begins each comes first, even where it says nothing."""
    for code in sorted(body.record_fields, key=lambda code: code != marks.begins):
        value = _text(found, body.record_fields[code])
        if value or code == marks.begins:
            yield f"{code}{marks.mark}{value}"


def _all(around: object, path: str) -> list[object]:
    """Everything at a path."""
    found = [around]
    for tag in path.split("/"):
        inside = [one[tag] for one in found if isinstance(one, dict) and tag in one]
        found = [each for one in inside for each in (one if isinstance(one, list) else [one])]
    return found


def _text(around: object, path: str) -> str:
    """The text at a path, '' where there is none. Raises BadInput where there are several."""
    found = _all(around, path)
    if len(found) > 1:
        raise BadInput("The message says something twice that stands once.")
    return _one(found[0]) if found else ""


def _one(found: object) -> str:
    """A text on one line. Raises BadInput for an element with others inside."""
    if not isinstance(found, str):
        raise BadInput("The message has elements where a text is wanted.")
    return " ".join(found.split())


def _put(message: dict[str, object], path: str, value: object) -> None:
    *around, last = path.split("/")
    for tag in around:
        inside = message.setdefault(tag, {})
        message = inside if isinstance(inside, dict) else {}
    held = message.setdefault(last, [])
    if isinstance(held, list):
        held.append(value)


def _rendered(message: Mapping[str, object], attribute: str = "") -> Iterator[str]:
    for tag, held in message.items():
        for one in held if isinstance(held, list) else [held]:
            yield f"<{tag}{attribute}>"
            yield from _rendered(one) if isinstance(one, dict) else (escape(str(one), quote=False),)
            yield f"</{tag}>"
