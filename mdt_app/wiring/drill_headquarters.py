"""A drill's own headquarters, in memory: signs its accounts, takes its records, answers its records checks.

It has no address: nothing of a drill can leave the machine, and what it signs no real car believes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.commands import ApplyAccounts, SignIn
from mdt_app.domain.drills import DrillEntry, Says, Scenario
from mdt_app.domain.events import Event
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy
from mdt_app.domain.records_check import CheckAnswer, RecordsQuery, StatusAnswer
from mdt_app.domain.sign_in import AccountBundle
from mdt_app.domain.sync_messages import OutboxRow
from mdt_app.hq.dialect import fields, inquiry_text, understood
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.gateway import SOURCE
from mdt_app.hq.switch import Manner, answer_text
from mdt_app.services.second_factor import code_at, new_secret
from mdt_app.services.signing import Signer
from mdt_app.sync.account_wire import AccountBundleMessage
from mdt_app.sync.event_wire import EventMessage
from mdt_app.sync.snapshot import describe_list

_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A drill's account lives for minutes, in memory, and opens nothing: its hash may be quick."""
_MANNERS = {
    Says.ACTIVE: Manner.ANSWER,
    Says.NO_RECORD: Manner.NO_RECORD,
    Says.OTHER_RECORD: Manner.ANSWER,
    Says.SILENCE: Manner.SILENT,
    Says.GARBLED: Manner.MALFORMED,
}
_ANOTHER = "XX"
"""NCIC's code for a state that is not known: the record is another vehicle's."""
_NOT_UNDERSTOOD = "The message switch's answer can't be understood. Ask dispatch by voice."


class DrillHeadquarters:
    """What a drill has in place of headquarters and the message switch. `records` are all records that it took.

    `next_says`: what the next records check says, once, in place of what the scenario has.
    """

    def __init__(self, scenario: Scenario, policy: Policy, now: Callable[[], datetime]) -> None:
        self._scenario, self._policy, self._now = scenario, policy, now
        self.signer, self._password = Signer(secrets.token_bytes(32)), secrets.token_urlsafe(12)
        self._secret = new_secret()
        self.public_key = self.signer.public
        self.records: list[Event] = []
        self.next_says: Says | None = None
        self._entries = {entry: _entry(number, entry) for number, entry in enumerate(scenario.entries, 1)}

    def accounts(self, car_id: str, user_id: str, name: str) -> ApplyAccounts:
        """The drill's one account, signed; whoever drills need not have completed the training yet."""
        hashed = _HASHER.hash(self._password)
        held = frozenset(self._policy.training)
        account = Account(user_id, name, Role.OFFICER, hashed, totp_secret=self._secret, training=held)
        bundle = AccountBundle(car_id, self._now(), (account,), secrets.token_bytes(32))
        content = AccountBundleMessage.of(bundle).model_dump_json().encode()
        return ApplyAccounts(content, self.signer.sign(content))

    def sign_in(self, user_id: str) -> SignIn:
        """The drill's account with its own password and code."""
        return SignIn(user_id, self._password, notice_acknowledged=True, code=code_at(self._secret, self._now()))

    def lists(self) -> list[tuple[HotList, Sequence[Entry]]]:
        """The drill's lists, as old as the scenario has them."""
        return [self._list(name, hours) for name, hours in self._scenario.lists.items()]

    def take(self, rows: Sequence[OutboxRow]) -> tuple[str, ...]:
        """Take records as they would travel, and say which are kept: all."""
        for row in rows:
            EventMessage.of(row.event, row.chain)
            self.records.append(row.event)
        return tuple(row.event.event_id for row in rows)

    def answer(self, query: RecordsQuery, asked_at: datetime) -> tuple[StatusAnswer, float]:
        """What the message switch says, in its own text, and after how many seconds."""
        listed = self._scenario.entry(query.plate, query.state)
        says, after_s = (listed.record, listed.record_after_s) if listed else (Says.NO_RECORD, 2.0)
        if self.next_says is not None:
            says, self.next_says = self.next_says, None
        dialect = default_dialect()
        inquiry = fields(dialect, dialect.inquiry.fields, inquiry_text(dialect, query))
        records = [self._on_file(listed, says)] if listed else []
        text = answer_text(dialect, inquiry, _MANNERS[says], records)
        kind = CheckAnswer.NO_RESPONSE if text is None else understood(dialect, query, text)
        words = {CheckAnswer.MALFORMED: _NOT_UNDERSTOOD}.get(kind, text or "")
        answered_at = asked_at + timedelta(seconds=after_s)
        return StatusAnswer(query.check_id, SOURCE, kind, asked_at, answered_at, query.user_id, words), after_s

    def _on_file(self, listed: DrillEntry, says: Says) -> Entry:
        """The record itself, where it says other than the list: another category, or another plate of that name."""
        entry = self._entries[listed]
        state = _ANOTHER if says is Says.OTHER_RECORD else entry.state
        return replace(entry, category=listed.on_file or entry.category, state=state)

    def _list(self, name: str, hours: float) -> tuple[HotList, Sequence[Entry]]:
        entries = [entry for drill, entry in self._entries.items() if drill.list_name == name]
        extracted = self._now() - timedelta(hours=hours)
        return describe_list(name, name, name, extracted, entries, 1), entries


def _entry(number: int, drill: DrillEntry) -> Entry:
    nic = f"V{number:09d}"
    return Entry(
        entry_id=f"{drill.list_name}:{nic}:{drill.plate}:{drill.state}",
        list_id=drill.list_name,
        category=drill.category,
        plate=drill.plate,
        key=match_key(drill.plate),
        state=drill.state,
        plate_year="2026",
        plate_type="PC",
        vehicle=drill.vehicle,
        nic=nic,
        ori=drill.ori,
        cautions=drill.cautions,
        limits=drill.limits,
    )
