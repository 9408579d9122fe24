"""What can be shown of Windows on any system: wheels of every run-time dependency, names of ports and cameras, SAPI."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.markers import Marker

from devices.cameras.sources import open_source
from devices.cameras.streams import Stream

ROOT = Path(__file__).parents[3]
LOCK = ROOT / "requirements.lock"
PYTHONS = ("3.11", "3.14")
"""The oldest and the newest Python that the program runs on."""
_UNREACHABLE = re.compile(r"(?i)failed to fetch|error sending request|dns error|connect (error|refused)|timed out")
_WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}


def wanted(python: str) -> set[str]:
    """The lock's lines that hold on Windows, as name==version."""
    lines = re.findall(r"(?m)^([A-Za-z0-9_.-]+==[^ ;]+)(?: ; ([^\\\n]+))?", LOCK.read_text())
    environment = {**_WINDOWS, "python_version": python, "python_full_version": f"{python}.0"}
    return {pin for pin, marker in lines if not marker or Marker(marker.strip()).evaluate(environment)}


def as_wheels(python: str, source: Path, folder: Path, *hashes: str) -> subprocess.CompletedProcess[str]:
    """Ask the index for win_amd64 wheels of these requirements, and for nothing else; nothing is installed."""
    command = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--no-deps", *hashes, "-r", str(source)]
    platform = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", python]
    rest = ["--only-binary", ":all:", "--target", str(folder)]
    done = subprocess.run([*command, *platform, *rest], capture_output=True, text=True, timeout=100, check=False)
    if done.returncode and _UNREACHABLE.search(done.stderr):
        pytest.skip("the package index can't be reached")
    return done


@pytest.mark.parametrize("python", PYTHONS)
def test_every_run_time_dependency_is_a_wheel_for_windows(python, tmp_path):
    """Each line of the lock that holds on Windows resolves as a win_amd64 wheel whose hash the lock names."""
    done = as_wheels(python, LOCK, tmp_path / "none", "--require-hashes")
    assert done.returncode == 0, done.stderr[-2000:]
    found = {line.removeprefix(" + ").strip() for line in done.stderr.splitlines() if line.startswith(" + ")}
    assert found == wanted(python)


def test_the_check_finds_what_has_no_wheel_for_windows(tmp_path):
    """Negative control: a package with wheels for Linux alone is refused."""
    (tmp_path / "linux.txt").write_text("sqlcipher3-binary==0.5.4\n")
    done = as_wheels("3.11", tmp_path / "linux.txt", tmp_path / "none")
    assert done.returncode != 0
    assert "sqlcipher3-binary" in done.stderr


@pytest.mark.parametrize("name", ["comtypes", "pywin32", "pywin32-ctypes"])
def test_what_windows_needs_besides_is_in_the_lock(name):
    """Speech through SAPI and the keyring through WinVault stand on packages that Linux never installs."""
    assert any(pin.startswith(f"{name}==") for pin in wanted("3.13"))


def test_a_camera_of_windows_is_named_as_directshow_names_it():
    """'video=NAME' is a live camera over DirectShow, as /dev/video0 is one over V4L2."""
    for spec, form in (("video=Integrated Camera", "dshow"), ("/dev/video0", "v4l2")):
        source = open_source(spec)
        assert isinstance(source, Stream)
        assert (source.container_format, source.live) == (form, True)


def test_speech_on_windows_is_behind_the_same_port():
    """The speech library brings its SAPI driver; the voice names none, so the library takes the system's own."""
    assert importlib.util.find_spec("pyttsx3.drivers.sapi5") is not None
