"""Whatever headquarters, or something in its place, answers a car: understood, or refused with words, call by call."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mdt_app.domain.confirmation import Urgency
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.events import EventKind
from mdt_app.domain.orders import Order, OrderKind
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery
from mdt_app.services.head_receipts import sign_receipt
from mdt_app.services.policies import policy_source
from mdt_app.services.settings import CarSettings
from mdt_app.sync.check_wire import ConfirmationReplies, RecordsCheckReply
from mdt_app.sync.client import HqClient
from mdt_app.sync.entry_wire import EntryRecords
from mdt_app.sync.event_wire import BatchReceipt
from mdt_app.sync.field_wire import ExigentLines, ReaderHits
from mdt_app.sync.identity_wire import OrderMessage, OrderReport, RenewalDone, SignedOrders
from mdt_app.sync.orders import OrderFollower
from mdt_app.sync.policy_wire import CarPolicyMessage, PolicyFile
from mdt_app.sync.release_wire import ReleaseManifest, checked_release
from mdt_app.sync.wire import Done, Message, SignedMessage
from mdt_app.wiring.car_policy import CarPolicy
from mdt_app.wiring.car_receipts import Receipts
from tests.fakes.car import SIGNER
from tests.fakes.from_schema import values
from tests.fakes.headquarters import an_event

EXAMPLES = min(int(os.environ.get("MDT_SOAK_STEPS", "12")), 5_000)
FEW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CAR = "CAR12"
QUERY = RecordsQuery("check-1", "h1", "4BXR91", "CT", "PC", "V123456789", "CT0056700", "rdoe")
ASKED = ConfirmationQuery(
    "r1", "h1", 1, Urgency.URGENT, "4BXR91", "CT", "V123456789", "NY0303000", "CT0056700", "rdoe", NOW
)
PIECES = st.binary(max_size=24) | st.sampled_from(
    [b"[" * 3000, b"\xff\xfe", b"\x00", b"1e999", b"-1", b"NaN", b"9" * 5000, b'"\\ud800"', b"null", b"{}", b'""']
)
STATUSES = st.sampled_from([200, 200, 200, 200, 204, 206, 304, 401, 403, 404, 409, 413, 422, 429, 500, 503])

CALLS: dict[str, tuple[type[Message], Callable[[HqClient], object]]] = {
    "events": (BatchReceipt, lambda hq: hq.push_events([(an_event(EventKind.HIT), None)])),
    "accounts": (SignedMessage, lambda hq: hq.fetch_accounts()),
    "policy": (SignedMessage, lambda hq: hq.fetch_policy()),
    "release": (SignedMessage, lambda hq: hq.fetch_release("debian-12")),
    "release part": (Done, lambda hq: hq.fetch_release_part("debian-12", "0" * 64, 0, 100)),
    "records check": (RecordsCheckReply, lambda hq: hq.records_check(QUERY)),
    "confirmation": (Done, lambda hq: hq.request_confirmation(ASKED)),
    "confirmations": (ConfirmationReplies, lambda hq: hq.fetch_confirmations(0)),
    "orders": (SignedOrders, lambda hq: hq.fetch_orders()),
    "renewal": (RenewalDone, lambda hq: hq.renew(b"request")),
    "reader hits": (ReaderHits, lambda hq: hq.fetch_reader_hits(0)),
    "exigent stops": (ExigentLines, lambda hq: hq.fetch_exigent_stops()),
    "asked entries": (EntryRecords, lambda hq: hq.fetch_asked("rdoe")),
    "order's report": (Done, lambda hq: hq.report_order(1, OrderReport(state="done"))),
}


class Answering(ThreadingHTTPServer):
    """Answers every request with the status and the body that it was last given."""

    daemon_threads = True
    status, body = 200, b""


class _Answer(BaseHTTPRequestHandler):
    server: Answering

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(self.server.status)
        bodiless = self.server.status in (204, 304)
        self.send_header("content-length", "0" if bodiless else str(len(self.server.body)))
        self.send_header("retry-after", "1")
        self.end_headers()
        if not bodiless:
            self.wfile.write(self.server.body)

    do_POST = do_GET  # noqa: N815 - the base looks it up by this name

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def answering() -> Iterator[Answering]:
    server = Answering(("127.0.0.1", 0), _Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def spoilt(sample: bytes) -> st.SearchStrategy[bytes]:
    """The sample with a stretch cut out and something else put there, or something else altogether."""
    return st.tuples(st.integers(0, len(sample)), st.integers(0, 40), PIECES).map(
        lambda t: sample[: t[0]] + t[2] + sample[t[0] + t[1] :]
    ) | st.binary(max_size=200)


def said(kind: type[Message], *, odd: bool) -> st.SearchStrategy[bytes]:
    """What could be this message, with `odd` now and then with what does not fit."""
    schema = kind.model_json_schema()
    known: dict[str, Any] = schema.get("$defs", {})
    return values(schema, known, odd=odd).map(lambda value: json.dumps(value).encode())


@pytest.mark.parametrize("call", CALLS)
@FEW
@given(data=st.data())
def test_any_answer_is_understood_or_refused_with_words(answering: Answering, call: str, data: st.DataObject) -> None:
    """The sync's thread outlives whatever comes; nothing but words of ours is raised."""
    kind, ask = CALLS[call]
    answering.status = data.draw(STATUSES)
    answering.body = data.draw(said(kind, odd=True) | said(kind, odd=False).flatmap(spoilt))
    client = HqClient(f"http://127.0.0.1:{answering.server_address[1]}", CAR, "token", timeout_s=5, check_timeout_s=1)
    words = "understood"
    try:
        ask(client)
    except MdtError as fault:
        words = fault.words
    finally:
        client.close()
    assert words


def test_a_refusal_of_endless_nesting_is_none_of_headquarters(answering: Answering) -> None:
    """Found by the fuzzer: the sync's thread is told that something on the way refuses, and goes on."""
    answering.status, answering.body = 401, b"[" * 100_000
    client = HqClient(f"http://127.0.0.1:{answering.server_address[1]}", CAR, "token", timeout_s=5)
    with contextlib.closing(client), pytest.raises(MdtError, match="Something on the way"):
        client.fetch_accounts()


@pytest.mark.parametrize("call", [name for name in CALLS if name not in ("release part", "records check")])
def test_the_samples_are_understood(answering: Answering, call: str) -> None:
    """The fuzzer's own way of answering is one that a car takes: what it refuses, it refuses for what is wrong."""
    kind, ask = CALLS[call]

    taken = 0

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(body=said(kind, odd=False).filter(lambda body: _fits(kind, body)))
    def understood(body: bytes) -> None:
        nonlocal taken
        answering.status, answering.body = 200, body
        client = HqClient(f"http://127.0.0.1:{answering.server_address[1]}", CAR, "token", timeout_s=5)
        try:
            ask(client)
            taken += 1
        finally:
            client.close()

    understood()
    assert taken, "no sample is a message of this call"


def _fits(kind: type[Message], body: bytes) -> bool:
    try:
        kind.model_validate_json(body)
    except ValueError:
        return False
    return True


class Vault:
    """What a car keeps, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def write(self, name: str, content: bytes) -> None:
        self.kept[name] = content


def signed(content: bytes) -> SignedMessage | None:
    """As headquarters itself would sign it; None for what can't travel in a message."""
    try:
        return SignedMessage(content=content.decode(), signature=SIGNER.sign(content).hex())
    except ValueError:
        return None


SETTINGS = CarSettings(
    car_id=CAR, unit="12", ori="CT0056700", headquarters="https://hq.example", headquarters_key=SIGNER.public
)
POLICY = PolicyFile(name="postc.toml", text=policy_source("postc").read_text(encoding="utf-8"))
POLICY_SAID = CarPolicyMessage(car_id=CAR, issued_at=NOW, policy=POLICY).model_dump_json().encode()
ORDER = OrderMessage(number=3, car_id=CAR, kind=OrderKind.WIPE, issued_at=NOW, by="admin").model_dump_json().encode()
RELEASE = (
    ReleaseManifest(version="1.1", system="debian-12", size=10, sha256="0" * 64, made_at=NOW).model_dump_json().encode()
)


@FEW
@given(content=spoilt(POLICY_SAID))
def test_a_signed_policy_that_makes_no_sense_is_not_kept(content: bytes) -> None:
    """Signed or not, the policy in force stays; what was kept can be read at the next start."""
    vault = Vault()
    policy, message = CarPolicy(vault, SETTINGS, lambda _: None), signed(content)
    begun = policy.begin(date(2026, 11, 22))
    if message is None:
        return
    refused = policy.take(message, date(2026, 11, 22))
    assert bool(refused) != bool(vault.kept)
    assert policy.in_force(date(2026, 11, 22)) if vault.kept else policy.in_force(date(2026, 11, 22)) == begun


class Orders:
    """Hands out one order; keeps what was told of it."""

    def __init__(self, message: SignedMessage) -> None:
        self.message, self.told = message, 0

    def fetch_orders(self) -> tuple[SignedMessage, ...]:
        return (self.message,)

    def report_order(self, _number: int, _report: OrderReport) -> None:
        self.told += 1


@FEW
@given(content=spoilt(ORDER), forged=st.booleans())
def test_an_order_is_obeyed_only_as_it_was_signed_for_this_car(content: bytes, *, forged: bool) -> None:
    """A car is wiped by an order that is whole, its own, and headquarters', and by nothing else."""
    message, obeyed = signed(content), list[Order]()
    if message is None:
        return
    if forged:
        message = message.model_copy(update={"signature": SIGNER.sign(ORDER).hex()})
    link = Orders(message)
    words = OrderFollower(link, CAR, SIGNER.public, lambda order: obeyed.append(order) or "done").turn()
    assert bool(words) != bool(obeyed) or not link.told
    for order in obeyed:
        assert order.car_id == CAR
        assert not forged or content == ORDER
        assert OrderMessage.model_validate_json(content).number == order.number


@FEW
@given(content=spoilt(RELEASE), forged=st.booleans())
def test_a_release_is_believed_only_as_its_maker_signed_it(content: bytes, *, forged: bool) -> None:
    """Refused with words, or a manifest with every field within its bounds."""
    message = signed(content)
    if message is None:
        return
    if forged:
        message = message.model_copy(update={"signature": SIGNER.sign(RELEASE).hex()})
    try:
        manifest = checked_release(message, SIGNER.public)
    except BadInput:
        return
    assert not forged or content == RELEASE
    assert manifest.size > 0


@FEW
@given(data=st.data())
def test_a_receipt_with_anything_changed_is_not_kept(data: st.DataObject) -> None:
    """Only headquarters' own word on this car's trail stands beside it."""
    good = sign_receipt(SIGNER, CAR, 7, "0" * 64, NOW)
    vault = Vault()
    try:
        receipt = type(good).model_validate_json(data.draw(spoilt(good.model_dump_json().encode())))
    except ValueError:
        return
    Receipts(vault, CAR, SIGNER.public).keep(receipt)
    assert bool(vault.kept) == (receipt == good)
