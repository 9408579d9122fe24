"""The chain of a register: each version hangs on the row before it by a hash, so that a change or a gap is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from mdt_app.domain.audit import GENESIS, Verdict

CHAINED = ("register", "record_id", "version", "act", "state", "by", "at", "words", "content", "policy", "previous")
"""What a row's digest is over, in this order; the time in UTC as ISO text."""
COLUMNS = (*CHAINED, "digest")
"""A row as it leaves headquarters."""


def digest_of(row: Mapping[str, Any]) -> str:
    """The digest of a row, given its columns by name; `at` is a time, `version` a number."""
    parts = [row[name].astimezone(UTC).isoformat() if name == "at" else row[name] for name in CHAINED]
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x02" + text.encode()).hexdigest()


def check(rows: Iterable[Mapping[str, Any]]) -> Verdict:
    """Walk an exported register, its columns as texts, and stop at the first row that is wrong."""
    previous, count = GENESIS, 0
    for row in rows:
        try:
            made = digest_of({**row, "at": datetime.fromisoformat(row["at"]), "version": int(row["version"])})
        except (KeyError, TypeError, ValueError):
            return Verdict(count, previous, count + 1, "it can't be read")
        if row["previous"] != previous:
            return Verdict(count, previous, count + 1, "does not hang on the row before")
        if made != row["digest"]:
            return Verdict(count, previous, count + 1, "its content was changed")
        previous, count = made, count + 1
    return Verdict(count, previous)
