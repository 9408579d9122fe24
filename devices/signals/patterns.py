"""The table of byte patterns of a control head, and the finding of them in a stream of bytes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mdt_app.domain.errors import BadInput
from mdt_app.domain.signals import Signal


@dataclass(frozen=True, slots=True)
class Change:
    """A signal that is said to be on or off."""

    signal: Signal
    on: bool


def _from_hex(value: object) -> object:
    return bytes.fromhex(value) if isinstance(value, str) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pattern(_Strict):
    """Bytes (hex in the file) and what they mean."""

    bytes: Annotated[bytes, BeforeValidator(_from_hex), Field(min_length=1, max_length=64)]
    signal: Signal
    on: bool


class SignalTable(_Strict):
    """A control head: the speed of its line in baud, and its patterns."""

    name: str
    speed: Annotated[int, Field(ge=300, le=4_000_000)]
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1)]


def load_signals(name: str) -> SignalTable:
    """Read a table by its name in the resources, or from a file of one's own (*.toml).

    Raises BadInput when it can't be read, is wrong, or gives two meanings to the same bytes.
    """
    source = Path(name) if name.endswith(".toml") else files("resources").joinpath("signals", f"{name}.toml")
    try:
        table = SignalTable.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadInput("The table of signals can't be read.", "Give a table's name or a TOML file.") from fault
    except ValidationError as fault:
        places = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise BadInput(f"The table of signals is wrong: {places}.", "Mend the table.") from fault
    if len({pattern.bytes for pattern in table.patterns}) < len(table.patterns):
        raise BadInput("The table of signals gives two meanings to the same bytes.", "Mend the table.")
    return table


class PatternFinder:
    """Finds patterns in a stream, wherever its chunks are cut. `unknown` counts the bytes that belong to none."""

    def __init__(self, table: SignalTable) -> None:
        self._meanings = {one.bytes: Change(one.signal, one.on) for one in table.patterns}
        self._longest = max(map(len, self._meanings))
        self._waiting = b""
        self.unknown = 0

    def take(self, data: bytes) -> list[Change]:
        """Take bytes and return what they say. No bytes: a gap, after which nothing that began can go on."""
        self._waiting += data
        found: list[Change] = []
        while self._waiting:
            known = self._beginning()
            if data and self._may_go_on():
                break
            if known:
                found.append(self._meanings[known])
            else:
                self.unknown += 1
            self._waiting = self._waiting[len(known) or 1 :]
        return found

    def _beginning(self) -> bytes:
        """The longest pattern with which the waiting bytes begin."""
        heads = (self._waiting[:size] for size in range(min(self._longest, len(self._waiting)), 0, -1))
        return next((head for head in heads if head in self._meanings), b"")

    def _may_go_on(self) -> bool:
        """True when more bytes could make a longer pattern of all that waits."""
        return any(len(one) > len(self._waiting) and one.startswith(self._waiting) for one in self._meanings)
