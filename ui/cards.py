"""A hit as the screens know it, and what a shift owes of its hits."""

from __future__ import annotations

from dataclasses import dataclass

from mdt_app.domain.alerts import Hit
from mdt_app.domain.gate import GateDecision
from mdt_app.domain.reads import Pictures
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.domain.stop import Stop

_NO = (CheckAnswer.NO_RECORD, CheckAnswer.OTHER_RECORD)


@dataclass(frozen=True, slots=True)
class Card:
    """One hit as the screens know it. `stop` is set once it is recorded, `delivered` once headquarters has it.

    `coming`: its record is being written; that shows for some milliseconds at most.
    `denial` is the answer that last said 'no' of the entry. `dismissed`: an alert that is not on record was put aside.
    """

    hit: Hit
    decision: GateDecision
    pictures: Pictures
    recorded: bool = True
    coming: bool = False
    stop: Stop | None = None
    stop_event: str = ""
    delivered: bool = False
    cases: tuple[str, ...] = ()
    denial: StatusAnswer | None = None
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What the shift still owes: hits that nobody answered, stops with steps to make good, stops without outcome."""

    hits: int
    verifications: int
    outcomes: int

    @property
    def anything(self) -> bool:
        """True while something is owed."""
        return bool(self.hits or self.verifications or self.outcomes)


def denial_of(hit: Hit, before: StatusAnswer | None) -> StatusAnswer | None:
    """The answer that said 'no' of the entry; asking again, which clears the answer, does not clear this."""
    if hit.match.entry.entry_id not in hit.denied:
        return None
    given = (hit.verification.status, hit.verification.radio)
    return next((answer for answer in given if answer is not None and answer.answer in _NO), before)
