"""The programs that `mdt bench start` starts: an empty window with the store opened, and the car's application.

Nothing is imported here that one of them would not import itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path


def empty_window(folder: Path) -> int:
    """The least that such a program can do: open the store with its key, and show an empty window."""
    from cache.keys import obtain_key
    from cache.store import CacheStore

    CacheStore(folder / "store.db", obtain_key(folder, allow_file=True).raw)
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    from mdt_app.services.system_notice import READY, tell_system

    tell_system(READY)
    return app.exec()


def car(folder: Path) -> int:
    """`mdt run`, keeper and all, in this folder."""
    import mdt_app.cli  # noqa: F401 - as the command does, before it knows what is asked for
    from mdt_app.services.logs import configure_logs
    from mdt_app.services.no_dumps import forbid_dumps
    from mdt_app.wiring.keeper import keep

    forbid_dumps()
    configure_logs()
    return keep(partial(_car, folder))


def _car(folder: Path, say: Callable[[str], None], restarts: int) -> int:
    from mdt_app.wiring.car_start import Order, run_car

    return run_car(Order(settings=folder / "car.toml", folder=folder, key_file=True), say, restarts)


PROGRAMS = {"window": empty_window, "car": car}

if __name__ == "__main__":
    raise SystemExit(PROGRAMS[sys.argv[1]](Path(sys.argv[2])))
