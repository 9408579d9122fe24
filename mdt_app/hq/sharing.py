"""Giving data to another agency: every condition is checked, the package is sealed and listed, then it leaves (SHR-3).

In one transaction the conditions are read, the record of what is shared is opened, the reads are listed and the request
is answered. Where one condition is not met nothing is read, and the refused attempt is on record with its reasons.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from mdt_app.domain.errors import Refused
from mdt_app.domain.read_search import pattern_of
from mdt_app.domain.registers import day_of
from mdt_app.domain.sharing import ShareFault
from mdt_app.hq import registers
from mdt_app.hq.keeping import cutoff, record_act
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.sharing_basis import agency_on_file, faults
from mdt_app.hq.store import Store
from mdt_app.hq.tables import reads, shared_reads
from mdt_app.services.register_files import load_registers
from mdt_app.services.sealed_files import Lock, seal, x25519_public
from mdt_app.sync.register_wire import RecordAct
from mdt_app.sync.sharing_wire import ShareCheck, SharedRead, SharedReads, UnmetCondition

KIND = "patrol-mdt shared reads"
READS_MOST = 10_000
_LEAST_PASSPHRASE = 16
_GIVEN = ("plate", "state", "captured_at", "camera", "position", "confidence")
"""What of a read another agency is given: nothing about the officer or the car's work."""


@dataclass(frozen=True, slots=True)
class Package:
    """A sealed package, and the record of what was shared."""

    share_id: str
    content: bytes


def check(store: Store, record_id: str, desk: Desk, ori: str) -> ShareCheck:
    """Return what a request lacks. Raises Refused for an unknown one."""
    with store.reading() as connection:
        record = registers.found(connection, load_registers()["sharing"], record_id)
        lacking = faults(connection, desk.policy, record, ori, desk.now.date())
    return ShareCheck(unmet=tuple(_said(fault) for fault in lacking))


def share(store: Store, record_id: str, desk: Desk, ori: str, passphrase: str) -> Package:
    """Answer a request with a package sealed for its agency. Raises Refused, on record, where a condition is unmet."""
    with store.writing() as connection:
        record = registers.found(connection, load_registers()["sharing"], record_id)
        lacking = faults(connection, desk.policy, record, ori, desk.now.date())
        if lacking:
            names = ", ".join(fault.name for fault in lacking)
            record_act(connection, "sharing_refused", record_id, desk.person.user_id, names)
        else:
            return _given(connection, record, desk, ori, passphrase)
    first = lacking[0]
    words = "; ".join(f"{fault.words} ({fault.clause})" for fault in lacking)
    raise Refused(first.name, words, first.remedy)


def listed(store: Store, share_id: str) -> SharedReads:
    """Return which reads a package held."""
    mine = select(shared_reads).where(shared_reads.c.share_id == share_id).order_by(shared_reads.c.number)
    with store.reading() as connection:
        rows = connection.execute(mine).all()
    kept = ("number", "event_id", "car_id", "at")
    return SharedReads(reads=tuple(SharedRead(**{name: getattr(row, name) for name in kept}) for row in rows))


def _given(connection: Connection, record: Held, desk: Desk, ori: str, passphrase: str) -> Package:
    lock = _lock(connection, record, passphrase)
    rows = _reads(connection, record, desk)
    share_id = str(uuid4())
    content = _sealed(lock, _document(record, desk, ori, share_id, rows))
    _on_record(connection, record, desk, share_id, len(rows), sha256(content).hexdigest())
    for number, row in enumerate(rows, start=1):
        item = {"share_id": share_id, "number": number, "event_id": row.event_id, "car_id": row.car_id, "at": row.at}
        connection.execute(insert(shared_reads).values(item))
    return Package(share_id, content)


def _lock(connection: Connection, record: Held, passphrase: str) -> Lock:
    agency = agency_on_file(connection, record.values["agency"])
    if agency and agency.values.get("public_key"):
        return Lock(public=x25519_public(agency.values["public_key"]))
    if len(passphrase) < _LEAST_PASSPHRASE:
        words = "This agency has no public key on file, and the passphrase is too short."
        raise Refused("no_lock", words, f"Give a passphrase of {_LEAST_PASSPHRASE} characters or more.")
    return Lock(passphrase=passphrase)


def _reads(connection: Connection, record: Held, desk: Desk) -> list[Any]:
    """What was asked for, as far as the policy still keeps it. Raises Refused where it is too wide."""
    pattern = pattern_of(record.values["plate"]).replace("?", "_").replace("*", "%")
    begin, end = (day_of(record.values[name]) for name in ("since", "until"))
    if begin is None or end is None or end < begin:
        raise Refused("days_wrong", "The days of the request are not in order.", "Change the request.")
    since = max(datetime.combine(begin, time(), UTC), cutoff(desk.policy.retention, desk.now))
    until = datetime.combine(end, time(), UTC) + timedelta(days=1)
    fits = (reads.c.plate.like(pattern), reads.c.at >= since, reads.c.at < until)
    rows = connection.execute(select(reads).where(*fits).order_by(reads.c.at).limit(READS_MOST + 1)).all()
    if len(rows) > READS_MOST:
        raise Refused("too_many", f"These are more than {READS_MOST} reads.", "Ask for a narrower request.")
    return list(rows)


def _document(record: Held, desk: Desk, ori: str, share_id: str, rows: Iterable[Any]) -> bytes:
    """What the agency gets: what it is, for what, under which terms, and the reads."""
    asked = ("agency", "asked_by", "case_number", "purpose", "agreement", "since", "until")
    document = {
        "from": ori,
        "share": share_id,
        "request": record.record_id,
        "policy": f"{desk.policy.policy_id} {desk.policy.version}",
        "made_at": desk.now.isoformat(),
        "asked": {name: record.values.get(name, "") for name in asked},
        "notice": "For the named case alone. Not for immigration or lawful health care matters; not to be passed on. "
        "A read is no proof of who drove: verify it before any act.",
        "reads": [_read(row) for row in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _read(row: Any) -> Mapping[str, Any]:
    body = json.loads(row.content)["body"]
    return {"event_id": row.event_id, "at": row.at.isoformat(), **{n: body[n] for n in _GIVEN if n in body}}


def _sealed(lock: Lock, document: bytes) -> bytes:
    target = io.BytesIO()
    seal(KIND, [lock], [document], target)
    return target.getvalue()


def _on_record(connection: Connection, record: Held, desk: Desk, share_id: str, count: int, digest: str) -> None:
    """What is shared, to whom and for which request; and the request is answered."""
    known, today = load_registers(), desk.now.date()
    values = {
        "agency": record.values["agency"],
        "request": record.record_id,
        "shared_on": f"{today}",
        "means": "sealed package",
        "agreement": record.values["agreement"],
        "reads": f"{count}",
        "digest": digest,
        "what": f"Reads from {record.values['since']} to {record.values['until']}, as far as they are kept",
    }
    registers.opened(connection, known["shared"], share_id, values, desk)
    answer = RecordAct(version=record.version, act="answer", values={"shared": share_id})
    registers.acted(connection, known["sharing"], record.record_id, answer, desk)
    record_act(connection, "shared", share_id, desk.person.user_id, f"{count} reads for {record.record_id}")


def _said(fault: ShareFault) -> UnmetCondition:
    return UnmetCondition(name=fault.name, words=fault.words, remedy=fault.remedy, clause=fault.clause)
