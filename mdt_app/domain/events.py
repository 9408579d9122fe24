"""Records: what happened, as it stands in the audit trail and goes to headquarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

TRAINING_MARK = "training"
"""The key in the body of each record that a drill made; its value names the drill. Headquarters takes none of them."""


class EventKind(StrEnum):
    """Every kind of event that can stand on record."""

    READ = "read"
    HIT = "hit.raised"
    SIGNAL = "car.signal"
    STORE_FOUND = "store.found_wrong"
    SERVER_REFUSED = "link.server_refused"
    SIGHTING = "hit.seen_again"
    ALERT_SHOWN = "alert.shown"
    PLATE_CONFIRMED = "plate.confirmed"
    PLATE_TAKEN_BACK = "plate.taken_back"
    VEHICLE_ANSWERED = "vehicle.answered"
    CHECK_REQUESTED = "check.requested"
    CHECK_ANSWERED = "check.answered"
    GATE_REFUSED = "gate.refused"
    GATE_PASSED = "gate.passed"
    STOP = "stop.recorded"
    DISPOSITION = "stop.disposition"
    OWED_SETTLED = "stop.owed_settled"
    BASIS_FELL = "stop.basis_fell"
    GROUND_STATED = "ground.stated"
    PURPOSE_REFUSED = "purpose.refused"
    CONFIRMATION_REQUESTED = "confirmation.requested"
    CONFIRMATION_ANSWERED = "confirmation.answered"
    ENTRY_ASKED = "entry.asked"
    REMOVAL_ASKED = "entry.removal_asked"
    MADE_EXACT = "hit.made_exact"
    NOT_ALERTED = "match.not_alerted"
    PROFILE_SET = "profile.set"
    NO_STOP = "hit.no_stop"
    FOLLOWED = "hit.followed"
    SIGNED_IN = "session.signed_in"
    SIGN_IN_REFUSED = "session.refused"
    SIGNED_OUT = "session.signed_out"
    SCREEN_LOCKED = "session.locked"
    SCREEN_UNLOCKED = "session.unlocked"
    PROVED_AGAIN = "session.proved_again"
    CAR_LOCKED = "car.locked"
    CAR_RELEASED = "car.released"
    ACCOUNT_LOCKED = "account.locked"
    ACCOUNT_RELEASED = "account.released"
    KEY_CLONED = "account.key_cloned"
    ACCOUNTS_APPLIED = "accounts.applied"
    LIST_APPLIED = "hotlist.applied"
    LIST_REFUSED = "hotlist.refused"
    MUTED = "sound.muted"
    SEARCHED = "data.searched"
    SEARCH_ANSWERED = "data.search_answered"
    EQUIPMENT_REGISTERED = "equipment.registered"
    EQUIPMENT_CHECKED = "equipment.checked"
    EQUIPMENT_OUT = "equipment.out_of_service"
    EQUIPMENT_BACK = "equipment.back_in_service"
    EQUIPMENT_REPAIRED = "equipment.repaired"
    PURGED = "retention.purged"
    PRESERVED = "case.preserved"
    RELEASED = "case.released"
    EXPORTED = "data.exported"
    REGISTER_ACTED = "register.acted"
    TRAINED = "training.recorded"
    STORE_KEY = "store.key_work"
    COMMAND_REFUSED = "command.refused"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `event_id` is made by the client and makes a repeat harmless.

    `subject` is the id of the hit, read, list or session it is about. `body` holds plain JSON values only.
    """

    event_id: str
    kind: EventKind
    at: datetime
    clock: str
    actor: str
    device: str
    subject: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """An event's place in the device's hash chain. Bulk reads stand outside it and have none."""

    sequence: int
    payload_mac: str
    previous: str
    digest: str
