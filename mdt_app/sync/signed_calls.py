"""Requests that carry their sender's signature: method, path and body, signed with the sender's own key."""

from __future__ import annotations

from collections.abc import Generator

import httpx2

from mdt_app.services.device_keys import SIGNATURE_HEADER, DeviceKey, signed_text


class Signed(httpx2.Auth):
    """Signs each request with a device's key."""

    requires_request_body = True

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Add the signature."""
        text = signed_text(request.method, request.url.raw_path.decode("ascii"), request.content)
        request.headers[SIGNATURE_HEADER] = self._key.sign(text)
        yield request
