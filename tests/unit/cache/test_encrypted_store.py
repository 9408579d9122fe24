"""The encrypted store: what it refuses, what it never loses, and that nothing is readable from outside."""

from __future__ import annotations

import sqlite3

import pytest

from cache.db import DriverError, open_database
from cache.keys import obtain_key
from cache.migrations import MIGRATIONS, migrate
from cache.store import CacheStore
from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.errors import BadInput, StorageFault
from mdt_app.domain.reads import Pictures
from tests.fakes.car import KEY, make_read


def raw(patrol):
    """A direct connection, as one who goes around the program would open."""
    return open_database(patrol.path, KEY)


def with_hit(patrol):
    patrol.do(c.RecordRead(make_read("4BXR91"), Pictures(b"\xff\xd8planted-crop", b"context")))
    return patrol.said(n.HitRaised)[-1].hit


def test_the_file_is_not_readable_without_the_key(patrol):
    """The header is not SQLite's, the plain driver refuses, and a planted plate stands in no file."""
    with_hit(patrol)
    files = list(patrol.path.parent.iterdir())
    assert {"store.db", "store.db-wal"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert b"4BXR91" not in content
        assert b"planted-crop" not in content
    assert not patrol.path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(patrol.path) as plain:
        plain.execute("SELECT * FROM reads")


def test_a_wrong_key_is_refused_and_the_file_left_alone(tmp_path):
    """A wrong key gets words that help, and not a byte of the store changes."""
    path = tmp_path / "store.db"
    CacheStore(path, KEY)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="can't be read"):
        CacheStore(path, bytes(32))
    assert path.read_bytes() == before


def test_a_plain_database_is_refused(tmp_path):
    """A file that somebody made with the plain driver is not ours and stays as it is."""
    path = tmp_path / "store.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    with pytest.raises(BadInput, match="not encrypted"):
        CacheStore(path, KEY)


@pytest.mark.clause("STP-2", "STP-4")
@pytest.mark.parametrize("decision", ["no-such-decision", "refused"])
def test_the_store_refuses_a_stop_without_a_passed_gate(patrol, decision):
    """Even a direct write can't make a stop: the schema wants a passed decision of that very hit."""
    hit = with_hit(patrol)
    db = raw(patrol)
    db.execute("INSERT INTO gate_decisions VALUES ('refused', ?, 'now', 0, '[\"plate_confirmed\"]')", (hit.hit_id,))
    with pytest.raises(DriverError):
        db.execute("INSERT INTO stops VALUES ('s', ?, ?, 'locate', 'rdoe', 'now')", (hit.hit_id, decision))
    db.close()


def test_the_same_stop_goes_in_with_its_decision(patrol):
    """The negative control: with a passed decision the same write is taken."""
    hit = with_hit(patrol)
    db = raw(patrol)
    db.execute("INSERT INTO gate_decisions VALUES ('passed', ?, 'now', 1, '[]')", (hit.hit_id,))
    db.execute("INSERT INTO stops VALUES ('s', ?, 'passed', 'locate', 'rdoe', 'now')", (hit.hit_id,))
    assert db["stops"].count == 1
    db.close()


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE audit SET actor = 'somebody'",
        "DELETE FROM audit",
        "UPDATE gate_decisions SET passed = 1, unmet = '[]'",
        "DELETE FROM gate_decisions",
        "INSERT INTO gate_decisions VALUES ('d', (SELECT hit_id FROM hits), 'now', 1, '[\"plate_confirmed\"]')",
    ],
)
@pytest.mark.clause("AUD-1")
def test_what_happened_can_not_be_rewritten(patrol, write):
    """The trail and the gate's decisions refuse to be changed, removed or made up."""
    hit = with_hit(patrol)
    db = raw(patrol)
    db.execute("INSERT INTO gate_decisions VALUES ('r', ?, 'now', 0, '[\"plate_confirmed\"]')", (hit.hit_id,))
    with pytest.raises(DriverError):
        db.execute(write)
    db.close()


@pytest.mark.clause("AUD-1")
@pytest.mark.parametrize(
    ("write", "found"),
    [
        ("DROP TRIGGER audit_stands; UPDATE audit SET actor = 'somebody' WHERE sequence = 2", "row 2"),
        ("DROP TRIGGER audit_stays; DELETE FROM audit_bodies; DELETE FROM audit WHERE sequence = 1", "row 2"),
        ("UPDATE audit_bodies SET body = '{}' WHERE sequence = 3", "row 3"),
    ],
)
def test_a_change_behind_the_triggers_is_located(patrol, write, found):
    """Whoever has the key and drops the triggers is still found, at the very row."""
    with_hit(patrol)
    db = raw(patrol)
    db.conn.executescript(write)
    db.close()
    reader = patrol.store.reader()
    words = reader.verify_audit().words
    reader.close()
    assert words.startswith(found)


@pytest.mark.clause("ALR-1")
def test_a_store_that_fails_still_shows_the_alert_and_keeps_the_gate_shut(patrol):
    """If the commit fails the officer sees the hit and the fault; an answer to it is refused; later it works again."""
    db = raw(patrol)
    db.execute("CREATE TRIGGER full BEFORE INSERT ON reads BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(StorageFault):
        patrol.do(c.RecordRead(make_read("4BXR91"), Pictures(b"crop", b"")))
    raised = patrol.said(n.HitRaised)[-1]
    assert (raised.recorded, raised.decision.passed) == (False, False)
    assert patrol.said(n.FaultChanged)[-1].words
    db.execute("DROP TRIGGER full")
    db.close()
    with_hit(patrol)
    assert patrol.said(n.FaultChanged)[-1] == n.FaultChanged("storage", "")


def test_a_failed_command_leaves_nothing_behind(patrol):
    """State, trail and outbox go together: when the trail can't be written, the read isn't kept either."""
    reader = patrol.store.reader()
    before = reader.counts()
    db = raw(patrol)
    db.execute("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(StorageFault):
        patrol.do(c.RecordRead(make_read("4BXR91"), Pictures(b"crop", b"")))
    assert reader.counts() == before
    db.execute("DROP TRIGGER full")
    db.close()
    reader.close()


def test_a_newer_store_is_not_touched(tmp_path):
    """A store that a newer program wrote is refused with what to do."""
    path = tmp_path / "store.db"
    db = open_database(path, KEY)
    migrate(db)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(BadInput, match="newer"):
        migrate(db)
    db.close()


class TestKeys:
    """Where no keyring answers, as on this test machine, only the demo's key file is allowed, and only by consent."""

    @pytest.fixture(autouse=True)
    def _no_keyring(self, monkeypatch):
        monkeypatch.setattr("keyring.backend.get_all_keyring", list)

    def test_no_keyring_is_refused_with_words(self, tmp_path):
        """Fail closed, and say what to do."""
        with pytest.raises(BadInput, match="no keyring") as refusal:
            obtain_key(tmp_path)
        assert refusal.value.remedy
        assert list(tmp_path.iterdir()) == []

    def test_the_key_file_is_private_and_kept(self, tmp_path):
        """The demo's key is the same at the next start, readable by its owner alone, and known to be in a file."""
        key = obtain_key(tmp_path, allow_file=True)
        assert key.in_file
        assert obtain_key(tmp_path, allow_file=True) == key
        assert (tmp_path / "store.key").stat().st_mode & 0o077 == 0

    def test_a_lost_key_is_never_made_anew(self, tmp_path):
        """A store whose key is gone is not silently given another."""
        obtain_key(tmp_path, allow_file=True)
        (tmp_path / "store.key").unlink()
        with pytest.raises(BadInput, match="gone"):
            obtain_key(tmp_path, allow_file=True)

    def test_another_backend_is_refused(self, tmp_path):
        """A key that was kept elsewhere is not looked for in a file."""
        (tmp_path / "keystore.json").write_text('{"backend": "keyring.backends.SecretService.Keyring"}')
        with pytest.raises(BadInput, match="but now"):
            obtain_key(tmp_path, allow_file=True)
