"""Messages about drills: a result for a person's training record, and the results that stand there (TRN-1, TRN-3)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.drill_results import DrillResult
from mdt_app.sync.wire import Identifier, Message, Moment, Name, values_of

_Names = Annotated[tuple[Identifier, ...], Field(max_length=40)]


class DrillResultMessage(Message):
    """What a person's drill came to. It holds no plate and no picture: a drill's own record stays where it ran."""

    drill: Identifier
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    topics: _Names
    passed: bool
    mistakes: _Names
    verify_s: Annotated[float, Field(ge=0, le=86_400)] | None
    trainer: Name = Field(min_length=1)
    at: Moment

    @classmethod
    def of(cls, result: DrillResult) -> Self:
        """Make the message from a result."""
        return cls(**values_of(result, DrillResult))

    def to_result(self) -> DrillResult:
        """Return the result."""
        return DrillResult(**values_of(self, DrillResult))


class DrillResults(Message):
    """A person's drills, the newest first."""

    drills: tuple[DrillResultMessage, ...]
