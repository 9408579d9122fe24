"""What a handler gets, and what it gives back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mdt_app.domain.accounts import Session
from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import Command
from mdt_app.domain.equipment import Standing
from mdt_app.domain.errors import NotSignedIn, Refused
from mdt_app.domain.events import TRAINING_MARK, Event, EventKind
from mdt_app.domain.gate import GateDecision, decide
from mdt_app.domain.gate_checks import GateFacts
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.matching import ListIndex
from mdt_app.domain.notices import Notice
from mdt_app.domain.policy import Policy
from mdt_app.domain.ports import Bundles, Clock, Passwords, SecondFactor, SecurityKeys, Transaction
from mdt_app.domain.purposes import Use
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery

RUN = secrets.token_hex(8)
"""Names this run of the program: its monotonic clock can't be compared with another run's."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which car this is: its id at headquarters, and the agency's ORI (nine characters).

    `training` names the drill that a simulation runs, and stands on every one of its records; empty in a real car.
    """

    car_id: str
    ori: str
    training: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a handler may use: one transaction, the clock, the policy, and the car's present state."""

    tx: Transaction
    clock: Clock
    policy: Policy
    identity: Identity
    passwords: Passwords
    second_factor: SecondFactor
    security_keys: SecurityKeys
    bundles: Bundles
    index: ListIndex
    lists: tuple[HotList, ...]
    session: Session | None
    standings: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def signed_in(self) -> Session:
        """The session, locked or not. Raises NotSignedIn."""
        if self.session is None:
            raise NotSignedIn
        return self.session

    @property
    def person(self) -> Session:
        """The session of the person who is there now. Raises NotSignedIn, and Refused while the screen is locked."""
        if self.signed_in.locked:
            raise Refused("screen_locked", "The screen is locked.", "Sign in again.")
        return self.signed_in

    def with_known_false(self, hit: Hit) -> Hit:
        """The hit, with what is known of wrong hits on its plate and state: it is shown, and hides nothing."""
        return replace(hit, known_false=self.tx.lists.false_hit(hit.match.entry, self.clock.now()))

    def event(self, kind: EventKind, subject: str, body: Mapping[str, Any], actor: str = "") -> Event:
        """Make an event of now. The policy in force is on every record (AUD-9), and a drill's name on a drill's."""
        drill = {TRAINING_MARK: self.identity.training} if self.identity.training else {}
        return Event(
            event_id=self.clock.new_id(),
            kind=kind,
            at=self.clock.now(),
            clock=self.clock.source(),
            actor=actor or (self.session.user_id if self.session else "nobody"),
            device=self.identity.car_id,
            subject=subject,
            body={**body, "policy": f"{self.policy.policy_id} {self.policy.version}", **drill},
        )

    def hit(self, hit_id: str) -> Hit:
        """The hit as it stands. Raises Refused when there is none, NotSignedIn when nobody is signed in."""
        _ = self.person
        hit = self.tx.hits.get(hit_id)
        if hit is None:
            raise Refused("no_such_hit", "This hit is not on record.", "Go back to the list of hits.")
        return hit

    def open_hit(self, hit_id: str) -> Hit:
        """The hit, for what can only be before its end. Raises Refused when it has ended; else as `hit`."""
        hit = self.hit(hit_id)
        if hit.ended:
            raise Refused("hit_ended", "This hit is closed.", "A new read of the vehicle opens a new hit.")
        return hit

    def answerable_hit(self, hit_id: str) -> Hit:
        """The hit, for an answer: before its end, and after a stop until that is closed, by the one who stopped."""
        hit = self.hit(hit_id)
        if hit.stop is None:
            return self.open_hit(hit_id)
        if hit.closed or hit.stop.by != self.person.user_id:
            raise Refused("hit_ended", "This hit is closed.", "A new read of the vehicle opens a new hit.")
        return hit

    def facts(self, hit: Hit, use: Use) -> GateFacts:
        """What the gate looks at now."""
        person = self.session.user_id if self.session else ""
        listed = self.index.holds(hit.match.entry)
        now, mono = self.clock.now(), self.clock.monotonic()
        return GateFacts(hit, self.policy, use, person, now, listed, RUN, mono)

    def stamped(self, hit: Hit, *kinds: str) -> Hit:
        """The hit with the moment of these answers by the clock that nobody can set."""
        stamp = (RUN, self.clock.monotonic())
        return replace(hit, stamps={**hit.stamps, **dict.fromkeys(kinds, stamp)})

    def decision(self, hit: Hit, use: Use | None = None) -> GateDecision:
        """What the gate says of the hit now."""
        return decide(self.facts(hit, use or Use()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows once the handler's transaction is committed, and not before.

    `redecided`: the notices are decisions made anew; only those that changed are told. `refusal` is handed to whoever
    sent the command; what stands in the transaction is committed all the same. `index`: what matches after
    `lists_changed`, where it need not be loaded from the store. `standings`: how all equipment stands from now on.
    `picture`: a read's id and its whole picture, which is kept after all were told: an alert does not wait for it.
    `then`: what the core asks of itself next, behind whatever waits already.
    """

    notices: tuple[Notice, ...] = ()
    ask: RecordsQuery | None = None
    confirm: tuple[ConfirmationQuery, ...] = ()
    refusal: Refused | None = None
    session: Session | None = None
    signed_out: bool = False
    lists_changed: bool = False
    index: ListIndex | None = None
    redecided: bool = False
    standings: Mapping[str, Standing] | None = None
    picture: tuple[str, bytes] | None = None
    then: Command | None = None


Handler = Callable[[Context, Any], Outcome]
"""What does a command: it gets what stands in its transaction, and the command."""
