"""Packages in the car: what the outbox holds goes out by hand, and nothing leaves it before headquarters' word is back.

Out: the oldest events in batches as over the network, under a number that rises. Back: an answer to one of those
numbers. Each answer counts once; one that is older than the last is refused, as are another car's, and one that
answers what this car never gave out. A repeat on either way is harmless: events have ids, answers have numbers.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

import structlog

from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.evidence import SignedHead
from mdt_app.domain.sync_messages import ListArrived, ListChanged, OutboxRow
from mdt_app.services.sealed_files import Lock, Opener, x25519_public
from mdt_app.services.signing import Verifier
from mdt_app.sync.delta import open_delta
from mdt_app.sync.entry_wire import EntryAsked
from mdt_app.sync.event_wire import EventBatch, EventMessage, HeadMessage, LinkMessage
from mdt_app.sync.field_wire import CarState
from mdt_app.sync.identity import CarIdentity, KeyVault
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.package_wire import (
    OUTWARD,
    RETURN,
    CarPackage,
    CarriedList,
    CarriedReport,
    ReturnPackage,
    pack,
    unpack,
)
from mdt_app.sync.snapshot import open_list

ROWS_MOST = 50_000
"""Events in one package, at most; what is left goes into the next."""
BATCH_ROWS = 200
_GIVEN, _TAKEN = "package given", "package taken"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Held:
    """What a car has to tell: the rows that wait, its signed head read after them, and the lists in force by digest.

    The rest is as `CarPackage` has it.
    """

    rows: Sequence[OutboxRow]
    head: SignedHead | None
    public_key: str
    lists: Mapping[str, str]
    reports: Sequence[CarriedReport] = ()
    answered_to: int = 0
    state: CarState | None = None
    recovery: RecoveryBlob | None = None
    entries: Sequence[EntryAsked] = ()
    followed: Sequence[str] = ()


class Carrier:
    """One car's side. The vault keeps the number given out last, and number and digest of the answer taken last."""

    def __init__(self, identity: CarIdentity, vault: KeyVault) -> None:
        self._identity, self._vault = identity, vault

    @property
    def given(self) -> int:
        """The number of the package that was given out last."""
        return int(self._vault.read(_GIVEN) or b"0")

    def give(self, held: Held, target: BinaryIO, most_bytes: int) -> CarPackage:
        """Write a package with the oldest rows, some `most_bytes` of them. Nothing changes in the outbox.

        Raises BadInput where this car was enrolled before there were packages.
        """
        if not self._identity.package_key:
            raise BadInput("This car does not know headquarters' key for packages.", "Renew its certificate, or enrol.")
        number = self.given + 1
        # Kept first: a number that was used by nobody is better than one that was used twice.
        self._vault.write(_GIVEN, str(number).encode())
        package = CarPackage(
            car_id=self._identity.car_id,
            number=number,
            made_at=datetime.now(UTC),
            batches=tuple(_batches(held, most_bytes)),
            lists=dict(held.lists),
            reports=tuple(held.reports),
            answered_to=held.answered_to,
            state=held.state,
            recovery=held.recovery,
            entries=tuple(held.entries),
            followed=tuple(held.followed),
        )
        lock = Lock(public=x25519_public(self._identity.package_key))
        pack(OUTWARD, lambda content: base64.b64decode(self._identity.key.sign(content)), lock, package, (), target)
        log.info("package.given", number=number, events=sum(len(batch.events) for batch in package.batches))
        return package

    def read(self, source: BinaryIO) -> tuple[ReturnPackage, bytes, str]:
        """Open headquarters' answer: the message, the lists' files behind it, and its digest for `taken`.

        An answer that was taken already comes back with an empty digest: there is nothing to do. Raises BadInput for
        one that is damaged or not headquarters', Refused for another car's, an old one, or one never asked for.
        """
        opened = unpack(RETURN, Opener(private=self._identity.key.private), source)
        if not Verifier(self._identity.headquarters_key).holds(opened.signed(), opened.signature):
            raise BadInput("The package is not signed by headquarters.", "It is not used; report it.")
        answer, digest = opened.message(ReturnPackage), hashlib.sha256(opened.content).hexdigest()
        if answer.car_id != self._identity.car_id:
            raise Refused("package_foreign", "The package is for another car.", "Take it there.")
        last, taken = self._last()
        if (answer.answers, digest) == (last, taken):
            return answer, opened.behind, ""
        if answer.answers <= last:
            raise Refused("package_old", "The package is older than the last one taken.", "Take the newest one.")
        if answer.answers > self.given:
            raise Refused("package_unasked", "The package answers none that this car gave out.", "Report it.")
        return answer, opened.behind, digest

    def taken(self, answer: ReturnPackage, digest: str) -> None:
        """Keep that this answer was taken, once all that it brought is durable."""
        self._vault.write(_TAKEN, f"{answer.answers} {digest}".encode())

    def _last(self) -> tuple[int, str]:
        number, _, digest = (self._vault.read(_TAKEN) or b"0 ").decode().partition(" ")
        return int(number), digest


def carried_lists(answer: ReturnPackage, behind: bytes) -> Iterator[ListArrived | ListChanged]:
    """Give each list that came along, or what changed in it, proved. Raises BadInput for the first that is not."""
    start = 0
    for carried in answer.lists:
        file = behind[start : start + carried.size]
        start += carried.size
        if hashlib.sha256(file).hexdigest() != carried.sha256:
            raise BadInput("A list in the package is not whole.", "Copy it again; the list in force stays.")
        yield _changed(carried, file) if carried.base else _arrived(carried, file)


def _arrived(carried: CarriedList, file: bytes) -> ListArrived:
    manifest, entries = open_list([file])
    _require_same(manifest, carried)
    return ListArrived(manifest.to_hotlist(), tuple(entries))


def _changed(carried: CarriedList, file: bytes) -> ListChanged:
    delta = open_delta([file])
    _require_same(delta.manifest.hotlist, carried)
    if delta.manifest.base_sha256 != carried.base:
        raise BadInput("The package holds another list than it says.", "Report it; the list in force stays.")
    return ListChanged(delta.hotlist, delta.manifest.base_sha256, delta.removed, delta.added)


def _require_same(manifest: HotListManifest, carried: CarriedList) -> None:
    if manifest != carried.manifest:
        raise BadInput("The package holds another list than it says.", "Report it; the list in force stays.")


def _batches(held: Held, most_bytes: int) -> Iterator[EventBatch]:
    head = HeadMessage.of(held.head, held.public_key) if held.head else None
    size = 0
    for start in range(0, len(held.rows), BATCH_ROWS):
        events, withheld = _told(held.rows[start : start + BATCH_ROWS])
        if not events and not withheld:
            continue
        batch = EventBatch(events=events, head=head, withheld=withheld)
        size += len(batch.model_dump_json())
        if size > most_bytes and start:
            return
        yield batch


def _told(rows: Sequence[OutboxRow]) -> tuple[tuple[EventMessage, ...], tuple[LinkMessage, ...]]:
    """The rows as messages. Of one that can't be sent its link goes alone, so that the chain behind it holds."""
    events, withheld = [], []
    for row in rows:
        try:
            events.append(EventMessage.of(row.event, row.chain))
        except BadInput:
            log.warning("package.event_left", event_id=row.event.event_id)
            if row.chain:
                withheld.append(LinkMessage.of(row.chain))
    return tuple(events), tuple(withheld)
