"""`mdt bench match`: the packed index measured, beside a dict and SQLite in the same run.

The list is made up: plates in the patterns of six states, evenly drawn. It is written to an encrypted store of its own
and loaded from it. What is timed is finding a plate's rows in memory (in SQLite: through its index), for plates of
which every second one is listed; fetching an entry that matched is not part of it. Memory of the dict is the sum of
its parts as Python tells them; of the packed index, its arrays. Deltas that come upon the list are `bench_delta`'s.
"""

from __future__ import annotations

import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from cache.store import CacheStore
from mdt_app.domain.errors import MdtError
from mdt_app.domain.hotlist import Entry, HotList, Vehicle
from mdt_app.domain.plates import LOOKS_LIKE, match_key
from mdt_app.services.matching_index import PackedIndex
from mdt_app.wiring.bench_delta import CHANGES, ROUNDS, bench_delta

SAMPLES = 20_000
_PATTERNS = (
    ("CT", "@@#####"),
    ("NY", "@@@####"),
    ("MA", "#@@###"),
    ("RI", "@@###"),
    ("NJ", "@##@@@"),
    ("VT", "@@@###"),
)
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNPQRSTUVWXYZ", "0123456789"
_MB = 1e6
_CAR = Vehicle("2019", "TOYT", "CAM", "4D", "RED")
Find = Callable[[str], Sequence[object]]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """What was measured. Times in microseconds, memory in megabytes (10^6 bytes).

    `delta_*` and `quiet_*` are those of `bench_delta`.
    """

    entries: int
    load_s: float
    memory_mb: float
    exact_us_p50: float
    exact_us_p99: float
    near_us_p50: float
    near_us_p99: float
    peer_dict_us_p50: float
    peer_sqlite_us_p50: float
    peer_dict_memory_mb: float
    delta_s: float
    delta_cpu_s: float
    delta_wait_ms_max: float
    delta_lookup_ms_max: float
    quiet_wait_ms_max: float
    quiet_lookup_ms_max: float


def bench_match(entries: int, seed: int = 6, say: Say = lambda _words: None) -> MatchFigures:
    """Measure matching against a list of so many entries; `say` hears what is being done.

    Raises MdtError when the three ways do not agree.
    """
    plates = list(_plates(entries, seed))
    with tempfile.TemporaryDirectory(prefix="mdt-bench-") as folder:
        path, key = Path(folder) / "store.db", secrets.token_bytes(32)
        say(f"putting {entries} entries into a store")
        with closing(CacheStore(path, key)) as store:
            index, load_s = _loaded(store, plates)
        found = _measured(index, load_s, path.parent, plates, Random(seed), say)  # noqa: S311 - made-up plates, no secret
        del index
        say("deltas come while reads are taken")
        gone = min(len(plates), CHANGES // 2 * ROUNDS)
        step = len(plates) // gone
        delta = bench_delta(CacheStore(path, key), [_entry(at, *plates[at]) for at in range(0, gone * step, step)])
        return MatchFigures(**found, **asdict(delta))


def _measured(
    index: PackedIndex, load_s: float, folder: Path, plates: Sequence[tuple[str, str]], random: Random, say: Say
) -> dict[str, Any]:
    """Look plates up in the index and in its peers; return the figures by their names."""
    keys = [match_key(plate) for _, plate in plates]
    asked = _asked(keys, random)
    misread = [_misread(key, random) for key in random.choices(keys, k=SAMPLES)]
    say("looking plates up")
    exact, near = _timed(index.exact, asked), _timed(index.near, misread)
    say("the same in a dict")
    dict_times, dict_mb, by_dict = _by_dict(keys, asked)
    say("the same in SQLite")
    sqlite_times, by_sqlite = _by_sqlite(folder / "peer.db", keys, asked)
    if not sum(len(index.exact(key)) for key in asked) == by_dict == by_sqlite:
        raise MdtError("The index, the dict and SQLite did not find the same entries.", "Report it.")
    return {
        "entries": len(index),
        "load_s": round(load_s, 3),
        "memory_mb": round(index.nbytes / _MB, 1),
        "exact_us_p50": _share(exact, 0.5),
        "exact_us_p99": _share(exact, 0.99),
        "near_us_p50": _share(near, 0.5),
        "near_us_p99": _share(near, 0.99),
        "peer_dict_us_p50": _share(dict_times, 0.5),
        "peer_sqlite_us_p50": _share(sqlite_times, 0.5),
        "peer_dict_memory_mb": round(dict_mb, 1),
    }


def _loaded(store: CacheStore, plates: Sequence[tuple[str, str]]) -> tuple[PackedIndex, float]:
    """Put the list into the store, and load the index from it: the index, and the seconds that the loading took."""
    described = HotList("bench", "bench", "bench", datetime.now(UTC), len(plates), "0" * 64)
    with store.transaction() as tx:
        tx.lists.replace(described, _entries(plates))
    start = time.perf_counter()
    with store.transaction() as tx:
        index = tx.lists.index()
    return index, time.perf_counter() - start


def _plates(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Give states and plates, the patterns in turn."""
    draw = np.random.default_rng(seed)
    share = -(-count // len(_PATTERNS))
    for number, (state, pattern) in enumerate(_PATTERNS):
        size = min(share, max(0, count - number * share))
        signs = [draw.choice(list(_LETTERS if place == "@" else _DIGITS), size) for place in pattern]
        yield from ((state, "".join(plate)) for plate in zip(*signs, strict=True))


def _entries(plates: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    return (_entry(number, *plate) for number, plate in enumerate(plates))


def _entry(number: int, state: str, plate: str) -> Entry:
    nic, category = f"V{number:09d}", "stolen_vehicle" if number % 3 else "stolen_plate"
    return Entry(
        f"bench:{nic}", "bench", category, plate, match_key(plate), state, "2027", "PC", _CAR, nic, "CT0056700"
    )


def _asked(keys: Sequence[str], random: Random) -> list[str]:
    """Return plates of which every second one is of these."""
    others = [match_key(plate) for _, plate in _plates(SAMPLES // 2, random.randrange(2**32))]
    asked = random.choices(keys, k=SAMPLES // 2) + others
    random.shuffle(asked)
    return asked


def _misread(key: str, random: Random) -> str:
    """Return the key with up to two characters taken for ones that look alike."""
    signs = list(key)
    for place in random.sample(range(len(key)), 2):
        signs[place] = random.choice(sorted(LOOKS_LIKE[signs[place]]) or [signs[place]])
    return "".join(signs)


def _timed(find: Find, keys: Sequence[str]) -> list[int]:
    """Return each call's nanoseconds, sorted."""
    for key in keys[:1000]:
        find(key)
    times = []
    for key in keys:
        start = time.perf_counter_ns()
        find(key)
        times.append(time.perf_counter_ns() - start)
    return sorted(times)


def _share(times: Sequence[int], share: float) -> float:
    return round(times[int((len(times) - 1) * share)] / 1000, 2)


def _by_dict(keys: Sequence[str], asked: Sequence[str]) -> tuple[list[int], float, int]:
    """Return times, size in megabytes and entries found of a dict: the leanest that tells several rows of a plate."""
    peer: dict[str, int | tuple[int, ...]] = {}
    for row, key in enumerate(keys):
        known = peer.get(key)
        peer[key] = row if known is None else (known, row) if isinstance(known, int) else (*known, row)
    size = sys.getsizeof(peer) + sum(map(sys.getsizeof, peer)) + sum(map(sys.getsizeof, range(len(keys))))
    size += sum(sys.getsizeof(rows) for rows in peer.values() if isinstance(rows, tuple))

    def find(key: str) -> Sequence[object]:
        rows = peer.get(key, ())
        return (rows,) if isinstance(rows, int) else rows

    return _timed(find, asked), size / _MB, sum(len(find(key)) for key in asked)


def _by_sqlite(path: Path, keys: Sequence[str], asked: Sequence[str]) -> tuple[list[int], int]:
    """Return times and entries found of a plain SQLite table with an index, without encryption."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE plates (key TEXT NOT NULL, row INTEGER NOT NULL)")
        database.executemany("INSERT INTO plates VALUES (?, ?)", ((key, row) for row, key in enumerate(keys)))
        database.execute("CREATE INDEX plates_by_key ON plates (key)")
        database.commit()

        def find(key: str) -> Sequence[object]:
            return database.execute("SELECT row FROM plates WHERE key = ?", (key,)).fetchall()

        return _timed(find, asked), sum(len(find(key)) for key in asked)
