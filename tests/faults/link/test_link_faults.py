"""Rows 10 to 16 of the fault table over TLS: cut, frozen and killed links, impostors and strangers; with controls."""

from __future__ import annotations

import gc
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from mdt_app.domain.errors import MdtError, Refused
from mdt_app.domain.sync_messages import LinkState, ServerRefused
from mdt_app.hq.authority import Authority
from mdt_app.hq.main import initialise
from mdt_app.services.enrolment_proofs import Code
from mdt_app.services.tls import blind, show
from mdt_app.sync.answers import HqImpostor
from mdt_app.sync.client import HqClient, HqRefused, HqUnreachable
from mdt_app.sync.enrol import enrol
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.enrolled import (
    MemoryVault,
    Proxy,
    a_code,
    client_of,
    database_of,
    enrolled,
    over_tls,
    turned_away,
)
from tests.fakes.headquarters import (
    DEADLINE_S,
    KEY,
    ORI,
    Headquarters,
    MemoryOutbox,
    ServerProcess,
    an_event,
    made,
    serving,
    until,
)
from tests.fakes.link_checks import whole_batches

FOUND_WITHIN_S = 10.0
PACE = Pace(batch_most=50, push_every_s=0.02, pull_every_s=5.0, retry_base_s=0.05, retry_most_s=0.2)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """Headquarters over TLS."""
    with over_tls(tmp_path_factory.mktemp("link")) as hq:
        yield hq


@pytest.fixture(scope="module")
def car(there: Headquarters) -> CarIdentity:
    """An enrolled car."""
    return enrolled(there)


@pytest.fixture(scope="module")
def impostor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """Another headquarters, whole and alive, of another authority, that would take anything in."""
    with over_tls(tmp_path_factory.mktemp("impostor")) as hq:
        yield hq


def port_of(hq: Headquarters) -> int:
    """The port at which a headquarters serves."""
    return int(hq.url.rpartition(":")[2])


def test_an_enrolled_car_tells_an_impostor_nothing(
    there: Headquarters, car: CarIdentity, impostor: Headquarters
) -> None:
    """Row 16: the handshake ends before a byte of a request, and the car puts that on record, once.

    Over the same proxy to the real one, it goes through.
    """
    outbox, told = MemoryOutbox(), list[object]()
    outbox.put(an_event())
    with Proxy(port_of(impostor)) as proxy, client_of(car, proxy.url) as client:
        worker = SyncWorker(client, outbox, told.append, pace=PACE)
        worker.start()
        until(lambda: sum(isinstance(one, LinkState) for one in told) > 3, "it is not tried again")
        assert {one.detail for one in told if isinstance(one, LinkState)} == {str(HqImpostor())}
        assert impostor.on_record() == []
        proxy.target = port_of(there)
        until(lambda: outbox.count() == 0, "it does not drain to the real one")
        worker.stop()
    assert [one for one in told if isinstance(one, ServerRefused)] == [ServerRefused(HqImpostor().words)]


def test_row_16_a_car_that_trusts_any_server_is_found_out(
    there: Headquarters, car: CarIdentity, impostor: Headquarters
) -> None:
    """The negative control: with the impostor's authority for its own the car shows it who it is, and that is seen."""
    for authority, shown in ((there, 0), (impostor, 1)):
        with database_of(authority) as store:
            misled = replace(car, authority=Authority(store, KEY).root_pem())
        before = _certificates_shown(impostor)
        with client_of(misled, impostor.url) as client, pytest.raises((HqUnreachable, HqRefused)):
            client.push_events([(an_event(), None)])
        if shown:
            until(lambda before=before: _certificates_shown(impostor) > before, "nobody saw the certificate")
        assert _certificates_shown(impostor) - before == shown


def _certificates_shown(hq: Headquarters) -> int:
    """How often somebody showed it a certificate of another authority."""
    return turned_away(hq).get(("", "foreign_certificate"), 0)


def test_an_impostor_at_enrolment_is_refused_and_has_learned_nothing(
    there: Headquarters, impostor: Headquarters
) -> None:
    """Row 16: one that ends TLS itself and passes the words on to the real headquarters is found out by the car."""
    code = a_code(there, "car-lured")
    with Middleman(impostor, there) as middle:
        vault = MemoryVault()
        with pytest.raises(Refused) as refused:
            enrol(middle.url, code, vault)
        assert refused.value.reason == "impostor"
        assert not vault.kept
        heard = bytes(middle.heard)
    assert Code(code).code_id.encode() in heard, "the middleman heard nothing: the test shows nothing"
    assert code.encode() not in heard
    assert Code(code).secret.hex().encode() not in heard
    assert b"/claim" not in heard
    # Negative control: the very same code is good at the real one.
    assert enrol(there.url, code, MemoryVault()).car_id == "car-lured"


def test_an_impostor_without_the_code_is_refused(there: Headquarters, impostor: Headquarters) -> None:
    """Row 16: a server that does not know the code can't make a proof; it says no, or makes one up, in vain."""
    code = a_code(there, "car-elsewhere")
    with pytest.raises(Refused):
        enrol(impostor.url, code, MemoryVault())
    assert turned_away(impostor)["", "unknown_code"] >= 1


def test_a_foreign_authoritys_car_ends_in_the_handshake_and_is_on_record(
    there: Headquarters, car: CarIdentity, impostor: Headquarters
) -> None:
    """Row 16: a certificate of another agency is refused by TLS itself, whatever the token; one's own is not."""
    foreign = enrolled(impostor, "car-7")
    mixed = replace(car, certificate=foreign.certificate, key=foreign.key)
    before = turned_away(there).get(("", "foreign_certificate"), 0)
    with client_of(mixed) as client, pytest.raises(HqUnreachable):
        client.fetch_confirmations(0)
    until(lambda: turned_away(there).get(("", "foreign_certificate"), 0) > before, "the refusal is not on record")
    with client_of(car) as client:
        assert client.fetch_confirmations(0) == ()


def test_the_servers_own_certificate_is_no_cars(there: Headquarters, car: CarIdentity) -> None:
    """Row 16: a certificate of the right authority for another use does not open the car's door."""
    from datetime import UTC, datetime

    with database_of(there) as store:
        server = Authority(store, KEY).server(datetime.now(UTC))
    taken = replace(car, certificate=server.pem, key=server.key)
    with client_of(taken) as client, pytest.raises((HqUnreachable, HqRefused)):
        client.fetch_confirmations(0)


def test_a_host_name_that_is_not_in_the_certificate_is_refused(tmp_path: Path) -> None:
    """Row 16: the right authority is not enough; the name has to be the server's (127.0.0.2 is not in it)."""
    hq = made(tmp_path)
    with serving(tmp_path, plain=False) as running:
        at = replace(hq, url=f"https://127.0.0.1:{running.port}")
        identity = enrolled(at)
        with Redirect("127.0.0.2", running.port) as redirect:
            client = client_of(identity, redirect.url)
            with pytest.raises(HqUnreachable):
                client.fetch_confirmations(0)
            client.close()
        with client_of(identity) as client:
            assert client.fetch_confirmations(0) == ()


@pytest.mark.parametrize("head", ["Connection: close\r\n", ""], ids=["last request", "kept open"])
def test_a_peer_that_never_says_goodbye_is_let_go(tmp_path: Path, head: str) -> None:
    """It took its answer and went silent: when headquarters ends, nothing of that connection stays (it would warn)."""
    made(tmp_path)
    with serving(tmp_path, plain=False) as running:
        plain = socket.create_connection(("127.0.0.1", running.port))
        peer = blind().wrap_socket(plain)
        peer.sendall(f"GET /nothing HTTP/1.1\r\nHost: hq\r\n{head}\r\n".encode())
        assert b"404" in peer.recv(4096)
    peer.close()
    gc.collect()


class Watched:
    """A sync over a link, and when it said that the link is gone."""

    def __init__(self, client: HqClient, pace: Pace) -> None:
        self.outbox = MemoryOutbox()
        self.connected = threading.Event()
        self.lost_at = 0.0
        self.worker = SyncWorker(client, self.outbox, self._hear, pace=pace)

    def _hear(self, message: object) -> None:
        if isinstance(message, LinkState) and message.connected:
            self.connected.set()
        elif isinstance(message, LinkState) and not self.lost_at:
            self.lost_at = time.monotonic()


def test_a_half_open_connection_is_found_within_ten_seconds(there: Headquarters, car: CarIdentity) -> None:
    """Row 12: the far end falls silent, the socket stays open: a busy and an idle sync say so in time, and drain.

    Negative control: a push with a limit of an hour, over the same frozen proxy, has still noticed nothing then.
    """
    with (
        Proxy(port_of(there)) as proxy,
        client_of(car, proxy.url) as one,
        client_of(car, proxy.url) as other,
        client_of(car, proxy.url, timeout_s=3600.0) as patient,
    ):
        busy, idle = Watched(one, replace(PACE, pull_every_s=60.0)), Watched(other, Pace(retry_most_s=0.2))
        patient.push_events([(an_event(), None)])
        for watched in (busy, idle):
            watched.worker.start()
            assert watched.connected.wait(DEADLINE_S)
        until(lambda: idle.outbox.count() == 0, "the idle one is not idle")
        control = threading.Thread(target=_push_in_vain, args=(patient,))
        event = an_event()
        proxy.freeze()
        began = time.monotonic()
        control.start()
        busy.outbox.put(event)
        busy.worker.wake()
        until(lambda: busy.lost_at and idle.lost_at, "it is not found")
        assert control.is_alive()
        assert event.event_id not in there.on_record()
        proxy.heal()
        until(lambda: busy.outbox.count() == 0, "it does not drain after healing")
        for watched in (busy, idle):
            watched.worker.stop()
        control.join(DEADLINE_S)
    assert busy.lost_at - began < FOUND_WITHIN_S
    assert idle.lost_at - began < FOUND_WITHIN_S
    assert there.on_record().count(event.event_id) == 1


def _push_in_vain(client: HqClient) -> None:
    with suppress(MdtError):
        client.push_events([(an_event(), None)])


def test_replies_that_are_cut_off_have_one_effect(there: Headquarters, car: CarIdentity) -> None:
    """Row 10: headquarters has committed, the reply is lost, the car sends again: each event stands once."""
    outbox = MemoryOutbox()
    sent = [an_event(number=number) for number in range(400)]
    for event in sent:
        outbox.put(event)
    with Proxy(port_of(there)) as proxy, client_of(car, proxy.url) as client:
        worker = SyncWorker(client, outbox, lambda _message: None, pace=PACE)
        worker.start()
        for left in (350, 250, 150, 50):
            until(lambda left=left: outbox.count() <= left, "the outbox does not drain")
            proxy.cut()
        until(lambda: outbox.count() == 0, "the outbox does not drain")
        worker.stop()
    kept = [event_id for event_id in there.on_record() if event_id in {event.event_id for event in sent}]
    assert sorted(kept) == sorted(event.event_id for event in sent)
    assert not outbox.parked


def test_killed_in_mid_batch_over_tls_it_keeps_whole_batches_only(tmp_path: Path) -> None:
    """Row 13: kill -9 of headquarters while an enrolled car sends: each batch is there whole or not at all."""
    hq = made(tmp_path)
    server = ServerProcess(tmp_path, plain=False)
    identity = enrolled(replace(hq, url=server.url))
    batches: list[set[str]] = []
    confirmed: list[set[str]] = []
    for _ in range(2):

        def push(url: str) -> None:
            with suppress(HqUnreachable), client_of(identity, url) as client:
                for _ in range(200):
                    batch = [an_event(number=number) for number in range(100)]
                    batches.append({event.event_id for event in batch})
                    client.push_events([(event, None) for event in batch])
                    confirmed.append(batches[-1])

        thread = threading.Thread(target=push, args=(server.url,))
        thread.start()
        goal = len(confirmed) + 2
        until(lambda goal=goal: len(confirmed) >= goal, "no batch was confirmed")
        server.kill()
        thread.join()
        server = ServerProcess(tmp_path, plain=False)
    server.kill()
    kept = set(hq.on_record())
    whole_batches(kept, batches)
    assert all(batch <= kept for batch in confirmed)


@pytest.mark.parametrize(
    "noise", [b"\x00" * 64, b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\xff\xff" + b"\xff" * 300, b""]
)
def test_noise_on_the_port_does_not_disturb_the_others(there: Headquarters, car: CarIdentity, noise: bytes) -> None:
    """Row 16: what is no TLS ends by itself, and an enrolled car goes on."""
    with socket.create_connection(("127.0.0.1", port_of(there)), timeout=DEADLINE_S) as rude:
        with suppress(OSError):
            rude.sendall(noise)
        with client_of(car) as client:
            assert client.fetch_confirmations(0) == ()


def test_serving_without_tls_is_for_this_machine_alone(tmp_path: Path) -> None:
    """`plain` on an address that others reach is refused before anything listens."""
    from mdt_app.hq.serving import serve
    from tests.fakes.headquarters import POLICY

    initialise(tmp_path, database=None, key=KEY, agency_ori=ORI)
    for host in ("0.0.0.0", "::", "10.0.0.1", "example.org"):  # noqa: S104 - these are refused, that is the test
        with pytest.raises(MdtError, match="TLS"):
            serve(tmp_path, host, 0, key=KEY, switch_address=None, policy=POLICY, plain=True)


class Middleman:
    """Ends the car's TLS with a certificate of its own and passes the requests on to the real headquarters."""

    def __init__(self, own: Headquarters, real: Headquarters) -> None:
        from datetime import UTC, datetime

        with database_of(own) as store:
            certificate = Authority(store, KEY).server(datetime.now(UTC))
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        show(self._context, certificate.pem, certificate.key)
        self._real = port_of(real)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self.heard = bytearray()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Middleman:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(DEADLINE_S)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self._listener.accept()
                with suppress(OSError), self._context.wrap_socket(raw, server_side=True) as car:
                    self._pass_on(car)

    def _pass_on(self, car: ssl.SSLSocket) -> None:
        """One request and its answer."""
        request = car.recv(65536)
        while b"\r\n\r\n" not in request or not request.rstrip().endswith(b"}"):
            request += car.recv(65536)
        self.heard += request
        with socket.create_connection(("127.0.0.1", self._real)) as plain, blind().wrap_socket(plain) as real:
            real.sendall(request)
            answer = b""
            while not answer.endswith(b"}"):
                answer += real.recv(65536)
            car.sendall(answer)


class Redirect(Proxy):
    """A proxy at another address of this machine."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(port)
        self._listener.close()
        self._listener = socket.create_server((host, 0))
        self.port = self._listener.getsockname()[1]
        self._host = host

    @property
    def url(self) -> str:
        """Where a car connects to."""
        return f"https://{self._host}:{self.port}"
