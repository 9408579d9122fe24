"""Programs that tests start as processes of their own, to be killed: `python -m tests.faults.store.worker NAME ...`."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InternalError

from cache.db import DriverError, open_database
from cache.keepers import FileKeeper
from cache.migrations import MIGRATIONS
from cache.reserve import Room
from cache.store import CacheStore
from mdt_app.domain.errors import MdtError
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.reads import Pictures
from tests.fakes.car import KEY, make_read

SMALL_ROOM = Room(reserve=2 << 20, low=1 << 20)


def main() -> None:
    name, *words = sys.argv[1:]
    PROGRAMS[name](*words)


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def event(subject: str, kind: EventKind = EventKind.READ) -> Event:
    return Event(f"e-{subject}", kind, datetime.now(UTC), "system", "rdoe", "CAR12", subject, {"plate": "4BXR91"})


def one_record(store: CacheStore, size: int = 2000) -> str:
    """A read with its picture and a row of the trail, in one transaction. Returns the read's id."""
    read = make_read("4BXR91")
    with store.transaction() as tx:
        tx.reads.add(read, Pictures(os.urandom(size), b""), event(read.read_id))
        tx.record(event(read.read_id))
    return read.read_id


def commit(folder: str, how: str = "") -> None:
    """Commit records for ever, and name each on standard output once it is committed.

    `early` names it before (a liar), `unsynced` commits without syncing (another liar); a number ends the work there.
    """
    store = CacheStore(Path(folder) / "store.db", KEY)
    if how == "unsynced":
        with store.transaction():
            pass
        store._db.execute("PRAGMA synchronous = OFF")
    for _ in range(int(how) if how.isdigit() else 10**9):
        if how == "early":
            read = make_read("4BXR91")
            tell(read.read_id)
            with store.transaction() as tx:
                tx.reads.add(read, Pictures(os.urandom(2000), b""), event(read.read_id))
                tx.record(event(read.read_id))
        else:
            tell(one_record(store))
    time.sleep(60)


def fill(folder: str, reserve: str = "kept") -> None:
    """Commit until nothing fits any more; say what happened, as JSON. `none` goes without a reserve."""
    told: list[bool] = []
    room = SMALL_ROOM if reserve == "kept" else Room(reserve=0, low=SMALL_ROOM.low)
    store = CacheStore(Path(folder) / "store.db", KEY, room=room, on_room=told.append)
    kept_at_start = (Path(folder) / "store.reserve").exists()
    acknowledged, after_short, fault = [], 0, ""
    while not fault and len(acknowledged) < 20_000:
        try:
            acknowledged.append(one_record(store, 20_000))
            after_short += bool(told)
        except MdtError as error:
            fault = error.words
    (Path(folder) / "ballast").unlink()
    again = one_record(store)
    freed = not (Path(folder) / "store.reserve").exists()
    for _ in range(300):
        acknowledged.append(one_record(store, 100))
    made_anew = (Path(folder) / "store.reserve").exists()
    with contextlib.closing(open_database(Path(folder) / "store.db", KEY)) as db:
        kept = {row[0] for row in db.execute("SELECT read_id FROM reads")}
    result = {
        "reserve_at_start": kept_at_start,
        "after_short": after_short,
        "fault": fault,
        "lost": len(set(acknowledged) - kept),
        "again": again in kept,
        "told": told,
        "freed": freed,
        "made_anew": made_anew,
    }
    tell(json.dumps(result))


def faults(folder: str, seconds: str, point: str, share: str) -> None:
    """Commit while the system fails beneath (libfiu, from the second record on); name what was committed or refused."""
    store, refused = CacheStore(Path(folder) / "store.db", KEY), 0
    tell("kept", one_record(store))
    fiu = ctypes.CDLL("libfiu.so.0")
    fiu.fiu_enable_random.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_float)
    fiu.fiu_enable_random(point.encode(), 1, None, 0, float(share))
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        try:
            tell("kept", one_record(store))
        except (MemoryError, ValueError, InternalError):  # Python's and OpenSSL's ways to say that memory is out
            refused += 1
        except MdtError as error:
            refused += 1
            tell("refused", error.words)
    tell("end", refused)


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked child; its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(number: int) -> Callable[[object], None]:
    """A callback that kills the process when it is called for the `number`th time."""
    left = [number]

    def called(_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return called


def schema(path: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(open_database(path, KEY)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        rows = db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        reads = db.execute("SELECT count(*) FROM reads").fetchone()[0] if version else 0
    return [(version, reads), *rows]


def apply(path: Path, number: int, *, whole: bool = True, dying_at: int = 0) -> None:
    """Apply migration step `number` (from 1), dying at a statement; `whole` False leaves the transaction out."""
    db = open_database(path, KEY)
    if dying_at:
        db.conn.set_trace_callback(die_at(dying_at))
    script = f"{MIGRATIONS[number - 1]} PRAGMA user_version = {number};"
    db.conn.executescript(f"BEGIN IMMEDIATE; {script} COMMIT;" if whole else script)
    db.close()


def migrations(folder: str, how: str) -> None:
    """Kill a migration at each statement of each step; name each kill and whether the store is of one step.

    `without` leaves the transactions out, and ends with the first half that is found.
    """
    from cache.migrations import migrate

    after = Path(folder) / "0.db"
    open_database(after, KEY).close()
    for step in range(1, len(MIGRATIONS) + 1):
        before, after = after, _one_on(after, step)
        wanted, number = (schema(before), schema(after)), 0
        while True:
            number += 1
            path = Path(shutil.copy(before, Path(folder) / f"{step}-{number}.db"))

            def work(path: Path = path, step: int = step, number: int = number) -> None:
                if how == "without":
                    apply(path, step, whole=False, dying_at=number)
                    return
                db = open_database(path, KEY)
                db.conn.set_trace_callback(die_at(number))
                import cache.migrations as module

                module.MIGRATIONS = MIGRATIONS[:step]
                migrate(db)
                db.close()

            if in_child(work) == 0:
                break
            whole = schema(path) in wanted
            tell(json.dumps({"step": step, "statement": number, "whole": whole}))
            if how == "without" and not whole:
                return


def _one_on(before: Path, step: int) -> Path:
    """The store as it stands after that step, with a read and a hit in it from the first step on."""
    path = Path(shutil.copy(before, before.with_name(f"{step}.db")))
    apply(path, step)
    if step == 1:
        with contextlib.closing(open_database(path, KEY)) as db:
            db.execute("INSERT INTO reads VALUES ('r', '4BXR91', 'now', '{}')")
            db.execute("INSERT INTO pictures VALUES ('r', x'ffd8', x'')")
            db.execute("INSERT INTO hits VALUES ('h', '4BXR91', 'now', 'open', 0, '{}')")
    return path


def rekey(folder: str, line: str) -> None:
    """Put a new key in, and die at the `line`th line that runs in the re-keying; end normally if there are fewer."""
    from cache.keys import replace_key

    dies = die_at(int(line))
    files = ("rekey.py", "keepers.py", "recovery.py")

    def traced(frame, what: str, _: object):
        if not frame.f_code.co_filename.endswith(files):
            return None
        if what == "line":
            dies(None)
        return traced

    sys.settrace(traced)
    replace_key(Path(folder), allow_file=True)
    sys.settrace(None)


def rekeys(folder: str, every: str) -> None:
    """Kill the re-keying at every so many lines; name each kill, and whether the store then opened whole."""
    from cache.keys import obtain_key

    number = 1
    while True:
        if in_child(lambda line=number: rekey(folder, str(line))) == 0:
            return
        key = obtain_key(Path(folder), allow_file=True)
        store = CacheStore(Path(folder) / "store.db", key.raw)
        with contextlib.closing(store.reader()) as reader:
            whole = (reader.counts()["reads"], reader.verify_audit().words, reader.damage())
        left = [p.name for p in Path(folder).iterdir() if "rekey" in p.name or "next" in p.name]
        one_key = FileKeeper(Path(folder)).get("-next") is None
        store.close()
        tell(json.dumps({"line": number, "whole": whole == (3, "ok", ()), "left": left, "one_key": one_key}))
        number += int(every)


def purge_and_die(folder: str) -> None:
    """Remove the only read as retention does, then wait to be killed."""
    store = CacheStore(Path(folder) / "store.db", KEY)
    with store.transaction() as tx:
        tx.retention.purge(0.0, 100)
    with store.transaction() as tx:
        tx.retention.count(tx.retention.time())
    tell("purged")
    time.sleep(60)


def locked(folder: str) -> None:
    """Hold the store open, as the running application does."""
    store = CacheStore(Path(folder) / "store.db", KEY)
    with store.transaction() as tx:
        tx.record(event("x"))
    tell("open")
    with contextlib.suppress(DriverError):
        sys.stdin.read()


PROGRAMS: dict[str, Callable[..., None]] = {
    "commit": commit,
    "fill": fill,
    "faults": faults,
    "migrations": migrations,
    "rekeys": rekeys,
    "purge_and_die": purge_and_die,
    "locked": locked,
}

if __name__ == "__main__":
    main()
