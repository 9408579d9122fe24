"""What a handler gets, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mdt_app.domain.accounts import Session
from mdt_app.domain.alerts import Hit
from mdt_app.domain.errors import NotSignedIn, Refused
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.gate import GateDecision, GateFacts, decide
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.matching import HotListIndex
from mdt_app.domain.notices import Notice
from mdt_app.domain.policy import Policy
from mdt_app.domain.ports import Clock, Passwords, Transaction
from mdt_app.domain.records_check import RecordsQuery


@dataclass(frozen=True, slots=True)
class Identity:
    """Which car this is: its id at headquarters, and the agency's ORI (nine characters)."""

    car_id: str
    ori: str


@dataclass(frozen=True, slots=True)
class Context:
    """All that a handler may use: one transaction, the clock, the policy, and the car's present state."""

    tx: Transaction
    clock: Clock
    policy: Policy
    identity: Identity
    passwords: Passwords
    index: HotListIndex
    lists: tuple[HotList, ...]
    session: Session | None

    @property
    def person(self) -> Session:
        """The signed-in person's session. Raises NotSignedIn."""
        if self.session is None:
            raise NotSignedIn
        return self.session

    def event(self, kind: EventKind, subject: str, body: Mapping[str, Any], actor: str = "") -> Event:
        """Make an event of now. The policy in force is on every record (AUD-9)."""
        return Event(
            event_id=self.clock.new_id(),
            kind=kind,
            at=self.clock.now(),
            clock=self.clock.source(),
            actor=actor or (self.session.user_id if self.session else "nobody"),
            device=self.identity.car_id,
            subject=subject,
            body={**body, "policy": f"{self.policy.policy_id} {self.policy.version}"},
        )

    def open_hit(self, hit_id: str) -> Hit:
        """The hit, for an answer to it. Raises Refused when there is none or it has ended, NotSignedIn too."""
        _ = self.person
        hit = self.tx.hits.get(hit_id)
        if hit is None:
            raise Refused("no_such_hit", "This hit is not on record.", "Go back to the list of hits.")
        if hit.ended:
            raise Refused("hit_ended", "This hit is closed.", "A new read of the vehicle opens a new hit.")
        return hit

    def decision(self, hit: Hit, purpose: str = "") -> GateDecision:
        """What the gate says of the hit now."""
        person = self.session.user_id if self.session else ""
        listed = self.index.holds(hit.match.entry)
        return decide(GateFacts(hit, self.policy, purpose, person, self.clock.now(), listed))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows once the handler's transaction is committed, and not before.

    `refusal` is handed to whoever sent the command; what stands in the transaction is committed all the same.
    """

    notices: tuple[Notice, ...] = ()
    ask: RecordsQuery | None = None
    refusal: Refused | None = None
    session: Session | None = None
    signed_out: bool = False
    lists_changed: bool = False
