"""Packages carried by hand, put together for the command line: the car's end with its store, and headquarters' end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from cache.recovery import FILE as RECOVERY_FILE
from cache.store import StoreReader
from cache.vault import StoreVault
from mdt_app.domain.commands import ApplyAccounts, ApplyFalseHits, ConfirmDelivery, ParkEvent, TakeConfirmation
from mdt_app.domain.entry_requests import TakeEntryNews
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.evidence import SignedHead
from mdt_app.domain.sync_messages import ListArrived, ListChanged
from mdt_app.hq.packages import PackageDesk, take_file
from mdt_app.services.clock import SystemClock
from mdt_app.services.policy_source import PolicySource
from mdt_app.services.settings import CarSettings, own_settings
from mdt_app.sync.check_wire import ConfirmationReplied
from mdt_app.sync.entry_wire import CarriedEntry
from mdt_app.sync.event_wire import BatchReceipt
from mdt_app.sync.field_wire import CarState, ListState
from mdt_app.sync.identity import CarIdentity, kept_identity
from mdt_app.sync.identity_wire import OrderReport
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.orders import OrderFollower
from mdt_app.sync.package_wire import CarPackage, CarriedReport, ReturnPackage
from mdt_app.sync.packages import ROWS_MOST, Carrier, Held, carried_lists
from mdt_app.sync.wire import SignedMessage
from mdt_app.wiring.car import Car
from mdt_app.wiring.car_core import CarCore
from mdt_app.wiring.car_entries import carried_news, to_carry
from mdt_app.wiring.car_orders import CarOrders
from mdt_app.wiring.car_outbox import COMMIT_LIMIT_S
from mdt_app.wiring.car_policy import CarPolicy
from mdt_app.wiring.car_reads_store import share_of
from mdt_app.wiring.car_receipts import Receipts
from mdt_app.wiring.enrolment import Headquarters
from mdt_app.wiring.files import new_file, readable
from mdt_app.wiring.store_tools import Place, opened

_REPORTS, _WHOLE, _ANSWERED = "package reports", "package whole lists", "package answers"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer came to: records delivered and refused, lists put in force, and what was not done, in words."""

    delivered: int = 0
    refused: int = 0
    lists: int = 0
    words: tuple[str, ...] = ()


def give_package(place: Place, settings: CarSettings, file: Path, most_bytes: int) -> CarPackage:
    """Write what this car has for headquarters into a new file; the application may run. Raises BadInput, MdtError.

    Bulk reads that the policy keeps out of headquarters wait for the link to the vendor's store (REC-4).
    """
    vault = StoreVault(place.folder / "store.db", place.key())
    carrier = Carrier(_identity(vault), vault)
    with opened(place) as (store, reader):
        policy = CarPolicy(vault, settings, lambda _notice: None).in_force(SystemClock().now().date())
        rows = reader.outbox.pending(ROWS_MOST, share_of(policy))
        whole = _noted(vault, _WHOLE)
        known = {hotlist.list_id: hotlist.sha256 for hotlist in reader.lists() if hotlist.list_id not in whole}
        asked, people = to_carry(reader.entry_requests())
        held = Held(
            rows,
            _head(reader),
            store.public_key,
            known,
            _reports(vault),
            answered_to=int(vault.read(_ANSWERED) or b"0"),
            state=_state(reader),
            recovery=_recovery(place.folder),
            entries=asked,
            followed=people,
        )
    with new_file(file) as out:
        return carrier.give(held, out, most_bytes)


def take_answer(settings: CarSettings, folder: Path, file: Path, *, key_file: bool) -> Taken:
    """Take headquarters' answer into the car, whose application must not run. Raises BadInput, Refused, MdtError.

    Whatever goes wrong on the way, the same answer can be taken again.
    """
    car = Car(CarCore(settings, folder, allow_key_file=key_file), "")
    try:
        return _take_into(car, folder, file)
    finally:
        car.sole.end()


def _take_into(car: Car, folder: Path, file: Path) -> Taken:
    vault = StoreVault(folder / "store.db", car.key.raw)
    identity = _identity(vault)
    carrier = Carrier(identity, vault)
    with readable(file) as source:
        answer, behind, digest = carrier.read(source)
    if not digest:
        return Taken(words=("This package was taken before; nothing was done.",))
    car.core.start()
    try:
        taken = _take(car, _Ends(identity, vault, folder, car.policy_kept), answer, behind)
    finally:
        car.lists.stop()
        car.core.stop()
    if (folder / "store.db").exists():  # no order has wiped it
        carrier.taken(answer, digest)
    return taken


def take_at_headquarters(at: Headquarters, source: PolicySource, file: Path, answer: Path) -> ReturnPackage:
    """Take a car's package in at headquarters, and write the answer into a new file. Raises MdtError."""
    with at.opened() as store, readable(file) as package, new_file(answer) as out:
        policy = source.load(SystemClock().now().date())
        return take_file(PackageDesk(store, at.key, policy, source), package, out)


def car_settings(path: Path | None, folder: Path | None) -> tuple[CarSettings, Path]:
    """The car's settings and folder, as `mdt run` finds them."""
    settings = own_settings(path)
    return settings, folder or user_data_path("patrol-mdt") / settings.car_id


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where what an answer brings goes."""

    identity: CarIdentity
    vault: StoreVault
    folder: Path
    policy: CarPolicy


@dataclass(slots=True)
class _CarriedOrders:
    """A package's orders; reports on them wait for the next package."""

    orders: Sequence[SignedMessage]
    reports: dict[int, OrderReport] = field(default_factory=dict)

    def fetch_orders(self) -> Sequence[SignedMessage]:
        return self.orders

    def report_order(self, number: int, report: OrderReport) -> None:
        self.reports[number] = report


def _take(car: Car, ends: _Ends, answer: ReturnPackage, behind: bytes) -> Taken:
    lists = [*carried_lists(answer, behind)]  # all proved, before anything is done
    for receipt in answer.receipts:
        _settle(car, receipt)
    keeper = Receipts(ends.vault, ends.identity.car_id, ends.identity.headquarters_key)
    if answer.receipts and (held := answer.receipts[-1].head):
        keeper.keep(held)
    words = [_applied(car, ApplyAccounts(answer.accounts.content.encode(), bytes.fromhex(answer.accounts.signature)))]
    if answer.policy is not None:
        words.append(ends.policy.take(answer.policy, SystemClock().now().date()))
    refused = {told.hotlist.list_id: said for told in lists if (said := _brought(car, told))}
    # A change that did not fit is not asked for again: the next package brings the whole list.
    ends.vault.write(_WHOLE, json.dumps([*refused]).encode())
    words += refused.values()
    words.append(_applied(car, ApplyFalseHits(tuple(one.to_false_hit() for one in answer.false_hits))))
    words += _answered(car, ends.vault, answer.confirmations)
    words.append(_entries(car, answer.entries))
    words.append(_obey(car, ends, answer.orders))
    return Taken(
        sum(len(receipt.accepted) for receipt in answer.receipts),
        sum(len(receipt.refused) for receipt in answer.receipts),
        len(lists) - len(refused),
        tuple(filter(None, words)),
    )


def _settle(car: Car, receipt: BatchReceipt) -> None:
    """Take out what headquarters names as kept, and set aside what it refuses; nothing else leaves the outbox."""
    if receipt.accepted:
        car.core.submit(ConfirmDelivery(receipt.accepted)).result(COMMIT_LIMIT_S)
    for refusal in receipt.refused:
        car.core.submit(ParkEvent(refusal.event_id, refusal.reason)).result(COMMIT_LIMIT_S)


def _applied(car: Car, command: object) -> str:
    """Run a command; what is older than what is in force is no fault, and said."""
    try:
        car.core.submit(command).result(COMMIT_LIMIT_S)  # type: ignore[arg-type] # two of the commands, both known there
    except Refused as fault:
        return str(fault)
    return ""


def _brought(car: Car, told: ListArrived | ListChanged) -> str:
    """Put a list in force, however long it takes; what does not fit is said."""
    try:
        car.hand_over(told).result()
    except (BadInput, Refused) as fault:
        return str(fault)
    return ""


def _answered(car: Car, vault: StoreVault, replies: Sequence[ConfirmationReplied]) -> Iterator[str]:
    """Take the answers to hit confirmation requests, each once; a car asks for those after the last."""
    for replied in replies:
        yield _applied(car, TakeConfirmation(replied.to_response()))
        vault.write(_ANSWERED, str(replied.position).encode())


def _entries(car: Car, told: Sequence[CarriedEntry]) -> str:
    """Take headquarters' word on officers' requests; each says on its screen what became of it."""
    with closing(car.store.reader()) as reader:
        held = reader.entry_requests()
    return _applied(car, TakeEntryNews(carried_news(held, told)))


def _state(reader: StoreReader) -> CarState:
    """How the car is, for the supervisors' view, as far as its store tells."""
    lists = (ListState(list_id=h.list_id, extracted_at=h.extracted_at, count=h.count) for h in reader.lists())
    return CarState(
        said_at=SystemClock().now(),
        signed_in=False,
        pending=reader.outbox.count(),
        parked=reader.parked(),
        open_hits=len(reader.hits.not_closed()),
        lists=tuple(lists),
    )


def _recovery(folder: Path) -> RecoveryBlob | None:
    """What the store's key is sealed for, as the network would carry it. Raises BadInput when it is damaged."""
    path = folder / RECOVERY_FILE
    if not path.exists():
        return None
    try:
        return RecoveryBlob.model_validate({"recipients": json.loads(path.read_bytes())})
    except ValueError as fault:
        raise BadInput("recovery.json is damaged.", "Make a recovery key again.") from fault


def _noted(vault: StoreVault, name: str) -> frozenset[str]:
    return frozenset(json.loads(vault.read(name) or b"[]"))


def _obey(car: Car, ends: _Ends, orders: Sequence[SignedMessage]) -> str:
    """Carry out the orders that came along; what they came to goes out with the next package."""
    link = _CarriedOrders(orders)
    doer = CarOrders(ends.folder, ends.vault, car.core.submit, car.core.tell)
    identity = ends.identity
    follower = OrderFollower(link, identity.car_id, identity.headquarters_key, doer.obey, doer.last_number)
    words = follower.turn()
    if not (ends.folder / "store.db").exists():
        return "Headquarters has wiped this car. Tell headquarters that it is done: the car itself can't any more."
    told = [{"number": number, "report": report.model_dump(mode="json")} for number, report in link.reports.items()]
    ends.vault.write(_REPORTS, json.dumps(told).encode())
    return words


def _reports(vault: StoreVault) -> tuple[CarriedReport, ...]:
    """What the last answer's orders came to; headquarters takes a repeat without effect."""
    return tuple(CarriedReport.model_validate(told) for told in json.loads(vault.read(_REPORTS) or b"[]"))


def _head(reader: StoreReader) -> SignedHead | None:
    try:
        return reader.trail.head()
    except BadInput:  # before the trail's first row
        return None


def _identity(vault: StoreVault) -> CarIdentity:
    identity = kept_identity(vault)
    if identity is None:
        raise BadInput("This car is not enrolled.", "Enrol it: 'mdt enrol --headquarters URL --car ID'.")
    return identity
