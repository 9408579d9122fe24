"""Matching: which hot list entries a read agrees with, and in what it differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.hotlist import Entry
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.reads import Read


class StateAgreement(StrEnum):
    """How the state that was read stands to the entry's. UNKNOWN is a value, not a difference."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """One read against one entry."""

    entry: Entry
    kind: MatchKind
    state: StateAgreement


class HotListIndex:
    """The entries of all lists in memory, by match key. Built anew when a list arrives and swapped in at once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_key.setdefault(entry.key, []).append(entry)

    def __len__(self) -> int:
        return sum(map(len, self._by_key.values()))

    def holds(self, entry: Entry) -> bool:
        """True when this very entry is on a list in force."""
        return any(known.entry_id == entry.entry_id for known in self._by_key.get(entry.key, ()))

    def find(self, read: Read) -> tuple[Match, ...]:
        """Return every entry with the read's characters: agreeing states first, then the more urgent category."""
        matches = [Match(e, MatchKind.EXACT, agreement(read.state, e.state)) for e in self._by_key.get(read.key, ())]
        return tuple(sorted(matches, key=_urgency)) if read.key else ()


def agreement(read_state: str | None, entry_state: str) -> StateAgreement:
    """Compare the state as read (None: unknown) with the entry's (empty: unknown)."""
    if not read_state or not entry_state:
        return StateAgreement.UNKNOWN
    return StateAgreement.AGREES if read_state == entry_state else StateAgreement.DIFFERS


def _urgency(match: Match) -> tuple[bool, int]:
    return match.state is StateAgreement.DIFFERS, ALERTS[match.entry.category].priority
