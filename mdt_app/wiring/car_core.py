"""What a car needs before anybody can sign in: its key, store, policy and core. It loads no device and no link."""

from __future__ import annotations

from functools import partial
from getpass import getpass
from pathlib import Path

from cache.keys import StoreKey, obtain_key
from cache.reserve import Room
from cache.store import CacheStore
from cache.vault import StoreVault
from mdt_app.domain.notices import FaultChanged
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.clock import SystemClock
from mdt_app.services.context import Identity
from mdt_app.services.core import Core
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys
from mdt_app.services.settings import CarSettings
from mdt_app.services.sole_use import SoleUse
from mdt_app.wiring.car_policy import CarPolicy
from mdt_app.wiring.keeper import kept


class CarCore:
    """One car's folder, opened for this program alone. Raises MdtError where that can't be."""

    def __init__(self, settings: CarSettings, folder: Path, *, allow_key_file: bool = False) -> None:
        self.settings, self.folder = settings, folder
        # Asked on the terminal, before there is a window: nothing else can be opened without it.
        ask = partial(getpass, "Passphrase of the store's key file: ") if settings.sealed_key_file else None
        self.key: StoreKey = obtain_key(folder, allow_file=allow_key_file, passphrase=ask)
        self.sole = SoleUse(folder)
        self.store = CacheStore(folder / "store.db", self.key.raw, room=Room(), on_room=self._on_room)
        self.vault = StoreVault(folder / "store.db", self.key.raw)
        # A passphrase is typed at the terminal, where nobody may sit: such a program does not end by itself.
        self.anew = kept() and not settings.sealed_key_file
        self.policy_kept = CarPolicy(self.vault, settings, lambda notice: self.core.tell(notice), anew=self.anew)
        self.policy = self.policy_kept.begin(SystemClock().now().date())
        self.core = Core(
            self.store,
            SystemClock(),
            self.policy,
            Identity(settings.car_id, settings.ori),
            Argon2Passwords(),
            TotpSecondFactor(),
            FidoSecurityKeys(),
            SignedBundles(settings.headquarters_key),
        )

    def close(self) -> None:
        """Give the folder back, of a core that was never started."""
        self.store.close()
        self.sole.end()

    def _on_room(self, short: bool) -> None:
        words = "The disk is full. The reserve is in use." if short else ""
        self.core.tell(FaultChanged("disk", words, "Sync, then call IT: what is on record stays."))
