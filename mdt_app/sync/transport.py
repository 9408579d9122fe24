"""The car's connections to headquarters: mutual TLS, a signature on each request, time-outs; what is insisted on."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

import httpx2

from mdt_app.services.tls import not_trusted, trusting_nobody
from mdt_app.sync.answers import HqBusy, HqCut, HqImpostor, HqUnreachable, require_success, understood
from mdt_app.sync.downloads import Downloads
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.packing import ENCODING, packed
from mdt_app.sync.signed_calls import Signed
from mdt_app.sync.wire import PREFIX, Message

MessageT = TypeVar("MessageT", bound=Message)

LINK_TIMEOUT_S = 8.0
"""A silence of so long on a request means that the link is gone: a half-open connection is found within 10 s."""
_PULL_TIMEOUT_S = 3.5
"""The same for what is only read: with the pause between pulls an idle link's end is found within 10 s too."""
_CONNECT_S = 5.0
_AGAIN_S = (0.2, 1.0)
"""What was cut off on its way to the message switch is asked again after so long, by chance between these."""
_KEPT_OPEN_S = 20.0
"""So long an idle connection is kept for the next request."""

JSON = {"content-type": "application/json"}
_PACKED = JSON | {"content-encoding": ENCODING}


class Transport:
    """One car's connections. It may be used from several threads; times are in seconds.

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
        self._check_s = check_timeout_s
        self._downloads = Downloads(require_success)
        self._http = httpx2.Client(
            base_url=base_url.rstrip("/") + PREFIX,
            headers={"authorization": f"Bearer {token}"},
            verify=identity.context() if identity else trusting_nobody(),
            auth=Signed(identity.key) if identity else None,
            timeout=httpx2.Timeout(timeout_s, connect=_CONNECT_S),
            limits=httpx2.Limits(keepalive_expiry=_KEPT_OPEN_S),
            trust_env=False,
        )

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
            if not_trusted(fault):
                raise HqImpostor from fault
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
        content, headers = message.model_dump_json().encode(), JSON
        if pack:
            content, headers = packed(content), _PACKED
        with self._calling() as http:
            answer = http.post(path, content=content, headers=headers, timeout=timeout or http.timeout)
            return understood(answer, kind)
