"""Headquarters' own trail as a file that anybody checks with headquarters' public key (AUD-3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.evidence import Proof, SignedHead, TrailRow
from mdt_app.hq.own_trail import OWN, Act, OwnTrail
from mdt_app.hq.purge_tasks import is_emptied
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.store import Store
from mdt_app.hq.tables import agency, events, heads
from mdt_app.services.progress import Progress
from mdt_app.services.trail_files import export_trail

_SLICE = 2_000


class HeldTrail:
    """Reads headquarters' own chain as it is held, and signs what is taken out."""

    def __init__(self, connection: Connection, receipts: ReceiptMaker) -> None:
        self._connection, self._receipts = connection, receipts

    def head(self) -> SignedHead:
        """The chain's head. Raises BadInput before the first row."""
        row = self._connection.execute(select(heads).where(heads.c.car_id == OWN)).one_or_none()
        if row is None:
            raise BadInput("The trail is empty.", "There is nothing to export yet.")
        return self._receipts.head(row.sequence, row.digest)

    def rows(self, head: SignedHead, only: frozenset[str] | None = None) -> Iterator[TrailRow]:
        """All rows up to `head`, as they are held; with `only`, the bodies of these subjects alone."""
        mine = select(events.c.content).where(events.c.car_id == OWN).order_by(events.c.position)
        streamed = mine.execution_options(yield_per=_SLICE).limit(head.sequence)
        with self._connection.execute(streamed) as rows:
            for (content,) in rows:
                record = json.loads(content)
                shown = (only is None or record["subject"] in only) and not is_emptied(record["body"])
                yield TrailRow.of(record | {"body": json.dumps(record["body"]) if shown else ""})

    def prove(self, made_at: datetime, head: SignedHead, file_sha256: str, marks: bytes = b"") -> Proof:
        """Sign the hash of a file that was written from these rows, and the rows' marks."""
        ori = self._connection.scalar(select(agency.c.ori))
        return self._receipts.prove(f"{ori} trail", made_at, head.sequence, head.digest, file_sha256, marks)


def export_own_trail(store: Store, key: bytes, path: Path, by: str, progress: Progress | None = None) -> Proof:
    """Write headquarters' own trail to `path` (.csv, .json or .pdf) with its proof; that it was, is on record in it."""
    with store.writing() as connection:
        act = Act(EventKind.EXPORTED, by, "headquarters", "trail", {"layout": path.suffix})
        OwnTrail(key).record(connection, act)
    with store.reading() as connection:
        return export_trail(HeldTrail(connection, ReceiptMaker(key)), path, datetime.now(UTC), progress=progress)
