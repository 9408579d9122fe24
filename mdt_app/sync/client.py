"""The car's side of the wire: one call a route, each answer verified before it is given out."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

import httpx2
import structlog

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.hotlist import Entry
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, RecordsQuery, StatusAnswer
from mdt_app.services.device_keys import SIGNATURE_HEADER, DeviceKey, signed_text
from mdt_app.services.tls import trusting_nobody
from mdt_app.sync.account_wire import SignedMessage
from mdt_app.sync.check_wire import (
    ConfirmationAsked,
    ConfirmationReplied,
    ConfirmationReplies,
    RecordsCheckReply,
    RecordsCheckRequest,
)
from mdt_app.sync.event_wire import BatchReceipt, EventBatch, EventMessage, HeadMessage, LinkMessage
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.identity_wire import OrderReport, SignedOrders
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.list_wire import HotListManifest, HotListManifests
from mdt_app.sync.snapshot import open_list
from mdt_app.sync.wire import PREFIX, Done, Message

MessageT = TypeVar("MessageT", bound=Message)

LINK_SOURCE = "link to headquarters"
"""The source of a records check's answer that the car itself gives, because headquarters gave none."""

CONTENT_REASONS = frozenset({"malformed", "too_large"})
"""Headquarters' reasons for turning a request away whose content can never be taken."""
CALLER_REASONS = frozenset(
    {
        "no_identity",
        "wrong_identity",
        "not_enrolled",
        "wrong_certificate",
        "bad_signature",
        "bad_device",
        "revoked",
        "other_car",
        "other_ori",
        "no_such_address",
        "no_such_list",
        "bad_list",
    }
)
"""Headquarters' other reasons: the caller or the address is wrong, and the content may be taken later."""

LINK_TIMEOUT_S = 8.0
"""A silence of so long on a request means that the link is gone: a half-open connection is found within 10 s."""
_PULL_TIMEOUT_S = 3.5
"""The same for what is only read: with the pause between pulls an idle link's end is found within 10 s too."""

_JSON = {"content-type": "application/json"}

log = structlog.get_logger()


class HqUnreachable(MdtError):
    """No answer, none of headquarters' own (a proxy's), or one that says 'later' (5xx, 429): try again later."""


class HqRefused(MdtError):
    """Headquarters itself refuses this request (4xx). `status` is HTTP's, `reason` one of its own short names."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Headquarters refuses this: {reason}.", "Ask the administrator.")
        self.status = status
        self.reason = reason


class _Signed(httpx2.Auth):
    """Signs each request with the device's key: method, path and body."""

    requires_request_body = True

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Add the signature."""
        text = signed_text(request.method, request.url.raw_path.decode("ascii"), request.content)
        request.headers[SIGNATURE_HEADER] = self._key.sign(text)
        yield request


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
        self._pull_timeout = httpx2.Timeout(min(timeout_s, _PULL_TIMEOUT_S), connect=min(timeout_s, _PULL_TIMEOUT_S))
        self._check_timeout = httpx2.Timeout(check_timeout_s, connect=5.0)
        self._http = httpx2.Client(
            base_url=base_url.rstrip("/") + PREFIX,
            headers={"authorization": f"Bearer {token}"},
            verify=identity.context() if identity else trusting_nobody(),
            auth=_Signed(identity.key) if identity else None,
            timeout=httpx2.Timeout(timeout_s, connect=5.0),
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
        return self._post(f"/cars/{self._car}/events", batch, BatchReceipt)

    def put_recovery(self, recipients: Mapping[str, Sequence[str]]) -> None:
        """Leave the content of the car's recovery.json at headquarters. Raises BadInput, HqUnreachable, HqRefused."""
        try:
            blob = RecoveryBlob(recipients={name: tuple(sealed) for name, sealed in recipients.items()})
        except ValueError as fault:
            raise BadInput("recovery.json is damaged.", "Make a recovery key again.") from fault
        self._post(f"/cars/{self._car}/recovery", blob, Done)

    def fetch_manifests(self) -> tuple[HotListManifest, ...]:
        """Return what proves each of headquarters' lists complete. Raises HqUnreachable, HqRefused."""
        return self._get("/hotlists", HotListManifests).hotlists

    def fetch_entries(self, manifest: HotListManifest) -> list[Entry]:
        """Return a list's entries, verified against its manifest.

        Raises BadInput when the file is not that list or not complete, HqUnreachable, HqRefused.
        """
        path = f"/hotlists/{manifest.list_id}/entries"
        with self._calling() as http, http.stream("GET", path) as response:
            if not response.is_success:
                response.read()
            _require_success(response)
            found, entries = open_list(response.iter_raw())
            if found != manifest:
                raise BadInput("Headquarters sent another list than it announced.", "It is fetched again.")
            return [entry.to_entry(found.list_id) for entry in entries]

    def fetch_accounts(self) -> tuple[bytes, bytes]:
        """Return the accounts for this car as headquarters signed them: content and signature, not yet checked.

        Raises HqUnreachable, HqRefused.
        """
        signed = self._get(f"/cars/{self._car}/accounts", SignedMessage)
        return signed.content.encode(), bytes.fromhex(signed.signature)

    def records_check(self, query: RecordsQuery) -> StatusAnswer:
        """Return the answer to a query. Whatever goes wrong on the way is a NO_RESPONSE that says so."""
        asked_at = datetime.now(UTC)
        try:
            request = RecordsCheckRequest.of(query)
            reply = self._post("/records-checks", request, RecordsCheckReply, self._check_timeout)
            if reply.check_id == query.check_id:
                return reply.to_answer()
            words = "Headquarters answered another records check. Ask again."
        except MdtError as fault:
            words = str(fault)
        return no_response(query, asked_at, words)

    def request_confirmation(self, query: ConfirmationQuery) -> None:
        """Have the entering agency asked; answers are fetched. Raises BadInput, HqUnreachable, HqRefused."""
        self._post("/hit-confirmations", ConfirmationAsked.of(query), Done)

    def fetch_confirmations(self, after: int) -> tuple[ConfirmationReplied, ...]:
        """Return the answers that came after this position. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/confirmations?after={after}", ConfirmationReplies).replies

    def fetch_orders(self) -> tuple[SignedMessage, ...]:
        """Return headquarters' orders to this car, not yet checked. Raises HqUnreachable, HqRefused."""
        return self._get(f"/cars/{self._car}/orders", SignedOrders).orders

    def report_order(self, number: int, report: OrderReport) -> None:
        """Tell how far this car is with an order. Raises HqUnreachable, HqRefused."""
        self._post(f"/cars/{self._car}/orders/{number}/report", report, Done)

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
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as fault:
            raise HqUnreachable("Headquarters can't be reached.", "It is tried again by itself.") from fault

    def _get(self, path: str, kind: type[MessageT]) -> MessageT:
        with self._calling() as http:
            return _understood(http.get(path, timeout=self._pull_timeout), kind)

    def _post(
        self, path: str, message: Message, kind: type[MessageT], timeout: httpx2.Timeout | None = None
    ) -> MessageT:
        content = message.model_dump_json().encode()
        with self._calling() as http:
            answer = http.post(path, content=content, headers=_JSON, timeout=timeout or http.timeout)
            return _understood(answer, kind)


def no_response(query: RecordsQuery, asked_at: datetime, words: str) -> StatusAnswer:
    """Return the answer that the car itself gives to a query asked at `asked_at` (UTC), with words for the officer."""
    log.warning("check.no_response", check=query.check_id)
    no = CheckAnswer.NO_RESPONSE
    return StatusAnswer(query.check_id, LINK_SOURCE, no, asked_at, datetime.now(UTC), query.user_id, words)


def _understood(response: httpx2.Response, kind: type[MessageT]) -> MessageT:
    _require_success(response)
    try:
        return kind.model_validate_json(response.content)
    except ValueError as fault:
        raise HqUnreachable("Headquarters' answer can't be understood.", "Ask the administrator.") from fault


def _require_success(response: httpx2.Response) -> None:
    if response.is_success:
        return
    if response.status_code in _PASSING or response.status_code not in range(400, 500):
        raise HqUnreachable("Headquarters is in trouble.", "It is tried again by itself.")
    reason = _reason(response)
    if reason not in CONTENT_REASONS | CALLER_REASONS:
        words = f"Something on the way to headquarters refuses (status {response.status_code})."
        raise HqUnreachable(words, "It is tried again by itself.")
    raise HqRefused(response.status_code, reason)


def _reason(response: httpx2.Response) -> str:
    """Return the reason that a refusal names, or an empty text: then it is not headquarters' own."""
    try:
        said = response.json()
    except ValueError:
        return ""
    reason = said.get("reason") if isinstance(said, dict) else None
    return reason if isinstance(reason, str) else ""


_PASSING = frozenset({408, 425, 429})
"""4xx that say 'later', not 'no'."""
