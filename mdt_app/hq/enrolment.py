"""Cars' identities at headquarters: one-time codes, certificates issued for them, and their end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection, delete, insert, select, update

from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq.authority import Authority, requested_key
from mdt_app.hq.identity import Identity, Kind, issue_token, note_refusal
from mdt_app.hq.sealing import Seal, package_public
from mdt_app.hq.store import Store
from mdt_app.hq.tables import device_acts, devices, enrolment_codes, renewals
from mdt_app.services.enrolment_proofs import Code, car_proof, headquarters_proof, new_code, same
from mdt_app.sync.identity_wire import EnrolmentAnswer, EnrolmentClaim, EnrolmentHello, NewEnrolment

CODE_MINUTES = 30
ATTEMPTS_MOST = 5
"""So many wrong proofs end a code."""

_NOT_GOOD = "This code is not good, or not any more."


@dataclass(frozen=True, slots=True)
class Issued:
    """What a claim came to: the car, its certificate (PEM) and its token."""

    car_id: str
    certificate: str
    token: str


class EnrolmentOffice:
    """Gives out codes and certificates. `key` is headquarters' own."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store, self._seal = store, Seal(key, "enrolment codes")
        self.authority = Authority(store, key)
        self.package_key = package_public(key)
        """What cars seal their packages for."""

    def give_code(self, car_id: str, by: str) -> NewEnrolment:
        """Make a one-time code for a car; the car's older codes end. Its present identity stays until the code is used.

        Raises BadInput for an id that does not fit.
        """
        text, now = new_code(), datetime.now(UTC)
        code, expires_at = Code(text), now + timedelta(minutes=CODE_MINUTES)
        try:
            made = NewEnrolment(car_id=car_id, code=text, expires_at=expires_at)
        except ValueError as fault:
            raise BadInput("The car's id is not 1 to 32 letters, digits and hyphens.", "Choose another.") from fault
        row = {
            "code_id": code.code_id,
            "car_id": car_id,
            "sealed_secret": self._seal.closed(code.code_id, code.secret),
            "expires_at": expires_at,
            "attempts": 0,
        }
        with self._store.writing() as connection:
            connection.execute(delete(enrolment_codes).where(enrolment_codes.c.car_id == car_id))
            connection.execute(insert(enrolment_codes).values(row))
            record_act(connection, car_id, "code_given", by)
        return made

    def greet(self, hello: EnrolmentHello, server: bytes) -> EnrolmentAnswer:
        """Prove to be headquarters. `server` is the certificate (DER) that it serves with. Raises Refused."""
        with self._store.reading() as connection:
            row = _good(connection, hello.code_id)
        if row is None:
            raise self._refused("", "unknown_code")
        root = self.authority.root()
        proof = headquarters_proof(self._secret(row), hello.nonce, root.der, server)
        return EnrolmentAnswer(authority=root.pem, proof=proof)

    def claim(self, claim: EnrolmentClaim) -> Issued:
        """Issue certificate and token for the car that the code names. The same claim again is answered again.

        Raises Refused for a code that is not good, a wrong proof or a used code; BadInput for a request that is none.
        """
        request = bytes.fromhex(claim.request)
        with self._store.writing() as connection:
            row = _good(connection, claim.code_id)
            reason = self._wrong(connection, row, claim, request)
            certificate = "" if reason else self._certified(connection, row.car_id, request, claim.audit_key)
        if reason:
            raise self._refused(row.car_id if row else "", reason)
        return Issued(row.car_id, certificate, issue_token(self._store, Identity(Kind.CAR, row.car_id)))

    def _wrong(self, connection: Connection, row: Any, claim: EnrolmentClaim, request: bytes) -> str:
        """Return why the claim is refused, an empty text when it is not; the code is then used by this request."""
        if row is None:
            return "unknown_code"
        this = enrolment_codes.c.code_id == row.code_id
        expected = car_proof(self._secret(row), claim.nonce, request, claim.audit_key)
        if not same(expected, claim.proof):
            more = {"attempts": enrolment_codes.c.attempts + 1}
            connection.execute(update(enrolment_codes).where(this).values(more))
            return "wrong_proof"
        digest = hashlib.sha256(request).hexdigest()
        free = enrolment_codes.c.request_sha256.is_(None) | (enrolment_codes.c.request_sha256 == digest)
        taken = update(enrolment_codes).where(this, free).values(request_sha256=digest)
        return "" if connection.execute(taken).rowcount else "used_code"

    def _certified(self, connection: Connection, car_id: str, request: bytes, audit_key: str) -> str:
        """Return the certificate of this request, made unless it was made already (the reply was lost)."""
        key = requested_key(request)
        public_key = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        there = connection.execute(select(devices).where(devices.c.car_id == car_id)).one_or_none()
        if there is not None and there.public_key == public_key and there.revoked_at is None:
            return str(there.certificate)
        now = datetime.now(UTC)
        made = self.authority.issue_device(connection, car_id, key, now)
        fingerprint = hashlib.sha256(made.public_bytes(Encoding.DER)).hexdigest()
        row = {
            "car_id": car_id,
            "fingerprint": fingerprint,
            "certificate": made.public_bytes(Encoding.PEM).decode(),
            "public_key": public_key,
            "audit_key": audit_key,
            "enrolled_at": now,
            "expires_at": made.not_valid_after_utc,
        }
        for table in (devices, renewals):
            connection.execute(delete(table).where(table.c.car_id == car_id))
        connection.execute(insert(devices).values(row))
        record_act(connection, car_id, "enrolled", car_id, fingerprint[:16])
        return made.public_bytes(Encoding.PEM).decode()

    def _secret(self, row: Any) -> bytes:
        return self._seal.opened(row.code_id, row.sealed_secret)

    def _refused(self, car_id: str, reason: str) -> Refused:
        note_refusal(self._store, car_id, reason)
        return Refused(reason, _NOT_GOOD, "Ask for a new one.")


def revoke(store: Store, car_id: str, reason: str, by: str) -> None:
    """End a car's identity: it is let in no more but to fetch its orders. Raises BadInput when it has none."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        ended = update(devices).where(devices.c.car_id == car_id, devices.c.revoked_at.is_(None))
        if not connection.execute(ended.values(revoked_at=now)).rowcount:
            raise BadInput("This car has no identity that could be revoked.", "Check its id ('mdt hq devices').")
        for table in (enrolment_codes, renewals):
            connection.execute(delete(table).where(table.c.car_id == car_id))
        record_act(connection, car_id, "revoked", by, reason)


def record_act(connection: Connection, car_id: str, act: str, by: str, detail: str = "") -> None:
    """Put an act on a car's identity on record."""
    row = {"car_id": car_id, "act": act, "by": by, "at": datetime.now(UTC), "detail": detail}
    connection.execute(insert(device_acts).values(row))


def _good(connection: Connection, code_id: str) -> Any:
    """The row of a code that is still good, else None."""
    query = select(enrolment_codes).where(
        enrolment_codes.c.code_id == code_id,
        enrolment_codes.c.expires_at > datetime.now(UTC),
        enrolment_codes.c.attempts < ATTEMPTS_MOST,
    )
    return connection.execute(query).one_or_none()
