"""The Python packages that the program runs with: fetched by the lock with its hashes, and cut to what is used."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from installer.lock import LOCK, System, locked
from installer.steps import BUILD, draft, lines_of, run, say, size_mb

_QT_LIBRARIES = ("Concurrent", "Core", "DBus", "Gui", "Network", "OpenGL", "OpenGLWidgets", "PrintSupport", "Svg")
_QT_MODULES = (*_QT_LIBRARIES, "Test", "Widgets")
_QT_SHARED = (*_QT_MODULES, "WaylandClient", "WlShellIntegration", "XcbQpa")
_QT_PLUGINS = (
    "iconengines",
    "imageformats",
    "platforminputcontexts",
    "platforms",
    "platformthemes",
    "styles",
    "wayland-decoration-client",
    "wayland-graphics-integration-client",
    "wayland-shell-integration",
    "xcbglintegrations",
)
_NOT_USED = (
    "bin",
    "Scripts",
    "share",
    "**/__pycache__",
    "**/*.pyi",
    "**/tests",
    "PySide6/doc",
    "PySide6/glue",
    "PySide6/include",
    "PySide6/lib",
    "PySide6/metatypes",
    "PySide6/qml",
    "PySide6/scripts",
    "PySide6/support",
    "PySide6/translations",
    "PySide6/typesystems",
    "PySide6/resources",
    "PySide6/Qt/libexec",
    "PySide6/Qt/metatypes",
    "PySide6/Qt/qml",
    "PySide6/Qt/translations",
    "PySide6/*.exe",
    "PySide6/**/*virtualkeyboard*",
    "PySide6/**/*eglfs*",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
)
"""Of no use to the program; the demonstration is run with the rest of it (installer/try-package.sh)."""


def parts_digest(system: System) -> str:
    """What changes with any package of the lock for this system, and with what is cut off."""
    words = [system.name, *(one.line for one in locked(system)), *_NOT_USED, *_QT_SHARED, *_QT_PLUGINS]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def make_parts(system: System, place: str = "") -> Path:
    """A folder with every package of the lock for this system; made once for each lock.

    With a `place`, where it will lie, it is compiled: there nobody may write.
    """
    folder = BUILD / "parts" / f"{system.name}-{parts_digest(system)}"
    if folder.is_dir():
        say(f"Python packages for {system.name}: there already")
        return folder
    with draft(folder) as coming:
        _fetch(system, coming)
        whole = size_mb(coming)
        _cut(coming)
        if place:
            say("Compiling the Python packages")
            compile_all(coming, place)
        say(f"Python packages for {system.name}: {size_mb(coming):.0f} MB of {whole:.0f} MB are used")
    return folder


def compile_all(folder: Path, place: str) -> None:
    """Compile what is in `folder` for the `place` where it will lie."""
    line = (sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash")
    run((*line, "-s", str(folder), "-p", place, str(folder)))


def _fetch(system: System, target: Path) -> None:
    """Raises SystemExit where a file does not have the hash that the lock names."""
    packages = locked(system)
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / LOCK.name
        pinned.write_text("\n".join(one.line for one in packages) + "\n", encoding="utf-8")
        asked = ["--python-version", system.python, "--implementation", "cp", "--only-binary", ":all:"]
        for platform in system.platforms:
            asked += ["--platform", platform]
        base = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"]
        line = [*base, "--require-hashes", "--no-deps", *asked, "--target", str(target), "-r", str(pinned)]
        done = 0
        for said in lines_of(line):
            if said.startswith("Collecting "):
                done += 1
                say(f"  {done} of {len(packages)}: {said.split()[1]}")


def _cut(folder: Path) -> None:
    for pattern in _NOT_USED:
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    qt = folder / "PySide6"
    for path in [*qt.glob("*"), *(qt / "Qt" / "lib").glob("*")]:
        if path.is_file() and not _is_used(path):
            path.unlink()
    for plugins in (qt / "plugins", qt / "Qt" / "plugins"):
        for kind in plugins.iterdir() if plugins.is_dir() else ():
            if kind.name not in _QT_PLUGINS:
                shutil.rmtree(kind)


def _is_used(file: Path) -> bool:
    """Of Qt's many libraries, tools and modules those that the screens load, and what is no Qt library."""
    name, suffixes = file.name.split(".")[0], file.suffixes
    if name.startswith("libQt6"):
        return name.removeprefix("libQt6") in _QT_SHARED
    if name.startswith("Qt6"):
        return name.removeprefix("Qt6") in _QT_SHARED
    if name.startswith("Qt"):
        return name.removeprefix("Qt") in _QT_MODULES
    return bool(suffixes) and "qml" not in name
