"""The alert tones: as they were made, and as an alarm has to be."""

from __future__ import annotations

import wave
from importlib.resources import files

import numpy as np
import pytest

from devices.tones import RATE_HZ, TONES, burst, write_tones
from mdt_app.domain.alert_table import ALERTS


def test_the_files_are_what_the_program_makes(tmp_path):
    """The committed WAV files come from the table, byte for byte."""
    write_tones(tmp_path)
    kept = files("resources").joinpath("sounds")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in kept.iterdir() if p.name.endswith(".wav")
    }


def test_every_alert_has_its_file_and_the_urgent_has_more_pulses():
    """High has ten pulses, medium three, low two, and each alert's sound exists."""
    assert {row.sound for row in ALERTS.values()} <= TONES.keys()
    assert [len(TONES[name]) for name in ("high", "medium", "low")] == [10, 3, 2]


@pytest.mark.parametrize("pulse", {pulse for name in ("high", "medium", "low") for pulse in TONES[name]})
def test_a_pulse_has_four_harmonics_within_15_db(pulse):
    """The pitch lies in 150-1000 Hz, and at least four of its harmonics in 300-4000 Hz within 15 dB."""
    pitch = pulse[0]
    assert 150 <= pitch <= 1000
    samples = burst([(pitch, 1.0, 0.0)]).astype(float)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    bins = [round(pitch * n * len(samples) / RATE_HZ) for n in range(1, 8) if 300 <= pitch * n <= 4000]
    levels = [20 * np.log10(spectrum[b - 2 : b + 3].max()) for b in bins]
    assert sum(level > max(levels) - 15 for level in levels) >= 4


def test_a_file_is_mono_16_bit_and_not_clipped():
    """What the speaker gets is plain PCM that does not overdrive."""
    with files("resources").joinpath("sounds", "high.wav").open("rb") as raw, wave.open(raw) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        loudest = np.abs(np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(int)).max()
    assert 25_000 < loudest < 32_767
