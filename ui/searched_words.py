"""What a search has searched, in words: each place with how many it found, or why it could not be searched (QRY-3)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.read_search import CAR, HEADQUARTERS, VENDOR_STORE, Searched, SearchFound
from ui.words import translated

SOURCES: Mapping[str, str] = {
    CAR: "This car",
    HEADQUARTERS: "Headquarters",
    VENDOR_STORE: "Vendor's store",
}
"""Where reads are kept, in words."""


def is_whole(found: SearchFound) -> bool:
    """Whether everything that there is was searched."""
    return not found.asking and all(one.count is not None for one in found.searched)


def searched_words(found: SearchFound) -> tuple[str, ...]:
    """A line a place; the last one says that headquarters has not answered yet."""
    lines = tuple(map(_line, found.searched))
    return (*lines, _tr("■ Headquarters: asking ...")) if found.asking else lines


def _line(searched: Searched) -> str:
    place = translated(SOURCES.get(searched.source, searched.source))
    if searched.count is None:
        return _tr("▲ %1 not searched: %2").replace("%1", place).replace("%2", searched.fault)
    words = _tr("✓ %1: found %2, the newest are shown") if searched.more else _tr("✓ %1: found %2")
    return words.replace("%1", place).replace("%2", str(searched.count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("searched", text)
