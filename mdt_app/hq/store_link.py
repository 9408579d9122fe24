"""Headquarters' way to the vendor's store of bulk reads: it is told whom to trust, and asked what it has (REC-4)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import httpx2
import structlog

from mdt_app.domain.errors import Refused
from mdt_app.domain.read_search import VENDOR_STORE, SearchTerms
from mdt_app.hq.authority import Authority
from mdt_app.hq.store import Store
from mdt_app.hq.store_trust import digest, orders, store_token
from mdt_app.services.tls import car_context, trusting_nobody
from mdt_app.sync.event_wire import BatchReceipt, EventBatch
from mdt_app.sync.search_wire import FoundPage, TermsMessage
from mdt_app.sync.signed_calls import Signed
from mdt_app.sync.store_wire import ReaderBatch, StoreOrders, StoreSearch
from mdt_app.sync.wire import PREFIX, Done, Message

MessageT = TypeVar("MessageT", bound=Message)

EVERY_S = 2.0
"""How often headquarters looks whether the store has to hear something new."""
_AGAIN_S = 600.0
_TIMEOUT_S = 8.0
_JSON = {"content-type": "application/json"}

log = structlog.get_logger()


@dataclass
class StoreLink:
    """The store at one address. It is `ReadsKept`: searches go there."""

    http: httpx2.Client = field(repr=False)
    source: str = VENDOR_STORE

    @classmethod
    def open(cls, store: Store, key: bytes, url: str) -> StoreLink:
        """Open the link; nothing is asked yet. `key` is headquarters' own, `url` the store's address."""
        authority = Authority(store, key)
        caller = authority.client(datetime.now(UTC))
        over_tls = url.startswith("https://")
        context = car_context(authority.root_pem(), caller.pem, caller.key) if over_tls else trusting_nobody()
        return cls(
            httpx2.Client(
                base_url=url.rstrip("/") + PREFIX,
                headers={"authorization": f"Bearer {store_token(key)}"},
                verify=context,
                auth=Signed(caller.key),
                timeout=httpx2.Timeout(_TIMEOUT_S, connect=5.0),
                trust_env=False,
            )
        )

    def find(self, terms: SearchTerms, after: str, most: int, search_id: str) -> FoundPage:
        """As ReadsKept says. Raises Refused where the store is out of reach."""
        asked = StoreSearch(search_id=search_id, terms=TermsMessage.of(terms), after=after, most=most)
        return self._call("POST", "/store/reads", asked, FoundPage)

    def tell(self, told: StoreOrders) -> None:
        """Say which cars it trusts, and what is held. Raises Refused where it is out of reach."""
        self._call("PUT", "/store/orders", told, Done)

    def bring(self, reader_id: str, batch: EventBatch) -> None:
        """Bring the bulk reads of a reader that sends to headquarters. Raises Refused where it is out of reach."""
        self._call("POST", "/store/readers", ReaderBatch(reader_id=reader_id, batch=batch), BatchReceipt)

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def _call(self, method: str, path: str, message: Message, kind: type[MessageT]) -> MessageT:
        try:
            answer = self.http.request(method, path, content=message.model_dump_json().encode(), headers=_JSON)
            if answer.is_success:
                return kind.model_validate_json(answer.content)
            reason = f"status {answer.status_code}"
        except (httpx2.HTTPError, ValueError) as fault:
            reason = type(fault).__name__
        log.warning("reads_store.failed", reason=reason)
        words = "The vendor's store of reads can't be reached."
        raise Refused("reads_out_of_reach", words, "Try again later; what is kept elsewhere was searched.")


@contextmanager
def in_step(store: Store, link: StoreLink) -> Iterator[None]:
    """While inside, tell the store what it has to know, in a thread of its own that outlives every fault."""
    ended = threading.Event()

    def run() -> None:
        known, at = "", 0.0
        while not ended.is_set():
            known, at = _told(store, link, known, at)
            ended.wait(EVERY_S)

    thread = threading.Thread(target=run, name="reads-store", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_TIMEOUT_S)


def _told(store: Store, link: StoreLink, known: str, at: float) -> tuple[str, float]:
    """Tell what is new, and now and then all of it again; return what the store knows now, and since when."""
    now = datetime.now(UTC).timestamp()
    try:
        with store.reading() as connection:
            wanted = orders(connection)
        if digest(wanted) != known or not 0 <= now - at < _AGAIN_S:
            link.tell(wanted)
            return digest(wanted), now
    except Exception as fault:  # noqa: BLE001 - the thread lives on, and tries again
        log.warning("reads_store.not_told", error=type(fault).__name__)
        return "", 0.0
    return known, at
