"""Drafts in the store: what was typed for a hit and not sent, by hit and person. They go with the hit's end."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.drafts import Draft

_DRAFT = TypeAdapter(Draft)


class Drafts:
    """One draft a hit and person."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, hit_id: str, user_id: str, draft: Draft, at: datetime) -> None:
        """Keep a draft in place of the one before."""
        row = (hit_id, user_id, at.isoformat(), _DRAFT.dump_json(draft).decode())
        self._db.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", row)

    def get(self, hit_id: str, user_id: str) -> tuple[Draft, datetime] | None:
        """The draft, and when it was typed (UTC)."""
        sql = "SELECT content, at FROM drafts WHERE hit_id = ? AND user_id = ?"
        row = self._db.execute(sql, (hit_id, user_id)).fetchone()
        return (_DRAFT.validate_json(row[0]), datetime.fromisoformat(row[1])) if row else None
