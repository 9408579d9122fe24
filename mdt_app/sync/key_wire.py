"""Messages about security keys and fresh proofs of identity, between a desk or a bundle and headquarters."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.security_keys import KeyAnswer, KeyQuestion, KeyWish, NewKey, SecurityKey
from mdt_app.sync.wire import Count, Identifier, Message, Name, Text, values_of

SESSION_HEADER = "x-desk-session"
"""Carries the secret of a desk's session."""
QUIET_HEADER = "x-desk-quiet"
"""Says that nobody is at work: the console asks by itself, which keeps no session alive."""
Hex = Annotated[str, Field(min_length=2, max_length=16_000, pattern=r"^([0-9a-f]{2})+$")]
CredentialId = Annotated[str, Field(min_length=2, max_length=2046, pattern=r"^([0-9a-f]{2})+$")]


class SecurityKeyMessage(Message):
    """A security key as headquarters registered it; as SecurityKey has it."""

    credential_id: CredentialId
    public_key: Hex
    name: Name
    verifies: bool = False
    counter: Count = 0

    @classmethod
    def of(cls, key: SecurityKey) -> Self:
        """Make the message from a key."""
        return cls(**values_of(key, SecurityKey))

    def to_key(self) -> SecurityKey:
        """Return the key."""
        return SecurityKey(**values_of(self, SecurityKey))


class KeyQuestionMessage(Message):
    """What a desk puts to its person's security key."""

    challenge: Hex = Field(repr=False)
    credential_ids: tuple[CredentialId, ...]
    verify: bool = False

    @classmethod
    def of(cls, question: KeyQuestion) -> Self:
        """Make the message from a question."""
        return cls(challenge=question.challenge.hex(), credential_ids=question.credential_ids, verify=question.verify)

    def to_question(self) -> KeyQuestion:
        """Return the question."""
        return KeyQuestion(bytes.fromhex(self.challenge), self.credential_ids, self.verify)


class KeyAnswerMessage(Message):
    """A security key's answer, in hex."""

    credential_id: CredentialId
    client_data: Hex = Field(repr=False)
    authenticator_data: Hex = Field(repr=False)
    signature: Hex = Field(repr=False)

    @classmethod
    def of(cls, answer: KeyAnswer) -> Self:
        """Make the message from an answer."""
        return cls(
            credential_id=answer.credential_id,
            client_data=answer.client_data.hex(),
            authenticator_data=answer.authenticator_data.hex(),
            signature=answer.signature.hex(),
        )

    def to_answer(self) -> KeyAnswer:
        """Return the answer."""
        parts = (self.client_data, self.authenticator_data, self.signature)
        return KeyAnswer(self.credential_id, *map(bytes.fromhex, parts))


class DeskProof(Message):
    """How the person at a desk proves who they are: the password, and a code or a key's answer."""

    password: Text = Field(repr=False)
    code: Name = Field(default="", repr=False)
    key: KeyAnswerMessage | None = None


class ProofHeld(Message):
    """The proof holds: a session has begun, told this once, and privileged acts go on for so many seconds."""

    seconds: Count
    session: Name = Field(repr=False)


class KeyWishMessage(Message):
    """What a desk puts to a security key that is registered for somebody."""

    challenge: Hex = Field(repr=False)
    user_id: Identifier
    name: Name
    known_ids: tuple[CredentialId, ...] = ()

    @classmethod
    def of(cls, wish: KeyWish) -> Self:
        """Make the message from a wish."""
        return cls(challenge=wish.challenge.hex(), user_id=wish.user_id, name=wish.name, known_ids=wish.known_ids)

    def to_wish(self) -> KeyWish:
        """Return the wish."""
        return KeyWish(bytes.fromhex(self.challenge), self.user_id, self.name, self.known_ids)


class KeyRegistration(Message):
    """A new security key's answer, in hex, and what people call the key."""

    name: Name = Field(min_length=1)
    client_data: Hex = Field(repr=False)
    attestation: Hex = Field(repr=False)

    def to_key(self) -> NewKey:
        """Return the answer."""
        return NewKey(bytes.fromhex(self.client_data), bytes.fromhex(self.attestation))


class KeyWithdrawal(Message):
    """Why a key opens nothing any more: lost, copied, handed back."""

    credential_id: CredentialId
    reason: Name = Field(min_length=1)
