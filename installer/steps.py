"""What the builders share: progress on the terminal, programs that are run, folders that are laid out."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
_started = time.monotonic()


def say(words: str) -> None:
    """Show progress, with the seconds since the start."""
    sys.stderr.write(f"[{time.monotonic() - _started:5.0f} s] {words}\n")
    sys.stderr.flush()


def run(command: Sequence[str | Path], *, cwd: Path = ROOT) -> None:
    """Run a program to its end. Raises SystemExit with its last words when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603 - our own line
    if done.returncode:
        raise SystemExit(f"{command[0]} failed ({done.returncode}):\n{(done.stdout + done.stderr)[-2000:]}")


def lines_of(command: Sequence[str | Path]) -> Iterator[str]:
    """Run a program and give its lines as they come. Raises SystemExit with them when it fails."""
    said: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own line
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            yield line
    if process.returncode:
        raise SystemExit(f"{command[0]} failed ({process.returncode}):\n{''.join(said)[-2000:]}")


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """Give an empty folder that takes this name once all in it is done; a cut leaves nothing of this name behind."""
    coming = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    yield coming
    shutil.rmtree(folder, ignore_errors=True)
    coming.rename(folder)


def size_mb(path: Path) -> float:
    """How much a file or folder holds, in 10^6 bytes."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
    return sum(one.stat().st_size for one in files) / 1e6
