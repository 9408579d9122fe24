"""Builds a release's archive for `mdt release take`: the program alone, or with its Python packages as well."""

from __future__ import annotations

import argparse
import shutil
import tarfile
from pathlib import Path

from installer.layout import HOME, Release, lay_parts, lay_program, own_version
from installer.package import this_system
from installer.steps import BUILD, ROOT, draft, say, size_mb


def build(version: str, *, whole: bool) -> Path:
    """Build the archive; return its path. Without `whole` it fits machines that have the packages of this lock."""
    system = this_system()
    release = Release(version, system)
    archive = BUILD / f"patrol-mdt-{version}-{system.name}{'' if whole else '-program'}.tar.xz"
    with draft(BUILD / "update") as room:
        lay_program(release, room, f"/usr/bin/python{system.python}")
        shutil.rmtree(room / "releases" / version / "bin")  # the machine links its own interpreter
        if whole:
            lay_parts(release, room)
        say(f"Packing {size_mb(room):.0f} MB")
        with tarfile.open(archive, "w:xz", preset=3) as out:
            out.add(room / "releases" / version, "release", filter=_plain)
            if whole:
                out.add(room / "parts", "parts", filter=_plain)
    shutil.rmtree(BUILD / "update")
    say(f"{archive.relative_to(ROOT)}: {size_mb(archive):.1f} MB, for {HOME}; sign it: mdt release sign")
    return archive


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """No name, number or time of the machine that built it."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = 0
    return member


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--version", default=own_version())
    words.add_argument("--whole", action="store_true", help="with the Python packages: for a changed lock")
    given = words.parse_args()
    build(given.version, whole=given.whole)
