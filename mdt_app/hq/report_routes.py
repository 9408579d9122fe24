"""Routes of what is reported: the training roster."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mdt_app.domain.accounts import Role
from mdt_app.hq.access import admit, store_of
from mdt_app.hq.entry_routes import ThePolicy
from mdt_app.hq.identity import Identity
from mdt_app.hq.keeping import record_act
from mdt_app.hq.proved_files import Ending, FileTable, proved_table
from mdt_app.hq.store import Store
from mdt_app.hq.training_due import ROSTER, roster
from mdt_app.sync.wire import PREFIX

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
_ROSTER_WIDTHS = {
    "user_id": 20,
    "name": 30,
    "role": 22,
    "active": 6,
    "topic": 20,
    "completed_on": 12,
    "trainer": 24,
    "stands": 10,
}


@router.post("/roster/{ending}")
def training_roster(
    ending: Ending,
    by: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR, Role.TRAINER))],
    request: Request,
    store: TheStore,
    policy: ThePolicy,
) -> Response:
    """Return who is trained in what, for the Training Unit (TRN-4), as a file with its proof; on record."""
    with store.writing() as connection:
        rows = list(roster(connection, policy))
        record_act(connection, "roster_exported", "training", by.holder, ending)
    table = FileTable("roster", "Patrol MDT: trained operators", ROSTER, _ROSTER_WIDTHS, rows)
    return proved_table(table, ending, request.app.state.settings.agency_ori, request.app.state.settings.receipts)
