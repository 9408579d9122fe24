"""The car's side of the wire: one call a route, each answer verified before it is given out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import httpx2
import structlog

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.hotlist import EntryLine
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery, RecordsQuery, StatusAnswer
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
from mdt_app.sync.entry_wire import EntryAsked, EntryRecord, EntryRecords
from mdt_app.sync.event_wire import BatchReceipt, EventBatch, EventMessage, HeadMessage, LinkMessage
from mdt_app.sync.field_wire import CarState, ExigentLine, ExigentLines, ReaderHit, ReaderHits
from mdt_app.sync.identity_wire import OrderReport, RenewalClaim, RenewalDone, SignedOrders
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.news_wire import ISSUED_AT, News
from mdt_app.sync.search_wire import SearchAnswer, SearchAsked
from mdt_app.sync.snapshot import open_list
from mdt_app.sync.transport import JSON, LINK_TIMEOUT_S, Transport
from mdt_app.sync.wire import SIGNATURE, Done, SignedMessage

__all__ = (
    "CALLER_REASONS",
    "CONTENT_REASONS",
    "LINK_SOURCE",
    "LINK_TIMEOUT_S",
    "HqBusy",
    "HqClient",
    "HqCut",
    "HqRefused",
    "HqUnreachable",
    "no_response",
)

LINK_SOURCE = "link to headquarters"
"""The source of a records check's answer that the car itself gives, because headquarters gave none."""

log = structlog.get_logger()


class HqClient(Transport):
    """Headquarters as one car sees it: one call a route."""

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

    def fetch_news(self, known: str) -> News:
        """Return what has changed since the news of this digest, not yet checked. Raises HqUnreachable, HqRefused."""
        with self._calling() as http:
            headers = {"if-none-match": f'"{known}"'} if known else {}
            answer = http.get(f"/cars/{self._car}/news", headers=headers, timeout=self._pull_timeout)
            if answer.status_code != httpx2.codes.NOT_MODIFIED:
                require_success(answer)
            return _news(answer)

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

    def fetch_entries(self, manifest: HotListManifest) -> Iterator[EntryLine]:
        """Fetch a list whole, and return its entries as they come: millions of them fill no memory.

        They are proven only when the iterator has ended; it raises BadInput when the file is not that list or not
        complete. What a cut link left is not fetched again. Raises HqUnreachable, HqRefused, BadInput.
        """
        with self._calling() as http:
            content = self._downloads.fetch(http, manifest)
        found, entries = open_list(content)
        if found != manifest:
            raise BadInput("Headquarters sent another list than it announced.", "It is fetched again.")
        return entries

    def fetch_accounts(self) -> tuple[bytes, bytes]:
        """Return the accounts for this car as headquarters signed them: content and signature, not yet checked.

        Raises HqUnreachable, HqRefused.
        """
        signed = self._get(f"/cars/{self._car}/accounts", SignedMessage)
        return signed.content.encode(), bytes.fromhex(signed.signature)

    def fetch_policy(self) -> SignedMessage:
        """Return the agency's policy as headquarters signed it, not yet checked.

        Raises HqUnreachable, HqRefused (`no_policy`: this headquarters gives none).
        """
        return self._get(f"/cars/{self._car}/policy", SignedMessage)

    def fetch_release(self, system: str) -> SignedMessage:
        """Return the newest release for this car, not yet checked. Raises HqUnreachable, HqRefused (`no_releases`)."""
        return self._get(f"/cars/{self._car}/releases/{system}", SignedMessage)

    def fetch_release_part(self, system: str, sha256: str, start: int, most: int) -> bytes:
        """Return at most so many bytes of a release's archive. Raises HqUnreachable, HqRefused."""
        with self._calling() as http:
            headers = {"range": f"bytes={start}-{start + most - 1}"}
            answer = http.get(f"/cars/{self._car}/releases/{system}/{sha256}", headers=headers)
            require_success(answer)
            if answer.status_code != httpx2.codes.PARTIAL_CONTENT:
                raise HqUnreachable("Headquarters did not send the part that was asked for.", "It is asked again.")
            return answer.content

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

    def tell_state(self, state: CarState) -> None:
        """Tell the supervisors how this car is. Raises HqUnreachable, HqRefused."""
        self._post(f"/cars/{self._car}/state", state, Done)

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
            answer = http.post(f"/cars/{self._car}/entries", content=asked.model_dump_json().encode(), headers=JSON)
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
            answer = http.post(f"/cars/{self._car}/searches", content=content, headers=JSON)
            require_by_rules(answer)
            return understood(answer, SearchAnswer)


def _news(answer: httpx2.Response) -> News:
    digest, content = answer.headers.get("etag", "").strip('"'), answer.content if answer.is_success else None
    try:
        issued_at = datetime.fromisoformat(answer.headers.get(ISSUED_AT, "")).astimezone(UTC)
        signature = bytes.fromhex(answer.headers.get(SIGNATURE, ""))
    except ValueError as fault:
        raise HqUnreachable("Headquarters' answer can't be understood.", "Ask the administrator.") from fault
    return News(digest, issued_at, signature, content)


def no_response(query: RecordsQuery, asked_at: datetime, words: str) -> StatusAnswer:
    """Return the answer that the car itself gives to a query asked at `asked_at` (UTC), with words for the officer."""
    log.warning("check.no_response", check=query.check_id)
    no = CheckAnswer.NO_RESPONSE
    return StatusAnswer(query.check_id, LINK_SOURCE, no, asked_at, datetime.now(UTC), query.user_id, words)
