"""A headquarters over TLS with cars that went through enrolment, and what an attacker would bring along."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx2

from mdt_app.domain.accounts import Role
from mdt_app.hq.authority import Authority
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.hq.orders import device_views
from mdt_app.hq.store import Store
from mdt_app.services.tls import trusting
from mdt_app.sync.client import HqClient
from mdt_app.sync.enrol import enrol
from mdt_app.sync.identity import CarIdentity
from tests.fakes.desk_people import ProvesWhenAsked
from tests.fakes.headquarters import DEADLINE_S, KEY, Headquarters, made_anew, serving


@dataclass
class MemoryVault:
    """A key vault in memory; the car's real one is in its encrypted store."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """As KeyVault says."""
        return self.kept.get(name)

    def write(self, name: str, value: bytes) -> None:
        """As KeyVault says."""
        self.kept[name] = value


@contextmanager
def database_of(hq: Headquarters) -> Iterator[Store]:
    """Open the database beside the server."""
    with closing(hq.store()) as store:
        yield store


def a_code(hq: Headquarters, car_id: str = "car-7") -> str:
    """Give out a one-time code."""
    with database_of(hq) as store:
        return EnrolmentOffice(store, KEY).give_code(car_id, "admin1").code


def enrolled(hq: Headquarters, car_id: str = "car-7") -> CarIdentity:
    """Take a car through enrolment."""
    return enrol(hq.url, a_code(hq, car_id), MemoryVault())


def client_of(identity: CarIdentity, url: str | None = None, **timeouts: float) -> HqClient:
    """The client of an enrolled car."""
    return HqClient(url or identity.headquarters, identity.car_id, identity.token, identity=identity, **timeouts)


def turned_away(hq: Headquarters) -> dict[tuple[str, str], int]:
    """What is on record of identities that were turned away: (holder, reason) -> times."""
    with database_of(hq) as store:
        seen = device_views(store).refusals
    return {(refusal.holder, refusal.reason): refusal.times for refusal in seen}


def desk_over_tls(hq: Headquarters, role: Role) -> httpx2.Client:
    """A desk's HTTP client that trusts the agency's authority; its person proves who they are when asked."""
    with database_of(hq) as store:
        context = trusting(Authority(store, KEY).root().pem)
    auth = ProvesWhenAsked(role.value, hq.desks[role])
    return httpx2.Client(base_url=hq.url, auth=auth, verify=context, timeout=DEADLINE_S, trust_env=False)


@contextmanager
def over_tls(folder: Path) -> Iterator[Headquarters]:
    """Make a headquarters and serve it over TLS."""
    hq = made_anew(folder)
    with serving(folder, plain=False) as running:
        yield replace(hq, url=f"https://127.0.0.1:{running.port}")


class Proxy:
    """A loopback proxy that passes bytes on until told otherwise: `freeze` keeps connections open and says nothing."""

    def __init__(self, port: int) -> None:
        self.target = port
        self._flowing = threading.Event()
        self._flowing.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._ended = False
        self.passed_up = bytearray()
        """What went towards headquarters, as bytes on the wire."""

    @property
    def url(self) -> str:
        """Where a car connects to."""
        return f"https://127.0.0.1:{self.port}"

    def freeze(self) -> None:
        """Half-open: nothing passes any more, and nobody is told."""
        self._flowing.clear()

    def heal(self) -> None:
        """Let everything pass again."""
        self._flowing.set()

    def cut(self) -> None:
        """End all connections at once."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._ended = True
        self.heal()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(DEADLINE_S)
            assert not thread.is_alive()
        for one in self._open:
            one.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ended:
            try:
                car, _ = self._listener.accept()
                self._open.append(car)
                there = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                if not self._ended and self._open:
                    with suppress(OSError):
                        self._open[-1].shutdown(socket.SHUT_RDWR)
                continue
            self._open.append(there)
            self._start(self._pass, car, there, True)
            self._start(self._pass, there, car, False)

    def _pass(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                self._flowing.wait()
                if self._ended:
                    break
                if up:
                    self.passed_up += content
                target.sendall(content)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class CutLink(Proxy):
    """A plain loopback link that breaks each time so many bytes have come down over one connection."""

    def __init__(self, url: str, cut_after: int) -> None:
        super().__init__(urlsplit(url).port or 80)
        self._cut_after = cut_after
        self.carried = 0
        """Bytes that came down in all."""

    @property
    def url(self) -> str:
        """Where a car connects to."""
        return f"http://127.0.0.1:{self.port}"

    def _pass(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        left = self._cut_after
        with suppress(OSError):
            while content := source.recv(4096):
                target.sendall(content)
                if up:
                    continue
                self.carried += len(content)
                left -= len(content)
                if left < 0:
                    break
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
