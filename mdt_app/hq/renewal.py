"""Certificates of cars renewed before they end: asked for over the present one, in force once the next one is shown.

Two steps, so that a reply that is lost locks nobody out: the next certificate is issued beside the present one, and
the first connection that is opened with it ends the present one for good.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import delete, insert, select, update

from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq.authority import Authority, requested_key
from mdt_app.hq.enrolment import record_act
from mdt_app.hq.store import Store
from mdt_app.hq.tables import devices, renewals

RENEWABLE_DAYS = 120
"""With more left, a certificate is not renewed: cars ask when half of this is left (`sync/renewal.py`)."""


def renew(store: Store, authority: Authority, car_id: str, request: bytes) -> str:
    """Issue the car's next certificate (PEM); the same request again is answered again.

    Raises BadInput for a request that is none or names the present key, Refused while the present one holds for long.
    """
    key = requested_key(request)
    public_key = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    now = datetime.now(UTC)
    with store.writing() as connection:
        present = connection.execute(select(devices).where(devices.c.car_id == car_id)).one()
        if present.public_key == public_key:
            raise BadInput("The next certificate needs a key of its own.", "Make a new one.")
        if present.expires_at - now > timedelta(days=RENEWABLE_DAYS):
            raise Refused("renewed_early", "The present certificate holds for long yet.", "Ask again later.")
        there = connection.execute(select(renewals).where(renewals.c.car_id == car_id)).one_or_none()
        if there is not None and there.public_key == public_key:
            return str(there.certificate)
        made = authority.issue_device(connection, car_id, key, now)
        fingerprint, certificate = _fingerprint(made), made.public_bytes(Encoding.PEM).decode()
        row = {
            "car_id": car_id,
            "fingerprint": fingerprint,
            "certificate": certificate,
            "public_key": public_key,
            "issued_at": now,
            "expires_at": made.not_valid_after_utc,
        }
        connection.execute(delete(renewals).where(renewals.c.car_id == car_id))
        connection.execute(insert(renewals).values(row))
        record_act(connection, car_id, "renewal_issued", car_id, fingerprint[:16])
    return certificate


def put_in_force(store: Store, car_id: str, fingerprint: str) -> None:
    """End the present certificate: the car has shown the next one. Nothing happens when that was done already."""
    with store.writing() as connection:
        this = (renewals.c.car_id == car_id) & (renewals.c.fingerprint == fingerprint)
        row = connection.execute(select(renewals).where(this)).one_or_none()
        if row is None:
            return
        kept = ("fingerprint", "certificate", "public_key", "expires_at")
        following = {name: getattr(row, name) for name in kept}
        connection.execute(update(devices).where(devices.c.car_id == car_id).values(following))
        connection.execute(delete(renewals).where(this))
        record_act(connection, car_id, "renewed", car_id, fingerprint[:16])


def _fingerprint(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
