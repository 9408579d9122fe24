"""Builds the Debian package for the release of the system that this runs on."""

from __future__ import annotations

import argparse
import hashlib
import platform
import shutil
import sys
from pathlib import Path

from installer.layout import HOME, Release, lay_parts, lay_program, own_version
from installer.lock import System, linux, locked
from installer.papers import write_papers
from installer.steps import BUILD, ROOT, draft, run, say, size_mb
from mdt_app.wiring import releases

FILES = ROOT / "installer" / "debian"
_PLACES = {
    "mdt": (f"{HOME}/bin/mdt", 0o755),
    "patrol-mdt-hq": ("/usr/sbin/patrol-mdt-hq", 0o755),
    "patrol-mdt.desktop": ("/usr/share/applications/patrol-mdt.desktop", 0o644),
    "patrol-mdt-training.desktop": ("/usr/share/applications/patrol-mdt-training.desktop", 0o644),
    "patrol-mdt.svg": ("/usr/share/icons/hicolor/scalable/apps/patrol-mdt.svg", 0o644),
    "70-patrol-mdt.rules": ("/usr/lib/udev/rules.d/70-patrol-mdt.rules", 0o644),
    "patrol-mdt-hq.service": ("/usr/lib/systemd/system/patrol-mdt-hq.service", 0o644),
    "patrol-mdt-update.path": ("/usr/lib/systemd/system/patrol-mdt-update.path", 0o644),
    "patrol-mdt-update.service": ("/usr/lib/systemd/system/patrol-mdt-update.service", 0o644),
    "patrol-mdt.service": ("/usr/lib/systemd/user/patrol-mdt.service", 0o644),
    "patrol-mdt-hq.default": ("/etc/default/patrol-mdt-hq", 0o644),
    "apparmor": ("/etc/apparmor.d/patrol-mdt", 0o644),
}
_SCRIPTS = ("postinst", "prerm", "postrm")
_DOC = "usr/share/doc/patrol-mdt"


def build(version: str) -> Path:
    """Build the package of this version; return its path."""
    release = Release(version, this_system())
    package = BUILD / f"patrol-mdt_{version}_{release.system.name}_amd64.deb"
    with draft(BUILD / "package") as root:
        home = root / HOME.lstrip("/")
        lay_program(release, home, f"/usr/bin/python{release.system.python}")
        lay_parts(release, home)
        _lay_files(root, release)
        _lay_control(root, release)
        say(f"Packing {size_mb(root):.0f} MB")
        run(("dpkg-deb", "--root-owner-group", "-Zzstd", "-z5", "--build", root, package))
    shutil.rmtree(BUILD / "package")
    say(f"{package.relative_to(ROOT)}: {size_mb(package):.0f} MB, sha256 {_digest(package)}")
    return package


def this_system() -> System:
    """The system that this runs on, as `mdt release` names it."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return linux(python, releases.this_system(), int(platform.libc_ver()[1].split(".")[1]))


def _lay_files(root: Path, release: Release) -> None:
    for name, (place, mode) in _PLACES.items():
        _put(FILES / name, root / place.lstrip("/"), mode)
    (root / "usr" / "bin").mkdir(exist_ok=True)
    (root / "usr" / "bin" / "mdt").symlink_to(f"{HOME}/bin/mdt")
    _put(ROOT / "docs" / "install.md", root / _DOC / "install.md", 0o644)
    _put(ROOT / "LICENSE", root / _DOC / "copyright", 0o644)
    _put(ROOT / "CHANGELOG.md", root / _DOC / "CHANGELOG.md", 0o644)
    parts = root / HOME.lstrip("/") / "parts" / release.parts
    write_papers(release.system, release.version, parts, root / _DOC, locked(release.system))


def _lay_control(root: Path, release: Release) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    words = {"VERSION": release.version, "SIZE": str(int(size_mb(root) * 1000)), "DEPENDS": _depends(release)}
    for name in ("control", *_SCRIPTS):
        source = FILES / ("control.in" if name == "control" else name)
        text = source.read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(f"@{word}@", value)
        (control / name).write_text(text, encoding="utf-8")
        (control / name).chmod(0o644 if name == "control" else 0o755)
    settings = [place for place, _ in _PLACES.values() if place.startswith("/etc/")]
    (control / "conffiles").write_text("".join(f"{place}\n" for place in settings), encoding="utf-8")
    files = sorted(one for one in root.rglob("*") if one.is_file() and not one.is_symlink())
    files = [one for one in files if control not in one.parents]
    sums = (f"{_digest(one, 'md5')}  {one.relative_to(root)}\n" for one in files)
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")


def _depends(release: Release) -> str:
    """This Python, and the system's libraries that `make run` installs too."""
    listed = (ROOT / "installer" / "system-packages.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split()[0].replace("|", " | ") for line in listed if line and not line.startswith("#")]
    libraries = [name for name in names if name != "python3-venv"]
    return ", ".join((f"python{release.system.python}", *libraries))


def _put(source: Path, place: Path, mode: int) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)
    place.chmod(mode)


def _digest(file: Path, kind: str = "sha256") -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, kind).hexdigest()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--version", default=own_version(), help="another version, to try an upgrade")
    build(words.parse_args().version)
