"""Headquarters' signed word on how far it holds this car's trail: kept in the store, laid beside what is exported."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog
from pydantic import ValidationError

from cache.vault import StoreVault
from mdt_app.domain.audit import Verdict
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink
from mdt_app.services.head_receipts import receipt_holds, trail_against
from mdt_app.services.signing import Verifier
from mdt_app.sync.event_wire import HeadReceipt

EVERY_S = 60.0
_NAME = "receipt"
_log = structlog.get_logger()


class Receipts:
    """Keeps the latest receipt of one car; `headquarters_key` (base64) is the key that it has to be signed with."""

    def __init__(self, vault: StoreVault, car_id: str, headquarters_key: str) -> None:
        self._vault, self._car_id = vault, car_id
        self._verifier = Verifier(headquarters_key)
        self._kept_at = 0.0

    def keep(self, receipt: HeadReceipt) -> None:
        """Called in the sync's thread for each batch; one a minute is kept, and only if headquarters signed it."""
        if not receipt_holds(receipt, self._verifier, self._car_id):
            _log.warning("receipt refused")
        elif time.monotonic() - self._kept_at > EVERY_S or not self._kept_at:
            self._kept_at = time.monotonic()
            self._vault.write(_NAME, receipt.model_dump_json().encode())


def kept(vault: StoreVault) -> HeadReceipt | None:
    """The receipt that was kept last, None before the first."""
    content = vault.read(_NAME)
    return HeadReceipt.model_validate_json(content) if content else None


def lay_beside(path: Path, receipt: HeadReceipt | None) -> None:
    """Put the receipt beside an exported trail, so that it can be held against it elsewhere."""
    if receipt:
        _beside(path).write_text(receipt.model_dump_json(indent=1), encoding="utf-8")


def found_beside(path: Path) -> HeadReceipt | None:
    """The receipt beside an exported trail, None where there is none. Raises BadInput for a damaged one."""
    beside = _beside(path)
    if not beside.exists():
        return None
    try:
        return HeadReceipt.model_validate_json(beside.read_bytes())
    except ValidationError as fault:
        raise BadInput(f"{beside.name} is damaged.", "Get a new export from the car.") from fault


def held_against(receipt: HeadReceipt, headquarters_key: str, links: Callable[[], Iterable[ChainLink]]) -> Verdict:
    """Hold a trail against the receipt (AUD-1). Raises BadInput where this headquarters did not sign it."""
    if not receipt_holds(receipt, Verifier(headquarters_key), receipt.car_id):
        raise BadInput("The receipt is not signed by this headquarters.", "Check the key: 'mdt hq car' prints it.")
    return trail_against(receipt, links())


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.receipt.json")
