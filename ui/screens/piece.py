"""The guided check of one piece: the picture and what it shows, the test plate, the speaker's loudness; on record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.equipment import (
    CAMERA_ASPECTS,
    LOUD_LEAST_DB,
    SPEAKER,
    Aspect,
    EquipmentChanged,
    EquipmentMeasured,
    Finding,
    LoudnessTold,
    RecordCheck,
    Result,
)
from mdt_app.domain.notices import CommandRefused, HealthChanged, ReadSeen
from mdt_app.domain.plates import match_key, spelled
from mdt_app.services.announcer import VOICE
from ui.equipment_words import ASPECTS, BY_EAR, TEST, finding_words, measured_words, standing_words
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.picture import Picture
from ui.widgets.text import label, panel, set_look
from ui.words import translated


class PieceScreen(Screen):
    """One piece (the screen's `hit_id` is its id). What was found stays while a hit takes the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: dict[str, dict[Aspect, Finding]] = {}
        self._kept: set[str] = set()
        self._sent = self._listening = False
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        self._title, self._standing = label("", "title"), label("", "fact", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._standing)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.picture = Picture(desk.theme, empty=self.tr("No picture of the camera yet"))
        row.addWidget(self.picture, 3)
        frame, inside = panel(margin=12)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(4)
        self._lines = {aspect: self._line(number, aspect) for number, aspect in enumerate(Aspect)}
        inside.addLayout(self._rows)
        inside.addStretch(1)
        row.addWidget(frame, 2)
        column.addLayout(row, 1)
        self._todo = label("", "lead", wrap=True)
        column.addWidget(self._todo)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Begin with a look; what was found before and is not on record is still there."""
        self.hit_id, fresh = hit_id, hit_id not in self._found
        self._found.setdefault(hit_id, {})
        self._sent = False
        self._say(self._guide())
        super().open(hit_id)
        if fresh and not self._speaker:
            self.picture.show_jpeg(b"")
            self._look()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, notice: object) -> None:
        """Findings come as notices; back once the check is on record."""
        if isinstance(notice, EquipmentMeasured) and notice.equipment_id in self._found:
            self._measured(notice)
        elif isinstance(notice, ReadSeen) and self.isVisible():
            self._read(notice)
        elif isinstance(notice, LoudnessTold) and SPEAKER in self._found:
            self._heard(notice)
        elif isinstance(notice, HealthChanged) and self._listening and self._speaker:
            self._say_if_mute()
        elif isinstance(notice, EquipmentChanged) and self._sent:
            self._sent = False
            self._found.pop(self.hit_id, None)
            self._kept.discard(self.hit_id)
            self._back()
        elif isinstance(notice, CommandRefused) and notice.command == "RecordCheck":
            self._sent = False
            self._say(f"{notice.words} {notice.remedy}", "hit")

    def refresh(self) -> None:
        """Show what was found so far."""
        name = self.tr("Speaker") if self._speaker else self.tr("Camera %1").replace("%1", self.hit_id)
        self._title.setText(self.tr("Check: %1").replace("%1", name))
        due = self.desk.model.due(self.hit_id, self.desk.context.now())
        self._standing.setText(standing_words(self.desk.model.standing(self.hit_id), due))
        self.picture.setVisible(not self._speaker)
        found = self._found.get(self.hit_id, {})
        for aspect, (name_line, result, measured) in self._lines.items():
            here = aspect in self._wanted
            words, tone = finding_words(found.get(aspect))
            result.setText(words)
            set_look(result, tone=tone)
            measured.setText(measured_words(found[aspect]) if aspect in found else "")
            for part in (name_line, result, measured):
                part.setVisible(here and bool(part.text()))

    def acts(self) -> tuple[Act, ...]:
        """What the check wants next; on record only once something was found."""
        back = Act("back", self.tr("Back"), "Esc", self._back, "quiet")
        repair = Act("repair", self.tr("Repair ..."), "R", lambda: self.desk.go("repair", self.hit_id), "quiet")
        words = self.tr("PUT ON RECORD")
        record = Act("record", words, "Return", self._record, "main", right=True, hint="Enter")
        ready = (record,) if self._found.get(self.hit_id) else ()
        return (back, repair, *(self._speaker_acts() if self._speaker else self._camera_acts()), *ready)

    @property
    def _speaker(self) -> bool:
        return self.hit_id == SPEAKER

    @property
    def _wanted(self) -> tuple[Aspect, ...]:
        return (Aspect.LOUDNESS,) if self._speaker else CAMERA_ASPECTS

    def _camera_acts(self) -> tuple[Act, ...]:
        return (
            Act("look", self.tr("Look again"), "L", self._look),
            Act("keep", self.tr("Keep as reference"), "K", self._keep, "quiet"),
            Act("not-read", self.tr("Test plate not read"), "N", self._not_read, "quiet"),
        )

    def _speaker_acts(self) -> tuple[Act, ...]:
        return (
            Act("play", self.tr("Play the tone"), "P", self._listen),
            Act("voice", self.tr("Hear the voice"), "V", self._speak, "quiet"),
            Act("heard", self.tr("I heard it"), "Y", lambda: self._by_ear(True)),
            Act("not-heard", self.tr("I did not hear it"), "N", lambda: self._by_ear(False), "quiet"),
        )

    def _voice_trouble(self) -> str:
        """Why the voice is not as it should be: silent, or without the officer's language."""
        voice = self._health(DeviceKind.VOICE)
        if voice is None or not voice.detail:
            return ""
        return self.tr("■ Voice: %1").replace("%1", translated(voice.detail, "devices"))

    def _health(self, kind: DeviceKind) -> DeviceHealth | None:
        return next((one for one in self.desk.model.health.values() if one.kind is kind), None)

    def _listen(self) -> None:
        """Have the tone played and measured. What can't play tells no loudness: that is said, as it comes."""
        self._listening = True
        self._say(self._guide())
        self._say_if_mute()
        self.desk.context.equipment.listen()

    def _say_if_mute(self) -> None:
        sound = self._health(DeviceKind.SOUND)
        if sound is not None and sound.state is not DeviceState.OK:
            why = translated(sound.detail, "devices") if sound.detail else self.tr("it does not play yet")
            self._say(self.tr("■ Sound: %1").replace("%1", why), "hit")

    def _speak(self) -> None:
        spell = spelled(self.desk.context.equipment.test_plate)
        self.desk.context.equipment.say(f"{translated(TEST, VOICE)}. {spell}.", f"{TEST}. {spell}.")

    def _line(self, number: int, aspect: Aspect) -> tuple[QLabel, QLabel, QLabel]:
        name, result = label(translated(ASPECTS[aspect]), "body"), label("", "body")
        measured = label("", "label", wrap=True)
        self._rows.addWidget(name, 2 * number, 0)
        self._rows.addWidget(result, 2 * number, 1)
        self._rows.addWidget(measured, 2 * number + 1, 0, 1, 2)
        return name, result, measured

    def _guide(self) -> str:
        if self._speaker:
            guide = self.tr("Play the tone. Where no microphone measures it, say whether you heard it.")
            return "\n".join(filter(None, (guide, self._voice_trouble())))
        desk = self.desk.context.equipment
        words = self.tr("Hold the test plate %1 at %2 m before the camera; its read is noted by itself.")
        return words.replace("%1", desk.test_plate).replace("%2", f"{desk.test_distance_m:g}")

    def _look(self) -> None:
        self.desk.context.equipment.look(self.hit_id)

    def _keep(self) -> None:
        self.desk.context.equipment.keep_reference(self.hit_id)
        self._say(self.tr("The next picture becomes the reference ..."))

    def _measured(self, told: EquipmentMeasured) -> None:
        """Once a reference was kept, where the camera looks is the next check's matter; a view that failed stays so."""
        before = self._found[told.equipment_id].get(Aspect.ALIGNMENT)
        if told.kept:
            self._kept.add(told.equipment_id)
        for finding in told.findings:
            settled = told.equipment_id in self._kept and (
                not told.kept or (before is not None and before.result is Result.FAILED)
            )
            if finding.aspect is not Aspect.ALIGNMENT or not settled:
                self._note(told.equipment_id, finding)
        if told.equipment_id == self.hit_id:
            self.picture.show_jpeg(told.picture)
            self._say(self._told(told), "hit" if told.trouble else "")
            self.desk.refresh()

    def _told(self, told: EquipmentMeasured) -> str:
        """What to do after a look."""
        if told.trouble:
            words = self.tr("%1 Check the camera's power and cable, then look again; or put it on record as it is.")
            return words.replace("%1", translated(told.trouble, "findings"))
        if told.kept:
            return self.tr("This view is now the reference. Put it on record; the next check compares with it.")
        return self._guide()

    def _read(self, seen: ReadSeen) -> None:
        """A read of the test plate by this camera."""
        desk, read = self.desk.context.equipment, seen.read
        if read.camera_id == self.hit_id and read.key == match_key(desk.test_plate):
            sure = f", {read.confidence:.0%}" if read.confidence is not None else ""
            words = f"{desk.test_plate} read at {desk.test_distance_m:g} m{sure}"
            self._note(self.hit_id, Finding(Aspect.TEST_PLATE, Result.PASSED, words))
            self.desk.refresh()

    def _not_read(self) -> None:
        desk = self.desk.context.equipment
        words = f"{desk.test_plate} not read at {desk.test_distance_m:g} m"
        self._note(self.hit_id, Finding(Aspect.TEST_PLATE, Result.FAILED, words))
        self.desk.refresh()

    def _heard(self, told: LoudnessTold) -> None:
        self._listening = False
        if told.above_db is None:
            unheard = translated(told.detail, "devices")
            self._say(unheard or self.tr("No microphone measures it: did you hear it?"))
            return
        words = f"{told.above_db:.0f} dB above the quiet, at least {LOUD_LEAST_DB:.0f}"
        result = Result.PASSED if told.above_db >= LOUD_LEAST_DB else Result.FAILED
        self._note(SPEAKER, Finding(Aspect.LOUDNESS, result, words))
        self._say(self._guide())
        self.desk.refresh()

    def _by_ear(self, heard: bool) -> None:
        result = Result.PASSED if heard else Result.FAILED
        self._note(SPEAKER, Finding(Aspect.LOUDNESS, result, BY_EAR[result]))
        self.desk.refresh()

    def _note(self, equipment_id: str, finding: Finding) -> None:
        self._found.setdefault(equipment_id, {})[finding.aspect] = finding

    def _record(self) -> None:
        found = self._found.get(self.hit_id, {})
        self._sent = True
        self.desk.send(RecordCheck(self.hit_id, tuple(found.values())))

    def _say(self, words: str, tone: str = "") -> None:
        self._todo.setText(words)
        set_look(self._todo, tone=tone)

    def _back(self) -> None:
        self.desk.go("equipment", "")
