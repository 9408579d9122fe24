"""Makes the alert tones: bursts in the manner of IEC 60601-1-8, written as WAV files into resources/sounds."""

from __future__ import annotations

import wave
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 44_100
HARMONICS = (1.0, 0.8, 0.7, 0.6, 0.5, 0.4)
"""Strength of the fundamental and its harmonics: at least four lie in 300-4000 Hz within 15 dB of one another."""

Pulse = tuple[float, float, float]
"""A pulse: pitch in hertz, length in seconds, and the pause after it."""

_HALF_HIGH: Sequence[Pulse] = (
    (587, 0.13, 0.06),
    (587, 0.13, 0.06),
    (784, 0.13, 0.2),
    (587, 0.13, 0.06),
    (784, 0.13, 0.4),
)
TONES: Mapping[str, Sequence[Pulse]] = {
    "high": (*_HALF_HIGH, *_HALF_HIGH),
    "medium": ((523, 0.2, 0.15), (523, 0.2, 0.15), (659, 0.2, 0.0)),
    "low": ((440, 0.25, 0.2), (349, 0.25, 0.0)),
    "refused": ((196, 0.18, 0.08), (196, 0.3, 0.0)),
    "confirmed": ((523, 0.1, 0.02), (784, 0.2, 0.0)),
}


def burst(pulses: Sequence[Pulse]) -> NDArray[np.int16]:
    """The samples of a burst: mono, 16 bit, RATE_HZ a second."""
    parts = [
        part for pitch, length, pause in pulses for part in (_pulse(pitch, length), np.zeros(int(pause * RATE_HZ)))
    ]
    signal = np.concatenate(parts)
    loudest = float(np.max(np.abs(signal)))
    samples: NDArray[np.int16] = (signal / loudest * 0.9 * 32_767).astype(np.int16)
    return samples


def write_tones(folder: Path) -> None:
    """Write each tone as `<name>.wav`."""
    for name, pulses in TONES.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(burst(pulses).astype("<i2").tobytes())


def _pulse(pitch: float, length: float) -> NDArray[np.float64]:
    """One pulse with soft edges of a fifth of its length, so that it does not click."""
    t = np.arange(int(length * RATE_HZ)) / RATE_HZ
    tone = sum(strength * np.sin(2 * np.pi * pitch * n * t) for n, strength in enumerate(HARMONICS, 1))
    edge = np.clip(np.minimum(t, length - t) / (length * 0.2), 0.0, 1.0)
    return np.asarray(tone * edge)


if __name__ == "__main__":
    write_tones(Path(__file__).parent.parent / "resources" / "sounds")
