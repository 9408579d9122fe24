"""The ground of version 1 of the messages between cars and headquarters: field types, the base, canonical JSON."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

PREFIX = "/v1"
SIGNATURE = "mdt-signature"
"""The header that carries headquarters' signature (hex) of a file."""

# Identifiers and codes stay printable ASCII without blanks: they stand in addresses, logs and switch messages.
Identifier = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
ListId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Code = Annotated[str, Field(max_length=20, pattern=r"^[\x20-\x7e]*$")]
Plate = Annotated[str, Field(min_length=1, max_length=10, pattern=r"^[A-Z0-9]+$")]
State = Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")]
Ori = Annotated[str, Field(pattern=r"^[A-Z0-9]{9}$")]
Text = Annotated[str, Field(max_length=16_000, pattern=r"^[^\x00]*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
SealedKey = Annotated[str, Field(max_length=1000, pattern=r"^([0-9a-f]{2})+$")]
Code32 = Annotated[str, Field(max_length=200, pattern=r"^[A-Z2-7]*$")]
Count = Annotated[int, Field(ge=0, le=2**53)]
Position = Annotated[int, Field(ge=1, le=2**53)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


def canonical_json(value: JsonValue) -> str:
    """Return the one JSON text of a value: sorted names, no blanks. Raises ValueError for NaN and broken text."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text.encode()
    return text


def values_of(source: object, kind: type[Any]) -> dict[str, Any]:
    """The values of a dataclass with slots by its fields' names; they stand in one of it, or in its message."""
    return {name: getattr(source, name) for name in kind.__slots__}


class Message(BaseModel):
    """The base of all messages: unknown fields are refused, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Done(Message):
    """It is done, and on record."""

    done: bool = True


class Reason(Message):
    """Why somebody does what goes on record, in their own words."""

    words: Name = Field(min_length=1)


class SignedMessage(Message):
    """Content as it was signed, and the Ed25519 signature over its UTF-8 bytes (hex)."""

    content: Annotated[str, Field(max_length=64_000_000)]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
