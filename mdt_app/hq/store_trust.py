"""How headquarters and the vendor's store come to trust each other, by the agency's own authority.

1. The store makes its key and a request for a certificate.
2. Headquarters certifies the key for the store's hosts, and says how it will be known itself: by a certificate of its
   own as a caller, a token, and a signature over each request.
3. The store keeps both. From then on headquarters tells it, over TLS 1.3 with both certificates, which cars may bring
   reads and what cases hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection, delete, insert, select

from mdt_app.domain.errors import BadInput
from mdt_app.hq.authority import Authority
from mdt_app.hq.identity import Kind, token_hash
from mdt_app.hq.store import Store
from mdt_app.hq.tables import agency, devices, holds, tokens
from mdt_app.services.signing import derived
from mdt_app.sync.store_wire import HeldSubject, StoreGrant, StoreOrders, StoreRequest, TrustedCar

HEADQUARTERS = "headquarters:"
"""Who calls the store; a car's id has no colon."""


def store_token(key: bytes) -> str:
    """What headquarters shows the store beside its certificate; `key` is headquarters' own."""
    return derived(key, "reads store token").hex()


def requested(store: Store, key: bytes, hosts: Iterable[str]) -> StoreRequest:
    """At the store: make its key, and ask for its certificate. Raises BadInput for a host that is none."""
    request, named = Authority(store, key).request_server(hosts)
    return StoreRequest(request=request.hex(), hosts=tuple(named))


def granted(store: Store, key: bytes, asked: StoreRequest) -> StoreGrant:
    """At headquarters: certify the store's key. Raises BadInput where the request is none."""
    authority, now = Authority(store, key), datetime.now(UTC)
    certificate = authority.certify_server(bytes.fromhex(asked.request), asked.hosts, now)
    caller = authority.client(now)
    public = caller.key.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    with store.reading() as connection:
        ori = connection.scalar(select(agency.c.ori)) or ""
    return StoreGrant(
        ori=ori,
        authority=authority.root_pem(),
        certificate=certificate,
        token_sha256=token_hash(store_token(key)),
        fingerprint=hashlib.sha256(caller.der).hexdigest(),
        public_key=public.hex(),
    )


def accepted(store: Store, key: bytes, grant: StoreGrant) -> None:
    """At the store: keep the certificate and how headquarters is known. Raises BadInput for another key's."""
    certificate = x509.load_pem_x509_certificate(grant.certificate.encode())
    now = datetime.now(UTC)
    with store.writing() as connection:
        known = connection.scalar(select(agency.c.ori))
        if known not in (None, grant.ori):
            raise BadInput("This store is another agency's.", "Use a folder of its own for each agency.")
        if known is None:
            connection.execute(insert(agency).values(ori=grant.ori))
        Authority(store, key).keep_granted(connection, grant.authority, certificate)
        _forget(connection, Kind.AGENCY)
        connection.execute(delete(devices).where(devices.c.car_id == HEADQUARTERS))
        _trust(connection, Kind.AGENCY, HEADQUARTERS, grant.token_sha256, now)
        connection.execute(insert(devices).values(_device(HEADQUARTERS, grant.fingerprint, grant.public_key, now)))


def orders(connection: Connection) -> StoreOrders:
    """At headquarters: what the store has to know now."""
    of_car = tokens.outerjoin(devices, devices.c.car_id == tokens.c.holder)
    wanted = select(tokens, devices.c.fingerprint, devices.c.public_key, devices.c.revoked_at).select_from(of_car)
    rows = connection.execute(wanted.where(tokens.c.kind == Kind.CAR.value).order_by(tokens.c.holder)).all()
    cars = (
        TrustedCar(
            car_id=row.holder,
            token_sha256=row.token_sha256,
            fingerprint=row.fingerprint or "",
            public_key=(row.public_key or b"").hex(),
            revoked=row.revoked_at is not None,
        )
        for row in rows
    )
    held = connection.execute(select(holds).where(holds.c.released_at.is_(None)).order_by(holds.c.position)).mappings()
    names = HeldSubject.model_fields
    return StoreOrders(
        cars=tuple(cars), holds=tuple(HeldSubject(**{name: row[name] for name in names}) for row in held)
    )


def obey(store: Store, told: StoreOrders) -> None:
    """At the store: these cars and no others bring reads, and this is held for cases; all at once."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        _forget(connection, Kind.CAR)
        connection.execute(delete(devices).where(devices.c.car_id != HEADQUARTERS))
        connection.execute(delete(holds))
        for car in told.cars:
            _trust(connection, Kind.CAR, car.car_id, car.token_sha256, now)
            if car.fingerprint:
                row = _device(car.car_id, car.fingerprint, car.public_key, now)
                connection.execute(insert(devices).values(row | {"revoked_at": now if car.revoked else None}))
        if told.holds:
            connection.execute(insert(holds), [held.model_dump() | {"released_at": None} for held in told.holds])


def digest(told: StoreOrders) -> str:
    """By which headquarters knows whether the store has heard all of it."""
    return hashlib.sha256(json.dumps(told.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


def _forget(connection: Connection, kind: Kind) -> None:
    connection.execute(delete(tokens).where(tokens.c.kind == kind.value))


def _trust(connection: Connection, kind: Kind, holder: str, token_sha256: str, now: datetime) -> None:
    row = {"token_sha256": token_sha256, "kind": kind.value, "holder": holder, "role": "", "issued_at": now}
    connection.execute(insert(tokens).values(row))


def _device(car_id: str, fingerprint: str, public_key: str, now: datetime) -> dict[str, object]:
    """A row of a device as the store knows it: enough to know its certificate and its signature."""
    return {
        "car_id": car_id,
        "fingerprint": fingerprint,
        "certificate": "",
        "public_key": bytes.fromhex(public_key),
        "audit_key": "",
        "enrolled_at": now,
        "expires_at": now,
        "revoked_at": None,
    }
