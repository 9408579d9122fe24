"""Proof that leaves the car: the device's signatures over rows and head, and the check that needs its public key alone.

The chain shows a change, a gap or a swap; the signed head shows a tail that was cut off; a row's mark ties the row's
body, which the chain holds only as a keyed hash, so that the very row is named without any secret. All marks stand
under one signature: one a row took 80 µs to make and 250 µs to check, a year's trail four minutes.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mdt_app.domain.audit import GENESIS, AuditRow, Verdict, fault
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.reads import Pictures
from mdt_app.domain.retention import Preserved

_MARK = 8
"""Bytes of a row's mark. A change that keeps it takes 2^64 tries, and the file's own hash finds it all the same."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """Where a device's chain stood: the last row's number and digest, with the device's Ed25519 signature in hex."""

    sequence: int
    digest: str
    signature: str


class TrailRow(NamedTuple):
    """A row of a trail as it stands in an exported file, in the order of its columns; a writer takes it as it is.

    `body` is the JSON text; '' where retention removed it, or where it was left out.
    """

    sequence: int
    at: str
    clock: str
    kind: str
    actor: str
    device: str
    subject: str
    event_id: str
    body: str
    payload_mac: str
    previous: str
    digest: str

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read a row of a file. Raises KeyError, ValueError."""
        texts = [str(record[name]) for name in cls._fields]
        return cls(int(texts[0]), *texts[1:])

    @property
    def link(self) -> ChainLink:
        """The row's place in the chain."""
        return ChainLink(self.sequence, self.payload_mac, self.previous, self.digest)


@dataclass(frozen=True, slots=True)
class Proof:
    """What lies beside an exported file: whose trail, its signed head, and the signed hash of the file itself.

    `marks`: eight bytes a row, as base64, all of them signed; '' for a file whose rows are not checked one by one.
    """

    device: str
    public_key: str
    made_at: datetime
    head: SignedHead
    file_sha256: str
    signature: str
    marks: str = ""


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


def mark(row: TrailRow) -> bytes:
    """Eight bytes that tie a row's body to its place in the chain."""
    return hashlib.sha256(f"patrol-mdt row 2\n{row.digest}\n{row.body}".encode()).digest()[:_MARK]


def proof_of(
    key: Ed25519PrivateKey, device: str, made_at: datetime, head: SignedHead, file_sha256: str, marks: bytes = b""
) -> Proof:
    """Make the proof of an exported file; `marks` are those of its rows, one after the other."""
    public, told = key.public_key().public_bytes_raw().hex(), b64encode(marks).decode()
    signature = key.sign(_file_bytes(device, made_at, head, file_sha256, told)).hex()
    return Proof(device, public, made_at, head, file_sha256, signature, told)


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key from its 64 hexadecimal digits. Raises BadInput."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
    except ValueError as error:
        raise BadInput("This is no public key.", "Give the 64 digits that 'mdt audit key' prints.") from error


def head_holds(head: SignedHead, key: Ed25519PublicKey) -> bool:
    """Say whether the device signed this head."""
    return _holds(key, head.signature, _head_bytes(head.sequence, head.digest))


def proof_holds(proof: Proof, key: Ed25519PublicKey) -> bool:
    """Say whether the device signed this proof and the head in it; else nothing that it says counts."""
    stated = _file_bytes(proof.device, proof.made_at, proof.head, proof.file_sha256, proof.marks)
    return _holds(key, proof.signature, stated) and head_holds(proof.head, key)


def check_rows(records: Iterable[Mapping[str, Any]], proof: Proof, key: Ed25519PublicKey) -> Verdict:
    """Check exported rows against a proof that holds, one after the other, and name the first that is wrong."""
    marks = memoryview(b64decode(proof.marks))
    previous, count = GENESIS, 0
    for record in records:
        try:
            row = TrailRow.of(record)
            reason = fault(_linked(row), previous, count + 1)
        except (KeyError, ValueError):
            return Verdict(count, previous, count + 1, "it can't be read")
        if not reason and mark(row) != marks[count * _MARK : (count + 1) * _MARK]:
            reason = "its body was changed"
        if reason:
            return Verdict(count, previous, row.sequence, reason)
        previous, count = row.digest, count + 1
    return check_head(Verdict(count, previous), proof.head, key)


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


def _linked(row: TrailRow) -> AuditRow:
    """The row as the chain's check wants it; its body, which only the store can check, is left out."""
    about = (row.clock, row.actor, row.device, row.subject)
    event = Event(row.event_id, EventKind(row.kind), datetime.fromisoformat(row.at), *about, {})
    return AuditRow(event, row.link, purged=True)


def _file_bytes(device: str, made_at: datetime, head: SignedHead, file_sha256: str, marks: str) -> bytes:
    told = hashlib.sha256(marks.encode()).hexdigest()
    parts = (device, made_at.isoformat(), head.sequence, head.digest, file_sha256, told)
    return "\n".join(("patrol-mdt file 2", *map(str, parts))).encode()
