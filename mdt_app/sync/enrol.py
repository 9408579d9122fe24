"""Enrolment of a car by a one-time code, which proves each end to the other and is itself never sent.

Before it, the car trusts nobody, and headquarters knows no key of the car. All they share is the code, which
`mdt hq enrol` printed and somebody typed here. It has 80 random bits, is good for 30 minutes and for one car, so no
eavesdropper or impostor can find it by trying: HMACs over what was exchanged are enough, and no PAKE is needed.

1. The car connects (TLS 1.3) without trusting, and notes the certificate that the server proved to hold. It sends the
   code's name (a one-way digest of the code) and a fresh nonce.
2. Headquarters answers with its authority's certificate and HMAC(code, nonce, authority, its own server certificate).
   The car makes the same over the authority it was sent and *the certificate it saw*. An impostor can't make it, and
   one that passes the car's words on to the real headquarters gets a proof for the real certificate, not for its own.
   Does it not hold, the car stops here: it has shown neither code, nor key, nor anything made of a key.
3. From now on the car trusts that authority alone and holds the server to its host name. It makes its device key and
   sends the certificate signing request with HMAC(code, nonce, request, trail's key). Headquarters checks it, counts
   each wrong one (five end the code), marks the code used and issues certificate and token for the car that the code
   names; what the request calls itself is not read.
4. The car keeps key, certificates and token in its store. When the reply of 3 is lost, the same request is sent
   again and answered again; another request is refused, because the code is used.
"""

from __future__ import annotations

import hashlib
import secrets
import ssl
from dataclasses import dataclass
from typing import TypeVar

import httpx2
import structlog
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.services.device_keys import DeviceKey
from mdt_app.services.enrolment_proofs import Code, car_proof, headquarters_proof, same
from mdt_app.services.tls import blind, trusting
from mdt_app.sync.identity import CarIdentity, KeyVault, keep_identity
from mdt_app.sync.identity_wire import EnrolmentAnswer, EnrolmentClaim, EnrolmentDone, EnrolmentHello
from mdt_app.sync.wire import PREFIX, Message

MessageT = TypeVar("MessageT", bound=Message)

_TRIES = 3
_ANSWER_MOST = 64 << 10
_ASK = "Ask headquarters for a new code ('mdt hq enrol')."

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One enrolment under way."""

    url: str
    code: Code
    nonce: str
    timeout_s: float

    def post(
        self, path: str, message: Message, kind: type[MessageT], context: ssl.SSLContext
    ) -> tuple[MessageT, bytes]:
        """Send a message; return the answer, and the certificate (DER) of the server that gave it."""
        content, address = message.model_dump_json().encode(), f"{self.url}{PREFIX}/enrolment{path}"
        with (
            httpx2.Client(verify=context, timeout=self.timeout_s, trust_env=False) as http,
            # As a stream: once the body is read, the connection may be gone, and with it the certificate.
            http.stream("POST", address, content=content) as response,
        ):
            seen = response.extensions["network_stream"].get_extra_info("ssl_object").getpeercert(True)
            answer = _bounded(response)
        if response.is_error:
            words = f"Headquarters refuses the enrolment (status {response.status_code})."
            raise Refused("enrolment_refused", words, _ASK)
        try:
            return kind.model_validate_json(answer), bytes(seen or b"")
        except ValueError as fault:
            raise BadInput("Headquarters' answer can't be understood.", "Check the address.") from fault


def enrol(url: str, code: str, vault: KeyVault, *, audit_key: str = "", timeout_s: float = 10.0) -> CarIdentity:
    """Enrol this car at `url` (https) and keep its identity in the vault. `audit_key` is the trail's public key, hex.

    Raises BadInput for a code or address that is none, Refused for an impostor or a code that is not good (any more),
    MdtError when nobody answers. Without success nothing is kept.
    """
    if not url.startswith("https://"):
        raise BadInput("A car is enrolled over TLS alone.", "Give an address that begins with https://.")
    attempt = _Attempt(url.rstrip("/"), Code(code), secrets.token_hex(32), timeout_s)
    authority = _known_headquarters(attempt)
    key = DeviceKey.new()
    done = _claimed(attempt, authority, key, audit_key)
    identity = CarIdentity(
        done.car_id,
        done.ori,
        attempt.url,
        done.headquarters_key,
        authority,
        done.certificate,
        done.token,
        key,
        done.package_key,
    )
    keep_identity(vault, identity)
    log.info("car.enrolled", car=done.car_id)
    return identity


def _known_headquarters(attempt: _Attempt) -> str:
    """Return the authority (PEM) once the server has proved to be headquarters."""
    hello = EnrolmentHello(code_id=attempt.code.code_id, nonce=attempt.nonce)
    answer, seen = _tried(attempt, "/hello", hello, EnrolmentAnswer, blind())
    try:
        authority = x509.load_pem_x509_certificate(answer.authority.encode())
    except ValueError as fault:
        raise BadInput("Headquarters' certificate can't be read.", "Check the address.") from fault
    expected = headquarters_proof(attempt.code.secret, attempt.nonce, authority.public_bytes(Encoding.DER), seen)
    if not same(expected, answer.proof):
        log.error("enrolment.impostor", certificate=hashlib.sha256(seen).hexdigest())
        words = "This server is not headquarters, or something stands between. Nothing was told to it."
        raise Refused("impostor", words, "Check the address and the network, and report it.")
    return answer.authority


def _claimed(attempt: _Attempt, authority: str, key: DeviceKey, audit_key: str) -> EnrolmentDone:
    """Have the certificate issued, over a connection that headquarters' authority vouches for."""
    request = key.request()
    proof = car_proof(attempt.code.secret, attempt.nonce, request, audit_key)
    claim = EnrolmentClaim(
        code_id=attempt.code.code_id, nonce=attempt.nonce, request=request.hex(), audit_key=audit_key, proof=proof
    )
    done, _ = _tried(attempt, "/claim", claim, EnrolmentDone, trusting(authority))
    certificate = x509.load_pem_x509_certificate(done.certificate.encode())
    if certificate.public_key() != key.private.public_key():
        raise Refused("other_key", "Headquarters issued a certificate for another key.", _ASK)
    return done


def _bounded(response: httpx2.Response) -> bytes:
    """Return the body. Raises BadInput for one that has no end: nobody is trusted yet."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _ANSWER_MOST:
            raise BadInput("The answer is too long for headquarters'.", "Check the address.")
    return bytes(body)


def _tried(
    attempt: _Attempt, path: str, message: Message, kind: type[MessageT], context: ssl.SSLContext
) -> tuple[MessageT, bytes]:
    """Send the very same message again when the reply was lost on the way."""
    fault: httpx2.HTTPError | None = None
    for _ in range(_TRIES):
        try:
            return attempt.post(path, message, kind, context)
        except httpx2.HTTPError as error:
            fault = error
    raise MdtError("Headquarters can't be reached.", "Check the address, its host name and the network.") from fault
