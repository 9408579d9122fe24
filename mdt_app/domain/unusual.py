"""Unusual use of past reads: which searches somebody has to look at, by a table of rules (AUD-8).

A finding accuses nobody: it states what stands on record, and a person decides what it was. No finding holds a plate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import fmean

from mdt_app.domain.policy import UnusualUse

OPEN_CHARACTERS_MOST = 2
"""A search that leaves more of a plate open than this is not taken as one for that plate."""
_OWN_PAST_DAYS = 7
"""A person whose first search is younger than this has no past to be held against."""
WILD = "?*"


@dataclass(frozen=True, slots=True)
class Search:
    """One search on record: whose, when (UTC), the pattern of match keys ('' once retention took it), the case."""

    search_id: str
    by: str
    at: datetime
    pattern: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class DutyHours:
    """When somebody is on duty, in headquarters' local time: days (0 is Monday) and from when to when.

    An end before the beginning is on the day after.
    """

    days: frozenset[int]
    begin: time
    end: time


@dataclass(frozen=True, slots=True)
class MemberPlate:
    """The match key of a vehicle of a member of the agency, or of their household, and whose it is."""

    key: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the rules look at. `reported` names each case under which a stop, evidence or a report is on record, with
    the time of the newest; `local` turns a time (UTC) into headquarters' local one."""

    searches: tuple[Search, ...]
    reported: Mapping[str, datetime]
    hours: Mapping[str, tuple[DutyHours, ...]]
    plates: tuple[MemberPlate, ...]
    now: datetime
    local: Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: whose searches, the facts in words without a plate, and the searches' ids.

    `key` is the same each time that the same thing is found.
    """

    rule: str
    person: str
    key: str
    words: str
    searches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it looks for in words, and how it looks."""

    words: str
    find: Callable[[Record, UnusualUse], Iterator[Finding]]


def findings(record: Record, rules: UnusualUse) -> tuple[Finding, ...]:
    """Return all that every rule finds, in the rules' order."""
    return tuple(finding for rule in RULES.values() for finding in rule.find(record, rules))


def window(rules: UnusualUse) -> timedelta:
    """How far back the rules look."""
    return timedelta(days=max(rules.past_days.value, rules.report_days.value, rules.same_plate_days.value) + 1)


def _own_rate(record: Record, rules: UnusualUse) -> Iterator[Finding]:
    """A day's searches against the same person's days before, those without a search too."""
    for person, days in _by_day(record).items():
        first = min(days)
        for day, searches in days.items():
            begin = max(first, day - timedelta(days=rules.past_days.value))
            if (day - first).days < _OWN_PAST_DAYS:
                continue
            past = [len(days.get(begin + timedelta(days=n), ())) for n in range((day - begin).days)]
            if _is_much(len(searches), fmean(past), rules):
                words = f"{len(searches)} searches on {day}; {fmean(past):.1f} a day over the {len(past)} days before"
                yield _finding("own_rate", person, f"{day}", words, searches)


def _peer_rate(record: Record, rules: UnusualUse) -> Iterator[Finding]:
    """A day's searches against those of everybody else, on the days on which they searched."""
    by_day = _by_day(record)
    for person, days in by_day.items():
        for day, searches in days.items():
            since = day - timedelta(days=rules.past_days.value)
            others = [_counts(held, since, day) for who, held in by_day.items() if who != person]
            peers = [count for counts in others for count in counts]
            if peers and _is_much(len(searches), fmean(peers), rules):
                people = sum(bool(counts) for counts in others)
                words = f"{len(searches)} searches on {day}; {fmean(peers):.1f} on a working day of {people} others"
                yield _finding("peer_rate", person, f"{day}", words, searches)


def _same_plate(record: Record, rules: UnusualUse) -> Iterator[Finding]:
    """The same plate by the same person again and again: the first such run of each."""
    span, times = timedelta(days=rules.same_plate_days.value), rules.same_plate_times.value
    groups: defaultdict[tuple[str, str], list[Search]] = defaultdict(list)
    for search in record.searches:
        if search.pattern:
            groups[search.by, search.pattern].append(search)
    for (person, _), held in groups.items():
        for first in held:
            run = [s for s in held if first.at <= s.at < first.at + span]
            if len(run) >= times:
                words = f"{len(run)} searches for one plate within {span.days} days, {_cases(run)}"
                yield _finding("same_plate", person, first.search_id, words, run)
                break


def _outside_duty(record: Record, rules: UnusualUse) -> Iterator[Finding]:
    """Searches outside of the hours on duty that the Administrator has set for a person; without hours none is."""
    margin = timedelta(minutes=rules.duty_margin_minutes.value)
    for person, days in _by_day(record).items():
        hours = record.hours.get(person, ())
        for day, searches in days.items():
            outside = [s for s in searches if hours and not _on_duty(record.local(s.at), hours, margin)]
            if outside:
                at = ", ".join(f"{record.local(s.at):%H:%M}" for s in outside[:5])
                words = f"{len(outside)} searches outside of the hours on duty on {day}, at {at}"
                yield _finding("outside_duty", person, f"{day}", words, outside)


def _members_plate(record: Record, _: UnusualUse) -> Iterator[Finding]:
    """A search for the plate of a member of the agency, the person's own or a colleague's."""
    for search in record.searches:
        whose = {listed.user_id for listed in record.plates if search.pattern and is_for(search.pattern, listed.key)}
        if whose:
            own = search.by in whose
            words = "A search for the person's own plate" if own else "A search for the plate of a colleague"
            yield _finding("own_plate" if own else "colleague_plate", search.by, search.search_id, words, [search])


def _no_report(record: Record, rules: UnusualUse) -> Iterator[Finding]:
    """Searches under a case of which, days later, nothing else is on record; or under no case at all."""
    late = record.now - timedelta(days=rules.report_days.value)
    groups: defaultdict[tuple[str, str], list[Search]] = defaultdict(list)
    for search in record.searches:
        if search.at < late:
            groups[search.by, search.case].append(search)
    for (person, case), searches in groups.items():
        if not case or case not in record.reported:
            under = f"under case {case}" if case else "without a case number"
            words = (
                f"{len(searches)} searches {under}; no stop, evidence or report after {rules.report_days.value} days"
            )
            yield _finding("no_report", person, case or searches[0].search_id, words, searches)


RULES: Mapping[str, Rule] = {
    "own_rate": Rule("More searches than this person's usual", _own_rate),
    "peer_rate": Rule("More searches than others make", _peer_rate),
    "same_plate": Rule("The same plate again and again", _same_plate),
    "outside_duty": Rule("Outside of the hours on duty", _outside_duty),
    "members_plate": Rule("Plate of a member of the agency", _members_plate),
    "no_report": Rule("No report afterwards", _no_report),
}
"""Every rule by its name."""

NAMES: Mapping[str, str] = {
    **{name: rule.words for name, rule in RULES.items() if name != "members_plate"},
    "own_plate": "The person's own plate",
    "colleague_plate": "A colleague's plate",
}
"""What a finding can be, in words: one rule tells two kinds apart."""


def is_for(pattern: str, key: str) -> bool:
    """Whether a search with this pattern is one for the plate with this key, and no look at many."""
    if len(key) - sum(sign not in WILD for sign in pattern) > OPEN_CHARACTERS_MOST:
        return False
    shape = "".join({"?": ".", "*": ".*"}.get(sign, re.escape(sign)) for sign in pattern)
    return re.fullmatch(shape, key) is not None


def _by_day(record: Record) -> dict[str, dict[date, list[Search]]]:
    """Each person's searches by local day, in their order."""
    held: defaultdict[str, defaultdict[date, list[Search]]] = defaultdict(lambda: defaultdict(list))
    for search in record.searches:
        held[search.by][record.local(search.at).date()].append(search)
    return {person: dict(days) for person, days in held.items()}


def _counts(days: Mapping[date, list[Search]], since: date, until: date) -> list[int]:
    return [len(searches) for day, searches in days.items() if since <= day <= until]


def _is_much(count: int, usual: float, rules: UnusualUse) -> bool:
    return count >= rules.rate_least.value and count > rules.rate_times.value * usual


def _on_duty(at: datetime, hours: Iterable[DutyHours], margin: timedelta) -> bool:
    """Whether a local time lies in the hours of its day, or in those that began the day before."""
    for one in hours:
        for day in (at.date(), at.date() - timedelta(days=1)):
            begin = datetime.combine(day, one.begin, at.tzinfo)
            end = datetime.combine(day, one.end, at.tzinfo) + timedelta(days=one.end <= one.begin)
            if day.weekday() in one.days and begin - margin <= at <= end + margin:
                return True
    return False


def _cases(searches: Iterable[Search]) -> str:
    cases = {search.case for search in searches if search.case}
    return f"case numbers: {len(cases)}" if cases else "no case number"


def _finding(rule: str, person: str, key: str, words: str, searches: Iterable[Search]) -> Finding:
    return Finding(rule, person, f"{rule}:{person}:{key}", words, tuple(search.search_id for search in searches))
