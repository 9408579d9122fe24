"""The agency's policy on its way to a car: its own text, signed by headquarters for that car."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.policy import Policy
from mdt_app.services.policy_source import PolicySource, PolicyText
from mdt_app.sync.wire import Identifier, Message, Moment, Name

OVERLAYS_MOST = 20
_TOML = Annotated[str, Field(max_length=400_000, pattern=r"^[^\x00]*$")]


class PolicyFile(Message):
    """One TOML file."""

    name: Name
    text: _TOML

    def to_text(self) -> PolicyText:
        """Return it as the reader of policies takes it."""
        return PolicyText(self.name, self.text)


class CarPolicyMessage(Message):
    """The policy for one car; headquarters signs its JSON, at `issued_at` (UTC)."""

    car_id: Identifier
    issued_at: Moment
    policy: PolicyFile
    overlays: tuple[PolicyFile, ...] = Field(default=(), max_length=OVERLAYS_MOST)

    @classmethod
    def of(cls, car_id: str, issued_at: Moment, source: PolicySource) -> Self:
        """Make the message from what headquarters has in force."""
        first, *others = (PolicyFile(name=part.name, text=part.text) for part in (source.policy, *source.overlays))
        return cls(car_id=car_id, issued_at=issued_at, policy=first, overlays=tuple(others))

    def to_source(self) -> PolicySource:
        """Return the policy's text."""
        return PolicySource(self.policy.to_text(), tuple(part.to_text() for part in self.overlays))

    def to_policy(self, on: date) -> Policy:
        """Return the policy of a day. Raises BadInput where this program can't read it."""
        return self.to_source().load(on)
