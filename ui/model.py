"""What the screens show: the shift so far, put together from the core's notices."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from mdt_app.domain import notices as n
from mdt_app.domain.accounts import Session
from mdt_app.domain.alerts import Hit
from mdt_app.domain.devices import DeviceHealth
from mdt_app.domain.gate import GateDecision
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.purposes import Use
from mdt_app.domain.reads import Pictures
from mdt_app.domain.stop import Stop

READS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Card:
    """One hit as the screens know it. `stop` is set once it is recorded, `delivered` once headquarters has it."""

    hit: Hit
    decision: GateDecision
    pictures: Pictures
    recorded: bool = True
    stop: Stop | None = None
    stop_event: str = ""
    delivered: bool = False
    cases: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What was entered for a hit and not sent yet; it stays while the officer looks elsewhere.

    `words` holds statements in the making by their kind.
    """

    plate: str = ""
    state: str = ""
    use: Use = field(default_factory=Use)
    words: dict[str, str] = field(default_factory=dict)


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


@dataclass(slots=True)
class ShiftModel:
    """The shift's state. `apply` takes one notice; `cards` keeps the order in which hits were raised."""

    session: Session | None = None
    cards: dict[str, Card] = field(default_factory=dict)
    reads: deque[n.ReadSeen] = field(default_factory=lambda: deque(maxlen=READS_KEPT))
    read_count: int = 0
    health: dict[str, DeviceHealth] = field(default_factory=dict)
    lists: tuple[HotList, ...] = ()
    warn_hours: int = 24
    link: n.LinkChanged | None = None
    faults: dict[str, n.FaultChanged] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)

    def apply(self, notice: object) -> None:
        """Take a notice into account; kinds that change nothing here are left to the screens."""
        handler = _HANDLERS.get(type(notice))
        if handler:
            handler(self, notice)

    def waiting(self) -> list[Card]:
        """Hits that want an answer, the most urgent first, then the oldest."""
        open_cards = (card for card in self.cards.values() if not card.hit.ended)
        return sorted(open_cards, key=lambda card: (card.hit.row.priority, card.hit.raised_at))

    def unsettled(self) -> list[Card]:
        """Stops that wait for steps or for their outcome, the oldest first."""
        return [card for card in self.cards.values() if card.hit.stop is not None and not card.hit.closed]

    def owed(self) -> Owed:
        """Count what is owed."""
        stops = [card.hit.stop for card in self.unsettled() if card.hit.stop is not None]
        steps, outcomes = [s for s in stops if s.owed], [s for s in stops if s.disposition is None]
        return Owed(len(self.waiting()), len(steps), len(outcomes))

    def draft(self, hit_id: str) -> Draft:
        """What was entered for this hit so far."""
        return self.drafts.setdefault(hit_id, Draft())

    def _signed_in(self, notice: n.SignedIn | n.ProfileChanged) -> None:
        self.session = notice.session

    def _session_changed(self, notice: n.ScreenLocked | n.ScreenUnlocked) -> None:
        self.session = notice.session

    def _signed_out(self, _: n.SignedOut) -> None:
        self.session = None
        self.cards.clear()
        self.drafts.clear()
        self.reads.clear()
        self.read_count = 0

    def _read(self, notice: n.ReadSeen) -> None:
        self.reads.appendleft(notice)
        self.read_count += 1

    def _raised(self, notice: n.HitRaised) -> None:
        self.cards[notice.hit.hit_id] = Card(notice.hit, notice.decision, notice.pictures, notice.recorded)

    def _changed(self, notice: n.HitChanged) -> None:
        card = self.cards.get(notice.hit.hit_id)
        if card:
            self.cards[notice.hit.hit_id] = replace(card, hit=notice.hit, decision=notice.decision)

    def _stopped(self, notice: n.StopRecorded) -> None:
        card = self.cards.get(notice.hit.hit_id)
        if card:
            self.cards[notice.hit.hit_id] = replace(card, hit=notice.hit, stop=notice.stop, stop_event=notice.event_id)

    def _delivered(self, notice: n.Delivered) -> None:
        for hit_id, card in self.cards.items():
            if card.stop_event in notice.event_ids:
                self.cards[hit_id] = replace(card, delivered=True)

    def _case_held(self, notice: n.CaseHeld) -> None:
        card = self.cards.get(notice.hit_id)
        if card and notice.case_number not in card.cases:
            self.cards[notice.hit_id] = replace(card, cases=(*card.cases, notice.case_number))

    def _health(self, notice: n.HealthChanged) -> None:
        self.health[notice.health.device_id] = notice.health

    def _lists(self, notice: n.ListsChanged) -> None:
        self.lists, self.warn_hours = notice.lists, notice.warn_hours

    def _link(self, notice: n.LinkChanged) -> None:
        self.link = notice

    def _fault(self, notice: n.FaultChanged) -> None:
        if notice.words:
            self.faults[notice.name] = notice
        else:
            self.faults.pop(notice.name, None)


_HANDLERS: Mapping[type, Callable[..., None]] = {
    n.SignedIn: ShiftModel._signed_in,
    n.ProfileChanged: ShiftModel._signed_in,
    n.SignedOut: ShiftModel._signed_out,
    n.ScreenLocked: ShiftModel._session_changed,
    n.ScreenUnlocked: ShiftModel._session_changed,
    n.ReadSeen: ShiftModel._read,
    n.HitRaised: ShiftModel._raised,
    n.HitChanged: ShiftModel._changed,
    n.StopRecorded: ShiftModel._stopped,
    n.Delivered: ShiftModel._delivered,
    n.CaseHeld: ShiftModel._case_held,
    n.HealthChanged: ShiftModel._health,
    n.ListsChanged: ShiftModel._lists,
    n.LinkChanged: ShiftModel._link,
    n.FaultChanged: ShiftModel._fault,
}
