"""XML from outside as plain values: no document type, no entities, bounded, in known namespaces alone.

The standard library's expat alone would fetch nothing, but it expands entities (the "billion laughs"). They can be
declared in a document type only, so the first sign of one ends the parsing, before anything is expanded.
"""

from __future__ import annotations

from collections.abc import Collection
from xml.parsers import expat

from devices.feeds.outcomes import Reason, Rejected

DEPTH_MOST = 32
ELEMENTS_MOST = 5_000

Value = str | dict[str, object]


def parse_xml(data: bytes, namespaces: Collection[str] = ()) -> dict[str, object]:
    """Return the document as {root: value}: a text, or an object of its children; repeated children are a list.

    Attributes are left out. Raises Rejected when it is broken, has a document type, is too deep or large, or has an
    element of another namespace than these (or none at all).
    """
    builder = _Builder(namespaces)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    parser.EntityDeclHandler = builder.refuse_doctype
    parser.ExternalEntityRefHandler = builder.refuse_doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):  # LookupError: an encoding that nobody knows
        raise Rejected(Reason.XML) from None
    return builder.top


class _Builder:
    """Puts the elements together as they come."""

    def __init__(self, namespaces: Collection[str]) -> None:
        self._namespaces = namespaces
        self._count = 0
        self._open: list[tuple[str, dict[str, object], list[str]]] = []
        self.top: dict[str, object] = {}

    def refuse_doctype(self, *_: object) -> int:
        """Called at a document type, an entity's declaration or its use."""
        raise Rejected(Reason.XML_DOCTYPE)

    def start(self, tag: str, _: object) -> None:
        """Open an element."""
        space, _, name = tag.rpartition(" ")
        self._count += 1
        if self._count > ELEMENTS_MOST:
            raise Rejected(Reason.TOO_MANY)
        if len(self._open) >= DEPTH_MOST:
            raise Rejected(Reason.TOO_DEEP)
        if space and self._namespaces and space not in self._namespaces:
            raise Rejected(Reason.XML_NAMESPACE)
        self._open.append((name, {}, []))

    def text(self, words: str) -> None:
        """Take text of the innermost element."""
        self._open[-1][2].append(words)

    def end(self, _: str) -> None:
        """Close the innermost element and hand it to the one around it."""
        name, children, words = self._open.pop()
        around = self._open[-1][1] if self._open else self.top
        value: Value = children or "".join(words).strip()
        known = around.get(name)
        if known is None:
            around[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            around[name] = [known, value]
