"""Accounts in the store, as headquarters issued them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.accounts import Account

_ACCOUNT = TypeAdapter(Account)


class Accounts:
    """Accounts by user id."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def replace(self, accounts: Iterable[Account]) -> None:
        """Put these accounts in place of all."""
        self._db.execute("DELETE FROM accounts")
        rows = ((a.user_id, _ACCOUNT.dump_json(a).decode()) for a in accounts)
        self._db.conn.executemany("INSERT INTO accounts VALUES (?, ?)", rows)

    def get(self, user_id: str) -> Account | None:
        """The account with this id."""
        row = self._db.execute("SELECT content FROM accounts WHERE user_id = ?", (user_id,)).fetchone()
        return _ACCOUNT.validate_json(row[0]) if row else None
