"""The vendor's report on a car's equipment: what failed, and what was repaired (EQP-3)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from mdt_app.domain.equipment import Checked, Equipment, EquipmentRecord, Result
from mdt_app.services.camera_table import read_cameras
from mdt_app.wiring.store_tools import Place, opened

_COLUMNS = ("at", "equipment", "agency number", "kind", "place", "lane", "what", "by", "found", "measured or done")


def save_report(place: Place, target: Path, cameras: Path | None) -> int:
    """Write the vendor's report as CSV: every aspect that failed and every repair; return how many lines (EQP-3)."""
    pieces = {one.id: one.equipment() for one in read_cameras(cameras)} if cameras is not None else {}
    with opened(place) as (_, reader):
        rows = [row for record in reader.equipment() for row in _rows(record, pieces)]
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(rows)
    return len(rows)


def _rows(record: EquipmentRecord, pieces: Mapping[str, Equipment]) -> Iterator[tuple[str, ...]]:
    piece = pieces.get(record.equipment_id)
    booked = (piece.agency_number, piece.kind.value, piece.place, piece.lane) if piece else ("", "", "", "")
    head = (record.at.isoformat(timespec="seconds"), record.equipment_id, *booked)
    if isinstance(record, Checked):
        for finding in record.findings:
            if finding.result is Result.FAILED:
                yield (*head, "failed", record.by, finding.aspect.value, finding.measured)
    else:
        source = f"{record.source}, authorized by {record.authorized_by}"
        yield (*head, "repaired", record.by, source, record.work)
