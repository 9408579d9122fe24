"""Alert profiles: which categories alert whom, under the policy's schedule and the Administrator's exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mdt_app.domain.accounts import AlertException
from mdt_app.domain.errors import Refused
from mdt_app.domain.hotlist import Entry
from mdt_app.domain.limits import outside
from mdt_app.domain.policy import Policy
from mdt_app.domain.reads import Read


class Silence(StrEnum):
    """Why a match raised no alert for a person."""

    NO_PROFILE = "no_profile"
    NOT_IN_PROFILE = "not_in_profile"


def chosen(policy: Policy, categories: Iterable[str]) -> tuple[str, ...]:
    """Return the categories as a profile. Raises Refused, naming what the schedule does not authorize (ALR-2)."""
    wanted = tuple(dict.fromkeys(categories))
    forbidden = [category for category in wanted if not policy.alert_allowed(category)]
    if forbidden:
        words = "The alert schedule does not authorize this category."
        raise Refused(f"profile.{forbidden[0]}", words, "Ask the Administrator for an exception.")
    if not wanted:
        raise Refused("profile_empty", "The profile has no category.", "Choose at least one.")
    return wanted


class Listener(Protocol):
    """A person as the alerts know them: a session."""

    @property
    def user_id(self) -> str:
        """Who it is."""

    @property
    def profile(self) -> tuple[str, ...] | None:
        """The categories they chose, None before they did."""

    @property
    def exceptions(self) -> Iterable[AlertException]:
        """What the Administrator has excepted them from."""


def why_silent(policy: Policy, person: Listener, read: Read, entry: Entry, now: datetime) -> str | None:
    """Say why a read of this entry raises no alert for this person at `now` (UTC); None: it does."""
    quiet = silence(policy, person.profile, person.exceptions, entry.category, now)
    return quiet or outside(entry.limits, read, person.user_id, now)


def silence(
    policy: Policy,
    profile: tuple[str, ...] | None,
    exceptions: Iterable[AlertException],
    category: str,
    now: datetime,
) -> Silence | None:
    """Say why this category does not alert this person now; None: it does.

    Without a schedule every category alerts. Under one, the profile decides (ACC-7, ALR-2), and an exception of the
    Administrator's that has not ended (ALR-3).
    """
    if policy.alert_schedule is None:
        return None
    if profile is None:
        return Silence.NO_PROFILE
    if any(category in held.categories and now < held.until for held in exceptions):
        return None
    allowed = category in profile and policy.alert_allowed(category)
    return None if allowed else Silence.NOT_IN_PROFILE
