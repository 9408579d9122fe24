"""Routes of the registers, made of their descriptions: list, open, one with its history, act, export.

Each register has its own, so that the table of access says who may do what with which.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mdt_app.domain.accounts import Role
from mdt_app.domain.registers import Register
from mdt_app.hq import register_exports, register_views, registers
from mdt_app.hq.access import admit, message_of, store_of
from mdt_app.hq.entry_routes import ThePolicy, person, told
from mdt_app.hq.identity import Identity
from mdt_app.hq.proved_files import Ending, proved_table
from mdt_app.hq.register_effects import EFFECTS
from mdt_app.hq.registers import Desk, desk_of
from mdt_app.hq.store import Store
from mdt_app.services.register_files import load_registers
from mdt_app.sync.register_wire import (
    RecordAct,
    RecordHistory,
    RecordOpened,
    RegisterRecord,
    RegisterRecords,
    RegisterShapes,
)
from mdt_app.sync.wire import PREFIX, Identifier

_BYTES = 256 << 10
_OPENED, _ACT = Depends(message_of(RecordOpened, _BYTES)), Depends(message_of(RecordAct, _BYTES))
TheStore = Annotated[Store, Depends(store_of)]

router = APIRouter(prefix=f"{PREFIX}/registers")


@router.get("")
def all_registers(
    caller: Annotated[Identity, Depends(admit(*Role))], store: TheStore, policy: ThePolicy
) -> RegisterShapes:
    """Return the registers that the caller may see, how their forms look, and how much is due."""
    return register_views.shapes(store, desk_of(person(caller), policy))


def desk_with(*roles: Role) -> Callable[..., Desk]:
    """Return the reader of who acts, let in by role."""
    admitted = Depends(admit(*roles))

    # As a default: an annotation's text could not name `admitted`.
    def desk(request: Request, policy: ThePolicy, caller: Identity = admitted) -> Desk:
        return desk_of(person(caller), policy, request.app.state.settings.trail)

    return desk


def _add_routes(register: Register) -> None:
    """Add a register's routes: who sees it, who opens records, who acts on them."""
    path, name = f"/{register.register_id}", register.name
    sees, opens, acts = (Depends(desk_with(*who)) for who in (register.sees, register.opens, register.movers))

    # Who acts comes first: a body is read only behind that.
    def listed(store: TheStore, desk: Desk = sees) -> RegisterRecords:
        return register_views.listed(store, register, desk)

    def opened(store: TheStore, desk: Desk = opens, asked: RecordOpened = _OPENED) -> RegisterRecord:
        with told():
            held = registers.open_record(store, register, asked.record_id, asked.values, desk)
        return register_views.record_of(register, held, desk)

    def history(record_id: Identifier, store: TheStore, desk: Desk = sees) -> RecordHistory:
        with told():
            return register_views.history(store, register, record_id, desk)

    def act(record_id: Identifier, store: TheStore, desk: Desk = acts, asked: RecordAct = _ACT) -> RegisterRecord:
        with told():
            effect = EFFECTS.get((register.register_id, asked.act))
            held = registers.act(store, register, record_id, asked, desk, effect)
        return register_views.record_of(register, held, desk)

    def exported(ending: Ending, request: Request, store: TheStore, desk: Desk = sees) -> Response:
        settings = request.app.state.settings
        with told():
            table = register_exports.register_table(store, register, ending, desk)
        return proved_table(table, ending, settings.agency_ori, settings.receipts)

    for method, where, endpoint, what in (
        ("GET", path, listed, f"{name}: return the records, what is due first."),
        ("POST", path, opened, f"{name}: open a record."),
        ("GET", f"{path}/{{record_id}}", history, f"{name}: return a record with every version of it."),
        ("POST", f"{path}/{{record_id}}", act, f"{name}: change a record, or move it on."),
        ("POST", f"{path}/export/{{ending}}", exported, f"{name}: export every version, with the proof; on record."),
    ):
        router.add_api_route(where, endpoint, methods=[method], description=what)


for _register in load_registers().values():
    _add_routes(_register)
