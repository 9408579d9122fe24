"""A camera that reads less and less is told; a red light, an empty road and a parked car are not."""

from __future__ import annotations

import pytest

from mdt_app.domain.read_rates import BEFORE_S, RECENT_S, ReadRates

HOUR = 3600.0


def evenly(start: float, end: float, rate: float) -> list[float]:
    """Moments between two others, so many a minute."""
    count = round(rate * (end - start) / 60)
    return [start + (number + 0.5) * (end - start) / count for number in range(count)]


def drive(**cameras: tuple[float, float]) -> tuple[ReadRates, float]:
    """An hour with so many reads a minute, of which the last five minutes have others; ends at the hour."""
    made = [
        (at, camera)
        for camera, (before, now) in cameras.items()
        for start, end, rate in ((0.0, HOUR - RECENT_S, before), (HOUR - RECENT_S, HOUR, now))
        for at in evenly(start, end, rate)
    ]
    rates = ReadRates()
    for at, camera in sorted(made):
        rates.count(camera, at)
    return rates, HOUR


CASES = [
    ({"L": (12.0, 0.0), "R": (12.0, 11.0)}, ["L"]),
    ({"L": (12.0, 2.0), "R": (10.0, 6.0)}, ["L"]),
    ({"L": (12.0, 7.0), "R": (12.0, 12.0)}, []),
    ({"L": (12.0, 0.0), "R": (12.0, 0.0)}, []),
    ({"L": (1.0, 0.0), "R": (12.0, 12.0)}, []),
    ({"L": (12.0, 0.5)}, ["L"]),
]


@pytest.mark.parametrize(("cameras", "told"), CASES)
def test_a_fall_is_told_where_the_others_still_read(cameras, told):
    """One of two, nearly one of two, half a fall, both at once, too few before, one alone."""
    rates, now = drive(**cameras)
    assert [drop.camera_id for drop in rates.drops(now)] == told


def test_nothing_is_told_at_the_beginning_and_after_a_new_session():
    """Ten minutes have to pass before there is something to compare with."""
    rates = ReadRates()
    for number in range(100):
        rates.count("L", number)
    assert rates.drops(RECENT_S) == ()
    rates, now = drive(L=(12.0, 0.0), R=(12.0, 12.0))
    rates.forget()
    assert rates.drops(now) == ()


def test_counts_of_hours_ago_are_let_go():
    """A shift of twelve hours keeps no more than the last half hour."""
    rates = ReadRates()
    for second in range(0, 12 * 3600, 3):
        rates.count("L", float(second))
    assert len(rates._times["L"]) <= (RECENT_S + BEFORE_S) / 3 + 1
