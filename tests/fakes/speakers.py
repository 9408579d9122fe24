"""A loudspeaker and a voice for tests: they keep what they were given."""

from __future__ import annotations


class Heard:
    """Both in one; `tones` are names of sounds, `said` is what was spoken."""

    def __init__(self) -> None:
        self.tones: list[str] = []
        self.said: list[str] = []

    def play(self, name: str) -> None:
        self.tones.append(name)

    def say(self, text: str) -> None:
        self.said.append(text)
