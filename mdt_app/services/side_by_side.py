"""Long works done at once, in a process each: their progress is one, and stopping one of them stops all."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from mdt_app.domain.errors import MdtError
from mdt_app.services.logs import configure_logs
from mdt_app.services.no_dumps import forbid_dumps
from mdt_app.services.processes import PROCESSES
from mdt_app.services.progress import Progress

Result = TypeVar("Result")
Work = Callable[[Progress], Result]
"""A long work that tells its progress. One for another process can be pickled: a module's function, or a part of it."""


def side_by_side(works: Sequence[Work[Result]], progress: Progress | None = None) -> list[Result]:
    """Do the first work here and each other in a process of its own. Return their results in this order.

    Raises what a work raises, and MdtError where its process was ended; the others are stopped then.
    """
    others = [_Elsewhere(work) for work in works[1:]]
    tell = progress or (lambda _: None)

    def shared(share: float) -> None:
        tell((share + sum(other.share() for other in others)) / len(works))

    try:
        first = works[0](shared)
        return [first, *(other.result(lambda: shared(1.0)) for other in others)]
    finally:
        for other in others:
            other.end()


class _Elsewhere(Generic[Result]):
    """A work in another process, as it is seen from here."""

    def __init__(self, work: Work[Result]) -> None:
        self._line, told = PROCESSES.Pipe(duplex=False)
        self._share, self._results = 0.0, list[Result]()
        self._process = PROCESSES.Process(target=_work, args=(work, told), name="side by side", daemon=True)
        self._process.start()
        told.close()

    def share(self) -> float:
        """How far it is. Raises what it raised."""
        while not self._results and self._line.poll():
            self._hear()
        return self._share

    def result(self, heard: Callable[[], None]) -> Result:
        """Its result, awaited; `heard` is called with each word of its progress."""
        while not self._results:
            self._hear()
            heard()
        return self._results[0]

    def end(self) -> None:
        """Break the line, at which a work that goes on stops by its next word of progress; and wait for its end."""
        self._line.close()
        self._process.join()

    def _hear(self) -> None:
        try:
            word = self._line.recv()
        except EOFError as fault:
            raise MdtError("The work's process was ended.", "Try again; look whether memory is short.") from fault
        if isinstance(word, Exception):
            raise word
        if isinstance(word, float):
            self._share = word
        else:
            self._share, self._results = 1.0, [*word]


def _work(work: Work[Result], line: Connection[object, object]) -> None:
    forbid_dumps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the business of who began this
    configure_logs()
    try:
        line.send((work(line.send),))
    except BrokenPipeError:
        return  # nobody waits for it any more
    except (MdtError, OSError) as fault:
        line.send(fault)
