"""An account of stops that knows nothing of the program: the tables alone, read after the fact."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cache.db import open_database
from tests.fakes.car import KEY

_STOPS = """SELECT s.hit_id, d.passed, d.unmet,
  (SELECT min(a.sequence) FROM audit a WHERE a.subject = s.hit_id AND a.kind = 'gate.passed'),
  (SELECT min(a.sequence) FROM audit a WHERE a.subject = s.hit_id AND a.kind = 'stop.recorded')
  FROM stops s LEFT JOIN gate_decisions d ON d.decision_id = s.decision_id AND d.hit_id = s.hit_id"""
_TOLD = "SELECT subject FROM audit WHERE kind = 'stop.recorded'"
_SENT = """SELECT content ->> '$.event.subject' FROM outbox WHERE content ->> '$.event.kind' = 'stop.recorded'"""
_ENDED = "SELECT hit_id FROM hits WHERE content ->> '$.status' = 'stopped'"


def wrong_with(path: Path) -> tuple[int, list[str]]:
    """How many stops a car's store holds, and each that lacks its decision, its record, or the other's half."""
    with closing(open_database(path, KEY)) as db:
        rows = db.execute(_STOPS).fetchall()
        told = {row[0] for row in db.execute(_TOLD)}
        sent = {row[0] for row in db.execute(_SENT)}
        ended = {row[0] for row in db.execute(_ENDED)}
    wrong = []
    for hit_id, passed, unmet, gate, stop in rows:
        if (passed, unmet) != (1, "[]") or gate is None:
            wrong.append(f"stop of {hit_id} without a recorded decision")
        elif stop is None or stop < gate:
            wrong.append(f"stop of {hit_id} is not on record behind its gate")
    stopped = {row[0] for row in rows}
    wrong += [f"{hit_id} is not whole" for hit_id in (stopped ^ told) | (sent - stopped) | (ended ^ stopped)]
    return len(rows), wrong
