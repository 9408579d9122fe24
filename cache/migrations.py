"""The store's schema, one step after the other; each step is one transaction."""

from __future__ import annotations

from cache.db import Database
from mdt_app.domain.errors import BadInput

_FIRST = """
CREATE TABLE reads (read_id TEXT PRIMARY KEY, key TEXT NOT NULL, captured_at TEXT NOT NULL,
  content TEXT NOT NULL) STRICT;
CREATE INDEX reads_by_key ON reads (key, captured_at);
CREATE INDEX reads_by_time ON reads (captured_at);
CREATE TABLE pictures (read_id TEXT PRIMARY KEY REFERENCES reads, crop BLOB NOT NULL, context BLOB NOT NULL) STRICT;
CREATE TABLE hits (hit_id TEXT PRIMARY KEY, key TEXT NOT NULL, raised_at TEXT NOT NULL, status TEXT NOT NULL,
  ended INTEGER NOT NULL, content TEXT NOT NULL) STRICT;
CREATE INDEX hits_by_key ON hits (key, raised_at);
CREATE INDEX hits_not_ended ON hits (raised_at) WHERE NOT ended;
CREATE TABLE gate_decisions (decision_id TEXT PRIMARY KEY, hit_id TEXT NOT NULL REFERENCES hits, at TEXT NOT NULL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)), unmet TEXT NOT NULL, CHECK (passed = (unmet = '[]'))) STRICT;
CREATE TRIGGER decisions_stand BEFORE UPDATE ON gate_decisions BEGIN SELECT RAISE(ABORT, 'a decision stands'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON gate_decisions BEGIN SELECT RAISE(ABORT, 'a decision stays'); END;
CREATE TABLE stops (stop_id TEXT PRIMARY KEY, hit_id TEXT NOT NULL UNIQUE REFERENCES hits,
  decision_id TEXT NOT NULL UNIQUE REFERENCES gate_decisions, purpose TEXT NOT NULL CHECK (purpose <> ''),
  user_id TEXT NOT NULL CHECK (user_id <> ''), at TEXT NOT NULL) STRICT;
CREATE TRIGGER stops_need_gate BEFORE INSERT ON stops
WHEN NOT EXISTS (SELECT 1 FROM gate_decisions d WHERE d.decision_id = NEW.decision_id AND d.hit_id = NEW.hit_id
  AND d.passed = 1) BEGIN SELECT RAISE(ABORT, 'no stop without a passed gate'); END;
CREATE TRIGGER stops_stand BEFORE UPDATE ON stops BEGIN SELECT RAISE(ABORT, 'a stop stands'); END;
CREATE TABLE audit (sequence INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at TEXT NOT NULL,
  clock TEXT NOT NULL, actor TEXT NOT NULL, device TEXT NOT NULL, subject TEXT NOT NULL, payload_mac TEXT NOT NULL,
  previous TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the trail stands'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the trail stays'); END;
CREATE TABLE audit_bodies (sequence INTEGER PRIMARY KEY REFERENCES audit, body TEXT NOT NULL) STRICT;
CREATE TABLE outbox (position INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
  parked TEXT) STRICT;
CREATE TABLE hotlists (list_id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE entries (entry_id TEXT NOT NULL, list_id TEXT NOT NULL REFERENCES hotlists, content TEXT NOT NULL,
  PRIMARY KEY (list_id, entry_id)) STRICT;
CREATE TABLE accounts (user_id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
"""

# What each person wants to be alerted of (ACC-7).
_PROFILES = """
CREATE TABLE profiles (user_id TEXT PRIMARY KEY, categories TEXT NOT NULL) STRICT;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _PROFILES)


def migrate(db: Database) -> None:
    """Bring the schema up to date. A crash leaves the step before or the step after, never a half.

    Raises BadInput when the store was written by a newer program.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise BadInput("The store was written by a newer program.", "Install the newer program.")
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        db.conn.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
