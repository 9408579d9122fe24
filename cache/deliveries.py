"""Deliveries of hot lists in the store: each comes in slices, is put in force at once, and goes in slices.

A delivery has blocks of entries and packed arrays. A list in force is one whole delivery and the deltas upon it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from cache.db import Database
from mdt_app.domain.errors import StorageFault
from mdt_app.services.list_blocks import BLOCK
from mdt_app.services.packed_list import KINDS, ArrayPiece, Columns, Removed, Segment, Tag

_BLOCKS_MOST = 2**32 // BLOCK
_BLOCKS_A_PIECE = 32
"""A piece of an array is about as long as so many blocks."""
_BEGIN = """INSERT INTO list_deliveries (name, list_id, seq, state, first, blocks, tags)
  VALUES (?, ?, 0, 'coming', ?, ?, '[]')"""
_FORCE = "UPDATE list_deliveries SET state = 'in force', seq = ?, tags = ? WHERE name = ?"
_GOING = "SELECT delivery, first, blocks FROM list_deliveries WHERE state = 'going' ORDER BY delivery LIMIT 1"
_SWEEP_BLOCKS = """DELETE FROM entry_blocks WHERE block IN
  (SELECT block FROM entry_blocks WHERE block >= ? AND block < ? ORDER BY block LIMIT ?)"""
_SWEEP_PIECES = """DELETE FROM array_pieces WHERE rowid IN
  (SELECT rowid FROM array_pieces WHERE delivery = ? LIMIT ?)"""


class Deliveries:
    """Deliveries by the name that whoever brings them gave."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(self, name: str, list_id: str, blocks: int) -> int:
        """Reserve numbers for so many blocks; return the first. Raises StorageFault when there are none left."""
        first = self._free(blocks)
        self._db.execute(_BEGIN, (name, list_id, first, blocks))
        return first

    def first(self, name: str) -> int:
        """The first block of a delivery. Raises StorageFault for an unknown one."""
        found = self._db.execute("SELECT first FROM list_deliveries WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise StorageFault("A hot list's delivery is not there.", "It is fetched again.")
        return int(found[0])

    def add_blocks(self, name: str, at: int, blocks: Iterable[bytes]) -> None:
        """Keep blocks of a delivery, from its block number `at` on."""
        rows = enumerate(blocks, self.first(name) + at)
        self._db.conn.executemany("INSERT INTO entry_blocks VALUES (?, ?)", rows)

    def add_pieces(self, name: str, pieces: Iterable[ArrayPiece]) -> None:
        """Keep parts of a delivery's arrays."""
        query = "INSERT INTO array_pieces SELECT delivery, ?, ?, ? FROM list_deliveries WHERE name = ?"
        self._db.conn.executemany(query, ((*piece, name) for piece in pieces))

    def put_in_force(self, name: str, seq: int, tags: Iterable[Tag]) -> None:
        """Put a delivery in force that is there whole."""
        self._db.execute(_FORCE, (seq, json.dumps(list(tags)), name))

    def let_go(self, list_id: str) -> None:
        """End what is in force of a list; `sweep` takes it away."""
        self._db.execute(
            "UPDATE list_deliveries SET state = 'going' WHERE list_id = ? AND state = 'in force'", (list_id,)
        )

    def drop(self, name: str = "") -> None:
        """End a delivery that is not in force yet, or with no name all of them: nobody brings them any more."""
        query = "UPDATE list_deliveries SET state = 'going' WHERE state = 'coming' AND (name = ?1 OR ?1 = '')"
        self._db.execute(query, (name,))

    def sweep(self, most: int) -> bool:
        """Take away so many blocks of what goes, or pieces of about that length; True while there is more."""
        found = self._db.execute(_GOING).fetchone()
        if found is None:
            return False
        delivery, first, blocks = found
        gone = self._db.execute(_SWEEP_BLOCKS, (first, first + blocks, most)).rowcount
        pieces = -(-most // _BLOCKS_A_PIECE)
        if gone < most and not self._db.execute(_SWEEP_PIECES, (delivery, pieces)).rowcount:
            self._db.execute("DELETE FROM list_deliveries WHERE delivery = ?", (delivery,))
        return True

    def next_seq(self, list_id: str) -> int:
        """The number of the next delta upon a list; 0 when nothing of it is in force."""
        query = "SELECT coalesce(max(seq) + 1, 0) FROM list_deliveries WHERE list_id = ? AND state = 'in force'"
        return int(self._db.execute(query, (list_id,)).fetchone()[0])

    def segments(self) -> Iterator[Segment]:
        """The packed form of all that is in force: each list's whole delivery, then its deltas."""
        query = """SELECT delivery, list_id, first, blocks, tags FROM list_deliveries WHERE state = 'in force'
          ORDER BY list_id, seq"""
        for delivery, list_id, first, blocks, tags in self._db.execute(query).fetchall():
            yield self._segment(delivery, list_id, (first * BLOCK, (first + blocks) * BLOCK), json.loads(tags))

    def _segment(self, delivery: int, list_id: str, span: tuple[int, int], tags: list[list[str]]) -> Segment:
        pieces: dict[str, list[bytes]] = {name: [] for name in KINDS}
        query = "SELECT name, content FROM array_pieces WHERE delivery = ? ORDER BY name, piece"
        for name, content in self._db.execute(query, (delivery,)):
            pieces[name].append(content)
        arrays: dict[str, Any] = {name: np.frombuffer(_joined(pieces[name]), kind) for name, kind in KINDS.items()}
        removed = Removed(arrays.pop("removed_codes"), arrays.pop("removed_rows"))
        parts = arrays.pop("parts")
        columns = Columns(**arrays, tag_table=tuple((category, state) for category, state in tags))
        return Segment(list_id, columns, parts, span, removed)

    def _free(self, blocks: int) -> int:
        """The beginning of the longest run of numbers that no delivery has."""
        used = self._db.execute("SELECT first, first + blocks FROM list_deliveries ORDER BY first").fetchall()
        edges = [(0, 0), *used, (_BLOCKS_MOST, _BLOCKS_MOST)]
        room, first = max((int(after[0] - before[1]), -int(before[1])) for before, after in pairwise(edges))
        if room < blocks:
            raise StorageFault("The store has no room for a hot list.", "Ask IT to make the store anew.")
        return -first


def _joined(pieces: list[bytes]) -> bytes:
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
