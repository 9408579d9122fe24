"""What headquarters orders one car to do: lock, open again, wipe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderKind(StrEnum):
    """LOCK signs out and refuses every sign-in until RELEASE; WIPE destroys the store's key and the car's files."""

    LOCK = "lock"
    RELEASE = "release"
    WIPE = "wipe"


class OrderState(StrEnum):
    """How far an order is: BEGUN is told before a wipe, which leaves nothing that could tell it afterwards."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """An order that headquarters signed for this very car. Numbers rise; a smaller one is an old order played again."""

    number: int
    car_id: str
    kind: OrderKind
    issued_at: datetime
    by: str
