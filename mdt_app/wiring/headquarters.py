"""Headquarters put together: its folder and key, its accounts and its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cache.keys import obtain_key
from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.domain.policy import Policy
from mdt_app.hq.main import (
    InitResult,
    create_account,
    initialise,
    issue_car_token,
    issue_desk_token,
    public_key,
    purge_now,
    release_account,
    retention_outlook,
)
from mdt_app.services.second_factor import enrolment_address


def init_headquarters(
    folder: Path, ori: str, database: str | None, *, hosts: Sequence[str] = (), allow_key_file: bool
) -> InitResult:
    """Make headquarters in `folder`, or bring it up to date; its certificate is for `hosts`. Raises MdtError."""
    key = obtain_key(folder, allow_file=allow_key_file)
    return initialise(folder, database=database, key=key.raw, agency_ori=ori, hosts=hosts)


def car_token(folder: Path, car_id: str, database: str | None, *, allow_key_file: bool) -> tuple[str, str]:
    """A new token for a car, whose older one ends; and headquarters' key for the car's settings."""
    key = obtain_key(folder, allow_file=allow_key_file).raw
    return issue_car_token(folder, key=key, car_id=car_id, database=database), public_key(key)


def desk_token(folder: Path, holder: str, role: Role, database: str | None, *, allow_key_file: bool) -> str:
    """A new token for a desk with a role; the holder's older one ends."""
    key = obtain_key(folder, allow_file=allow_key_file).raw
    return issue_desk_token(folder, key=key, holder=holder, role=role, database=database)


def new_account(
    folder: Path, user_id: str, name: str, role: Role, password: str, database: str | None, *, allow_key_file: bool
) -> str:
    """A new personal account; returns the address by which an authenticator takes its second factor.

    Raises BadInput when the id is taken or the password too short.
    """
    key = obtain_key(folder, allow_file=allow_key_file).raw
    made = create_account(folder, key=key, user_id=user_id, name=name, role=role, password=password, database=database)
    return enrolment_address(made.totp_secret, made.user_id)


def release_here(folder: Path, user_id: str, database: str | None, *, allow_key_file: bool) -> None:
    """Open an account's locks by headquarters' own folder and key: for the last Administrator, whom nobody else can."""
    key = obtain_key(folder, allow_file=allow_key_file).raw
    release_account(folder, key=key, user_id=user_id, database=database)


def retain(
    folder: Path, policy: Policy, words: str, database: str | None, *, allow_key_file: bool, dry_run: bool
) -> str:
    """Take what retention has due at headquarters, or with `dry_run` only show it; the counts as JSON.

    Raises BadInput for a purge by hand without words.
    """
    key = obtain_key(folder, allow_file=allow_key_file).raw
    if dry_run:
        return retention_outlook(folder, key=key, policy=policy, database=database).model_dump_json()
    if not words.strip():
        raise BadInput("A purge by hand says why.", "Give --words, or --dry-run to see what would go.")
    return purge_now(folder, key=key, policy=policy, words=words.strip(), database=database).model_dump_json()
