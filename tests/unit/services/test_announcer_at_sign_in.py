"""What is heard when a shift is taken up again."""

from __future__ import annotations

from mdt_app.domain.commands import Ground, RecordRead, RequestStop, SignOut, StateGround
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import Pictures
from mdt_app.services.announcer import Announcer
from tests.fakes.car import Shift, make_read


class Heard:
    """A loudspeaker and a voice that keep what they were given."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def play(self, name: str) -> None:
        self.all.append(name)

    def say(self, text: str, english: str = "", after: str = "") -> None:
        self.all.append(text)


def test_a_stop_that_still_owes_steps_comes_back_without_a_sound(patrol: Shift):
    """It is raised again for the screens at sign-in; nobody is to hear it as a new hit."""
    patrol.do(RecordRead(make_read("4BXR91", captured_at=patrol.clock.now()), Pictures(b"", b"")))
    hit_id = patrol.said(HitRaised)[-1].hit.hit_id
    patrol.do(StateGround(hit_id, Ground.EXIGENT, "the driver fires at people"))
    patrol.do(RequestStop(hit_id, "locate"))
    patrol.do(SignOut())
    heard = Heard()
    patrol.core.subscribe(Announcer(heard, heard, str).hear)
    patrol.sign_in()
    assert patrol.said(HitRaised)[-1].hit.stop is not None
    assert heard.all == []
