"""Retention in the store: trusted time, the purge of what is old enough, and what is held for cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cache.db import Database
from cache.outbox import Outbox
from mdt_app.domain.errors import Refused
from mdt_app.domain.retention import DAY_S, Outlook, Preserved, Purged, TrustedTime

_PICTURED = "length(crop) OR length(context)"
_HELD_NOW = "EXISTS (SELECT 1 FROM cases c WHERE c.released_at IS NULL AND c.subject = {})"
_READS = f"""SELECT r.number, r.read_id, r.queued, r.since_s, {_HELD_NOW.format("r.read_id")} FROM reads r
  WHERE r.number > ? ORDER BY r.number LIMIT ?"""  # noqa: S608 - constants only
"""Reads in the order of their coming, which is the order of their ages."""
_OWES = "coalesce(json_array_length(content, '$.stop.owed'), 0) > 0"
"""A stop that went before its steps is an administrative matter until they are made good (POSTC K.1, F.c.1). They can
be made good against the entry alone: the hit's row stays, without reads and pictures, and goes once nothing is owed."""
_HITS = f"""SELECT since_s, hit_id FROM hit_ages JOIN hits USING (hit_id)
  WHERE since_s <= ? AND NOT {_HELD_NOW.format("hit_id")} AND NOT {_OWES} ORDER BY since_s LIMIT ?"""  # noqa: S608 - constants only
_PRESERVED = f"""SELECT count(*) FROM (SELECT subject FROM cases WHERE released_at IS NULL
  UNION SELECT hit_id FROM hit_ages JOIN hits USING (hit_id) WHERE since_s <= ? AND {_OWES})"""  # noqa: S608 - constants only
_YOUNG = "SELECT min(number) FROM (SELECT number FROM reads WHERE since_s > ? ORDER BY number LIMIT 1)"
_COUNT = f"""SELECT count(*), count(*) FILTER (WHERE {_PICTURED}) FROM reads r
  WHERE r.number < ? AND NOT {_HELD_NOW.format("r.read_id")}"""  # noqa: S608 - constants only
_HAS_PICTURES = f"SELECT {_PICTURED} FROM reads WHERE number = ?"  # noqa: S608 - constants only
_BODIES = "DELETE FROM audit_bodies WHERE sequence IN (SELECT sequence FROM audit WHERE subject = ?)"
_EMPTY_HIT = """UPDATE outbox SET content = json_set(content, '$.event.body', json('{"purged":true}'))
  WHERE event_id IN (SELECT event_id FROM audit WHERE subject = ?)"""
_EMPTY_READ = """UPDATE outbox SET content = json_set(content, '$.event.body', json('{"purged":true}'))
  WHERE event_id = ?1 OR (position > ?2 AND position <= ?2 + 4
  AND content ->> '$.event.subject' = ?1 AND content ->> '$.chain' IS NULL)"""
"""A read that headquarters does not know of yet is still told, without its content. Older stores gave each read a row
of its own, with another id, right after the read was kept."""
_PLATED = "SELECT since_s, sequence FROM plate_ages WHERE since_s <= ? ORDER BY since_s LIMIT ?"
_BARE = "UPDATE audit_bodies SET body = json_remove(body, '$.plate_data') WHERE sequence = ?"
_OLD_FORM = "DELETE FROM audit_bodies WHERE sequence = ? AND body ->> '$.pattern' IS NOT NULL"
_BARE_OUTBOX = """UPDATE outbox SET content = json_remove(content, '$.event.body.plate_data', '$.event.body.pattern')
  WHERE event_id = (SELECT event_id FROM audit WHERE sequence = ?)"""
_TOMBSTONE = "UPDATE hits SET key = '', status = 'purged', ended = 1, content = '' WHERE hit_id = ?"
"""The gate's decisions and the stop stay on record, and they point at their hit: its row stays, without content."""
_SIGHTINGS = """SELECT body ->> '$.read_id' FROM audit JOIN audit_bodies USING (sequence)
  WHERE subject = ? AND body ->> '$.read_id' IS NOT NULL"""
_HELD = """SELECT case_number, taken_by, reason, at, subject FROM cases WHERE released_at IS NULL
  ORDER BY at, case_number"""
_COUNT_ON = "UPDATE trusted_time SET elapsed_s = ?, run = ?, monotonic_s = ?, told_at = ?, told_s = ?"
_RELEASE = """UPDATE cases SET released_by = ?, disposition = ?, released_at = ?
  WHERE case_number = ? AND released_at IS NULL"""


_PAGE, _NEVER = 64, 2**62


class Retention:
    """Ages, purges and holds, inside one transaction."""

    def __init__(self, db: Database) -> None:
        self._db, self._outbox = db, Outbox(db)
        self.counted = self.removed = False
        """Whether this transaction counted time, and whether it removed anything."""

    def time(self) -> TrustedTime:
        """Trusted time as it was last counted."""
        row = self._db.execute("SELECT elapsed_s, run, monotonic_s, told_at, told_s FROM trusted_time").fetchone()
        elapsed_s, run, monotonic_s, told_at, told_s = row
        return TrustedTime(elapsed_s, run, monotonic_s, datetime.fromisoformat(told_at) if told_at else None, told_s)

    def count(self, time: TrustedTime) -> None:
        """Keep trusted time. The schema refuses to set it back."""
        told_at = time.told_at.isoformat() if time.told_at else None
        row = (time.elapsed_s, time.run, time.monotonic_s, told_at, time.told_s)
        self._db.execute(_COUNT_ON, row)
        self.counted = True

    def purge(self, kept_s: float, limit: int) -> Purged:
        """Remove at most `limit` reads and as many hits that are `kept_s` trusted seconds old and held for no case."""
        before, gone = self.time().elapsed_s - kept_s, Purged()
        reads = self._expired_reads(before, limit)
        hits = self._db.execute(_HITS, (before, limit)).fetchall()
        if reads:
            self._outbox.pass_over(reads[-1][0])
        for number, read_id, queued, _ in reads:
            gone = gone.plus(self._purge_read(number, read_id, queued))
        for since_s, hit_id in hits:
            gone = gone.plus(self._purge_hit(since_s, hit_id))
        plated = self._db.execute(_PLATED, (before, limit)).fetchall()
        for since_s, sequence in plated:
            gone = gone.plus(self._purge_plates(since_s, sequence))
        self.removed = self.removed or bool(reads or hits or plated)
        return gone.plus(Purged(more=limit in (len(reads), len(hits), len(plated))))

    def outlook(self, kept_s: float) -> Outlook:
        """What would go now; bodies and outbox rows are counted only when they go."""
        now = self.time().elapsed_s
        young = self._db.execute(_YOUNG, (now - kept_s,)).fetchone()[0]
        reads, pictures = self._db.execute(_COUNT, (_NEVER if young is None else young,)).fetchone()
        hits = len(self._db.execute(_HITS, (now - kept_s, -1)).fetchall())
        held = self._db.execute(_PRESERVED, (now - kept_s,)).fetchone()[0]
        oldest = self._expired_reads(now, 1)
        age = (now - oldest[0][-1]) / DAY_S if oldest else None
        return Outlook(Purged(reads=reads, hits=hits, pictures=pictures), held, age)

    def preserve(self, subject: str, case_number: str, taken_by: str, reason: str, at: datetime) -> Preserved:
        """Take a hit with all reads of it, or a read, into a case."""
        subjects = self._with_reads(subject)
        rows = ((case_number, one, taken_by, reason, at.isoformat()) for one in subjects)
        add = "INSERT OR IGNORE INTO cases (case_number, subject, taken_by, reason, at) VALUES (?, ?, ?, ?, ?)"
        self._db.conn.executemany(add, rows)
        return Preserved(case_number, taken_by, reason, at, subjects)

    def release(self, case_number: str, released_by: str, disposition: str, at: datetime) -> int:
        """End a case's hold, and return how many subjects it held. What no other case holds goes in due time."""
        return self._change(_RELEASE, released_by, disposition, at.isoformat(), case_number)

    def cases(self) -> Sequence[Preserved]:
        """The cases that hold data now, the oldest first; one entry for each time that data was taken in."""
        held: dict[tuple[str, str, str, str], list[str]] = {}
        for *about, subject in self._db.execute(_HELD):
            held.setdefault((about[0], about[1], about[2], about[3]), []).append(subject)
        return [Preserved(n, by, why, datetime.fromisoformat(at), tuple(s)) for (n, by, why, at), s in held.items()]

    def _expired_reads(self, before: float, limit: int) -> list[tuple[int, str, int, float]]:
        """At most `limit` reads as old as that which no case holds: number, id, place in the outbox, and age."""
        found: list[tuple[int, str, int, float]] = []
        last = -1
        while len(found) < limit and (rows := self._db.execute(_READS, (last, _PAGE)).fetchall()):
            last = rows[-1][0]
            for *read, held in rows:
                if read[-1] > before:
                    return found[:limit]
                if not held:
                    found.append(tuple(read))
        return found[:limit]

    def _purge_read(self, number: int, read_id: str, queued: int) -> Purged:
        pictured = int(self._db.execute(_HAS_PICTURES, (number,)).fetchone()[0])
        outbox = self._change(_EMPTY_READ, read_id, queued)
        bodies = self._change(_BODIES, read_id)
        reads = self._change("DELETE FROM reads WHERE number = ?", number)
        return Purged(reads, pictured, 0, bodies, outbox)

    def _purge_hit(self, since_s: float, hit_id: str) -> Purged:
        bodies = self._change(_BODIES, hit_id)
        outbox = self._change(_EMPTY_HIT, hit_id)
        self._change("DELETE FROM hit_ages WHERE since_s = ? AND hit_id = ?", since_s, hit_id)
        return Purged(hits=self._change(_TOMBSTONE, hit_id), bodies=bodies, outbox=outbox)

    def _purge_plates(self, since_s: float, sequence: int) -> Purged:
        """Take the plates out of a record of use: who, when, why and how many stay (QRY-2, AUD-1)."""
        self._change("DELETE FROM plate_ages WHERE since_s = ? AND sequence = ?", since_s, sequence)
        outbox = self._change(_BARE_OUTBOX, sequence)
        self._change(_OLD_FORM, sequence)
        return Purged(searches=self._change(_BARE, sequence), outbox=outbox)

    def _with_reads(self, subject: str) -> tuple[str, ...]:
        hit = self._db.execute("SELECT content FROM hits WHERE hit_id = ? AND content <> ''", (subject,)).fetchone()
        if hit is None:
            if self._db.execute("SELECT 1 FROM reads WHERE read_id = ?", (subject,)).fetchone():
                return (subject,)
            words = "There is no such hit or read any more."
            raise Refused("nothing_to_preserve", words, "Look it up again; it may have expired.")
        content = json.loads(hit[0])
        seen = [content["read"]["read_id"], *(read_id for (read_id,) in self._db.execute(_SIGHTINGS, (subject,)))]
        return tuple(dict.fromkeys((subject, *seen)))

    def _change(self, sql: str, *values: Any) -> int:
        return int(self._db.execute(sql, values).rowcount)
