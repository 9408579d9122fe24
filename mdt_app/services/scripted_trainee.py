"""A scripted trainee: does its acts one after the other through the core's port, as the screens do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.alerts import Feature, Hit, Seen, asked_features
from mdt_app.domain.drill_acts import Act
from mdt_app.domain.drills import Trainee
from mdt_app.domain.errors import Refused
from mdt_app.domain.outcomes import Disposition, NoStopReason
from mdt_app.domain.plates import match_key
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.services.drill_player import DrillPlayer

WAIT_MOST_S = 60.0
"""So long a trainee waits for a records check's answer; then it goes on without one."""
_LOOK_S = 1.0
_WAYS = {
    "exigent": c.Ground.EXIGENT,
    "suspicion": c.Ground.SUSPICION,
    "no status": c.Ground.STATUS_NOT_POSSIBLE,
}

Submit = Callable[[c.Command], Future[None]]


class ScriptedTrainee:
    """Begins `pause_s` after the first alert. What the core refuses is on record; the trainee goes on with the next."""

    def __init__(self, trainee: Trainee, player: DrillPlayer, submit: Submit) -> None:
        self._acts, self._pause_s = iter(trainee.acts), trainee.pause_s
        self._player, self._submit = player, submit
        self._hits: dict[str, Hit] = {}
        self._in_hand, self._begun, self._waited_s = "", False, 0.0

    def hear(self, notice: n.Notice) -> None:
        """Follow the hits as they change; the first alert sets the trainee going."""
        if isinstance(notice, n.HitRaised | n.HitChanged | n.StopRecorded):
            self._hits[notice.hit.hit_id] = notice.hit
        if isinstance(notice, n.HitRaised) and not self._begun:
            self._begun, self._in_hand = True, notice.hit.hit_id
            self._player.after(self._pause_s, self._next)

    def _next(self) -> None:
        act = next(self._acts, None)
        if act is None:
            return
        self._waited_s = 0.0
        if act.verb == "wait":
            self._wait(act)
        else:
            self._when_there(act)

    def _when_there(self, act: Act) -> None:
        """Do it; what is about a hit that has not come yet waits for it."""
        if act.verb == "verify" and not self._hit_on(act.part("plate")) and self._waited_s < WAIT_MOST_S:
            self._waited_s += _LOOK_S
            self._player.after(_LOOK_S, lambda: self._when_there(act))
            return
        self._do(act)
        self._player.after(self._pause_s, self._next)

    def _hit_on(self, plate: str) -> str:
        """The newest hit on a listed plate; the one in hand where none is named; empty where there is none."""
        if not plate:
            return self._in_hand
        same = [h.hit_id for h in self._hits.values() if match_key(h.match.entry.plate) == match_key(plate)]
        return same[-1] if same else ""

    def _wait(self, act: Act) -> None:
        if act.part("what") == "answer":
            self._look()
        else:
            self._player.after(float(act.part("what")), self._next)

    def _look(self) -> None:
        """Look at the screen each second for an answer."""
        answered = self._hits[self._in_hand].verification.status is not None
        self._waited_s += _LOOK_S
        again = not answered and self._waited_s < WAIT_MOST_S
        self._player.after(_LOOK_S, self._look if again else self._next)

    def _do(self, act: Act) -> None:
        for command in _COMMANDS[act.verb](self, act):
            try:
                self._submit(command).result()
            except Refused:
                continue  # on record, and the screen says why

    def _take(self, act: Act) -> list[c.Command]:
        """Open the verification, which asks for the status as the screen does."""
        self._in_hand = self._hit_on(act.part("plate")) or self._in_hand
        asked = self._hits[self._in_hand].verification.asked_at is not None
        return [] if asked else [c.AskStatus(self._in_hand)]

    def _see(self, act: Act) -> list[c.Command]:
        return [c.ConfirmPlate(self._in_hand, act.part("plate"), act.part("state"))]

    def _vehicle(self, act: Act) -> list[c.Command]:
        seen = Seen(act.part("seen").replace("cannot see", Seen.CANT_SEE))
        named = [Feature(act.part("feature"))] if act.part("feature") else asked_features(self._hits[self._in_hand])
        return [c.AnswerVehicle(self._in_hand, feature, seen) for feature in named]

    def _ask(self, _: Act) -> list[c.Command]:
        return [c.AskStatus(self._in_hand)]

    def _radio(self, act: Act) -> list[c.Command]:
        answer = CheckAnswer(act.part("answer").replace(" ", "_"))
        return [c.AnswerByRadio(self._in_hand, act.part("who"), answer)]

    def _because(self, act: Act) -> list[c.Command]:
        return [c.StateGround(self._in_hand, _WAYS[act.part("way")], act.part("facts"))]

    def _stop(self, act: Act) -> list[c.Command]:
        return [c.RequestStop(self._in_hand, act.part("purpose"), act.part("facts"))]

    def _outcome(self, act: Act) -> list[c.Command]:
        return [c.RecordDisposition(self._in_hand, Disposition(act.part("disposition")), act.part("facts"))]

    def _end(self, act: Act) -> list[c.Command]:
        return [c.EndWithoutStop(self._in_hand, NoStopReason(act.part("reason")))]

    def _tell(self, _: Act) -> list[c.Command]:
        return [c.AskRemoval(self._in_hand)]

    def _follow(self, _: Act) -> list[c.Command]:
        return [c.Follow(self._in_hand)]


_COMMANDS: Mapping[str, Callable[[ScriptedTrainee, Act], list[c.Command]]] = {
    "verify": ScriptedTrainee._take,
    "see": ScriptedTrainee._see,
    "vehicle": ScriptedTrainee._vehicle,
    "ask": ScriptedTrainee._ask,
    "radio": ScriptedTrainee._radio,
    "because": ScriptedTrainee._because,
    "stop": ScriptedTrainee._stop,
    "outcome": ScriptedTrainee._outcome,
    "end": ScriptedTrainee._end,
    "tell": ScriptedTrainee._tell,
    "follow": ScriptedTrainee._follow,
}
"""What each verb sends; 'wait' sends nothing."""
