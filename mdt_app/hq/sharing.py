"""Giving data to another agency: every condition is checked, the search is on record, then a sealed package (SHR-3).

What is found is read by the same search as any other, for the request's own purpose. The record of what is shared, the
list of its reads (in the trail) and the request's answer are one transaction, before the package leaves. Where a
condition is not met nothing is read, and the refused attempt is on record with its reasons.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import Connection, select

from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.read_search import SearchBasis, SearchTerms
from mdt_app.domain.registers import day_of
from mdt_app.domain.sharing import ShareFault, true_use
from mdt_app.hq import registers
from mdt_app.hq.keeping import cutoff
from mdt_app.hq.own_trail import OWN, Act
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.search_desk import SearchDesk, Searcher
from mdt_app.hq.sharing_basis import agency_on_file, faults, request_of
from mdt_app.hq.store import Store
from mdt_app.hq.tables import events
from mdt_app.services.register_files import load_registers
from mdt_app.services.sealed_files import Lock, seal, x25519_public
from mdt_app.sync.register_wire import RecordAct
from mdt_app.sync.search_wire import BasisMessage, FoundLine, SearchAsked, TermsMessage
from mdt_app.sync.sharing_wire import ShareCheck, SharedReads, UnmetCondition

KIND = "patrol-mdt shared reads"
READS_MOST = 1_000
SHARE_COMMAND = "Share"
"""Under this name a refused attempt stands on record."""
_LEAST_PASSPHRASE = 16
_GIVEN = {"event_id", "at", "plate", "state", "camera", "lat", "lon", "confidence"}
"""What of a read another agency is given: nothing about the officer or the car's work."""
_ASKED = ("agency", "asked_by", "case_number", "purpose", "agreement", "since", "until")
_NOTICE = (
    "For the named case alone. Not for immigration or lawful health care matters; not to be passed on. "
    "A read is no proof of who drove: verify it before any act."
)


@dataclass(frozen=True, slots=True)
class Package:
    """A sealed package, and the record of what was shared."""

    share_id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SharingDesk:
    """Decides about requests and answers them. `ori` is this agency's."""

    search: SearchDesk
    desk: Desk
    ori: str

    def check(self, record_id: str) -> ShareCheck:
        """Return what a request lacks. Raises Refused for an unknown one."""
        with self.search.store.reading() as connection:
            _, lacking = self._lacking(connection, record_id)
        return ShareCheck(unmet=tuple(_said(fault) for fault in lacking))

    def share(self, record_id: str, passphrase: str) -> Package:
        """Answer a request with a package sealed for its agency. Raises Refused, on record, for a condition unmet."""
        with self.search.store.writing() as connection:
            record, lacking = self._lacking(connection, record_id)
            if lacking:
                self._refused_attempt(connection, record_id, lacking)
            else:
                lock = _lock(connection, record, passphrase)
        if lacking:
            words = "; ".join(f"{fault.words} ({fault.clause})" for fault in lacking)
            raise Refused(lacking[0].name, words, lacking[0].remedy)
        return self._answered(record, self._found(record), lock)

    def _lacking(self, connection: Connection, record_id: str) -> tuple[Held, tuple[ShareFault, ...]]:
        record = registers.found(connection, load_registers()["sharing"], record_id)
        return record, faults(connection, self.desk.policy, record, self.ori, self.desk.now.date())

    def _refused_attempt(self, connection: Connection, record_id: str, lacking: Sequence[ShareFault]) -> None:
        names = ", ".join(fault.name for fault in lacking)
        body = {"command": SHARE_COMMAND, "reason": names}
        act = Act(EventKind.COMMAND_REFUSED, self.desk.person.user_id, "desk", record_id, body)
        self.search.trail.record(connection, act)

    def _found(self, record: Held) -> list[FoundLine]:
        """What was asked for, as far as the policy still keeps it. Raises Refused where it is too much or too wide."""
        since, until = _span(record, self.desk)
        if since >= until:
            return []
        terms = SearchTerms(since, until, plate=record.values["plate"].upper())
        who, search_id = Searcher(self.desk.person.user_id), str(uuid4())
        asked = SearchAsked(search_id=search_id, terms=TermsMessage.of(terms), basis=self._basis(record))
        page = self.search.search(asked, who).page
        if page.count is not None and page.count > READS_MOST:
            raise Refused("too_many", f"These are more than {READS_MOST} reads.", "Ask for a narrower request.")
        found = list(page.lines)
        while page.after:
            page = self.search.page(search_id, page.after, who).page
            found += page.lines
        return found

    def _basis(self, record: Held) -> BasisMessage:
        """The request's own purpose: what it truly is, with the facts and the citation."""
        with self.search.store.reading() as connection:
            use = true_use(self.desk.policy, request_of(connection, record, self.ori, self.desk.now.date()))
        reason = f"Request of {record.values['agency']}: {record.values['facts']}"
        offense, case = record.values["offense"], record.values["case_number"]
        return BasisMessage.of(SearchBasis(use.purpose, reason, offense, case, use.facts, use.citation))

    def _answered(self, record: Held, found: Sequence[FoundLine], lock: Lock) -> Package:
        """Put all of it on record together; what has changed meanwhile refuses it."""
        share_id = str(uuid4())
        content = _sealed(lock, self._document(record, share_id, found))
        with self.search.store.writing() as connection:
            self._on_record(connection, record, share_id, found, sha256(content).hexdigest())
        return Package(share_id, content)

    def _document(self, record: Held, share_id: str, found: Sequence[FoundLine]) -> bytes:
        """What the agency gets: what it is, for what, under which terms, and the reads."""
        document = {
            "from": self.ori,
            "share": share_id,
            "request": record.record_id,
            "policy": f"{self.desk.policy.policy_id} {self.desk.policy.version}",
            "made_at": self.desk.now.isoformat(),
            "asked": {name: record.values.get(name, "") for name in _ASKED},
            "notice": _NOTICE,
            "reads": [line.model_dump(mode="json", include=_GIVEN) for line in found],
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    def _on_record(
        self, connection: Connection, record: Held, share_id: str, found: Sequence[FoundLine], digest: str
    ) -> None:
        """What is shared, to whom and for which request; the request is answered; the trail lists the reads."""
        known, desk = load_registers(), self.desk
        values = {
            "agency": record.values["agency"],
            "request": record.record_id,
            "shared_on": f"{desk.now.date()}",
            "means": "sealed package",
            "agreement": record.values["agreement"],
            "reads": f"{len(found)}",
            "digest": digest,
            "what": f"Reads from {record.values['since']} to {record.values['until']}, as far as they are kept",
        }
        registers.opened(connection, known["shared"], share_id, values, desk)
        answer = RecordAct(version=record.version, act="answer", values={"shared": share_id})
        registers.acted(connection, known["sharing"], record.record_id, answer, desk)
        listed = [line.event_id for line in found]
        body = {"to": record.values["agency"], "request": record.record_id, "sha256": digest, "read_ids": listed}
        act = Act(EventKind.EXPORTED, desk.person.user_id, "desk", share_id, body)
        self.search.trail.record(connection, act)


def listed(store: Store, share_id: str) -> SharedReads:
    """Return which reads a package held, as headquarters' trail lists them; none for an unknown one."""
    mine = select(events.c.content).where(events.c.subject == share_id, events.c.kind == EventKind.EXPORTED.value)
    with store.reading() as connection:
        content = connection.scalar(mine.where(events.c.car_id == OWN))
    return SharedReads(reads=tuple(json.loads(content)["body"]["read_ids"]) if content else ())


def _lock(connection: Connection, record: Held, passphrase: str) -> Lock:
    agency = agency_on_file(connection, record.values["agency"])
    if agency and agency.values.get("public_key"):
        return Lock(public=x25519_public(agency.values["public_key"]))
    if len(passphrase) < _LEAST_PASSPHRASE:
        words = "This agency has no public key on file, and the passphrase is too short."
        raise Refused("no_lock", words, f"Give a passphrase of {_LEAST_PASSPHRASE} characters or more.")
    return Lock(passphrase=passphrase)


def _span(record: Held, desk: Desk) -> tuple[datetime, datetime]:
    """From when to when (UTC): the days that were asked for, no further back than the policy keeps reads."""
    begin, end = (day_of(record.values[name]) for name in ("since", "until"))
    if begin is None or end is None or end < begin:
        raise Refused("days_wrong", "The days of the request are not in order.", "Change the request.")
    since = max(datetime.combine(begin, time(), UTC), cutoff(desk.policy.retention, desk.now))
    return since, datetime.combine(end, time(), UTC) + timedelta(days=1)


def _sealed(lock: Lock, document: bytes) -> bytes:
    target = io.BytesIO()
    seal(KIND, [lock], [document], target)
    return target.getvalue()


def _said(fault: ShareFault) -> UnmetCondition:
    return UnmetCondition(name=fault.name, words=fault.words, remedy=fault.remedy, clause=fault.clause)
