"""A file of settings (TOML), read so that whoever wrote it is told what is wrong and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mdt_app.domain.errors import BadInput
from mdt_app.services.toml_lines import toml_values

_Settings = TypeVar("_Settings", bound=BaseModel)


def settings_values(path: Path, missing: str, remedy: str) -> dict[str, Any]:
    """Read a file's values. Raises BadInput; `missing` says what is not there, `remedy` what to do about that."""
    try:
        return toml_values(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise BadInput(missing, remedy) from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"{path.name} can't be read.", "Check the path; save it as UTF-8 text.") from fault
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"{path.name} is not valid TOML: {fault}.", "Mend the file at that place.") from fault


def settings_of(path: Path, model: type[_Settings], values: Mapping[str, Any]) -> _Settings:
    """Return the file's values as settings. Raises BadInput that names each wrong key."""
    try:
        return model.model_validate(values)
    except ValidationError as fault:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise BadInput(f"{path.name}: {faults}.", "Correct these keys; nothing was started.") from fault
