"""A drill put together: the very same core, store, devices' port and announcer, fed by a scenario and nothing else."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from cache.store import CacheStore, StoreReader
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.commands import Command, ConfirmDelivery, Redecide, SetAlertProfile
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.drills import DrillCar, DrillFault, FaultKind, Scenario, TrackPoint, along
from mdt_app.domain.events import Event
from mdt_app.domain.marking import Verdict, judge
from mdt_app.domain.notices import LinkChanged
from mdt_app.domain.plates import match_key
from mdt_app.domain.position import FixMode, PositionFix
from mdt_app.domain.reads import CharacterRead, ClockSource, Pictures, Read
from mdt_app.services.announcer import Announcer, Sound, Voice
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.context import Identity
from mdt_app.services.core import Core
from mdt_app.services.drill_player import DrillPlayer
from mdt_app.services.list_blocks import prepared
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.policies import load_policy
from mdt_app.services.scripted_trainee import ScriptedTrainee
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys
from mdt_app.services.settings import CarSettings
from mdt_app.services.simulated_clock import SimulatedClock
from mdt_app.wiring.car_devices import CarDevices
from mdt_app.wiring.drill_headquarters import DrillHeadquarters
from mdt_app.wiring.drill_records import DrillRecords

CAR_ID, ORI = "TRAINING", "CT0000000"
FOLDERS, LEFT_BEHIND_S = "mdt-training-", 24 * 3600.0
"""How a drill's folder is called, and after how long one that a killed drill left is removed."""
CAMERA, RECEIVER = "L", "position"
_UNREACHABLE = "http://training.invalid"
"""No machine can have this name (RFC 6761); nothing is sent to it either."""
_DELIVER_EVERY_S = 5.0
_MPS = 0.44704

Pictured = Callable[[DrillCar], tuple[Read | None, Pictures]]
"""Gives a car's pictures, and what the reader itself read in them (None: nothing, or nobody asked)."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Who drills: the id of the person's own account, and the name."""

    user_id: str = "trainee"
    name: str = "Trainee"


class Simulation:
    """One run of a drill. `start` opens it; what then happens is the player's. `stop` leaves nothing on the disk.

    `sound` and `voice` take what is announced (none: the machine's own, once `start` is called with `loud`).
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        trained: Trained | None = None,
        pictured: Pictured = lambda _: (None, Pictures()),
        speakers: tuple[Sound, Voice] | None = None,
    ) -> None:
        self.scenario, self.trained, self._pictured = scenario, trained or Trained(), pictured
        self.policy, self.codes, self.clock = load_policy(scenario.policy), load_code_tables(), SimulatedClock()
        self.player = DrillPlayer(self.clock)
        self.headquarters = DrillHeadquarters(scenario, self.policy, self.clock.now)
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDERS))
        self.key = secrets.token_bytes(32)
        self.store = CacheStore(self.folder / "store.db", self.key)
        self.core = Core(
            self.store,
            self.clock,
            self.policy,
            Identity(CAR_ID, ORI, training=scenario.name),
            Argon2Passwords(),
            TotpSecondFactor(),
            FidoSecurityKeys(),
            SignedBundles(self.headquarters.public_key),
        )
        self.core.records_check = DrillRecords(
            scenario, self.headquarters, self.player, self.clock, lambda: self.linked, self._do
        )
        self.devices = CarDevices(self._settings(), self.core.submit, self.core.tell)
        sound, voice = speakers or (self.devices.sound, self.devices.voice)
        self.announcer = Announcer(sound, voice, self.codes.state_name, training=True)
        self.core.subscribe(self.announcer.hear)
        self.began = self.clock.now()
        self.linked = self.seeing = True
        self._stopped = False

    def _settings(self) -> CarSettings:
        return CarSettings(
            car_id=CAR_ID,
            unit="TRAINING",
            ori=ORI,
            headquarters=_UNREACHABLE,
            headquarters_key=self.headquarters.public_key,
            policy=self.scenario.policy,
        )

    def speak(self, language: str, said: Callable[[str, str], str]) -> None:
        """Before the start: have the voice speak this language, with `said` for the words of the tables."""
        self.devices.voice.speak(language)
        self.announcer.said = said

    def start(self, *, loud: bool = False) -> None:
        """Open the car: accounts, lists, sign-in; then put all that happens on the road into the schedule."""
        self.core.start()
        if loud:
            self.devices.start()
        user = self.trained
        self._do(self.headquarters.accounts(CAR_ID, user.user_id, user.name))
        for hotlist, entries in self.headquarters.lists():
            self._do(prepared(hotlist, entries))
        self._do(self.headquarters.sign_in(user.user_id))
        if self.policy.alert_schedule is not None:
            self._do(SetAlertProfile(tuple(name for name in ALERTS if self.policy.alert_allowed(name))))
        self._say_camera(DeviceState.OK)
        self._say_link()
        self._schedule()

    def script(self, who: str) -> None:
        """Have the scripted trainee, 'right' or 'wrong', work this drill."""
        trainee = ScriptedTrainee(self.scenario.trainees[who], self.player, self.core.submit)
        self.core.subscribe(trainee.hear)

    def run(self) -> Verdict:
        """Run to the end at once, and mark it."""
        while self.player.step(self.scenario.seconds):
            self.settle()
        self.player.run_to(self.scenario.seconds)
        return self.verdict()

    def verdict(self) -> Verdict:
        """What the record comes to until now."""
        self.settle()
        return judge(self.scenario, self.events(), self.began, self.clock.now())

    def events(self) -> list[Event]:
        """All records of this drill, the oldest first, whether its headquarters has them yet or not."""
        waiting = [row.event for row in self._reader.outbox.pending(10_000)]
        known = {event.event_id for event in self.headquarters.records}
        return [*self.headquarters.records, *(event for event in waiting if event.event_id not in known)]

    def stop(self) -> None:
        """End the car, and leave nothing of it: its key was in memory alone. A second time does nothing."""
        if self._stopped:
            return
        self._stopped = True
        self.player.pause()
        self._reader.close()
        self.devices.stop()
        self.core.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def inject_car(self, car: DrillCar) -> None:
        """A car comes by now, beside what the scenario has."""
        self.scenario = replace(self.scenario, cars=(*self.scenario.cars, car))
        self.player.after(0.0, partial(self._pass, car))

    def inject_fault(self, kind: FaultKind, on: bool) -> None:
        """Something fails now, or works again."""
        self.player.after(0.0, partial(self._fail, kind, on))

    def _schedule(self) -> None:
        for car in self.scenario.cars:
            self.player.at(car.at_s, partial(self._pass, car))
        for fault in self.scenario.faults:
            self._schedule_fault(fault)
        for point in along(self.scenario.track):
            self.player.at(point.at_s, partial(self._drive, point))
        self.player.at(_DELIVER_EVERY_S, self._deliver)

    def _schedule_fault(self, fault: DrillFault) -> None:
        self.player.at(fault.at_s, partial(self._fail, fault.kind, True))
        if fault.until_s is not None:
            self.player.at(fault.until_s, partial(self._fail, fault.kind, False))

    def _pass(self, car: DrillCar) -> None:
        """The car is nearest: what the camera's process would send is sent. A camera that is out sees nothing."""
        if not self.seeing:
            return
        seen, pictures = self._pictured(car)
        read = seen if seen is not None and not car.reads else _given(car)
        own = replace(
            read,
            read_id=self.clock.new_id(),
            captured_at=self.clock.now(),
            camera_id=CAMERA,
            state=car.reads_state,  # the scenario's word, with a screen and without
        )
        self.devices.hear(CameraRead(own, pictures, 0.2))

    def _fail(self, kind: FaultKind, on: bool) -> None:
        if kind is FaultKind.LINK:
            self.linked = not on
            self._say_link()
        else:
            self.seeing = not on
            self._say_camera(DeviceState.FAULT if on else DeviceState.OK, "No picture for 3 s" if on else "")

    def _drive(self, point: TrackPoint) -> None:
        self.devices.hear(DeviceHealth(RECEIVER, DeviceKind.POSITION, DeviceState.OK))
        fix = PositionFix(
            RECEIVER, self.clock.now(), point.lat, point.lon, point.mph * _MPS, None, FixMode.THREE_D, 4.0
        )
        self.devices.hear(fix)

    def _say_camera(self, state: DeviceState, detail: str = "") -> None:
        self.devices.hear(DeviceHealth(CAMERA, DeviceKind.CAMERA, state, detail, rate_hz=15.0))

    @cached_property
    def _reader(self) -> StoreReader:
        """Of the one thread in which the drill is played."""
        return self.store.reader()

    def _say_link(self) -> None:
        pending = self._reader.outbox.count()
        words = "" if self.linked else "The link is down"
        self.core.tell(LinkChanged(self.linked, pending, self.clock.now(), words))

    def _deliver(self) -> None:
        """The sync's turn: what is on record goes to the drill's own headquarters while its link holds."""
        if self.linked:
            rows = self._reader.outbox.pending(500)
            if rows:
                self.core.submit(ConfirmDelivery(self.headquarters.take(rows)))
        self._say_link()
        self.player.after(_DELIVER_EVERY_S, self._deliver)

    def _do(self, command: Command) -> Future[None]:
        future = self.core.submit(command)
        future.exception()  # what the rules refuse is on record and on the screen
        return future

    def settle(self) -> None:
        """Wait until the core has done all that was asked of it, also what it asked of itself."""
        self._do(Redecide())


def _given(car: DrillCar) -> Read:
    """The read that the scenario gives, where the reader did not read for itself."""
    text = car.read_as
    return Read(
        read_id="",
        camera_id=CAMERA,
        captured_at=SimulatedClock().now(),
        clock=ClockSource.SYSTEM,
        raw_text=text,
        key=match_key(text),
        state=car.reads_state,
        confidence=0.91,
        characters=tuple(CharacterRead(c, 0.91) for c in text),
    )


def sweep(base: Path) -> None:
    """Remove what killed drills left behind a day ago or longer; its keys are gone with them."""
    for folder in base.glob(f"{FOLDERS}*"):
        if time.time() - folder.stat().st_mtime > LEFT_BEHIND_S:
            shutil.rmtree(folder, ignore_errors=True)
