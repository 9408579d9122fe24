"""A car's equipment at work: asks a camera for its picture, has it examined, and keeps the reference pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import structlog

from cache.vault import StoreVault
from devices.cameras.process import CameraDevice
from devices.equipment.examine import examined
from mdt_app.domain.devices import CameraStill
from mdt_app.domain.equipment import CAMERA_ASPECTS, Equipment, EquipmentMeasured, Finding, Result
from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import Notice

_REFERENCE = "reference "

_log = structlog.get_logger()


class CarEquipment:
    """The pieces of one car. Pictures are examined in a thread of their own; what was found comes as a notice.

    Reference pictures are kept in the store: a picture of the road may show plates.
    """

    def __init__(
        self,
        pieces: Iterable[Equipment],
        cameras: Mapping[str, CameraDevice],
        vault: StoreVault,
        tell: Callable[[Notice], None],
    ) -> None:
        self.pieces = tuple(pieces)
        self._known = {piece.equipment_id: piece for piece in self.pieces}
        self._cameras, self._vault, self._tell = cameras, vault, tell
        self._worker = ThreadPoolExecutor(1, "equipment")
        self._keep: set[str] = set()

    def look(self, camera_id: str) -> None:
        """Have a camera's next picture examined; EquipmentMeasured tells what was found. Never blocks."""
        self._cameras[camera_id].ask_still()

    def keep_reference(self, camera_id: str) -> None:
        """Make a camera's next picture its reference, and have it examined against that. Never blocks."""
        self._keep.add(camera_id)
        self.look(camera_id)

    def hear(self, still: CameraStill) -> None:
        """Take a camera's picture. Never blocks."""
        self._worker.submit(self._examine, still)

    def stop(self) -> None:
        """End the thread."""
        self._worker.shutdown()

    def _examine(self, still: CameraStill) -> None:
        try:
            name = _REFERENCE + still.camera_id
            if still.camera_id in self._keep:
                self._vault.write(name, still.jpeg)
                self._keep.discard(still.camera_id)
            reference = self._vault.read(name)
            found = examined(self._known[still.camera_id], still.jpeg, reference)
            told = EquipmentMeasured(still.camera_id, found.findings, found.picture, reference is not None)
        except MdtError as error:
            told = _nothing(still.camera_id, f"{error.words} {error.remedy}")
        except Exception as error:  # noqa: BLE001 - a picture that breaks the measure is a finding, not an end
            _log.error("not examined", camera=still.camera_id, error=type(error).__name__)
            told = _nothing(still.camera_id, "The picture can't be measured.")
        self._tell(told)


def _nothing(camera_id: str, words: str) -> EquipmentMeasured:
    findings = tuple(Finding(aspect, Result.NOT_NOW, words) for aspect in CAMERA_ASPECTS[:-1])
    return EquipmentMeasured(camera_id, findings, b"", reference=False)
