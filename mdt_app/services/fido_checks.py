"""The one place that knows which library checks security keys; loaded with the first answer (FIDO2, WebAuthn)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fido2 import cbor
from fido2.cose import CoseKey, UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from mdt_app.domain.errors import BadInput
from mdt_app.domain.security_keys import ORIGIN, RP_ID, KeyAnswer, KeyProof, NewKey, SecurityKey

_SERVER = Fido2Server(
    PublicKeyCredentialRpEntity(id=RP_ID, name="Patrol MDT"),
    attestation=AttestationConveyancePreference.NONE,
    verify_origin=lambda origin: origin == ORIGIN,
)


def proof(keys: Sequence[SecurityKey], challenge: bytes, answer: KeyAnswer) -> KeyProof | None:
    """As the port says. Whatever a forged answer breaks on its way is a wrong answer."""
    key = next((key for key in keys if key.credential_id == answer.credential_id), None)
    if key is None:
        return None
    try:
        data = AuthenticatorData(answer.authenticator_data)
        response = AuthenticatorAssertionResponse(
            client_data=CollectedClientData(answer.client_data), authenticator_data=data, signature=answer.signature
        )
        raw_id = bytes.fromhex(key.credential_id)
        given = AuthenticationResponse(raw_id=raw_id, response=response)
        _SERVER.authenticate_complete(_state(challenge, key.verifies), [_credential(key)], given)
    except Exception:  # noqa: BLE001 - see above: the bytes are anybody's, and the parser raises what it likes
        return None
    return KeyProof(key.credential_id, data.counter)


def registered(challenge: bytes, made: NewKey, name: str) -> SecurityKey:
    """The key that answered a registration. Raises BadInput when the answer does not hold."""
    try:
        response = AuthenticatorAttestationResponse(
            client_data=CollectedClientData(made.client_data), attestation_object=AttestationObject(made.attestation)
        )
        known = response.attestation_object.auth_data.credential_data
        raw_id = known.credential_id if known else b""
        given = RegistrationResponse(raw_id=raw_id, response=response)
        data = _SERVER.register_complete(_state(challenge, False), given)
        credential = data.credential_data
    except Exception as fault:
        raise BadInput("The security key's answer does not hold.", "Register it again.") from fault
    if credential is None or isinstance(credential.public_key, UnsupportedKey):
        raise BadInput("This kind of security key is not supported.", "Use a FIDO2 key with ES256 or EdDSA.")
    public = cbor.encode(dict(credential.public_key)).hex()
    return SecurityKey(credential.credential_id.hex(), public, name, data.is_user_verified(), data.counter)


def _credential(key: SecurityKey) -> AttestedCredentialData:
    public: Any = cbor.decode(bytes.fromhex(key.public_key))
    return AttestedCredentialData.create(Aaguid.NONE, bytes.fromhex(key.credential_id), CoseKey.parse(public))


def _state(challenge: bytes, verifies: bool) -> dict[str, object]:
    wanted = UserVerificationRequirement.REQUIRED if verifies else UserVerificationRequirement.DISCOURAGED
    return {"challenge": websafe_encode(challenge), "user_verification": wanted}
