"""Headquarters' own trail as a file that anybody checks with headquarters' public key (AUD-3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from operator import itemgetter
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
_VALUES = itemgetter(*TrailRow._fields)


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
                body, shown = record["body"], only is None or record["subject"] in only
                record["body"] = json.dumps(body) if shown and not is_emptied(body) else ""
                yield TrailRow._make(_VALUES(record))

    def prove(self, made_at: datetime, head: SignedHead, file_sha256: str, marks: bytes = b"") -> Proof:
        """Sign the hash of a file that was written from these rows, and the rows' marks."""
        ori = self._connection.scalar(select(agency.c.ori))
        return self._receipts.prove(f"{ori} trail", made_at, head.sequence, head.digest, file_sha256, marks)


def record_export(store: Store, key: bytes, by: str, layouts: str) -> SignedHead:
    """Put on record that headquarters' own trail is taken out, in these layouts; return the head with it."""
    with store.writing() as connection:
        OwnTrail(key).record(connection, Act(EventKind.EXPORTED, by, "headquarters", "trail", {"layout": layouts}))
        return HeldTrail(connection, ReceiptMaker(key)).head()


def write_own_trail(store: Store, key: bytes, path: Path, head: SignedHead, progress: Progress | None = None) -> Proof:
    """Write headquarters' own trail up to `head` to `path` (.csv, .json or .pdf), with its proof beside it."""
    with store.reading() as connection:
        trail, now = HeldTrail(connection, ReceiptMaker(key)), datetime.now(UTC)
        return export_trail(trail, path, now, progress=progress, head=head)
