"""The agency's own certificate authority: made once, it vouches for headquarters' certificate and for each car's."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from sqlalchemy import Connection, delete, insert, select

from mdt_app.domain.errors import BadInput, StorageFault
from mdt_app.hq.sealing import Seal
from mdt_app.hq.store import Store
from mdt_app.hq.tables import certificates
from mdt_app.services.device_keys import DeviceKey

AUTHORITY_DAYS = 20 * 365
SERVER_DAYS = 397
DEVICE_DAYS = 3 * 365
RENEW_DAYS = 30
"""Headquarters' certificate is made anew at the start of `serve` when it has less left."""

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_AUTHORITY, _SERVER, _CLIENT, _REQUEST = "authority", "server", "client", "request"
_BEFORE = timedelta(hours=1)
"""A certificate holds from a little earlier on: clocks differ."""


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: DeviceKey = field(repr=False)

    @property
    def pem(self) -> str:
        """The certificate as text."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        """The certificate as its fingerprint is made of it."""
        return self.certificate.public_bytes(Encoding.DER)


class Authority:
    """Headquarters' certificates, kept in its database under its key."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store, self._seal = store, Seal(key, "certificate keys")

    def ensure(self, ori: str, hosts: Iterable[str] = ()) -> None:
        """Make the authority if there is none, and headquarters' certificate for these hosts beside the local ones.

        Without `hosts` a certificate that is there stays as it is. Raises BadInput for a host that is none.
        """
        wanted = _checked(hosts)
        with self._store.writing() as connection:
            if _row(connection, _AUTHORITY) is None:
                self._keep(connection, _AUTHORITY, _new_authority(ori), ())
            served = _row(connection, _SERVER)
            if served is None or (wanted and json.loads(served.hosts) != wanted):
                self._issue_server(connection, wanted or [*LOCAL_HOSTS])

    def root(self) -> Certified:
        """The authority. Raises StorageFault when this headquarters has none yet."""
        with self._store.reading() as connection:
            return self._held(connection, _AUTHORITY)

    def root_pem(self) -> str:
        """The authority's certificate alone; the vendor's store has no more of it."""
        with self._store.reading() as connection:
            row = _row(connection, _AUTHORITY)
        if row is None:
            raise StorageFault("There are no certificates here yet.", "Run 'mdt hq init', at a store its grant.")
        return str(row.certificate)

    def server(self, now: datetime) -> Certified:
        """The certificate to serve with, made anew when it has not long to go; a store can't do that itself."""
        with self._store.reading() as connection:
            row, held = _row(connection, _SERVER), self._held(connection, _SERVER)
            root = _row(connection, _AUTHORITY)
        if row and (row.expires_at - now > timedelta(days=RENEW_DAYS) or not (root and root.sealed_key)):
            return held
        with self._store.writing() as connection:
            return self._issue_server(connection, json.loads(row.hosts) if row else [*LOCAL_HOSTS])

    def issue_device(
        self, connection: Connection, car_id: str, key: ec.EllipticCurvePublicKey, now: datetime
    ) -> x509.Certificate:
        """Certify a key as this car's."""
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        return _issued(self._held(connection, _AUTHORITY), car_id, key, (now, DEVICE_DAYS), [usage])

    def client(self, now: datetime) -> Certified:
        """Headquarters' certificate as a caller of the vendor's store, made when it is first asked for."""
        with self._store.writing() as connection:
            row = _row(connection, _CLIENT)
            if row and row.expires_at - now > timedelta(days=RENEW_DAYS):
                return self._held(connection, _CLIENT)
            key = self._held(connection, _CLIENT).key if row else DeviceKey.new()
            made = Certified(self.issue_device(connection, "headquarters", key.private.public_key(), now), key)
            self._keep(connection, _CLIENT, made, ())
            return made

    def request_server(self, hosts: Iterable[str]) -> tuple[bytes, list[str]]:
        """At a store: make its key, and a signing request (DER) for these hosts beside the local ones."""
        named, key = _checked(hosts) or [*LOCAL_HOSTS], DeviceKey.new()
        with self._store.writing() as connection:
            self._keep_row(connection, _REQUEST, "", self._seal.closed(_SERVER, key.to_der()), named, datetime.now(UTC))
        return key.request(), named

    def certify_server(self, request: bytes, hosts: Iterable[str], now: datetime) -> str:
        """At headquarters: certify a store's key for its hosts (PEM)."""
        key, named = requested_key(request), _checked(hosts)
        with self._store.reading() as connection:
            root = self._held(connection, _AUTHORITY)
        made = _issued(root, "vendor-store", key, (now, SERVER_DAYS), _serving(named))
        return made.public_bytes(Encoding.PEM).decode()

    def keep_granted(self, connection: Connection, authority: str, certificate: x509.Certificate) -> None:
        """At a store: serve with this certificate of this authority (PEM). Raises BadInput for another key's."""
        asked = _row(connection, _REQUEST)
        key = DeviceKey.from_der(self._seal.opened(_SERVER, asked.sealed_key)) if asked else None
        if key is None or certificate.public_key() != key.private.public_key():
            raise BadInput("This grant is for another request.", "Ask headquarters with this store's newest request.")
        root = x509.load_pem_x509_certificate(authority.encode())
        self._keep_row(connection, _AUTHORITY, authority, b"", (), root.not_valid_after_utc)
        self._keep(connection, _SERVER, Certified(certificate, key), json.loads(asked.hosts))

    def _issue_server(self, connection: Connection, hosts: list[str]) -> Certified:
        key, now = DeviceKey.new(), datetime.now(UTC)
        root = self._held(connection, _AUTHORITY)
        about = (now, SERVER_DAYS), _serving(hosts)
        made = Certified(_issued(root, "headquarters", key.private.public_key(), *about), key)
        self._keep(connection, _SERVER, made, hosts)
        return made

    def _keep(self, connection: Connection, name: str, made: Certified, hosts: Iterable[str]) -> None:
        sealed = self._seal.closed(name, made.key.to_der())
        self._keep_row(connection, name, made.pem, sealed, hosts, made.certificate.not_valid_after_utc)

    def _keep_row(
        self, connection: Connection, name: str, pem: str, sealed: bytes, hosts: Iterable[str], ends: datetime
    ) -> None:
        connection.execute(delete(certificates).where(certificates.c.name == name))
        row = {"name": name, "certificate": pem, "sealed_key": sealed, "hosts": json.dumps([*hosts])}
        connection.execute(insert(certificates).values(row | {"expires_at": ends}))

    def _held(self, connection: Connection, name: str) -> Certified:
        row = _row(connection, name)
        if row is None:
            raise StorageFault("This headquarters has no certificates yet.", "Run 'mdt hq init' again.")
        key = DeviceKey.from_der(self._seal.opened(name, row.sealed_key))
        return Certified(x509.load_pem_x509_certificate(row.certificate.encode()), key)


def _serving(hosts: Iterable[str]) -> list[x509.ExtensionType]:
    """What the certificate of a server for these hosts says."""
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return [names, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])]


def requested_key(request: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key of a certificate signing request (DER); whatever name stands in it is not used.

    Raises BadInput when the request can't be read, its own signature does not hold, or its key is not P-256.
    """
    try:
        asked = x509.load_der_x509_csr(request)
        key, fits = asked.public_key(), asked.is_signature_valid
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise BadInput("The certificate signing request can't be read.") from fault
    if not fits or not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadInput("The certificate signing request is not of a P-256 key that its sender holds.")
    return key


def _row(connection: Connection, name: str) -> Any:
    return connection.execute(select(certificates).where(certificates.c.name == name)).one_or_none()


def _checked(hosts: Iterable[str]) -> list[str]:
    """The hosts with the local ones behind them, each once."""
    named = list(dict.fromkeys(host.strip().lower() for host in hosts))
    for host in named:
        _general_name(host)
    return list(dict.fromkeys([*named, *LOCAL_HOSTS])) if named else []


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not all(part.replace("-", "").isalnum() and part.isascii() for part in host.split(".")):
        raise BadInput(f"'{host}' is no host name.", "Give names as cars and desks will use them, without https://.")
    return x509.DNSName(host)


def _new_authority(ori: str) -> Certified:
    key, now = DeviceKey.new(), datetime.now(UTC)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Patrol MDT authority"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ori),
        ]
    )
    public = key.private.public_key()
    usage = dict.fromkeys(_USAGES, False) | {"key_cert_sign": True, "crl_sign": True}
    builder = _builder(name, name, public, (now, AUTHORITY_DAYS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return Certified(builder.sign(key.private, SHA256()), key)


def _issued(
    root: Certified,
    name: str,
    public: ec.EllipticCurvePublicKey,
    time: tuple[datetime, int],
    extensions: Iterable[x509.ExtensionType],
) -> x509.Certificate:
    """A certificate of the authority's for a key; `time` is now, and for how many days it holds."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    above = root.key.private.public_key()
    usage = dict.fromkeys(_USAGES, False) | {"digital_signature": True}
    builder = _builder(subject, root.certificate.subject, public, time)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(root.key.private, SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, time: tuple[datetime, int]
) -> x509.CertificateBuilder:
    now, days = time
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - _BEFORE).not_valid_after(now + timedelta(days=days))


_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
