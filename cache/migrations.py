"""The store's schema, one step after the other; each step is one transaction."""

from __future__ import annotations

from cache.db import Database, DriverError
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

# Trusted time, the age of every read and hit by it, data held for cases, and the store's own secrets (REC-2, REC-3).
# `queued` is the outbox's last position before the read: its own row stands right after that one.
_KEEPING = """
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, digest TEXT NOT NULL,
  signature TEXT NOT NULL) STRICT;
CREATE INDEX audit_by_subject ON audit (subject);
CREATE TABLE trusted_time (one INTEGER PRIMARY KEY CHECK (one = 1), elapsed_s REAL NOT NULL, run TEXT NOT NULL,
  monotonic_s REAL NOT NULL, told_at TEXT, told_s REAL) STRICT;
INSERT INTO trusted_time VALUES (1, 0, '', 0, NULL, NULL);
CREATE TRIGGER time_rises BEFORE UPDATE ON trusted_time WHEN NEW.elapsed_s < OLD.elapsed_s
BEGIN SELECT RAISE(ABORT, 'trusted time only rises'); END;
ALTER TABLE reads ADD COLUMN since_s REAL NOT NULL DEFAULT 0;
ALTER TABLE reads ADD COLUMN queued INTEGER NOT NULL DEFAULT 0;
CREATE TABLE hit_ages (since_s REAL NOT NULL, hit_id TEXT NOT NULL, PRIMARY KEY (since_s, hit_id))
  STRICT, WITHOUT ROWID;
INSERT INTO hit_ages SELECT 0, hit_id FROM hits;
CREATE TRIGGER hits_age AFTER INSERT ON hits
BEGIN INSERT INTO hit_ages SELECT elapsed_s, NEW.hit_id FROM trusted_time; END;
CREATE TABLE kept_pictures (read_id TEXT PRIMARY KEY REFERENCES reads, crop BLOB NOT NULL, context BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
INSERT INTO kept_pictures SELECT read_id, crop, context FROM pictures;
DROP TABLE pictures;
ALTER TABLE kept_pictures RENAME TO pictures;
CREATE TABLE cases (case_number TEXT NOT NULL CHECK (case_number <> ''), subject TEXT NOT NULL,
  taken_by TEXT NOT NULL CHECK (taken_by <> ''), reason TEXT NOT NULL CHECK (reason <> ''), at TEXT NOT NULL,
  released_by TEXT, released_at TEXT, disposition TEXT, PRIMARY KEY (case_number, subject)) STRICT;
CREATE INDEX cases_by_subject ON cases (subject) WHERE released_at IS NULL;
CREATE TRIGGER reads_held BEFORE DELETE ON reads
WHEN EXISTS (SELECT 1 FROM cases c WHERE c.subject = OLD.read_id AND c.released_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'held for a case'); END;
"""

# Lists as compressed blocks and packed arrays; headquarters sends the lists again at the next contact (HOT-1).
_PACKED_LISTS = """
DROP TABLE entries;
DELETE FROM hotlists;
CREATE TABLE list_blocks (block INTEGER PRIMARY KEY, list_id TEXT NOT NULL REFERENCES hotlists,
  content BLOB NOT NULL) STRICT;
CREATE INDEX list_blocks_by_list ON list_blocks (list_id);
CREATE TABLE list_arrays (list_id TEXT NOT NULL REFERENCES hotlists, seq INTEGER NOT NULL, name TEXT NOT NULL,
  content BLOB NOT NULL, PRIMARY KEY (list_id, seq, name)) STRICT;
"""

# Accounts as headquarters signed them; it sends them at the next contact (ACC-4). Sign-ins that failed (AC-7).
_SIGN_IN = """
DROP TABLE accounts;
CREATE TABLE account_bundle (only INTEGER PRIMARY KEY CHECK (only = 1), content BLOB NOT NULL,
  signature BLOB NOT NULL, latest TEXT NOT NULL) STRICT;
CREATE TABLE sign_ins (user_id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
"""

# Nothing asks for reads by the clock on the wall any more; each index costs every commit a page.
_NO_TIME_INDEX = "DROP INDEX reads_by_time;"

# Checks and repairs of equipment, as they were made (EQP-1, EQP-3).
_EQUIPMENT = """
CREATE TABLE equipment (number INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('check', 'repair')),
  content TEXT NOT NULL) STRICT;
CREATE TRIGGER equipment_stands BEFORE UPDATE ON equipment BEGIN SELECT RAISE(ABORT, 'a check stands'); END;
CREATE TRIGGER equipment_stays BEFORE DELETE ON equipment BEGIN SELECT RAISE(ABORT, 'a check stays'); END;
"""

# A read with its pictures in one row, in an order that is never given twice: each table and index costs every commit
# a page. A read waits for headquarters by its number alone, up from `sent`; `gone` of all that ever were are purged.
_ONE_ROW = """
CREATE TABLE whole_reads (number INTEGER PRIMARY KEY, read_id TEXT NOT NULL UNIQUE, key TEXT NOT NULL,
  captured_at TEXT NOT NULL, since_s REAL NOT NULL, queued INTEGER NOT NULL, content TEXT NOT NULL, event TEXT NOT NULL,
  crop BLOB NOT NULL, context BLOB NOT NULL) STRICT;
INSERT INTO whole_reads (read_id, key, captured_at, since_s, queued, content, event, crop, context)
  SELECT read_id, key, captured_at, since_s, queued, content, '', coalesce(crop, x''), coalesce(context, x'')
  FROM reads LEFT JOIN pictures USING (read_id) ORDER BY reads.rowid;
DROP TABLE pictures;
DROP TABLE reads;
ALTER TABLE whole_reads RENAME TO reads;
CREATE INDEX reads_by_key ON reads (key);
CREATE TABLE read_numbers (one INTEGER PRIMARY KEY CHECK (one = 1), sent INTEGER NOT NULL, gone INTEGER NOT NULL)
  STRICT;
INSERT INTO read_numbers SELECT 1, coalesce(max(number), 0), 0 FROM reads;
CREATE TRIGGER sent_rises BEFORE UPDATE ON read_numbers WHEN NEW.sent < OLD.sent OR NEW.gone < OLD.gone
BEGIN SELECT RAISE(ABORT, 'numbers only rise'); END;
CREATE TRIGGER reads_wait BEFORE DELETE ON reads WHEN OLD.number > (SELECT sent FROM read_numbers)
BEGIN SELECT RAISE(ABORT, 'headquarters does not know of it yet'); END;
CREATE TRIGGER reads_gone AFTER DELETE ON reads BEGIN UPDATE read_numbers SET gone = gone + 1; END;
CREATE TRIGGER reads_held BEFORE DELETE ON reads
WHEN EXISTS (SELECT 1 FROM cases c WHERE c.subject = OLD.read_id AND c.released_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'held for a case'); END;
"""

# Plates whose hits were wrong before, as headquarters decided; shown with an alert, and hiding none.
_FALSE_HITS = """
CREATE TABLE false_hits (key TEXT NOT NULL, state TEXT NOT NULL, dispute_id TEXT NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (key, state, dispute_id)) STRICT, WITHOUT ROWID;
"""

# What was typed for a hit and not sent; it goes when the hit ends or expires.
_DRAFTS = """
CREATE TABLE drafts (hit_id TEXT NOT NULL REFERENCES hits, user_id TEXT NOT NULL CHECK (user_id <> ''),
  at TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (hit_id, user_id)) STRICT, WITHOUT ROWID;
CREATE TRIGGER drafts_go AFTER UPDATE OF ended ON hits WHEN NEW.ended
BEGIN DELETE FROM drafts WHERE hit_id = NEW.hit_id; END;
"""

# What officers asked to be entered into the agency's list: kept without a link, followed to its end (HOT-9).
_ENTRY_REQUESTS = """
CREATE TABLE entry_requests (number INTEGER PRIMARY KEY, entry_id TEXT NOT NULL UNIQUE, content TEXT NOT NULL) STRICT;
"""

# What a record of use says of plates goes with its own age (QRY-2); older records held the plate in their body.
_PLATES_APART = """
CREATE TABLE plate_ages (since_s REAL NOT NULL, sequence INTEGER NOT NULL REFERENCES audit,
  PRIMARY KEY (since_s, sequence)) STRICT, WITHOUT ROWID;
INSERT INTO plate_ages SELECT elapsed_s, sequence FROM audit, trusted_time WHERE kind = 'data.searched';
"""

# A list comes in slices while others work, and the one before goes in slices: what belongs together is a delivery.
_DELIVERIES = """
CREATE TABLE list_deliveries (delivery INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, list_id TEXT NOT NULL,
  seq INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('coming', 'in force', 'going')), first INTEGER NOT NULL,
  blocks INTEGER NOT NULL, tags TEXT NOT NULL) STRICT;
CREATE TABLE array_pieces (delivery INTEGER NOT NULL REFERENCES list_deliveries, name TEXT NOT NULL,
  piece INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (delivery, name, piece)) STRICT;
CREATE TABLE entry_blocks (block INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
INSERT INTO list_deliveries (name, list_id, seq, state, first, blocks, tags)
  SELECT list_id || ' ' || seq, list_id, seq, 'in force', about ->> '$.span[0]' / 256,
    about ->> '$.span[1]' / 256 - about ->> '$.span[0]' / 256, about -> '$.tags'
  FROM (SELECT list_id, seq, CAST(content AS TEXT) AS about FROM list_arrays WHERE name = 'about');
INSERT INTO array_pieces SELECT delivery, name, 0, content FROM list_arrays
  JOIN (SELECT delivery, list_id, seq FROM list_deliveries) USING (list_id, seq) WHERE name <> 'about';
INSERT INTO entry_blocks SELECT block, content FROM list_blocks;
DROP TABLE list_arrays;
DROP TABLE list_blocks;
"""

# What the agency's books said of each camera, and from when on (REC-1).
_CAMERAS = """
CREATE TABLE cameras (number INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TRIGGER cameras_stand BEFORE UPDATE ON cameras BEGIN SELECT RAISE(ABORT, 'the books of then stand'); END;
CREATE TRIGGER cameras_stay BEFORE DELETE ON cameras BEGIN SELECT RAISE(ABORT, 'the books of then stay'); END;
"""

MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    _PROFILES,
    _KEEPING,
    _PACKED_LISTS,
    _SIGN_IN,
    _NO_TIME_INDEX,
    _EQUIPMENT,
    _ONE_ROW,
    _FALSE_HITS,
    _DRAFTS,
    _ENTRY_REQUESTS,
    _PLATES_APART,
    _DELIVERIES,
    _CAMERAS,
)


def migrate(db: Database) -> None:
    """Bring the schema up to date. A crash leaves the step before or the step after, never a half.

    Raises BadInput when the store was written by a newer program, and the driver's error when a step fails; the
    step before is then still whole.
    """
    version = _version(db)
    if version > len(MIGRATIONS):
        raise BadInput("The store was written by a newer program.", "Install the newer program.")
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        try:
            db.conn.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
        except DriverError:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            if _version(db) < number:  # else another process was quicker
                raise


def _version(db: Database) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
