"""The lock read for one system: which packages are in it, each with its hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from installer.steps import ROOT

LOCK = ROOT / "requirements.lock"
LEFT_OUT = frozenset({"pip"})
"""In the lock because another names it, and never loaded: a patrol car needs no installer of packages."""


@dataclass(frozen=True, slots=True)
class System:
    """A system that is packaged for: its Python, and what pip and the lock's markers call it."""

    name: str
    python: str
    platforms: tuple[str, ...]
    sys_platform: str

    @property
    def markers(self) -> Mapping[str, str]:
        """The values that a lock's markers ask for."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "sys_platform": self.sys_platform,
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }


def linux(python: str, name: str, libc_minor: int) -> System:
    """A Linux on x86-64 with glibc 2.`libc_minor`: it runs what was built for any older one."""
    platforms = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(libc_minor, 4, -1))
    return System(name, python, (*platforms, "manylinux2014_x86_64", "manylinux2010_x86_64"), "linux")


WINDOWS = System("windows", "3.13", ("win_amd64",), "win32")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock: its version, and the SHA-256 (hex) of each of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]
    line: str


def locked(system: System, lock: Path = LOCK) -> tuple[Locked, ...]:
    """What the lock has for this system, less what is never loaded. Raises ValueError for a line without a hash."""
    return tuple(one for one in _all(system, lock) if one.name not in LEFT_OUT)


def _all(system: System, lock: Path) -> Iterator[Locked]:
    for block in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
        first, *rest = block.replace("\\\n", "\n").splitlines()
        if first.startswith("#"):
            continue
        asked = Requirement(first.strip())
        if asked.marker and not asked.marker.evaluate(dict(system.markers)):
            continue
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", " ".join(rest)))
        if not hashes:
            raise ValueError(f"{asked.name} stands in {lock.name} without a hash.")
        version = next(iter(asked.specifier)).version
        pinned = f"{asked.name}=={version} " + " ".join(f"--hash=sha256:{one}" for one in hashes)
        yield Locked(asked.name, version, hashes, pinned)
