"""Headquarters as an ASGI application: the routes, and how each kind of trouble is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mdt_app.domain.errors import StorageFault
from mdt_app.domain.policy import Policy
from mdt_app.hq import (
    account_routes,
    audit_routes,
    desk_routes,
    drill_routes,
    enrol_routes,
    entry_routes,
    field_routes,
    keeping_routes,
    news,
    oversight_routes,
    proof_routes,
    register_routes,
    release_routes,
    report_routes,
    search_routes,
    sharing_routes,
    store_routes,
)
from mdt_app.hq.access import Rejected
from mdt_app.hq.bundles import BundleMaker
from mdt_app.hq.confirmations import ConfirmationDesk
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.hq.gateway import RecordsGateway
from mdt_app.hq.listed import Listed
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.routes import router
from mdt_app.hq.search_desk import ReadsKept
from mdt_app.hq.store import Store
from mdt_app.services.policy_source import PolicySource

log = structlog.get_logger()


ROUTERS = (
    router,
    account_routes.router,
    drill_routes.router,
    keeping_routes.router,
    entry_routes.router,
    desk_routes.router,
    enrol_routes.router,
    proof_routes.router,
    field_routes.router,
    oversight_routes.router,
    sharing_routes.router,
    register_routes.router,
    search_routes.router,
    report_routes.router,
    news.router,
    release_routes.router,
    audit_routes.router,
)
"""All that headquarters serves."""
STORE_ROUTERS = (store_routes.router,)
"""All that the vendor's store of bulk reads serves."""


@dataclass(frozen=True, slots=True)
class HqSettings:
    """What is set for one headquarters: the agency's ORI, which stands on every transaction, its policy, its key.

    `trail` is its own record, `kept` says where the bulk reads are. `server_certificate` (DER) is what it serves with,
    None on plain loopback. With it a car comes in by its own certificate alone, beside its token and its signature.
    `source` is the policy's text, for the cars; `releases` the folder of releases that they may have.
    """

    agency_ori: str
    policy: Policy
    bundles: BundleMaker
    receipts: ReceiptMaker
    enrolment: EnrolmentOffice
    trail: OwnTrail
    kept: ReadsKept
    server_certificate: bytes | None = None
    source: PolicySource | None = None
    releases: Path | None = None


def create_app(
    store: Store,
    gateway: RecordsGateway,
    confirmations: ConfirmationDesk,
    settings: HqSettings,
    routers: Sequence[APIRouter] = ROUTERS,
) -> FastAPI:
    """Return the application. Every refusal is JSON with `reason` and `words`, and repeats nothing that was sent."""
    # The routers' own routes: included ones would be built again for each application, at its first request.
    routes = [route for part in routers for route in part.routes]
    app = FastAPI(title="Patrol MDT headquarters", docs_url=None, redoc_url=None, openapi_url=None, routes=routes)
    app.state.store, app.state.gateway, app.state.settings = store, gateway, settings
    app.state.confirmations = confirmations
    app.state.listed = Listed(store)
    app.state.news = news.NewsDesk(store, settings.bundles.signer, settings.source.tag if settings.source else "")

    @app.exception_handler(Rejected)
    async def rejected(request: Request, fault: Rejected) -> JSONResponse:
        log.warning("request.rejected", path=request.scope["route"].path, reason=fault.reason)
        headers = {"www-authenticate": "Bearer"} if fault.status == 401 else None
        return _said(fault.status, fault.reason, fault.words, headers)

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, _fault: RequestValidationError) -> JSONResponse:
        return _said(422, "malformed", "The request can't be understood.")

    @app.exception_handler(HTTPException)
    async def refused(_request: Request, fault: HTTPException) -> JSONResponse:
        return _said(fault.status_code, "no_such_address", str(fault.detail), fault.headers)

    @app.exception_handler(StorageFault)
    async def storage(_request: Request, fault: StorageFault) -> JSONResponse:
        return _said(503, "storage", str(fault), {"retry-after": "5"})

    return app


def _said(status: int, reason: str, words: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"reason": reason, "words": words}, status, headers)
