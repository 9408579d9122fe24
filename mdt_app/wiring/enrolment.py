"""Identity put together for the command line: the car's side with its store, headquarters' side with its database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cache.keys import obtain_key
from cache.store import CacheStore
from cache.vault import StoreVault
from mdt_app.domain.evidence import Proof, SignedHead
from mdt_app.domain.orders import OrderKind
from mdt_app.hq import enrolment, orders
from mdt_app.hq.authority import Authority
from mdt_app.hq.main import FOLDER
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.trail_export import record_export, write_own_trail
from mdt_app.services.progress import Progress
from mdt_app.services.side_by_side import side_by_side
from mdt_app.services.trail_files import layouts_of
from mdt_app.sync.enrol import enrol
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.identity_wire import Devices, NewEnrolment
from mdt_app.wiring.store_tools import Passphrase


@dataclass(frozen=True, slots=True)
class Headquarters:
    """Where headquarters keeps its data, and how its key may be kept."""

    folder: Path
    database: str | None = None
    key_file: bool = False

    @property
    def key(self) -> bytes:
        """Headquarters' own key."""
        return obtain_key(self.folder, allow_file=self.key_file).raw

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """Open the database. Raises StorageFault with what to do."""
        with closing(open_store(self.folder, database=self.database, key=self.key)) as store:
            store.require_current()
            yield store


def save_own_trail(at: Headquarters, paths: Sequence[Path], progress: Progress | None = None) -> Proof:
    """Export headquarters' own trail, with proofs beside it; that it was exported is on record first.

    Several files are written at once, each to the same row; the first one's proof is returned.
    """
    layouts, key = layouts_of(paths), at.key
    with at.opened() as store:
        head = record_export(store, key, FOLDER, layouts)
    write = partial(write_trail_of, at.folder, at.database, key, head)
    return side_by_side([partial(write, path) for path in paths], progress)[0]


def write_trail_of(
    folder: Path, database: str | None, key: bytes, head: SignedHead, path: Path, progress: Progress | None
) -> Proof:
    """Write headquarters' own trail up to `head` as one file; it needs nothing of another process."""
    with closing(open_store(folder, database=database, key=key)) as store:
        return write_own_trail(store, key, path, head, progress)


def enrolment_code(at: Headquarters, car_id: str) -> NewEnrolment:
    """A one-time code for a car; its older codes end. Raises BadInput for an id that does not fit."""
    with at.opened() as store:
        return enrolment.EnrolmentOffice(store, at.key).give_code(car_id, FOLDER)


def revoke_car(at: Headquarters, car_id: str, reason: str) -> None:
    """End a car's identity. Raises BadInput when it has none."""
    with at.opened() as store:
        enrolment.revoke(store, car_id, reason, FOLDER)


def order_car(at: Headquarters, car_id: str, kind: OrderKind, reason: str) -> int:
    """Order a car to lock, open again or wipe itself; returns the order's number. Raises BadInput for no such car."""
    with at.opened() as store:
        return orders.order(store, car_id, kind, reason, FOLDER)


def all_devices(at: Headquarters) -> Devices:
    """The enrolled cars with their orders, and the identities that were turned away."""
    with at.opened() as store:
        return orders.device_views(store)


def authority_certificate(at: Headquarters) -> str:
    """The agency's authority (PEM), by which desks know headquarters."""
    with at.opened() as store:
        return Authority(store, at.key).root().pem


def server_expiry(at: Headquarters) -> datetime:
    """When headquarters' certificate ends (UTC)."""
    with at.opened() as store:
        return Authority(store, at.key).server(datetime.now(UTC)).certificate.not_valid_after_utc


def enrol_car(
    folder: Path, url: str, code: str, *, key_file: bool = False, passphrase: Passphrase = None
) -> CarIdentity:
    """Enrol the car whose store is (or will be) in `folder`, and keep its identity there. Raises as `enrol` does."""
    raw = obtain_key(folder, allow_file=key_file, passphrase=passphrase).raw
    path = folder / "store.db"
    with closing(CacheStore(path, raw)) as store:
        audit_key = store.public_key
    return enrol(url, code, StoreVault(path, raw), audit_key=audit_key)
