"""Designated people and agencies: who is told of which category of hits, and what each has been told (ALR).

A notice is a record at headquarters and stands at the desk of whoever it is for. An address that takes mail gets one as
well (`hq/mails`); any other that is no desk's (another agency) is told by a person, who says so by marking the notice.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.hq import mails
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alert_notices, alert_routes
from mdt_app.sync.event_wire import EventMessage
from mdt_app.sync.field_wire import AlertNotice, AlertNotices, AlertRoute, AlertRoutes, NewAlertRoute

_SHOWN = 200


def designate(store: Store, new: NewAlertRoute, by: str) -> None:
    """Tell this address of every hit of this category from now on. Raises BadInput for no category of the table."""
    if new.category not in ALERTS:
        raise BadInput("There is no such category.", f"Choose one of: {', '.join(sorted(ALERTS))}.")
    here = (alert_routes.c.category == new.category) & (alert_routes.c.address == new.address)
    row = {"category": new.category, "address": new.address, "by": by, "at": datetime.now(UTC)}
    with store.writing() as connection:
        if connection.execute(select(alert_routes.c.position).where(here, _IN_FORCE)).first() is None:
            connection.execute(insert(alert_routes).values(row))


def end_route(store: Store, position: int, by: str) -> None:
    """Tell this address no more; that it was told stays on record. Raises BadInput when there is no such route."""
    ended = {"ended_at": datetime.now(UTC), "ended_by": by}
    with store.writing() as connection:
        this = update(alert_routes).where(alert_routes.c.position == position, _IN_FORCE)
        if not connection.execute(this.values(ended)).rowcount:
            raise BadInput("There is no such route.", "Look at the list again.")


def routes(store: Store) -> AlertRoutes:
    """Return the routes, those that have ended as well, the newest first."""
    with store.reading() as connection:
        rows = connection.execute(select(alert_routes).order_by(alert_routes.c.position.desc())).mappings().all()
    return AlertRoutes(routes=tuple(AlertRoute.model_validate(dict(row)) for row in rows))


def notify(connection: Connection, car_id: str, message: EventMessage, now: datetime) -> None:
    """Note a new hit for all who are told of its category."""
    if message.kind != EventKind.HIT.value:
        return
    category = str(message.body.get("category", ""))[:40]
    told = connection.scalars(select(alert_routes.c.address).where(alert_routes.c.category == category, _IN_FORCE))
    row = {"event_id": message.event_id, "hit_id": message.subject, "category": category, "car_id": car_id, "at": now}
    for address in dict.fromkeys(told.all()):
        connection.execute(insert(alert_notices).values(row | {"address": address}))
        mails.queue(connection, message, category, car_id, address)


def notices(store: Store, address: str = "") -> AlertNotices:
    """Return the newest notices, for one address or for all."""
    query = select(alert_notices).order_by(alert_notices.c.position.desc()).limit(_SHOWN)
    query = query.where(alert_notices.c.address == address) if address else query
    names = AlertNotice.model_fields
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return AlertNotices(notices=tuple(AlertNotice(**{name: row[name] for name in names}) for row in rows))


def mark_seen(store: Store, position: int, address: str) -> None:
    """Put on record that a notice was seen; `address` '' may mark anybody's. Raises BadInput for no such notice."""
    this = alert_notices.c.position == position
    mine = this & (alert_notices.c.address == address) if address else this
    with store.writing() as connection:
        if connection.execute(select(alert_notices.c.position).where(mine)).first() is None:
            raise BadInput("There is no such notice.", "Look at the list again.")
        seen = update(alert_notices).where(mine, alert_notices.c.seen_at.is_(None))
        connection.execute(seen.values(seen_at=datetime.now(UTC)))


_IN_FORCE = alert_routes.c.ended_at.is_(None)
