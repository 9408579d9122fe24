"""The audit chain: each event's link hangs on the one before, so that a change, gap or swap is found by anyone.

Plate data stays outside the chain: a link holds only a keyed hash of the event's body, so that a lawful purge
of the body leaves the chain whole. A record of use, which stays for years, holds the plates in it under PLATE_DATA
alone: that part goes with age, and its own keyed hash under PLATE_HASH stays in the body that the link stands for.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mdt_app.domain.events import ChainLink, Event

GENESIS = "0" * 64
"""What the first link hangs on."""
PLATE_DATA, PLATE_HASH = "plate_data", "plate_hash"
_PARTS = json.JSONEncoder(separators=(",", ":")).encode
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An event with its link. `event.body` is None-like (empty) and `purged` true once retention removed it."""

    event: Event
    link: ChainLink
    purged: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: how many rows hold, and the first wrong one with the reason, if any."""

    rows: int
    head: str
    wrong_sequence: int | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """'ok', or what is wrong and where."""
        return "ok" if self.wrong_sequence is None else f"row {self.wrong_sequence}: {self.reason}"


def canonical(event: Event) -> bytes:
    """The event's body as the bytes that are hashed: all but the plates in a record of use."""
    return _text({name: value for name, value in event.body.items() if name != PLATE_DATA})


def hashed_plates(event: Event, mac_key: bytes) -> Event:
    """The event as it goes on record: with the keyed hash of the plates that stand apart in it, if any do."""
    if PLATE_DATA not in event.body:
        return event
    return replace(event, body={**event.body, PLATE_HASH: _mac(mac_key, _text(event.body[PLATE_DATA]))})


def without_plates(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body once retention has taken the plates that stand apart in it."""
    return {name: value for name, value in body.items() if name != PLATE_DATA}


def link(event: Event, mac_key: bytes, sequence: int, previous: str) -> ChainLink:
    """Make the event's link: `sequence` counts from 1 without gaps, `previous` is the digest before, or GENESIS."""
    mac = _mac(mac_key, canonical(event))
    return ChainLink(sequence, mac, previous, digest(event, mac, sequence, previous))


def digest(event: Event, payload_mac: str, sequence: int, previous: str) -> str:
    """The link's own hash, over everything but the body, which `payload_mac` stands for (RFC 6962 leaf prefix)."""
    parts = (
        sequence,
        event.event_id,
        event.kind.value,
        event.at.isoformat(),
        event.clock,
        event.actor,
        event.device,
        event.subject,
        payload_mac,
        previous,
    )
    return hashlib.sha256(b"\x00" + _PARTS(parts).encode()).hexdigest()


def verify(rows: Iterable[AuditRow], mac_key: bytes | None = None) -> Verdict:
    """Walk the chain and stop at the first row that is wrong. With `mac_key` the bodies are checked as well."""
    previous, count = GENESIS, 0
    for row in rows:
        reason = fault(row, previous, count + 1, mac_key)
        if reason:
            return Verdict(count, previous, row.link.sequence, reason)
        previous, count = row.link.digest, count + 1
    return Verdict(count, previous)


def fault(row: AuditRow, previous: str, sequence: int, mac_key: bytes | None = None) -> str:
    """What is wrong with the row that belongs at `sequence` and hangs on the digest `previous`; '' when it holds."""
    checks = (
        (row.link.sequence == sequence, f"sequence {row.link.sequence} where {sequence} belongs"),
        (row.link.previous == previous, "does not hang on the row before"),
        (row.link.digest == digest(row.event, row.link.payload_mac, sequence, previous), "its content was changed"),
        (row.purged or mac_key is None or _mac_holds(row, mac_key), "its body was changed"),
    )
    return next((reason for holds, reason in checks if not holds), "")


def _mac_holds(row: AuditRow, mac_key: bytes) -> bool:
    body = row.event.body
    plates = PLATE_DATA not in body or hmac.compare_digest(
        _mac(mac_key, _text(body[PLATE_DATA])), str(body.get(PLATE_HASH))
    )
    return plates and hmac.compare_digest(_mac(mac_key, canonical(row.event)), row.link.payload_mac)


def _mac(mac_key: bytes, content: bytes) -> str:
    return hmac.new(mac_key, content, hashlib.sha256).hexdigest()


def _text(value: object) -> bytes:
    return _CANONICAL(value).encode()
