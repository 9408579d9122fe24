"""From the alert to its end in few acts, at a person's pace; the table of docs/acts.md is what is counted here.

An act is one look and one thing done: a key, a touch, or one word typed in one go. Each takes 1.2 s of a clock that is
moved by hand, as does each wait for an answer that has not come: so seconds are a person's, not the machine's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.alerts import HitStatus
from mdt_app.domain.commands import Ground
from tests.fakes.cab import Cab
from ui.words import GROUNDS

Key = Qt.Key
GLANCE_S = 1.2
ANSWER_S = 6.0
"""How long NCIC's answer takes here; the officer goes on meanwhile and waits for it only at the end."""
PAGE = Path(__file__).parent.parent.parent / "docs" / "acts.md"
FACTS = "the driver fires at people in the street"


@dataclass
class Hands:
    """An officer's hands: each act takes its time."""

    cab: Cab
    acts: list[str] = field(default_factory=list)
    waited_s: float = 0.0

    def do(self, words: str, act: Callable[[], object]) -> None:
        """One act: look, then do."""
        self.cab.shift.clock.advance(seconds=GLANCE_S)
        act()
        self.acts.append(words)

    def key(self, words: str, key: Qt.Key) -> None:
        self.do(words, lambda: self.cab.key(key))

    def type(self, words: str, text: str) -> None:
        """One word in one go, with Enter at its end."""
        self.do(words, lambda: (self.cab.type(text), self.cab.key(Key.Key_Return)))

    @property
    def seconds(self) -> float:
        return len(self.acts) * GLANCE_S + self.waited_s

    def wait_for_ncic(self) -> None:
        """NCIC answers so long after the question; what of that is over already is not waited for."""
        done = len(self.acts) * GLANCE_S
        self.waited_s = max(0.0, ANSWER_S - done)
        self.cab.shift.clock.advance(seconds=self.waited_s)
        self.cab.answer()


def dismiss(hands: Hands) -> str:
    """The alert is no case for a stop: a reason, and it is on record."""
    hands.key("Dismiss (D)", Key.Key_D)
    hands.key("the reason: other vehicle (3)", Key.Key_3)
    return "no stop"


def no_stop_after_looking(hands: Hands) -> str:
    """The officer looks, and sees another plate than the list's."""
    hands.key("Verify (Enter)", Key.Key_Return)
    hands.cab.until(lambda: hands.cab.front == "verify" and hands.cab.window.screens["verify"].plate.hasFocus())
    hands.type("the plate as seen, Enter", "4BXR97")
    hands.type("its state, Enter", "CT")
    return "no stop"


def verified_stop(hands: Hands) -> str:
    """Everything by the steps: plate, state, four things of the vehicle, purpose, NCIC, stop."""
    cab, hit_id = hands.cab, hands.cab.window.screens["alert"].hit_id
    hands.key("Verify (Enter)", Key.Key_Return)
    cab.until(lambda: cab.front == "verify" and bool(cab.shift.asked))
    hands.type("the plate as seen, Enter", "4BXR91")
    hands.type("its state, Enter", "CT")
    cab.until(lambda: cab.hit(hit_id).verification.plate_seen is not None)
    for number, feature in enumerate(("make", "model", "color", "body"), 1):
        hands.key(f"{feature}: match (1)", Key.Key_1)
        cab.until(lambda number=number: len(cab.hit(hit_id).verification.features) == number)
    hands.key("the suggested purpose (F6)", Key.Key_F6)
    hands.wait_for_ncic()
    cab.until(lambda: "STOP: open" in cab.words)
    hands.key("STOP (F12)", Key.Key_F12)
    return "stop"


def exigent_stop(hands: Hands) -> str:
    """Exigent circumstances: the facts first, the steps after."""
    cab = hands.cab
    hands.key("Verify (Enter)", Key.Key_Return)
    cab.until(lambda: cab.front == "verify")
    hands.key("Other way (F3)", Key.Key_F3)
    hands.key("exigent (2)", Key.Key_2)
    cab.until(lambda: cab.front == "statement")
    hands.do("the facts in words, Enter", lambda: cab.state(FACTS))
    cab.until(lambda: cab.front == "verify" and "F6 takes it" in cab.words)
    hands.key("the suggested purpose (F6)", Key.Key_F6)
    cab.until(lambda: "Open by exigent" in cab.words)
    hands.key("STOP (F12)", Key.Key_F12)
    return "stop"


def follow(hands: Hands) -> str:
    """Traffic keeps the officer from comparing."""
    hands.key("Follow, can't verify (F)", Key.Key_F)
    return "following"


FLOWS: dict[str, tuple[Callable[[Hands], str], int]] = {
    "alert to 'no stop', dismissed": (dismiss, 4),
    "alert to 'no stop', other plate seen": (no_stop_after_looking, 4),
    "alert to a verified stop": (verified_stop, 10),
    "alert to an exigent stop": (exigent_stop, 10),
    "alert to 'following'": (follow, 4),
}
ENDS = {"no stop": HitStatus.NO_STOP, "stop": HitStatus.STOPPED, "following": HitStatus.FOLLOWING}


def walked(cab: Cab, flow: Callable[[Hands], str]) -> Hands:
    """Walk a flow from a new alert to its end on record."""
    hit_id, hands = cab.raise_hit(), Hands(cab)
    end = ENDS[flow(hands)]
    cab.until(lambda: cab.hit(hit_id).status is end)
    return hands


@pytest.mark.parametrize("name", list(FLOWS))
def test_each_flow_ends_in_few_acts_and_stands_in_the_table(cab: Cab, name: str):
    """No more acts than allowed, within twelve seconds and the wait for NCIC; docs/acts.md says the same numbers."""
    flow, most = FLOWS[name]
    hands = walked(cab.on_patrol(), flow)
    assert len(hands.acts) <= most, hands.acts
    assert hands.seconds <= 12.0
    line = table_line(name, hands, most)
    if os.environ.get("MDT_ACTS"):
        write_line(name, line)
    assert line in PAGE.read_text(encoding="utf-8").splitlines()


def table_line(name: str, hands: Hands, most: int) -> str:
    return f"| {name} | {len(hands.acts)} | {most} | {hands.seconds:.1f} s | {'; '.join(hands.acts)} |"


def write_line(name: str, line: str) -> None:
    """Put a flow's line in the page in place of the one before."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    kept = [old for old in lines if not old.startswith(f"| {name} |")]
    kept.insert(next(n for n, old in enumerate(kept) if old.startswith("|---")) + 1 + list(FLOWS).index(name), line)
    PAGE.write_text("\n".join(kept) + "\n", encoding="utf-8")


def test_every_way_around_is_named_in_words():
    """The flows above stand for the ways that a policy can have; a new one wants its own line."""
    assert set(GROUNDS) == set(Ground)
