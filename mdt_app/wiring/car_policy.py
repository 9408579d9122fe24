"""The policy in the car: what headquarters signed for it, else what its settings name. A new one holds from the start.

A policy does not change under an officer's hands in the middle of a hit: what comes is proved and kept, the screen says
so, and the next start of the program is under it. Where a keeper starts the program again that is done as soon as
nobody is signed in (`wiring/car_start`); so is a statute's overlay whose day has come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import structlog

from cache.db import DriverError
from cache.vault import StoreVault
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.notices import FaultChanged, Notice
from mdt_app.domain.policy import Policy
from mdt_app.services.clock import SystemClock
from mdt_app.services.policies import load_policy
from mdt_app.services.settings import CarSettings
from mdt_app.services.signing import Verifier
from mdt_app.sync.answers import HqRefused
from mdt_app.sync.policy_wire import CarPolicyMessage
from mdt_app.sync.wire import SignedMessage

_KEPT = "policy"
_REMEDY = "The policy in force stays; report it."
# In the status bar, where room is short: which policy it is stands in the log and in the next start.
_AT_START = FaultChanged("policy", "New policy", "at next start", urgent=False)
_AT_SIGN_IN = FaultChanged("policy", "New policy", "at next sign-in", urgent=False)
_NO_OTHER = FaultChanged("policy", "", urgent=False)

log = structlog.get_logger()


class CarPolicy:
    """One car's policy. `tell` reaches the screen; `anew`: the program is started again for it by itself."""

    def __init__(
        self, vault: StoreVault, settings: CarSettings, tell: Callable[[Notice], None], *, anew: bool = False
    ) -> None:
        self._vault, self._settings, self._tell = vault, settings, tell
        self._verifier = Verifier(settings.headquarters_key)
        self._other = _AT_SIGN_IN if anew else _AT_START
        self._begun: Policy | None = None
        self._taken, self._looked, self._waiting = 0, (date.min, 0), False

    def begin(self, on: date) -> Policy:
        """The policy that this run of the program is under. Raises as `in_force`."""
        self._begun = self.in_force(on)
        return self._begun

    def waits(self, on: date) -> bool:
        """Whether another policy than the one of the begin holds on this day, and say so on the screen.

        It reads the store only when something was taken or the day is another; any thread may ask.
        """
        looked = (on, self._taken)
        if looked != self._looked:
            try:
                self._waiting = self.in_force(on) != self._begun
            except (MdtError, DriverError) as fault:  # it is asked again: the one in force stays
                log.warning("policy.not_read", error=type(fault).__name__)
                return False
            self._looked = looked
            self._tell(self._other if self._waiting else _NO_OTHER)
        return self._waiting

    def in_force(self, on: date) -> Policy:
        """The policy of this day. Raises BadInput where neither headquarters' nor the settings' can be read."""
        try:
            if (kept := self._kept()) is not None:
                return kept.to_policy(on)
        except BadInput as fault:
            log.error("policy.not_readable", reason=fault.words)  # noqa: TRY400 - the words say it all
        return load_policy(self._settings.policy, self._settings.policy_overlays, on=on)

    def take(self, signed: SignedMessage, on: date) -> str:
        """Keep a policy that headquarters signed; return in words why it is not believed. The same again does nothing.

        One issued before the one that is kept is refused: no way back.
        """
        try:
            policy = self._news(signed, on)
        except BadInput as fault:
            log.error("policy.refused", reason=fault.words)  # noqa: TRY400 - the words say it all
            return str(fault)
        if policy is None:
            return ""
        self._vault.write(_KEPT, signed.model_dump_json().encode())
        self._taken += 1
        log.info("policy.kept", policy=policy.policy_id, version=policy.version)
        self.waits(on)
        return ""

    def follow(self, fetch: Callable[[], SignedMessage]) -> Callable[[], str]:
        """Return the turn that fetches and takes it. It raises HqUnreachable."""

        def turn() -> str:
            try:
                return self.take(fetch(), SystemClock().now().date())
            except HqRefused as fault:  # this headquarters gives none, and the settings' holds
                return "" if fault.reason == "no_policy" else str(fault)

        return turn

    def _news(self, signed: SignedMessage, on: date) -> Policy | None:
        """The policy, None when it is the one that is kept. Raises BadInput for one that is not to be believed."""
        message, kept = self._checked(signed), self._kept()
        if kept is not None and message.issued_at < kept.issued_at:
            raise BadInput("The policy is older than the one before.", _REMEDY)
        if kept is not None and message.to_source() == kept.to_source():
            return None
        return message.to_policy(on)

    def _kept(self) -> CarPolicyMessage | None:
        held = self._vault.read(_KEPT)
        return self._checked(SignedMessage.model_validate_json(held)) if held else None

    def _checked(self, signed: SignedMessage) -> CarPolicyMessage:
        """Raises BadInput unless headquarters signed it for this car."""
        if not self._verifier.holds(signed.content.encode(), bytes.fromhex(signed.signature)):
            raise BadInput("The policy is not signed by headquarters.", _REMEDY)
        try:
            message = CarPolicyMessage.model_validate_json(signed.content)
        except ValueError as fault:
            raise BadInput("The policy can't be understood.", _REMEDY) from fault
        if message.car_id != self._settings.car_id:
            raise BadInput("The policy is for another car.", _REMEDY)
        return message
