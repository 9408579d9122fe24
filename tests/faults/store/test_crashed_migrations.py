"""Row 8 of the fault table: killed at each statement of each step, a store is of the step before or the step after."""

from __future__ import annotations

import json

import pytest

from cache.keys import obtain_key
from cache.migrations import MIGRATIONS
from cache.recovery import add_recipient, new_recovery_key, recover
from cache.store import CacheStore
from mdt_app.domain.errors import StorageFault
from tests.fakes.campaign import STEPS
from tests.faults.store.worker import one_record


def kills(program, *words) -> list[dict]:
    return [json.loads(line) for line in program(*words).finish()]


def test_a_killed_migration_leaves_one_step_or_the_other(program, tmp_path, record_property):
    """Every statement of every step, the commit's included, is a place to die; none leaves a half."""
    outcomes = kills(program, "migrations", tmp_path, "whole")
    record_property("tries", len(outcomes))
    assert {o["step"] for o in outcomes} == set(range(1, len(MIGRATIONS) + 1))
    assert all(o["whole"] for o in outcomes)


def test_the_migration_harness_finds_a_half(program, tmp_path):
    """The negative control: the same steps outside a transaction are found half done."""
    outcomes = kills(program, "migrations", tmp_path, "without")
    assert not all(o["whole"] for o in outcomes)


@pytest.fixture
def with_key_file(tmp_path, monkeypatch):
    """A car's folder with three records, its key in a file because test machines have no keyring."""
    monkeypatch.setattr("keyring.backend.get_all_keyring", list)
    key = obtain_key(tmp_path, allow_file=True)
    store = CacheStore(tmp_path / "store.db", key.raw)
    for _ in range(3):
        one_record(store)
    store.close()
    return key.raw


@pytest.mark.timeout(0 if STEPS else 120)
def test_a_killed_rekey_leaves_a_store_that_opens(program, with_key_file, tmp_path, record_property):
    """Killed at every few lines, the store opens whole with the one key that is then kept; recovery still works."""
    words, public = new_recovery_key()
    add_recipient(tmp_path, public, with_key_file)
    outcomes = [json.loads(line) for line in program("rekeys", tmp_path, 1 if STEPS else 5).finish()]
    record_property("tries", len(outcomes))
    assert len(outcomes) >= 20
    assert [o for o in outcomes if not o["whole"] or o["left"] or not o["one_key"]] == []
    key = obtain_key(tmp_path, allow_file=True).raw
    assert key != with_key_file
    assert recover(tmp_path, words) == (key,)
    store = CacheStore(tmp_path / "store.db", key)
    assert store.findings == ()
    store.close()


def test_a_store_in_use_gets_no_new_key(program, with_key_file, tmp_path, monkeypatch):
    """While the application holds the store, re-keying says so and changes nothing."""
    from cache import db, keys

    monkeypatch.setattr(db, "BUSY_MS", 100)
    reader = CacheStore(tmp_path / "store.db", with_key_file).reader()
    with pytest.raises(StorageFault, match="in use"):
        keys.replace_key(tmp_path, allow_file=True)
    reader.close()
    assert obtain_key(tmp_path, allow_file=True).raw == with_key_file
