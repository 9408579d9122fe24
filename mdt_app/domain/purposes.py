"""Purposes: whether a use of ALPR data is one that the policy permits (PUR-1 to PUR-6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from mdt_app.domain.policy import Policy, Prohibition
from mdt_app.domain.statements import says_enough


@dataclass(frozen=True, slots=True)
class Use:
    """What a stop or a search is for: a purpose by its key, facts in the user's own words, and what is cited."""

    purpose: str = ""
    facts: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class UseFault:
    """Why a use is refused. `name` is on record: 'purpose_missing', 'facts_missing' or 'prohibited.<key>'."""

    name: str
    words: str
    remedy: str
    clause: str


def prohibited_uses(policy: Policy) -> Mapping[str, Prohibition]:
    """The uses that the policy refuses by name."""
    held = ((f.name, getattr(policy.prohibited, f.name)) for f in fields(policy.prohibited))
    return {name: prohibition for name, prohibition in held if prohibition is not None}


def use_fault(policy: Policy, use: Use) -> UseFault | None:
    """Return why the policy refuses this use, None when it permits it."""
    if prohibition := prohibited_uses(policy).get(use.purpose):
        return _prohibited(use, prohibition)
    purpose = policy.purposes.get(use.purpose)
    if purpose is None:
        clause = policy.clauses.get("purpose_named", "")
        return UseFault("purpose_missing", "No permitted purpose named.", "Choose the purpose.", clause)
    if purpose.needs_facts and not says_enough(use.facts):
        return _facts_missing(purpose.words, purpose.clause)
    return None


def _prohibited(use: Use, prohibition: Prohibition) -> UseFault | None:
    """A prohibited use is lifted only by what its policy lets one cite, and by saying what that is."""
    if use.citation not in prohibition.unless:
        remedy = f"Refused, unless cited: {'; '.join(prohibition.unless)}." if prohibition.unless else "No exception."
        return UseFault(f"prohibited.{use.purpose}", f"Not permitted: {prohibition.words}.", remedy, prohibition.clause)
    return None if says_enough(use.facts) else _facts_missing(prohibition.words, prohibition.clause)


def _facts_missing(words: str, clause: str) -> UseFault:
    return UseFault("facts_missing", f"Facts missing: {words}.", "Say the facts in your own words.", clause)
