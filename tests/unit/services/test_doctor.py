"""The doctor: each part's state, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mdt_app.domain.errors import StorageFault
from mdt_app.domain.hotlist import HotList
from mdt_app.services import doctor
from mdt_app.services.doctor import Judged, State

NOW = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
GIB = 1 << 30


def a_list(hours: float) -> HotList:
    return HotList("ncic", "NCIC", "NCIC", NOW - timedelta(hours=hours), 2, "0" * 64)


@pytest.mark.parametrize(
    ("judged", "state"),
    [
        (doctor.room(100 * GIB, 200 * GIB, GIB), State.OK),
        (doctor.room(5 * GIB, 200 * GIB, GIB), State.WARN),
        (doctor.room(GIB // 2, 200 * GIB, GIB), State.FAIL),
        (doctor.clock(NOW, NOW - timedelta(hours=1), NOW), State.OK),
        (doctor.clock(NOW, None, NOW), State.UNKNOWN),
        (doctor.clock(NOW, NOW + timedelta(hours=1), None), State.FAIL),
        (doctor.clock(NOW, None, NOW + timedelta(days=3)), State.FAIL),
        (doctor.lists([], NOW, 24), State.FAIL),
        (doctor.lists([a_list(3), a_list(30)], NOW, 24), State.WARN),
        (doctor.lists([a_list(3)], NOW, 24), State.OK),
        (doctor.outbox(3, 0), State.OK),
        (doctor.outbox(9_000, 0), State.WARN),
        (doctor.outbox(0, 1), State.FAIL),
    ],
)
def test_each_state_comes_with_what_to_do(judged, state):
    """All is well without words; anything else says what to do next."""
    assert judged.state is state
    assert judged.found
    assert bool(judged.do) is (state is not State.OK)


def broken() -> Judged:
    raise StorageFault("The store can't be opened.", "Check the disk.")


def defect() -> Judged:
    raise ZeroDivisionError


def test_one_sick_part_keeps_no_other_from_being_examined():
    """A probe that raises is its part's failure, with the words of the error; the others are examined all the same."""
    checks = doctor.examine({"store": broken, "odd": defect, "fine": lambda: Judged(State.OK, "well")})
    assert [(c.part, c.state) for c in checks] == [("store", State.FAIL), ("odd", State.FAIL), ("fine", State.OK)]
    assert checks[0].do == "Check the disk."
    assert doctor.worst(checks) is State.FAIL
    assert doctor.worst(checks[2:]) is State.OK
    lines = "\n".join(doctor.table(checks))
    assert "-> Check the disk." in lines
    assert doctor.as_json(checks)["state"] == "fail"
