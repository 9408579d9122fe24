"""The accounts for one car, signed by headquarters: what the car lets people sign in by without a link."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from mdt_app.domain.accounts import Account
from mdt_app.domain.sign_in import AccountBundle
from mdt_app.services.second_factor import release_code
from mdt_app.services.signing import Signer, derived
from mdt_app.sync.account_wire import AccountBundleMessage
from mdt_app.sync.wire import Message, SignedMessage

SAME_FOR_S = 600.0
"""A car that asks again so soon gets the very same bundle while no account has changed."""


def signed_for(message: Message, signer: Signer) -> SignedMessage:
    """A message as headquarters signs it."""
    content = message.model_dump_json()
    return SignedMessage(content=content, signature=signer.sign(content.encode()).hex())


class BundleMaker:
    """Signs bundles with a key that is derived from headquarters' own."""

    def __init__(self, key: bytes) -> None:
        self._key, self.signer = key, Signer(derived(key, "accounts signing"))
        """What also signs the orders to cars."""
        self.public = self.signer.public
        self._made: dict[str, tuple[tuple[Account, ...], float, SignedMessage]] = {}
        self._lock = threading.Lock()

    def bundle(self, car_id: str, accounts: tuple[Account, ...]) -> SignedMessage:
        """The accounts for this car, signed."""
        with self._lock:
            known = self._made.get(car_id)
            if known and known[0] == accounts and time.monotonic() - known[1] < SAME_FOR_S:
                return known[2]
            signed = self._signed(car_id, accounts)
            self._made[car_id] = (accounts, time.monotonic(), signed)
            return signed

    def release_code(self, car_id: str, user_id: str, challenge: str) -> str:
        """The code that opens this user's lock in this car."""
        return release_code(self._secret(car_id), user_id, challenge)

    def _signed(self, car_id: str, accounts: tuple[Account, ...]) -> SignedMessage:
        bundle = AccountBundle(car_id, datetime.now(UTC), accounts, self._secret(car_id))
        return signed_for(AccountBundleMessage.of(bundle), self.signer)

    def _secret(self, car_id: str) -> bytes:
        return derived(self._key, f"release {car_id}")
