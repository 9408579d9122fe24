"""How a release lies on the disk, on Linux: its own folder beside others, the one in force named by a link.

/opt/patrol-mdt/bin/mdt                 starts the release in force
/opt/patrol-mdt/current                 a link to releases/VERSION, switched in one step
/opt/patrol-mdt/releases/VERSION        an environment of its own with the program
/opt/patrol-mdt/parts/DIGEST            the Python packages of one lock, shared by the releases that have that lock
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from installer.lock import System
from installer.parts import compile_all, make_parts, parts_digest
from installer.steps import ROOT, run, say

HOME = "/opt/patrol-mdt"
_SOURCE = ("mdt_app", "ui", "devices", "cache", "resources")
_BESIDE = ("pyproject.toml", "README.md", "LICENSE")
_VERSION = re.compile(r'(?m)^version = "([^"]+)"$')


@dataclass(frozen=True, slots=True)
class Release:
    """A version for a system."""

    version: str
    system: System

    @property
    def parts(self) -> str:
        """The digest that names the Python packages it runs with."""
        return parts_digest(self.system)


def own_version() -> str:
    """The version that the project states."""
    found = _VERSION.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit("pyproject.toml states no version.")
    return found[1]


def lay_program(release: Release, home: Path, python: str) -> None:
    """Lay the release with the program itself under `home`, as /opt/patrol-mdt will have it.

    `python` is the system's interpreter, by its full path. No part of the tests or the installer is in it.
    """
    folder = home / "releases" / release.version
    packages = folder / "lib" / f"python{release.system.python}" / "site-packages"
    packages.mkdir(parents=True)
    install_program(release.version, packages)
    (packages / "parts.pth").write_text(f"{HOME}/parts/{release.parts}\n", encoding="utf-8")
    (folder / "pyvenv.cfg").write_text(
        f"home = {Path(python).parent}\ninclude-system-site-packages = false\nversion = {release.system.python}\n",
        encoding="utf-8",
    )
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(python)
    compile_all(packages, f"{HOME}/releases/{release.version}/lib/python{release.system.python}/site-packages")
    say(f"Release {release.version} is laid out")


def lay_parts(release: Release, home: Path) -> None:
    """Lay the Python packages that the release runs with under `home`."""
    place = f"{HOME}/parts/{release.parts}"
    shutil.copytree(make_parts(release.system, place), home / "parts" / release.parts, symlinks=True)


def install_program(version: str, target: Path) -> None:
    """Install the project itself into a folder of Python packages, from a clean copy of its source."""
    with tempfile.TemporaryDirectory() as room:
        source = Path(room) / "source"
        for name in _SOURCE:
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in _BESIDE:
            shutil.copy(ROOT / name, source / name)
        project = source / "pyproject.toml"
        project.write_text(
            _VERSION.sub(f'version = "{version}"', project.read_text(encoding="utf-8")), encoding="utf-8"
        )
        base = [_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run([*base, "--no-build-isolation", "--no-compile", "--target", target, source])
    shutil.rmtree(target / "bin", ignore_errors=True)


def _python() -> str:
    """The project's own environment: it has the tools that build."""
    here = ROOT / ".venv"
    return str(next(one for one in (here / "bin" / "python", here / "Scripts" / "python.exe") if one.exists()))
