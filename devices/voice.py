"""The voice: speaks words through the system's speech engine."""

from __future__ import annotations

from devices.sound import require_speaker
from devices.speaker import Output, Speaker, Unavailable
from mdt_app.domain.devices import DeviceKind

WORDS_A_MINUTE = 160


class VoiceSpeaker(Speaker):
    """Speaks."""

    def __init__(self) -> None:
        super().__init__("voice", DeviceKind.VOICE, open_voice)

    def say(self, text: str) -> None:
        """Speak the text."""
        self.order(text)


def open_voice() -> Output:
    """Start the speech engine. Raises Unavailable with words for the screen.

    The engine keeps quiet when there is no speaker, so the speaker is looked for first.
    """
    require_speaker()
    import pyttsx3  # here, because only this process may hang in a speech engine

    try:
        engine = pyttsx3.init()
        engine.setProperty("rate", WORDS_A_MINUTE)
    except (OSError, RuntimeError, ImportError, KeyError) as error:
        raise Unavailable("No speech engine was found") from error

    def say(text: str) -> None:
        try:
            engine.say(text)
            engine.runAndWait()
        except (OSError, RuntimeError) as error:
            raise Unavailable("The speech engine failed") from error

    return say
