"""The voice speaks the officer's language where the machine has such a voice, else English, and says so."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from devices.voice import voice_for, words_of
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.equipment import SPEAKER, Aspect, EquipmentMeasured, Finding, Result
from mdt_app.domain.notices import HealthChanged, HitRaised
from mdt_app.services.announcer import Announcer
from tests.fakes.cab import Cab
from tests.fakes.speakers import Heard
from ui.context import EquipmentDesk
from ui.language import speak, spoken
from ui.words import translated

Key = Qt.Key
NO_SPANISH = "It speaks English: this machine has no voice for your language"


@dataclass
class Voice:
    """A voice as an engine tells of it."""

    id: str
    name: str
    languages: list[str | bytes] = field(default_factory=list)


ESPEAK = (Voice("roa/es", "Spanish (Spain)", ["es"]), Voice("roa/es-419", "Spanish (Latin America)", ["es-419"]))
OLD = (Voice("english", "english", [b"\x05en"]), Voice("spanish", "spanish", [b"\x05es"]))
WINDOWS = (
    Voice("ZIRA", "Microsoft Zira Desktop - English (United States)"),
    Voice("SABINA", "Sabina - Spanish (Mexico)"),
)


@pytest.mark.parametrize(
    ("voices", "language", "chosen"),
    [
        (ESPEAK, "es", "roa/es-419"),
        (OLD, "es", "spanish"),
        (WINDOWS, "es", "SABINA"),
        (WINDOWS, "en", "ZIRA"),
        (WINDOWS[:1], "es", ""),
        ((), "es", ""),
    ],
)
def test_the_nearest_voice_of_the_language_is_taken(voices, language: str, chosen: str):
    """By codes, by codes with an age before them, or by the name; American Spanish goes before that of Spain."""
    assert voice_for(language, voices) == chosen


def test_this_machines_own_engine_has_the_voices_that_are_taken():
    """The engine that the car uses tells of voices in the shape that is expected here."""
    pyttsx3 = pytest.importorskip("pyttsx3")
    try:
        voices = pyttsx3.init().getProperty("voices")
    except (OSError, RuntimeError, ImportError) as error:
        pytest.skip(f"no speech engine here: {type(error).__name__}")
    assert voice_for("en", voices)


def test_an_alert_is_spoken_in_spanish_with_english_for_a_voice_that_knows_no_other(cab_under):
    """Both go to the voice; which one is said is the engine's to decide."""
    cab: Cab = cab_under("postc", language="es")
    heard = Heard()
    announcer = Announcer(heard, heard, cab.context.codes.state_name)
    announcer.said = translated
    cab.on_patrol()
    cab.raise_hit()
    announcer.hear(cab.shift.said(HitRaised)[-1])
    assert heard.said == ["Vehículo robado. Connecticut. 4 B X R 9 1."]
    assert heard.english == ["Stolen vehicle. Connecticut. 4 B X R 9 1."]
    assert heard.after == heard.tones == ["high"], "the voice begins when its tone is through"
    order = f"{heard.said[0]}\n{heard.english[0]}"
    assert [words_of(order, fluent=fluent) for fluent in (True, False)] == [heard.said[0], heard.english[0]]


def test_the_equipment_check_says_that_the_voice_knows_no_spanish(qtbot, shift):
    """The bar says 'in English' in amber, the speaker's check says why, and V lets the voice be heard."""
    asked: list[tuple[str, str]] = []
    cab = Cab(qtbot, shift, language="es", equipment=EquipmentDesk(say=lambda *texts: asked.append(texts)))
    cab.on_patrol()
    cab.shift.core.tell(HealthChanged(DeviceHealth("voice", DeviceKind.VOICE, DeviceState.OK, NO_SPANISH)))
    cab.until(lambda: "en inglés" in cab.words)
    cab.key(Key.Key_E)
    cab.key(Key.Key_1)
    assert cab.front == "piece"
    assert cab.window.screens["piece"].hit_id == SPEAKER
    assert "■ Voz: Habla en inglés: este equipo no tiene voz en español" in cab.words
    cab.key(Key.Key_V)
    assert asked == [("Esta es una prueba de la voz. T E S T 1 2 3.", "This is a test of the voice. T E S T 1 2 3.")]


def test_what_was_measured_is_said_in_spanish_and_stays_english_on_record(qtbot, shift):
    """Numbers, limits and directions of a finding stand in the officer's language."""
    cab = Cab(qtbot, shift, language="es")
    cab.on_patrol()
    cab.window.go("piece", "L")
    words = "shifted 1.2 degrees right, 0.4 down, at most 2.0; tilted +0.3, at most 1.5"
    finding = Finding(Aspect.ALIGNMENT, Result.PASSED, words)
    cab.shift.core.tell(EquipmentMeasured("L", (finding,), b"", reference=True))
    said = "desviada 1.2 grados a la derecha, 0.4 hacia abajo, máximo 2.0; inclinada +0.3, máximo 1.5"
    cab.until(lambda: said in cab.words)


def test_the_language_in_force_is_known(qapp: QApplication):
    """What was spoken last is what the voice is asked for."""
    speak(qapp, "es")
    assert spoken() == "es"
    speak(qapp, "en")
    assert spoken() == "en"
