"""What can be wrong with a dialect's table of tag paths: each fault with its key, as the other tables' are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Protocol

from mdt_app.hq.dialect import Answer, Confirmation, Inquiry, Response
from mdt_app.hq.framing import Frame
from mdt_app.hq.xml_body import XmlBody
from mdt_app.services.strict_toml import Fault
from mdt_app.services.toml_lines import KeyPath

DEPTH_MOST = 16
_TAG = r"[A-Za-z_][A-Za-z0-9_.-]{0,63}"
_PATH = re.compile(rf"{_TAG}(?:/{_TAG}){{0,{DEPTH_MOST - 1}}}")
_NAMESPACE = re.compile(r"[!-~]{1,200}")


class Tables(Protocol):
    """The other tables of the dialect."""

    @property
    def frame(self) -> Frame:
        """How a message is framed."""

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry."""

    @property
    def response(self) -> Response:
        """Its answer."""

    @property
    def confirmation(self) -> Confirmation:
        """The hit confirmation request."""

    @property
    def answer(self) -> Answer:
        """Its answer."""


def xml_faults(body: XmlBody, tables: Tables) -> Iterator[Fault]:
    """Yield what is wrong with the paths, and with the codes that they stand for."""
    for name in ("line", "mark"):
        if getattr(tables.frame, name):
            yield ("frame", name), "has no meaning beside [xml]: leave it out"
    if body.namespace and (not _NAMESPACE.fullmatch(body.namespace) or set('"<&') & set(body.namespace)):
        yield ("xml", "namespace"), "is no namespace: 1 to 200 ASCII characters without blanks, quotes, < and &"
    if not body.no_record:
        yield ("xml", "no_record"), "names no path: nothing would say that nothing is on file"
    yield from _path_faults(body)
    yield from _code_faults(body, tables)


def _path_faults(body: XmlBody) -> Iterator[Fault]:
    whole = _whole_paths(body)
    within: dict[KeyPath, str] = {("xml", "record_fields", code): path for code, path in body.record_fields.items()}
    for key, path in (whole | within).items():
        if not _PATH.fullmatch(path):
            yield key, f"is no path: 1 to {DEPTH_MOST} tags, parted by '/'"
    for key, path in whole.items():
        if "/" not in path or path.partition("/")[0] != body.key.partition("/")[0]:
            yield key, "does not begin at the root that 'xml.key' begins at"
    if list(whole.values()).count(body.record) > 1:
        yield ("xml", "record"), "is where a text stands, too"
    yield from _nested_faults(whole)
    yield from _nested_faults(within)
    for table, paths in (("fields", body.fields), ("record_fields", body.record_fields)):
        for path, times in Counter(paths.values()).items():
            if times > 1:
                yield ("xml", table), f"has '{path}' behind {times} codes"


def _nested_faults(paths: Mapping[KeyPath, str]) -> Iterator[Fault]:
    for (_, outer), (key, inner) in permutations(paths.items(), 2):
        if inner.startswith(f"{outer}/"):
            yield key, f"lies within '{outer}', where a text or a record is wanted"


def _whole_paths(body: XmlBody) -> dict[KeyPath, str]:
    paths: dict[KeyPath, str] = {("xml", "key"): body.key, ("xml", "record"): body.record}
    paths |= {("xml", "fields", code): path for code, path in body.fields.items()}
    paths |= {("xml", "no_record", place): path for place, path in enumerate(body.no_record)}
    return paths | ({("xml", "words"): body.words} if body.words else {})


def _code_faults(body: XmlBody, tables: Tables) -> Iterator[Fault]:
    once: Mapping[str, object] = {
        **tables.inquiry.fields, tables.response.id: "", **tables.confirmation.fields, **tables.answer.fields,
    }  # fmt: skip
    needed: tuple[tuple[str, Mapping[str, object], Mapping[str, str]], ...] = (
        ("fields", once, body.fields),
        ("record_fields", tables.response.record, body.record_fields),
    )
    for table, codes, paths in needed:
        yield from ((("xml", table), f"has no path for '{code}'") for code in codes if code not in paths)
        yield from ((("xml", table, code), "is a code that no table uses") for code in paths if code not in codes)
    begins = next(iter(tables.response.record), "")
    if begins in body.fields:
        yield ("xml", "fields", begins), "begins a record: give what stands once in a message another code"
