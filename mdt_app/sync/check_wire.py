"""Messages about a hit's status: records checks (QV) and hit confirmations (YQ, YR)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import (
    CheckAnswer,
    ConfirmationQuery,
    ConfirmationResponse,
    RecordsQuery,
    StatusAnswer,
)
from mdt_app.sync.wire import Code, Identifier, Message, Moment, Name, Ori, Plate, State, Text, values_of


class RecordsCheckRequest(Message):
    """A QV inquiry by plate that a car asks headquarters to make; ORI and user stand on each (CJIS IA-0)."""

    check_id: Identifier
    hit_id: Identifier
    plate: Plate
    state: State
    plate_type: Code
    nic: Code
    ori: Ori
    user_id: Identifier

    @classmethod
    def of(cls, query: RecordsQuery) -> Self:
        """Make the request from a query. Raises BadInput where a field does not fit."""
        try:
            return cls(**values_of(query, RecordsQuery))
        except ValueError as fault:
            words = "The records check can't be sent: plate, state, ORI or user is not complete."
            raise BadInput(words, "Confirm plate and state, or ask dispatch by voice.") from fault

    def to_query(self) -> RecordsQuery:
        """Return the query."""
        return RecordsQuery(**values_of(self, RecordsQuery))


class ConfirmationAsked(Message):
    """A hit confirmation request (YQ) that a car asks headquarters to send; ORI and user stand on each."""

    request_id: Identifier
    hit_id: Identifier
    number: Annotated[int, Field(ge=1, le=3)]
    urgency: Urgency
    plate: Plate
    state: State
    nic: Code
    owner: Ori
    ori: Ori
    user_id: Identifier
    due_at: Moment

    @classmethod
    def of(cls, query: ConfirmationQuery) -> Self:
        """Make the message from a query. Raises BadInput where a field does not fit."""
        try:
            return cls(**values_of(query, ConfirmationQuery))
        except ValueError as fault:
            words = "The hit confirmation can't be sent: entering agency, plate or state is not complete."
            raise BadInput(words, "Ask dispatch by voice.") from fault

    def to_query(self) -> ConfirmationQuery:
        """Return the query."""
        return ConfirmationQuery(**values_of(self, ConfirmationQuery))


class ConfirmationReplied(Message):
    """What came back on a request (YR), numbered in the order in which answers came."""

    position: int
    reply_id: Identifier
    request_id: Identifier
    hit_id: Identifier
    answer: ConfirmationAnswer
    who: Name
    at: Moment
    until_minutes: Annotated[int, Field(ge=0, le=1440)] = 0

    def to_response(self) -> ConfirmationResponse:
        """Return the response."""
        return ConfirmationResponse(**values_of(self, ConfirmationResponse))


class ConfirmationReplies(Message):
    """Answers for one car, oldest first."""

    replies: tuple[ConfirmationReplied, ...]


class RecordsCheckReply(Message):
    """The answer to a records check, as StatusAnswer has it."""

    check_id: Identifier
    source: Name
    answer: CheckAnswer
    asked_at: Moment
    answered_at: Moment
    by: Name
    text: Text = ""

    @classmethod
    def of(cls, answer: StatusAnswer) -> Self:
        """Make the reply from an answer."""
        return cls(**values_of(answer, StatusAnswer))

    def to_answer(self) -> StatusAnswer:
        """Return the answer."""
        return StatusAnswer(**values_of(self, StatusAnswer))
