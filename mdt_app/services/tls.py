"""TLS 1.3 contexts for both ends, from certificates and keys in memory: no private key is ever a plain file."""

from __future__ import annotations

import os
import secrets
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from mdt_app.services.device_keys import DeviceKey


def trusting(authority: str) -> ssl.SSLContext:
    """A client's context that trusts this authority (PEM) alone, and holds the server to its host name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(cadata=authority)
    return context


def car_context(authority: str, certificate: str, key: DeviceKey) -> ssl.SSLContext:
    """A car's context: trusts this authority alone, and shows the car's certificate."""
    context = trusting(authority)
    show(context, certificate, key)
    return context


def trusting_nobody() -> ssl.SSLContext:
    """A client's context that refuses every server: for who has no authority, and so no business over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def blind() -> ssl.SSLContext:
    """A client's context that trusts nobody and looks at the certificate itself: for the first word of an enrolment."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def not_trusted(fault: BaseException | None) -> bool:
    """Whether a connection failed because the server's certificate does not hold."""
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def show(context: ssl.SSLContext, certificate: str, key: DeviceKey) -> None:
    """Have this side show a certificate (PEM)."""
    password = secrets.token_hex(32)
    with _in_file(certificate.encode() + key.to_sealed_pem(password.encode())) as path:
        context.load_cert_chain(path, password=password)


@contextmanager
def _in_file(content: bytes) -> Iterator[str]:
    """The TLS library reads keys from files alone; this one is sealed by a password that only this process knows."""
    handle, path = tempfile.mkstemp(prefix="mdt-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield path
    finally:
        os.unlink(path)
