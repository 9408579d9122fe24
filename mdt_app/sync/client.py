"""The car's side of the wire: one call a route, each answer verified before it is given out."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

import httpx2
import structlog

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.hotlist import Entry
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, RecordsQuery, StatusAnswer
from mdt_app.services.tls import trusting_nobody
from mdt_app.sync.account_wire import SignedMessage
from mdt_app.sync.answers import (
    CALLER_REASONS,
    CONTENT_REASONS,
    HqBusy,
    HqCut,
    HqRefused,
    HqUnreachable,
    require_by_rules,
    require_success,
    understood,
)
from mdt_app.sync.check_wire import (
    ConfirmationAsked,
    ConfirmationReplied,
    ConfirmationReplies,
    RecordsCheckReply,
    RecordsCheckRequest,
)
from mdt_app.sync.delta import ListDelta, open_delta
from mdt_app.sync.downloads import Downloads
from mdt_app.sync.entry_wire import EntryAsked, EntryRecord, EntryRecords
from mdt_app.sync.event_wire import BatchReceipt, EventBatch, EventMessage, HeadMessage, LinkMessage
from mdt_app.sync.field_wire import CarState, ExigentLine, ExigentLines, ReaderHit, ReaderHits, StateTaken
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.identity_wire import OrderReport, RenewalClaim, RenewalDone, SignedOrders
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.packing import ENCODING, packed
from mdt_app.sync.search_wire import SearchAnswer, SearchAsked
from mdt_app.sync.signed_calls import Signed
from mdt_app.sync.snapshot import open_list
from mdt_app.sync.wire import PREFIX, SIGNATURE, Done, Message

__all__ = (
    "CALLER_REASONS",
    "CONTENT_REASONS",
    "LINK_SOURCE",
    "HqBusy",
    "HqClient",
    "HqCut",
    "HqRefused",
    "HqUnreachable",
    "no_response",
)

MessageT = TypeVar("MessageT", bound=Message)

LINK_SOURCE = "link to headquarters"
"""The source of a records check's answer that the car itself gives, because headquarters gave none."""

LINK_TIMEOUT_S = 8.0
"""A silence of so long on a request means that the link is gone: a half-open connection is found within 10 s."""
_PULL_TIMEOUT_S = 3.5
"""The same for what is only read: with the pause between pulls an idle link's end is found within 10 s too."""
_CONNECT_S = 5.0
_AGAIN_S = (0.2, 1.0)
"""What was cut off on its way to the message switch is asked again after so long, by chance between these."""
_KEPT_OPEN_S = 20.0
"""So long an idle connection is kept for the next request."""

_JSON = {"content-type": "application/json"}
_PACKED = _JSON | {"content-encoding": ENCODING}

log = structlog.get_logger()


class HqClient:
    """Headquarters as one car sees it. It may be used from several threads; times are in seconds.

    With `identity` it is mutual TLS 1.3, and each request is signed with the device's key. Without one it is a token
    alone, which headquarters takes on plain loopback only.
    """

    def __init__(
        self,
        base_url: str,
        car_id: str,
        token: str,
        *,
        identity: CarIdentity | None = None,
        timeout_s: float = LINK_TIMEOUT_S,
        check_timeout_s: float = 15.0,
    ) -> None:
        self._car = quote(car_id, safe="")
        self._downloads = Downloads(require_success)
        self._pull_timeout = httpx2.Timeout(min(timeout_s, _PULL_TIMEOUT_S), connect=min(timeout_s, _PULL_TIMEOUT_S))
        self._check_s = check_timeout_s
        self._http = httpx2.Client(
            base_url=base_url.rstrip("/") + PREFIX,
            headers={"authorization": f"Bearer {token}"},
            verify=identity.context() if identity else trusting_nobody(),
            auth=Signed(identity.key) if identity else None,
            timeout=httpx2.Timeout(timeout_s, connect=_CONNECT_S),
            limits=httpx2.Limits(keepalive_expiry=_KEPT_OPEN_S),
            trust_env=False,
        )

    def push_events(
        self,
        rows: Sequence[tuple[Event, ChainLink | None]],
        *,
        head: HeadMessage | None = None,
        withheld: Sequence[ChainLink] = (),
    ) -> BatchReceipt:
        """Send at most BATCH_MOST events in their order, with the car's signed head, read after the events were.

        `withheld` are links of events that can't be sent. Raises BadInput when one can't be sent, HqUnreachable,
        HqRefused.
        """
        if not rows and not withheld:
            return BatchReceipt()
        events = tuple(EventMessage.of(event, link) for event, link in rows)
        batch = EventBatch(events=events, head=head, withheld=tuple(map(LinkMessage.of, withheld)))
        return self._post(f"/cars/{self._car}/events", batch, BatchReceipt, pack=True)

    def put_recovery(self, recipients: Mapping[str, Sequence[str]]) -> None:
        """Leave the content of the car's recovery.json at headquarters. Raises BadInput, HqUnreachable, HqRefused."""
        try:
            blob = RecoveryBlob(recipients={name: tuple(sealed) for name, sealed in recipients.items()})
        except ValueError as fault:
            raise BadInput("recovery.json is damaged.", "Make a recovery key again.") from fault
        self._post(f"/cars/{self._car}/recovery", blob, Done)

    def fetch_lists(self) -> SignedMessage:
        """Return headquarters' signed word on the lists in force, not yet checked. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/hotlists", SignedMessage)

    def fetch_delta(self, list_id: str, base_sha256: str) -> tuple[ListDelta, str]:
        """Return what changed in a list since the version with this digest, and its signature (hex), not yet checked.

        Raises BadInput when it is not whole, HqUnreachable, HqRefused (`no_such_delta`: fetch the whole list).
        """
        with self._calling() as http:
            response = http.get(f"/hotlists/{list_id}/deltas/{base_sha256}")
            require_success(response)
            return open_delta([response.content]), response.headers.get(SIGNATURE, "")

    def fetch_entries(self, manifest: HotListManifest) -> Iterator[Entry]:
        """Fetch a list whole, and return its entries as they are understood: millions of them fill no memory.

        They are proven only when the iterator has ended; it raises BadInput when the file is not that list or not
        complete. What a cut link left is not fetched again. Raises HqUnreachable, HqRefused, BadInput.
        """
        with self._calling() as http:
            content = self._downloads.fetch(http, manifest)
        found, entries = open_list(content)
        if found != manifest:
            raise BadInput("Headquarters sent another list than it announced.", "It is fetched again.")
        return (entry.to_entry(found.list_id) for entry in entries)

    def fetch_accounts(self) -> tuple[bytes, bytes]:
        """Return the accounts for this car as headquarters signed them: content and signature, not yet checked.

        Raises HqUnreachable, HqRefused.
        """
        signed = self._get(f"/cars/{self._car}/accounts", SignedMessage)
        return signed.content.encode(), bytes.fromhex(signed.signature)

    def records_check(self, query: RecordsQuery) -> StatusAnswer:
        """Return the answer to a query. Whatever goes wrong on the way is a NO_RESPONSE that says so.

        Cut off in the middle it is asked again under the same id, which any worker of headquarters answers.
        """
        asked_at = datetime.now(UTC)
        try:
            request = RecordsCheckRequest.of(query)
            reply = self._insisting(self._check_s, partial(self._post, "/records-checks", request, RecordsCheckReply))
            if reply.check_id == query.check_id:
                return reply.to_answer()
            words = "Headquarters answered another records check. Ask again."
        except MdtError as fault:
            words = str(fault)
        return no_response(query, asked_at, words)

    def request_confirmation(self, query: ConfirmationQuery) -> None:
        """Have the entering agency asked; answers are fetched. Raises BadInput, HqUnreachable, HqRefused."""
        asked = ConfirmationAsked.of(query)
        self._insisting(self._check_s, partial(self._post, "/hit-confirmations", asked, Done))

    def fetch_confirmations(self, after: int) -> tuple[ConfirmationReplied, ...]:
        """Return the answers that came after this position. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/confirmations?after={after}", ConfirmationReplies).replies

    def fetch_orders(self) -> tuple[SignedMessage, ...]:
        """Return headquarters' orders to this car, not yet checked. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/orders", SignedOrders).orders

    def report_order(self, number: int, report: OrderReport) -> None:
        """Tell how far this car is with an order. Raises HqUnreachable, HqRefused."""
        self._post(f"/cars/{self._car}/orders/{number}/report", report, Done)

    def renew(self, request: bytes) -> RenewalDone:
        """Ask for the certificate that follows this car's present one. Raises HqUnreachable, HqRefused."""
        return self._post(f"/cars/{self._car}/renewal", RenewalClaim(request=request.hex()), RenewalDone)

    def tell_state(self, state: CarState) -> StateTaken:
        """Tell the supervisors how this car is. Raises HqUnreachable, HqRefused."""
        return self._post(f"/cars/{self._car}/state", state, StateTaken)

    def fetch_reader_hits(self, after: int) -> tuple[ReaderHit, ...]:
        """Return other cameras' hits near this car that came after this position. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/reader-hits?after={after}", ReaderHits).hits

    def fetch_exigent_stops(self) -> tuple[ExigentLine, ...]:
        """Return other cars' exigent stops of the last hours, the newest first. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/exigent-stops", ExigentLines).stops

    def ask_entry(self, asked: EntryAsked) -> EntryRecord:
        """Put an officer's request for an entry to headquarters; a repeat changes nothing.

        Raises Refused with headquarters' words for one that its rules turn away, HqUnreachable, HqRefused.
        """
        with self._calling() as http:
            answer = http.post(f"/cars/{self._car}/entries", content=asked.model_dump_json().encode(), headers=_JSON)
            require_by_rules(answer)
            return understood(answer, EntryRecord)

    def fetch_asked(self, user_id: str) -> tuple[EntryRecord, ...]:
        """Return an officer's own entries. Raises HqUnreachable, HqRefused, Refused for somebody it does not know."""
        with self._calling() as http:
            answer = http.get(f"/cars/{self._car}/entries", params={"user_id": user_id}, timeout=self._pull_timeout)
            require_by_rules(answer)
            return understood(answer, EntryRecords).entries

    def search(self, asked: SearchAsked) -> SearchAnswer:
        """Search headquarters' past reads. Raises Refused in headquarters' words, HqUnreachable, HqRefused."""
        with self._calling() as http:
            content = asked.model_dump_json().encode()
            answer = http.post(f"/cars/{self._car}/searches", content=content, headers=_JSON)
            require_by_rules(answer)
            return understood(answer, SearchAnswer)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @contextlib.contextmanager
    def _calling(self) -> Iterator[httpx2.Client]:
        """Give the connections, and turn their library's errors into HqUnreachable."""
        if self._http.is_closed:
            raise HqUnreachable("The link to headquarters was closed.", "Start the application again.")
        try:
            yield self._http
        except (httpx2.ReadError, httpx2.RemoteProtocolError) as fault:
            raise HqCut from fault
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as fault:
            raise HqUnreachable("Headquarters can't be reached.", "It is tried again by itself.") from fault

    def _insisting(self, within_s: float, call: Callable[[httpx2.Timeout], MessageT]) -> MessageT:
        """Call, and where the answer was cut off call again: headquarters knows the request by its id."""
        until, cut = time.monotonic() + within_s, False
        while True:
            left_s = max(0.1, until - time.monotonic())
            try:
                return call(httpx2.Timeout(left_s, connect=min(left_s, _CONNECT_S)))
            except HqUnreachable as fault:
                cut = cut or isinstance(fault, HqCut)
                pause_s = random.uniform(*_AGAIN_S)  # noqa: S311 - jitter, no secret
                if not cut or isinstance(fault, HqBusy) or time.monotonic() + pause_s >= until:
                    raise
                time.sleep(pause_s)

    def _get(self, path: str, kind: type[MessageT]) -> MessageT:
        with self._calling() as http:
            return understood(http.get(path, timeout=self._pull_timeout), kind)

    def _post(
        self,
        path: str,
        message: Message,
        kind: type[MessageT],
        timeout: httpx2.Timeout | None = None,
        *,
        pack: bool = False,
    ) -> MessageT:
        content, headers = message.model_dump_json().encode(), _JSON
        if pack:
            content, headers = packed(content), _PACKED
        with self._calling() as http:
            answer = http.post(path, content=content, headers=headers, timeout=timeout or http.timeout)
            return understood(answer, kind)


def no_response(query: RecordsQuery, asked_at: datetime, words: str) -> StatusAnswer:
    """Return the answer that the car itself gives to a query asked at `asked_at` (UTC), with words for the officer."""
    log.warning("check.no_response", check=query.check_id)
    no = CheckAnswer.NO_RESPONSE
    return StatusAnswer(query.check_id, LINK_SOURCE, no, asked_at, datetime.now(UTC), query.user_id, words)
