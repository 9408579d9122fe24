"""The voice: speaks words through the system's speech engine, in the officer's language where it has such a voice."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Protocol

from devices.phrases import clear_phrases, keep_phrases_apart
from devices.sound import require_speaker, tone_seconds
from devices.speaker import Noted, Output, Speaker, Unavailable
from mdt_app.domain.devices import DeviceKind

WORDS_A_MINUTE = 160
ENGLISH = "en"
_NAMED: Mapping[str, tuple[str, ...]] = {"en": ("english",), "es": ("spanish", "español")}
"""How engines that give no codes name a voice's language: 'Microsoft Sabina Desktop - Spanish (Mexico)'."""
_NEAREST: Mapping[str, tuple[str, ...]] = {"en": ("en-us",), "es": ("es-us", "es-mx", "es-419")}
"""The codes that are taken before any other of the language."""
_NO_VOICE = "It speaks English: this machine has no voice for your language"


class EngineVoice(Protocol):
    """A voice as the engine tells of it."""

    id: str
    name: str
    languages: list[str | bytes]


class VoiceSpeaker(Speaker):
    """Speaks."""

    def __init__(self) -> None:
        super().__init__("voice", DeviceKind.VOICE, partial(open_voice, ENGLISH), clear_phrases)

    def speak(self, language: str) -> None:
        """From its next start on: speak this language ('en', 'es')."""
        self._open_output = partial(open_voice, language)

    def say(self, text: str, english: str = "", after: str = "") -> None:
        """Speak the text; the English one where the engine has no voice for the officer's language.

        `after`: the tone that was ordered just now. Spoken into it neither would be understood, and both would clip.
        """
        begin_s = time.monotonic() + (tone_seconds(after) if after else 0.0)
        self.order(f"{begin_s:.3f}\n{text}\n{english or text}")


def open_voice(language: str = ENGLISH) -> Output:
    """Start the speech engine. Raises Unavailable with words for the screen.

    The engine keeps quiet when there is no speaker, so the speaker is looked for first.
    """
    require_speaker()
    import pyttsx3  # here, because only this process may hang in a speech engine

    try:
        keep_phrases_apart()
        engine = pyttsx3.init()
        engine.setProperty("rate", WORDS_A_MINUTE)
        voice = voice_for(language, _voices(engine))
        if voice:
            engine.setProperty("voice", voice)
    except (OSError, RuntimeError, ImportError, KeyError, ValueError) as error:
        raise Unavailable("No speech engine was found") from error
    fluent = bool(voice) or language == ENGLISH

    def say(order: str) -> None:
        begin_s, _, words = order.partition("\n")
        time.sleep(max(0.0, float(begin_s) - time.monotonic()))
        try:
            # How its drivers say a phrase to its end (2.99): eSpeak's takes it before its loop begins, else the first
            # one is 'done' at once; SAPI's while its loop runs, else the next ones are cut off before they begin.
            engine.proxy.setBusy(engine.driver_name == "sapi5")
            engine.say(words_of(words, fluent=fluent))
            engine.runAndWait()
        except (OSError, RuntimeError) as error:
            raise Unavailable("The speech engine failed") from error

    return Noted(say, "" if fluent else _NO_VOICE)


def _voices(engine: Any) -> Iterable[EngineVoice]:
    """The voices that there is a choice of; none where SAPI tells of one with several languages ('409;9')."""
    try:
        found: Iterable[EngineVoice] = engine.getProperty("voices") or ()
    except ValueError:  # the library's driver can't read them
        return ()
    return found


def voice_for(language: str, voices: Iterable[EngineVoice]) -> str:
    """The id of the voice that is nearest to this language, empty when there is none."""
    fitting = [(_rank(language, voice), voice.id) for voice in voices]
    return min(((rank, name) for rank, name in fitting if rank is not None), default=(0, ""))[1]


def words_of(order: str, *, fluent: bool) -> str:
    """What is said of an order: its first line by a voice of the officer's language, else its second."""
    text, _, english = order.partition("\n")
    return text if fluent else english


def _rank(language: str, voice: EngineVoice) -> int | None:
    """How near a voice is: the place among the codes that are taken first, then any other; None: another language."""
    told = (code.decode("latin-1") if isinstance(code, bytes) else code for code in voice.languages)
    # Some engines put the voice's age before its code, as a control character.
    codes = ["".join(filter(str.isprintable, code)).lower().replace("_", "-") for code in told]
    fitting = [code for code in codes if code.split("-")[0] == language]
    if not fitting and not any(name in voice.name.lower() for name in _NAMED.get(language, ())):
        return None
    nearest = _NEAREST.get(language, ())
    return min((nearest.index(code) for code in fitting if code in nearest), default=len(nearest))
