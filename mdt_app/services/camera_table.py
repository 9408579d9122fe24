"""The camera registry: a car's cameras in one TOML table. What is not as it must be stops the start, with its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mdt_app.domain.equipment import CameraKind
from mdt_app.domain.errors import BadInput
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.services.toml_lines import KeyPath, key_lines, line_of, toml_values

_WORDS = {"missing": "is missing", "extra_forbidden": "is not known here"}
_LOGIN = re.compile(r"^rtsps?://[^/]*@")


class _Row(CameraSettings):
    """A camera in the registry has to say all that the agency's books want."""

    model_config = ConfigDict(defer_build=True)  # most cars have none, and the sign-in screen would wait for it
    kind: CameraKind
    place: Annotated[str, Field(min_length=1)]
    lane: Annotated[str, Field(min_length=1)]
    field_of_view_deg: Annotated[float, Field(gt=0, le=180)]
    agency_number: Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    cameras: Annotated[tuple[_Row, ...], Field(min_length=1)]


def with_cameras(settings: CarSettings, beside: Path, table: Path | None = None) -> CarSettings:
    """Return the settings with the cameras of the registry that they name (a path from the folder `beside`).

    `table` takes the place of the one that they name. Raises BadInput as `read_cameras`.
    """
    path = table or (beside / settings.camera_table if settings.camera_table else None)
    if path is None:
        return settings
    return settings.model_copy(update={"cameras": (*settings.cameras, *read_cameras(path))})


def read_cameras(path: Path) -> tuple[CameraSettings, ...]:
    """Read the registry. Raises BadInput that names the file, and line and key of every fault."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = toml_values(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"The cameras' table {path.name} can't be read.", "Check the path and its permissions."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path.name} is not valid TOML: {error}.", "Mend the file at that place.") from error
    lines = key_lines(text)
    try:
        table = _Table.model_validate(raw)
    except ValidationError as error:
        raise _refused(path, lines, ((e["loc"], _WORDS.get(e["type"], e["msg"])) for e in error.errors())) from error
    faults = list(_faults(table.cameras))
    if faults:
        raise _refused(path, lines, iter(faults))
    return table.cameras


def _faults(cameras: tuple[_Row, ...]) -> Iterator[tuple[KeyPath, str]]:
    """What a single row can't show: doubles; and a login, which belongs into the keyring."""
    for name in ("id", "agency_number"):
        counted = Counter(getattr(camera, name) for camera in cameras)
        for number, camera in enumerate(cameras):
            if counted[getattr(camera, name)] > 1:
                yield ("cameras", number, name), "stands there twice"
    for number, camera in enumerate(cameras):
        if _LOGIN.match(camera.source):
            yield ("cameras", number, "source"), "holds a login: put it into the keyring with 'mdt camera login'"


def _refused(path: Path, lines: dict[KeyPath, int], faults: Iterator[tuple[KeyPath, str]]) -> BadInput:
    told = (f"{path.name}:{line_of(lines, where)}: {'.'.join(map(str, where))} {words}" for where, words in faults)
    return BadInput("; ".join(told) + ".", "Correct these keys; nothing was started.")
