"""Officers' requests for entries on their way: sent when there is a link, and followed until they are decided."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

import structlog

from mdt_app.domain.commands import Command
from mdt_app.domain.entries import EntryState
from mdt_app.domain.entry_requests import AskedEntry, EntryRequestsChanged, TakeEntryNews
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.notices import Notice, SignedIn, SignedOut
from mdt_app.sync.client import HqClient, HqRefused
from mdt_app.sync.entry_wire import CarriedEntry, EntryAsked, EntryDraftMessage, EntryRecord

EVERY_S = 60.0
"""How often a person's entries are asked for while headquarters has no news of entries; else at once."""

_log = structlog.get_logger()


class CarEntries:
    """Hears notices in the core's thread, and works in the sync's thread before each pull."""

    def __init__(self, client: HqClient, submit: Callable[[Command], object]) -> None:
        self._client, self._submit = client, submit
        self._held: tuple[AskedEntry, ...] = ()
        self._user_id = ""
        self._followed_at = -EVERY_S

    def hear(self, notice: Notice) -> None:
        """Note who is here, and what is held."""
        match notice:
            case EntryRequestsChanged(requests):
                self._held = requests
            case SignedIn(session):
                self._user_id, self._followed_at = session.user_id, -EVERY_S
            case SignedOut():
                self._user_id = ""

    def turn(self) -> str:
        """Send what headquarters has not heard of, and ask what became of the rest. Raises HqUnreachable."""
        try:
            for asked in self._held:
                if asked.state is None:
                    self._submit(TakeEntryNews((self._sent(asked),)))
            if self._user_id and time.monotonic() - self._followed_at > EVERY_S:
                self._follow(self._user_id)
        except (HqRefused, Refused) as fault:  # the sync goes on: a request is no reason to hold up records
            _log.warning("entries.refused", reason=fault.reason)
        return ""

    def follow(self) -> str | None:
        """Ask what became of a person's entries, once somebody is there. Raises HqUnreachable."""
        if not self._user_id:
            return None
        try:
            self._follow(self._user_id)
        except (HqRefused, Refused) as fault:
            _log.warning("entries.refused", reason=fault.reason)
        return ""

    def _sent(self, asked: AskedEntry) -> AskedEntry:
        """The request as headquarters has it now; one that can never be taken says why."""
        try:
            record = self._client.ask_entry(_message(asked))
        except (Refused, BadInput) as fault:
            return _refused(asked, str(fault))
        return _told(record, asked.user_id)

    def _follow(self, user_id: str) -> None:
        records = self._client.fetch_asked(user_id)
        self._followed_at = time.monotonic()
        held = {asked.entry_id: replace(asked, told_at=None) for asked in self._held}
        news = [one for one in (_told(record, user_id) for record in records) if held.get(one.entry_id) != one]
        if news:
            self._submit(TakeEntryNews(tuple(news)))


def to_carry(held: Iterable[AskedEntry]) -> tuple[tuple[EntryAsked, ...], tuple[str, ...]]:
    """What a package takes along: the requests that headquarters has not heard of, and whose entries to tell of."""
    held = tuple(held)
    sent = []
    for asked in (one for one in held if one.state is None):
        with suppress(BadInput):  # headquarters could not read it either; `carried_news` says so
            sent.append(_message(asked))
    return tuple(sent), tuple(sorted({asked.user_id for asked in held}))


def carried_news(held: Iterable[AskedEntry], told: Iterable[CarriedEntry]) -> tuple[AskedEntry, ...]:
    """What a package's answer says of requests: each as it stands; those that can never be taken, with the reason."""
    known, news = {asked.entry_id: asked for asked in held}, {}
    for asked in (one for one in known.values() if one.state is None):
        try:
            _message(asked)
        except BadInput as fault:
            news[asked.entry_id] = _refused(asked, str(fault))
    for one in told:
        if one.record is not None:
            news[one.entry_id] = _told(one.record, one.user_id)
        elif one.entry_id in known:
            news[one.entry_id] = _refused(known[one.entry_id], one.refused)
    return tuple(news.values())


def _message(asked: AskedEntry) -> EntryAsked:
    return EntryAsked(entry_id=asked.entry_id, draft=EntryDraftMessage.of(asked.draft), user_id=asked.user_id)


def _refused(asked: AskedEntry, words: str) -> AskedEntry:
    return replace(asked, state=EntryState.REFUSED, words=words, by="headquarters")


def _told(record: EntryRecord, user_id: str) -> AskedEntry:
    draft = record.draft.to_draft()
    return AskedEntry(record.entry_id, user_id, draft, record.asked_at, record.state, record.words, record.decided_by)
