"""How loud a tone is in the car: how far it stands above the quiet before it, by the machine's own microphone."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import numpy.typing as npt

from mdt_app.domain.equipment import SPEAKER, LoudnessTold

QUIET_S = 0.5
"""Listened to before the tone begins."""
_LATE_S = 0.15
"""What a sound card may hold back: this much around the tone's beginning counts for neither."""
_LOUDEST = 0.75
"""The tone has pauses: the loudest quarter of its moments is the tone."""
_MOMENT_S = 0.05
_FLOOR_DB = -90.0

Samples = npt.NDArray[np.int16]


def above_quiet_db(heard: Samples, rate: int) -> float:
    """Return how many decibels the tone stands above the quiet: QUIET_S of it come first, then the tone."""
    begin = int(QUIET_S * rate)
    late = int(_LATE_S * rate)
    quiet = _levels_db(heard[: max(1, begin - late)], rate)
    tone = _levels_db(heard[begin + late :], rate)
    return float(np.quantile(tone, _LOUDEST) - np.quantile(quiet, 0.5))


def play_and_listen(sounddevice: ModuleType, tone: Samples, rate: int) -> LoudnessTold:
    """Play a tone after a moment of quiet, and measure it; only played where there is no microphone.

    Raises sounddevice's own error when the speaker is lost.
    """
    silence: Samples = np.zeros(int(QUIET_S * rate), np.int16)
    whole: Samples = np.concatenate([silence, tone])
    if not _has_microphone(sounddevice, rate):
        sounddevice.play(whole, rate, blocking=True)
        return LoudnessTold(SPEAKER, None)
    heard = sounddevice.playrec(whole, rate, channels=1, dtype="int16", blocking=True)
    samples: Samples = np.asarray(heard, np.int16).reshape(-1)
    if not samples.any():
        return LoudnessTold(SPEAKER, None, "The microphone hears nothing at all: did you hear the tone?")
    return LoudnessTold(SPEAKER, round(above_quiet_db(samples, rate), 1))


def _has_microphone(sounddevice: ModuleType, rate: int) -> bool:
    try:
        sounddevice.check_input_settings(samplerate=rate, channels=1, dtype="int16")
    except (sounddevice.PortAudioError, ValueError):
        return False
    return True


def _levels_db(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """The level of each moment, in decibels below full scale."""
    size = max(1, int(_MOMENT_S * rate))
    whole = samples[: max(size, len(samples) // size * size)].astype(np.float64) / 32_768
    moments = np.resize(whole, (max(1, len(whole) // size), size))
    power = np.sqrt(np.mean(moments**2, axis=1))
    levels: npt.NDArray[np.float64] = 20 * np.log10(np.maximum(power, 10 ** (_FLOOR_DB / 20)))
    return levels
