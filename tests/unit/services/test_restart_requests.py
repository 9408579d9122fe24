"""What a restart of the car cut off: asked again under its own id, or shown as unanswered; never lost silently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mdt_app.domain.commands import (
    AskStatus,
    RecordRead,
    RequestConfirmation,
    ResumeRequests,
    TakeConfirmation,
)
from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HitChanged, HitRaised
from mdt_app.domain.reads import Pictures
from mdt_app.domain.records_check import CheckAnswer, ConfirmationResponse
from mdt_app.services.on_restart import SOURCE
from tests.fakes.car import Shift, make_read


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A car with a hit, whose officer has asked for the status and for confirmation."""
    car = Shift(tmp_path / "store.db")
    car.prepare()
    car.do(RecordRead(make_read("4BXR91"), Pictures()))
    hit_id = car.said(HitRaised)[-1].hit.hit_id
    car.do(AskStatus(hit_id))
    car.do(RequestConfirmation(hit_id, Urgency.URGENT))
    yield car
    car.core.stop()


def again(shift: Shift) -> HitChanged | None:
    """Restart the car; return what is told of the hit."""
    shift.restart()
    shift.asked.clear()
    shift.confirmations.clear()
    shift.notices.clear()
    shift.do(ResumeRequests())
    return next(iter(shift.said(HitChanged)), None)


@pytest.mark.clause("STP-6")
def test_an_open_request_is_asked_again_and_an_open_check_is_unanswered(shift: Shift) -> None:
    """The request goes out under its own id; the check is 'no response', on record, and nobody's name is used."""
    (before,) = shift.confirmations
    told = again(shift)
    assert shift.confirmations == [before]
    assert shift.asked == []
    assert told is not None
    assert (told.hit.verification.status.answer, told.hit.verification.status.by) == (CheckAnswer.NO_RESPONSE, SOURCE)
    assert [event.kind for event in shift.recorded()].count(EventKind.CHECK_ANSWERED) == 1
    assert again(shift) is None, "a second restart has nothing to say of the check"


@pytest.mark.clause("STP-6")
@pytest.mark.parametrize("answered", [True, False], ids=["answered", "overdue"])
def test_what_is_answered_or_overdue_is_not_asked_again(shift: Shift, answered: bool) -> None:
    """An answer on record is the answer; what ran out stands as overdue, and the officer decides."""
    (query,) = shift.confirmations
    if answered:
        reply = ConfirmationResponse(
            "r1", query.request_id, query.hit_id, ConfirmationAnswer.CONFIRMED, "SGT POE", shift.clock.now()
        )
        shift.do(TakeConfirmation(reply))
    else:
        shift.clock.advance(minutes=11)
    again(shift)
    assert shift.confirmations == []
