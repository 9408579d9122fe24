"""Recovery escrow: the cars' store keys as they were sealed for recovery keys, given out on record alone."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import insert, select

from mdt_app.domain.errors import BadInput
from mdt_app.hq.keeping import record_act
from mdt_app.hq.store import Store
from mdt_app.hq.tables import escrow
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.wire import canonical_json


def keep(store: Store, car_id: str, blob: RecoveryBlob) -> None:
    """Keep a car's sealed keys; the ones before stay as well, since an older store may be the one to open."""
    content = canonical_json(blob.model_dump(mode="json"))
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    newest = select(escrow.c.sha256).where(escrow.c.car_id == car_id).order_by(escrow.c.position.desc()).limit(1)
    with store.writing() as connection:
        if connection.scalar(newest) != sha256:
            row = {"car_id": car_id, "sha256": sha256, "content": content, "at": datetime.now(UTC)}
            connection.execute(insert(escrow).values(row))


def give_out(store: Store, car_id: str, by: str, words: str) -> RecoveryBlob:
    """Return a car's newest sealed keys, once it is on record who asked and why. Raises BadInput when there are none.

    They open nothing without the private part of a recovery key, which headquarters does not hold.
    """
    newest = select(escrow.c.content).where(escrow.c.car_id == car_id).order_by(escrow.c.position.desc()).limit(1)
    with store.writing() as connection:
        content = connection.scalar(newest)
        if content is None:
            raise BadInput("Headquarters holds no sealed key of this car.", "Take recovery.json from the car itself.")
        record_act(connection, "escrow_given_out", car_id, by, words)
    return RecoveryBlob.model_validate(json.loads(content))
