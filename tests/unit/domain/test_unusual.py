"""The rules of unusual use: what each finds, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from mdt_app.domain.unusual import RULES, DutyHours, Finding, MemberPlate, Record, Search, findings, is_for, window
from mdt_app.services.policies import load_policy

RULES_IN_FORCE = load_policy("postc").unusual_use
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
TODAY = NOW.replace(hour=12)
EMPTY = Record((), {}, {}, (), NOW, lambda at: at)


def searches(count: int, by: str = "doe", at: datetime = TODAY, pattern: str = "", case: str = "26-1") -> list[Search]:
    """So many searches, a minute apart; each for another plate unless one is given."""
    made = (f"{by}-{at:%m%d%H}-{n}" for n in range(count))
    return [
        Search(name, by, at + timedelta(minutes=n), pattern or f"XX{n:04}{at:%d}", case) for n, name in enumerate(made)
    ]


def past(by: str, days: int, each: int = 1) -> list[Search]:
    """A steady past of so many days."""
    return [s for n in range(days, 0, -1) for s in searches(each, by, TODAY - timedelta(days=n))]


def found(held: list[Search], **known: object) -> list[Finding]:
    """What the rules find; every case has its report unless the test says otherwise."""
    record = replace(EMPTY, searches=tuple(sorted(held, key=lambda s: s.at)), **{"reported": {"26-1": NOW}, **known})
    return list(findings(record, RULES_IN_FORCE))


def rules(held: list[Search], **known: object) -> list[str]:
    return [finding.rule for finding in found(held, **known)]


@pytest.mark.clause("AUD-8")
def test_a_day_far_above_ones_own_past_stands_out() -> None:
    """Three times the usual is the bound, and a day with few searches never counts; without a past nothing is said."""
    assert rules(past("doe", 20, 4) + searches(13)) == ["own_rate"]
    assert rules(past("doe", 20, 4) + searches(12)) == []
    assert rules(past("doe", 20, 1) + searches(9)) == []
    assert rules(past("doe", 5, 1) + searches(13)) == []


@pytest.mark.clause("AUD-8")
def test_a_day_far_above_what_others_make_stands_out() -> None:
    """The peers' working days are the measure; whoever is alone has none."""
    others = past("roe", 10, 3) + past("poe", 10, 3)
    (one,) = [f for f in found(others + searches(12)) if f.rule == "peer_rate"]
    assert one.person == "doe"
    assert "12 searches on 2026-11-20" in one.words
    assert len(one.searches) == 12
    assert rules(others + searches(9)) == []
    assert rules(searches(30)) == []


@pytest.mark.clause("AUD-8")
def test_the_same_plate_again_and_again_is_found_once_without_the_plate() -> None:
    """Three within a week by one person; two, or three people, or three in a month, are no finding."""
    days = [TODAY - timedelta(days=n) for n in (6, 3, 0)]
    held = [s for at in days for s in searches(1, at=at, pattern="AB12345")]
    (one,) = found(held)
    assert one.rule == "same_plate"
    assert one.words == "3 searches for one plate within 7 days, case numbers: 1"
    assert "AB12345" not in repr(one)
    assert rules(held[:2]) == []
    assert rules([replace(s, by=f"p{n}") for n, s in enumerate(held)]) == []
    assert rules([replace(s, at=TODAY - timedelta(days=10 * n)) for n, s in enumerate(held)]) == []
    assert rules([replace(s, pattern="") for s in held]) == [], "what retention took is no plate"


@pytest.mark.clause("AUD-8")
def test_searches_outside_of_the_hours_on_duty_are_found() -> None:
    """Hours over midnight belong to the day on which they begin; an hour around them is left."""
    friday = DutyHours(frozenset({4}), time(22), time(6))  # 2026-11-20 is a Friday
    hours = {"doe": (friday,)}
    at = {"day": TODAY, "before": NOW.replace(hour=21, minute=5), "night": NOW + timedelta(hours=9)}
    assert rules(searches(1, at=at["day"]), hours=hours) == ["outside_duty"]
    assert rules(searches(1, at=at["before"]), hours=hours) == []
    assert rules(searches(1, at=at["night"]), hours=hours) == []
    assert rules(searches(1, at=at["night"] + timedelta(hours=3)), hours=hours) == ["outside_duty"]
    assert rules(searches(1, "roe"), hours=hours) == [], "nobody's hours are guessed"


@pytest.mark.clause("AUD-8")
def test_a_search_for_a_members_plate_is_found() -> None:
    """One's own and a colleague's are told apart; a wide search is no search for one plate."""
    listed = (MemberPlate("AB12345", "doe"), MemberPlate("CH1EF", "chief"))
    assert rules(searches(1, pattern="AB12345"), plates=listed) == ["own_plate"]
    assert rules(searches(1, pattern="CH1*"), plates=listed) == ["colleague_plate"]
    assert rules(searches(1, pattern="AB*"), plates=listed) == []
    assert rules(searches(1, "chief", pattern="CH?EF"), plates=listed) == ["own_plate"]


@pytest.mark.clause("AUD-8")
def test_a_search_without_a_later_report_is_found_once_its_days_are_over() -> None:
    """By case; a case with something on record is answered, and a fresh search is given its time."""
    old = searches(3, at=TODAY - timedelta(days=8), case="26-9")
    (one,) = found(old)
    assert (one.rule, len(one.searches)) == ("no_report", 3)
    assert "26-9" in one.words
    assert rules(old, reported={"26-9": NOW}) == []
    assert rules(searches(3, case="26-9")) == []
    assert rules(searches(1, at=TODAY - timedelta(days=8), case="")) == ["no_report"]


def test_the_same_finding_has_the_same_key_as_it_grows() -> None:
    """A day's count goes up and the finding stays one."""
    first, more = (found(past("doe", 20) + searches(count)) for count in (11, 14))
    assert first[0].key == more[0].key
    assert first[0].words != more[0].words


def test_wildcards_are_taken_as_the_search_takes_them() -> None:
    """Signs that mean something elsewhere mean nothing here."""
    assert is_for("AB1?345", "AB12345")
    assert not is_for("AB1", "AB12345")
    assert not is_for("AB12.45", "AB12345")
    assert not is_for("????????", "AB12345")


def test_the_window_holds_every_rule() -> None:
    """What the rules look at is read from the record."""
    assert window(RULES_IN_FORCE) > timedelta(days=28)
    assert set(RULES) >= {"own_rate", "peer_rate", "same_plate", "outside_duty", "members_plate", "no_report"}
