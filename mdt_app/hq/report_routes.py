"""Routes of what is reported: usage to the Chief, the public page, the training roster."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from mdt_app.domain.accounts import Role
from mdt_app.domain.audit import GENESIS
from mdt_app.domain.usage import span
from mdt_app.hq import accounts
from mdt_app.hq.access import Rejected, admit, message_of, store_of
from mdt_app.hq.entry_routes import ThePolicy, person, told
from mdt_app.hq.identity import Identity
from mdt_app.hq.keeping import record_act
from mdt_app.hq.proved_files import Ending, FileTable, proved_file, proved_table
from mdt_app.hq.public_page import public_page
from mdt_app.hq.registers import desk_of
from mdt_app.hq.store import Store
from mdt_app.hq.training_due import ROSTER, roster
from mdt_app.hq.training_report import write_certificate, write_training_report
from mdt_app.hq.usage_figures import Figures, figures
from mdt_app.hq.usage_report import write_usage_report
from mdt_app.sync.audit_wire import PeriodAsked
from mdt_app.sync.wire import PREFIX

router = APIRouter(prefix=PREFIX)
_BYTES = 4 << 10
TheStore = Annotated[Store, Depends(store_of)]
Reporter = Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR))]


@router.post("/roster/{ending}")
def training_roster(
    ending: Ending,
    by: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR, Role.TRAINER))],
    request: Request,
    store: TheStore,
    policy: ThePolicy,
) -> Response:
    """Return who is complete, due and overdue in what, for the Training Unit (TRN-4): all lines, as PDF a report.

    The file has its proof; that it was made is on record.
    """
    settings = request.app.state.settings
    with store.writing() as connection:
        rows = list(roster(connection, policy))
        record_act(connection, "roster_exported", "training", by.holder, ending)
    if ending != "pdf":
        table = FileTable("roster", "Patrol MDT: trained operators", ROSTER, {}, rows)
        return proved_table(table, ending, settings.agency_ori, settings.receipts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "training.pdf"
        write_training_report(rows, policy, settings.agency_ori, datetime.now(UTC), path)
        return proved_file(path, f"{settings.agency_ori} training", len(rows), GENESIS, settings.receipts)


@router.post("/accounts/{user_id}/certificate")
def certificate(
    user_id: str,
    by: Annotated[Identity, Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR, Role.TRAINER))],
    request: Request,
    store: TheStore,
    policy: ThePolicy,
) -> Response:
    """Return a person's certificate (PDF) with its proof, once every topic is complete; on record."""
    settings = request.app.state.settings
    with told(), tempfile.TemporaryDirectory() as folder, store.writing() as connection:
        path, rows = Path(folder) / "certificate.pdf", list(roster(connection, policy, user_id))
        write_certificate(rows, policy, settings.agency_ori, datetime.now(UTC), path)
        accounts.record_act(connection, user_id, accounts.Act("certified", by.holder))
        return proved_file(path, f"{settings.agency_ori} certificate {user_id}", 0, GENESIS, settings.receipts)


@router.post("/reports/usage")
def usage_report(
    by: Reporter,
    asked: Annotated[PeriodAsked, Depends(message_of(PeriodAsked, _BYTES))],
    request: Request,
    store: TheStore,
    policy: ThePolicy,
) -> Response:
    """Return the usage report of a month, quarter or year to the Chief, as PDF with its proof; on record."""
    settings, desk = request.app.state.settings, desk_of(person(by), policy)
    with _made(store, asked, by, "usage_reported") as (numbers, connection, folder):
        path = folder / "usage.pdf"
        write_usage_report(connection, numbers, desk, settings.agency_ori, path)
        return proved_file(path, f"{settings.agency_ori} usage {asked.period}", 0, GENESIS, settings.receipts)


@router.post("/reports/public")
def public_report(
    by: Reporter,
    asked: Annotated[PeriodAsked, Depends(message_of(PeriodAsked, _BYTES))],
    request: Request,
    store: TheStore,
    policy: ThePolicy,
) -> Response:
    """Return the public page of a period that is over, as HTML with its proof; on record."""
    settings = request.app.state.settings
    with _made(store, asked, by, "public_page_made") as (numbers, _, folder):
        if numbers.span.last >= datetime.now(UTC).date():
            # Two pages of the same period, a day apart, would tell what happened on that day.
            raise Rejected(409, "not_over", "The period is not over. Ask for one that is.")
        path = folder / "page.html"
        page = public_page(numbers, policy, asked.agency or settings.agency_ori, datetime.now(UTC))
        path.write_text(page, "utf-8")
        return proved_file(path, f"{settings.agency_ori} public {asked.period}", 0, GENESIS, settings.receipts)


@contextmanager
def _made(store: Store, asked: PeriodAsked, by: Identity, act: str) -> Iterator[tuple[Figures, Connection, Path]]:
    """Give the figures of a period, a connection and a folder for the file; that it was made is on record."""
    with told(), tempfile.TemporaryDirectory() as folder:
        period = span(asked.period)
        with store.reading() as connection:
            yield figures(connection, period, datetime.now(UTC).date()), connection, Path(folder)
        with store.writing() as connection:
            record_act(connection, act, asked.period, by.holder, "")
