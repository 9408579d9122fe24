"""Routes of data for other agencies: what a request lacks, the package, and what was in one (SHR-1 to SHR-4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mdt_app.domain.accounts import Role
from mdt_app.hq.access import message_of, store_of
from mdt_app.hq.entry_routes import told
from mdt_app.hq.register_routes import desk_with
from mdt_app.hq.registers import Desk
from mdt_app.hq.search_routes import search_desk_of
from mdt_app.hq.sharing import SharingDesk, listed
from mdt_app.hq.store import Store
from mdt_app.sync.sharing_wire import SHARE, PackageAsked, ShareCheck, SharedReads
from mdt_app.sync.wire import PREFIX, Identifier

_BYTES = 64 << 10

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
looking = Depends(desk_with(Role.ADMINISTRATOR, Role.AUDITOR))
giving = Depends(desk_with(Role.ADMINISTRATOR))


def _sharing(request: Request, desk: Desk) -> SharingDesk:
    return SharingDesk(search_desk_of(request), desk, request.app.state.settings.agency_ori)


@router.get("/sharing/{record_id}/conditions")
def conditions(request: Request, record_id: Identifier, desk: Annotated[Desk, looking]) -> ShareCheck:
    """Return what stands between a request for data and its answer: every condition not met, with its clause."""
    with told():
        return _sharing(request, desk).check(record_id)


@router.post("/sharing/{record_id}/package")
def package(
    request: Request,
    record_id: Identifier,
    desk: Annotated[Desk, giving],
    asked: Annotated[PackageAsked, Depends(message_of(PackageAsked, _BYTES))],
) -> Response:
    """Answer an approved request with a sealed package; on record, and listed, before it leaves."""
    with told():
        made = _sharing(request, desk).share(record_id, asked.passphrase)
    return Response(made.content, media_type="application/octet-stream", headers={SHARE: made.share_id})


@router.get("/shared/{record_id}/reads", dependencies=[looking])
def shared_reads(record_id: Identifier, store: TheStore) -> SharedReads:
    """Return which reads a package held, by their ids."""
    return listed(store, record_id)
