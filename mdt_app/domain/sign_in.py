"""Sign-in: when an account is locked, how old the accounts may be, and which training is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mdt_app.domain.accounts import IN_CAR, Account
from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Policy

CLOCK_SKEW = timedelta(minutes=10)
"""A car's clock may be so far behind headquarters'."""


@dataclass(frozen=True, slots=True)
class AccountBundle:
    """The accounts that headquarters issued for one car, and the secret by which it releases a lock without a link."""

    car_id: str
    issued_at: datetime
    accounts: tuple[Account, ...]
    release_secret: bytes


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """A challenge (hex) that waits for a security key's answer: the run of the program that made it, and when (s)."""

    challenge: str = field(repr=False)
    run: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Attempts:
    """What a car has on record of sign-ins to one account. `failures` are those since the last success or release.

    `releases` is how many of headquarters' releases were known when the account was locked: a further one opens it.

    `challenge` is what a release code answers. `last_step` is the last time step whose code was used: no code counts
    twice. `asked` is the challenge that a security key may answer now; `counters` holds the highest count of signatures
    seen of each key, by its credential's id.
    """

    failures: tuple[datetime, ...] = ()
    locked_at: datetime | None = None
    releases: int = 0
    challenge: str = ""
    last_step: int = 0
    asked: OpenChallenge | None = None
    counters: Mapping[str, int] = field(default_factory=dict)


def locks(failures: Sequence[datetime], now: datetime, policy: Policy) -> bool:
    """Whether these failures, the last of them now, lock the account.

    So many in a row within the policy's minutes; and twice as many at any pace, so that a clock that is set between
    two tries wins nothing. A failure from the future counts: the clock was set back.
    """
    most, minutes = policy.sign_in.failures_most.value, policy.sign_in.failure_minutes.value
    lately = [at for at in failures if now - at < timedelta(minutes=minutes)]
    return len(lately) >= most or len(failures) >= 2 * most


def locked(attempts: Attempts, account: Account | None) -> bool:
    """Whether the account stands locked: a further release by headquarters opens it. An unknown one locks too."""
    released = account.releases if account else 0
    return attempts.locked_at is not None and released <= attempts.releases


def outdated(bundle: AccountBundle, car_id: str, now: datetime, latest: datetime, policy: Policy) -> Refused | None:
    """Say why the accounts can't be used: another car's, too old, or from a time that the clock has not reached.

    `latest` is the latest time that the car has seen since the accounts came: a clock set back makes nothing young.
    """
    remedy = "Connect to headquarters, then try again."
    if bundle.car_id != car_id:
        return Refused("accounts_foreign", "The accounts in this car are another car's.", "Ask the Administrator.")
    if now < bundle.issued_at - CLOCK_SKEW:
        return Refused("clock_behind", "The clock of this car is behind.", remedy)
    hours = policy.sign_in.offline_hours.value
    if max(now, latest) - bundle.issued_at > timedelta(hours=hours):
        return Refused("accounts_old", f"The accounts in this car are older than {hours} hours.", remedy)
    return None


def worn(policy: Policy, account: Account, now: datetime) -> Refused | None:
    """Say that the password is older than the policy lets it be (CJIS IA-5(1)); None: it is young enough."""
    return worn_since(policy, account.password_set_at, now)


def worn_since(policy: Policy, set_at: datetime | None, now: datetime) -> Refused | None:
    """As `worn`, of a password that was set then."""
    days = policy.sign_in.password_days.value
    if set_at is None or now - set_at <= timedelta(days=days):
        return None
    words = f"This password is older than {days} days."
    return Refused("password_old", words, "Set a new one at a desk ('mdt hq password'), or ask the Administrator.")


def unfit(policy: Policy, account: Account, today: date) -> Refused | None:
    """Why a person may not use a car, whoever they proved to be: role or training. `today` is UTC's day."""
    if account.role not in IN_CAR or account.role not in policy.access.roles.value:
        return Refused("not_sworn", "This account is not for a car.", "Use the console at headquarters.")
    if missing := missing_training(account, policy, today):
        words = f"Training is not complete: {'; '.join(missing)}."
        return Refused("training_missing", words, "Complete it with a trainer; access opens by itself.")
    return None


def missing_training(account: Account, policy: Policy, today: date) -> tuple[str, ...]:
    """The topics of the standardized training that do not give access, in words (ACC-3).

    One that is due again shuts it after its last day, also in a car that headquarters can't reach (TRN-2).
    """
    over = {topic for topic, last in account.training_due if last < today}
    return tuple(about.words for key, about in policy.training.items() if key not in account.training or key in over)
