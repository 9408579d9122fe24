"""What the record says of manual entries: where each stands, its versions and acts, and which cars have which list."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from mdt_app.domain import entries as rules
from mdt_app.domain.entries import LIST_ID, Step
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.plates import match_key
from mdt_app.hq import agency_list
from mdt_app.hq.entries import check_of, taken
from mdt_app.hq.list_files import list_file
from mdt_app.hq.store import Store
from mdt_app.hq.tables import (
    entry_acts,
    entry_notices,
    entry_versions,
    events,
    hotlists,
    list_versions,
    tokens,
)
from mdt_app.sync.entry_wire import (
    AlertNotice,
    CarList,
    EntryDetail,
    EntryDraftMessage,
    EntryRecord,
    EntryRecords,
    EntryStep,
    EntryVersion,
    ListedElsewhere,
)
from mdt_app.sync.list_wire import EntryMessage, HotListManifest

_CHUNK = 1 << 20
_KEPT = 1024
_DECISIONS = (Step.APPROVED, Step.REFUSED, Step.EXPIRED, Step.REMOVED)


def records(store: Store, owner: str = "") -> EntryRecords:
    """Return all entries, or those of which `owner` wrote a version, the newest request first."""
    with store.reading() as connection:
        versions, acts = (_grouped(connection, table, owner=owner) for table in (entry_versions, entry_acts))
    return EntryRecords(entries=tuple(_record(versions[one], acts[one]) for one in reversed(versions)))


def record(store: Store, entry_id: str) -> EntryRecord:
    """Return one entry as it stands, without what takes long to find. Raises Refused for an unknown one."""
    with store.reading() as connection:
        versions, acts = (_grouped(connection, table, entry_id)[entry_id] for table in (entry_versions, entry_acts))
    if not versions:
        raise Refused("no_such_entry", "Headquarters has no such entry.", "Look at the list again.")
    return _record(versions, acts)


def expiring(store: Store, owner: str = "") -> EntryRecords:
    """Return the entries in force that are about to expire, the first to end first (HOT-5)."""
    now = datetime.now(UTC)
    held = (r for r in records(store, owner).entries if r.active and rules.expires_soon(r.draft.to_draft(), now))
    return EntryRecords(entries=tuple(sorted(held, key=lambda r: r.draft.expires_at or now)))


def detail(store: Store, entry_id: str) -> EntryDetail:
    """Return all that is on record of an entry, with who else lists its plate. Raises Refused for an unknown one."""
    with store.reading() as connection:
        versions = _grouped(connection, entry_versions, entry_id)[entry_id]
        acts = _grouped(connection, entry_acts, entry_id)[entry_id]
        if not versions:
            raise Refused("no_such_entry", "Headquarters has no such entry.", "Look at the list again.")
        told = connection.execute(select(entry_notices).where(entry_notices.c.entry_id == entry_id)).mappings()
        notices = tuple(AlertNotice.model_validate(_without_position(row)) for row in told)
        version, cars = agency_list.last_version(connection), car_lists(connection)
    record = _record(versions, acts)
    return EntryDetail(
        record=record,
        versions=tuple(map(_version, versions)),
        steps=tuple(map(_step, acts)),
        elsewhere=elsewhere(store, record.draft.plate),
        list_version=version,
        cars=cars,
        notices=notices,
    )


def car_lists(connection: Connection) -> tuple[CarList, ...]:
    """Return, for each car, the newest version of the agency's list that it has put on record as applied."""
    published = select(list_versions.c.sha256, list_versions.c.version).where(list_versions.c.list_id == LIST_ID)
    # The same entries give the same digest: then the newer version is meant, which is just as good.
    known = {row.sha256: row.version for row in connection.execute(published.order_by(list_versions.c.version))}
    applied = select(events.c.car_id, events.c.at, events.c.content).where(
        events.c.kind == EventKind.LIST_APPLIED.value, events.c.subject == LIST_ID
    )
    held: dict[str, CarList] = {}
    for car_id in connection.scalars(select(tokens.c.holder).where(tokens.c.kind == "car").order_by(tokens.c.holder)):
        held[car_id] = CarList(car_id=car_id, version=0)
    for car_id, at, content in connection.execute(applied.order_by(events.c.position)):
        version = known.get(str(json.loads(content)["body"].get("sha256")), 0)
        held[car_id] = CarList(car_id=car_id, version=version, applied_at=at)
    return tuple(held.values())


def acknowledgments(store: Store) -> tuple[CarList, ...]:
    """Return what `car_lists` says, in a reading of its own."""
    with store.reading() as connection:
        return car_lists(connection)


def elsewhere(store: Store, plate: str) -> tuple[ListedElsewhere, ...]:
    """Return the entries of this plate in all other lists."""
    with store.reading() as connection:
        manifests = connection.scalars(select(hotlists.c.manifest).order_by(hotlists.c.list_id)).all()
    held = (HotListManifest.model_validate_json(text) for text in manifests)
    others = (manifest for manifest in held if manifest.list_id != LIST_ID)
    return tuple(found for manifest in others for found in _listed(store, manifest, match_key(plate)))


@lru_cache(maxsize=_KEPT)
def _listed(store: Store, manifest: HotListManifest, key: str) -> tuple[ListedElsewhere, ...]:
    """Read a list's file through for a plate: a second for a million entries, so what was found is kept."""
    file = list_file(store, manifest.list_id) or b""
    names = {"list_id": manifest.list_id, "list_name": manifest.name}
    fields = ("category", "plate", "state", "ori")
    found = ({name: getattr(entry, name) for name in fields} for entry in _with_key(file, key))
    return tuple(ListedElsewhere(**names, **values) for values in found)


def _with_key(file: bytes, key: str) -> Iterator[EntryMessage]:
    """Only a line with the key in it is understood: a list of millions goes by in seconds."""
    needle, rest = f'"key":"{key}"'.encode(), b""
    for piece in _inflated(file):
        whole, _, rest = (rest + piece).rpartition(b"\n")
        if needle in whole:
            yield from (EntryMessage.model_validate_json(line) for line in whole.split(b"\n") if needle in line)


def _inflated(file: bytes) -> Iterator[bytes]:
    unzip = zlib.decompressobj(wbits=31)
    data = file
    while data and not unzip.eof:
        yield unzip.decompress(data, _CHUNK)
        data = unzip.unconsumed_tail


def _grouped(connection: Connection, table: Any, entry_id: str = "", owner: str = "") -> defaultdict[str, list[Any]]:
    """Rows by entry, in the order in which they were added: of one entry, of an owner's, or of all."""
    query = select(table).order_by(table.c.position)
    if entry_id:
        query = query.where(table.c.entry_id == entry_id)
    if owner:
        query = query.where(table.c.entry_id.in_(select(entry_versions.c.entry_id).where(entry_versions.c.by == owner)))
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        rows[row.entry_id].append(row)
    return rows


def _record(versions: list[Any], acts: list[Any]) -> EntryRecord:
    now, first, newest = rules.standing(map(taken, acts)), versions[0], versions[-1]
    decided = [act for act in acts if act.step in _DECISIONS and act.version == newest.version]
    checks = [check_of(act) for act in acts if act.step == Step.CHECKED and act.version == newest.version]
    return EntryRecord(
        entry_id=first.entry_id,
        state=now.state,
        version=now.version,
        active=now.active,
        draft=EntryDraftMessage.model_validate_json(newest.content),
        asked_by=first.by,
        asked_role=first.role,
        asked_at=first.at,
        check=checks[-1] if checks else None,
        decided_by=decided[-1].by if decided else "",
        words=decided[-1].words if decided else "",
    )


def _version(row: Any) -> EntryVersion:
    draft = EntryDraftMessage.model_validate_json(row.content)
    return EntryVersion(version=row.version, draft=draft, by=row.by, role=row.role, at=row.at)


def _step(row: Any) -> EntryStep:
    return EntryStep(
        step=Step(row.step),
        version=row.version,
        by=row.by,
        role=row.role,
        at=row.at,
        words=row.words,
        check=check_of(row),
        list_version=row.list_version,
    )


def _without_position(row: Iterable[Any]) -> dict[str, Any]:
    return {name: value for name, value in dict(row).items() if name != "position"}
