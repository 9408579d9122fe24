"""The message switch's side of the commands: its simulator, and the dialects that it and headquarters speak."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from mdt_app.hq.dialect_file import NCIC, dialect_names, load_dialect
from mdt_app.hq.dialect_sample import sample
from mdt_app.hq.switch import run_switch
from mdt_app.services.list_import import read_list_file


def serve_switch_simulator(
    records: Path,
    layout: str,
    address: tuple[str, int],
    ready: Callable[[int], None],
    stop: threading.Event | None,
    dialect: str = NCIC,
) -> None:
    """Serve the message switch SIMULATOR with a hot list as its records, until SIGINT, SIGTERM or `stop`.

    `dialect` is by name or file. Raises BadInput for one that is not as it must be.
    """
    spoken = load_dialect(dialect)
    run_switch(*address, read_list_file(records, layout, layout).entries, ready=ready, stop=stop, dialect=spoken)


def dialect_page(name: str) -> str:
    """One message of each kind in a dialect (by name or file); without a name, the names. Raises BadInput."""
    return "\n".join(sample(load_dialect(name)) if name else dialect_names())
