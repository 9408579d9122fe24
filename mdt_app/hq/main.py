"""Headquarters' entry points for the command line: make it, give out identities and accounts, purge."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput
from mdt_app.domain.policy import Policy
from mdt_app.hq.accounts import add_account, hash_password, release
from mdt_app.hq.authority import Authority
from mdt_app.hq.bundles import BundleMaker
from mdt_app.hq.identity import Identity, Kind, issue_token
from mdt_app.hq.keeping import outlook, purge_by_hand
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.tables import agency
from mdt_app.hq.training_records import record_training
from mdt_app.sync.account_wire import TrainingRecord
from mdt_app.sync.keeping_wire import PurgeCounts, RetentionMessage

FOLDER = "headquarters' folder"
"""Who acts where somebody works on headquarters' folder and key themselves."""

_HOLDER = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class InitResult:
    """What `initialise` made or found: the folder, the database's revision, and the agency's ORI."""

    folder: Path
    revision: str
    agency_ori: str


def initialise(
    folder: Path, *, database: str | None, key: bytes, agency_ori: str, hosts: Iterable[str] = ()
) -> InitResult:
    """Make headquarters' database with its authority and certificate, or bring it up to date.

    `agency_ori` is 9 letters and digits; `hosts` are the names and addresses by which cars and desks will reach it
    (without any, a certificate that is there stays, and a new one is for this machine alone).

    Raises BadInput for another ORI than it was made with or a host that is none, StorageFault when the database can't
    be made.
    """
    if not re.fullmatch(r"[A-Z0-9]{9}", agency_ori):
        raise BadInput("The ORI is not 9 letters and digits.", "Give the agency's own ORI.")
    with contextlib.closing(open_store(folder, database=database, key=key, create=True)) as store:
        revision = store.upgrade()
        with store.writing() as connection:
            known = connection.scalar(select(agency.c.ori))
            if known is None:
                connection.execute(insert(agency).values(ori=agency_ori))
            elif known != agency_ori:
                raise BadInput("This headquarters was made for another ORI.", "Use another folder or database.")
        Authority(store, key).ensure(agency_ori, hosts)
    return InitResult(folder, revision, agency_ori)


def issue_car_token(folder: Path, *, key: bytes, car_id: str, database: str | None = None) -> str:
    """Return a new token for a car; the car's older one ends. Raises BadInput for an id that does not fit."""
    return _issue(folder, key, database, Identity(Kind.CAR, car_id))


def issue_desk_token(folder: Path, *, key: bytes, holder: str, role: Role, database: str | None = None) -> str:
    """Return a new token for a desk with this role; the holder's older one ends."""
    return _issue(folder, key, database, Identity(Kind.DESK, holder, role))


def create_account(
    folder: Path,
    *,
    key: bytes,
    user_id: str,
    name: str,
    role: Role,
    password: str,
    database: str | None = None,
) -> Account:
    """Make a personal account with a second factor. Raises BadInput when the id is taken or the password is short.

    It gives no access before its training is on record (ACC-3).
    """
    account = Account(user_id, name, role, hash_password(password, user_id, name))
    with _opened(folder, key, database) as store:
        return add_account(store, account, FOLDER)


def release_account(folder: Path, *, key: bytes, user_id: str, database: str | None = None) -> None:
    """Open an account's locks, also at its own desk. Raises BadInput for an unknown account."""
    with _opened(folder, key, database) as store:
        release(store, user_id, FOLDER)


def train_account(
    folder: Path, *, key: bytes, user_id: str, topics: Iterable[str], trainer: str, database: str | None = None
) -> None:
    """Put an account's training on record as complete today, by the trainer's word. Raises BadInput as that does."""
    done = TrainingRecord(topics=tuple(topics), trainer=trainer, completed_on=datetime.now(UTC).date())
    with _opened(folder, key, database) as store:
        record_training(store, OwnTrail(key), user_id, done, FOLDER)


def retention_outlook(folder: Path, *, key: bytes, policy: Policy, database: str | None = None) -> RetentionMessage:
    """Return what retention would take at headquarters now; nothing is changed."""
    with _opened(folder, key, database) as store:
        return outlook(store, policy.retention, datetime.now(UTC))


def purge_now(folder: Path, *, key: bytes, policy: Policy, words: str, database: str | None = None) -> PurgeCounts:
    """Take what is due at headquarters, and return what went. `words` say why by hand, on record."""
    with _opened(folder, key, database) as store:
        return purge_by_hand(store, policy.retention, ReceiptMaker(key), datetime.now(UTC), FOLDER, words)


def public_key(key: bytes) -> str:
    """The key by which cars know what headquarters has signed, in base64."""
    return BundleMaker(key).public


@contextlib.contextmanager
def _opened(folder: Path, key: bytes, database: str | None) -> Iterator[Store]:
    with contextlib.closing(open_store(folder, database=database, key=key)) as store:
        store.require_current()
        yield store


def _issue(folder: Path, key: bytes, database: str | None, identity: Identity) -> str:
    if not _HOLDER.fullmatch(identity.holder):
        raise BadInput("The token's holder is not 1 to 100 letters, digits, dots and hyphens.", "Choose another name.")
    with _opened(folder, key, database) as store:
        return issue_token(store, identity)
