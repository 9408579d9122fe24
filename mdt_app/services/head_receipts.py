"""Receipts for the audit chain: headquarters signs how far it holds a car's, and the car's trail is held to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mdt_app.domain.audit import Verdict
from mdt_app.domain.events import ChainLink
from mdt_app.services.signing import Signer, Verifier
from mdt_app.sync.event_wire import HeadReceipt

_UNSIGNED = "0" * 128


def sign_receipt(signer: Signer, car_id: str, sequence: int, digest: str, at: datetime) -> HeadReceipt:
    """Sign that headquarters holds this car's chain up to here at `at` (UTC)."""
    receipt = HeadReceipt(car_id=car_id, sequence=sequence, digest=digest, at=at, signature=_UNSIGNED)
    return receipt.model_copy(update={"signature": signer.sign(receipt.signed_bytes()).hex()})


def receipt_holds(receipt: HeadReceipt, verifier: Verifier, car_id: str) -> bool:
    """Say whether headquarters signed this receipt, for this car."""
    return receipt.car_id == car_id and verifier.holds(receipt.signed_bytes(), bytes.fromhex(receipt.signature))


def trail_against(receipt: HeadReceipt, links: Iterable[ChainLink]) -> Verdict:
    """Hold a trail, in its order, against a receipt (AUD-1).

    A tail that was cut off, an older store put back and a rewrite with a stolen key all contradict it.
    """
    last, digest = 0, ""
    for link in links:
        last, digest = link.sequence, link.digest
        if last == receipt.sequence:
            same = digest == receipt.digest
            return Verdict(last, digest) if same else Verdict(last, digest, last, "headquarters holds another one")
    reason = f"the trail ends at {last}, headquarters holds it up to row {receipt.sequence}"
    return Verdict(last, digest, last + 1, reason)
