"""Security keys checked with their public key alone, in a car without a link and at headquarters (FIDO2, WebAuthn).

`fido_checks` does it; `devices/security_key` speaks to the keys themselves.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence

from mdt_app.domain.security_keys import KeyAnswer, KeyProof, KeyQuestion, SecurityKey


class FidoSecurityKeys:
    """Checks answers: type, origin, challenge, relying party, a person's presence, the PIN where due, the signature."""

    def proof(self, keys: Sequence[SecurityKey], challenge: bytes, answer: KeyAnswer) -> KeyProof | None:
        """As the port says. Whatever a forged answer breaks on its way is a wrong answer."""
        from mdt_app.services import fido_checks  # a tenth of the start's time, and most cars have no key

        return fido_checks.proof(keys, challenge, answer)


def question(keys: Iterable[SecurityKey], challenge: bytes, user_id: str, secret: bytes) -> KeyQuestion:
    """What is put to these keys. Without any the question names a credential of nobody: it tells no account's state."""
    held = tuple(keys)
    decoy = hmac.new(secret, f"no key\n{user_id}".encode(), hashlib.sha384).hexdigest()
    ids = tuple(key.credential_id for key in held) or (decoy,)
    return KeyQuestion(challenge, ids, any(key.verifies for key in held))
