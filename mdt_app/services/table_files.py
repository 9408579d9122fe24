"""Rows of texts as files that leave the program: CSV and JSON written and read row by row, whatever their number."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

from mdt_app.domain.errors import BadInput

Rows = Iterable[Mapping[str, Any]]
_CHUNK, _OBJECT_MOST = 1 << 16, 1 << 24
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Give a file to write beside `path`, its owner's alone, that takes its place once all of it is written.

    What fails, or is stopped, leaves no draft.
    """
    draft = path.with_name(f"{path.name}.draft")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_csv(path: Path, columns: Sequence[str], rows: Rows) -> None:
    """Write the rows with their columns' names above. Raises OSError when the place can't be written."""
    write_csv_rows(path, columns, map(itemgetter(*columns), rows))


def write_csv_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows that have their values in the columns' order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def read_csv(path: Path) -> Rows:
    """The rows of a CSV file, one after the other. Raises BadInput where it is none."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        try:
            yield from csv.DictReader(file)
        except csv.Error as error:
            raise _no_longer(path, "CSV") from error


def write_json(path: Path, rows: Rows) -> None:
    """One row a line, so that a table of any length can be written and read by people."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number, row in enumerate(rows):
            file.write((",\n" if number else "\n") + json.dumps(row))
        file.write("\n]\n")


def read_json(path: Path) -> Rows:
    """The objects of a JSON array, one after the other. Raises BadInput where it is none."""
    with path.open(encoding="utf-8", errors="replace") as file:
        text, at = file.read(1), 1
        if text != "[":
            raise _no_longer(path, "JSON")
        while len(text) < _OBJECT_MOST:
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
            try:
                record, at = _decoded(text, at)
            except ValueError:
                more = file.read(_CHUNK)
                if not more:
                    break
                text, at = text[at:] + more, 0
            else:
                yield record
    if text[at:].strip() != "]":
        raise _no_longer(path, "JSON")


def _decoded(text: str, at: int) -> tuple[dict[str, Any], int]:
    """The object that begins here, and where it ends. Raises ValueError where none does, or not all of it."""
    record, end = _DECODER.raw_decode(text, at)
    if not isinstance(record, dict):
        raise ValueError("no object")  # noqa: TRY004 - like all else that is no JSON of ours
    return record, end


def _no_longer(path: Path, layout: str) -> BadInput:
    return BadInput(f"{path.name} is not valid {layout} any more.", "It was changed or cut; get a new export.")
