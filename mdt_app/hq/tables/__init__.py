"""The tables at headquarters, one room a subject. Migrations build them; a test holds the two equal."""

from __future__ import annotations

from mdt_app.hq.tables.audits import audit_items, audit_judgements
from mdt_app.hq.tables.base import Moment, Position, metadata
from mdt_app.hq.tables.checks import checks, confirmation_replies, confirmations
from mdt_app.hq.tables.field import (
    alert_mails,
    alert_notices,
    alert_routes,
    car_duties,
    car_states,
    reader_hits,
    readers,
)
from mdt_app.hq.tables.identity import (
    agency,
    certificates,
    device_acts,
    devices,
    enrolment_codes,
    identity_refusals,
    orders,
    renewals,
    tokens,
)
from mdt_app.hq.tables.keeping import escrow, holds, keeping_acts, not_kept, purges
from mdt_app.hq.tables.lists import (
    dispute_acts,
    disputes,
    entry_acts,
    entry_notices,
    entry_versions,
    hotlist_deltas,
    hotlist_pieces,
    hotlists,
    list_versions,
)
from mdt_app.hq.tables.oversight import findings
from mdt_app.hq.tables.people import (
    account_acts,
    accounts,
    alert_exceptions,
    desk_attempts,
    desk_sessions,
    drill_results,
    key_wishes,
    security_keys,
    training,
)
from mdt_app.hq.tables.record import alarms, events, flags, heads, links, reads
from mdt_app.hq.tables.registers import register_versions
from mdt_app.hq.tables.usage import usage_days

__all__ = (
    "Moment",
    "Position",
    "account_acts",
    "accounts",
    "agency",
    "alarms",
    "alert_exceptions",
    "alert_mails",
    "alert_notices",
    "alert_routes",
    "audit_items",
    "audit_judgements",
    "car_duties",
    "car_states",
    "certificates",
    "checks",
    "confirmation_replies",
    "confirmations",
    "desk_attempts",
    "desk_sessions",
    "device_acts",
    "devices",
    "dispute_acts",
    "disputes",
    "drill_results",
    "enrolment_codes",
    "entry_acts",
    "entry_notices",
    "entry_versions",
    "escrow",
    "events",
    "findings",
    "flags",
    "heads",
    "holds",
    "hotlist_deltas",
    "hotlist_pieces",
    "hotlists",
    "identity_refusals",
    "keeping_acts",
    "key_wishes",
    "links",
    "list_versions",
    "metadata",
    "not_kept",
    "orders",
    "purges",
    "reader_hits",
    "readers",
    "reads",
    "register_versions",
    "renewals",
    "security_keys",
    "tokens",
    "training",
    "usage_days",
)
