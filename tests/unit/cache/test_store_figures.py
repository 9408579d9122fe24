"""The store's measurement: exactly the named figures, measured on both stores."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from mdt_app.cli import app


def test_the_measurement_prints_its_figures(tmp_path):
    """One JSON object with the contract's fields; the look-up keeps to its limit of three times plain SQLite."""
    ended = CliRunner().invoke(app, ["bench", "store", "--json", "--rows", "2000", "--folder", str(tmp_path)])
    figures = json.loads(ended.output)
    assert list(figures) == [
        *("commit_ms_p50", "commit_ms_p99", "plain_commit_ms_p50", "ratio"),
        *("lookup_us", "plain_lookup_us", "rows"),
    ]
    assert figures["rows"] == 2000
    assert 0 < figures["commit_ms_p50"] <= figures["commit_ms_p99"]
    assert figures["ratio"] == round(figures["ratio"], 3) > 0
    assert 0 < figures["lookup_us"] <= 3 * figures["plain_lookup_us"]
    assert list(tmp_path.iterdir()) == []


def test_the_opening_of_a_full_store_is_measured(tmp_path):
    """With --open our store alone is filled, opened and searched; the search reads every read of the plate."""
    command = ["bench", "store", "--open", "--crops", "--json", "--rows", "2000", "--folder", str(tmp_path)]
    figures = json.loads(CliRunner().invoke(app, command).output)
    assert figures["rows"] == 2000
    assert figures["megabytes"] >= 2000 * 6 // 1024
    assert figures["open_ms"] > 0
    assert 0 < figures["search_ms_p50"] <= figures["search_ms_p99"] <= figures["search_ms_max"]
    assert 0 < figures["disk_ms_p50"] <= figures["disk_ms_max"]
    assert list(tmp_path.iterdir()) == []
