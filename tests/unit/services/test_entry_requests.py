"""Hot list requests in the car's core: on record in the officer's name, refused with all that is missing, kept."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from mdt_app.domain.commands import LockScreen, SignOut
from mdt_app.domain.entries import EntryDraft, EntryState
from mdt_app.domain.entry_requests import (
    AskedEntry,
    EntryRequestsChanged,
    RequestEntry,
    TakeEntryNews,
    TellEntryRequests,
)
from mdt_app.domain.errors import NotSignedIn, Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.notices import CommandRefused
from tests.fakes.car import Shift


def draft_of(shift: Shift, **changes: object) -> EntryDraft:
    draft = EntryDraft(
        plate="7jkt20",
        state="CT",
        purpose="investigation",
        offense="Burglary",
        officer_name="somebody else",
        facts="Seen leaving two burglaries on Elm Street",
        vehicle=Vehicle("2014", "FORD"),
        expires_at=shift.clock.now() + timedelta(days=30),
    )
    return replace(draft, **changes)


def held(shift: Shift) -> tuple[AskedEntry, ...]:
    """The requests as they stand in the store."""
    shift.do(TellEntryRequests())
    return shift.said(EntryRequestsChanged)[-1].requests


@pytest.mark.clause("HOT-4", "HOT-9")
def test_a_request_is_kept_under_the_name_of_whoever_is_signed_in(patrol: Shift) -> None:
    """The name comes from the session, a repeat is one request, and it outlives a restart."""
    for _ in range(2):
        patrol.do(RequestEntry("one", draft_of(patrol)))
    patrol.restart()
    (asked,) = held(patrol)
    assert (asked.user_id, asked.draft.officer_name, asked.draft.plate) == ("rdoe", "Ofc. rdoe", "7JKT20")
    assert (asked.state, asked.waits) == (None, True)
    assert [e.subject for e in patrol.recorded() if e.kind is EventKind.ENTRY_ASKED] == ["one"]


@pytest.mark.clause("HOT-2", "HOT-4", "HOT-5")
def test_a_request_that_lacks_something_is_refused_with_all_of_it(patrol: Shift) -> None:
    """Every missing thing is told, each with what to do; nothing is kept, and the refusal is on record."""
    lacking = draft_of(patrol, facts="", offense="", vehicle=Vehicle(), expires_at=None)
    with pytest.raises(Refused, match="suspicion"):
        patrol.do(RequestEntry("one", lacking))
    told = [refused.reason for refused in patrol.said(CommandRefused)]
    assert told == ["suspicion_missing", "offense_missing", "vehicle_missing", "expiry_missing"]
    assert held(patrol) == ()
    assert patrol.recorded()[-1].body["missing"] == told


@pytest.mark.clause("PUR-4")
def test_a_prohibited_use_is_refused_by_name_and_on_record(patrol: Shift) -> None:
    """The attempt stands on record by its name, for a supervisor to look at."""
    with pytest.raises(Refused):
        patrol.do(RequestEntry("one", draft_of(patrol, purpose="personal_use")))
    attempt = next(e for e in patrol.recorded() if e.kind is EventKind.PURPOSE_REFUSED)
    assert (attempt.actor, attempt.body["use"]) == ("rdoe", "personal_use")


def test_nobody_asks_at_a_locked_screen_or_without_signing_in(patrol: Shift) -> None:
    """A request has a person behind it who is there."""
    patrol.do(LockScreen())
    with pytest.raises(Refused, match="locked"):
        patrol.do(RequestEntry("one", draft_of(patrol)))
    patrol.do(SignOut())
    with pytest.raises(NotSignedIn):
        patrol.do(RequestEntry("one", draft_of(patrol)))


def test_headquarters_word_is_taken_told_once_and_goes_when_it_is_old(patrol: Shift) -> None:
    """News is told, the same news is not, and what ended before the policy's days is not kept."""
    patrol.do(RequestEntry("one", draft_of(patrol)))
    refused = replace(held(patrol)[0], state=EntryState.REFUSED, words="No suspicion is stated", by="sgt.lee")
    patrol.do(TakeEntryNews((refused,)))
    (told,) = patrol.said(EntryRequestsChanged)[-1].requests
    assert (told.state, told.words, told.by, told.waits) == (EntryState.REFUSED, refused.words, "sgt.lee", False)
    count = len(patrol.said(EntryRequestsChanged))
    patrol.do(TakeEntryNews((refused,)))
    assert len(patrol.said(EntryRequestsChanged)) == count
    patrol.clock.advance(days=patrol.policy.retention.days.value + 1)
    patrol.do(TakeEntryNews(()))
    assert patrol.said(EntryRequestsChanged)[-1].requests == ()


def test_what_is_asked_stands_encrypted_and_in_no_log(patrol: Shift) -> None:
    """The plate that is asked for is in no file of the store in the clear."""
    patrol.do(RequestEntry("one", draft_of(patrol)))
    with closing(patrol.store.reader()):
        files = [path.read_bytes() for path in patrol.path.parent.iterdir() if path.is_file()]
    assert not any(b"7JKT20" in content for content in files)
