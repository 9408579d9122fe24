"""Rows 5, 6, 7 and 9 of the fault table: wrong keys, plain text, damaged and swapped files, and keyrings."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import keyring.backend
import keyring.errors
import pytest

from cache import keepers
from cache.db import DriverError
from cache.keys import forget_key, obtain_key, replace_key, restore_key
from cache.recovery import add_recipient, new_recovery_key, recover
from cache.store import CacheStore
from mdt_app.domain import commands as c
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.reads import Pictures
from tests.fakes.car import KEY, make_read
from tests.faults.store.conftest import ROOT, found_in
from tests.faults.store.worker import event, one_record

PLATE, CROP = b"4BXR91", b"\xff\xd8\xff\xe0planted-crop-of-a-plate"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("key", [bytes(32), b"k" * 32, KEY[::-1]], ids=["empty", "another", "reversed"])
def test_a_wrong_key_changes_nothing(tmp_path, key):
    """A wrong key is refused with words, and not one byte of any file changes (row 5)."""
    store = CacheStore(tmp_path / "store.db", KEY)
    one_record(store)
    store.close()
    before = contents(tmp_path)
    with pytest.raises(BadInput, match="can't be read"):
        CacheStore(tmp_path / "store.db", key)
    assert contents(tmp_path) == before


def test_the_plain_driver_can_not_touch_the_store(tmp_path):
    """Python's own driver by mistake: it is refused and the file stays; a store it made is refused by us (row 5)."""
    store = CacheStore(tmp_path / "store.db", KEY)
    one_record(store)
    store.close()
    assert not touched_by_the_plain_driver(tmp_path / "store.db")


def touched_by_the_plain_driver(path: Path) -> bool:
    before = contents(path.parent)
    with closing(sqlite3.connect(path)) as plain, suppress(sqlite3.DatabaseError):
        plain.execute("CREATE TABLE x (y)")
    return contents(path.parent) != before


def test_row_5_a_store_that_opens_with_any_key_is_found_out(tmp_path):
    """The negative control: a file that is not encrypted is changed by the plain driver, a store by its own key."""
    with closing(sqlite3.connect(tmp_path / "store.db")) as plain:
        plain.execute("CREATE TABLE reads (plate)")
    assert touched_by_the_plain_driver(tmp_path / "store.db")
    (tmp_path / "own").mkdir()
    store = CacheStore(tmp_path / "own" / "store.db", KEY)
    one_record(store)
    store.close()
    before = contents(tmp_path)
    one_record(again := CacheStore(tmp_path / "own" / "store.db", KEY))
    again.close()
    assert contents(tmp_path) != before


def plain_text_in(folder: Path) -> list[str]:
    return [name for name, content in contents(folder).items() if PLATE in content or CROP in content]


def test_no_file_shows_a_plate_while_running_after_a_kill_and_after_a_purge(program, tmp_path):
    """A planted plate is in no file: database, log, shared memory, witness, temporary folder (row 6)."""
    for folder in ("car", "temp"):
        (tmp_path / folder).mkdir()
    store = CacheStore(tmp_path / "car" / "store.db", KEY)
    with store.transaction() as tx:
        tx.reads.add(made := make_read(PLATE.decode()), Pictures(CROP, CROP), event(made.read_id))
    store.close()
    worker = program("commit", tmp_path / "car", TMPDIR=str(tmp_path / "temp"), SQLITE_TMPDIR=str(tmp_path / "temp"))
    worker.hear_until(lambda lines: len(lines) >= 20)
    names = contents(tmp_path)
    assert {"store.db", "store.db-wal", "store.db-shm", "store.witness"} <= names.keys()
    assert plain_text_in(tmp_path) == []
    worker.kill()
    assert plain_text_in(tmp_path) == []
    purging = program("purge_and_die", tmp_path / "car", TMPDIR=str(tmp_path / "temp"))
    purging.hear_until(lambda lines: lines == ["purged"])
    assert (tmp_path / "car" / "store.db-wal").stat().st_size == 0
    assert plain_text_in(tmp_path) == []
    purging.kill()
    assert plain_text_in(tmp_path) == []


def test_the_search_finds_a_plain_store(tmp_path):
    """The negative control: the same search finds the plate in a store that is not encrypted (row 6)."""
    with closing(sqlite3.connect(tmp_path / "plain.db")) as plain:
        plain.execute("CREATE TABLE reads (plate, crop)")
        plain.execute("INSERT INTO reads VALUES (?, ?)", (PLATE.decode(), CROP))
        plain.commit()
    assert plain_text_in(tmp_path) == ["plain.db"]


CRASH = """
import ctypes, os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
if "guarded" in sys.argv:
    from mdt_app.services.no_dumps import forbid_dumps
    forbid_dumps()
plate = "4BX" + "R91"
print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
ctypes.string_at(0)
"""


@pytest.mark.parametrize(("how", "limit_and_dumpable"), [("guarded", "0 0"), ("open", "-1 1")])
def test_a_crash_leaves_no_core(tmp_path, how, limit_and_dumpable):
    """A crash of the guarded program can leave no memory image; without the guard it could (row 6)."""
    if sys.platform != "linux":
        pytest.skip("the limits are Linux's")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    crash = subprocess.run(
        (sys.executable, "-c", CRASH, how), check=False, cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert crash.returncode < 0
    assert crash.stdout.strip() == limit_and_dumpable
    if how == "guarded":
        assert list(tmp_path.iterdir()) == []


def flip(path: Path, share: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 0x10
    path.write_bytes(content)


@pytest.mark.parametrize("share", [0.001, 0.2, 0.4, 0.6, 0.8, 0.999])
def test_a_flipped_bit_in_the_store_is_found(tmp_path, share):
    """Anywhere in the file: it is refused at the start, or named by the check of all pages (row 7)."""
    path = tmp_path / "store.db"
    store = CacheStore(path, KEY)
    for _ in range(40):
        one_record(store)
    store.close()
    assert found_in(path).problems([]) == []
    flip(path, share)
    try:
        problems = found_in(path).problems([])
    except MdtError as error:
        problems = [error.words]
    except DriverError as error:  # the page is met by a question before the check of all pages comes to it
        problems = [str(error)]
    assert problems


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_flipped_bit_in_the_log_is_found_at_the_start(program, tmp_path, share):
    """SQLite drops the rest of a damaged log in silence and calls the store whole; the witness says no (row 7)."""
    path = tmp_path / "store.db"
    worker = program("commit", tmp_path, "30")
    worker.hear_until(lambda lines: len(lines) == 30)
    acknowledged = worker.kill()
    flip(path.with_name("store.db-wal"), share)
    found = found_in(path)
    assert set(acknowledged) - set(found.reads)
    assert (found.audit, found.damage) == ("ok", ())
    assert "missing from the store" in found.findings[0]


def test_an_older_store_put_back_is_found_at_the_start(tmp_path):
    """A whole, older copy in the store's place is found by the witness; both put back only by headquarters (row 7)."""
    path = tmp_path / "store.db"
    store = CacheStore(path, KEY)
    one_record(store)
    store.close()
    shutil.copy(path, tmp_path / "older")
    store = CacheStore(path, KEY)
    one_record(store)
    store.close()
    assert CacheStore(path, KEY).findings == ()
    shutil.copy(tmp_path / "older", path)
    assert CacheStore(path, KEY).findings == ("2 records that were committed are missing from the store.",)


def test_an_untouched_store_raises_no_alarm(program, tmp_path):
    """The control of row 7's search: killed and opened, copied and put back as it was, nothing is found."""
    worker = program("commit", tmp_path, "30")
    worker.hear_until(lambda lines: len(lines) == 30)
    acknowledged = worker.kill()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(tmp_path / name, tmp_path / "same")
        shutil.copy(tmp_path / "same", tmp_path / name)
    assert found_in(tmp_path / "store.db").problems(acknowledged) == []


@pytest.mark.parametrize("what", ["store.db", "store.db-wal"])
def test_without_the_witness_an_older_store_or_a_cut_log_is_taken_for_whole(program, tmp_path, what):
    """The negative control: with the witness put back too, what row 7 finds goes unseen here; headquarters knows."""
    path, older = tmp_path / "car" / "store.db", tmp_path / "older"
    path.parent.mkdir()
    store = CacheStore(path, KEY)
    one_record(store)
    store.close()
    shutil.copytree(path.parent, older)
    worker = program("commit", path.parent, "30")
    worker.hear_until(lambda lines: len(lines) == 30)
    acknowledged = worker.kill()
    path.with_name("store.db-wal").unlink()
    if what == "store.db":
        shutil.copy(older / what, path)
    assert CacheStore(path, KEY).findings
    shutil.copy(older / "store.witness", path.parent)
    found = found_in(path)
    assert found.lost(acknowledged)
    assert (found.audit, found.damage, found.findings) == ("ok", (), ())


class FakeKeyring(keyring.backend.KeyringBackend):
    """A keyring in memory, named as the test wants it."""

    priority = 9
    locked = False

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class PlainText(FakeKeyring):
    """As keyrings.alt's: it would keep the key in a plain file, and wins by its priority."""


@pytest.fixture
def keyrings(monkeypatch):
    """The keyrings that the machine has; an allowed one is among them when the test puts it there."""
    present: list[keyring.backend.KeyringBackend] = []
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: present)
    monkeypatch.setattr(keepers, "_ALLOWED", frozenset({f"{__name__}.FakeKeyring"}))
    return present


def refusal(folder: Path, **how) -> str:
    with pytest.raises(BadInput) as refused:
        obtain_key(folder, **how)
    assert refused.value.remedy
    assert not [name for name in contents(folder) if name.endswith((".key", ".sealed"))]
    return refused.value.words


def test_without_a_keyring_nothing_is_kept(keyrings, tmp_path):
    """Absent, or only one that writes plain text: clear words, and no key anywhere (row 9)."""
    assert "no keyring" in refusal(tmp_path)
    keyrings.append(PlainText())
    assert "no keyring" in refusal(tmp_path)
    assert keyrings[0].kept == {}


def test_row_9_a_keyring_that_writes_plain_text_is_found_out_once_it_is_allowed(keyrings, tmp_path, monkeypatch):
    """The negative control: let in, it takes the key, and the check of refusals fails; a key file, too."""
    keyrings.append(PlainText())
    monkeypatch.setattr(keepers, "_ALLOWED", frozenset({f"{__name__}.PlainText"}))
    with pytest.raises(pytest.fail.Exception):
        refusal(tmp_path / "a")
    assert keyrings[0].kept
    keyrings.clear()
    with pytest.raises(pytest.fail.Exception):
        refusal(tmp_path / "b", allow_file=True)
    assert [name for name in contents(tmp_path / "b") if name.endswith(".key")]


def test_a_locked_keyring_says_so(keyrings, tmp_path):
    """Locked is said as locked, at the first start and later; unlocked, the same key comes back (row 9)."""
    keyrings.append(FakeKeyring())
    keyrings[0].locked = True
    assert "locked" in refusal(tmp_path)
    keyrings[0].locked = False
    key = obtain_key(tmp_path)
    keyrings[0].locked = True
    assert "locked" in refusal(tmp_path)
    keyrings[0].locked = False
    assert obtain_key(tmp_path) == key
    assert not key.in_file


def test_another_keyring_or_a_lost_key_is_refused(keyrings, tmp_path):
    """The recorded keyring alone counts; a key that is gone is never made anew beside its store (row 9)."""
    keyrings.append(FakeKeyring())
    key = obtain_key(tmp_path)
    CacheStore(tmp_path / "store.db", key.raw).close()
    (tmp_path / "keystore.json").write_text('{"backend": "keyring.backends.kwallet.DBusKeyring"}')
    assert "but now" in refusal(tmp_path)
    (tmp_path / "keystore.json").unlink()
    keyrings[0].kept.clear()
    assert "gone" in refusal(tmp_path)


def test_a_real_keyring_keeps_the_key(tmp_path):
    """The Secret Service of this system, unlocked without a desktop, keeps the key over two starts (row 9)."""
    if not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")):
        pytest.skip("gnome-keyring and dbus are not installed")
    code = (
        "from cache.keys import obtain_key; from pathlib import Path;"
        f"a, b = (obtain_key(Path({str(tmp_path / 'car')!r})) for _ in range(2)); print(a == b, a.backend)"
    )
    script = (
        f'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "{sys.executable}" -c "$1"'
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": tempfile.mkdtemp(dir=home),
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("XDG_DATA_HOME", None)
    ended = subprocess.run(
        ("dbus-run-session", "--", "bash", "-c", script, "bash", code),  # noqa: S607 - found above
        check=False, env=environment, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert ended.stdout.split() == ["True", "keyring.backends.SecretService.Keyring"], ended.stderr[-500:]


class TestSealedKeyFile:
    """Where the settings allow it, a passphrase seals the key in a file."""

    def test_it_opens_with_the_passphrase_alone(self, keyrings, tmp_path):
        """The right passphrase gives the same key, a wrong one words; the key's bytes stand in no file."""
        key = obtain_key(tmp_path, passphrase=lambda: "correct horse")
        assert obtain_key(tmp_path, passphrase=lambda: "correct horse") == key
        assert not any(
            key.raw in content or key.raw.hex().encode() in content for content in contents(tmp_path).values()
        )
        with pytest.raises(BadInput, match="passphrase"):
            obtain_key(tmp_path, passphrase=lambda: "wrong")

    def test_it_is_no_way_around_the_recorded_keyring(self, keyrings, tmp_path):
        """A store whose key a keyring keeps does not fall back to a file, and a sealed one to no plain file."""
        keyrings.append(FakeKeyring())
        obtain_key(tmp_path / "a")
        keyrings.clear()
        with pytest.raises(BadInput, match="but now"):
            obtain_key(tmp_path / "a", passphrase=lambda: "x")
        obtain_key(tmp_path / "b", passphrase=lambda: "x")
        with pytest.raises(BadInput, match="but now"):
            obtain_key(tmp_path / "b", allow_file=True)

    def test_its_key_can_be_replaced(self, keyrings, tmp_path):
        """Re-keying works as it does with a keyring, and the old key opens nothing any more."""
        key = obtain_key(tmp_path, passphrase=lambda: "x")
        CacheStore(tmp_path / "store.db", key.raw).close()
        replace_key(tmp_path, passphrase=lambda: "x")
        new = obtain_key(tmp_path, passphrase=lambda: "x")
        assert new != key
        CacheStore(tmp_path / "store.db", new.raw).close()
        with pytest.raises(BadInput):
            CacheStore(tmp_path / "store.db", key.raw)


def test_the_recovery_key_brings_the_store_back(keyrings, tmp_path):
    """The keyring is lost with the machine: the printed key, or headquarters' escrow, puts the store's key back."""
    keyrings.append(FakeKeyring())
    key = obtain_key(tmp_path)
    CacheStore(tmp_path / "store.db", key.raw).close()
    printed, public = new_recovery_key()
    add_recipient(tmp_path, public, key.raw)
    keyrings[0] = FakeKeyring()
    with pytest.raises(BadInput, match="gone"):
        obtain_key(tmp_path)
    with pytest.raises(BadInput, match="mistyped"):
        recover(tmp_path, printed[:-1] + ("A" if printed[-1] != "A" else "B"))
    with pytest.raises(BadInput, match="not this store's"):
        recover(tmp_path, new_recovery_key()[0])
    for raw in recover(tmp_path, printed.lower()):
        restore_key(tmp_path, raw)
    assert obtain_key(tmp_path).raw == key.raw
    forget_key(tmp_path)
    with pytest.raises(BadInput, match="gone"):
        obtain_key(tmp_path)


def test_a_broken_rule_is_no_reason_to_drop_the_connection(patrol):
    """A refused write leaves the store usable: the next command is committed."""
    patrol.do(c.SignOut())
    patrol.sign_in()
    reader = patrol.store.reader()
    assert reader.verify_audit().words == "ok"
    reader.close()
