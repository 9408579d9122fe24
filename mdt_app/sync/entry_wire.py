"""Messages on manual entries, version 1."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field

from mdt_app.domain.entries import EntryDraft, EntryState, Step
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.limits import Limits
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.sync.wire import Code, Count, Identifier, ListId, Message, Moment, Name, Plate, State, Text


class EntryDraftMessage(Message):
    """A manual entry as it is asked for; the fields are EntryDraft's, the vehicle's stand among them."""

    plate: Plate
    state: State
    purpose: Name
    offense: Name
    officer_name: Name
    facts: Text = ""
    citation: Name = ""
    crime: bool = True
    plate_type: Code = ""
    plate_year: Code = ""
    year: Code = ""
    make: Code = ""
    model: Code = ""
    style: Code = ""
    color: Code = ""
    descriptors: Name = ""
    cautions: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    expires_at: Moment | None = None
    forward_to: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    hours: Name = ""
    area: Name = ""
    heading: Code = ""
    alert_only: Annotated[tuple[Identifier, ...], Field(max_length=100)] = ()

    @classmethod
    def of(cls, draft: EntryDraft) -> Self:
        """Make the message. Raises BadInput where plate, state or another field does not fit."""
        values: dict[str, Any] = {name: getattr(draft, name) for name in _DRAFT_FIELDS}
        try:
            parts = ((draft.vehicle, Vehicle.__slots__), (draft.limits, Limits.__slots__))
            return cls(**values, **{name: getattr(part, name) for part, names in parts for name in names})
        except ValueError as fault:
            words = "The entry can't be sent: plate, state or another field does not fit."
            raise BadInput(words, "Plate: 1 to 10 letters and digits. State: choose it.") from fault

    def to_draft(self) -> EntryDraft:
        """Return the draft."""
        vehicle = Vehicle(self.year, self.make, self.model, self.style, self.color)
        limits = Limits(self.hours, self.area, self.heading, self.alert_only)
        return EntryDraft(vehicle=vehicle, limits=limits, **{name: getattr(self, name) for name in _DRAFT_FIELDS})


_DRAFT_FIELDS = tuple(name for name in EntryDraft.__slots__ if name not in ("vehicle", "limits"))


class EntryAsked(Message):
    """A request for an entry. The id is the client's own and makes a repeat harmless.

    `user_id` says whose request a car sends; of a desk it is the desk's own holder, whatever stands here.
    """

    entry_id: Identifier
    draft: EntryDraftMessage
    user_id: Name = ""


class EntryChange(Message):
    """A new version of an entry, made from this one."""

    version: Count
    draft: EntryDraftMessage


class EntryRenewal(Message):
    """A later end for an entry."""

    version: Count
    expires_at: Moment


class EntryDecision(Message):
    """A designated supervisor's decision on a version; a refusal says why."""

    version: Count
    approve: bool
    words: Text = ""


class EntryRemoval(Message):
    """Why an entry goes."""

    words: Text


class EntryCheck(Message):
    """CJIS/NCIC's answer about the plate, as it is kept with the entry."""

    check_id: Identifier
    answer: CheckAnswer
    asked_at: Moment
    answered_at: Moment
    text: Text = ""


class EntryStep(Message):
    """One act on record: what, on which version, by whom in which role, when (UTC).

    `list_version`: the version of the agency's list that it led to, 0 when it led to none.
    """

    step: Step
    version: Count
    by: Name
    role: Name
    at: Moment
    words: Text = ""
    check: EntryCheck | None = None
    list_version: Count = 0


class EntryVersion(Message):
    """A version as it was written, with who and when (HOT-10)."""

    version: Count
    draft: EntryDraftMessage
    by: Name
    role: Name
    at: Moment


class EntryRecord(Message):
    """An entry with its newest version. `active` is the version in force, 0 when none; `check` the newest version's.

    `decided_by` and `words` are of the newest decision or removal: who, and why.
    """

    entry_id: Identifier
    state: EntryState
    version: Count
    active: Count
    draft: EntryDraftMessage
    asked_by: Name
    asked_role: Name
    asked_at: Moment
    check: EntryCheck | None = None
    decided_by: Name = ""
    words: Text = ""


class EntryRecords(Message):
    """Entries, the newest request first."""

    entries: tuple[EntryRecord, ...]


class CarriedEntry(Message):
    """Headquarters' word on a person's request, as a package brings it: the entry, or why it is refused."""

    entry_id: Identifier
    user_id: Name
    record: EntryRecord | None = None
    refused: Text = ""


class ListedElsewhere(Message):
    """An entry of the same plate in another list."""

    list_id: ListId
    list_name: Name
    category: Name
    plate: Plate
    state: Code
    ori: Code = ""


class CarList(Message):
    """Which version of the agency's list a car has put in force, and when; 0: none that headquarters knows."""

    car_id: Name
    version: Count
    applied_at: Moment | None = None


class AlertNotice(Message):
    """That an alert on an entry is to be told to an address (HOT-11). Nothing is mailed: this is the record."""

    entry_id: Identifier
    event_id: Identifier
    car_id: Name
    address: Name
    at: Moment


class EntryDetail(Message):
    """All that headquarters has of an entry. `gone_from` and `held_by` name cars by the list that they have."""

    record: EntryRecord
    versions: tuple[EntryVersion, ...]
    steps: tuple[EntryStep, ...]
    elsewhere: tuple[ListedElsewhere, ...]
    list_version: Count
    cars: tuple[CarList, ...]
    notices: tuple[AlertNotice, ...]
