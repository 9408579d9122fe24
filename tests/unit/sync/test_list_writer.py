"""The file of a long list, sorted on disk, is the very file that a short one's would be."""

from __future__ import annotations

import gzip
import stat
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import HotList
from mdt_app.sync import list_writer
from mdt_app.sync.list_writer import write_list
from mdt_app.sync.snapshot import describe_list, open_list, pack_list
from tests.fakes.headquarters import an_entry

AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
ABOUT = HotList("ncic", "NCIC", "NCIC", AT, 0, "", 7)


@pytest.mark.parametrize("count", [0, 1, 6, 7, 100])
def test_it_is_the_same_file_as_one_that_is_made_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Whatever the order and the number of runs: the same lines, the same count and digest, proven by the reader."""
    monkeypatch.setattr(list_writer, "RUN", 7)
    entries = [an_entry(f"P{number}", nic=f"V{number:05}") for number in range(count)]
    Random(1).shuffle(entries)  # noqa: S311 - an order, no secret
    told: list[tuple[str, float]] = []
    hotlist, path = write_list(tmp_path, ABOUT, iter(entries), lambda *what: told.append(what))
    assert hotlist == describe_list("ncic", "NCIC", "NCIC", AT, entries, 7)
    assert gzip.decompress(path.read_bytes()) == gzip.decompress(pack_list(hotlist, entries))
    assert len(list(open_list([path.read_bytes()])[1])) == count
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    assert [step for step, _ in told] == (["is sorted", "is packed"] if count else [])
    assert all(0 <= share < 1 for _, share in told)


def test_two_entries_with_one_id_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where they stand in two runs."""
    monkeypatch.setattr(list_writer, "RUN", 2)
    with pytest.raises(BadInput, match="one id"):
        write_list(tmp_path, ABOUT, [an_entry("A1"), an_entry("B2"), an_entry("C3"), an_entry("A1")])
