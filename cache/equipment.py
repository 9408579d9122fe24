"""Cameras, and checks and repairs of equipment, in the store; records are only ever added."""

from __future__ import annotations

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.equipment import Checked, EquipmentRecord, Registered, Repaired

_CHECKED, _REPAIRED = TypeAdapter(Checked), TypeAdapter(Repaired)
_REGISTERED = TypeAdapter(Registered)


class EquipmentRecords:
    """Records in the order in which they were made."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, record: EquipmentRecord) -> None:
        """Keep a check or a repair."""
        if isinstance(record, Checked):
            row = ("check", _CHECKED.dump_json(record).decode())
        else:
            row = ("repair", _REPAIRED.dump_json(record).decode())
        self._db.execute("INSERT INTO equipment (kind, content) VALUES (?, ?)", row)

    def records(self) -> tuple[EquipmentRecord, ...]:
        """Every record, the oldest first."""
        rows = self._db.execute("SELECT kind, content FROM equipment ORDER BY number").fetchall()
        return tuple(
            _CHECKED.validate_json(content) if kind == "check" else _REPAIRED.validate_json(content)
            for kind, content in rows
        )


class CameraRecords:
    """What the agency's books said of this car's cameras, in that order."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, record: Registered) -> None:
        """Keep what they say from now on."""
        self._db.execute("INSERT INTO cameras (content) VALUES (?)", (_REGISTERED.dump_json(record).decode(),))

    def records(self) -> tuple[Registered, ...]:
        """Every record, the oldest first."""
        rows = self._db.execute("SELECT content FROM cameras ORDER BY number").fetchall()
        return tuple(_REGISTERED.validate_json(content) for (content,) in rows)
