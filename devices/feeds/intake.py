"""The intake of one reader: its payloads read, repeats dropped, and everything counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from devices.feeds.outcomes import FeedRead, Reason, Refusal
from devices.feeds.reader import read_payload
from devices.feeds.repeats import Repeats
from devices.feeds.tables import FeedTable


@dataclass(frozen=True, slots=True)
class Taken:
    """What one payload came to."""

    reads: tuple[FeedRead, ...] = ()
    repeats: int = 0
    beats: int = 0
    refused: tuple[Refusal, ...] = ()


class Intake:
    """Takes the payloads of one reader. `source_id` is its name here; empty: what it calls itself."""

    def __init__(self, table: FeedTable, source_id: str = "") -> None:
        self.table, self.source_id = table, source_id
        self._repeats = Repeats()
        self.payloads = self.reads = self.repeats = self.beats = self.unclear = 0
        self.refusals: Counter[Reason] = Counter()

    def take(self, data: bytes, content_type: str = "") -> Taken:
        """Read a payload. Never raises for what was sent."""
        self.payloads += 1
        outcomes = read_payload(self.table, data, content_type, self.source_id)
        all_reads = [one for one in outcomes if isinstance(one, FeedRead)]
        reads = tuple(one for one in all_reads if not self._repeats.is_repeat(one))
        refused = tuple(one for one in outcomes if isinstance(one, Refusal))
        repeats = len(all_reads) - len(reads)
        taken = Taken(reads, repeats, len(outcomes) - len(all_reads) - len(refused), refused)
        self._count(taken)
        return taken

    def unkept(self, reads: Iterable[FeedRead]) -> None:
        """Take back what could not be kept: the reader will tell it again."""
        for one in reads:
            self._repeats.forget(one)
            self.reads -= 1

    def refuse(self, reason: Reason) -> None:
        """Count what never came to be read: too large, too fast, cut off."""
        self.refusals[reason] += 1

    def _count(self, taken: Taken) -> None:
        self.reads += len(taken.reads)
        self.repeats += taken.repeats
        self.beats += taken.beats
        self.unclear += sum(len(one.unclear) for one in taken.reads)
        self.refusals.update(one.reason for one in taken.refused)
