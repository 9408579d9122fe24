"""Alert tones: plays a WAV of resources/sounds on the car's speaker."""

from __future__ import annotations

import wave
from importlib.resources import files
from types import ModuleType
from typing import cast

import numpy as np

from devices.speaker import Output, Speaker, Unavailable
from mdt_app.domain.devices import DeviceKind


class ToneSpeaker(Speaker):
    """Plays tones by name."""

    def __init__(self) -> None:
        super().__init__("sound", DeviceKind.SOUND, open_sound)

    def play(self, name: str) -> None:
        """Play resources/sounds/<name>.wav."""
        self.order(name)


def require_speaker() -> ModuleType:
    """Find the speaker and return what plays on it. Raises Unavailable with words for the screen."""
    try:
        import sounddevice  # here, because it fails to import where PortAudio is missing
    except OSError as error:
        raise Unavailable("PortAudio is missing") from error
    try:
        sounddevice.check_output_settings(samplerate=44_100, channels=1, dtype="int16")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise Unavailable("No speaker was found") from error
    return cast(ModuleType, sounddevice)


def open_sound() -> Output:
    """Get ready to play. Raises Unavailable."""
    sounddevice = require_speaker()

    def play(name: str) -> None:
        try:
            sounddevice.play(*_samples(name), blocking=True)
        except sounddevice.PortAudioError as error:
            raise Unavailable("The speaker was lost") from error

    return play


def _samples(name: str) -> tuple[np.ndarray[tuple[int], np.dtype[np.int16]], int]:
    with files("resources").joinpath("sounds", f"{name}.wav").open("rb") as raw, wave.open(raw) as file:
        return np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16), file.getframerate()
