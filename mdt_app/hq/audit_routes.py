"""Routes of the guided audit beside its register: the queries drawn, their judgements, the report (AUD-2)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mdt_app.domain.accounts import Role
from mdt_app.domain.audit import GENESIS
from mdt_app.hq import audits
from mdt_app.hq.access import admit, message_of, store_of
from mdt_app.hq.audit_report import write_audit_report
from mdt_app.hq.entry_routes import ThePolicy, person, told
from mdt_app.hq.identity import Identity
from mdt_app.hq.keeping import record_act
from mdt_app.hq.proved_files import proved_file
from mdt_app.hq.store import Store
from mdt_app.sync.audit_wire import AuditedQueries, QueryJudgement
from mdt_app.sync.wire import PREFIX, Done, Identifier

_BYTES = 64 << 10
router = APIRouter(prefix=f"{PREFIX}/audits")
TheStore = Annotated[Store, Depends(store_of)]
Auditor = Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR))]


@router.get("/{record_id}/queries")
def audited_queries(record_id: Identifier, _: Auditor, store: TheStore, policy: ThePolicy) -> AuditedQueries:
    """Return the queries that an audit has drawn, what each lacks, and how it was judged."""
    with told(), store.reading() as connection:
        return audits.queries(connection, record_id, policy)


@router.post("/{record_id}/queries/{event_id}")
def judge_query(
    record_id: Identifier,
    event_id: Identifier,
    by: Auditor,
    said: Annotated[QueryJudgement, Depends(message_of(QueryJudgement, _BYTES))],
    store: TheStore,
) -> Done:
    """Judge a query: authorized or not, complete or not; nobody judges their own."""
    with told():
        audits.judge(store, record_id, event_id, said, person(by))
    return Done()


@router.post("/{record_id}/report")
def audit_report(record_id: Identifier, by: Auditor, request: Request, store: TheStore, policy: ThePolicy) -> Response:
    """Return the audit's report as PDF with its proof; on record."""
    settings = request.app.state.settings
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.pdf"
        with told(), store.reading() as connection:
            count = write_audit_report(connection, record_id, policy, settings.agency_ori, path)
        with store.writing() as connection:
            record_act(connection, "audit_reported", record_id, by.holder, "pdf")
        return proved_file(path, f"{settings.agency_ori} {record_id}", count, GENESIS, settings.receipts)
