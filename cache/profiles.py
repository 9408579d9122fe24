"""Alert profiles in the store: what each person wants to be alerted of."""

from __future__ import annotations

import json

from cache.db import Database


class Profiles:
    """Profiles by person."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, user_id: str) -> tuple[str, ...] | None:
        """The categories of a person's profile, None when there is none."""
        row = self._db.execute("SELECT categories FROM profiles WHERE user_id = ?", (user_id,)).fetchone()
        return tuple(json.loads(row[0])) if row else None

    def put(self, user_id: str, categories: tuple[str, ...]) -> None:
        """Keep a person's profile."""
        self._db.execute("INSERT OR REPLACE INTO profiles VALUES (?, ?)", (user_id, json.dumps(categories)))
