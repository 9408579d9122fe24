"""The core: the one thread that decides and writes. Everything else posts commands and hears notices."""

from __future__ import annotations

import queue
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TypeGuard

import structlog

from mdt_app.domain.accounts import Session
from mdt_app.domain.commands import (
    Command,
    MatchPastReads,
    RecordRead,
    Redecide,
    RequestStop,
    SignIn,
)
from mdt_app.domain.equipment import EquipmentChanged, Standing, standings
from mdt_app.domain.errors import NotSignedIn, Refused, StorageFault
from mdt_app.domain.events import EventKind
from mdt_app.domain.gate import decide
from mdt_app.domain.gate_checks import GateFacts
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.matching import ListIndex, Match
from mdt_app.domain.notices import (
    CommandRefused,
    FaultChanged,
    Heartbeat,
    HitComing,
    HitRaised,
    ListsChanged,
    Notice,
)
from mdt_app.domain.policy import Policy
from mdt_app.domain.ports import Bundles, Clock, Passwords, RecordsCheck, SecondFactor, SecurityKeys, Store, Transaction
from mdt_app.domain.profiles import why_silent
from mdt_app.domain.reads import Read
from mdt_app.domain.retention import PurgeExpired
from mdt_app.services.context import Context, Handler, Identity, Outcome
from mdt_app.services.listeners import Listeners, place_of
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.on_reads import hit_of, out_of_service
from mdt_app.services.session_age import due_of_session, require_fresh
from mdt_app.services.weighing import Weighed, Weighing, hash_for

HEARTBEAT_S = 0.5
REDECIDE_EVERY_S = 3.0
"""How often open hits are decided anew: answers age, and the screen must not stay green meanwhile."""
PURGE_EVERY_S = 10.0
"""How often a slice of what has expired goes; a slice takes some milliseconds."""

_log = structlog.get_logger()
_REFUSED_AS: Mapping[type, EventKind] = {
    SignIn: EventKind.SIGN_IN_REFUSED,
    RequestStop: EventKind.GATE_REFUSED,
}
_ENDED = StorageFault("The program is ending.", "Start it again.")
_STORAGE_WORDS = "The record can't be written. The gate stays shut."
_STORAGE_REMEDY = "Work by radio, and report the fault."


class Core:
    """Runs commands one after the other, each in one transaction, and tells the listeners after the commit.

    Before it, only that a hit is coming: its alert is shown recorded or not, and the disk may be slow.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        policy: Policy,
        identity: Identity,
        passwords: Passwords,
        second_factor: SecondFactor,
        security_keys: SecurityKeys,
        bundles: Bundles,
        records_check: RecordsCheck | None = None,
    ) -> None:
        self._store, self._clock, self._policy = store, clock, policy
        self._identity, self._passwords = identity, Weighing(passwords, self._weighed)
        self._second_factor, self._security_keys, self._bundles = second_factor, security_keys, bundles
        self.records_check = records_check
        self._queue: queue.Queue[tuple[Command, Future[None]] | Weighed | Notice | None] = queue.Queue()
        self._session: Session | None = None
        self._index: ListIndex = PackedIndex.of(())
        self._lists: tuple[HotList, ...] = ()
        self._standings: Mapping[str, Standing] = {}
        self._storage_fault = self._ended = False
        self._coming: HitComing | None = None
        self._handlers: Mapping[type, Handler] = {}
        self.uncounted: Counter[str] = Counter()
        """What could not be put on record, by reason."""
        self._listeners = Listeners(self.uncounted)
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="core", daemon=True)

    def start(self) -> None:
        """Load the lists in force and begin to work. Raises StorageFault when the store can't be read."""
        self._thread.start()
        self._ready.result()

    def stop(self) -> None:
        """Finish what is queued, then close the store and end."""
        self._queue.put(None)
        self._thread.join()

    @property
    def lists(self) -> tuple[HotList, ...]:
        """The hot lists in force."""
        return self._lists

    @property
    def index(self) -> ListIndex:
        """What reads are matched against; a change makes another one."""
        return self._index

    def submit(self, command: Command) -> Future[None]:
        """Queue a command. The future ends when it is committed, or carries Refused or StorageFault."""
        future: Future[None] = Future()
        if self._ended:
            future.set_exception(_ENDED)
        else:
            self._queue.put((command, future))
        return future

    def tell(self, notice: Notice) -> None:
        """Pass a notice that needs no decision (a device's health, the link) to the listeners, in the core's thread."""
        self._queue.put(notice)

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """Have `listener` called in the core's thread after each commit. It must not block."""
        self._listeners.add(listener)

    def _run(self) -> None:
        # Loaded with the core's own start: the sign-in screen waits for none of them.
        from mdt_app.services.handlers import HANDLERS

        self._handlers = HANDLERS
        try:
            with self._store.transaction() as tx:
                self._lists, self._index = tx.lists.lists(), tx.lists.index()
                self._standings = standings(tx.equipment.records())
        except Exception as error:  # noqa: BLE001 - whoever starts the core is told, whatever it is
            self._ready.set_exception(error)
            return
        self._ready.set_result(None)
        self._work()
        self._passwords.end()
        self._store.close()
        self._refuse_the_rest()

    def _work(self) -> None:
        self._listeners.publish(ListsChanged(self._lists, self._policy.list_warn_hours))
        self._listeners.publish(EquipmentChanged(self._standings))
        beat = purge = redecide = self._clock.monotonic()
        while True:
            if (now := self._clock.monotonic()) >= beat:
                beat = now + HEARTBEAT_S
                self._listeners.publish(Heartbeat(now))
                if due := due_of_session(self._session, self._policy, self._clock):
                    self.submit(due)
                if now >= redecide:
                    redecide = now + REDECIDE_EVERY_S
                    self.submit(Redecide())
                if now >= purge:
                    purge = now + PURGE_EVERY_S
                    self.submit(PurgeExpired())
            try:
                item = self._queue.get(timeout=max(0.0, beat - now))
            except queue.Empty:
                continue
            if item is None:
                return
            if isinstance(item, tuple):
                self._take(*item)
            elif isinstance(item, Weighed):
                with self._passwords.known(item):
                    self._execute(item.command, item.future)
            else:
                self._listeners.publish(item)

    def _take(self, command: Command, future: Future[None]) -> None:
        """A command with a password comes again once that is weighed; the others are done at once."""
        against = hash_for(command, self._session, self._store, self._bundles)
        if against is None:
            self._execute(command, future)
        else:
            self._passwords.begin(command, future, against)

    def _weighed(self, weighed: Weighed) -> None:
        self._queue.put(weighed)

    def _refuse_the_rest(self) -> None:
        """Nobody may wait for a command that came after the end."""
        self._ended = True
        while not self._queue.empty():
            item = self._queue.get()
            if isinstance(item, tuple):
                item[1].set_exception(_ENDED)
            elif isinstance(item, Weighed):
                item.future.set_exception(_ENDED)

    def _execute(self, command: Command, future: Future[None]) -> None:
        """Whatever goes wrong, also while telling what went wrong: the future ends, and the core lives on."""
        try:
            error = self._outcome(command)
        except Exception as unexpected:  # noqa: BLE001 - see above
            self.uncounted["defect"] += 1
            error = unexpected
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)

    def _outcome(self, command: Command) -> Exception | None:
        error: Exception | None = None
        try:
            error = self._commit(command).refusal
        except Refused as refused:
            error = refused
            self._on_record(command, refused)
        except StorageFault as fault:
            error = fault
            self._on_storage_fault(command, fault)
        except Exception as unexpected:  # noqa: BLE001 - one broken command must not end the one who decides
            error = unexpected
            self._on_defect(command, unexpected)
        return error

    def _commit(self, command: Command) -> Outcome:
        self._coming = None
        with self._store.transaction() as tx:
            require_fresh(command, self._session, self._policy, self._clock)
            outcome = self._handlers[type(command)](self._context(tx), command)
            lists = tx.lists.lists() if outcome.lists_changed else self._lists
            index = (outcome.index or tx.lists.index()) if outcome.lists_changed else self._index
            self._foretell(command, outcome)
        self._coming = None  # it is on record: whatever fails now takes that back no more
        self._lists, self._index = lists, index
        self._after(outcome)
        if outcome.picture is not None:
            self._keep_picture(*outcome.picture)
        return outcome

    def _foretell(self, command: Command, outcome: Outcome) -> None:
        """Tell of a read's hit now; it is written meanwhile."""
        if isinstance(command, RecordRead) and (new := next(filter(_is_raised, outcome.notices), None)):
            self._coming = HitComing(new.hit, new.decision, new.pictures)
            self._listeners.publish(self._coming)

    def _after(self, outcome: Outcome) -> None:
        self._end_storage_fault()
        if outcome.session or outcome.signed_out:
            self._session = outcome.session
        if outcome.standings is not None:
            self._standings = outcome.standings
        if outcome.lists_changed:
            self._listeners.publish(ListsChanged(self._lists, self._policy.list_warn_hours))
        for command in _following(outcome):
            self.submit(command)
        for notice in outcome.notices:
            if not (outcome.redecided and self._listeners.know(notice)):
                self._listeners.publish(notice)
        if outcome.ask and self.records_check:
            self.records_check.ask(outcome.ask)
        if self.records_check:
            for query in outcome.confirm:
                self.records_check.confirm(query)

    def _end_storage_fault(self) -> None:
        """A commit has gone through."""
        if self._storage_fault:
            self._storage_fault = False
            self._listeners.publish(FaultChanged("storage", ""))

    def _keep_picture(self, read_id: str, context: bytes) -> None:
        """Keep a read's whole picture, once the read is on record and told. The record stands without it as well."""
        try:
            with self._store.transaction() as tx:
                tx.reads.add_context(read_id, context)
        except StorageFault as fault:
            self._storage_fault = True
            self.uncounted["picture"] += 1
            _log.error("storage fault", command="picture", fault=fault.words)
            self._listeners.publish(FaultChanged("storage", _STORAGE_WORDS, _STORAGE_REMEDY))

    def _on_record(self, command: Command, refused: Refused) -> None:
        """A refusal is on record before anyone is told. A read without a person is only counted."""
        if isinstance(refused, NotSignedIn) and isinstance(command, RecordRead):
            self.uncounted[refused.reason] += 1
            return
        name, kind = type(command).__name__, _REFUSED_AS.get(type(command), EventKind.COMMAND_REFUSED)
        body = {"command": name, "reason": refused.reason}
        actor = command.user_id if isinstance(command, SignIn) else ""
        try:
            with self._store.transaction() as tx:
                context = self._context(tx)
                tx.record(context.event(kind, getattr(command, "hit_id", ""), body, actor))
        except StorageFault as fault:
            self._on_storage_fault(command, fault)
        self._listeners.publish(
            CommandRefused(name, refused.reason, refused.words, refused.remedy, getattr(command, "hit_id", ""))
        )

    def _on_storage_fault(self, command: Command, fault: StorageFault) -> None:
        """The alert is shown all the same; nothing else happens, and the gate stays shut."""
        self._storage_fault = True
        self.uncounted["storage"] += 1
        _log.error("storage fault", command=type(command).__name__, fault=fault.words)
        self._listeners.publish(FaultChanged("storage", _STORAGE_WORDS, _STORAGE_REMEDY))
        if isinstance(command, RecordRead) and (unrecorded := self._unrecorded(command)):
            self._listeners.publish(unrecorded)
        else:
            name = type(command).__name__
            self._listeners.publish(
                CommandRefused(name, "storage", _STORAGE_WORDS, _STORAGE_REMEDY, getattr(command, "hit_id", ""))
            )

    def _unrecorded(self, command: RecordRead) -> HitRaised | None:
        """The alert of a read that can't be put on record: the one that was told of already, or its own."""
        if (coming := self._coming) is not None:
            return HitRaised(coming.hit, coming.decision, coming.pictures, recorded=False)
        if not (matches := self._unsilenced(command.read)):
            return None
        hit = hit_of(self._clock, self._lists, command.read, matches)
        return HitRaised(hit, decide(GateFacts(hit, self._policy)), command.pictures, recorded=False)

    def _unsilenced(self, read: Read) -> tuple[Match, ...]:
        """The matches that alert whoever is signed in; none with nobody there, or of equipment out of service."""
        session, now = self._session, self._clock.now()
        if session is None or out_of_service(self._standings, read):
            return ()

        def alerts(match: Match) -> bool:
            return why_silent(self._policy, session, read, match.entry, now) is None

        return tuple(filter(alerts, self._index.find(read, now, near=self._policy.near)))

    def _on_defect(self, command: Command, error: Exception) -> None:
        name = type(command).__name__
        self.uncounted["defect"] += 1
        _log.error("command failed", command=name, error=type(error).__name__, at=place_of(error))
        if isinstance(command, RecordRead) and self._coming is not None and (alert := self._unrecorded(command)):
            self._listeners.publish(alert)
        words = "The program could not do this. Nothing was recorded."
        self._listeners.publish(
            CommandRefused(name, "defect", words, "Try again, and report it.", getattr(command, "hit_id", ""))
        )

    def _context(self, tx: Transaction) -> Context:
        return Context(
            tx=tx,
            clock=self._clock,
            policy=self._policy,
            identity=self._identity,
            passwords=self._passwords,
            second_factor=self._second_factor,
            security_keys=self._security_keys,
            bundles=self._bundles,
            index=self._index.through(tx.lists),
            lists=self._lists,
            session=self._session,
            standings=self._standings,
        )


def _is_raised(notice: Notice) -> TypeGuard[HitRaised]:
    return isinstance(notice, HitRaised)


def _following(outcome: Outcome) -> tuple[Command, ...]:
    """What the core asks of itself next, behind whatever waits already."""
    after_lists = (MatchPastReads(), Redecide()) if outcome.lists_changed else ()
    return (*after_lists, outcome.then) if outcome.then is not None else after_lists
