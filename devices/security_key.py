"""Security keys that are plugged in (FIDO2 over USB HID): asked in a thread of their own, which blocks nobody.

Windows lets no program speak to a key itself; there the system's own dialog asks, through the same library.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import structlog
from fido2.client import (
    ClientError,
    DefaultClientDataCollector,
    Fido2Client,
    PinRequiredError,
    UserInteraction,
    WebAuthnClient,
)
from fido2.cose import ES256, EdDSA
from fido2.ctap import CtapDevice, CtapError
from fido2.ctap2.base import Ctap2
from fido2.hid import CtapHidDevice
from fido2.webauthn import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRequestOptions,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mdt_app.domain.security_keys import (
    ORIGIN,
    RP_ID,
    KeyAnswer,
    KeyNews,
    KeyQuestion,
    KeyTrouble,
    KeyWaits,
    KeyWish,
    NewKey,
)

WAIT_S = 30.0
"""How long a key may take to be plugged in and touched."""
_LOOK_AGAIN_S = 0.3

Asked = KeyQuestion | KeyWish
Told = Callable[[KeyNews], None]
Devices = Callable[[], Iterable[CtapDevice]]

_log = structlog.get_logger()
_CODES = {
    CtapError.ERR.NO_CREDENTIALS: KeyTrouble.WRONG,
    CtapError.ERR.INVALID_CREDENTIAL: KeyTrouble.WRONG,
    CtapError.ERR.CREDENTIAL_EXCLUDED: KeyTrouble.KNOWN,
    CtapError.ERR.PIN_INVALID: KeyTrouble.PIN_WRONG,
    CtapError.ERR.PIN_AUTH_INVALID: KeyTrouble.PIN_WRONG,
    CtapError.ERR.PIN_BLOCKED: KeyTrouble.PIN_BLOCKED,
    CtapError.ERR.PIN_AUTH_BLOCKED: KeyTrouble.PIN_BLOCKED,
    CtapError.ERR.UV_BLOCKED: KeyTrouble.PIN_BLOCKED,
    CtapError.ERR.USER_ACTION_TIMEOUT: KeyTrouble.TIMEOUT,
    CtapError.ERR.ACTION_TIMEOUT: KeyTrouble.TIMEOUT,
    CtapError.ERR.KEEPALIVE_CANCEL: KeyTrouble.TIMEOUT,
}
_KINDS = {ClientError.ERR.DEVICE_INELIGIBLE: KeyTrouble.WRONG, ClientError.ERR.TIMEOUT: KeyTrouble.TIMEOUT}


class SecurityKeyReader:
    """The KeyReader of a machine with USB. `devices` lists what is plugged in; `wait_s` is how long it is asked."""

    def __init__(self, devices: Devices = CtapHidDevice.list_devices, wait_s: float = WAIT_S) -> None:
        self._devices, self._wait_s = devices, wait_s

    def ask(self, asked: Asked, pin: str, told: Told) -> Callable[[], None]:
        """As the port says. `told` is called from the key's thread."""
        run = _Run(self._devices, asked, pin, told)
        deadline = threading.Timer(self._wait_s, run.ended.set)
        deadline.daemon = True
        deadline.start()
        # A daemon: a key that hangs must not hold the end of the program.
        threading.Thread(target=run.work, args=(deadline.cancel,), name="security key", daemon=True).start()
        return run.cancel


class _Run(UserInteraction):
    """One question, from the look for a key to its answer."""

    def __init__(self, devices: Devices, asked: Asked, pin: str, told: Told) -> None:
        self._devices, self._asked, self._pin, self._told = devices, asked, pin, told
        self._waits: KeyWaits | None = None
        self._cancelled = False
        self.ended = threading.Event()

    def cancel(self) -> None:
        """End it early."""
        self._cancelled = True
        self.ended.set()

    def work(self, done: Callable[[], None]) -> None:
        """Ask, and tell the one thing that came of it."""
        try:
            news = self._outcome()
        except Exception as fault:  # noqa: BLE001 - the person is told, whatever a key or its driver does
            _log.warning("security key failed", error=type(fault).__name__)
            news = KeyTrouble.FAILED
        done()
        self._told(KeyTrouble.CANCELLED if self._cancelled and isinstance(news, KeyTrouble) else news)

    def prompt_up(self) -> None:
        """The library says that the key blinks."""
        self._tell(KeyWaits.TOUCH)

    def request_pin(self, *_: object) -> str | None:
        """The library asks for the key's PIN."""
        return self._pin or None

    def request_uv(self, *_: object) -> bool:
        """The key reads a finger itself."""
        self._tell(KeyWaits.TOUCH)
        return True

    def _tell(self, waits: KeyWaits) -> None:
        if waits is not self._waits:
            self._waits = waits
            self._told(waits)

    def _outcome(self) -> KeyNews:
        if (system := _system_client()) is not None:
            self._tell(KeyWaits.TOUCH)
            return self._put_to(system, False)
        while not (devices := list(self._devices())):
            self._tell(KeyWaits.INSERT)
            if self.ended.wait(_LOOK_AGAIN_S):
                return KeyTrouble.ABSENT
        try:
            return self._put_to_device(_chosen(devices, self._asked))
        except OSError:  # it was pulled out
            return KeyTrouble.ABSENT
        finally:
            for device in devices:
                device.close()

    def _put_to_device(self, device: CtapDevice) -> KeyNews:
        client = Fido2Client(device, DefaultClientDataCollector(ORIGIN), self)
        return self._put_to(client, any(map(client.info.options.get, ("uv", "clientPin"))))

    def _put_to(self, client: WebAuthnClient, verifies: bool) -> KeyNews:
        """`verifies`: the key has a PIN or knows a finger. At registration it is then used, and each time after."""
        asked = self._asked
        try:
            if isinstance(asked, KeyWish):
                return _register(client, asked, verifies, self.ended)
            return _sign(client, asked, verifies and asked.verify, self.ended)
        except PinRequiredError:
            return KeyTrouble.PIN_NEEDED
        except ClientError as fault:
            code = fault.cause.code if isinstance(fault.cause, CtapError) else None
            trouble = _CODES.get(code) if code is not None else None
            return trouble or _KINDS.get(fault.code, KeyTrouble.FAILED)


def _register(client: WebAuthnClient, wish: KeyWish, verifies: bool, ended: threading.Event) -> NewKey:
    chosen = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_wanted(verifies)
    )
    options = PublicKeyCredentialCreationOptions(
        rp=PublicKeyCredentialRpEntity(id=RP_ID, name="Patrol MDT"),
        user=PublicKeyCredentialUserEntity(id=wish.user_id.encode()[:64], name=wish.user_id, display_name=wish.name),
        challenge=wish.challenge,
        pub_key_cred_params=[
            PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=kind.ALGORITHM)
            for kind in (ES256, EdDSA)
        ],
        exclude_credentials=_credentials(wish.known_ids),
        authenticator_selection=chosen,
        attestation=AttestationConveyancePreference.NONE,
    )
    response = client.make_credential(options, event=ended).response
    return NewKey(bytes(response.client_data), bytes(response.attestation_object))


def _sign(client: WebAuthnClient, question: KeyQuestion, verifies: bool, ended: threading.Event) -> KeyAnswer:
    options = PublicKeyCredentialRequestOptions(
        challenge=question.challenge,
        rp_id=RP_ID,
        allow_credentials=_credentials(question.credential_ids),
        user_verification=_wanted(verifies),
    )
    given = client.get_assertion(options, event=ended).get_response(0)
    response = given.response
    data = bytes(response.authenticator_data)
    return KeyAnswer(given.raw_id.hex(), bytes(response.client_data), data, response.signature)


def _wanted(verifies: bool) -> UserVerificationRequirement:
    return UserVerificationRequirement.REQUIRED if verifies else UserVerificationRequirement.DISCOURAGED


def _credentials(ids: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes.fromhex(held)) for held in ids
    ]


def _chosen(devices: Sequence[CtapDevice], asked: Asked) -> CtapDevice:
    """The one to ask among several: the first that holds one of the credentials, else the first."""
    if len(devices) == 1 or isinstance(asked, KeyWish):
        return devices[0]
    return next(filter(partial(_holds, asked), devices), devices[0])


def _holds(question: KeyQuestion, device: CtapDevice) -> bool:
    """Whether a key holds one of the credentials, asked without a touch."""
    allowed: list[Mapping[str, Any]] = [
        {"type": "public-key", "id": bytes.fromhex(held)} for held in question.credential_ids
    ]
    try:
        Ctap2(device).get_assertion(RP_ID, bytes(32), allowed, options={"up": False})
    except (CtapError, ValueError, OSError):
        return False
    return True


def _system_client() -> WebAuthnClient | None:
    """The system's own dialog, where programs can't speak to keys themselves."""
    if sys.platform == "win32":
        from fido2.client.windows import WindowsClient

        if WindowsClient.is_available():
            return WindowsClient(DefaultClientDataCollector(ORIGIN))
    return None
