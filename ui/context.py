"""What the screens are given once: the unit, the policy, the code tables and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mdt_app.domain.policy import Policy


class Codes(Protocol):
    """NCIC's code tables in words."""

    @property
    def states(self) -> Mapping[str, str]:
        """Code of the issuing state -> its full name."""

    def state_name(self, code: str) -> str:
        """'CT' -> 'Connecticut'."""

    def color(self, code: str) -> str:
        """'BLK' -> 'black'."""

    def make(self, code: str) -> str:
        """'FORD' -> 'Ford'."""

    def style(self, code: str) -> str:
        """'PK' -> 'pickup'."""

    def caution(self, code: str) -> str:
        """'00' -> 'armed and dangerous'."""


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """`hints` give the lines on the sign-in screen, asked each second (the demo's accounts and their codes now).

    `near_states` are the big keys of the state field.
    """

    unit: str
    policy: Policy
    codes: Codes
    now: Callable[[], datetime]
    theme: str = "night"
    hints: Callable[[], tuple[str, ...]] = tuple
    near_states: tuple[str, ...] = ("CT", "MA", "NY", "RI", "NJ", "PA")
