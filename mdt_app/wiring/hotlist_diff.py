"""`mdt hotlist diff`: two files of one list, of any length, are sorted on disk and walked side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mdt_app.domain.hotlist import Entry, EntryLine, HotList
from mdt_app.hq.list_files import CHANGES_MOST
from mdt_app.services.list_import import Tally, extract_time, list_lines, require_entries
from mdt_app.services.progress import Steps
from mdt_app.sync.delta import delta_between, differences, pack_delta
from mdt_app.sync.list_wire import entry_of
from mdt_app.sync.list_writer import write_list
from mdt_app.wiring.hotlists import jsonable

_PIECE = 1 << 18


def list_difference(
    before: Path, after: Path, layout: str, list_id: str, columns: Path | None, say: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Give what changed between two files of one list: a row an entry by its id, and the counts last.

    Of a changed entry `was` holds what it said before where that differs. Lines that were refused are counted for
    each file. `delta_bytes` is what a car fetches, None for more changes than a delta holds. Raises BadInput.
    """
    with TemporaryDirectory(prefix="mdt-list-") as folder, Steps(say) as steps:
        sides = [
            _sorted(Path(folder) / side, path, layout, list_id, columns, steps)
            for side, path in (("before", before), ("after", after))
        ]
        (old, old_file, old_tally), (new, new_file, new_tally) = sides
        counts = Counter(added=0, removed=0, changed=0)
        steps.at("is compared")
        for gone, come in differences(_pieces(old_file), _pieces(new_file)):
            row = _row(gone, come)
            counts[row["change"]] += 1
            yield row
        made = delta_between(_pieces(old_file), _pieces(new_file), CHANGES_MOST)
    refused = {"refused_before": old_tally.refused.total(), "refused_after": new_tally.refused.total()}
    digests = {"before": old.sha256, "after": new.sha256, "delta_bytes": len(pack_delta(made)) if made else None}
    yield {"summary": True, **counts, **refused, **digests}


def _sorted(
    folder: Path, path: Path, layout: str, list_id: str, columns: Path | None, steps: Steps
) -> tuple[HotList, Path, Tally]:
    """Read a file and sort its entries on disk; return the list, its file as it would travel, and the counts."""
    tally, extracted_at, words = Tally(), extract_time(path), f"of {path.name} is read"
    about = HotList(list_id, list_id, list_id, extracted_at, 0, "", int(extracted_at.timestamp()))

    def entries() -> Iterator[Entry]:
        read = list_lines(path, layout, list_id, tally, columns=columns, progress=lambda at: steps.at(words, at))
        yield from (item for item in read if isinstance(item, Entry))
        require_entries(path, layout, tally)

    folder.mkdir()
    return *write_list(folder, about, entries(), steps.at), tally


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(partial(file.read, _PIECE), b"")


def _row(gone: EntryLine | None, come: EntryLine | None) -> dict[str, Any]:
    was, now = (jsonable(entry_of(one.line, one.list_id)) if one else {} for one in (gone, come))
    if not (was and now):
        return {"change": "added" if now else "removed", **was, **now}
    return {"change": "changed", **now, "was": {name: value for name, value in was.items() if value != now[name]}}
