"""Headquarters' orders to one car, obeyed: locked, opened again, wiped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from cache.keys import forget_key
from cache.vault import StoreVault
from mdt_app.domain.commands import Command, LockCar, SignOut
from mdt_app.domain.errors import MdtError, Refused
from mdt_app.domain.notices import FaultChanged, Notice
from mdt_app.domain.orders import Order, OrderKind

_LAST = "last order"
_LIMIT_S = 30.0


class CarOrders:
    """Obeys in the sync's thread, and returns only once the act is durable."""

    def __init__(
        self,
        folder: Path,
        vault: StoreVault,
        submit: Callable[[Command], Future[None]],
        tell: Callable[[Notice], None],
    ) -> None:
        self._folder, self._vault, self._submit, self._tell = folder, vault, submit, tell

    @property
    def last_number(self) -> int:
        """The number of the order that was obeyed last."""
        return int(self._vault.read(_LAST) or b"0")

    def obey(self, order: Order) -> str:
        """Do it, and say what was done. Raises MdtError when it could not be done."""
        if order.kind is OrderKind.WIPE:
            return self._wipe()
        self._submit(LockCar(order.kind is OrderKind.LOCK)).result(_LIMIT_S)
        self._vault.write(_LAST, str(order.number).encode())
        return "locked" if order.kind is OrderKind.LOCK else "open again"

    def _wipe(self) -> str:
        """The key first: without it nothing can be read, whatever becomes of the files."""
        forget_key(self._folder)
        with suppress(Refused):  # nobody is signed in
            self._submit(SignOut("wiped")).result(_LIMIT_S)
        left = 0
        for file in self._folder.iterdir():
            try:
                file.unlink()
            except OSError:
                left += 1
        self._tell(FaultChanged("wiped", "Headquarters has wiped this car.", "Close the program, and call IT."))
        if left:
            raise MdtError(f"{left} files could not be removed; the key is gone.", "Destroy the disk.")
        return "wiped"
