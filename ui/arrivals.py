"""What the core says can bring another screen to the front: a hit, an end, a lock, another profile, the car's speed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from mdt_app.domain import notices as n
from mdt_app.domain.alerts import HitStatus
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.position import PositionTold
from ui.context import ScreenContext
from ui.model import ShiftModel
from ui.screens.catalog import ENGAGED, READING
from ui.screens.driving import SpeedLock
from ui.screens.screen import Screen


class Front(Protocol):
    """The window, as it is seen from here."""

    context: ScreenContext
    model: ShiftModel
    front: str
    speed: SpeedLock

    @property
    def screens(self) -> Mapping[str, Screen]:
        """All screens by name."""

    @property
    def in_hand(self) -> str:
        """The screen that is worked on."""

    def go(self, name: str, hit_id: str) -> None:
        """Bring a screen to the front, about a hit."""

    def take_screen(self, hit_id: str) -> None:
        """Bring an alert to the front unasked."""

    def show_in_sight(self) -> None:
        """Show the screen in front, or what stands for it."""


class Arrivals:
    """Hears each notice after the model and the screens have."""

    def __init__(self, window: Front) -> None:
        self._window, self._model = window, window.model
        self._begun = False
        self._unseen: set[str] = set()

    def hear(self, notice: object) -> None:
        """Bring to the front what this notice wants there, if anything."""
        handler = _ON_NOTICE.get(type(notice))
        if handler is not None:
            handler(self, notice)

    def came(self, name: str, hit_id: str) -> None:
        """A screen came to the front, about a hit. With patrol the shift has begun."""
        self._begun = self._begun or name == "patrol"
        self._unseen.discard(hit_id)

    def unseen(self) -> str:
        """The most urgent hit that came while another was in hand and has not been looked at; '' when there is none."""
        waiting = (card.hit.hit_id for card in self._model.waiting())
        return next((hit_id for hit_id in waiting if hit_id in self._unseen), "")

    def _raised(self, notice: n.HitComing | n.HitRaised) -> None:
        """A new hit takes the screen; a stop that still owes something comes back without a sound or a picture."""
        past = notice.hit.match.kind is MatchKind.PAST_READ  # not now: it waits among the hits
        if past or notice.hit.ended or notice.hit.hit_id not in self._model.cards:
            return
        free = self._window.in_hand not in (*ENGAGED, "sign-in") and not self._profile_wanted()
        shown = self._window.screens[self._window.front]
        replaced = bool(shown.hit_id) and shown.card is None  # what was in hand off the record is on record now
        if free or replaced:
            self._window.take_screen(notice.hit.hit_id)
        elif self._window.screens[self._window.front].hit_id != notice.hit.hit_id:
            self._unseen.add(notice.hit.hit_id)

    def _changed(self, notice: n.HitChanged) -> None:
        """A hit in hand that ends without a stop shows so; a stop shows once it is recorded."""
        if notice.hit.status is HitStatus.NO_STOP:
            self._ended(notice.hit.hit_id)

    def _stopped(self, notice: n.StopRecorded) -> None:
        self._ended(notice.hit.hit_id)

    def _ended(self, hit_id: str) -> None:
        if self._window.in_hand in ENGAGED and hit_id == self._window.screens[self._window.front].hit_id:
            self._window.go("outcome", hit_id)

    def _positioned(self, _: PositionTold) -> None:
        """The page that somebody reads is not gone above the policy's speed: it waits."""
        window, known = self._window, self._model.whereabouts()
        if window.speed.hear(known.fix.speed_mps if known and known.live else None):
            window.show_in_sight()
            if not window.speed.shut and window.in_hand in READING:
                window.screens[window.front].setFocus()

    def _signed_in(self, _: n.SignedIn) -> None:
        self._begun = False
        self._window.go("profile" if self._profile_wanted() else "start", "")

    def _locked(self, _: n.ScreenLocked | n.SignedOut) -> None:
        self._window.go("sign-in", "")

    def _unlocked(self, _: n.ScreenUnlocked) -> None:
        self._go_on("patrol")

    def _profile_changed(self, _: n.ProfileChanged) -> None:
        if self._window.front == "profile":
            self._go_on("patrol" if self._begun else "start")

    def _go_on(self, free: str) -> None:
        """To the hit that waits and nobody has looked at; where there is none, to the screen `free`."""
        unseen = next((card for card in self._model.waiting() if card.hit.status is HitStatus.OPEN), None)
        if unseen is None:
            self._window.go(free, "")
        else:
            self._window.take_screen(unseen.hit.hit_id)

    def _profile_wanted(self) -> bool:
        """Under a policy with an alert schedule nobody goes on without a profile (ACC-7)."""
        schedule, session = self._window.context.policy.alert_schedule, self._model.session
        return schedule is not None and session is not None and session.profile is None


_ON_NOTICE: Mapping[type, Callable[..., None]] = {
    n.HitComing: Arrivals._raised,
    n.HitRaised: Arrivals._raised,
    n.HitChanged: Arrivals._changed,
    n.StopRecorded: Arrivals._stopped,
    PositionTold: Arrivals._positioned,
    n.SignedIn: Arrivals._signed_in,
    n.ProfileChanged: Arrivals._profile_changed,
    n.SignedOut: Arrivals._locked,
    n.ScreenLocked: Arrivals._locked,
    n.ScreenUnlocked: Arrivals._unlocked,
}
