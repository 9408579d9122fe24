"""The peer of `mdt bench start`: a program that opens the store with its key and shows an empty window.

`python -m mdt_app.wiring.empty_window FOLDER`. It loads nothing that it does not need for that.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cache.keys import obtain_key
from cache.store import CacheStore


def main(folder: Path) -> int:
    """Say READY once the window is painted, then wait to be ended."""
    CacheStore(folder / "store.db", obtain_key(folder, allow_file=True).raw)
    from PySide6.QtWidgets import QApplication, QWidget  # after the store: that is the quicker order

    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    from mdt_app.services.system_notice import READY, tell_system

    tell_system(READY)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
