"""The car put together: store, core, devices, sync and announcer, started and stopped in the right order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from cache.vault import StoreVault
from mdt_app.domain.commands import (
    ApplyAccounts,
    ApplyFalseHits,
    Command,
    RecordFinding,
    RecordStatus,
    ResumeRequests,
    TakeConfirmation,
)
from mdt_app.domain.entry_requests import TellEntryRequests
from mdt_app.domain.equipment import RegisterCameras
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.list_delivery import DropDeliveries
from mdt_app.domain.notices import FaultChanged, LinkChanged, Notice, SignedIn, SignedOut
from mdt_app.domain.sync_messages import (
    AccountsArrived,
    CheckAnswered,
    ConfirmationArrived,
    FalseHitsArrived,
    LinkState,
    ListArrived,
    ListChanged,
    ServerRefused,
    Share,
    SyncMessage,
)
from mdt_app.services.announcer import Announcer
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.list_bringer import ListBringer
from mdt_app.services.settings import CarSettings
from mdt_app.sync.client import HqClient
from mdt_app.sync.freshness import Freshness
from mdt_app.sync.identity import CarIdentity, kept_identity
from mdt_app.sync.list_word import ListWord
from mdt_app.sync.news import NewsBoard
from mdt_app.sync.news_wire import Subject
from mdt_app.sync.orders import OrderFollower
from mdt_app.sync.renewal import Renewal
from mdt_app.sync.worker import SyncWorker
from mdt_app.wiring.car_core import CarCore
from mdt_app.wiring.car_devices import CarDevices
from mdt_app.wiring.car_entries import CarEntries
from mdt_app.wiring.car_equipment import CarEquipment
from mdt_app.wiring.car_field import LIST_FAULT, CarField
from mdt_app.wiring.car_health import CarHealth
from mdt_app.wiring.car_orders import CarOrders
from mdt_app.wiring.car_outbox import CoreOutbox
from mdt_app.wiring.car_reads_store import ReadsStore, share_of
from mdt_app.wiring.car_receipts import Receipts
from mdt_app.wiring.car_recovery import RecoveryEscrow, seal_for_agency
from mdt_app.wiring.car_release import follow_releases
from mdt_app.wiring.read_finder import ReadFinder
from mdt_app.wiring.releases import this_system

_WORD, _NEWS = "word on lists", "news"

_log = structlog.get_logger()


class Car:
    """One car's application without its window."""

    def __init__(self, opened: CarCore, token: str) -> None:
        """`token`: what an older headquarters knows the car by, where it is not enrolled. Raises BadInput."""
        settings = opened.settings
        self.settings, self.codes, self.key, self.sole = settings, load_code_tables(), opened.key, opened.sole
        self.store, self.core, self.policy = opened.store, opened.core, opened.policy
        self.policy_kept = opened.policy_kept
        identity, token = _known_as(opened.vault, settings, token)
        self._client = HqClient(settings.headquarters, settings.car_id, token, identity=identity)
        share = share_of(self.policy)
        outbox = CoreOutbox(self.store, self.core.submit, share)
        reads = CoreOutbox(self.store, self.core.submit, Share.READS)
        self.reads_store = None if share is Share.ALL else ReadsStore(settings, token, identity, reads, self.core.tell)
        self.field = CarField(
            self._client, opened.vault, self.core.submit, self.core.tell, outbox.owed, lambda: self.core.lists
        )
        self.entries = CarEntries(self._client, self.core.submit)
        self.sync = self._link(opened, identity, outbox)
        self.core.records_check = self.sync
        self.lists = ListBringer(self.core.submit, lambda: self.core.index, self._first_block, self._list_told)
        self._equip(opened)
        self.finder = ReadFinder(
            self.store.reader, self.core.tell, self.core.submit, settings.car_id, self._client.search
        )
        self.announcer = Announcer(self.devices.sound, self.devices.voice, self.codes.state_name)

    def _link(self, opened: CarCore, identity: CarIdentity | None, outbox: CoreOutbox) -> SyncWorker:
        """The link to headquarters: what is sent, what is heard, and what is done in each of its turns."""
        settings, vault = self.settings, opened.vault
        news = _news(self._client, vault, settings)
        turns = (*(news.when_new(*one) for one in self._heard(opened).items()), *self._always(opened, identity))
        return SyncWorker(
            self._client,
            outbox,
            self._from_sync,
            word=_word(vault, settings),
            known_lists=self._lists_in_use,
            before_all=lambda: " ".join(filter(None, (turn() for turn in turns))),
            head=outbox.head,
            device_key=self.store.public_key,
            on_receipt=Receipts(vault, settings.car_id, settings.headquarters_key).keep,
            news=news,
        )

    def _heard(self, opened: CarCore) -> Mapping[Subject, Callable[[], str | None]]:
        """What is done when headquarters says that a subject has changed, in this order."""
        orders = CarOrders(opened.folder, opened.vault, self.core.submit, self.core.tell)
        key = self.settings.headquarters_key
        follower = OrderFollower(self._client, self.settings.car_id, key, orders.obey, orders.last_number)
        return {
            Subject.ORDERS: follower.turn,  # before all else
            Subject.POLICY: self.policy_kept.follow(self._client.fetch_policy),
            Subject.READINGS: self.field.take,
            Subject.ELSEWHERE: self.field.look_elsewhere,
            Subject.ENTRIES: self.entries.follow,
        }

    def _always(self, opened: CarCore, identity: CarIdentity | None) -> Iterator[Callable[[], str]]:
        """What is done in each turn."""
        seal_for_agency(opened.folder, self.settings.recovery_keys, self.key.raw)
        yield RecoveryEscrow(opened.folder, opened.vault, self._client.put_recovery).turn
        yield self.field.turn
        yield self.entries.turn
        if identity:
            yield Renewal(self._client, opened.vault, identity).turn
        yield from follow_releases(self._client, self.settings.release_key, this_system, opened.folder, self.core.tell)

    def _equip(self, opened: CarCore) -> None:
        """The devices, what is measured of them, and how they are."""
        self.devices = CarDevices(self.settings, self.core.submit, self.core.tell)
        registered = [camera.equipment() for camera in self.settings.cameras]
        self.equipment = CarEquipment(registered, self.devices.cameras, opened.vault, self.core.tell)
        self.devices.still = self.equipment.hear
        self.health = CarHealth(opened.folder, self.devices.rates, self.core.tell)

    def start(self) -> None:
        """Start everything but what sees plates, which waits for a sign-in."""
        self.core.subscribe(self.announcer.hear)
        self.core.subscribe(self.finder.hear)
        self.core.subscribe(self._on_notice)
        self.core.subscribe(self.health.hear)
        self.core.subscribe(self.field.hear)
        self.core.subscribe(self.entries.hear)
        self.core.start()
        self.core.submit(RegisterCameras(self.equipment.pieces))
        self.core.submit(TellEntryRequests())
        self.core.submit(DropDeliveries())
        for finding in self.store.findings:
            self.core.submit(RecordFinding(finding))
            self.core.tell(FaultChanged("store", finding, "Tell the Administrator; headquarters has a witness."))
        if self.key.in_file:
            self.core.tell(FaultChanged("key", "Key", "in a file", urgent=False))
        self.core.submit(ResumeRequests())
        self.devices.start()
        self.sync.start()
        if self.reads_store:
            self.reads_store.start()

    def speak(self, language: str, said: Callable[[str, str], str]) -> None:
        """Before the start: have the voice speak this language, with `said` for the words of the tables."""
        self.devices.voice.speak(language)
        self.announcer.said = said

    def counts(self) -> dict[str, int]:
        """What is on record now, counted."""
        with closing(self.store.reader()) as reader:
            return reader.counts()

    def stop(self) -> None:
        """Stop in the order in which data walks: devices, sync, core."""
        self.devices.stop()
        self.equipment.stop()
        self.health.stop()
        self.sync.stop()
        if self.reads_store:
            self.reads_store.stop()
        self.lists.stop()
        self.finder.close()
        self.core.stop()
        self._client.close()
        self.sole.end()

    def _from_sync(self, message: SyncMessage) -> Future[None] | None:
        if isinstance(message, LinkState):
            link = LinkChanged(message.connected, message.pending, message.last_contact_at, message.detail)
            self.core.tell(link)
            return None
        future = self.hand_over(message)
        future.add_done_callback(partial(_report, type(message).__name__))
        return future

    def hand_over(self, message: SyncMessage) -> Future[None]:
        """Have the core take what headquarters sent; the future says whether it did. Raises BadInput.

        Lists go through a thread of their own; the sync goes on meanwhile, and fetches anew what was not taken.
        """
        match message:
            case ListArrived(hotlist, entries):
                return self.lists.arrived(hotlist, entries)
            case ListChanged(hotlist, base_sha256, removed, added):
                return self.lists.changed(hotlist, base_sha256, removed, added)
        return self.core.submit(_COMMANDS[type(message)](message))

    def _first_block(self, delivery: str) -> int:
        """Where a delivery of a hot list begins, over a connection of this question alone."""
        with closing(self.store.reader()) as reader:
            return reader.first_block(delivery)

    def _list_told(self, hotlist: HotList, words: str) -> None:
        self.core.tell(FaultChanged(f"{LIST_FAULT}{hotlist.list_id}", words and hotlist.name, words, urgent=False))

    def _lists_in_use(self) -> Mapping[str, HotList]:
        return {hotlist.list_id: hotlist for hotlist in self.core.lists}

    def _on_notice(self, notice: Notice) -> None:
        """Called in the core's thread: starting and stopping processes must not hold it up."""
        if isinstance(notice, SignedIn):
            self.devices.start_readers()
        elif isinstance(notice, SignedOut):
            self.devices.stop_readers()


_COMMANDS: Mapping[type, Callable[[Any], Command]] = {
    ServerRefused: lambda told: RecordFinding(told.words, EventKind.SERVER_REFUSED),
    FalseHitsArrived: lambda told: ApplyFalseHits(told.plates),
    AccountsArrived: lambda told: ApplyAccounts(told.content, told.signature),
    ConfirmationArrived: lambda told: TakeConfirmation(told.response),
    CheckAnswered: lambda told: RecordStatus(told.hit_id, told.answer),
}


def _known_as(vault: StoreVault, settings: CarSettings, token: str) -> tuple[CarIdentity | None, str]:
    """Who headquarters knows the car as: by its identity, else by the token alone. Raises BadInput without either."""
    identity = kept_identity(vault)
    if identity is not None and identity.car_id != settings.car_id:
        raise BadInput("This store was enrolled as another car.", "Set that car's id, or enrol this one anew.")
    token = identity.token if identity else token
    if not token:
        raise BadInput("This car is not enrolled.", "Enrol it: 'mdt enrol --headquarters URL --car ID'.")
    return identity, token


def _word(vault: StoreVault, settings: CarSettings) -> ListWord:
    return ListWord(settings.car_id, settings.headquarters_key, *_believed(vault, _WORD))


def _news(client: HqClient, vault: StoreVault, settings: CarSettings) -> NewsBoard:
    fresh = Freshness("The news from headquarters", "What is in force stays; report it.", *_believed(vault, _NEWS))
    return NewsBoard(client, settings.car_id, settings.headquarters_key, fresh)


def _believed(vault: StoreVault, name: str) -> tuple[datetime | None, Callable[[datetime], None]]:
    """What was believed last outlasts a restart: an older word of headquarters is not believed after one either."""
    held = vault.read(name)

    def keep(issued_at: datetime) -> None:
        vault.write(name, issued_at.isoformat().encode())

    return datetime.fromisoformat(held.decode()) if held else None, keep


def _report(what: str, future: Future[None]) -> None:
    """A refusal is on record and on the screen already; the log keeps only its kind."""
    error = future.exception()
    if error is not None:
        _log.warning("not applied", what=what, reason=getattr(error, "reason", type(error).__name__))
