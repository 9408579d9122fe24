"""The agency's own hot list: published anew from the entries in force, each time as a new version for the cars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, insert, select

from mdt_app.domain.entries import LIST_ID, LIST_NAME
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.hq import list_files
from mdt_app.hq.tables import list_versions
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.snapshot import describe_list, pack_list

log = structlog.get_logger()
SOURCE = "agency"


def publish(connection: Connection, entries: Iterable[Entry]) -> HotList:
    """Publish the agency's list with these entries as its next version; the cars fetch it at their next sync."""
    held, now = tuple(entries), datetime.now(UTC)
    hotlist = describe_list(LIST_ID, LIST_NAME, SOURCE, now, held, last_version(connection) + 1)
    list_files.put(connection, HotListManifest.of(hotlist), pack_list(hotlist, held))
    row = {"version": hotlist.version, "sha256": hotlist.sha256, "count": hotlist.count, "published_at": now}
    connection.execute(insert(list_versions).values(row | {"list_id": LIST_ID}))
    log.info("agency_list.published", version=hotlist.version, count=hotlist.count)
    return hotlist


def last_version(connection: Connection) -> int:
    """The version that was published last, 0 before the first."""
    versions = select(list_versions.c.version).where(list_versions.c.list_id == LIST_ID)
    return connection.scalar(versions.order_by(list_versions.c.version.desc()).limit(1)) or 0
