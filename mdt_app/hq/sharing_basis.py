"""What the registers say about a request for data: agency, declaration, agreement and network as they stand today."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection

from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import Use
from mdt_app.domain.registers import day_of
from mdt_app.domain.sharing import Agency, Immigration, Request, ShareFault, in_force, unmet
from mdt_app.hq.registers import Held, standing

ANY_AGENCY = "any"


def faults(connection: Connection, policy: Policy, record: Held, ori: str, today: date) -> tuple[ShareFault, ...]:
    """Return what stands between a request and its answer. `ori` is this agency's."""
    return unmet(policy, request_of(connection, record, ori, today))


def request_of(connection: Connection, record: Held, ori: str, today: date) -> Request:
    """Return a request with all that is on file about it and in force today."""
    values, theirs = record.values, record.values["agency"].strip().upper()
    network = values.get("network", "").strip()
    return Request(
        home=ori[:2],
        agency=_agency(connection, theirs),
        declaration=_declaration(connection, theirs, today),
        agreement=_agreement(connection, theirs, values.get("agreement", ""), today),
        network=network,
        network_allowed=_same(network, (one.values["network"] for one in standing(connection, "networks", "allowed"))),
        approved=record.state == "approved",
        use=Use(values["purpose"], values.get("facts", ""), values.get("citation", "")),
        immigration=_immigration(values.get("immigration", "")),
        health_care={"yes": True, "no": False}.get(values.get("health_care", "")),
    )


def agency_on_file(connection: Connection, ori: str) -> Held | None:
    """The record of an agency by its ORI, None when it is not on file."""
    held = standing(connection, "agencies", "on_file")
    return next((one for one in held if one.values["ori"].strip().upper() == ori.strip().upper()), None)


def _agency(connection: Connection, ori: str) -> Agency | None:
    held = agency_on_file(connection, ori)
    if held is None:
        return None
    return Agency(held.values["agency"], held.values["state"], held.values["mission"] == "immigration")


def _declaration(connection: Connection, ori: str, today: date) -> str:
    held = (one for one in standing(connection, "declarations", "in_force") if _of(one, ori))
    mine = (one for one in held if _binds(one, "signed_on", today, endless=False))
    return next((one.record_id for one in mine), "")


def _agreement(connection: Connection, ori: str, name: str, today: date) -> str:
    held = (one for one in standing(connection, "agreements", "in_force") if _of(one, ori, ANY_AGENCY))
    mine = (one for one in held if _same(name, [one.values["agreement"]]) and _binds(one, "begins_on", today))
    return next((one.values["agreement"] for one in mine), "")


def _of(one: Held, *whose: str) -> bool:
    return _same(one.values["agency"], whose)


def _binds(one: Held, begins: str, today: date, *, endless: bool = True) -> bool:
    ends = day_of(one.values.get("ends_on", ""))
    return (endless or ends is not None) and in_force(day_of(one.values.get(begins, "")), ends, today)


def _same(name: str, names: Iterable[str]) -> bool:
    return bool(name.strip()) and name.strip().casefold() in {one.strip().casefold() for one in names}


def _immigration(said: str) -> Immigration | None:
    with suppress(ValueError):
        return Immigration(said)
    return None
