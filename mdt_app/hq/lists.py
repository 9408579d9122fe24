"""Hot lists at headquarters: each one whole, replaced in one transaction once it is proven complete."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, select

from mdt_app.domain.entries import LIST_ID
from mdt_app.domain.errors import BadInput
from mdt_app.hq import disputes, entries, list_files
from mdt_app.hq.bundles import signed_for
from mdt_app.hq.list_files import HeldFile
from mdt_app.hq.store import Store
from mdt_app.hq.tables import hotlists
from mdt_app.services.signing import Signer
from mdt_app.sync.list_wire import CarListsMessage, HotListManifest, entry_of
from mdt_app.sync.snapshot import describe_list, lines_of, open_list, pack_list
from mdt_app.sync.wire import SignedMessage

log = structlog.get_logger()


def replace_list(store: Store, list_id: str, content: bytes) -> HotListManifest:
    """Verify a list's file and put it in the place of the one before; return its manifest. Raises BadInput as below."""
    incoming = list_files.Incoming(store)
    try:
        incoming.add(content)
        return replace_by(store, list_id, incoming.whole())
    finally:
        incoming.drop()


def replace_by(store: Store, list_id: str, file: HeldFile) -> HotListManifest:
    """Verify a file that has come in and put it in the place of the list before; return its manifest.

    Raises BadInput when the file is not this list or not complete, and the list before stays.
    """
    try:
        _refuse_own(list_id)
        manifest = _verified(list_id, list_files.read(store, file))
    except BadInput as fault:
        log.warning("hotlist.refused", list_id=list_id, reason=fault.words)
        raise
    list_files.replace(store, manifest, file)
    log.info("hotlist.replaced", list_id=list_id, count=manifest.count)
    return manifest


def remove_entry(connection: Connection, list_id: str, entry_id: str, by: str = "car") -> None:
    """Publish a new version of an agency's list without this entry (STP-8); nothing happens when it is not there.

    The cars fetch the new version at their next sync. `by` is who located the vehicle.
    """
    if entries.located(connection, entry_id, by):
        return
    if not _holds(list_files.content_in(connection, list_id), entry_id):
        return
    manifest, lines = open_list(list_files.content_in(connection, list_id))
    held_now = [entry_of(entry.line, list_id) for entry in lines]
    left = [entry for entry in held_now if not (entry.entry_id == entry_id and entry.category == "agency")]
    if len(left) == len(held_now):
        return
    held = manifest.to_hotlist()
    hotlist = describe_list(list_id, held.name, held.source, held.extracted_at, left, held.version + 1)
    list_files.put(connection, HotListManifest.of(hotlist), pack_list(hotlist, left))
    log.info("hotlist.entry_removed", list_id=list_id, count=hotlist.count)


def manifests(store: Store) -> tuple[HotListManifest, ...]:
    """Return what proves each list complete, by list id."""
    with store.reading() as connection:
        texts = connection.scalars(select(hotlists.c.manifest).order_by(hotlists.c.list_id)).all()
    return tuple(HotListManifest.model_validate_json(text) for text in texts)


def word_for(store: Store, car_id: str, signer: Signer) -> SignedMessage:
    """Return which lists are in force, signed for this car at this moment."""
    known = disputes.known_false_hits(store).plates
    word = CarListsMessage(car_id=car_id, issued_at=datetime.now(UTC), hotlists=manifests(store), false_hits=known)
    return signed_for(word, signer)


def _refuse_own(list_id: str) -> None:
    """The agency's own list is made of approved entries alone: a file would go around the approval (HOT-3)."""
    if list_id == LIST_ID:
        raise BadInput("The agency's own list is made of approved entries.", "Request the entry, or use another list.")


def _holds(file: Iterable[bytes], entry_id: str) -> bool:
    """Whether an agency's entry with this id stands in a file: a list of millions need not be understood for that."""
    about = f'"entry_id":{json.dumps(entry_id)},"category":"agency"'.encode()
    return any(about in line for line in lines_of(file))


def _verified(list_id: str, content: Iterable[bytes]) -> HotListManifest:
    manifest, found = open_list(content)
    if manifest.list_id != list_id:
        raise BadInput("The file is another list than its address says.", "Send it to its own address.")
    for _entry in found:
        pass
    return manifest
