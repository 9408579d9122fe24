"""The car's device key (EC P-256): made in the car, named in its certificate, and used to sign each request.

The server sees no client certificate in the application's scope everywhere (behind a proxy that ends TLS there is
none), so a car's requests carry their own proof as well.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

SIGNATURE_HEADER = "mdt-signature"
"""The header that holds the signature of a request, in base64."""

_ECDSA = ec.ECDSA(SHA256())


class DeviceKey:
    """A private key that never leaves the car."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    @classmethod
    def new(cls) -> Self:
        """Make a key."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_der(cls, content: bytes) -> Self:
        """Read what `to_der` gave. Raises ValueError when it is no P-256 key."""
        key = serialization.load_der_private_key(content, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("not an elliptic curve key")  # noqa: TRY004 - the content is wrong, not its Python type
        return cls(key)

    def to_der(self) -> bytes:
        """The key as it is kept, in a place that is encrypted."""
        none = serialization.NoEncryption()
        return self._key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, none)

    def to_sealed_pem(self, password: bytes) -> bytes:
        """The key under a password, as the TLS library reads it from a file."""
        sealed = serialization.BestAvailableEncryption(password)
        return self._key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """The key itself, for the certificate's maker."""
        return self._key

    def request(self) -> bytes:
        """A certificate signing request (DER). It names nobody: headquarters decides whose certificate it becomes."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "patrol car")])
        made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(self._key, SHA256())
        return made.public_bytes(serialization.Encoding.DER)

    def sign(self, content: bytes) -> str:
        """The signature in base64."""
        return base64.b64encode(self._key.sign(content, _ECDSA)).decode()


def signed_text(method: str, target: str, body: bytes) -> bytes:
    """What a request's signature is made of: method, path with query, and the digest of the body."""
    return f"{method} {target}\n{hashlib.sha256(body).hexdigest()}".encode()


def holds(public_key: bytes, content: bytes, signature: str) -> bool:
    """True when the key of `public_key` (DER) has made this signature of this content."""
    key = serialization.load_der_public_key(public_key)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(base64.b64decode(signature, validate=True), content, _ECDSA)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
