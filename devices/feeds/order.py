"""What the listener is started with: where it listens, and which readers may speak to it."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address

from devices.feeds.tables import load_feed
from mdt_app.domain.errors import BadInput

SECRET_LEAST = 16
_NAME = re.compile(r"[A-Za-z0-9._-]{1,32}")


@dataclass(frozen=True, slots=True)
class FeedSource:
    """One ready-made reader that may send.

    source_id: its name here and in its address (/feed/<source_id>). kind: its table. addresses: the only IP addresses
    it may send from. secret: 16 characters or more. camera_id: the camera its reads belong to; empty: what it says.
    silent_after_s: it promises a word (heartbeat or read) at least so often; None: it speaks only when it sees a plate.
    """

    source_id: str
    kind: str
    addresses: tuple[str, ...]
    secret: str = field(repr=False)
    camera_id: str = ""
    silent_after_s: float | None = None

    def knows(self, secret: str) -> bool:
        """Compare in a time that tells nothing of the secret."""
        given, own = (hashlib.sha256(one.encode("utf-8", "replace")).digest() for one in (secret, self.secret))
        return hmac.compare_digest(given, own)


@dataclass(frozen=True, slots=True)
class ListenerOrder:
    """A listener: its name as a device, its address (loopback or the car's own network), and its readers."""

    device_id: str
    host: str
    port: int
    sources: tuple[FeedSource, ...]


def check_order(order: ListenerOrder) -> None:
    """Raise BadInput for what may not be listened to: an open address, a short secret, a kind without a table."""
    here = address(order.host)
    if here is None or here.is_unspecified or not (here.is_loopback or here.is_private):
        raise BadInput(
            "The feeds' listener may only have an address of this machine or of the car's own network.",
            "Give 127.0.0.1 or the machine's address in the car.",
        )
    if len({source.source_id for source in order.sources}) < len(order.sources):
        raise BadInput("Two readers have the same name.", "Give each its own.")
    for source in order.sources:
        _check_source(source)


def _check_source(source: FeedSource) -> None:
    load_feed(source.kind)
    if not _NAME.fullmatch(source.source_id):
        raise BadInput("A reader's name is not 1 to 32 letters, digits, dots and hyphens.", "Give it another name.")
    if not source.addresses or any(address(one) is None for one in source.addresses):
        raise BadInput(f"The reader {source.source_id} has no address.", "Give the IP address that it sends from.")
    if len(source.secret) < SECRET_LEAST:
        words = f"The secret of the reader {source.source_id} is shorter than {SECRET_LEAST} characters."
        raise BadInput(words, "Give it a longer one, and set the same in the reader.")


def address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an IP address, one of version 4 inside version 6 as itself; None for what is none."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
