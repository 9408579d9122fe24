"""Drills on people's training records: a trainer puts a result there, and reads what stands there (TRN-1, TRN-3)."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.hq.access import Rejected, admit, message_of, store_of
from mdt_app.hq.accounts import require_other
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.hq.tables import drill_results
from mdt_app.hq.training_records import put_drill
from mdt_app.sync.drill_wire import DrillResultMessage, DrillResults
from mdt_app.sync.wire import PREFIX, Done

router = APIRouter(prefix=f"{PREFIX}/accounts")
TheStore = Annotated[Store, Depends(store_of)]
_BYTES = 16 << 10


@router.post("/{user_id}/drills")
def record_drill(
    user_id: str,
    by: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.TRAINER))],
    done: Annotated[DrillResultMessage, Depends(message_of(DrillResultMessage, _BYTES))],
    store: TheStore,
) -> Done:
    """Put a drill's result on a person's training record; nobody puts down their own."""
    try:
        with store.writing() as connection:
            require_other(connection, user_id, by.holder)
            put_drill(connection, user_id, done.to_result(), by.holder)
    except BadInput as fault:
        raise Rejected(422, "bad_account", str(fault)) from fault
    return Done()


@router.get("/{user_id}/drills")
def drills(
    user_id: str,
    _: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.TRAINER, Role.AUDITOR, Role.SUPERVISOR))],
    store: TheStore,
) -> DrillResults:
    """Return a person's drills, the newest first."""
    asked = select(drill_results).where(drill_results.c.user_id == user_id).order_by(drill_results.c.position.desc())
    with store.reading() as connection:
        rows = connection.execute(asked).mappings().all()
    names = DrillResultMessage.model_fields
    lists = ("topics", "mistakes")
    found = ({n: tuple(json.loads(row[n])) if n in lists else row[n] for n in names} for row in rows)
    return DrillResults(drills=tuple(map(DrillResultMessage.model_validate, found)))
