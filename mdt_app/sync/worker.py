"""The sync threads: push the outbox, pull lists and accounts, ask records checks; the core is told by messages."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial

import structlog

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.evidence import SignedHead
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery
from mdt_app.domain.sync_messages import (
    AccountsArrived,
    ConfirmationArrived,
    LinkState,
    OutboxPort,
    OutboxRow,
    ServerRefused,
    SyncMessage,
)
from mdt_app.sync.answers import HqImpostor
from mdt_app.sync.asking import Asking
from mdt_app.sync.client import CONTENT_REASONS, HqBusy, HqClient, HqRefused, HqUnreachable
from mdt_app.sync.event_wire import BatchReceipt, HeadMessage, HeadReceipt
from mdt_app.sync.list_follower import ListFollower
from mdt_app.sync.list_word import ListWord
from mdt_app.sync.news import NewsBoard, Turn
from mdt_app.sync.news_wire import Subject
from mdt_app.sync.pace import Pace

log = structlog.get_logger()

_STOP_WITHIN_S = 1.8
_COMMIT_LIMIT_S = 30.0
_SECOND = 1.0


class SyncWorker:
    """Keeps one car and headquarters in step, in threads of its own.

    `outbox` and `post` are called from these threads. Hot lists are followed only
    with `word`, which says what to believe of them; `known_lists` gives list id -> list in use. `head`
    gives the chain's signed head as it stands now, `device_key` the public key that it is checked with, 64 hexadecimal
    digits; `on_receipt` hears headquarters' signed word on how far it holds the chain, not yet checked.
    `before_all` is called before each pull and before the push of that turn, and returns words for the screen:
    headquarters' orders come first, also where headquarters takes nothing else from this car any more. Without
    `pulls` nothing is fetched: the vendor's store takes reads, and has nothing to give.
    With `news` only what has changed is pulled, and it is asked before `before_all`; without it everything, each time.
    """

    def __init__(
        self,
        client: HqClient,
        outbox: OutboxPort,
        post: Callable[[SyncMessage], Future[None] | None],
        *,
        word: ListWord | None = None,
        known_lists: Callable[[], Mapping[str, HotList]] = dict,
        pace: Pace | None = None,
        head: Callable[[], SignedHead | None] | None = None,
        device_key: str = "",
        on_receipt: Callable[[HeadReceipt], None] | None = None,
        before_all: Callable[[], str] | None = None,
        pulls: bool = True,
        news: NewsBoard | None = None,
    ) -> None:
        self._client = client
        self._head, self._device_key, self._on_receipt = head, device_key, on_receipt
        self._outbox = outbox
        self._post = post
        self._pace = pace or Pace()
        self._before_all, self._ordered = before_all, ""
        self._news, self._unbelieved = news, ""
        self._lists = ListFollower(client, word, known_lists, self._hand_over, self._pace.again_s) if word else None
        self._size = self._pace.batch_most
        self._failures = 0
        self._pull_at = 0.0
        self._last_contact_at: datetime | None = None
        self._impostor = False
        self._detail = ""
        self._accounts = (b"", 0.0)
        pulled: dict[Subject, Turn] = {Subject.ACCOUNTS: self._pull_accounts, Subject.ANSWERS: self._pull_answers}
        pulled |= {Subject.LISTS: self._lists.turn} if self._lists else {}
        self._pulls = [news.when_new(*one) if news else one[1] for one in pulled.items()] if pulls else []
        self._pending = self._confirmed_to = 0
        self._ended = threading.Event()
        self._wake = threading.Event()
        self._asking = Asking(client, post, self._pace.check_threads)
        # Daemons: a request that hangs must not hold the application's end.
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Start the threads."""
        self._thread.start()
        self._asking.start()

    def stop(self) -> None:
        """End within 2 seconds. A request under way is left to itself, and its answer is not used."""
        self._ended.set()
        self._wake.set()
        deadline = time.monotonic() + _STOP_WITHIN_S
        self._asking.end()
        if self._thread.is_alive():
            self._thread.join(_STOP_WITHIN_S)
        self._asking.join(deadline)

    def wake(self) -> None:
        """Say that the outbox has something new; a waiting time after a failure is kept all the same."""
        self._wake.set()

    def ask(self, query: RecordsQuery) -> None:
        """Make a records check; CheckAnswered is posted with its answer, always."""
        self._asking.put(query)

    def confirm(self, query: ConfirmationQuery) -> None:
        """Have the entering agency asked; ConfirmationArrived is posted with each answer, also when nobody could."""
        self._asking.put(query)

    def _run(self) -> None:
        while not self._ended.is_set():
            wait_s = self._turn()
            # After a failure only the end interrupts the wait: new events must not turn back-off into hammering.
            (self._ended if self._failures else self._wake).wait(wait_s)
            self._wake.clear()
        self._outbox.close()

    def _turn(self) -> float:
        """Push one batch, pull when it is time, tell the core, and return the seconds to wait."""
        try:
            due = time.monotonic() >= self._pull_at
            if due:
                self._unbelieved = self._news.ask() if self._news else ""
                self._ordered = self._before_all() if self._before_all else ""
            more = self._push()
            if due and self._pulls:
                self._pull()
            self._pending = self._outbox.count()
            self._tell(True, " ".join(filter(None, (self._unbelieved, self._ordered, self._detail))))
        except Exception as fault:  # noqa: BLE001 - whatever breaks, the thread lives on, says so and tries again
            return self._failed(fault)
        self._failures = 0
        return 0.0 if more else self._pace.push_every_s

    def _failed(self, fault: Exception) -> float:
        """Tell the core what failed, of an unforeseen error its kind alone, and return the seconds to wait.

        Where headquarters is busy, the link is sound, and it gives out turns itself; the jitter makes up for its
        whole seconds.
        """
        self._failures += 1
        busy = fault if isinstance(fault, HqBusy) else None
        log.warning("sync.failed", error=type(fault).__name__, failures=self._failures)
        kind = f"The link's work failed ({type(fault).__name__}). It is tried again by itself."
        with contextlib.suppress(Exception):  # a store that can't count is the fault that is told, or the next one
            self._pending = self._outbox.count()
        try:
            self._tell(busy is not None, str(fault) if isinstance(fault, MdtError) else kind)
            if isinstance(fault, HqImpostor) and not self._impostor:
                self._impostor = True  # on record once, until headquarters itself answers
                self._hand_over(ServerRefused(fault.words))
        except Exception as deaf:  # noqa: BLE001 - a core that can't be told now is told at the next turn
            log.warning("sync.not_told", error=type(deaf).__name__)
        if busy is not None:
            return busy.after_s + random.uniform(0.0, _SECOND)  # noqa: S311 - jitter, no secret
        return self._pace.retry_s(self._failures)

    def _tell(self, connected: bool, detail: str) -> None:
        if not self._ended.is_set():
            self._post(LinkState(connected, self._pending, self._last_contact_at, detail))

    def _push(self) -> bool:
        """Push the oldest rows; return whether there may be more to push at once."""
        rows = self._outbox.pending(self._size)
        if not rows:
            return False
        try:
            receipt = self._send([(row.event, row.chain) for row in rows])
        except HqBusy:
            self._contact()
            raise
        except HqUnreachable:
            self._size = max(1, self._size // 2)
            raise
        except (HqRefused, BadInput) as fault:
            self._set_apart(rows, fault)
            return True
        self._settle(rows, receipt)
        self._size = min(self._pace.batch_most, self._size * 2)
        return True

    def _send(self, rows: Sequence[tuple[Event, ChainLink | None]], withheld: Sequence[ChainLink] = ()) -> BatchReceipt:
        """Send with the signed head, which is read after the rows: it is at least as far as they are."""
        head = self._head() if self._head else None
        signed = HeadMessage.of(head, self._device_key) if head else None
        receipt = self._client.push_events(rows, head=signed, withheld=withheld)
        if receipt.head and self._on_receipt and not self._ended.is_set():
            try:
                self._on_receipt(receipt.head)
            except Exception as fault:  # noqa: BLE001 - a receipt that can't be kept comes anew with the next batch
                log.warning("receipt.not_kept", error=type(fault).__name__)
        return receipt

    def _send_link(self, chain: ChainLink) -> None:
        """Tell the link of an event that is about to be parked, so that the chain behind it holds."""
        try:
            self._send([], [chain])
        except (HqRefused, BadInput) as fault:
            log.warning("sync.link_refused", error=type(fault).__name__)

    def _set_apart(self, rows: Sequence[OutboxRow], fault: HqRefused | BadInput) -> None:
        """Come closer to the one event that spoils a batch, and park it once it stands alone."""
        if isinstance(fault, HqRefused):
            self._contact()
            if fault.reason not in CONTENT_REASONS:
                raise fault
        if len(rows) > 1:
            self._size = max(1, len(rows) // 2)
            return
        reason = fault.reason if isinstance(fault, HqRefused) else "can't be sent"
        if chain := rows[0].chain:
            self._send_link(chain)
        self._park(rows[0].event.event_id, reason)
        self._size = min(self._pace.batch_most, 2)

    def _settle(self, rows: Sequence[OutboxRow], receipt: BatchReceipt) -> None:
        """Confirm and park the rows that the receipt names, and no other."""
        self._contact()
        if self._ended.is_set():
            return
        sent = {row.event.event_id for row in rows}
        accepted = [event_id for event_id in receipt.accepted if event_id in sent]
        refused = [refusal for refusal in receipt.refused if refusal.event_id in sent]
        if not accepted and not refused:
            raise HqUnreachable("Headquarters confirmed none of the events that were sent.", "It is tried again.")
        if accepted:
            self._outbox.confirm(accepted)
        for refusal in refused:
            self._park(refusal.event_id, refusal.reason)

    def _park(self, event_id: str, reason: str) -> None:
        log.warning("sync.parked", event_id=event_id, reason=reason)
        if not self._ended.is_set():
            self._outbox.park(event_id, reason)

    def _pull(self) -> None:
        self._detail = " ".join(filter(None, (pull() for pull in self._pulls)))
        self._contact()
        self._pull_at = time.monotonic() + self._pace.pull_every_s

    def _pull_accounts(self) -> str:
        content, signature = self._client.fetch_accounts()
        before, posted_at = self._accounts
        if before != content or time.monotonic() - posted_at > self._pace.again_s:
            done = self._hand_over(AccountsArrived(content, signature))
            if done is not None and self._news is not None:
                done.add_done_callback(partial(self._heard_accounts, self._news))
            self._accounts = (content, time.monotonic())
        return ""

    def _heard_accounts(self, news: NewsBoard, future: Future[None]) -> None:
        """Called in the core's thread: what it did not take is pulled again after a while."""
        if future.exception() is not None:
            news.again(Subject.ACCOUNTS, self._pace.again_s)

    def _pull_answers(self) -> str | None:
        """A page of answers; None while there may be more."""
        replies = self._client.fetch_confirmations(self._confirmed_to)
        for replied in replies:
            if not self._ended.is_set():
                committed = self._post(ConfirmationArrived(replied.to_response()))
                if committed is not None:
                    committed.result(_COMMIT_LIMIT_S)  # what the car did not keep is fetched again
                self._confirmed_to = replied.position
        return None if replies else ""

    def _hand_over(self, message: SyncMessage) -> Future[None] | None:
        return None if self._ended.is_set() else self._post(message)

    def _contact(self) -> None:
        self._impostor = False
        self._last_contact_at = datetime.now(UTC)
