"""Packages at headquarters: a car's is taken in as if it had come over the network, and one goes back that answers it.

Who made it is proved by the device's signature, who may read it by headquarters' key; the answer is sealed for the
device's key and signed by headquarters. Taking one in again, or an older one, has no other effect than over the
network: events are known by their ids, and the chain's witness sees an older store put back.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import select

from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.policy import Policy
from mdt_app.hq import car_entries, disputes, escrow, ingest, list_files, lists, live, orders
from mdt_app.hq.accounts import all_accounts
from mdt_app.hq.bundles import BundleMaker, signed_for
from mdt_app.hq.confirmations import replies_after
from mdt_app.hq.identity import note_refusal
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.renewal import put_in_force
from mdt_app.hq.sealing import package_private
from mdt_app.hq.store import Store
from mdt_app.hq.tables import devices, renewals
from mdt_app.services.device_keys import holds
from mdt_app.services.policy_source import PolicySource
from mdt_app.services.sealed_files import Lock, Opener
from mdt_app.sync.event_wire import BatchReceipt
from mdt_app.sync.package_wire import OUTWARD, RETURN, CarPackage, CarriedList, ReturnPackage, Unpacked, pack, unpack
from mdt_app.sync.policy_wire import CarPolicyMessage

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PackageDesk:
    """Takes packages in. `key` is headquarters' own; stops are held against `policy`, `source` is its text for cars."""

    store: Store
    key: bytes
    policy: Policy
    source: PolicySource | None = None

    def take(self, source: BinaryIO, target: BinaryIO) -> ReturnPackage:
        """Take a car's package in, and write the one that goes back to it.

        Raises BadInput for one that is damaged or sealed for somebody else; Refused, on record, for a car that is not
        enrolled or was revoked, and for one that another device has signed; StorageFault when nothing more was kept.
        """
        unpacked = unpack(OUTWARD, Opener(private=package_private(self.key)), source)
        package = unpacked.message(CarPackage)
        device = self._device(package, unpacked)
        receipts = ReceiptMaker(self.key)
        taken = tuple(
            ingest.take_in(self.store, package.car_id, batch, self.policy, receipts) for batch in package.batches
        )
        for told in package.reports:
            self._report(package.car_id, told.number, told.report)
        if package.state is not None:
            live.keep_state(self.store, package.car_id, package.state)
        if package.recovery is not None:
            escrow.keep(self.store, package.car_id, package.recovery)
        answer, files = self._answer(package, taken)
        lock, signer = Lock(public=device), BundleMaker(self.key).signer
        pack(RETURN, signer.sign, lock, answer, files, target)
        log.info("package.taken", car=package.car_id, number=package.number, batches=len(taken))
        return answer

    def _device(self, package: CarPackage, unpacked: Unpacked) -> EllipticCurvePublicKey:
        """Return the public key of the device that made it. Raises Refused."""
        row = self._row(package.car_id, unpacked)
        reason = _wrong(row, unpacked)
        if reason:
            note_refusal(self.store, package.car_id if row else "", reason)
            raise Refused(reason, "This package is from no car that is let in.", "Look at 'mdt hq devices'.")
        key = load_der_public_key(row.public_key) if row else None
        if not isinstance(key, EllipticCurvePublicKey):
            raise BadInput("The car's key can't be read.", "Enrol the car anew.")
        return key

    def _row(self, car_id: str, unpacked: Unpacked) -> Any:
        """The car's device; a certificate that was issued to follow its present one is in force once it is used."""
        following = select(renewals).where(renewals.c.car_id == car_id)
        present = select(devices).where(devices.c.car_id == car_id)
        with self.store.reading() as connection:
            coming, row = connection.execute(following).one_or_none(), connection.execute(present).one_or_none()
        if coming is None or not _signed_by(coming.public_key, unpacked):
            return row
        put_in_force(self.store, car_id, coming.fingerprint)
        with self.store.reading() as connection:
            return connection.execute(present).one_or_none()

    def _report(self, car_id: str, number: int, told: Any) -> None:
        try:
            orders.report(self.store, car_id, number, told)
        except BadInput:
            log.warning("package.report_refused", car=car_id, number=number)

    def _answer(
        self, package: CarPackage, receipts: tuple[BatchReceipt, ...]
    ) -> tuple[ReturnPackage, tuple[bytes, ...]]:
        bundles, now = BundleMaker(self.key), datetime.now(UTC)
        wanted = [*self._lists(package, bundles)]
        policy = CarPolicyMessage.of(package.car_id, now, self.source) if self.source else None
        answer = ReturnPackage(
            car_id=package.car_id,
            answers=package.number,
            made_at=now,
            receipts=receipts,
            accounts=bundles.bundle(package.car_id, all_accounts(self.store)),
            orders=orders.open_orders(self.store, package.car_id, bundles.signer).orders,
            lists=tuple(carried for carried, _ in wanted),
            policy=signed_for(policy, bundles.signer) if policy else None,
            false_hits=disputes.known_false_hits(self.store).plates,
            confirmations=replies_after(self.store, package.car_id, package.answered_to).replies,
            entries=tuple(car_entries.answers(self.store, self.policy, package.entries, package.followed)),
        )
        return answer, tuple(file for _, file in wanted)

    def _lists(self, package: CarPackage, bundles: BundleMaker) -> Iterator[tuple[CarriedList, bytes]]:
        """What the car does not have: what changed since its version where that is known, else the whole list."""
        for manifest in lists.manifests(self.store):
            base = package.lists.get(manifest.list_id)
            if base == manifest.sha256:
                continue
            delta = list_files.delta_file(self.store, manifest.list_id, base, bundles.signer) if base else None
            file = delta[0] if delta else list_files.list_file(self.store, manifest.list_id)
            if file is not None:
                digest = hashlib.sha256(file).hexdigest()
                known = base if delta else None
                yield CarriedList(manifest=manifest, size=len(file), sha256=digest, base=known), file


def take_file(desk: PackageDesk, source: BinaryIO, target: BinaryIO) -> ReturnPackage:
    """Take a package from a file; a fault in the middle leaves what was taken, and the same package finishes it."""
    try:
        return desk.take(source, target)
    except OSError as fault:
        raise MdtError("The package can't be read, or the answer not be written.", "Check both places.") from fault


def _wrong(row: Any, unpacked: Unpacked) -> str:
    if row is None:
        return "not_enrolled"
    if row.revoked_at is not None:
        return "revoked"
    return "" if _signed_by(row.public_key, unpacked) else "bad_signature"


def _signed_by(public_key: bytes, unpacked: Unpacked) -> bool:
    return holds(public_key, unpacked.signed(), base64.b64encode(unpacked.signature).decode())
