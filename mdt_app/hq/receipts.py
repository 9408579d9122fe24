"""Receipts at headquarters: signed with the key that the cars know already, so no other key has to reach them."""

from __future__ import annotations

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mdt_app.domain.evidence import Proof, SignedHead, proof_of, signed_head
from mdt_app.services.head_receipts import sign_receipt
from mdt_app.services.signing import Signer, derived
from mdt_app.sync.event_wire import HeadReceipt

_PURPOSE = "accounts signing"
"""As BundleMaker's, whose public half stands in the cars' settings; the texts that are signed begin differently."""


class ReceiptMaker:
    """Signs receipts for the chains, and counts that stand on record, with a key derived from headquarters' own."""

    def __init__(self, key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(derived(key, _PURPOSE))
        self._signer = Signer(derived(key, _PURPOSE))
        self.public = self._signer.public

    def receipt(self, car_id: str, sequence: int, digest: str) -> HeadReceipt:
        """The receipt of now for a car's chain."""
        return sign_receipt(self._signer, car_id, sequence, digest, datetime.now(UTC))

    def count(self, content: str) -> str:
        """The signature (hex) of a purge's counts, a JSON text."""
        return self._signer.sign(count_bytes(content)).hex()

    def head(self, rows: int, digest: str) -> SignedHead:
        """The head of a chain of so many rows that leaves headquarters, signed."""
        return signed_head(self._key, rows, digest)

    def prove(
        self, source: str, made_at: datetime, rows: int, digest: str, file_sha256: str, marks: bytes = b""
    ) -> Proof:
        """The proof of a file that leaves headquarters: its chain's head, its own hash and its rows' marks, signed.

        `source` says whose trail it is; `mdt audit verify` checks it with the public key.
        """
        return proof_of(self._key, source, made_at, self.head(rows, digest), file_sha256, marks)

    def case(self, content: str) -> str:
        """The signature (hex) of a case file, a JSON text."""
        return self._signer.sign(case_bytes(content)).hex()


def case_bytes(content: str) -> bytes:
    """What the signature of a case file is over."""
    return f"patrol-mdt case 1\n{content}".encode()


def count_bytes(content: str) -> bytes:
    """What the signature of a purge's counts is over."""
    return f"patrol-mdt purge 1\n{content}".encode()
