"""The records check of a drill: its own headquarters answers by the drill's clock, nobody while the link is out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mdt_app.domain.commands import Command, RecordStatus, TakeConfirmation
from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.drills import Says, Scenario
from mdt_app.domain.ports import Clock
from mdt_app.domain.records_check import (
    CheckAnswer,
    ConfirmationQuery,
    ConfirmationResponse,
    RecordsQuery,
    StatusAnswer,
)
from mdt_app.services.drill_player import DrillPlayer
from mdt_app.sync.client import LINK_SOURCE
from mdt_app.wiring.drill_headquarters import DrillHeadquarters

LINK_LOST_S = 8.0
"""After so long a question that is under way when the link breaks is given up, as in a real car."""
_USUAL_S = 2.0
_NO_LINK = "No answer: the link is down. Ask dispatch by voice."


@dataclass(frozen=True, slots=True)
class DrillRecords:
    """As the port RecordsCheck says. `linked` tells whether the drill's link holds; `do` posts to the core."""

    scenario: Scenario
    headquarters: DrillHeadquarters
    player: DrillPlayer
    clock: Clock
    linked: Callable[[], bool]
    do: Callable[[Command], object]

    def ask(self, query: RecordsQuery) -> None:
        """Answer as the scenario has it, after its seconds."""
        asked_at = self.clock.now()
        answer, after_s = self.headquarters.answer(query, asked_at)
        self.player.after(after_s, lambda: self._answer(query, answer))

    def confirm(self, query: ConfirmationQuery) -> None:
        """The entering agency says what dispatch would."""
        listed = self.scenario.entry(query.plate, query.state)
        valid = listed is not None and listed.dispatch is Says.ACTIVE
        said = ConfirmationAnswer.CONFIRMED if valid else ConfirmationAnswer.NOT_VALID
        self.player.after(listed.record_after_s if listed else _USUAL_S, lambda: self._confirmed(query, said))

    def _confirmed(self, query: ConfirmationQuery, said: ConfirmationAnswer) -> None:
        ids = self.clock.new_id(), query.request_id, query.hit_id
        self.do(TakeConfirmation(ConfirmationResponse(*ids, said, "TRAINING DESK", self.clock.now())))

    def _answer(self, query: RecordsQuery, answer: StatusAnswer) -> None:
        """The answer comes in, unless the link has gone meanwhile: then the car gives the question up."""
        if self.linked():
            self.do(RecordStatus(query.hit_id, replace(answer, answered_at=self.clock.now())))
        else:
            self.player.after(LINK_LOST_S, lambda: self._give_up(query, answer))

    def _give_up(self, query: RecordsQuery, answer: StatusAnswer) -> None:
        none = CheckAnswer.NO_RESPONSE
        at = self.clock.now()
        told = replace(answer, source=LINK_SOURCE, answer=none, answered_at=at, text=_NO_LINK)
        self.do(RecordStatus(query.hit_id, told))
