"""The voice as the speech library really speaks: each phrase to its end, and none of them left on the disk."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from devices import phrases, voice
from devices.speaker import Speaker
from devices.voice import VoiceSpeaker
from mdt_app.domain.devices import DeviceKind, DeviceState
from mdt_app.services.supervisor import DeviceSpec, Supervisor

ROOT = Path(__file__).parents[3]
PATIENCE_S = 20.0
_PHRASES = """
import sys, time
from devices import voice
voice.require_speaker = lambda: None
say = voice.open_voice()
print("ready", flush=True)
for words in sys.argv[1:]:
    say(f"0\\n{words}\\n{words}")
    print("said", words, flush=True)
"""
_PLAYER = """#!/bin/sh
echo "begins $1" >> "$HEARD"
sleep 0.7
echo "ends $1" >> "$HEARD"
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="eSpeak, aplay and file locks of Linux")


def left() -> set[Path]:
    """The folders of phrases on this machine."""
    return {one for place in {phrases._MEMORY, Path(tempfile.gettempdir())} for one in place.glob("mdt-voice-*")}


@pytest.fixture
def speaking(tmp_path):
    """Run the real engine over an `aplay` that notes what it plays; gives the process and what was played."""
    player, heard = tmp_path / "bin" / "aplay", tmp_path / "heard.txt"
    player.parent.mkdir()
    player.write_text(_PLAYER)
    player.chmod(0o755)
    heard.touch()
    paths = {"PATH": f"{player.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HEARD": str(heard)}
    running: list[subprocess.Popen[str]] = []

    def start(*words: str) -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", _PHRASES, *words]
        one = subprocess.Popen(command, env={**os.environ, **paths}, stdout=subprocess.PIPE, text=True)
        running.append(one)
        if one.stdout.readline() != "ready\n":
            pytest.skip("no speech engine here")
        return one, heard

    yield start
    for one in running:
        one.kill()
        one.wait()
        one.stdout.close()


def test_each_phrase_is_done_when_it_is_spoken(speaking):
    """The first one too: an order that is called done while it still sounds is lost with its process."""
    process, heard = speaking("one", "two", "three")
    for number, words in enumerate(("one", "two", "three"), 1):
        assert process.stdout.readline() == f"said {words}\n"
        told = heard.read_text().split("\n")
        assert [line.split(" ")[0] for line in told if line] == ["begins", "ends"] * number


def test_a_voice_that_is_killed_leaves_no_phrase(speaking):
    """Its file stands in a folder of its own, in memory; what a killed one left is taken away, a living one's stays."""
    before = left()
    process, heard = speaking("4BXR91")
    until = time.monotonic() + PATIENCE_S
    while "begins" not in heard.read_text():
        assert time.monotonic() < until
        time.sleep(0.01)
    file = Path(heard.read_text().split()[1])
    assert file.parent in left() - before
    assert file.is_relative_to(phrases._MEMORY) or not os.access(phrases._MEMORY, os.W_OK)
    phrases.clear_phrases()
    assert file.exists(), "a voice that speaks keeps its file"
    process.send_signal(signal.SIGKILL)
    process.wait()
    phrases.clear_phrases()
    assert not file.parent.exists()


def open_spilling(path: Path):
    """An output that begins a file as the speech library does, says where, and hangs over it."""
    phrases.keep_phrases_apart()

    def output(text: str) -> None:
        with tempfile.NamedTemporaryFile(suffix=".wav", delete=False) as file:
            file.write(text.encode())
        path.write_text(f"{os.getpid()} {file.name}")
        time.sleep(60)

    return output


def test_the_car_clears_up_after_its_voice(tmp_path):
    """Through the supervisor: the process is killed in a phrase, and the phrase is gone when that is noticed."""
    ok = threading.Event()
    speaker = Speaker("voice", DeviceKind.VOICE, partial(open_spilling, tmp_path / "at"), VoiceSpeaker()._ended)
    spec = DeviceSpec("voice", DeviceKind.VOICE, 0.2, speaker.launch)
    supervisor = Supervisor([spec], lambda health: ok.set() if health.state is DeviceState.OK else None)
    supervisor.start()
    try:
        assert ok.wait(PATIENCE_S)
        speaker.order("4BXR91")
        until = time.monotonic() + PATIENCE_S
        while not (tmp_path / "at").exists() or not (tmp_path / "at").read_text():
            assert time.monotonic() < until
            time.sleep(0.01)
        pid, _, name = (tmp_path / "at").read_text().partition(" ")
        os.kill(int(pid), signal.SIGKILL)
        while Path(name).parent.exists():
            assert time.monotonic() < until
            time.sleep(0.01)
    finally:
        supervisor.stop()


def test_somebody_elses_folder_is_not_followed(tmp_path, monkeypatch):
    """A link that another person lays there leads to nothing of ours being taken away."""
    monkeypatch.setattr(phrases, "_MEMORY", tmp_path)
    kept = tmp_path / "kept"
    kept.mkdir()
    (tmp_path / "mdt-voice-x").symlink_to(kept)
    phrases.clear_phrases()
    assert kept.is_dir()


def open_telling(path: Path):
    """An output that says whether its process may be dumped."""

    def output(_text: str) -> None:
        path.write_text(str(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)))

    return output


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_a_voice_that_crashes_leaves_no_image_of_its_memory(tmp_path):
    """Its orders have plates in them: its process may not be dumped, as those of cameras may not."""
    speaker = Speaker("voice", DeviceKind.VOICE, partial(open_telling, tmp_path / "dumpable"))
    process = speaker.launch()
    try:
        speaker.order("4BXR91")
        assert process.connection.poll(PATIENCE_S)
    finally:
        process.stop()
    assert (tmp_path / "dumpable").read_text() == "0"


class Token:
    """One of SAPI's voices; real ones name one language, or several ('409;9')."""

    def __init__(self, name: str, languages: str) -> None:
        self.Id, self._languages = name, languages

    def GetDescription(self) -> str:
        return f"{self.Id} - English (United States)"

    def GetAttribute(self, name: str) -> str:
        return self._languages if name == "Language" else ""


class Sapi:
    """SAPI's voice as its driver sees it: it speaks beside the caller, and a purge cuts off what it speaks."""

    def __init__(self) -> None:
        self.Rate, self.Volume, self.Voice = 0, 100, Token("ZIRA", "409")
        self.spoken: list[str] = []
        self.cut: list[str] = []
        self._now: str | None = None
        self.sink = None

    def GetVoices(self):
        return (self.Voice,)

    def Speak(self, text: str, flags: int) -> None:
        if flags & 2 and self._now:
            self.cut.append(self._now)
        self._now = text

    def pump(self) -> None:
        """What it said comes to its end, and it says so."""
        if self._now is not None:
            self.spoken += [self._now] if self._now else []
            self._now = None
            self.sink._ISpeechVoiceEvents_EndStream(1, 0)


@pytest.fixture
def sapi(monkeypatch):
    """The library's real SAPI driver over a voice that is none."""
    said = Sapi()

    def listen(_voice, sink):
        said.sink = sink

    client = SimpleNamespace(CreateObject=lambda _name: said, GetEvents=listen)
    modules = {
        "comtypes": ModuleType("comtypes"),
        "comtypes.client": client,
        "comtypes.gen": SimpleNamespace(SpeechLib=None),
        "pythoncom": SimpleNamespace(PumpWaitingMessages=said.pump),
    }
    modules["comtypes"].client = client
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "pyttsx3.drivers.sapi5", raising=False)
    import pyttsx3

    real = pyttsx3.Engine
    monkeypatch.setattr(pyttsx3, "init", lambda: real("sapi5"))
    monkeypatch.setattr(voice, "require_speaker", lambda: None)
    monkeypatch.setattr(voice, "keep_phrases_apart", lambda: None)
    return said


def test_sapi_speaks_every_phrase(sapi):
    """The library's own way of saying one after the other cuts off all but the first with this driver."""
    say = voice.open_voice()
    for words in ("one", "two", "three"):
        say(f"0\n{words}\n{words}")
        assert sapi.spoken[-1] == words
    assert (sapi.spoken, sapi.cut) == (["one", "two", "three"], [])


def test_a_voice_that_sapi_tells_of_in_another_shape_costs_no_more_than_the_choice(sapi):
    """The library can't read the languages of such a voice: it speaks as the system would have it, in English."""
    sapi.Voice = Token("OTHER", "409;9")
    say = voice.open_voice("en")
    say("0\none\none")
    assert sapi.spoken == ["one"]
    assert voice.open_voice("es").note
