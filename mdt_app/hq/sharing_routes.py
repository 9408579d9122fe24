"""Routes of data for other agencies: what a request lacks, the package, and what was in one (SHR-1 to SHR-4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mdt_app.domain.accounts import Role
from mdt_app.hq import sharing
from mdt_app.hq.access import message_of, store_of
from mdt_app.hq.entry_routes import told
from mdt_app.hq.register_routes import desk_with
from mdt_app.hq.registers import Desk
from mdt_app.hq.store import Store
from mdt_app.sync.sharing_wire import SHARE, PackageAsked, ShareCheck, SharedReads
from mdt_app.sync.wire import PREFIX, Identifier

_BYTES = 64 << 10

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Looking = Annotated[Desk, Depends(desk_with(Role.ADMINISTRATOR, Role.AUDITOR))]
Giving = Annotated[Desk, Depends(desk_with(Role.ADMINISTRATOR))]


def _ori(request: Request) -> str:
    ori: str = request.app.state.settings.agency_ori
    return ori


@router.get("/sharing/{record_id}/conditions")
def conditions(request: Request, record_id: Identifier, desk: Looking, store: TheStore) -> ShareCheck:
    """Return what stands between a request for data and its answer: every condition not met, with its clause."""
    with told():
        return sharing.check(store, record_id, desk, _ori(request))


@router.post("/sharing/{record_id}/package")
def package(
    request: Request,
    record_id: Identifier,
    desk: Giving,
    asked: Annotated[PackageAsked, Depends(message_of(PackageAsked, _BYTES))],
    store: TheStore,
) -> Response:
    """Answer an approved request with a sealed package; on record, and listed, before it leaves."""
    with told():
        made = sharing.share(store, record_id, desk, _ori(request), asked.passphrase)
    return Response(made.content, media_type="application/octet-stream", headers={SHARE: made.share_id})


@router.get("/shared/{record_id}/reads", dependencies=[Depends(desk_with(Role.ADMINISTRATOR, Role.AUDITOR))])
def shared_reads(record_id: Identifier, store: TheStore) -> SharedReads:
    """Return which reads a package held, by their ids."""
    return sharing.listed(store, record_id)
