"""How a policy's and an overlay's file are laid out: tables, keys and their types."""

from __future__ import annotations

from datetime import date

from mdt_app.domain.policy import (
    Access,
    AlertMail,
    AlertSchedule,
    Confirmation,
    Driving,
    ManualEntry,
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
from mdt_app.services.strict_toml import Strict


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


class PolicyFile(Strict):
    """A policy's file: its tables, each value with the clause that it stands for."""

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


class OverlayFile(Strict):
    """An overlay's file: a statute's values, laid over a policy."""

    overlay: _OverlayHead
    retention: _OverlayRetention = _OverlayRetention()
    sharing: _OverlaySharing = _OverlaySharing()
