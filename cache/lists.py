"""Hot lists in the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.hotlist import Entry, HotList

_LIST, _ENTRY = TypeAdapter(HotList), TypeAdapter(Entry)
_PUT = "INSERT INTO hotlists VALUES (?, ?) ON CONFLICT (list_id) DO UPDATE SET content = excluded.content"


class Lists:
    """Lists and their entries."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def replace(self, hotlist: HotList, entries: Iterable[Entry]) -> None:
        """Put a list in place of the one with the same id."""
        self._db.execute(_PUT, (hotlist.list_id, _LIST.dump_json(hotlist).decode()))
        self._db.execute("DELETE FROM entries WHERE list_id = ?", (hotlist.list_id,))
        rows = ((e.entry_id, hotlist.list_id, _ENTRY.dump_json(e).decode()) for e in entries)
        self._db.conn.executemany("INSERT INTO entries VALUES (?, ?, ?)", rows)

    def lists(self) -> tuple[HotList, ...]:
        """The lists in force."""
        rows = self._db.execute("SELECT content FROM hotlists ORDER BY list_id")
        return tuple(_LIST.validate_json(content) for (content,) in rows)

    def entries(self) -> Iterator[Entry]:
        """The entries of all lists in force."""
        for (content,) in self._db.execute("SELECT content FROM entries"):
            yield _ENTRY.validate_json(content)
