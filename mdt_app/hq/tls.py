"""Headquarters' end of TLS 1.3: cars show their certificate, desks need none, and whom the handshake refuses is told.

The application's scope has no place for a client certificate. The protocol below puts its fingerprint into the
request's state, so that a car's token counts only over a connection that was opened with this very car's key.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Callable

import structlog
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

from mdt_app.hq.authority import Certified
from mdt_app.services.tls import show

_STATE = "certificate"

OnRefused = Callable[[str], None]
"""Is told, in a thread of its own, why a handshake was refused."""

log = structlog.get_logger()


class CertificateProtocol(H11Protocol):
    """uvicorn's protocol that remembers which certificate the other end has shown."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the base has it
        """Note the fingerprint once the handshake is through."""
        super().connection_made(transport)
        secured = transport.get_extra_info("ssl_object")
        shown = secured.getpeercert(binary_form=True) if secured else None
        self.app_state = {**self.app_state, _STATE: hashlib.sha256(shown).hexdigest() if shown else ""}

    def shutdown(self) -> None:
        """End it, once: a TLS transport that is closed twice forgets its connection, and nothing can abort it then."""
        if not self.transport.is_closing():
            super().shutdown()


def shown_certificate(request: Request) -> str:
    """The fingerprint of the certificate that the caller has shown (SHA-256, hex), empty when none."""
    return str(getattr(request.state, _STATE, ""))


def server_context(authority: str, server: Certified, on_refused: OnRefused) -> ssl.SSLContext:
    """The server's context: TLS 1.3 alone; a certificate of any other authority than this (PEM) ends the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    show(context, server.pem, server.key)
    context.load_verify_locations(cadata=authority)
    # Desks and cars that enrol have no certificate; a car without its own is turned away by `admit`.
    context.verify_mode = ssl.CERT_OPTIONAL
    # Without tickets each connection is a handshake of its own, and the certificate is always at hand.
    context.num_tickets = 0
    context.sslobject_class = _telling(on_refused)
    return context


def _telling(on_refused: OnRefused) -> type[ssl.SSLObject]:
    class Telling(ssl.SSLObject):
        """One end of a connection that tells when the other end's certificate is refused."""

        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            except ssl.SSLCertVerificationError as fault:
                log.warning("tls.refused", reason=fault.verify_message)
                asyncio.get_running_loop().run_in_executor(None, on_refused, "foreign_certificate")
                raise

    return Telling
