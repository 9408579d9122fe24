"""Alert tones: plays a WAV of resources/sounds on the car's speaker, and measures how loud it is."""

from __future__ import annotations

import wave
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import cast

import numpy as np

from devices.loudness import Samples, play_and_listen
from devices.speaker import Output, Speaker, Unavailable
from mdt_app.domain.devices import DeviceKind, DeviceMessage
from mdt_app.domain.equipment import SPEAKER

_LISTEN = "listen: "
_LOUDEST_TONE = "high"


class ToneSpeaker(Speaker):
    """Plays tones by name."""

    def __init__(self) -> None:
        super().__init__(SPEAKER, DeviceKind.SOUND, open_sound)

    def play(self, name: str) -> None:
        """Play resources/sounds/<name>.wav."""
        self.order(name)

    def listen(self) -> None:
        """Play the most urgent tone and measure it; LoudnessTold says what was heard."""
        self.order(_LISTEN + _LOUDEST_TONE)


def require_speaker() -> ModuleType:
    """Find the speaker and return what plays on it. Raises Unavailable with words for the screen.

    PortAudio looks for devices once, at its start: it is started anew, so that a speaker that comes back is found.
    """
    try:
        import sounddevice  # here, because it fails to import where PortAudio is missing
    except OSError as error:
        raise Unavailable("PortAudio is missing") from error
    try:
        sounddevice._terminate()
        sounddevice._initialize()
        sounddevice.check_output_settings(samplerate=44_100, channels=1, dtype="int16")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise Unavailable("No speaker was found") from error
    return cast(ModuleType, sounddevice)


def open_sound() -> Output:
    """Get ready to play. Raises Unavailable."""
    sounddevice = require_speaker()

    def play(order: str) -> DeviceMessage | None:
        samples, rate = _samples(order.removeprefix(_LISTEN))
        try:
            if order.startswith(_LISTEN):
                return play_and_listen(sounddevice, samples, rate)
            sounddevice.play(samples, rate, blocking=True)
        except sounddevice.PortAudioError as error:
            raise Unavailable("The speaker was lost") from error
        return None

    return play


@cache
def tone_seconds(name: str) -> float:
    """How long a tone lasts, in seconds."""
    samples, rate = _samples(name)
    return len(samples) / rate


def _samples(name: str) -> tuple[Samples, int]:
    with files("resources").joinpath("sounds", f"{name}.wav").open("rb") as raw, wave.open(raw) as file:
        return np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16), file.getframerate()
