"""Reading a hot list file as it comes from its source: entries, and every line that can't be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, RefusedLine, parse_fixed
from mdt_app.services.code_tables import load_code_tables, load_layout


@dataclass(frozen=True, slots=True)
class ListFile:
    """What a file holds. `extracted_at` is the file's own time in UTC, the nearest that is known to its extract."""

    entries: tuple[Entry, ...]
    refused: tuple[RefusedLine, ...]
    extracted_at: datetime


def read_list_file(path: Path, layout_name: str, list_id: str) -> ListFile:
    """Read a list in a named layout. Raises BadInput when the file can't be read or holds no entry at all."""
    layout, states = load_layout(layout_name), load_code_tables().states
    try:
        # Every byte has a character in Latin-1: what isn't ASCII is refused line by line, not the whole file.
        lines = path.read_text(encoding="latin-1").splitlines()
        modified = path.stat().st_mtime
    except OSError as error:
        raise BadInput(f"The hot list {path.name} can't be read.", "Check the path and its permissions.") from error
    parsed = list(parse_fixed(layout, lines, list_id, states))
    entries = tuple(item for item in parsed if isinstance(item, Entry))
    refused = tuple(item for item in parsed if isinstance(item, RefusedLine))
    if not entries:
        words = f"The hot list {path.name} holds no entry that can be used ({len(refused)} lines refused)."
        raise BadInput(words, f"Check that it is in the layout '{layout_name}'.")
    return ListFile(entries, refused, datetime.fromtimestamp(modified, UTC))
