"""What the screens are given once: the unit, the policy, the code tables and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mdt_app.domain.equipment import Equipment
from mdt_app.domain.policy import Policy
from mdt_app.domain.security_keys import KeyReader

DEAD_MS = 500
"""A hand that is on its way already arrives within this time; an answer to what the eye has seen comes later."""


class Codes(Protocol):
    """NCIC's code tables in words."""

    @property
    def states(self) -> Mapping[str, str]:
        """Code of the issuing state -> its full name."""

    @property
    def makes(self) -> Mapping[str, str]:
        """Code of the make -> its name."""

    @property
    def colors(self) -> Mapping[str, str]:
        """Code of the color -> its words."""

    @property
    def styles(self) -> Mapping[str, str]:
        """Code of the body -> its words."""

    @property
    def plate_types(self) -> Mapping[str, str]:
        """Code of the plate's type -> its words."""

    @property
    def cautions(self) -> Mapping[str, str]:
        """Code of the caution -> its words."""

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


def _nothing(_: str = "") -> None:
    """What is asked of a piece that is not there."""


def _unheard(_text: str, _english: str) -> None:
    """What is said where there is no voice."""


@dataclass(frozen=True, slots=True)
class EquipmentDesk:
    """The car's equipment as its check needs it. What is asked for comes as a notice.

    `look` has a camera's picture examined, `keep_reference` makes its next one the reference, `listen` has the tone
    played and measured, `say` a sentence spoken: the first in the officer's language, the second in English, for where
    there is no other voice. `test_plate` is the agency's, to be read from `test_distance_m`.
    """

    pieces: tuple[Equipment, ...] = ()
    look: Callable[[str], None] = _nothing
    keep_reference: Callable[[str], None] = _nothing
    listen: Callable[[], None] = _nothing
    say: Callable[[str, str], None] = _unheard
    test_plate: str = "TEST123"
    test_distance_m: float = 8.0


class Tiles(Protocol):
    """The agency's map, in web map tiles."""

    @property
    def zooms(self) -> tuple[int, int]:
        """The lowest and the highest zoom that it has."""

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """A tile's picture, rows counted from the north. Raises BadInput when the file can't be read."""


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """`hints` give the lines on the sign-in screen, asked each second (the demo's accounts and their codes now).

    `keys` reads security keys, where the machine can have any. `near_states` are the big keys of the state field.
    `tiles` is the agency's map; without one the map is a plain grid. `training` names the drill of a simulation: the
    window says on every screen that nothing is real; empty in a real car. `dead_ms` is how long an alert that takes the
    screen takes no answer.
    """

    unit: str
    policy: Policy
    codes: Codes
    now: Callable[[], datetime]
    theme: str = "night"
    hints: Callable[[], tuple[str, ...]] = tuple
    keys: KeyReader | None = None
    equipment: EquipmentDesk = EquipmentDesk()
    tiles: Tiles | None = None
    training: str = ""
    dead_ms: int = DEAD_MS
    near_states: tuple[str, ...] = ("CT", "MA", "NY", "RI", "NJ", "PA")
