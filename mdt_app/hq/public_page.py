"""The public page: policy, cameras, reads, hits, stops, rates, searches; no plate, small counts hidden (AUD-6).

One file of HTML that needs nothing else: its look and its plots are in it, it runs no script and asks nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files
from string import Template

from mdt_app.domain.disclosure import LEAST, Shown, shown
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.policy import Policy, policy_lines
from mdt_app.domain.usage import STOPPED, Measure
from mdt_app.hq.usage_figures import Figures, reads_of, words_of
from mdt_app.services.svg_plots import bars

_HIDDEN = f"fewer than {LEAST}, or hidden with one that is"
_RATES = {NoStopReason.MISREAD.value: "Misread plate", NoStopReason.STALE_ENTRY.value: "Entry no longer current"}


def public_page(told: Figures, policy: Policy, agency: str, made_at: datetime) -> str:
    """Return the page. `agency` is what the agency calls itself."""
    span = told.span
    page = Template(files("resources").joinpath("public_page.html").read_text("utf-8"))
    return page.substitute(
        agency=escape(agency),
        period=escape(span.name),
        first=span.first,
        last=span.last,
        made_at=f"{made_at:%Y-%m-%d}",
        most=LEAST - 1,
        policy=escape(policy.name),
        version=escape(policy.version),
        effective=f"effective {policy.effective}" if policy.effective else "its effective date is not set",
        cameras=table(
            "Cameras by kind, on the day this page was made",
            ("Kind", "Number"),
            [(kind, f"{count:,}") for kind, count in told.cameras.items()],
        ),
        reads=f"{reads_of(told.total):,}",
        parts="".join(_parts(told, policy)),
        rules=table(
            "The policy as the program enforces it",
            ("Rule", "Value", "Clause"),
            [(line.key.replace("_", " "), line.value, line.clause) for line in policy_lines(policy) if line.clause],
        ),
        days=policy.retention.days.value,
    )


def _parts(told: Figures, policy: Policy) -> Iterator[str]:
    for measure, name in (
        (Measure.HITS, "Hits by category"),
        (Measure.ENDS, "Hits that ended without a stop, by reason"),
        (Measure.STOPS, "Stops by purpose"),
        (Measure.SEARCHES, "Searches of past reads by purpose"),
        (Measure.REFUSED, "Uses that were refused"),
    ):
        counts: Counter[str] = Counter()
        for label, count in told.of(measure).items():
            # Stops have their own part: said here too, they would give away what is hidden beside them.
            counts[words_of(measure, label, policy)] += count if (measure, label) != (Measure.ENDS, STOPPED) else 0
        yield _part(measure.value, name, shown(+counts))
        if measure is Measure.ENDS:
            yield _rates(told)
    if len(told.span.months) > 1:
        for measure, name in ((Measure.HITS, "Hits by month"), (Measure.STOPS, "Stops by month")):
            yield _part(f"{measure.value}-month", name, shown(told.by_month(measure)))


def _part(part_id: str, name: str, group: Shown) -> str:
    """The plot of a group, and the same numbers as a table."""
    if not group.cells:
        return _section(part_id, name, "<p>None in this period.</p>")
    total = _HIDDEN if group.total is None else f"{group.total:,}"
    rows = [(label, _HIDDEN if count is None else f"{count:,}") for label, count in group.cells.items()]
    plot = f"<figure>{bars(f'plot-{part_id}', name, group.cells)}</figure>"
    return _section(part_id, name, plot + table(name, ("What", "Count"), (*rows, ("In all", total))))


def _rates(told: Figures) -> str:
    """Of the hits that ended: how many were misread or out of date; only where every number may be shown."""
    ends = told.of(Measure.ENDS)
    stops = ends.pop(STOPPED, 0)
    group, of_stops = shown(ends), shown({STOPPED: stops}).total
    ended = None if group.total is None or of_stops is None else group.total + of_stops
    rows = []
    for name, words in _RATES.items():
        count = group.cells.get(name, 0)
        known = ended and count is not None
        rows.append((words, f"{(count or 0) / ended:.1%}" if known and ended else "not shown: too few, or hidden"))
    return _section("rates", "Misread and stale rates", table("Share of the hits that ended", ("What", "Share"), rows))


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for people and for those who hear it read: a caption, heads of columns, and a head for each row."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    top = f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
    return f"<table>{top}<tbody>{_rows(rows)}</tbody></table>"


def _rows(rows: Iterable[Sequence[str]]) -> str:
    return "".join(_row(name, said) for name, *said in rows)


def _row(name: str, said: Iterable[str]) -> str:
    look = ' class="sum"' if name == "In all" else ""
    cells = "".join(f"<td>{escape(text)}</td>" for text in said)
    return f'<tr{look}><th scope="row">{escape(name)}</th>{cells}</tr>'


def _section(part_id: str, name: str, inside: str) -> str:
    return f'<section aria-labelledby="{part_id}"><h2 id="{part_id}">{escape(name)}</h2>{inside}</section>'
