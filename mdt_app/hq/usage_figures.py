"""The figures of a period: what reports to the Chief and the public page are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.outcomes import OUTCOMES, NoStopReason
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import prohibited_uses
from mdt_app.domain.usage import READS, STOPPED, Counts, Measure, Span, of
from mdt_app.hq import registers
from mdt_app.hq.usage import usage
from mdt_app.services.register_files import load_registers

_KINDS = ("fixed", "portable", "mobile")


@dataclass(frozen=True, slots=True)
class Figures:
    """A period in numbers. `monthly`: the counts of each of its months by that month's first day.

    `cameras`: by kind, as they are now. `deployments`: how many were documented, and the sums of their results.
    """

    span: Span
    total: Counts
    monthly: Mapping[date, Counts]
    cameras: Mapping[str, int]
    deployments: Mapping[str, int]
    counted_days: int

    def of(self, measure: str) -> dict[str, int]:
        """A measure by its labels."""
        return of(self.total, measure)

    def sum(self, measure: str) -> int:
        """A measure in all."""
        return sum(self.of(measure).values())

    def by_month(self, measure: str) -> dict[str, int]:
        """A measure for each month of the period."""
        return {f"{month:%Y-%m}": sum(of(self.monthly[month], measure).values()) for month in self.span.months}


def figures(connection: Connection, span: Span, today: date) -> Figures:
    """Return the figures of a period; of one that is not over, up to and with today."""
    days = usage(connection, span, today)
    monthly: dict[date, Counter[tuple[str, str]]] = {month: Counter() for month in span.months}
    for day, counts in days.items():
        monthly[day.replace(day=1)].update(counts)
    total: Counter[tuple[str, str]] = sum(monthly.values(), Counter())
    return Figures(span, total, monthly, _cameras(connection), _deployments(connection, span), len(days))


def words_of(measure: str, label: str, policy: Policy) -> str:
    """A label as people read it."""
    match measure:
        case Measure.HITS:
            return ALERTS[label].words if label in ALERTS else label
        case Measure.ENDS:
            known = [reason for reason in NoStopReason if reason.value == label]
            return "Stop" if label == STOPPED else OUTCOMES[known[0]].words if known else label
        case Measure.STOPS | Measure.SEARCHES:
            return policy.purposes[label].words if label in policy.purposes else label
        case Measure.REFUSED:
            uses = prohibited_uses(policy)
            return uses[label].words if label in uses else label
    return label.replace("_", " ")


def reads_of(counts: Counts) -> int:
    """The reads in some counts."""
    return counts.get((READS, ""), 0)


def _cameras(connection: Connection) -> dict[str, int]:
    held = registers.records(connection, load_registers()["cameras"])
    kinds = Counter(one.values["kind"] for one in held if one.state != "removed")
    return {kind: kinds[kind] for kind in _KINDS}


def _deployments(connection: Connection, span: Span) -> dict[str, int]:
    """What the documented deployments that ended in the period came to (AUD-7)."""
    first, last = str(span.first), str(span.last)
    done = registers.standing(connection, "deployments", "documented")
    ended = [one.values for one in done if first <= one.values["ends_on"] <= last]
    sums = {name: sum(int(one.get(name, "0")) for one in ended) for name in ("hits", "stops", "arrests")}
    return {"deployments": len(ended), **sums}
