"""What the `mdt hotlist` commands do with list files and with headquarters' lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, HotList, RefusedLine
from mdt_app.services.list_import import Tally, extract_time, list_lines
from mdt_app.services.progress import Progress
from mdt_app.sync.list_wire import entry_of
from mdt_app.sync.snapshot import open_list
from mdt_app.wiring.desk import AskProof, Desk

Say = Callable[[str], None]


def dry_run(
    path: Path, layout: str, list_id: str, say: Say, *, as_json: bool, columns: Path | None, progress: Progress | None
) -> Tally:
    """Say what each line of a list file would become, and the counts. Nothing is sent. Raises BadInput.

    As JSON: a line an entry, a line for each refused with number and reason, and last the summary.
    """
    tally = Tally()
    tell = _told_json if as_json else _told_words
    for item in list_lines(path, layout, list_id, tally, columns=columns, progress=progress):
        if isinstance(item, Entry | RefusedLine):
            say(tell(tally.lines, item))
    summary = {
        "summary": True,
        "format": layout,
        "source": path.name,
        "extracted_at": extract_time(path).isoformat(),
        "sha256": tally.sha256,
        "lines": tally.lines,
        "entries": tally.entries,
        "refused": tally.refused.total(),
        "reasons": dict(tally.refused),
        **{what: tally.passed[what] for what in ("header", "footer", "blank", "prompt")},
    }
    say(json.dumps(summary) if as_json else ", ".join(f"{name} {value}" for name, value in summary.items()))
    return tally


def list_status(base_url: str, token: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Give what headquarters holds: each list with its count, digest, and age in hours at `now` (UTC)."""
    with closing(Desk(base_url, token)) as desk:
        for held in desk.lists():
            age = (now - held.extracted_at).total_seconds() / 3600
            yield {**jsonable(held), "age_h": round(age, 1)}


def export_list(base_url: str, token: str, list_id: str, target: Path, ask_proof: AskProof | None = None) -> HotList:
    """Write a list of headquarters to a file, an entry a line as JSON, once it is proven complete."""
    with closing(Desk(base_url, token, ask_proof)) as desk:
        manifest, lines = open_list([desk.list_file(list_id)])
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(jsonable(entry_of(entry.line, list_id))) + "\n" for entry in lines)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest.to_hotlist()


def _told_json(number: int, item: Entry | RefusedLine) -> str:
    return json.dumps(
        {"number": number, "reason": item.reason}
        if isinstance(item, RefusedLine)
        else {"number": number, **jsonable(item)}
    )


def _told_words(number: int, item: Entry | RefusedLine) -> str:
    if isinstance(item, RefusedLine):
        return f"line {number}: {item.reason}"
    vehicle = " ".join(part for part in asdict(item.vehicle).values() if part)
    plate = item.pattern or item.plate
    return f"{number:>8}  {plate:<10}  {item.state or '??'}  {item.category:<20}  {vehicle}  {item.words}".rstrip()


def jsonable(item: Entry | HotList) -> dict[str, Any]:
    """Fields by name; dates as ISO text."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in asdict(item).items()}


def require_headquarters(address: str | None) -> str:
    """Return the address. Raises BadInput when there is none and the import is no dry run."""
    if not address:
        raise BadInput("There is no headquarters to bring the list to.", "Give --headquarters, or --dry-run.")
    return address
