"""Searching past reads, in a car and at a desk alike: what is asked, for what, and when that is refused (QRY-1).

A search finds leads, never hits: what it finds raises no alert and opens no gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mdt_app.domain.audit import PLATE_DATA
from mdt_app.domain.errors import Refused
from mdt_app.domain.places import Place, place_from, place_values
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import Use, use_fault
from mdt_app.domain.reads import Read
from mdt_app.domain.statements import says_enough

FOUND_MOST = 100
LEAST_CHARACTERS = 2
"""Fewer characters of a plate would not be a question but a look at everybody."""
WILD = "?*"
LONGEST = timedelta(days=366)
_YEARS = (2000, 2999)


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What is looked for: reads between two moments (UTC) that fit all that is said; empty says nothing.

    `plate`: letters and digits; '?' stands for one character, '*' for any number of them. `state` is an NCIC code;
    `color`, `make` and `body` are NCIC codes or words; `camera` is a camera's id.
    """

    since: datetime
    until: datetime
    plate: str = field(default="", repr=False)
    state: str = ""
    color: str = ""
    make: str = ""
    body: str = ""
    camera: str = ""
    place: Place | None = None

    @property
    def pattern(self) -> str:
        """What match keys are held against; empty without a plate."""
        return "".join(c if c in WILD else match_key(c) for c in self.plate)

    @property
    def exact(self) -> bool:
        """Whether the whole plate is given."""
        return bool(self.plate) and not any(c in WILD for c in self.plate)


@dataclass(frozen=True, slots=True)
class SearchBasis:
    """What it is for (QRY-1): purpose, reason in own words, offense type, case or other identifying number.

    `facts` and `citation` stand where the policy wants them (PUR-2, PUR-5, PUR-6).
    """

    purpose: str = ""
    reason: str = field(default="", repr=False)
    offense: str = ""
    case_number: str = ""
    facts: str = field(default="", repr=False)
    citation: str = ""


@dataclass(frozen=True, slots=True)
class SearchReads:
    """Search past reads: the car's own and, when headquarters can be reached, headquarters'."""

    search_id: str
    terms: SearchTerms
    basis: SearchBasis


@dataclass(frozen=True, slots=True)
class RecordFound:
    """How many reads a search found, by where; None where it could not be searched. Sent by the program itself."""

    search_id: str
    user_id: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class SearchRecorded:
    """The search is on record: only now may its results be read."""

    search_id: str
    terms: SearchTerms
    basis: SearchBasis
    user_id: str


@dataclass(frozen=True, slots=True)
class FoundRead:
    """A read that was found: where it was kept, which car made it, and its crop where there is one."""

    read: Read = field(repr=False)
    source: str
    car_id: str
    crop: bytes = field(default=b"", repr=False)
    address: str = ""
    """What headquarters calls it, for a case file; empty for the car's own."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One place that was searched: its name, how many it found (None: it could not be searched), and why not."""

    source: str
    count: int | None
    fault: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What the search found, the newest first, and where it looked; how many is on record by then.

    `asking`: headquarters has not answered yet.
    """

    search_id: str
    reads: tuple[FoundRead, ...] = field(repr=False)
    searched: tuple[Searched, ...] = ()
    asking: bool = False


CAR, HEADQUARTERS, VENDOR_STORE = "car", "headquarters", "vendor_store"
"""Where reads are kept."""


def require_permitted(policy: Policy, terms: SearchTerms, basis: SearchBasis) -> None:
    """Raise Refused, by name and with the clause, where the policy does not allow this search or something is missing.

    A prohibited use comes first: it is refused as what it is, whatever else is missing.
    """
    if fault := use_fault(policy, Use(basis.purpose, basis.facts, basis.citation)):
        raise Refused(fault.name, f"{fault.words} ({fault.clause})" if fault.clause else fault.words, fault.remedy)
    for missing, refusal in _missing(terms, basis):
        if missing:
            raise refusal


def search_body(terms: SearchTerms, basis: SearchBasis) -> dict[str, Any]:
    """What stands on record of a search: all parameters and what it is for; the plate apart (QRY-2)."""
    said = {name: getattr(terms, name) for name in _DESCRIBING if getattr(terms, name)}
    parameters = {"since": terms.since.isoformat(), "until": terms.until.isoformat(), **said}
    if terms.place:
        parameters["place"] = place_values(terms.place)
    return {
        "parameters": parameters,
        "purpose": basis.purpose,
        "reason": basis.reason.strip(),
        "offense": basis.offense.strip(),
        "case": basis.case_number.strip(),
        "facts": basis.facts.strip(),
        "citation": basis.citation,
        **({PLATE_DATA: {"plate": terms.pattern}} if terms.plate else {}),
    }


def recorded_terms(body: Mapping[str, Any]) -> SearchTerms:
    """The terms of a search as its record holds them."""
    said = body["parameters"]
    return SearchTerms(
        datetime.fromisoformat(said["since"]),
        datetime.fromisoformat(said["until"]),
        plate=body.get(PLATE_DATA, {}).get("plate", ""),
        place=place_from(said["place"]) if "place" in said else None,
        **{name: str(said.get(name, "")) for name in _DESCRIBING},
    )


_DESCRIBING = ("state", "color", "make", "body", "camera")


def _missing(terms: SearchTerms, basis: SearchBasis) -> tuple[tuple[bool, Refused], ...]:
    """Each rule: whether it is broken, and how that is said."""
    named = sum(c not in WILD for c in terms.pattern)
    described = any((terms.color, terms.make, terms.body, terms.camera, terms.place))
    span, known = terms.until - terms.since, _YEARS[0] <= terms.since.year <= terms.until.year <= _YEARS[1]
    say = "The policy wants it on record (QRY-1)."
    too_little = "Give two characters of the plate, or a vehicle, a camera or a place."
    return (
        (
            not says_enough(basis.reason),
            Refused("reason_missing", "The reason is missing.", "Say in your own words why you search."),
        ),
        (not basis.offense.strip(), Refused("offense_missing", "The offense type is missing.", say)),
        (
            not basis.case_number.strip(),
            Refused("case_missing", "The case or other identifying number is missing.", say),
        ),
        (
            not (known and timedelta() < span <= LONGEST),
            Refused("time_wrong", "The time does not fit.", "The end comes after the start, a year at most."),
        ),
        (
            named < LEAST_CHARACTERS and (bool(terms.plate) or not described),
            Refused("search_too_wide", "This search is too wide.", too_little),
        ),
    )
