"""What is wrong in a policy although it can be read: limits, and what no agency can be laxer in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from mdt_app.domain.accounts import Role
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.gate import CONDITIONS
from mdt_app.domain.policy import MAIL_CONTENTS, AlertSchedule
from mdt_app.services.policy_file import PolicyFile
from mdt_app.services.strict_toml import Fault, blank_faults

# What a number may be. The days are REC-3's: an agency can set fewer than 30, not more.
_LIMITS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("lists", "warn_hours"): (1, 168),
    ("lists", "past_hours"): (0, 720),
    ("hits", "repeat_minutes"): (0, 60),
    ("hits", "open_hours"): (1, 24),
    ("stops", "answer_minutes"): (1, 60),
    ("stops", "eyes_minutes"): (0, 60),
    ("confirmation", "urgent_minutes"): (1, 10),
    ("confirmation", "routine_minutes"): (1, 60),
    ("retention", "days"): (1, 30),
    ("sign_in", "failures_most"): (1, 5),
    ("sign_in", "failure_minutes"): (15, 1440),
    ("sign_in", "offline_hours"): (1, 72),
    ("sign_in", "again_hours"): (1, 12),
    ("sign_in", "idle_lock_minutes"): (1, 30),
    ("sign_in", "shift_hours"): (1, 24),
    ("sign_in", "privileged_minutes"): (1, 15),
    ("sign_in", "password_days"): (1, 365),
    ("sign_in", "unused_days"): (1, 90),
    ("reviews", "audit_months"): (0, 3),
    ("reviews", "policy_months"): (0, 12),
    ("reviews", "equipment_hours"): (1, 744),
    ("driving", "reading_lock_mph"): (0, 60),
    ("unusual_use", "past_days"): (7, 90),
    ("unusual_use", "rate_times"): (2, 20),
    ("unusual_use", "rate_least"): (1, 100),
    ("unusual_use", "same_plate_times"): (2, 20),
    ("unusual_use", "same_plate_days"): (1, 30),
    ("unusual_use", "duty_margin_minutes"): (0, 240),
    ("unusual_use", "report_days"): (1, 30),
}


def policy_faults(parsed: PolicyFile) -> Iterator[Fault]:
    """Everything that is wrong in a policy's file although each value is of its type: path and words."""
    held = parsed.model_dump()
    yield from blank_faults(held)
    yield from limit_faults(held)
    yield from _clause_faults(parsed.gate.clauses)
    yield from (((key,), "holds nothing") for key in ("purposes", "training") if not held[key])
    if not parsed.stops.ways.value:
        yield ("stops", "ways", "value"), "names no way"
    if not parsed.stops.active_by.value:
        yield ("stops", "active_by", "value"), "names nobody"
    yield from _law_faults(parsed)
    if parsed.alert_schedule:
        yield from _schedule_faults(parsed.alert_schedule)
    if parsed.alert_mail and not set(MAIL_CONTENTS).issuperset(parsed.alert_mail.contents.value):
        yield ("alert_mail", "contents", "value"), f"may name these alone: {', '.join(MAIL_CONTENTS)}"


_CITATIONS = frozenset(f"C.G.S. 54-192h(b)(1)(A)({number})" for number in ("i", "ii", "iii"))
_TOPICS = frozenset(
    (
        "access",
        "equipment",
        "hot_lists",
        "reporting",
        "sharing",
        "product",
        "visual_verification",
        "privacy",
        "prohibited_uses",
        "penalties",
        "administrator",
    )
)
_ROLES = frozenset((Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CRIME_ANALYST, Role.COMMUNICATIONS))


def _law_faults(parsed: PolicyFile) -> Iterator[Fault]:
    """What no agency can be laxer in: PUR-2 to PUR-5, ACC-2, TRN-1 and the CJIS Security Policy."""
    if not parsed.sign_in.second_factor.value:
        yield ("sign_in", "second_factor", "value"), "can't be switched off"
    if not parsed.sign_in.factors.value:
        yield ("sign_in", "factors", "value"), "names no second factor"
    for use in fields(parsed.prohibited):
        held, may = getattr(parsed.prohibited, use.name), _CITATIONS if use.name == "civil_immigration" else frozenset()
        if held is not None and not may.issuperset(held.unless):
            yield ("prohibited", use.name, "unless"), "lifts what no policy can lift"
    if not _ROLES.issuperset(parsed.access.roles.value):
        yield ("access", "roles", "value"), "names a role that can't have access"
    if parsed.training.keys() != _TOPICS:
        yield ("training",), f"must have these topics: {', '.join(sorted(_TOPICS))}"
    if "exigent" in parsed.purposes and not parsed.purposes["exigent"].needs_facts:
        yield ("purposes", "exigent", "needs_facts"), "must be true"


def limit_faults(held: dict[str, Any]) -> Iterator[Fault]:
    """Numbers out of their limits, in a policy's or an overlay's tables."""
    for (table, key), (least, most) in _LIMITS.items():
        ruled = held.get(table, {}).get(key)
        if ruled and not least <= ruled["value"] <= most:
            yield (table, key, "value"), f"must be {least} to {most}"


def _clause_faults(clauses: dict[str, str]) -> Iterator[Fault]:
    wanted = {condition.name for condition in CONDITIONS}
    yield from ((("gate", "clauses", name), "is missing") for name in wanted - clauses.keys())
    yield from ((("gate", "clauses", name), "is not known here") for name in clauses.keys() - wanted)


def _schedule_faults(schedule: AlertSchedule) -> Iterator[Fault]:
    for part in ("authorized", "prohibited"):
        for count, category in enumerate(getattr(schedule, part).value):
            path = ("alert_schedule", part, "value", count)
            if category not in ALERTS:
                yield path, "is no category of the alert table"
            elif part == "prohibited" and category in schedule.authorized.value:
                yield path, "is authorized as well"
