"""A security key SIMULATOR: answers CTAP2 as a key does, with real P-256 keys, a counter, a PIN, and a finger."""

from __future__ import annotations

import copy
import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.ctap import STATUS, CtapDevice, CtapError
from fido2.ctap2 import Ctap2
from fido2.ctap2.pin import ClientPin, PinProtocolV1
from fido2.hid import CAPABILITY
from fido2.utils import sha256
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

from devices.security_key import SecurityKeyReader
from mdt_app.domain.security_keys import (
    KeyAnswer,
    KeyNews,
    KeyQuestion,
    KeyTrouble,
    KeyWaits,
    KeyWish,
    NewKey,
    SecurityKey,
)
from mdt_app.services.fido_checks import registered

ERR = CtapError.ERR
FLAG = AuthenticatorData.FLAG
_PIN_TRIES = 8
_TOUCH_LIMIT_S = 20.0
AAGUID = Aaguid(bytes(range(16)))


@dataclass
class SoftwareKey(CtapDevice):
    """One key. `touch` is its finger: set, the next question is answered at once. `pin` '' means that it has none."""

    pin: str = ""
    counts: bool = True
    touch: threading.Event = field(default_factory=threading.Event)
    calls: list[int] = field(default_factory=list)
    counter: int = 0
    tries: int = _PIN_TRIES
    held: dict[bytes, tuple[bytes, ec.EllipticCurvePrivateKey]] = field(default_factory=dict)
    flags_off: bool = False
    """A forger's key: it signs without a person."""
    rp_hash: bytes = b""
    """A forger's key: it signs for this relying party instead."""

    def __post_init__(self) -> None:
        self.touch.set()
        self._agreement = ec.generate_private_key(ec.SECP256R1())
        self._token = secrets.token_bytes(32)

    def clone(self) -> SoftwareKey:
        """A copy with the same secrets and the same count, as a thief would make it."""
        return SoftwareKey(self.pin, self.counts, counter=self.counter, held=copy.copy(self.held))

    @property
    def capabilities(self) -> int:
        return CAPABILITY.CBOR

    @classmethod
    def list_devices(cls):
        return iter(())

    def call(
        self,
        cmd: int,
        data: bytes = b"",
        event: threading.Event | None = None,
        on_keepalive: Callable[[STATUS], None] | None = None,
    ) -> bytes:
        self.calls.append(data[0])
        asked = cbor.decode(data[1:]) if len(data) > 1 else {}
        try:
            answer = _COMMANDS[data[0]](self, asked, event or threading.Event(), on_keepalive)
        except CtapError as error:
            return bytes([error.code])
        return b"\0" + cbor.encode(answer)

    def _info(self, *_: object) -> Mapping[int, Any]:
        options = {"rk": False, "up": True, "clientPin": bool(self.pin)}
        return {1: ["FIDO_2_0"], 3: bytes(AAGUID), 4: options, 5: 1200, 6: [1]}

    def _make(self, asked: Mapping[int, Any], event: threading.Event, waits: Callable | None) -> Mapping[int, Any]:
        rp_hash = sha256(asked[2]["id"].encode())
        if not any(wanted["alg"] == ES256.ALGORITHM for wanted in asked[4]):
            raise CtapError(ERR.UNSUPPORTED_ALGORITHM)
        known = [listed for listed in asked.get(5, ()) if self._mine(listed["id"], rp_hash)]
        verified = self._verified(asked.get(8), asked[1])
        self._wait_for_touch(event, waits)
        if known:
            raise CtapError(ERR.CREDENTIAL_EXCLUDED)
        private, made = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(48)
        self.held[made] = (rp_hash, private)
        credential = AttestedCredentialData.create(AAGUID, made, ES256.from_cryptography_key(private.public_key()))
        flags = FLAG.UP | FLAG.AT | (FLAG.UV if verified else 0)
        data = AuthenticatorData.create(rp_hash, flags, self._count(), credential)
        signature = private.sign(data + asked[1], ec.ECDSA(SHA256()))
        return {1: "packed", 2: bytes(data), 3: {"alg": ES256.ALGORITHM, "sig": signature}}

    def _sign(self, asked: Mapping[int, Any], event: threading.Event, waits: Callable | None) -> Mapping[int, Any]:
        rp_hash = sha256(asked[1].encode())
        mine = next((x["id"] for x in asked.get(3, ()) if self._mine(x["id"], rp_hash)), None)
        verified = self._verified(asked.get(6), asked[2])
        present = asked.get(5, {}).get("up", True)
        if present:
            self._wait_for_touch(event, waits)
        if mine is None:
            raise CtapError(ERR.NO_CREDENTIALS)
        flags = (FLAG.UP if present and not self.flags_off else 0) | (FLAG.UV if verified else 0)
        data = AuthenticatorData.create(self.rp_hash or rp_hash, flags, self._count())
        signature = self.held[mine][1].sign(data + asked[2], ec.ECDSA(SHA256()))
        return {1: {"type": "public-key", "id": mine}, 2: bytes(data), 3: signature}

    def _client_pin(self, asked: Mapping[int, Any], *_: object) -> Mapping[int, Any]:
        if asked[2] == ClientPin.CMD.GET_KEY_AGREEMENT:
            numbers = self._agreement.public_key().public_numbers()
            x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
            return {1: {1: 2, 3: -25, -1: 1, -2: x, -3: y}}
        if asked[2] != ClientPin.CMD.GET_TOKEN_USING_PIN_LEGACY:
            raise CtapError(ERR.INVALID_SUBCOMMAND)
        if not self.tries:
            raise CtapError(ERR.PIN_BLOCKED)
        protocol, theirs = PinProtocolV1(), asked[3]
        x, y = int.from_bytes(theirs[-2], "big"), int.from_bytes(theirs[-3], "big")
        peer = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        shared = protocol.kdf(self._agreement.exchange(ec.ECDH(), peer))
        if protocol.decrypt(shared, asked[6]) != sha256(self.pin.encode())[:16]:
            self.tries -= 1
            raise CtapError(ERR.PIN_INVALID if self.tries else ERR.PIN_BLOCKED)
        self.tries = _PIN_TRIES
        return {2: protocol.encrypt(shared, self._token)}

    def _verified(self, proof: bytes | None, about: bytes) -> bool:
        if proof is None:
            return False
        if proof != PinProtocolV1().authenticate(self._token, about):
            raise CtapError(ERR.PIN_AUTH_INVALID)
        return True

    def _mine(self, credential_id: bytes, rp_hash: bytes) -> bool:
        return credential_id in self.held and self.held[credential_id][0] == rp_hash

    def _count(self) -> int:
        self.counter += int(self.counts)
        return self.counter

    def _wait_for_touch(self, event: threading.Event, waits: Callable | None) -> None:
        if waits:
            waits(STATUS.UPNEEDED)
        for _ in range(int(_TOUCH_LIMIT_S / 0.01)):
            if self.touch.wait(0.01):
                return
            if event.is_set():
                raise CtapError(ERR.KEEPALIVE_CANCEL)
        raise CtapError(ERR.USER_ACTION_TIMEOUT)


_COMMANDS = {
    Ctap2.CMD.GET_INFO: SoftwareKey._info,
    Ctap2.CMD.MAKE_CREDENTIAL: SoftwareKey._make,
    Ctap2.CMD.GET_ASSERTION: SoftwareKey._sign,
    Ctap2.CMD.CLIENT_PIN: SoftwareKey._client_pin,
}


def reader_of(*keys: SoftwareKey, wait_s: float = 10) -> SecurityKeyReader:
    """The real reader, with these keys plugged in."""
    return SecurityKeyReader(lambda: list(keys), wait_s)


def enrolled(key: SoftwareKey, user_id: str = "rdoe", name: str = "key A") -> SecurityKey:
    """Register a key as headquarters does."""
    wish = KeyWish(secrets.token_bytes(32), user_id, name)
    made = put(reader_of(key), wish, key.pin)
    assert isinstance(made, NewKey), made
    return registered(wish.challenge, made, name)


def put(reader, asked: KeyQuestion | KeyWish, pin: str = "") -> KeyAnswer | NewKey | KeyTrouble:
    """Put a question to a reader and wait for what comes of it."""
    end: Future[KeyNews] = Future()
    reader.ask(asked, pin, lambda news: None if isinstance(news, KeyWaits) else end.set_result(news))
    return end.result(20)
