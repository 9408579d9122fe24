"""Above the policy's speed pages that need reading wait; the alert comes all the same, and nothing typed is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mdt_app.domain.position import FixMode, PositionFix, PositionTold
from tests.fakes.cab import Cab
from ui.screens.driving import MPH_A_MPS, SpeedLock

Key = Qt.Key
TYPED = "the driver fires at people"


def drive(cab: Cab, mph: float | None) -> None:
    """The receiver tells a speed; None: it has lost its fix."""
    if mph is None:
        cab.shift.core.tell(PositionTold(PositionFix("position", None, mode=FixMode.NONE)))
        return
    fix = PositionFix("position", None, 41.7, -72.6, speed_mps=mph / MPH_A_MPS, mode=FixMode.THREE_D)
    cab.shift.core.tell(PositionTold(fix))


def test_a_statement_waits_while_the_car_is_fast_and_is_there_again(cab: Cab):
    """At 40 mph the page is gone and says when it comes back; at 20 mph it stands there with all that was typed."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F3)
    cab.key(Key.Key_2)
    cab.until(lambda: cab.front == "statement")
    cab.type(TYPED)
    drive(cab, 40)
    cab.until(lambda: "Too fast to read" in cab.words)
    assert "Below 25 mph" in cab.words
    assert not cab.window.screens["statement"].isVisible()
    assert list(cab.window.act_bar._keys) == ["back"]
    drive(cab, 20)
    cab.until(cab.window.screens["statement"].isVisible)
    assert cab.window.screens["statement"].field.toPlainText() == TYPED


def test_an_alert_takes_the_screen_at_any_speed(cab: Cab):
    """The list of hits is locked at 60 mph; a hit comes to the front, and can be verified by its keys."""
    cab.on_patrol()
    drive(cab, 60)
    cab.key(Key.Key_H)
    cab.until(lambda: "Too fast to read" in cab.words)
    cab.raise_hit()
    assert "▲ STOLEN VEHICLE" in cab.words
    cab.open_verification()
    assert cab.window.screens["verify"].isVisible()


def test_a_lost_position_locks_nothing(cab: Cab):
    """Without a fix the speed is not known: pages open."""
    cab.on_patrol()
    drive(cab, 60)
    drive(cab, None)
    cab.key(Key.Key_H)
    cab.until(cab.window.screens["hits"].isVisible)
    assert cab.front == "hits"


def test_the_lock_does_not_come_and_go_at_the_limit():
    """It shuts above 25 mph and opens below 22; a policy of 0 never shuts."""
    lock, free = SpeedLock(25), SpeedLock(0)
    speeds = (24.0, 26.0, 24.0, 21.0, 24.0)
    assert [(lock.hear(mph / MPH_A_MPS), lock.shut)[1] for mph in speeds] == [False, True, True, False, False]
    assert not any((free.hear(mph), free.shut)[1] for mph in speeds)
