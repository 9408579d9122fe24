"""The Administrator's overview: the policy in force beside the model policy, alert profiles, and what is due."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy, policy_lines
from mdt_app.hq import accounts, register_views
from mdt_app.hq.registers import Desk
from mdt_app.hq.store import Store
from mdt_app.hq.tables import events
from mdt_app.services.policies import load_policy
from mdt_app.services.policy_tables import differences
from mdt_app.services.register_files import load_registers
from mdt_app.sync.account_wire import AlertExceptionMessage
from mdt_app.sync.overview_wire import (
    AlertProfile,
    AlertProfiles,
    DueRecord,
    DueRecords,
    PolicyInForce,
    PolicyValue,
)

MODEL = "postc"
"""The model policy, which every agency's is held beside."""
_TITLE_MOST = 200


def policy_in_force(policy: Policy) -> PolicyInForce:
    """Return every value that is enforced, and where the model policy says something else."""
    model = load_policy(MODEL)
    unlike = {key: theirs.value for key, (_, theirs) in differences((policy, model)).items()}
    return PolicyInForce(
        policy_id=policy.policy_id,
        name=policy.name,
        version=policy.version,
        effective=policy.effective,
        review_due=policy.review_due,
        overlays=tuple(f"{one.name}, since {one.operative} ({one.note})" for one in policy.overlays),
        model=model.name,
        values=tuple(
            PolicyValue(key=line.key, value=line.value, clause=line.clause, model=unlike.get(line.key, ""))
            for line in policy_lines(policy)
        ),
    )


def profiles(store: Store) -> AlertProfiles:
    """Return what everybody has chosen last, in whichever car, with the exceptions that are in force (ALR-3)."""
    chosen = _chosen(store)
    held = {account.user_id: account for account in accounts.all_accounts(store)}
    excepted = {user_id for user_id, account in held.items() if account.exceptions}
    return AlertProfiles(
        profiles=tuple(_profile(user_id, chosen, held) for user_id in sorted(chosen.keys() | excepted))
    )


def due(store: Store, desk: Desk) -> DueRecords:
    """Return what wants something done, over all registers that this person sees, the earliest first."""
    found = []
    for register in load_registers().values():
        if desk.person.role not in register.sees:
            continue
        for record in register_views.listed(store, register, desk).records:
            if record.due is not None:
                found.append(
                    DueRecord(
                        register_id=register.register_id,
                        register_name=register.name,
                        record_id=record.record_id,
                        title=record.values.get(register.title, "")[:_TITLE_MOST],
                        state=register.states[record.state].words,
                        due=record.due,
                        overdue=record.overdue,
                    )
                )
    return DueRecords(records=tuple(sorted(found, key=lambda one: (one.due, one.register_id, one.record_id))))


def _chosen(store: Store) -> dict[str, Any]:
    """The newest choice of each person, as cars put it on record."""
    query = select(events).where(events.c.kind == EventKind.PROFILE_SET.value).order_by(events.c.position)
    with store.reading() as connection:
        return {json.loads(row.content)["actor"]: row for row in connection.execute(query)}


def _profile(user_id: str, chosen: dict[str, Any], held: dict[str, Any]) -> AlertProfile:
    row, account = chosen.get(user_id), held.get(user_id)
    categories = json.loads(row.content)["body"].get("categories", ()) if row is not None else ()
    exceptions = (
        AlertExceptionMessage(categories=e.categories, reason=e.reason, until=e.until, by=e.by)
        for e in (account.exceptions if account else ())
    )
    return AlertProfile(
        user_id=user_id,
        categories=tuple(map(str, categories)),
        car_id=row.car_id if row is not None else "",
        chosen_at=row.at if row is not None else None,
        exceptions=tuple(exceptions),
    )
