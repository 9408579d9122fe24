"""Rows of texts as files that leave the program: CSV and JSON written row by row, whatever their number."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Iterable[Mapping[str, Any]]


def write_csv(path: Path, columns: Sequence[str], rows: Rows) -> None:
    """Write the rows with their columns' names above. Raises OSError when the place can't be written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def read_csv(path: Path) -> Rows:
    """The rows of a CSV file, one after the other."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_json(path: Path, rows: Rows) -> None:
    """One row a line, so that a table of any length can be written and read by people."""
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            file.write(("[\n" if number == 0 else ",\n") + json.dumps(row))
        file.write("\n]\n")
