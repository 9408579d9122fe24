"""Messages of the Administrator's desk: the policy in force and where it differs, alert profiles, and what is due."""

from __future__ import annotations

from datetime import date

from mdt_app.sync.account_wire import AlertExceptionMessage
from mdt_app.sync.wire import Message, Moment, Name, Text


class PolicyValue(Message):
    """A value of the policy in force with its clause, and what the model policy says there ('': the same)."""

    key: Name
    value: Text
    clause: Name
    model: Text = ""


class PolicyInForce(Message):
    """The policy that headquarters enforces: version, dates, statutes laid over it, and every value."""

    policy_id: Name
    name: Name
    version: Name
    effective: date | None
    review_due: date | None
    overlays: tuple[Name, ...]
    model: Name
    values: tuple[PolicyValue, ...]


class AlertProfile(Message):
    """What somebody has chosen to be alerted of, where and when they last did, and their exceptions in force."""

    user_id: Name
    categories: tuple[Name, ...]
    car_id: Name = ""
    chosen_at: Moment | None = None
    exceptions: tuple[AlertExceptionMessage, ...] = ()


class AlertProfiles(Message):
    """The profile of everybody who has one, or an exception."""

    profiles: tuple[AlertProfile, ...]


class DueRecord(Message):
    """A record of a register that wants something done by a day."""

    register_id: Name
    register_name: Name
    record_id: Name
    title: Text
    state: Name
    due: date
    overdue: bool


class DueRecords(Message):
    """What is due over all registers that this desk sees, the earliest first."""

    records: tuple[DueRecord, ...]
