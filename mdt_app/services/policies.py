"""Loading a policy and its overlays from TOML. What is not as it must be stops the start, with file, line and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from mdt_app.domain.accounts import Role
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.gate import CONDITIONS
from mdt_app.domain.policy import (
    MAIL_CONTENTS,
    Access,
    AlertMail,
    AlertSchedule,
    Confirmation,
    Driving,
    LaidOver,
    ManualEntry,
    Policy,
    Prohibited,
    Purpose,
    Requests,
    Retention,
    Reviews,
    Ruled,
    Sharing,
    SignInRules,
    StopRules,
    Topic,
    UnusualUse,
)
from mdt_app.services.policy_overlays import Overlay, lay_over
from mdt_app.services.strict_toml import (
    Fault,
    Readable,
    Strict,
    blank_faults,
    parsed_toml,
    source_of,
    stop_at,
    text_of,
    toml_of,
)


class _Head(Strict):
    id: str
    name: str
    version: str
    effective: date | None = None
    review_due: date | None = None


class _Lists(Strict):
    warn_hours: Ruled[int]
    past_hours: Ruled[int]
    near: Ruled[bool]


class _Hits(Strict):
    repeat_minutes: Ruled[int]
    open_hours: Ruled[int]


class _Gate(Strict):
    clauses: dict[str, str]


class _PolicyFile(Strict):
    policy: _Head
    lists: _Lists
    hits: _Hits
    gate: _Gate
    stops: StopRules
    confirmation: Confirmation
    retention: Retention
    reviews: Reviews
    driving: Driving
    access: Access
    sign_in: SignInRules
    manual_entry: ManualEntry
    sharing: Sharing
    unusual_use: UnusualUse
    requests: Requests
    prohibited: Prohibited
    purposes: dict[str, Purpose]
    training: dict[str, Topic]
    alert_schedule: AlertSchedule | None = None
    alert_mail: AlertMail | None = None


class _OverlayHead(Strict):
    id: str
    name: str
    operative: date
    note: str


class _OverlayRetention(Strict):
    days: Ruled[int] | None = None


class _OverlaySharing(Strict):
    out_of_state: Ruled[tuple[str, ...]] | None = None
    written_declaration: Ruled[bool] | None = None


class _OverlayFile(Strict):
    overlay: _OverlayHead
    retention: _OverlayRetention = _OverlayRetention()
    sharing: _OverlaySharing = _OverlaySharing()


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


def load_policy(policy_id: str, overlays: Iterable[str] = (), on: date | None = None) -> Policy:
    """Load a policy of resources/policies by its id, with overlays of its overlays/ laid over it in turn.

    A name that ends in .toml is the path of an agency's own file.

    `on` is the day for which it is loaded: an overlay that is not operative by then binds nobody yet. Without a day
    all of them count. Raises BadInput with file, line and key when one is not as it must be or would be laxer.
    """
    policy = read_policy(policy_source(policy_id))
    for overlay_id in overlays:
        overlay = read_overlay(overlay_source(overlay_id))
        if on is None or overlay.head.operative <= on:
            policy = lay_over(policy, overlay)
    return policy


def policy_source(policy_id: str) -> Traversable:
    """The file of a policy, by its id or path. Raises BadInput when there is none of this id."""
    return source_of(_policies(), policy_id)


def overlay_source(overlay_id: str) -> Traversable:
    """The file of an overlay, by its id or path. Raises BadInput when there is none of this id."""
    return source_of(_policies().joinpath("overlays"), overlay_id)


def read_policy(source: Readable) -> Policy:
    """Read one policy file. Raises BadInput naming the file and, with its line, each key that is wrong."""
    text = text_of(source)
    parsed = parsed_toml(source.name, text, _PolicyFile)
    stop_at(source.name, text, list(_policy_faults(parsed)))
    return _policy(parsed)


def read_overlay(source: Readable) -> Overlay:
    """Read one overlay file. Raises BadInput as `read_policy` does."""
    text = text_of(source)
    parsed = parsed_toml(source.name, text, _OverlayFile)
    held = parsed.model_dump()
    stop_at(source.name, text, [*blank_faults(held), *_limit_faults(held)])
    head, values = parsed.overlay, {}
    for table in ("retention", "sharing"):
        for key, ruled in getattr(parsed, table):
            if ruled is not None:
                values[table, key] = ruled
    return Overlay(LaidOver(head.id, head.name, head.operative, head.note), values)


def is_overlay(source: Readable) -> bool:
    """Say whether a file is an overlay, by the table that it must have. Raises BadInput when it is no TOML."""
    return "overlay" in toml_of(source.name, text_of(source))


def _policies() -> Traversable:
    return files("resources").joinpath("policies")


def _policy_faults(parsed: _PolicyFile) -> Iterator[Fault]:
    held = parsed.model_dump()
    yield from blank_faults(held)
    yield from _limit_faults(held)
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


def _law_faults(parsed: _PolicyFile) -> Iterator[Fault]:
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


def _limit_faults(held: dict[str, Any]) -> Iterator[Fault]:
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


def _policy(parsed: _PolicyFile) -> Policy:
    head = parsed.policy
    bare: dict[str, Ruled[int] | Ruled[bool]] = {
        "list_warn_hours": parsed.lists.warn_hours,
        "past_hours": parsed.lists.past_hours,
        "near": parsed.lists.near,
        "repeat_minutes": parsed.hits.repeat_minutes,
        "open_hours": parsed.hits.open_hours,
    }
    return Policy(
        policy_id=head.id,
        name=head.name,
        version=head.version,
        effective=head.effective,
        review_due=head.review_due,
        purposes=parsed.purposes,
        clauses={**parsed.gate.clauses, **{key: ruled.clause for key, ruled in bare.items()}},
        list_warn_hours=parsed.lists.warn_hours.value,
        past_hours=parsed.lists.past_hours.value,
        near=parsed.lists.near.value,
        repeat_minutes=parsed.hits.repeat_minutes.value,
        open_hours=parsed.hits.open_hours.value,
        prohibited=parsed.prohibited,
        stops=parsed.stops,
        confirmation=parsed.confirmation,
        alert_schedule=parsed.alert_schedule,
        alert_mail=parsed.alert_mail,
        retention=parsed.retention,
        reviews=parsed.reviews,
        driving=parsed.driving,
        access=parsed.access,
        sign_in=parsed.sign_in,
        manual_entry=parsed.manual_entry,
        sharing=parsed.sharing,
        unusual_use=parsed.unusual_use,
        requests=parsed.requests,
        training=parsed.training,
    )
