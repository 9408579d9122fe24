"""Handlers of equipment: checks and repairs on record, and what they put out of service or back (EQP-1 to EQP-3)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mdt_app.domain.equipment import (
    CamerasRegistered,
    Checked,
    EquipmentChanged,
    EquipmentRecord,
    RecordCheck,
    RecordRepair,
    RegisterCameras,
    Registered,
    Repaired,
    Standing,
    standings,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.services.context import Context, Outcome

WORDS_MOST = 500


def register_cameras(ctx: Context, command: RegisterCameras) -> Outcome:
    """Keep what the books say of each camera where it is not what they said last; nobody need be signed in.

    A read names its camera: what it says of the camera's kind, place and lane never changes with the books.
    """
    known = ctx.tx.cameras.records()
    last = {one.equipment.equipment_id: one.equipment for one in known}
    fresh = tuple(
        Registered(piece, ctx.clock.now()) for piece in command.pieces if last.get(piece.equipment_id) != piece
    )
    for one in fresh:
        ctx.tx.cameras.add(one)
        body = asdict(one.equipment)
        ctx.tx.record(ctx.event(EventKind.EQUIPMENT_REGISTERED, body.pop("equipment_id"), body))
    return Outcome((CamerasRegistered((*known, *fresh)),))


def record_check(ctx: Context, command: RecordCheck) -> Outcome:
    """Keep a check in the person's name. What failed puts the equipment out of service, what passes, back (EQP-2)."""
    aspects = [finding.aspect for finding in command.findings]
    if not command.equipment_id or not aspects or len(set(aspects)) < len(aspects):
        raise Refused("check_empty", "This check has found nothing.", "Make the check, then put it on record.")
    before = ctx.standings.get(command.equipment_id, Standing(command.equipment_id))
    made = Checked(command.equipment_id, ctx.clock.now(), ctx.person.user_id, command.findings)
    outcome = _kept(ctx, made, EventKind.EQUIPMENT_CHECKED, {"findings": [asdict(f) for f in made.findings]})
    after = (outcome.standings or {})[command.equipment_id]
    if after.out_of_service != before.out_of_service:
        kind = EventKind.EQUIPMENT_OUT if after.out_of_service else EventKind.EQUIPMENT_BACK
        ctx.tx.record(ctx.event(kind, command.equipment_id, {"failed": sorted(after.failed)}))
    return outcome


def record_repair(ctx: Context, command: RecordRepair) -> Outcome:
    """Keep a repair with its source and whoever authorized that; only a check brings the equipment back (EQP-3)."""
    given = (command.equipment_id, command.source.strip(), command.authorized_by.strip(), command.work.strip())
    if not all(given) or max(map(len, given)) > WORDS_MOST:
        words = "A repair wants its source, who authorized that, and what was done."
        raise Refused("repair_incomplete", words, "Fill in all three, briefly.")
    equipment_id, source, authorized_by, work = given
    made = Repaired(equipment_id, ctx.clock.now(), ctx.person.user_id, source, authorized_by, work)
    body = {"source": source, "authorized_by": authorized_by, "work": work}
    return _kept(ctx, made, EventKind.EQUIPMENT_REPAIRED, body)


def _kept(ctx: Context, record: EquipmentRecord, kind: EventKind, body: dict[str, Any]) -> Outcome:
    ctx.tx.equipment.add(record)
    ctx.tx.record(ctx.event(kind, record.equipment_id, body))
    now = standings(ctx.tx.equipment.records())
    return Outcome((EquipmentChanged(now),), standings=now)
