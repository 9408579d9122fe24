"""Cars with audit chains as headquarters sees them: events that hang together, and the signed head."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mdt_app.domain.audit import GENESIS, link
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import signed_head
from mdt_app.hq.main import issue_car_token
from mdt_app.sync.client import HqClient
from mdt_app.sync.event_wire import HeadMessage
from tests.fakes.headquarters import KEY, Headquarters, an_event

MAC = b"\x05" * 32


def a_chain(
    device: str, count: int, key: Ed25519PrivateKey | None = None, after: ChainLink | None = None
) -> tuple[list[tuple[Event, ChainLink]], HeadMessage]:
    """Return so many chained events of a device after `after`, and its signed head at the last."""
    signing = key or Ed25519PrivateKey.generate()
    rows: list[tuple[Event, ChainLink]] = []
    for _ in range(count):
        event = replace(an_event(EventKind.MUTED), device=device)
        number, digest = (after.sequence, after.digest) if after else (0, GENESIS)
        after = link(event, MAC, number + 1, digest)
        rows.append((event, after))
    public = signing.public_key().public_bytes_raw().hex()
    return rows, HeadMessage.of(signed_head(signing, rows[-1][1].sequence, rows[-1][1].digest), public)


def a_new_car(hq: Headquarters) -> HqClient:
    """Return the client of a car that headquarters has never seen."""
    car_id = f"car-{uuid4().hex[:20]}"
    token = issue_car_token(hq.folder, key=KEY, car_id=car_id, database=hq.database)
    return HqClient(hq.url, car_id, token)
