"""A loudspeaker and a voice for tests: they keep what they were given."""

from __future__ import annotations


class Heard:
    """Both in one; `tones` are names of sounds, `said` was spoken, `english` is the same for a voice of English;
    `after` are the tones that it waits for."""

    def __init__(self) -> None:
        self.tones: list[str] = []
        self.said: list[str] = []
        self.english: list[str] = []
        self.after: list[str] = []

    def play(self, name: str) -> None:
        self.tones.append(name)

    def say(self, text: str, english: str = "", after: str = "") -> None:
        self.said.append(text)
        self.english.append(english)
        self.after.append(after)
