"""Lists as files at headquarters: brought in any layout, shown, written out again, and compared."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.hq.main import issue_desk_token
from mdt_app.services.list_import import read_list_file
from mdt_app.sync.list_wire import HotListManifest, line_of
from mdt_app.wiring.hotlist_import import import_list
from mdt_app.wiring.hotlists import export_list, list_status
from tests.fakes.desk_people import seat, typed_by
from tests.fakes.headquarters import KEY, Headquarters
from tests.fakes.hotlist_rows import SAMPLES


@pytest.mark.clause("HOT-1", "HOT-12")
@pytest.mark.parametrize("layout", sorted(SAMPLES))
def test_a_list_of_any_layout_comes_to_headquarters_and_out_again(hq: Headquarters, tmp_path, layout) -> None:
    """What a car fetches and what is written out are the entries of the file; count, digest and age are shown."""
    path, token = tmp_path / SAMPLES[layout].name, hq.desks[Role.ADMINISTRATOR]
    path.write_text("\n".join(SAMPLES[layout].lines))
    held, tally = import_list(path, layout, hq.url, token, f"file.{layout}", "A list")
    file = read_list_file(path, layout, f"file.{layout}")
    assert (tally.entries, tally.refused.total()) == (len(file.entries), len(file.refused))
    with hq.client() as client:
        assert sorted(client.fetch_entries(HotListManifest.of(held))) == sorted(map(line_of, file.entries))
    (row,) = (r for r in list_status(hq.url, token, datetime.now(UTC)) if r["list_id"] == held.list_id)
    assert (row["count"], row["sha256"]) == (len(file.entries), held.sha256)
    assert -0.1 <= row["age_h"] < 1
    reader, typed = a_reader_of_lists(hq)
    with pytest.raises(BadInput, match="Nobody is signed in"):
        export_list(hq.url, reader, held.list_id, tmp_path / "out.jsonl")
    assert export_list(hq.url, reader, held.list_id, tmp_path / "out.jsonl", lambda _: typed) == held
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert {(row["plate"], row["state"]) for row in rows} == {(entry.plate, entry.state) for entry in file.entries}


def a_reader_of_lists(hq: Headquarters) -> tuple[str, tuple[str, str]]:
    """Somebody's token, and what they type to prove who they are."""
    user_id = f"lists-{uuid4()}"
    with closing(hq.store()) as store:
        seat(store, user_id, Role.ADMINISTRATOR)
        typed = typed_by(store, user_id)
    at = {"key": KEY, "database": hq.database}
    return issue_desk_token(hq.folder, holder=user_id, role=Role.ADMINISTRATOR, **at), typed


def test_a_list_that_is_broken_never_comes_half(hq: Headquarters, tmp_path) -> None:
    """A wrong footer refuses the file, and headquarters keeps what it had."""
    path, token = tmp_path / "svs.tbl", hq.desks[Role.ADMINISTRATOR]
    good = SAMPLES["ca_doj_clew"].lines
    path.write_text("\n".join(good))
    held, _ = import_list(path, "ca_doj_clew", hq.url, token, "whole", "CA")
    path.write_text("\n".join([*good[:-2], good[-1]]))
    with pytest.raises(BadInput, match="as many records"):
        import_list(path, "ca_doj_clew", hq.url, token, "whole", "CA")
    assert held in [HotListManifest.model_validate(_plain(row)).to_hotlist() for row in _lists(hq, token)]


def _lists(hq: Headquarters, token: str) -> list[dict[str, object]]:
    return list(list_status(hq.url, token, datetime.now(UTC)))


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "age_h"}
