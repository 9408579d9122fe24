"""Accounts: who may sign in, and as what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mdt_app.domain.security_keys import SecurityKey


class Role(StrEnum):
    """The kinds of account that may have access (ACC-2), and those that answer for it."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    TRAINER = "trainer"
    CRIME_ANALYST = "crime_analyst"
    COMMUNICATIONS = "communications_operator"
    AUDITOR = "auditor"


DueTopics = tuple[tuple[str, date], ...]
"""Topics of the training that are due again, each with the last day on which access stays open without it."""
IN_CAR = frozenset({Role.OFFICER, Role.SUPERVISOR})
"""Who may sign in to a car and record a stop: sworn people. The others work at a desk."""


@dataclass(frozen=True, slots=True)
class AlertException:
    """The Administrator lets a named user have categories that the schedule forbids, for a purpose, until a time."""

    categories: tuple[str, ...]
    reason: str
    until: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Account:
    """A personal account as headquarters issued it. `password_hash` is Argon2id's encoded form.

    `exceptions` are the Administrator's, from the policy's schedule of alerts (ALR-3). `totp_secret` (base32) is the
    second factor's, `security_keys` are others of it. `training` holds the topics that give access (ACC-3),
    `training_due` those of them that are due again, each with the last day on which it does (TRN-2). `releases`
    counts headquarters' releases of it from a lock. `password_set_at` is None where that is not on record.
    """

    user_id: str
    name: str
    role: Role
    password_hash: str
    active: bool = True
    exceptions: tuple[AlertException, ...] = ()
    totp_secret: str = field(default="", repr=False)
    training: frozenset[str] = frozenset()
    releases: int = 0
    security_keys: tuple[SecurityKey, ...] = ()
    password_set_at: datetime | None = None
    training_due: DueTopics = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One person at one car, from sign-in to sign-out.

    `profile` holds the categories that alert this person, None before one is set up (ACC-7). `locked`: the screen is
    locked; alerts go on, and nothing else can be done before the person signs in again. `since` and `fresh_since`
    are the core's monotonic seconds of the sign-in and of the last time that the person proved to be there; `fresh_at`
    is that by the time of day. `training_due` is the account's: the person is told before access shuts.
    """

    session_id: str
    user_id: str
    name: str
    role: Role
    signed_in_at: datetime
    since: float = 0.0
    fresh_since: float = 0.0
    fresh_at: datetime | None = None
    locked: bool = False
    profile: tuple[str, ...] | None = None
    exceptions: tuple[AlertException, ...] = ()
    training_due: DueTopics = ()
