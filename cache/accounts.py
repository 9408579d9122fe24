"""Accounts in the store as headquarters signed them, and the failures, locks and used codes of sign-ins."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.sign_in import Attempts

_ATTEMPTS = TypeAdapter(Attempts)
_PUT = "INSERT OR REPLACE INTO sign_ins VALUES (?, ?)"


class Accounts:
    """One bundle of accounts, and a row a person who tried to sign in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put_bundle(self, content: bytes, signature: bytes, issued_at: datetime) -> None:
        """Put these accounts in place of all. The latest time seen starts anew with the time of their issue."""
        self._db.execute("DELETE FROM account_bundle")
        self._db.execute("INSERT INTO account_bundle VALUES (1, ?, ?, ?)", (content, signature, issued_at.isoformat()))

    def bundle(self) -> tuple[bytes, bytes] | None:
        """The accounts' content and signature, None before the first came."""
        row = self._db.execute("SELECT content, signature FROM account_bundle").fetchone()
        return (bytes(row[0]), bytes(row[1])) if row else None

    def latest(self, now: datetime) -> datetime:
        """The latest time seen since the accounts came; `now` counts as seen."""
        row = self._db.execute("SELECT latest FROM account_bundle").fetchone()
        latest = max(now, datetime.fromisoformat(row[0])) if row else now
        self._db.execute("UPDATE account_bundle SET latest = ?", (latest.isoformat(),))
        return latest

    def attempts(self, user_id: str) -> Attempts:
        """What is on record of sign-ins to an account."""
        row = self._db.execute("SELECT content FROM sign_ins WHERE user_id = ?", (user_id,)).fetchone()
        return _ATTEMPTS.validate_json(row[0]) if row else Attempts()

    def put_attempts(self, user_id: str, attempts: Attempts) -> None:
        """Keep what is on record of sign-ins to an account."""
        self._db.execute(_PUT, (user_id, _ATTEMPTS.dump_json(attempts).decode()))
