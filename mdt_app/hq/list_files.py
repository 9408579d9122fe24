"""The files of hot lists at headquarters: each replaced whole, with what changed kept beside for cars that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from mdt_app.hq.store import Store
from mdt_app.hq.tables import hotlist_deltas, hotlist_files, hotlists
from mdt_app.services.signing import Signer
from mdt_app.sync.delta import composed, delta_between, open_delta, pack_delta
from mdt_app.sync.list_wire import HotListManifest

DELTAS_MOST = 64
"""Versions back that a car may hold and still get what changed alone."""
_SMALL = 0.5
"""A delta that is no smaller than this share of the whole list saves nothing."""
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Change:
    """What leads from the list with this digest to the next; no content where the whole list is no larger."""

    base_sha256: str
    content: bytes = b""


def change_between(before: bytes, after: bytes, manifest: HotListManifest) -> Change:
    """Return what changed between two files of a list; `manifest` is the second's."""
    made = delta_between(pieces(before), pieces(after))
    content, base = pack_delta(made), made.manifest.base_sha256
    saves = base != manifest.sha256 and len(content) <= _SMALL * len(after)
    return Change(base, content if saves else b"")


def put(connection: Connection, manifest: HotListManifest, content: bytes, made: Change | None = None) -> None:
    """Put a list's file, which was verified, in the place of the one before, and keep what changed between them.

    `made` is that, where it was made before the transaction; it counts only if nobody put another list meanwhile.
    """
    list_id, now = manifest.list_id, datetime.now(UTC)
    held = connection.scalar(select(hotlists.c.manifest).where(hotlists.c.list_id == list_id))
    if held is not None:
        base = HotListManifest.model_validate_json(held).sha256
        if made is None or made.base_sha256 != base:
            query = select(hotlist_files.c.content).where(hotlist_files.c.list_id == list_id)
            made = change_between(bytes(connection.scalars(query).one()), content, manifest)
        _keep_change(connection, list_id, made, now)
    for table in (hotlist_files, hotlists):
        connection.execute(delete(table).where(table.c.list_id == list_id))
    row = {"list_id": list_id, "manifest": manifest.model_dump_json(), "received_at": now}
    connection.execute(insert(hotlists).values(row))
    connection.execute(insert(hotlist_files).values(list_id=list_id, content=content))


def list_file(store: Store, list_id: str) -> bytes | None:
    """Return the list's file as it travels, None when there is no such list."""
    with store.reading() as connection:
        content = connection.scalar(select(hotlist_files.c.content).where(hotlist_files.c.list_id == list_id))
    return None if content is None else bytes(content)


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


def pieces(content: bytes) -> Iterator[bytes]:
    """Give a file in pieces, as they would come over the wire."""
    return (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))


def _keep_change(connection: Connection, list_id: str, made: Change, now: datetime) -> None:
    """The deltas that are kept lead, one after the other, to the list in force; where that breaks, all go."""
    ours = hotlist_deltas.c.list_id == list_id
    if not made.content:
        connection.execute(delete(hotlist_deltas).where(ours))
        return
    row = {"list_id": list_id, "base_sha256": made.base_sha256, "content": made.content, "at": now}
    connection.execute(insert(hotlist_deltas).values(row))
    newest = select(hotlist_deltas.c.position).where(ours).order_by(hotlist_deltas.c.position.desc())
    oldest_kept = connection.scalar(newest.offset(DELTAS_MOST - 1).limit(1))
    if oldest_kept is not None:
        connection.execute(delete(hotlist_deltas).where(ours, hotlist_deltas.c.position < oldest_kept))
