"""Drills on training records: put there by a trainer, read again, and by nobody for themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.errors import MdtError
from mdt_app.hq.accounts import acts
from mdt_app.hq.main import create_account
from mdt_app.sync.desk import DeskClient
from mdt_app.wiring.simulation_desktop import recorder_at
from tests.fakes.headquarters import KEY, Headquarters

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAILED = DrillResult(
    drill="3-read-as-7",
    version="0123456789abcdef",
    topics=("visual_verification",),
    passed=False,
    mistakes=("copied_the_reader", "stopped_wrongly"),
    verify_s=13.0,
    trainer="Sgt. Poe",
    at=NOW,
)


def officer(hq: Headquarters) -> str:
    """A new officer's user id."""
    user_id = f"o-{uuid4()}"
    create_account(
        hq.folder, key=KEY, user_id=user_id, name="O", role=Role.OFFICER, password="long enough", database=hq.database
    )
    return user_id


@pytest.mark.clause("TRN-1", "TRN-3")
def test_a_trainer_puts_drills_on_a_persons_record(hq: Headquarters) -> None:
    """What the desk's recorder sends stands there, the newest first, and as an act on the account; all may be read."""
    user_id = officer(hq)
    passed = DrillResult("exigent", "f" * 16, ("penalties",), True, (), None, "Sgt. Poe", NOW)
    record = recorder_at(hq.url, hq.desks[Role.TRAINER])
    record(user_id, FAILED)
    record(user_id, passed)
    for role in (Role.TRAINER, Role.AUDITOR, Role.SUPERVISOR):
        with DeskClient(hq.url, hq.desks[role]) as desk:
            assert [one.to_result() for one in desk.drills(user_id).drills] == [passed, FAILED]
    store = hq.store()
    assert [act for act, _ in acts(store, user_id)][-2:] == ["drilled", "drilled"]
    store.close()


@pytest.mark.clause("TRN-1")
def test_nobody_else_and_nobody_for_themselves(hq: Headquarters) -> None:
    """An officer's desk is refused, an unknown person too, and a trainer's own record takes no result of theirs."""
    user_id = officer(hq)
    with pytest.raises(MdtError):
        recorder_at(hq.url, hq.desks[Role.OFFICER])(user_id, FAILED)
    with pytest.raises(MdtError):
        recorder_at(hq.url, hq.desks[Role.TRAINER])("nobody-there", FAILED)
    with pytest.raises(MdtError):
        recorder_at(hq.url, hq.desks[Role.TRAINER])(Role.TRAINER.value, FAILED)
    with DeskClient(hq.url, hq.desks[Role.TRAINER]) as desk:
        assert desk.drills(user_id).drills == ()
