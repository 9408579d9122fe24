"""Works in processes of their own beside one another: their results, their one progress, and how all of them stop."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.services.side_by_side import side_by_side

PATIENCE_S = 60.0


class _Stopped(Exception):
    """Somebody pressed Ctrl+C."""


def told(name: str, shares: tuple[float, ...], progress: Callable[[float], None]) -> tuple[str, int]:
    for share in shares:
        progress(share)
    return name, os.getpid()


def until_stopped(draft: Path, progress: Callable[[float], None]) -> None:
    """A work that would go on for ever, with a draft that goes when it stops."""
    draft.touch()
    try:
        for _ in range(int(PATIENCE_S * 100)):
            progress(0.25)
            time.sleep(0.01)
    finally:
        draft.unlink()


def refused(_: Callable[[float], None]) -> None:
    raise BadInput("The disk is full.", "Clear it.")


def killed(_: Callable[[float], None]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wait_for(draft: Path, _: Callable[[float], None]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not draft.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    raise _Stopped


def test_each_work_is_done_in_a_process_of_its_own_and_progress_is_of_all() -> None:
    """The results come in their order, the first from here; what is told only grows and ends with all of it done."""
    shares: list[float] = []
    works = [partial(told, name, (0.5, 1.0)) for name in ("csv", "pdf", "json")]
    found = side_by_side(works, shares.append)
    assert [name for name, _ in found] == ["csv", "pdf", "json"]
    assert found[0][1] == os.getpid()
    assert len({process for _, process in found}) == 3
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(
    ("other", "raised", "words"), [(refused, BadInput, "disk is full"), (killed, MdtError, "was ended")]
)
def test_what_fails_in_another_process_is_raised_here_and_stops_the_rest(
    tmp_path: Path, other: Callable[[Callable[[float], None]], None], raised: type[MdtError], words: str
) -> None:
    """A refusal keeps its type and words; a process that was killed is said; the work here has let go of its draft."""
    with pytest.raises(raised, match=words):
        side_by_side([partial(until_stopped, tmp_path / "draft"), other])
    assert list(tmp_path.iterdir()) == []


def test_a_work_that_is_stopped_here_stops_in_the_other_process_too(tmp_path: Path) -> None:
    """Its process has ended and left no draft when the call comes back."""
    draft = tmp_path / "draft"
    with pytest.raises(_Stopped):
        side_by_side([partial(wait_for, draft), partial(until_stopped, draft)])
    assert not draft.exists()
