"""The audit of the query log at headquarters: drawn, judged one by one, the trail verified, signed (AUD-2)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from mdt_app.domain.entries import Person
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.domain.query_audit import incomplete, last_period, sample
from mdt_app.domain.registers import Values
from mdt_app.domain.statements import says_enough
from mdt_app.hq import registers
from mdt_app.hq.entries import HEADQUARTERS
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.rounds import rounds
from mdt_app.hq.store import Store
from mdt_app.hq.tables import audit_items, audit_judgements, events
from mdt_app.hq.whole_trail import trail_words
from mdt_app.services.register_files import load_registers
from mdt_app.sync.audit_wire import AuditedQueries, AuditedQuery, QueryJudgement

REGISTER = "audits"
_I, _J = audit_items.c, audit_judgements.c
_SEED_BYTES = 8
_PLAN_EVERY_S = 3600.0


@contextmanager
def audits_planned(store: Store, policy: Policy) -> Iterator[None]:
    """While inside, open each audit when its period has ended."""
    with rounds("audits", _PLAN_EVERY_S, lambda: plan_audit(store, policy, datetime.now(UTC))):
        yield


def plan_audit(store: Store, policy: Policy, now: datetime) -> None:
    """Open the audit of the last period that has ended, unless it is there; none where the policy has no interval."""
    months = policy.reviews.audit_months.value
    if not months:
        return
    period = last_period(now.date(), months)
    register, record_id = load_registers()[REGISTER], f"audit-{period.first}-{period.last}"
    values = {"period": period.name, "from_day": str(period.first), "to_day": str(period.last), "extent": "all"}
    with store.writing() as connection:
        if not registers.versions(connection, register, record_id):
            registers.opened(connection, register, record_id, values, Desk(HEADQUARTERS, policy, now))


def draw(connection: Connection, audit: Held, _: Desk) -> Values:
    """Draw the queries that came in within the audit's days; the seed is made here, so that nobody chooses it."""
    first, last = (date.fromisoformat(audit.values[name]) for name in ("from_day", "to_day"))
    if last < first or last >= datetime.now(UTC).date():
        raise Refused("not_over", "The period has not ended.", "Set the days, or wait until it is over.")
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    asked = (events.c.kind == EventKind.SEARCHED.value) & (events.c.received_at >= begin) & (events.c.received_at < end)
    ids = list(connection.scalars(select(events.c.event_id).where(asked).order_by(events.c.position)))
    seed = secrets.token_hex(_SEED_BYTES)
    whole = audit.values["extent"] == "all"
    drawn = ids if whole else sample(ids, int(audit.values["sample_size"]), seed)
    rows = [{"audit_id": audit.record_id, "number": n, "event_id": one} for n, one in enumerate(drawn, 1)]
    if rows:
        connection.execute(insert(audit_items), rows)
    return {"seed": "none: all of them" if whole else seed, "queries": str(len(ids)), "drawn": str(len(drawn))}


def sign(connection: Connection, audit: Held, desk: Desk) -> Values:
    """Count the findings and verify the trail. Raises Refused while a query is not judged."""
    drawn = connection.scalars(select(_I.event_id).where(_I.audit_id == audit.record_id)).all()
    judged = _judgements(connection, audit.record_id)
    if waiting := len([one for one in drawn if one not in judged]):
        raise Refused("not_judged", f"{waiting} of {len(drawn)} queries are not judged.", "Judge each of them.")
    findings = sum(not (judged[one].authorized and judged[one].complete) for one in drawn)
    return {"findings": str(findings), "chain": trail_words(connection, desk.trail)}


def queries(connection: Connection, record_id: str, policy: Policy) -> AuditedQueries:
    """Return what an audit has drawn, with the judgements. Raises Refused for an audit that is not there."""
    registers.found(connection, load_registers()[REGISTER], record_id)
    mine = select(audit_items.c.number, events).join(events, events.c.event_id == _I.event_id)
    rows = connection.execute(mine.where(_I.audit_id == record_id).order_by(_I.number)).all()
    judged = _judgements(connection, record_id)
    return AuditedQueries(queries=tuple(_query(row, judged.get(row.event_id), policy) for row in rows))


def judge(store: Store, record_id: str, event_id: str, said: QueryJudgement, by: Person) -> None:
    """Judge a query; a no wants words, and nobody judges their own. The last judgement before the signature counts."""
    if not (said.authorized and said.complete) and not says_enough(said.words):
        raise Refused("words_missing", "A finding wants its reason.", "Say it in three words or more.")
    with store.writing() as connection:
        audit = registers.found(connection, load_registers()[REGISTER], record_id)
        here = (_I.audit_id == record_id) & (_I.event_id == event_id)
        content = select(events.c.content).join(audit_items, _I.event_id == events.c.event_id).where(here)
        found = connection.scalar(content)
        if audit.state != "judging" or found is None:
            raise Refused("not_now", "This query can't be judged now.", "Look at the audit again.")
        if json.loads(found)["actor"].casefold() == by.user_id.casefold():
            raise Refused("own_matter", "Nobody judges their own query.", "Ask another auditor.")
        row = {"audit_id": record_id, "event_id": event_id, "by": by.user_id, "at": datetime.now(UTC)}
        connection.execute(insert(audit_judgements).values(row | said.model_dump()))


def _judgements(connection: Connection, record_id: str) -> dict[str, Any]:
    rows = connection.execute(select(audit_judgements).where(_J.audit_id == record_id).order_by(_J.position))
    return {row.event_id: row for row in rows}


def _query(row: Any, judged: Any, policy: Policy) -> AuditedQuery:
    said = json.loads(row.content)
    body: Mapping[str, Any] = said["body"]
    text = {name: str(body.get(name) or "") for name in ("purpose", "reason", "offense", "case", "facts")}
    return AuditedQuery(
        number=row.number,
        event_id=row.event_id,
        search_id=row.subject,
        at=row.at,
        by=said["actor"][:200],
        place=said["device"][:200],
        purpose=text["purpose"][:200],
        reason=text["reason"],
        offense=text["offense"][:200],
        case_number=text["case"][:200],
        facts=text["facts"],
        parameters=_parameters(body),
        results=_plain(body.get("found")),
        lacking=incomplete(policy, body),
        judgement=judged and QueryJudgement(authorized=judged.authorized, complete=judged.complete, words=judged.words),
        judged_by=judged.by if judged else "",
    )


def _parameters(body: Mapping[str, Any]) -> str:
    """What was searched for; the plate while retention leaves it."""
    plate = body.get("plate_data") or {}
    known = {"plate": body.get("pattern") or plate.get("plate"), "hours": body.get("hours")}
    known |= dict(body.get("parameters") or {})
    if "plate_hash" in body and not plate:
        known["plate"] = "taken by retention"
    return _plain({name: value for name, value in known.items() if value})


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    return "" if value is None else str(value)
