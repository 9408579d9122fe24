"""What the screens show: the shift so far, put together from the core's notices."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mdt_app.domain import notices as n
from mdt_app.domain.accounts import Session
from mdt_app.domain.alerts import Hit
from mdt_app.domain.devices import DeviceHealth
from mdt_app.domain.drafts import Draft, KeepDraft
from mdt_app.domain.elsewhere import ElsewhereTold, ExigentStop
from mdt_app.domain.entry_requests import AskedEntry, EntryRequestsChanged
from mdt_app.domain.equipment import CamerasRegistered, EquipmentChanged, Registered, Standing
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.position import LastFix, PositionTold, Whereabouts
from mdt_app.domain.sound import SoundMuted
from ui.cards import Card, Owed, denial_of
from ui.shift_map import ShiftMap

READS_KEPT = 200
_SHUTTING = ("storage", "core")
"""The faults while which no stop can be recorded."""


@dataclass(slots=True)
class ShiftModel:
    """The shift's state. `apply` takes one notice; `cards` keeps the order in which hits were raised.

    `drafts` holds what was typed for a hit and not sent; `unkept` are the hits whose draft the store does not have yet.

    `repeat`: for so long a plate whose alert was answered does not alert anew off the record. `parked` holds the
    records that headquarters refuses, each with its reason. `muted_until` is by the monotonic clock. `standings` says
    how each piece of equipment stands, `pieces` which are checked, each at the latest after `check_every`.
    """

    repeat: timedelta = timedelta()
    session: Session | None = None
    cards: dict[str, Card] = field(default_factory=dict)
    reads: deque[n.ReadSeen] = field(default_factory=lambda: deque(maxlen=READS_KEPT))
    read_count: int = 0
    reads_by_camera: Counter[str] = field(default_factory=Counter)
    health: dict[str, DeviceHealth] = field(default_factory=dict)
    lists: tuple[HotList, ...] = ()
    warn_hours: int = 24
    link: n.LinkChanged | None = None
    faults: dict[str, n.FaultChanged] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    unkept: set[str] = field(default_factory=set)
    parked: dict[str, str] = field(default_factory=dict)
    muted_until: float = 0.0
    requests: tuple[AskedEntry, ...] = ()
    requests_seen: set[tuple[str, object]] = field(default_factory=set)
    last_fix: LastFix = field(default_factory=LastFix)
    travelled: ShiftMap = field(default_factory=ShiftMap)
    elsewhere: tuple[ExigentStop, ...] = ()
    standings: Mapping[str, Standing] = field(default_factory=dict)
    cameras: tuple[Registered, ...] = ()
    pieces: tuple[str, ...] = ()
    check_every: timedelta = timedelta(hours=12)

    def apply(self, notice: object) -> None:
        """Take a notice into account; kinds that change nothing here are left to the screens."""
        handler = _HANDLERS.get(type(notice))
        if handler:
            handler(self, notice)

    def waiting(self) -> list[Card]:
        """Hits that want an answer, the most urgent first, then the oldest."""
        open_cards = (card for card in self.cards.values() if not (card.hit.ended or card.dismissed))
        return sorted(open_cards, key=lambda card: (card.hit.row.priority, card.hit.raised_at))

    def unsettled(self) -> list[Card]:
        """Stops that wait for steps or for their outcome, the oldest first."""
        return [card for card in self.cards.values() if card.hit.stop is not None and not card.hit.closed]

    def owed(self) -> Owed:
        """Count what is owed. An alert that is not on record owes nothing: no answer to it can be recorded."""
        stops = [card.hit.stop for card in self.unsettled() if card.hit.stop is not None]
        steps, outcomes = [s for s in stops if s.owed], [s for s in stops if s.disposition is None]
        hits = [card for card in self.waiting() if card.recorded]
        return Owed(len(hits), len(steps), len(outcomes))

    def shutting(self) -> tuple[n.FaultChanged, ...]:
        """The faults while which every gate is shut, whatever was decided before."""
        return tuple(fault for name, fault in self.faults.items() if name in _SHUTTING and fault.urgent)

    def muted_for(self) -> timedelta:
        """How long the sound is muted yet; nothing when it is on."""
        return timedelta(seconds=max(0.0, self.muted_until - time.monotonic()))

    def parked_elsewhere(self) -> int:
        """How many records headquarters refuses besides the stops that are shown here."""
        return len(self.parked.keys() - {card.stop_event for card in self.cards.values()})

    def standing(self, piece: str) -> Standing | None:
        """How a piece of equipment stands; None when nothing is on record."""
        return self.standings.get(piece)

    def due(self, piece: str, now: datetime) -> bool:
        """Whether a piece's check is due."""
        return (self.standing(piece) or Standing(piece)).due(now, self.check_every)

    def own_requests(self) -> list[AskedEntry]:
        """The signed-in person's requests for entries, the newest first."""
        user_id = self.session.user_id if self.session else ""
        return [asked for asked in reversed(self.requests) if asked.user_id == user_id]

    def unseen_requests(self, now: datetime) -> int:
        """How many of them were decided, or are about to expire, since the person last looked."""
        own = (asked for asked in self.own_requests() if not asked.waits or asked.ends_soon(now))
        return sum(_seen_as(asked, now) not in self.requests_seen for asked in own)

    def see_requests(self, now: datetime) -> None:
        """The person has looked at them as they are now."""
        self.requests_seen = {_seen_as(asked, now) for asked in self.own_requests()}

    def dismiss(self, hit_id: str) -> None:
        """Put an alert aside that is not on record. One that is on record wants its answer."""
        card = self.cards[hit_id]
        if not card.recorded:
            self.cards[hit_id] = replace(card, dismissed=True)

    def draft(self, hit_id: str) -> Draft:
        """What was typed for this hit so far."""
        return self.drafts.get(hit_id, Draft())

    def redraft(self, hit_id: str, **changes: object) -> None:
        """Something was typed for this hit: it stays while the officer looks elsewhere, and over a crash."""
        draft = replace(self.draft(hit_id), **changes)  # type: ignore[arg-type] # named by the fields of Draft
        if draft != self.draft(hit_id):
            self.drafts[hit_id] = draft
            self.unkept.add(hit_id)

    def take_unkept(self) -> list[KeepDraft]:
        """What the store has to keep now, once. A hit that is not on record, or has ended, has no draft there."""
        cards = [self.cards[hit_id] for hit_id in self.unkept if hit_id in self.cards]
        self.unkept.clear()
        return [
            KeepDraft(card.hit.hit_id, self.draft(card.hit.hit_id))
            for card in cards
            if card.recorded and not card.hit.closed
        ]

    def _signed_in(self, notice: n.SignedIn | n.ProfileChanged) -> None:
        self.session = notice.session

    def _session_changed(self, notice: n.ScreenLocked | n.ScreenUnlocked | n.ProvedAgain) -> None:
        self.session = notice.session

    def _signed_out(self, _: n.SignedOut) -> None:
        self.session = None
        self.cards.clear()
        self.drafts.clear()
        self.unkept.clear()
        self.reads.clear()
        self.read_count = 0
        self.reads_by_camera.clear()
        self.muted_until = 0.0
        self.travelled, self.elsewhere = ShiftMap(), ()

    def _read(self, notice: n.ReadSeen) -> None:
        self.reads.appendleft(notice)
        self.read_count += 1
        self.reads_by_camera[notice.read.camera_id] += 1
        if notice.read.position is not None:
            self.travelled.see(notice.read.position.lat, notice.read.position.lon, hit_id=notice.hit_id)

    def _coming(self, notice: n.HitComing) -> None:
        """One of a plate that is shown off the record waits: whether it says anything new, its record decides."""
        if any(card.hit.read.key == notice.hit.read.key and not card.recorded for card in self.cards.values()):
            return
        self.cards[notice.hit.hit_id] = Card(notice.hit, notice.decision, notice.pictures, coming=True)

    def _raised(self, notice: n.HitRaised) -> None:
        """A recorded hit takes the place of what was shown off the record of the same plate."""
        if (known := self.cards.get(notice.hit.hit_id)) and known.coming:
            del self.cards[notice.hit.hit_id]
        same = [card for card in self.cards.values() if card.hit.read.key == notice.hit.read.key]
        if not notice.recorded and (known := next((card for card in same if self._covers(card, notice.hit)), None)):
            self._seen_again(known, notice.hit)
            return
        for card in same:
            if notice.recorded and not card.recorded:
                del self.cards[card.hit.hit_id]
        denial = denial_of(notice.hit, None)
        card = Card(notice.hit, notice.decision, notice.pictures, notice.recorded, denial=denial)
        self.cards[notice.hit.hit_id] = card
        if notice.draft != Draft():
            self.drafts[notice.hit.hit_id] = notice.draft

    def _covers(self, card: Card, hit: Hit) -> bool:
        """Whether an alert off the record says nothing new: its plate waits already, or was answered just now."""
        if not (card.hit.ended or card.dismissed):
            return True
        return hit.raised_at - (card.hit.ended_at or card.hit.raised_at) < self.repeat

    def _seen_again(self, card: Card, hit: Hit) -> None:
        seen = replace(card.hit, sightings=card.hit.sightings + 1, latest=hit.read)
        self.cards[card.hit.hit_id] = replace(card, hit=seen)

    def _changed(self, notice: n.HitChanged) -> None:
        card = self.cards.get(notice.hit.hit_id)
        if card:
            if notice.hit.verification.seen_at != card.hit.verification.seen_at:  # on record now
                self.drafts[notice.hit.hit_id] = self.draft(notice.hit.hit_id).unseen()
            denial = denial_of(notice.hit, card.denial)
            changed = replace(card, hit=notice.hit, decision=notice.decision, denial=denial)
            self.cards[notice.hit.hit_id] = changed

    def _stopped(self, notice: n.StopRecorded) -> None:
        card = self.cards.get(notice.hit.hit_id)
        if card:
            self.cards[notice.hit.hit_id] = replace(card, hit=notice.hit, stop=notice.stop, stop_event=notice.event_id)

    def _parked(self, notice: n.Parked) -> None:
        self.parked[notice.event_id] = notice.reason

    def _delivered(self, notice: n.Delivered) -> None:
        for event_id in notice.event_ids:
            self.parked.pop(event_id, None)
        for hit_id, card in self.cards.items():
            if card.stop_event in notice.event_ids:
                self.cards[hit_id] = replace(card, delivered=True)

    def _muted(self, notice: SoundMuted) -> None:
        self.muted_until = time.monotonic() + notice.seconds

    def _positioned(self, notice: PositionTold) -> None:
        self.last_fix.hear(notice.fix, time.monotonic())
        if notice.fix.lat is not None and notice.fix.lon is not None:
            self.travelled.drive(notice.fix.lat, notice.fix.lon)

    def _told_elsewhere(self, notice: ElsewhereTold) -> None:
        self.elsewhere = notice.stops

    def whereabouts(self) -> Whereabouts | None:
        """Where the car was last known to be, and whether that is now."""
        return self.last_fix.at(time.monotonic())

    def _case_held(self, notice: n.CaseHeld) -> None:
        card = self.cards.get(notice.hit_id)
        if card and notice.case_number not in card.cases:
            self.cards[notice.hit_id] = replace(card, cases=(*card.cases, notice.case_number))

    def _health(self, notice: n.HealthChanged) -> None:
        self.health[notice.health.device_id] = notice.health

    def _lists(self, notice: n.ListsChanged) -> None:
        self.lists, self.warn_hours = notice.lists, notice.warn_hours

    def _registered(self, notice: CamerasRegistered) -> None:
        self.cameras = notice.records

    def _equipment(self, notice: EquipmentChanged) -> None:
        self.standings = notice.standings

    def _link(self, notice: n.LinkChanged) -> None:
        self.link = notice

    def _requests(self, notice: EntryRequestsChanged) -> None:
        self.requests = notice.requests

    def _fault(self, notice: n.FaultChanged) -> None:
        if notice.words:
            self.faults[notice.name] = notice
        else:
            self.faults.pop(notice.name, None)


def _seen_as(asked: AskedEntry, now: datetime) -> tuple[str, object]:
    return asked.entry_id, "soon" if asked.ends_soon(now) else asked.state


_HANDLERS: Mapping[type, Callable[..., None]] = {
    n.SignedIn: ShiftModel._signed_in,
    n.ProfileChanged: ShiftModel._signed_in,
    n.SignedOut: ShiftModel._signed_out,
    n.ScreenLocked: ShiftModel._session_changed,
    n.ScreenUnlocked: ShiftModel._session_changed,
    n.ProvedAgain: ShiftModel._session_changed,
    n.ReadSeen: ShiftModel._read,
    n.HitComing: ShiftModel._coming,
    n.HitRaised: ShiftModel._raised,
    n.HitChanged: ShiftModel._changed,
    n.StopRecorded: ShiftModel._stopped,
    n.Delivered: ShiftModel._delivered,
    n.Parked: ShiftModel._parked,
    n.CaseHeld: ShiftModel._case_held,
    SoundMuted: ShiftModel._muted,
    EntryRequestsChanged: ShiftModel._requests,
    PositionTold: ShiftModel._positioned,
    ElsewhereTold: ShiftModel._told_elsewhere,
    n.HealthChanged: ShiftModel._health,
    n.ListsChanged: ShiftModel._lists,
    n.LinkChanged: ShiftModel._link,
    n.FaultChanged: ShiftModel._fault,
    CamerasRegistered: ShiftModel._registered,
    EquipmentChanged: ShiftModel._equipment,
}
