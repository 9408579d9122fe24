"""The files of hot lists at headquarters: each replaced whole, with what changed kept beside for cars that hold it."""

from __future__ import annotations

from collections.abc import Iterator
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


def put(connection: Connection, manifest: HotListManifest, content: bytes) -> None:
    """Put a list's file, which was verified, in the place of the one before, and keep what changed between them."""
    list_id, now = manifest.list_id, datetime.now(UTC)
    before = connection.scalar(select(hotlist_files.c.content).where(hotlist_files.c.list_id == list_id))
    if before is not None:
        _keep_delta(connection, bytes(before), content, manifest, now)
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


def _keep_delta(connection: Connection, before: bytes, after: bytes, manifest: HotListManifest, now: datetime) -> None:
    """The deltas that are kept lead, one after the other, to the list in force; where that breaks, all go."""
    ours = hotlist_deltas.c.list_id == manifest.list_id
    made = delta_between(pieces(before), pieces(after))
    content = pack_delta(made)
    if made.manifest.base_sha256 == manifest.sha256 or len(content) > _SMALL * len(after):
        connection.execute(delete(hotlist_deltas).where(ours))
        return
    row = {"list_id": manifest.list_id, "base_sha256": made.manifest.base_sha256, "content": content, "at": now}
    connection.execute(insert(hotlist_deltas).values(row))
    newest = select(hotlist_deltas.c.position).where(ours).order_by(hotlist_deltas.c.position.desc())
    oldest_kept = connection.scalar(newest.offset(DELTAS_MOST - 1).limit(1))
    if oldest_kept is not None:
        connection.execute(delete(hotlist_deltas).where(ours, hotlist_deltas.c.position < oldest_kept))
