"""The gate's decisions and the stops in the store. The schema refuses a stop without its passed decision."""

from __future__ import annotations

import json
from datetime import datetime

from cache.db import Database
from mdt_app.domain.gate import GateDecision
from mdt_app.domain.stop import Stop


class Stops:
    """Decisions and stops; both are only ever added."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add_decision(self, decision_id: str, decision: GateDecision, at: datetime) -> None:
        """Keep a decision of the gate, passed or not."""
        unmet = json.dumps([u.name for u in decision.unmet])
        row = (decision_id, decision.hit_id, at.isoformat(), int(decision.passed), unmet)
        self._db.execute("INSERT INTO gate_decisions VALUES (?, ?, ?, ?, ?)", row)

    def add(self, stop: Stop) -> None:
        """Keep a stop."""
        row = (stop.stop_id, stop.hit_id, stop.gate.decision_id, stop.purpose, stop.user_id, stop.at.isoformat())
        self._db.execute("INSERT INTO stops VALUES (?, ?, ?, ?, ?, ?)", row)
