"""A car's equipment at work: asks a camera for its picture, has it examined, and keeps the reference pictures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog

from cache.vault import StoreVault
from devices.cameras.process import CameraDevice
from devices.equipment.examine import examined
from mdt_app.domain.devices import CameraStill
from mdt_app.domain.equipment import CAMERA_ASPECTS, Aspect, Equipment, EquipmentMeasured, Finding, Result
from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import Notice

LOOK_S = 5.0
"""A camera that works gives a picture within this time; one that starts anew is back in it too (row 23)."""
NO_PICTURE = "No picture came within 5 s."
_NEW_REFERENCE = "this view is the new reference: the next check compares with it"
_REFERENCE = "reference "
_OWED_BY_ANY_PICTURE = frozenset({Aspect.SHARPNESS, Aspect.EXPOSURE, Aspect.OBSTRUCTION})
"""What a camera that gives no picture fails in; nothing can be said of the night and of where it looks."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A picture that was asked for: whether it becomes the reference, and what ends the wait for it."""

    keep: bool
    patience: threading.Timer


class CarEquipment:
    """The pieces of one car. Pictures are examined in a thread of their own; what was found comes as a notice.

    Reference pictures are kept in the store: a picture of the road may show plates. `wait_s`: so long a picture is
    waited for; then the camera has failed, and a picture that comes yet becomes nobody's reference.
    """

    def __init__(
        self,
        pieces: Iterable[Equipment],
        cameras: Mapping[str, CameraDevice],
        vault: StoreVault,
        tell: Callable[[Notice], None],
        wait_s: float = LOOK_S,
    ) -> None:
        self.pieces = tuple(pieces)
        self._known = {piece.equipment_id: piece for piece in self.pieces}
        self._cameras, self._vault, self._tell, self._wait_s = cameras, vault, tell, wait_s
        self._worker = ThreadPoolExecutor(1, "equipment")
        self._looks: dict[str, _Look] = {}
        self._looking = threading.Lock()

    def look(self, camera_id: str) -> None:
        """Have a camera's next picture examined; EquipmentMeasured tells what was found. Never blocks."""
        self._ask(camera_id, keep=False)

    def keep_reference(self, camera_id: str) -> None:
        """Make a camera's next picture its reference, and have it examined. Never blocks."""
        self._ask(camera_id, keep=True)

    def hear(self, still: CameraStill) -> None:
        """Take a camera's picture. Never blocks."""
        look = self._taken(still.camera_id)
        self._worker.submit(self._examine, still, look is not None and look.keep)

    def stop(self) -> None:
        """End the thread, and every wait."""
        for camera_id in self._known:
            self._taken(camera_id)
        self._worker.shutdown()

    def _ask(self, camera_id: str, *, keep: bool) -> None:
        before = self._taken(camera_id)
        patience = threading.Timer(self._wait_s, self._give_up, (camera_id,))
        patience.daemon = True
        with self._looking:
            self._looks[camera_id] = _Look(keep or (before is not None and before.keep), patience)
        patience.start()
        self._cameras[camera_id].ask_still()

    def _taken(self, camera_id: str) -> _Look | None:
        with self._looking:
            look = self._looks.pop(camera_id, None)
        if look is not None:
            look.patience.cancel()
        return look

    def _give_up(self, camera_id: str) -> None:
        """A camera that gives no picture fails its check: it must not stand there as one that nobody looked at."""
        with self._looking:
            look = self._looks.get(camera_id)
            if look is None or look.patience is not threading.current_thread():
                return
            del self._looks[camera_id]
        findings = tuple(
            Finding(aspect, Result.FAILED if aspect in _OWED_BY_ANY_PICTURE else Result.NOT_NOW, NO_PICTURE)
            for aspect in CAMERA_ASPECTS[:-1]
        )
        self._tell(EquipmentMeasured(camera_id, findings, b"", reference=False, trouble=NO_PICTURE))

    def _examine(self, still: CameraStill, keep: bool) -> None:
        try:
            told = self._measured(still, keep)
        except MdtError as error:
            told = _nothing(still.camera_id, f"{error.words} {error.remedy}")
        except Exception as error:  # noqa: BLE001 - a picture that breaks the measure is a finding, not an end
            _log.error("not examined", camera=still.camera_id, error=type(error).__name__)
            told = _nothing(still.camera_id, "The picture can't be measured.")
        self._tell(told)

    def _measured(self, still: CameraStill, keep: bool) -> EquipmentMeasured:
        """A picture that becomes the reference is compared with nothing: against itself any view would pass."""
        name = _REFERENCE + still.camera_id
        reference = None if keep else self._vault.read(name)
        found = examined(self._known[still.camera_id], still.jpeg, reference)
        if not keep:
            return EquipmentMeasured(still.camera_id, found.findings, found.picture, reference is not None)
        self._vault.write(name, still.jpeg)
        kept = Finding(Aspect.ALIGNMENT, Result.NOT_NOW, _NEW_REFERENCE)
        findings = tuple(kept if one.aspect is Aspect.ALIGNMENT else one for one in found.findings)
        return EquipmentMeasured(still.camera_id, findings, found.picture, reference=True, kept=True)


def _nothing(camera_id: str, words: str) -> EquipmentMeasured:
    findings = tuple(Finding(aspect, Result.NOT_NOW, words) for aspect in CAMERA_ASPECTS[:-1])
    return EquipmentMeasured(camera_id, findings, b"", reference=False, trouble=words)
