"""What the window of a car is given; the devices behind it may come later than the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cache.map_file import MapFile
from mdt_app.domain.policy import Policy
from mdt_app.domain.security_keys import KeyNews, KeyQuestion, KeyWish
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.settings import CarSettings
from ui.context import EquipmentDesk, ScreenContext

if TYPE_CHECKING:
    from mdt_app.wiring.car import Car

Hints = Callable[[], tuple[str, ...]]


def car_context(settings: CarSettings, policy: Policy, car: Callable[[], Car], hints: Hints = tuple) -> ScreenContext:
    """`car` is asked for the devices when an officer wants them checked."""
    return ScreenContext(
        unit=settings.unit,
        policy=policy,
        codes=load_code_tables(),
        now=lambda: datetime.now(UTC),
        theme=settings.theme,
        hints=hints,
        tiles=MapFile(Path(settings.map_file)) if settings.map_file else None,
        keys=_KeysWhenAsked(),
        equipment=EquipmentDesk(
            tuple(camera.equipment() for camera in settings.cameras),
            lambda camera_id: car().equipment.look(camera_id),
            lambda camera_id: car().equipment.keep_reference(camera_id),
            lambda: car().devices.sound.listen(),
            lambda text, english: car().devices.voice.say(text, english),
            settings.test_plate.text,
            settings.test_plate.distance_m,
        ),
    )


class _KeysWhenAsked:
    """A KeyReader that loads what speaks to security keys with the first question."""

    def ask(self, asked: KeyQuestion | KeyWish, pin: str, told: Callable[[KeyNews], None]) -> Callable[[], None]:
        """As the port says."""
        from devices.security_key import SecurityKeyReader  # a quarter of a second that a start need not wait

        return SecurityKeyReader().ask(asked, pin, told)
