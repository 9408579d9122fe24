"""Reads a TOML file of a known shape. What is not as it must be is refused with file, line and key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from mdt_app.domain.errors import BadInput
from mdt_app.services.toml_lines import KeyPath, key_lines, line_of, toml_values

Fault = tuple[KeyPath, str]
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "unexpected_keyword_argument": "is not known here",
}


class Readable(Protocol):
    """A file by its name, or a text that came under one."""

    @property
    def name(self) -> str:
        """Its name, for the words on what is wrong in it."""

    def read_text(self, encoding: str | None = None) -> str:
        """Its text."""


class Strict(BaseModel):
    """Plain dataclasses inside take over this configuration: unknown keys and other types are refused there too."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


ShapeT = TypeVar("ShapeT", bound=BaseModel)


def source_of(folder: Traversable, name: str) -> Traversable:
    """Return an agency's own file by its path (it ends in .toml), or one that comes with the program by its id.

    Raises BadInput naming what there is, when there is none of this id.
    """
    if name.endswith(".toml"):
        return Path(name)
    known = names_in(folder)
    if name not in known:
        raise BadInput(f"There is no '{name}' in {folder.name}.", f"Choose one of: {', '.join(known)}.")
    return folder.joinpath(f"{name}.toml")


def names_in(folder: Traversable) -> tuple[str, ...]:
    """Return the ids of the files in a folder of resources, sorted."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def text_of(source: Readable) -> str:
    """Return a file's text. Raises BadInput when it can't be read or is not UTF-8."""
    try:
        return source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{source.name} can't be read: {error}.", "Give a TOML file in UTF-8.") from error


def toml_of(name: str, text: str) -> dict[str, Any]:
    """Return what a TOML text holds. Raises BadInput naming the place where it is none."""
    try:
        return toml_values(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is not valid TOML: {error}.", "Mend the file at that place.") from error


def parsed_toml(name: str, text: str, shape: type[ShapeT]) -> ShapeT:
    """Return what a TOML text holds in this shape. Raises BadInput naming, with its line, each key that is wrong."""
    # JSON's rules let arrays, dates and names of enums in, and nothing else that is of another type.
    held = json.dumps(toml_of(name, text), default=str)
    try:
        return shape.model_validate_json(held)
    except ValidationError as error:
        found: list[Fault] = [(e["loc"], _WORDS.get(e["type"], f"is wrong: {e['msg']}")) for e in error.errors()]
        raise _refusal(name, text, found) from error


def stop_at(name: str, text: str, found: list[Fault]) -> None:
    """Raise BadInput naming, with its line, each fault that was found; none: nothing is raised."""
    if found:
        raise _refusal(name, text, found)


def blank_faults(held: object, path: KeyPath = ()) -> Iterator[Fault]:
    """A clause or word that is there but empty says nothing: no value without its clause."""
    if isinstance(held, str) and not held.strip():
        yield path, "is empty"
    elif isinstance(held, dict):
        for key, part in held.items():
            yield from blank_faults(part, (*path, key))
    elif isinstance(held, tuple):
        for count, part in enumerate(held):
            yield from blank_faults(part, (*path, count))


def _refusal(name: str, text: str, found: list[Fault]) -> BadInput:
    lines = key_lines(text)
    told = sorted((line_of(lines, path), ".".join(map(str, path)), words) for path, words in found)
    return BadInput(
        "; ".join(f"{name}, line {line}: {key} {words}" for line, key, words in told) + ".",
        "Correct these keys; nothing was started.",
    )
