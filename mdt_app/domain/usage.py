"""Usage of the readers as counts: what is counted of which event, and the periods of reports (AUD-6)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.registers import months_after

READS = "reads"
Counts = Mapping[tuple[str, str], int]
"""(measure, label) -> count."""


class Measure(StrEnum):
    """What is counted, each by its labels."""

    HITS = "hits"
    STOPS = "stops"
    ENDS = "ends"
    DISPOSITIONS = "dispositions"
    SEARCHES = "searches"
    SEARCHERS = "searchers"
    REFUSED = "refused"


_OTHER = "other"
_LABELS: Mapping[str, tuple[tuple[Measure, str], ...]] = {
    EventKind.HIT.value: ((Measure.HITS, "category"),),
    EventKind.STOP.value: ((Measure.STOPS, "purpose"),),
    EventKind.NO_STOP.value: ((Measure.ENDS, "reason"),),
    EventKind.DISPOSITION.value: ((Measure.DISPOSITIONS, "disposition"),),
    EventKind.SEARCHED.value: ((Measure.SEARCHES, "purpose"),),
    EventKind.PURPOSE_REFUSED.value: ((Measure.REFUSED, "use"),),
}
"""Kind of event -> the measure that it counts in, and the field of its body that is the label."""
COUNTED = tuple(_LABELS)
STOPPED = "stopped"
"""How a hit that led to a stop has ended, beside the reasons for none."""


def counted(said: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Counter[tuple[str, str]]:
    """Count events, each given as its kind, who did it, and its body."""
    counts: Counter[tuple[str, str]] = Counter()
    for kind, actor, body in said:
        for measure, field in _LABELS.get(kind, ()):
            counts[measure.value, str(body.get(field) or _OTHER)[:100]] += 1
        if kind == EventKind.STOP.value:
            counts[Measure.ENDS.value, STOPPED] += 1
        if kind == EventKind.SEARCHED.value:
            counts[Measure.SEARCHERS.value, actor[:100] or _OTHER] += 1
    return counts


def of(counts: Counts, measure: str) -> dict[str, int]:
    """The counts of one measure by label, the largest first."""
    found = {label: count for (name, label), count in counts.items() if name == measure}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a report, both included, and what it is called."""

    name: str
    first: date
    last: date

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return tuple(months_after(self.first.replace(day=1), n) for n in range(count))


def span(name: str) -> Span:
    """The days of '2026', '2026-Q3' or '2026-11'. Raises BadInput for anything else."""
    found = re.fullmatch(r"(2\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", name)
    if found is None:
        raise BadInput("This is no period.", "Write it as 2026, 2026-Q3 or 2026-11.")
    year, quarter, month = found.groups()
    months = 3 if quarter else 1 if month else 12
    first = date(int(year), 3 * int(quarter) - 2 if quarter else int(month or 1), 1)
    return Span(name, first, months_after(first, months) - timedelta(days=1))
