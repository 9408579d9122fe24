"""Loading a policy and its overlays from TOML. What is not as it must be stops the start, with file, line and key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from mdt_app.domain.accounts import Role
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
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
from mdt_app.services.toml_lines import KeyPath, key_lines, line_of

Fault = tuple[KeyPath, str]
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "unexpected_keyword_argument": "is not known here",
}


class Readable(Protocol):
    """A file by its name, or a text that came under one."""

    @property
    def name(self) -> str:
        """Its name, for the words on what is wrong in it."""

    def read_text(self, encoding: str | None = None) -> str:
        """Its text."""


class _Strict(BaseModel):
    """Plain dataclasses inside take over this configuration: unknown keys and other types are refused there too."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Head(_Strict):
    id: str
    name: str
    version: str
    effective: date | None = None
    review_due: date | None = None


class _Lists(_Strict):
    warn_hours: Ruled[int]
    past_hours: Ruled[int]
    near: Ruled[bool]


class _Hits(_Strict):
    repeat_minutes: Ruled[int]
    open_hours: Ruled[int]


class _Gate(_Strict):
    clauses: dict[str, str]


class _PolicyFile(_Strict):
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


class _OverlayHead(_Strict):
    id: str
    name: str
    operative: date
    note: str


class _OverlayRetention(_Strict):
    days: Ruled[int] | None = None


class _OverlaySharing(_Strict):
    out_of_state: Ruled[tuple[str, ...]] | None = None
    written_declaration: Ruled[bool] | None = None


class _OverlayFile(_Strict):
    overlay: _OverlayHead
    retention: _OverlayRetention = _OverlayRetention()
    sharing: _OverlaySharing = _OverlaySharing()


_File = TypeVar("_File", _PolicyFile, _OverlayFile)

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
    return _source(_policies(), policy_id)


def overlay_source(overlay_id: str) -> Traversable:
    """The file of an overlay, by its id or path. Raises BadInput when there is none of this id."""
    return _source(_policies().joinpath("overlays"), overlay_id)


def read_policy(source: Readable) -> Policy:
    """Read one policy file. Raises BadInput naming the file and, with its line, each key that is wrong."""
    text = _text(source)
    parsed = _parsed(source.name, text, _PolicyFile)
    _stop_at(source.name, text, list(_policy_faults(parsed)))
    return _policy(parsed)


def read_overlay(source: Readable) -> Overlay:
    """Read one overlay file. Raises BadInput as `read_policy` does."""
    text = _text(source)
    parsed = _parsed(source.name, text, _OverlayFile)
    held = parsed.model_dump()
    _stop_at(source.name, text, [*_blank_faults(held), *_limit_faults(held)])
    head, values = parsed.overlay, {}
    for table in ("retention", "sharing"):
        for key, ruled in getattr(parsed, table):
            if ruled is not None:
                values[table, key] = ruled
    return Overlay(LaidOver(head.id, head.name, head.operative, head.note), values)


def is_overlay(source: Readable) -> bool:
    """Say whether a file is an overlay, by the table that it must have. Raises BadInput when it is no TOML."""
    return "overlay" in _toml(source.name, _text(source))


def _policies() -> Traversable:
    return files("resources").joinpath("policies")


def _source(folder: Traversable, name: str) -> Traversable:
    """An agency's own file by its path, or one that comes with the program by its id."""
    return Path(name) if name.endswith(".toml") else _named(folder, name)


def _named(folder: Traversable, name: str) -> Traversable:
    known = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    if name not in known:
        raise BadInput(f"There is no '{name}' in {folder.name}.", f"Choose one of: {', '.join(known)}.")
    return folder.joinpath(f"{name}.toml")


def _text(source: Readable) -> str:
    try:
        return source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{source.name} can't be read: {error}.", "Give a TOML file in UTF-8.") from error


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is not valid TOML: {error}.", "Mend the file at that place.") from error


def _parsed(name: str, text: str, shape: type[_File]) -> _File:
    # JSON's rules let arrays, dates and names of enums in, and nothing else that is of another type.
    held = json.dumps(_toml(name, text), default=str)
    try:
        return shape.model_validate_json(held)
    except ValidationError as error:
        found: list[Fault] = [(e["loc"], _WORDS.get(e["type"], f"is wrong: {e['msg']}")) for e in error.errors()]
        raise _refusal(name, text, found) from error


def _stop_at(name: str, text: str, found: list[Fault]) -> None:
    if found:
        raise _refusal(name, text, found)


def _refusal(name: str, text: str, found: list[Fault]) -> BadInput:
    lines = key_lines(text)
    told = sorted((line_of(lines, path), ".".join(map(str, path)), words) for path, words in found)
    return BadInput(
        "; ".join(f"{name}, line {line}: {key} {words}" for line, key, words in told) + ".",
        "Correct these keys; nothing was started.",
    )


def _policy_faults(parsed: _PolicyFile) -> Iterator[Fault]:
    held = parsed.model_dump()
    yield from _blank_faults(held)
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


def _blank_faults(held: object, path: KeyPath = ()) -> Iterator[Fault]:
    """A clause or word that is there but empty says nothing: no value without its clause."""
    if isinstance(held, str) and not held.strip():
        yield path, "is empty"
    elif isinstance(held, dict):
        for key, part in held.items():
            yield from _blank_faults(part, (*path, key))
    elif isinstance(held, tuple):
        for count, part in enumerate(held):
            yield from _blank_faults(part, (*path, count))


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
