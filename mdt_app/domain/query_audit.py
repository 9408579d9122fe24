"""The audit of queries: which are drawn, which fields of one are missing, which quarter an audit is of (AUD-2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import Use, use_fault
from mdt_app.domain.registers import months_after
from mdt_app.domain.statements import says_enough

_QUARTERS = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included; `name` is what the audit is called."""

    name: str
    first: date
    last: date


def sample(ids: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """Draw so many ids by a stated seed; whoever has the ids and the seed draws the same ones, in the same order."""
    return tuple(sorted(ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())[:size])


def incomplete(policy: Policy, body: Mapping[str, Any]) -> tuple[str, ...]:
    """What the record of a query lacks of what has to be entered (QRY-1), and of what its purpose asks for."""
    said = {name: str(body.get(name) or "") for name in ("purpose", "reason", "offense", "case", "facts", "citation")}
    lacking = [
        *([] if body.get("parameters") or body.get("pattern") else ["parameters"]),
        *([] if says_enough(said["reason"]) else ["reason"]),
        *([] if said["offense"].strip() else ["offense type"]),
        *([] if said["case"].strip() else ["case number"]),
    ]
    if fault := use_fault(policy, Use(said["purpose"], said["facts"], said["citation"])):
        lacking.append(fault.name.replace("_", " "))
    return tuple(lacking)


def last_period(today: date, months: int) -> Period:
    """The last whole period of so many months that has ended; three of them make the quarters of the calendar."""
    begun = today.replace(day=1)
    since = (begun.month - 1) % months
    first = months_after(begun, -since - months)
    last = months_after(first, months) - timedelta(days=1)
    quarter = f"{first.year}, {_QUARTERS[(first.month - 1) // 3]} quarter"
    return Period(quarter if months == 3 else f"{first:%Y-%m} to {last:%Y-%m}", first, last)
