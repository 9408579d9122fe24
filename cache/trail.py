"""What leaves the store as evidence: the sealed trail, its proof, and all that a case holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import TypeAdapter

from cache.audit import Audit
from cache.db import Database
from cache.reads import Reads
from cache.retention import Retention
from cache.secrets import Seals
from mdt_app.domain.audit import Verdict
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink
from mdt_app.domain.evidence import CaseData, CaseRead, Proof, SignedHead, TrailRow, proof_of
from mdt_app.domain.reads import Read
from mdt_app.services.progress import Progress

_ANY, _READ = TypeAdapter(dict[str, object]), TypeAdapter(Read)
_DECISIONS = "SELECT decision_id, hit_id, at, passed, unmet FROM gate_decisions WHERE hit_id = ? ORDER BY at"
_ROWS = """SELECT sequence, at, clock, kind, actor, device, subject, event_id, coalesce(body, ''), payload_mac,
    previous, digest FROM audit LEFT JOIN audit_bodies USING (sequence) WHERE sequence <= ? ORDER BY sequence"""
_STOPS = "SELECT * FROM stops WHERE hit_id = ?"


class Trail:
    """Reads the trail and seals what is taken out."""

    def __init__(self, db: Database, seals: Seals) -> None:
        self._db, self._seals, self._audit = db, seals, Audit(db, seals)

    @property
    def public_key(self) -> str:
        """The device's public key, as 64 hexadecimal digits."""
        return self._seals.public_key

    @property
    def device(self) -> str:
        """The car's id as it stands on the trail; '' before the first row."""
        row = self._db.execute("SELECT device FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
        return str(row[0]) if row else ""

    def newest(self) -> datetime | None:
        """The time of the newest row; None before the first."""
        row = self._db.execute("SELECT at FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def verify(self, progress: Progress | None = None) -> Verdict:
        """Walk the whole chain, bodies included, and hold its end against the signed head."""
        return self._audit.verify(progress)

    def head(self) -> SignedHead:
        """The signed head. Raises BadInput before the first row."""
        head = self._audit.head()
        if head is None:
            raise BadInput("The trail is empty.", "There is nothing to export yet.")
        return head

    def rows(self, head: SignedHead, only: frozenset[str] | None = None) -> Iterator[TrailRow]:
        """All rows up to `head`, as they are read; with `only`, the bodies of these subjects alone."""
        rows = map(TrailRow._make, self._db.execute(_ROWS, (head.sequence,)))
        return rows if only is None else (row if row.subject in only else row._replace(body="") for row in rows)

    def links(self) -> Iterator[ChainLink]:
        """The chain's links in their order."""
        return (row.link for row in self._audit.rows())

    def prove(self, made_at: datetime, head: SignedHead, file_sha256: str, marks: bytes = b"") -> Proof:
        """Sign the hash of a file that was written from these rows, and the rows' marks."""
        return proof_of(self._seals.device, self.device, made_at, head, file_sha256, marks)

    def case(self, case_number: str) -> CaseData:
        """All that a case holds. Raises BadInput when it holds nothing."""
        held = tuple(c for c in Retention(self._db).cases() if c.case_number == case_number)
        subjects = tuple(dict.fromkeys(s for c in held for s in c.subjects))
        if not subjects:
            raise BadInput("This case holds no data.", "Take a hit or a read into it first, or check its number.")
        reads, hits = Reads(self._db), []
        found, decisions, stops = [], [], []
        for subject in subjects:
            if read := reads.get(subject):
                found.append(CaseRead(subject, _READ.dump_python(read, mode="json"), reads.pictures(subject)))
            if hit := self._one("SELECT content FROM hits WHERE hit_id = ? AND content <> ''", subject):
                hits.append(hit)
                decisions += self._named(_DECISIONS, subject)
                stops += self._named(_STOPS, subject)
        return CaseData(case_number, held, tuple(found), tuple(hits), tuple(decisions), tuple(stops))

    def _one(self, sql: str, subject: str) -> dict[str, object] | None:
        row = self._db.execute(sql, (subject,)).fetchone()
        return _ANY.validate_json(row[0]) if row else None

    def _named(self, sql: str, subject: str) -> list[dict[str, object]]:
        rows = self._db.execute(sql, (subject,))
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows]
