"""Proof that leaves the car: the device's signatures over rows and head, and the check that needs its public key alone.

The chain shows a change, a gap or a swap; the signed head shows a tail that was cut off; a row's seal ties the row's
body, which the chain holds only as a keyed hash, so that the very row is named without any secret.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mdt_app.domain.audit import AuditRow, Verdict, verify, whole
from mdt_app.domain.errors import BadInput
from mdt_app.domain.reads import Pictures
from mdt_app.domain.retention import Preserved


@dataclass(frozen=True, slots=True)
class SignedHead:
    """Where a device's chain stood: the last row's number and digest, with the device's Ed25519 signature in hex."""

    sequence: int
    digest: str
    signature: str


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row of the trail with the device's seal (Ed25519, hex) over its digest and its body."""

    row: AuditRow
    seal: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What lies beside an exported file: whose trail, its signed head, and the signed hash of the file itself."""

    device: str
    public_key: str
    made_at: datetime
    head: SignedHead
    file_sha256: str
    signature: str


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A read that a case holds: its record as plain JSON values, and its pictures."""

    read_id: str
    record: Mapping[str, object]
    pictures: Pictures


@dataclass(frozen=True, slots=True)
class CaseData:
    """All that a case holds, records as plain JSON values: who took it in, reads, hits, gate decisions, stops."""

    case_number: str
    taken: tuple[Preserved, ...]
    reads: tuple[CaseRead, ...]
    hits: tuple[Mapping[str, object], ...]
    decisions: tuple[Mapping[str, object], ...]
    stops: tuple[Mapping[str, object], ...]


def signed_head(key: Ed25519PrivateKey, sequence: int, digest: str) -> SignedHead:
    """Sign the head of the chain."""
    return SignedHead(sequence, digest, key.sign(_head_bytes(sequence, digest)).hex())


def sealed(key: Ed25519PrivateKey, row: AuditRow) -> SealedRow:
    """Seal one row for export."""
    return SealedRow(row, key.sign(_row_bytes(row)).hex())


def proof_of(key: Ed25519PrivateKey, device: str, made_at: datetime, head: SignedHead, file_sha256: str) -> Proof:
    """Make the proof of an exported file."""
    public = key.public_key().public_bytes_raw().hex()
    signature = key.sign(_file_bytes(device, made_at, head, file_sha256)).hex()
    return Proof(device, public, made_at, head, file_sha256, signature)


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key from its 64 hexadecimal digits. Raises BadInput."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
    except ValueError as error:
        raise BadInput("This is no public key.", "Give the 64 digits that 'mdt audit key' prints.") from error


def head_holds(head: SignedHead, key: Ed25519PublicKey) -> bool:
    """Say whether the device signed this head."""
    return _holds(key, head.signature, _head_bytes(head.sequence, head.digest))


def check_proof(proof: Proof, key: Ed25519PublicKey, file_sha256: str) -> str:
    """Check all of an exported file at once; '' or what is wrong."""
    stated = _file_bytes(proof.device, proof.made_at, proof.head, proof.file_sha256)
    if not _holds(key, proof.signature, stated) or not head_holds(proof.head, key):
        return "the proof is not signed by this device"
    return "" if proof.file_sha256 == file_sha256 else "the file was changed after it was exported"


def check_rows(rows: Sequence[SealedRow], head: SignedHead, key: Ed25519PublicKey) -> Verdict:
    """Check exported rows with the public key alone, and name the first that is wrong."""
    chain = verify(sealed_row.row for sealed_row in rows)
    unsealed = next((n for n, r in enumerate(rows, 1) if not _holds(key, r.seal, _row_bytes(r.row))), None)
    if unsealed is not None and (chain.wrong_sequence is None or unsealed < chain.wrong_sequence):
        row = rows[unsealed - 1].row
        return Verdict(unsealed - 1, row.link.previous, row.link.sequence, "its content or its seal was changed")
    return chain if chain.wrong_sequence is not None else check_head(chain, head, key)


def check_head(chain: Verdict, head: SignedHead | None, key: Ed25519PublicKey) -> Verdict:
    """Check that a whole chain ends where its signed head says: a tail that was cut off or added is found."""
    after = chain.rows + 1
    if head is None:
        reason = "the signed head is missing" if chain.rows else ""
    elif not head_holds(head, key):
        reason = "the head is not signed by this device"
    elif head.sequence != chain.rows:
        reason = f"the trail has {chain.rows} rows, the signed head says {head.sequence}"
        after = min(after, head.sequence + 1)
    else:
        reason = "" if head.digest == chain.head else "the signed head is of another trail"
    return Verdict(chain.rows, chain.head, after, reason) if reason else chain


def _holds(key: Ed25519PublicKey, signature: str, message: bytes) -> bool:
    try:
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _head_bytes(sequence: int, digest: str) -> bytes:
    return f"patrol-mdt head 1\n{sequence}\n{digest}".encode()


def _row_bytes(row: AuditRow) -> bytes:
    body = "purged" if row.purged else hashlib.sha256(whole(row.event)).hexdigest()
    return f"patrol-mdt row 1\n{row.link.digest}\n{body}".encode()


def _file_bytes(device: str, made_at: datetime, head: SignedHead, file_sha256: str) -> bytes:
    return f"patrol-mdt file 1\n{device}\n{made_at.isoformat()}\n{head.sequence}\n{head.digest}\n{file_sha256}".encode()
