"""Every drill of the library, unattended: who does it right passes, who does it wrong fails for the named reason.

The same scenario gives the same record: it is held against the golden one in `drills/`. After a change that is meant,
run with MDT_GOLDEN=write and review the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mdt_app.domain.events import TRAINING_MARK
from mdt_app.services.scenarios import library, load_scenario
from tests.fakes.drilled import drilled, log_lines

GOLDEN = Path(__file__).parent / "drills"


def test_the_library_holds_the_real_failures():
    """At least fifteen drills, and each of the field's failures among them."""
    wanted = {
        "3-read-as-7",
        "same-number-other-state",
        "motorcycle-against-minivan",
        "recovered-still-listed",
        "dispatcher-says-no",
        "blurred-picture",
        "traffic-hides-the-plate",
        "o-and-zero",
        "swapped-plate",
        "wrong-category",
        "stale-list",
        "two-hits-at-once",
        "exigent",
        "link-lost-in-mid-check",
        "covert-entry",
        "prohibited-purpose",
    }
    assert wanted <= set(library())


@pytest.mark.clause("TRN-3")
@pytest.mark.parametrize("who", ["right", "wrong"])
@pytest.mark.parametrize("name", library())
def test_a_drill_comes_out_as_it_must(name: str, who: str):
    """The verdict, its reason, the word in every sound, the mark on every record, and the golden record itself."""
    verdict, events, heard = drilled(name, who)
    fails = load_scenario(name).trainees[who].fails
    assert (verdict.passed, verdict.reason) == (not fails, fails)
    assert all(event.body[TRAINING_MARK] == name and event.device == "TRAINING" for event in events)
    spoken = [one for one in heard if not one.startswith("tone ")]
    assert all(one.startswith("Training.") for one in spoken)
    # Never a tone before the word.
    assert [one.startswith("tone ") for one in heard] == [False, True] * (len(heard) // 2)
    golden, lines = GOLDEN / f"{name}-{who}.log", log_lines(events)
    if os.environ.get("MDT_GOLDEN") == "write":
        golden.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert golden.read_text(encoding="utf-8").splitlines() == lines
