"""Reads a folder of tables in `resources`, a TOML file a record; what does not hold together stops the start."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from mdt_app.domain.errors import BadInput

T = TypeVar("T")


def shape_of(kind: type[T]) -> TypeAdapter[T]:
    """What a file has to hold for a dataclass of this kind; a key that it does not have is refused."""
    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(kind))


def tables_in(folder: str) -> list[Traversable]:
    """The TOML files of a folder of `resources`, by name."""
    found = (file for file in files("resources").joinpath(folder).iterdir() if file.name.endswith(".toml"))
    return sorted(found, key=lambda file: file.name)


def read_table(source: Traversable, shape: TypeAdapter[T], faults: Callable[[T], Iterable[str]]) -> T:
    """Read one file; `faults` says what its values have against each other. Raises BadInput with all that is wrong."""
    try:
        held = tomllib.loads(source.read_text(encoding="utf-8"))
        made = shape.validate_json(json.dumps(held, default=str))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadInput(f"{source.name} can't be read: {fault}.", "Mend the file.") from fault
    except ValidationError as fault:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))} {e['msg']}" for e in fault.errors())
        raise BadInput(f"{source.name}: {told}.", "Correct these keys; nothing was started.") from fault
    if wrong := "; ".join(faults(made)):
        raise BadInput(f"{source.name}: {wrong}.", "Correct these keys; nothing was started.")
    return made
