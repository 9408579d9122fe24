"""Commands by which a hot list comes into the store in slices, so that reads are matched meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mdt_app.domain.hotlist import HotList


@dataclass(frozen=True, slots=True)
class BeginDelivery:
    """A delivery of a list begins; `name` is whoever brings it's own, `blocks` how many blocks of entries it has."""

    name: str
    list_id: str
    blocks: int


@dataclass(frozen=True, slots=True)
class StageDelivery:
    """A slice of a delivery: blocks from its block `at` on, or pieces of its arrays. Nothing of it is in force yet."""

    name: str
    at: int = 0
    blocks: tuple[bytes, ...] = field(default=(), repr=False)
    pieces: tuple[Any, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Delta:
    """What a delivery changes in the list with this digest: how many entries go and come."""

    base_sha256: str
    removed: int
    added: int


@dataclass(frozen=True, slots=True)
class PutDelivery:
    """A delivery is there whole and proven: it is the list from now on, or with `delta` changes it.

    `index` is what matches from now on, made from `made_from`, which has to be the one in use still.
    """

    name: str
    hotlist: HotList
    tags: tuple[tuple[str, str], ...] = field(repr=False)
    index: Any = field(repr=False)
    made_from: Any = field(repr=False)
    delta: Delta | None = None


@dataclass(frozen=True, slots=True)
class DropDeliveries:
    """This delivery will not be finished; with no name all that are on their way, at the start of the program."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class SweepLists:
    """Take away a slice of what is in force no longer."""
