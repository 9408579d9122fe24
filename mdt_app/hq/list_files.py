"""The files of hot lists at headquarters: each replaced whole, with what changed kept beside for cars that hold it.

A file is kept in pieces: of a long one no more than some are in memory at once, also while it comes and goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select

from mdt_app.hq.store import Store
from mdt_app.hq.tables import hotlist_deltas, hotlist_pieces, hotlists
from mdt_app.services.signing import Signer
from mdt_app.sync.delta import composed, delta_between, open_delta, pack_delta
from mdt_app.sync.list_wire import HotListManifest

DELTAS_MOST = 64
"""Versions back that a car may hold and still get what changed alone."""
CHANGES_MOST = 200_000
"""Entries that a delta holds at most: more are fetched as the whole list, and need not be in memory here."""
PIECE = 1 << 20
"""Bytes of a file that are written at once."""
_SMALL = 0.5
"""A delta that is no smaller than this share of the whole list saves nothing."""
_SWEPT = 16
_LOST = timedelta(days=1)
"""Pieces of no list that are older were on their way when a process ended."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that is kept: the name of its delivery, and how many bytes it has."""

    delivery: str
    size: int


@dataclass(frozen=True, slots=True)
class Change:
    """What leads from the list with this digest to the next; no content where the whole list is no larger."""

    base_sha256: str
    content: bytes = b""


class Incoming:
    """A file that comes in: its pieces are kept as they come, and are nobody's until a list names them."""

    def __init__(self, store: Store) -> None:
        self._store, self._delivery = store, str(uuid4())
        self._rest, self._number, self._size = bytearray(), 0, 0

    def add(self, content: bytes) -> None:
        """Take more of the file; whole pieces are kept at once."""
        self._rest += content
        while len(self._rest) >= PIECE:
            self._keep(bytes(self._rest[:PIECE]))
            del self._rest[:PIECE]

    def whole(self) -> HeldFile:
        """The file has come to its end."""
        if self._rest:
            self._keep(bytes(self._rest))
            self._rest.clear()
        return HeldFile(self._delivery, self._size)

    def drop(self) -> None:
        """Take the file away, unless a list names it now."""
        with self._store.reading() as connection:
            named = connection.scalar(select(hotlists.c.list_id).where(hotlists.c.delivery == self._delivery))
        if named is None:
            _sweep(self._store, self._delivery)

    def _keep(self, piece: bytes) -> None:
        with self._store.writing() as connection:
            _insert(connection, self._delivery, self._number, piece)
        self._number, self._size = self._number + 1, self._size + len(piece)


def replace(store: Store, manifest: HotListManifest, file: HeldFile) -> None:
    """Put a file that is there whole and was verified in the place of the list before, which then goes in slices.

    Long lists are compared before the transaction: nobody else waits for it meanwhile.
    """
    before = held_file(store, manifest.list_id)
    made = change_between(read(store, before), read(store, file), manifest, file.size) if before else None
    with store.writing() as connection:
        _put(connection, manifest, file, made)
    if before is not None:
        _sweep(store, before.delivery)
    for lost in _lost(store):
        _sweep(store, lost)


def put(connection: Connection, manifest: HotListManifest, content: bytes) -> None:
    """Put a short list's file, which is sound, in the place of the one before, within a transaction."""
    before = connection.execute(select(hotlists).where(hotlists.c.list_id == manifest.list_id)).one_or_none()
    file = HeldFile(str(uuid4()), len(content))
    made = None
    if before is not None:
        made = change_between(_pieces(connection, before.delivery), pieces(content), manifest, file.size)
    for number, piece in enumerate(pieces(content)):
        _insert(connection, file.delivery, number, piece)
    _put(connection, manifest, file, made)
    if before is not None:
        connection.execute(delete(hotlist_pieces).where(hotlist_pieces.c.delivery == before.delivery))


def held_file(store: Store, list_id: str) -> HeldFile | None:
    """Return the file of a list in force, None when there is no such list."""
    with store.reading() as connection:
        query = select(hotlists.c.delivery, hotlists.c.size).where(hotlists.c.list_id == list_id)
        row = connection.execute(query).one_or_none()
    return HeldFile(row.delivery, row.size) if row else None


def read(store: Store, file: HeldFile, start: int = 0) -> Iterator[bytes]:
    """Give a file's bytes from `start` on, a piece at a time. It ends early when the file is replaced meanwhile."""
    number, at = 0, 0
    while at < file.size:
        with store.reading() as connection:
            piece = _piece(connection, file.delivery, number)
        if piece is None:
            return
        if at + len(piece) > start:
            yield piece[max(0, start - at) :]
        number, at = number + 1, at + len(piece)


def list_file(store: Store, list_id: str) -> bytes | None:
    """Return the list's file as it travels, None when there is no such list."""
    file = held_file(store, list_id)
    return None if file is None else b"".join(read(store, file))


def content_in(connection: Connection, list_id: str) -> Iterator[bytes]:
    """Give a list's file within a transaction; nothing when there is no such list."""
    delivery = connection.scalar(select(hotlists.c.delivery).where(hotlists.c.list_id == list_id))
    return _pieces(connection, delivery) if delivery else iter(())


def delta_file(store: Store, list_id: str, base_sha256: str, signer: Signer) -> tuple[bytes, str] | None:
    """Return what changed since the version with this digest, and the signature (hex) over its manifest's line.

    None when that version is not known any more: the whole list is fetched then.
    """
    with store.reading() as connection:
        rows = connection.execute(
            select(hotlist_deltas.c.base_sha256, hotlist_deltas.c.content)
            .where(hotlist_deltas.c.list_id == list_id)
            .order_by(hotlist_deltas.c.position)
        ).all()
    since = next((number for number, row in enumerate(rows) if row.base_sha256 == base_sha256), None)
    if since is None:
        return None
    made = composed([open_delta([bytes(row.content)]) for row in rows[since:]])
    return pack_delta(made), signer.sign(made.manifest.line()).hex()


def change_between(
    before: Iterable[bytes], after: Iterable[bytes], manifest: HotListManifest, size: int
) -> Change | None:
    """Return what changed between two files of a list, None for more than a delta holds.

    `manifest` and `size` are the second's.
    """
    made = delta_between(before, after, CHANGES_MOST)
    if made is None:
        return None
    content, base = pack_delta(made), made.manifest.base_sha256
    saves = base != manifest.sha256 and len(content) <= _SMALL * size
    return Change(base, content if saves else b"")


def pieces(content: bytes) -> Iterator[bytes]:
    """Give a file in pieces, as they are kept."""
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


def _put(connection: Connection, manifest: HotListManifest, file: HeldFile, made: Change | None) -> None:
    list_id, now = manifest.list_id, datetime.now(UTC)
    held = connection.scalar(select(hotlists.c.manifest).where(hotlists.c.list_id == list_id))
    if held is not None:
        # What another put in force meanwhile was not compared: cars fetch the whole list then.
        fits = made is not None and made.base_sha256 == HotListManifest.model_validate_json(held).sha256
        _keep_change(connection, list_id, made.content if made and fits else b"", made, now)
    connection.execute(delete(hotlists).where(hotlists.c.list_id == list_id))
    row = {"list_id": list_id, "manifest": manifest.model_dump_json(), "received_at": now}
    connection.execute(insert(hotlists).values(row | {"delivery": file.delivery, "size": file.size}))


def _keep_change(connection: Connection, list_id: str, content: bytes, made: Change | None, now: datetime) -> None:
    """The deltas that are kept lead, one after the other, to the list in force; where that breaks, all go."""
    ours = hotlist_deltas.c.list_id == list_id
    if not content or made is None:
        connection.execute(delete(hotlist_deltas).where(ours))
        return
    row = {"list_id": list_id, "base_sha256": made.base_sha256, "content": content, "at": now}
    connection.execute(insert(hotlist_deltas).values(row))
    newest = select(hotlist_deltas.c.position).where(ours).order_by(hotlist_deltas.c.position.desc())
    oldest_kept = connection.scalar(newest.offset(DELTAS_MOST - 1).limit(1))
    if oldest_kept is not None:
        connection.execute(delete(hotlist_deltas).where(ours, hotlist_deltas.c.position < oldest_kept))


def _insert(connection: Connection, delivery: str, number: int, piece: bytes) -> None:
    row = {"delivery": delivery, "number": number, "content": piece, "at": datetime.now(UTC)}
    connection.execute(insert(hotlist_pieces).values(row))


def _piece(connection: Connection, delivery: str, number: int) -> bytes | None:
    this = (hotlist_pieces.c.delivery == delivery) & (hotlist_pieces.c.number == number)
    content = connection.scalar(select(hotlist_pieces.c.content).where(this))
    return None if content is None else bytes(content)


def _pieces(connection: Connection, delivery: str) -> Iterator[bytes]:
    number = 0
    while (piece := _piece(connection, delivery, number)) is not None:
        yield piece
        number += 1


def _sweep(store: Store, delivery: str) -> None:
    """Take a delivery's pieces away in slices, the last ones first: a caller that reads it ends early."""
    ours = hotlist_pieces.c.delivery == delivery
    with store.reading() as connection:
        count = connection.scalar(select(func.count()).select_from(hotlist_pieces).where(ours)) or 0
    for first in range(count - 1, -1, -_SWEPT):
        with store.writing() as connection:
            connection.execute(delete(hotlist_pieces).where(ours, hotlist_pieces.c.number > first - _SWEPT))


def _lost(store: Store) -> list[str]:
    old = hotlist_pieces.c.at < datetime.now(UTC) - _LOST
    named = select(hotlists.c.delivery)
    query = select(hotlist_pieces.c.delivery).where(old, hotlist_pieces.c.delivery.not_in(named)).distinct()
    with store.reading() as connection:
        return list(connection.scalars(query))
