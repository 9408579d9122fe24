"""The speaker: how loud a tone is by the microphone, and a device that goes and comes back."""

from __future__ import annotations

import numpy as np
import pytest

from devices.loudness import QUIET_S, above_quiet_db, play_and_listen
from devices.sound import open_sound
from devices.tones import RATE_HZ, TONES, burst
from mdt_app.domain.equipment import LOUD_LEAST_DB

TONE = burst(TONES["high"])


def heard(tone_level: float, noise_level: float, late_s: float = 0.05) -> np.ndarray:
    """What a microphone hears: noise all the time, the tone after the quiet and somewhat late."""
    rng = np.random.default_rng(5)
    length = int(QUIET_S * RATE_HZ) + len(TONE)
    whole = rng.normal(0, noise_level, length)
    begin = int((QUIET_S + late_s) * RATE_HZ)
    whole[begin:] += TONE[: length - begin].astype(float) / 32_768 * tone_level
    return np.clip(whole * 32_767, -32_768, 32_767).astype(np.int16)


@pytest.mark.parametrize("late_s", [0.0, 0.05, 0.12])
@pytest.mark.parametrize("above", [0.0, 10.0, 20.0, 30.0])
def test_the_tone_s_height_above_the_quiet_is_measured(above, late_s):
    """Within 3 dB, whatever the sound card holds back."""
    noise = 0.005
    tone = heard(1.0, 0.0, late_s=0.0).astype(float) / 32_768
    moments = np.sqrt(np.mean(np.resize(tone[int(QUIET_S * RATE_HZ) :], (40, len(tone) // 60)) ** 2, axis=1))
    loud = float(np.quantile(moments, 0.75))
    level = noise * 10 ** (above / 20) / loud
    expected = 10 * np.log10(1 + 10 ** (above / 10))
    assert above_quiet_db(heard(level, noise, late_s), RATE_HZ) == pytest.approx(expected, abs=3.0)


def test_silence_is_not_loud():
    """A microphone that hears no tone finds none."""
    assert above_quiet_db(heard(0.0, 0.01), RATE_HZ) < LOUD_LEAST_DB / 3


class Card:
    """A sound card SIMULATED: what it plays reaches its microphone at this level; `there` is its plug."""

    class PortAudioError(Exception):
        """What the library raises."""

    def __init__(self, microphone: bool, level: float = 0.3) -> None:
        self.there, self._microphone, self._level = True, microphone, level
        self._found = False
        self.played = 0

    def _terminate(self) -> None:
        self._found = False

    def _initialize(self) -> None:
        self._found = self.there

    def check_output_settings(self, **_: object) -> None:
        if not self._found:
            raise self.PortAudioError

    def check_input_settings(self, **_: object) -> None:
        if not self._microphone:
            raise self.PortAudioError

    def play(self, samples: np.ndarray, *_: object, **__: object) -> None:
        if not self.there:
            raise self.PortAudioError
        self.played += 1

    def playrec(self, samples: np.ndarray, *_: object, **__: object) -> np.ndarray:
        noise = np.random.default_rng(1).normal(0, 20, len(samples))
        return (samples * self._level + noise).astype(np.int16).reshape(-1, 1)


@pytest.fixture
def card(monkeypatch):
    """Put a simulated card in the library's place: this machine has none."""
    import sys

    def put(one: Card) -> Card:
        monkeypatch.setitem(sys.modules, "sounddevice", one)
        return one

    return put


def test_with_a_microphone_the_loudness_is_measured_and_without_one_it_is_only_played(card):
    """A number of decibels, or none, which has the officer asked."""
    assert play_and_listen(card(Card(microphone=True)), TONE, RATE_HZ).above_db > LOUD_LEAST_DB
    deaf = card(Card(microphone=False))
    assert play_and_listen(deaf, TONE, RATE_HZ).above_db is None
    assert deaf.played == 1


def test_a_speaker_that_is_plugged_in_again_is_found(card):
    """PortAudio sees devices at its start alone: it is started anew for each try, and so the speaker comes back."""
    from devices.speaker import Unavailable

    one = card(Card(microphone=False))
    play = open_sound()
    play("high")
    one.there = False
    with pytest.raises(Unavailable, match="lost"):
        play("high")
    with pytest.raises(Unavailable, match="No speaker"):
        open_sound()
    one.there = True
    open_sound()("high")
    assert one.played == 2


def test_listen_is_an_order_of_its_own(card):
    """'listen' plays the most urgent tone and gives what was heard."""
    card(Card(microphone=True))
    assert open_sound()("listen: high").above_db > LOUD_LEAST_DB
    assert open_sound()("low") is None
