"""The usage report to the Chief as PDF: a month, a quarter or a year in exact numbers, no plate (AUD-6, AUD-7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from mdt_app.domain.policy import Policy
from mdt_app.domain.usage import Measure
from mdt_app.hq import registers
from mdt_app.hq.register_views import due_of
from mdt_app.hq.registers import Desk
from mdt_app.hq.usage_figures import Figures, reads_of, words_of
from mdt_app.services.register_files import load_registers
from mdt_app.services.report_pdf import Section, write_report

_PARTS: Mapping[Measure, str] = {
    Measure.HITS: "Hits by category",
    Measure.ENDS: "How hits ended",
    Measure.STOPS: "Stops by purpose",
    Measure.DISPOSITIONS: "What came of the stops",
    Measure.SEARCHES: "Searches by purpose",
    Measure.SEARCHERS: "Searches by person",
    Measure.REFUSED: "Uses that were refused",
}


def write_usage_report(connection: Connection, told: Figures, desk: Desk, agency_ori: str, path: Path) -> None:
    """Write the report of a period."""
    policy, span = desk.policy, told.span
    over = (
        "" if span.last < desk.now.date() else f" The period is not over: counted up to {desk.now:%Y-%m-%d %H:%M} UTC."
    )
    head = (
        f"Agency {agency_ori}. {policy.name}, version {policy.version}.",
        f"What came in at headquarters from {span.first} to {span.last} (UTC), on {told.counted_days} days.{over}",
    )
    cameras = ", ".join(f"{count} {kind}" for kind, count in told.cameras.items())
    results = ", ".join(f"{count} {name}" for name, count in told.deployments.items())
    sections = (
        Section("Usage", (*head, f"Cameras on record: {cameras}."), _monthly(told)),
        *(
            Section(words, (), _table(told.of(measure), measure, policy), (6, 2, 2))
            for measure, words in _PARTS.items()
        ),
        Section("Deployments that ended in the period", (results,)),
        Section("What is open in the registers", (), _open(connection, desk), (6, 2, 2)),
    )
    write_report(path, f"ALPR usage report, {span.name}", sections)


def _monthly(told: Figures) -> Sequence[Sequence[str]]:
    measures = (Measure.HITS, Measure.STOPS, Measure.SEARCHES, Measure.REFUSED)
    head = ("Month", "Reads", "Hits", "Stops", "Searches", "Refused uses")
    columns = [told.by_month(measure) for measure in measures]
    rows = [
        (f"{m:%Y-%m}", f"{reads_of(told.monthly[m]):,}", *(f"{column[f'{m:%Y-%m}']:,}" for column in columns))
        for m in told.span.months
    ]
    sums = ("In all", f"{reads_of(told.total):,}", *(f"{told.sum(measure):,}" for measure in measures))
    return (head, *rows, sums)


def _table(counts: Mapping[str, int], measure: Measure, policy: Policy) -> Sequence[Sequence[str]]:
    total = sum(counts.values())
    rows = [(words_of(measure, label, policy), f"{n:,}", f"{n / total:.1%}") for label, n in counts.items()]
    return (("What", "Count", "Share"), *(rows or [("none", "0", "")]))


def _open(connection: Connection, desk: Desk) -> Sequence[Sequence[str]]:
    """Each register with what is open in it and what of that is late."""
    rows = []
    for register in load_registers().values():
        held = [h for h in registers.records(connection, register) if register.states[h.state].open]
        due = [due_of(register, one, desk.policy) for one in held]
        late = sum(day is not None and day < desk.now.date() for day in due)
        rows.append((register.name, str(len(held)), str(late)))
    return (("Register", "Open", "Late"), *rows)
