"""XML from outside as plain values: no document type, no entities, bounded, in known namespaces alone.

The standard library's expat alone would fetch nothing, but it expands entities (the "billion laughs"). They can be
declared in a document type only, so the first sign of one ends the parsing, before anything is expanded.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from xml.parsers import expat

DEPTH_MOST = 32
ELEMENTS_MOST = 5_000

Value = str | dict[str, object]


class XmlFault(StrEnum):
    """Why XML from outside is not read."""

    BROKEN = "xml"
    DOCTYPE = "xml_doctype"
    NAMESPACE = "xml_namespace"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"


class XmlRefused(Exception):
    """The document is not read. `fault` says why."""

    def __init__(self, fault: XmlFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse_xml(data: bytes, namespaces: Collection[str] = ()) -> dict[str, object]:
    """Return the document as {root: value}: a text, or an object of its children; repeated children are a list.

    Attributes are left out. Raises XmlRefused when it is broken, has a document type, is too deep or large, or has an
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
        raise XmlRefused(XmlFault.BROKEN) from None
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
        raise XmlRefused(XmlFault.DOCTYPE)

    def start(self, tag: str, _: object) -> None:
        """Open an element."""
        space, _, name = tag.rpartition(" ")
        self._count += 1
        if self._count > ELEMENTS_MOST:
            raise XmlRefused(XmlFault.TOO_MANY)
        if len(self._open) >= DEPTH_MOST:
            raise XmlRefused(XmlFault.TOO_DEEP)
        if space and self._namespaces and space not in self._namespaces:
            raise XmlRefused(XmlFault.NAMESPACE)
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
