"""Matching: which hot list entries a read agrees with, and in what it differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.plates import confusable, differences
from mdt_app.domain.reads import Read


class StateAgreement(StrEnum):
    """How the state that was read stands to the entry's. UNKNOWN is a value, not a difference."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """One read against one entry. `differs` says where the characters do: place from 0, the read's, the entry's.

    For an entry of which only a part is known, the entry's character is ? where it is not.
    """

    entry: Entry
    kind: MatchKind
    state: StateAgreement
    differs: tuple[tuple[int, str, str], ...] = ()


class EntrySource(Protocol):
    """Where the entries of an index lie: the lists of an open transaction."""

    def fetch(self, rows: Sequence[int]) -> Sequence[Entry]:
        """Return the entries of these rows, in their order. Raises StorageFault."""


class ListKeeper(EntrySource, Protocol):
    """Where lists stand and are changed: a transaction's."""

    def change(self, hotlist: HotList, removed: Any, ready: Any) -> Any:
        """Take rows out that the index has found, put entries in, and return what the index has to take over."""


class ListIndex(Protocol):
    """The entries of all lists in force, as the core asks them."""

    def __len__(self) -> int:
        """How many entries there are."""

    def holds(self, entry: Entry) -> bool:
        """True when this very entry, unchanged, is on a list in force."""

    def same_rows(self, other: object) -> bool:
        """Whether nothing was changed between this index and the other."""

    def through(self, source: EntrySource) -> ListIndex:
        """Return the same index, fetching entries through this transaction's lists."""

    def with_change(self, lists: ListKeeper, hotlist: HotList, removed: Any, ready: Any) -> ListIndex:
        """Change a list in the store, and return the index as it is then. Raises BadInput for one that is not there."""

    def find(self, read: Read, now: datetime | None = None, *, near: bool = False) -> tuple[Match, ...]:
        """Return every entry in force at `now` (UTC; None: when the read was made) that the read matches.

        `near` also finds plates with at most two characters that readers confuse, where the state does not differ as
        well. `ranked` says the order.
        """


class HotListIndex:
    """The entries in a dict: for a small list, and as the plain measure of the packed index."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[str, list[Entry]] = {}
        self._parts: list[Entry] = []
        for entry in entries:
            (self._parts if entry.pattern else self._by_key.setdefault(entry.key, [])).append(entry)

    def __len__(self) -> int:
        return sum(map(len, self._by_key.values())) + len(self._parts)

    def holds(self, entry: Entry) -> bool:
        """True when this very entry, unchanged, is on a list in force."""
        known = self._parts if entry.pattern else self._by_key.get(entry.key, ())
        return entry in known

    def through(self, source: EntrySource) -> HotListIndex:  # noqa: ARG002 - it holds its entries itself
        """As ListIndex says."""
        return self

    def find(self, read: Read, now: datetime | None = None, *, near: bool = False) -> tuple[Match, ...]:
        """As ListIndex says."""
        found = [*self._by_key.get(read.key, ()), *self._parts]
        if near:
            found += [entry for key, entries in self._by_key.items() if confusable(read.key, key) for entry in entries]
        return ranked(read, found, now)


def ranked(read: Read, candidates: Iterable[Entry], now: datetime | None = None) -> tuple[Match, ...]:
    """Return the matches among the candidates that are in force: exact ones first, then agreeing states, then urgency.

    An entry that has expired is silent.
    """
    moment = now or read.captured_at
    in_force = (entry for entry in candidates if entry.expires_at is None or entry.expires_at > moment)
    matches = [match for entry in in_force if (match := compared(read, entry))]
    return tuple(sorted(matches, key=_urgency)) if len(matches) > 1 else tuple(matches)


def compared(read: Read, entry: Entry) -> Match | None:
    """Return how the read matches the entry, None when it does not. An unreadable plate matches nothing."""
    if not read.key:
        return None
    state = agreement(read.state, entry.state)
    if entry.pattern:
        return _of_a_part(read, entry, state)
    if read.key == entry.key:
        return Match(entry, MatchKind.EXACT, state)
    if state is not StateAgreement.DIFFERS and confusable(read.key, entry.key):
        return Match(entry, MatchKind.CONFUSABLE, state, differences(read.key, entry.key))
    return None


def agreement(read_state: str | None, entry_state: str) -> StateAgreement:
    """Compare the state as read (None: unknown) with the entry's (empty: unknown)."""
    if not read_state or not entry_state:
        return StateAgreement.UNKNOWN
    return StateAgreement.AGREES if read_state == entry_state else StateAgreement.DIFFERS


def part_expression(pattern: str) -> str:
    """Return the regular expression of a part: its unknown runs and characters are groups."""
    return "".join({"?": "(.)", "*": "(.*)"}.get(character, re.escape(character)) for character in pattern)


def _of_a_part(read: Read, entry: Entry, state: StateAgreement) -> Match | None:
    found = re.fullmatch(part_expression(entry.pattern), read.key)
    if found is None:
        return None
    unknown = sorted(place for group in range(1, found.re.groups + 1) for place in range(*found.span(group)))
    inside = "?" in entry.pattern or "*" in entry.pattern.strip("*")
    kind = MatchKind.WILDCARD if inside else MatchKind.PARTIAL
    return Match(entry, kind, state, tuple((place, read.key[place], "?") for place in unknown))


def _urgency(match: Match) -> tuple[bool, bool, int, str]:
    inexact, differs = match.kind is not MatchKind.EXACT, match.state is StateAgreement.DIFFERS
    return inexact, differs, ALERTS[match.entry.category].priority, match.entry.entry_id
