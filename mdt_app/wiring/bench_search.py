"""`mdt bench search`: searches of past reads at headquarters over many made-up reads, beside a plain table.

Measured is the whole search as a desk has it, without the network: the policy's check, the look-up of the newest
hundred, their count, and the record of both committed. The plain table has the same reads in one piece with one index
on plate and time, and is asked by the driver alone for the newest hundred of a plate: what the database does at least.
Reads are spread over thirty days up to now; each plate stands about ten times among them.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import uuid4

from sqlalchemy import text

from cache.keys import forget_key, obtain_key
from mdt_app.domain.read_search import SearchBasis, SearchTerms
from mdt_app.hq.main import initialise
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.read_days import attach, name_of
from mdt_app.hq.search_desk import OwnReads, SearchDesk, Searcher
from mdt_app.hq.store import Store, open_store
from mdt_app.services.policies import load_policy
from mdt_app.sync.search_wire import BasisMessage, SearchAsked, TermsMessage
from mdt_app.wiring.bench_sync import EMBEDDED
from mdt_app.wiring.temporary_postgresql import temporary_postgresql

_DAYS, _SEARCHES, _WARM_UP, _BLOCK, _FILLERS = 30, 100, 5, 20_000, 2
_BASIS = SearchBasis("investigation", "a measurement of the search", "none", "bench")
_CONTENT = (
    '{"event_id":"ID","kind":"read","at":"AT","clock":"system","actor":"rdoe","device":"car-1","subject":"ID",'
    '"body":{"plate":"PLATE","state":"CT","confidence":0.97,"camera":"L","captured_at":"AT","place":[41.71,-72.61],'
    '"vehicle":{"color":"BLK"},"policy":"postc 1"}}'
)
_ROW = """SELECT CAST(:day AS date), id, 'car-1', id, plate, reverse(plate), at, at,
  replace(replace(replace(:content, 'PLATE', plate), 'AT', at), 'ID', id), md5(id) || md5(plate), 'CT', 'L', 'black',
  41.6 + mod(g, 1000) / 5000.0, -72.7 + mod(g, 997) / 5000.0
  FROM (SELECT g, lpad(upper(to_hex(mod(g * 2654435761, :plates))), 7, '0') AS plate, md5(g::text) AS id,
    to_char(CAST(:day AS timestamp) + mod(g, 86400) * interval '1 second', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US"Z"') AS at
    FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS g) AS made"""
_NAMES = (
    "day, event_id, car_id, subject, plate, backwards, at, received_at, content, content_sha256, "
    "state, camera, color, lat, lon"
)
_QUICK = ("wal_level=minimal", "max_wal_senders=0", "max_wal_size=4GB")
"""So that filling writes each read once; commits are as durable as ever."""
_FLAT = (
    "CREATE TABLE flat AS SELECT plate, at, content FROM reads",
    "CREATE INDEX flat_by_plate ON flat (plate, at)",
)
_PLAIN = "SELECT content FROM flat WHERE plate = :plate ORDER BY at DESC LIMIT 100"


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """Milliseconds of a search: by a whole plate, by its beginning, by its end, by its middle, and by a description.

    `plain_ms_*`: the plain table, asked for a whole plate.
    """

    rows: int
    plate_ms_p50: float
    plate_ms_p99: float
    plain_ms_p50: float
    plain_ms_p99: float
    beginning_ms_p99: float
    end_ms_p99: float
    middle_ms_max: float
    description_ms_max: float
    filled_s: float
    database: str
    cores: int


def bench_search(rows: int, database: str | None) -> SearchFigures:
    """Measure it. `database` is an empty one's address, EMBEDDED, or None for a PostgreSQL made for this."""
    with ExitStack() as stack:
        store, desk = stack.enter_context(_made(database))
        began = time.perf_counter()
        _fill(store, rows)
        filled = time.perf_counter() - began
        dice = Random(7)  # noqa: S311 - made-up plates
        plates = [_plate(dice.randrange(rows), rows) for _ in range(_SEARCHES + _WARM_UP)]
        whole, plain = _timed(plates, lambda p: _search(desk, p), lambda p: _plain(store, p))
        (beginning,) = _timed(plates, lambda p: _search(desk, f"{p[:5]}*"))
        (end,) = _timed(plates, lambda p: _search(desk, f"*{p[2:]}"))
        (middle,) = _timed(plates[: _WARM_UP + 3], lambda p: _search(desk, f"?{p[1:5]}*"))
        (described,) = _timed(plates[: _WARM_UP + 3], lambda _: _search(desk, "", color="BLK", hours=4))
        return SearchFigures(
            rows=rows,
            plate_ms_p50=_at(whole, 0.5),
            plate_ms_p99=_at(whole, 0.99),
            plain_ms_p50=_at(plain, 0.5),
            plain_ms_p99=_at(plain, 0.99),
            beginning_ms_p99=_at(beginning, 0.99),
            end_ms_p99=_at(end, 0.99),
            middle_ms_max=_at(middle, 1),
            description_ms_max=_at(described, 1),
            filled_s=round(filled, 1),
            database=EMBEDDED if store.embedded else "postgresql",
            cores=os.cpu_count() or 0,
        )


@contextmanager
def _made(database: str | None) -> Iterator[tuple[Store, SearchDesk]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mdt-bench-")))
        made = stack.enter_context(temporary_postgresql(*_QUICK)) if database is None else database
        address = None if made == EMBEDDED else made
        key = obtain_key(folder, allow_file=True).raw
        stack.callback(forget_key, folder)
        initialise(folder, database=address, key=key, agency_ori="CT0000000")
        store = stack.enter_context(closing(open_store(folder, database=address, key=key)))
        yield store, SearchDesk(store, load_policy("postc"), OwnTrail(key), OwnReads(store))


def _fill(store: Store, rows: int) -> None:
    """Put the reads in, day by day, and the same into the plain table."""
    each, today = -(-rows // _DAYS), datetime.now(UTC).date()
    spans = [
        (today - timedelta(days=number), number * each, min(rows, (number + 1) * each) - 1) for number in range(_DAYS)
    ]
    with ThreadPoolExecutor(max_workers=1 if store.embedded else _FILLERS) as pool:
        fill = _fill_file if store.embedded else _fill_partition
        for done in [pool.submit(fill, store, *span, rows) for span in spans]:
            done.result()
    with store.writing() as connection:
        for statement in (*_FLAT, "ANALYZE"):
            connection.execute(text(statement))


def _fill_partition(store: Store, day: date, first: int, last: int, rows: int) -> None:
    """A day's partition, filled before it has indexes: building them at once takes a fifth of the time."""
    name = name_of(day)
    given = {"day": day.isoformat(), "first": first, "last": last, "plates": max(1, rows // 10), "content": _CONTENT}
    with store.writing() as connection:
        connection.execute(text(f"CREATE TABLE {name} (LIKE reads INCLUDING DEFAULTS)"))
        connection.execute(text(f"INSERT INTO {name} ({_NAMES}) {_ROW}"), given)
        connection.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
        attach(connection, day)


def _fill_file(store: Store, day: date, first: int, last: int, rows: int) -> None:
    names = _NAMES.replace(" ", "").split(",")
    insert = text(f"INSERT INTO reads ({_NAMES}) VALUES ({', '.join(':' + name for name in names)})")  # noqa: S608 - constants
    with store.writing() as connection:
        values = (_values(day.isoformat(), number, rows) for number in range(first, last + 1))
        while block := list(islice(values, _BLOCK)):
            connection.execute(insert, [dict(zip(names, row, strict=True)) for row in block])


def _values(day: str, number: int, rows: int) -> tuple[object, ...]:
    plate, read_id = _plate(number, rows), f"{number:032x}"
    second = number % 86400
    at = f"{day}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000000Z"
    content = _CONTENT.replace("PLATE", plate).replace("AT", at).replace("ID", read_id)
    place = 41.6 + number % 1000 / 5000, -72.7 + number % 997 / 5000
    about = day, read_id, "car-1", read_id, plate, plate[::-1], at, at
    return (*about, content, read_id * 2, "CT", "L", "black", *place)


def _plate(number: int, rows: int) -> str:
    return f"{number * 2654435761 % max(1, rows // 10):07X}"


def _search(desk: SearchDesk, plate: str, *, color: str = "", hours: int = 24 * (_DAYS + 1)) -> None:
    now = datetime.now(UTC)
    terms = SearchTerms(now - timedelta(hours=hours), now + timedelta(days=1), plate, color=color)
    asked = SearchAsked(search_id=str(uuid4()), terms=TermsMessage.of(terms), basis=BasisMessage.of(_BASIS))
    desk.search(asked, Searcher("bench"))


def _plain(store: Store, plate: str) -> None:
    with store.reading() as connection:
        connection.execute(text(_PLAIN), {"plate": plate}).all()


def _timed(plates: Iterable[str], *acts: Callable[[str], None]) -> list[list[float]]:
    """Seconds of each act for each plate, by turns, so that what else the machine does falls on all."""
    seconds: list[list[float]] = [[] for _ in acts]
    for number, plate in enumerate(plates):
        for side, act in enumerate(acts):
            began = time.perf_counter()
            act(plate)
            if number >= _WARM_UP:
                seconds[side].append(time.perf_counter() - began)
    return [sorted(side) for side in seconds]


def _at(seconds: list[float], share: float) -> float:
    return round(seconds[int((len(seconds) - 1) * share)] * 1000, 1)
