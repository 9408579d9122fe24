"""Packages carried by hand: lost, doubled, reordered, cut, another car's; nothing is lost and nothing doubled."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, func, select, update

from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.evidence import SignedHead, signed_head
from mdt_app.domain.orders import OrderKind, OrderState
from mdt_app.domain.sync_messages import ListChanged
from mdt_app.hq.authority import Authority
from mdt_app.hq.bundles import BundleMaker
from mdt_app.hq.disputes import known_false_hits
from mdt_app.hq.enrolment import EnrolmentOffice, revoke
from mdt_app.hq.escrow import give_out
from mdt_app.hq.lists import replace_list
from mdt_app.hq.live import car_lines
from mdt_app.hq.orders import device_views, order, report
from mdt_app.hq.packages import PackageDesk
from mdt_app.hq.renewal import renew
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alarms, confirmation_replies, devices, events
from mdt_app.services.device_keys import DeviceKey
from mdt_app.services.enrolment_proofs import Code, car_proof
from mdt_app.services.policy_source import named_policy
from mdt_app.sync.field_wire import CarState
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.identity_wire import EnrolmentClaim, OrderReport
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.package_wire import CarriedReport, ReturnPackage
from mdt_app.sync.packages import Carrier, Held, carried_lists
from mdt_app.sync.policy_wire import CarPolicyMessage
from mdt_app.sync.snapshot import describe_list, pack_list
from tests.fakes.chained import a_chain
from tests.fakes.enrolled import MemoryVault, database_of
from tests.fakes.headquarters import (
    KEY,
    ORI,
    POLICY,
    Headquarters,
    MemoryOutbox,
    a_confirmation,
    an_entry,
    an_event,
    until,
)

MB = 1 << 20


def an_identity(store: Store, car_id: str, audit_key: str) -> CarIdentity:
    """Enrol a car without a network: the claim is handed over as it is."""
    office, key = EnrolmentOffice(store, KEY), DeviceKey.new()
    code, nonce, request = Code(office.give_code(car_id, "admin1").code), "ab" * 32, key.request()
    proof = car_proof(code.secret, nonce, request, audit_key)
    claim = EnrolmentClaim(code_id=code.code_id, nonce=nonce, request=request.hex(), audit_key=audit_key, proof=proof)
    issued, root = office.claim(claim), Authority(store, KEY).root().pem
    known = (car_id, ORI, "https://hq", BundleMaker(KEY).public, root, issued.certificate, issued.token, key)
    return CarIdentity(*known, package_key=office.package_key)


@dataclass
class Courier:
    """A car without a link, headquarters, and the media that are carried between them."""

    store: Store
    identity: CarIdentity
    audit: Ed25519PrivateKey
    vault: MemoryVault = field(default_factory=MemoryVault)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    made: list[str] = field(default_factory=list)
    outward: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    last: object = None

    @classmethod
    def new(cls, store: Store, car_id: str = "") -> Courier:
        audit = Ed25519PrivateKey.generate()
        public = audit.public_key().public_bytes_raw().hex()
        return cls(store, an_identity(store, car_id or f"car-{uuid4().hex[:20]}", public), audit)

    @property
    def carrier(self) -> Carrier:
        """A new one each time, as the command makes it: all it knows is in the vault."""
        return Carrier(self.identity, self.vault)

    def work(self, count: int) -> None:
        """Records are made in the car: chained ones, and a bulk read."""
        rows, _ = a_chain("car", count, self.audit, self.last)
        self.last = rows[-1][1]
        for event, link in (*rows, (an_event(plate="PLANTED77"), None)):
            self.outbox.put(event, link)
            self.made.append(event.event_id)

    def held(self, reports: tuple[CarriedReport, ...] = ()) -> Held:
        public = self.audit.public_key().public_bytes_raw().hex()
        head: SignedHead | None = signed_head(self.audit, self.last.sequence, self.last.digest) if self.last else None
        return Held(self.outbox.pending(1000), head, public, {}, reports)

    def give(self, most: int = MB, reports: tuple[CarriedReport, ...] = ()) -> bytes:
        file = io.BytesIO()
        self.carrier.give(self.held(reports), file, most)
        self.outward.append(file.getvalue())
        return self.outward[-1]

    def take(self, package: bytes) -> bytes:
        """At headquarters."""
        file = io.BytesIO()
        PackageDesk(self.store, KEY, POLICY, named_policy("postc")).take(io.BytesIO(package), file)
        self.answers.append(file.getvalue())
        return self.answers[-1]

    def bring(self, answer: bytes) -> ReturnPackage:
        """Back in the car."""
        said, _, digest = self.carrier.read(io.BytesIO(answer))
        if digest:
            for receipt in said.receipts:
                self.outbox.confirm(receipt.accepted)
                for refusal in receipt.refused:
                    self.outbox.park(refusal.event_id, refusal.reason)
            self.carrier.taken(said, digest)
        return said

    def on_record(self) -> list[str]:
        from mdt_app.hq.tables import reads

        with self.store.reading() as connection:
            return [
                event_id
                for table in (events, reads)
                for event_id in connection.scalars(
                    select(table.c.event_id).where(table.c.car_id == self.identity.car_id)
                )
            ]


@pytest.fixture
def store(hq: Headquarters):
    with database_of(hq) as opened:
        yield opened


@contextmanager
def suppress_old():
    """An answer that is older than the last one is refused; nothing else may be."""
    try:
        yield
    except Refused as fault:
        if fault.reason != "package_old":
            raise


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["work", "give", "give little", "take", "take", "bring", "bring"]), st.integers(0, 1_000)
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_in_whatever_order_they_come_nothing_is_lost_or_doubled(store: Store, steps: list[tuple[str, int]]) -> None:
    """Media are lost, brought twice, and in any order; in the end each record stands at headquarters once."""
    there = Courier.new(store)
    there.work(2)
    for step, number in steps:
        match step:
            case "work":
                there.work(1 + number % 4)
            case "give" | "give little":
                there.give(MB if step == "give" else 1 + number)
            case "take" if there.outward:
                there.take(there.outward[number % len(there.outward)])
            case "bring" if there.answers:
                with suppress_old():
                    there.bring(there.answers[number % len(there.answers)])
        # Whatever left the outbox is at headquarters already.
        waiting = {row.event.event_id for row in there.outbox.rows}
        assert set(there.made) - waiting <= set(there.on_record())
    there.bring(there.take(there.give()))
    assert not there.outbox.rows
    assert not there.outbox.parked
    assert sorted(there.on_record()) == sorted(there.made)


def test_an_answer_counts_once_and_an_older_one_not_at_all(store: Store) -> None:
    """The same again does nothing; the answer before it is refused; one to a package never given is refused."""
    there = Courier.new(store)
    there.work(3)
    first = there.take(there.give())
    second = there.take(there.give())
    assert there.bring(second).answers == 2
    assert there.carrier.read(io.BytesIO(second))[2] == ""
    with pytest.raises(Refused) as old:
        there.bring(first)
    assert old.value.reason == "package_old"
    reset = Courier(store, there.identity, there.audit)
    with pytest.raises(Refused) as unasked:
        reset.bring(second)
    assert unasked.value.reason == "package_unasked"


def test_another_car_can_use_neither(store: Store) -> None:
    """What is sealed for one car opens in no other; what another device signs is refused, and on record."""
    there, other = Courier.new(store), Courier.new(store)
    there.work(1)
    answer = there.take(there.give())
    with pytest.raises(BadInput, match="does not open"):
        other.bring(answer)
    false = replace(there, identity=replace(there.identity, key=DeviceKey.new()), outward=[], vault=MemoryVault())
    with pytest.raises(Refused) as refused:
        there.take(false.give())
    assert refused.value.reason == "bad_signature"
    stranger = replace(false, identity=replace(false.identity, car_id="car-nobody"))
    with pytest.raises(Refused) as unknown:
        there.take(stranger.give())
    assert unknown.value.reason == "not_enrolled"
    revoke(store, there.identity.car_id, "stolen", "admin1")
    with pytest.raises(Refused) as revoked:
        there.take(there.outward[0])
    assert revoked.value.reason == "revoked"
    seen = {(refusal.holder, refusal.reason) for refusal in device_views(store).refusals}
    assert {(there.identity.car_id, "bad_signature"), (there.identity.car_id, "revoked")} <= seen


def test_a_car_that_was_renewed_before_its_link_broke_is_let_in_with_its_new_key(store: Store) -> None:
    """What the next key signs puts it in force; what the old one signs is refused from then on."""
    there = Courier.new(store)
    there.work(1)
    old, key = there.identity, DeviceKey.new()
    car_id = old.car_id
    with store.writing() as connection:
        until = datetime.now(UTC) + timedelta(days=30)
        connection.execute(update(devices).where(devices.c.car_id == car_id).values(expires_at=until))
    certificate = renew(store, Authority(store, KEY), car_id, key.request())
    there.identity = replace(old, key=key, certificate=certificate)
    there.bring(there.take(there.give()))
    assert not there.outbox.rows
    there.identity = old
    with pytest.raises(Refused) as refused:
        there.take(there.give())
    assert refused.value.reason == "bad_signature"


def test_headquarters_own_signature_is_needed(store: Store) -> None:
    """A package sealed for the car by anybody else who knows its public key is refused."""
    there = Courier.new(store)
    there.work(1)
    forged = io.BytesIO()
    PackageDesk(store, KEY, POLICY).take(io.BytesIO(there.give()), forged)
    elsewhere = replace(there, identity=replace(there.identity, headquarters_key=BundleMaker(bytes(32)).public))
    with pytest.raises(BadInput, match="not signed by headquarters"):
        elsewhere.bring(forged.getvalue())


def flipped(content: bytearray, chance: random.Random) -> bytes:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def cut(content: bytearray, chance: random.Random) -> bytes:
    return bytes(content[: chance.randrange(len(content))])


def longer(content: bytearray, chance: random.Random) -> bytes:
    return bytes(content + b"\0")


@pytest.mark.parametrize("harm", [flipped, cut, longer])
def test_a_damaged_package_is_refused_on_both_ends(
    store: Store, harm: Callable[[bytearray, random.Random], bytes]
) -> None:
    """A bit, a cut at any byte, a byte more: refused, nothing changes on either end; the whole one works."""
    there, chance = Courier.new(store), random.Random(7)  # noqa: S311 - a test's places
    there.work(4)
    package = there.give()
    for _ in range(40):
        with pytest.raises(MdtError):
            there.take(harm(bytearray(package), chance))
    assert not there.on_record()
    answer = there.take(package)
    for _ in range(40):
        with pytest.raises(MdtError):
            there.bring(harm(bytearray(answer), chance))
    assert len(there.outbox.rows) == len(there.made)
    there.bring(answer)
    assert not there.outbox.rows


def test_no_plate_can_be_read_on_the_medium(store: Store) -> None:
    """Neither way shows a planted plate."""
    there = Courier.new(store)
    there.work(1)
    package = there.give()
    assert b"PLANTED77" not in package + there.take(package)


def test_lists_accounts_and_orders_come_back_and_reports_go_out(hq: Headquarters, store: Store) -> None:
    """What a car would pull comes along, proved whole; what an order came to goes out with the next package."""
    held = (an_entry("AB12345"), an_entry("CARRIED1", nic="V000000009"))
    with hq.desk() as desk:
        hotlist = describe_list("carried", "Carried", "NCIC", an_event().at, held, 7)
        assert desk.put("/v1/hotlists/carried", content=pack_list(hotlist, held)).status_code == 200
    there = Courier.new(store)
    car_id = there.identity.car_id
    number = order(store, car_id, OrderKind.LOCK, "lost", "admin1")
    file = there.take(there.give())
    answer, behind, _ = there.carrier.read(io.BytesIO(file))
    lists = {told.hotlist.list_id: told for told in carried_lists(answer, behind)}
    assert len(lists["carried"].entries) == 2
    assert len(answer.orders) == 1
    assert answer.accounts.content
    there.bring(file)
    done = CarriedReport(number=number, report=OrderReport(state=OrderState.DONE, words="locked"))
    there.bring(there.take(there.give(reports=(done,))))
    (view,) = [device for device in device_views(store).devices if device.car_id == car_id]
    assert view.orders[0].state is OrderState.DONE
    with pytest.raises(BadInput):
        report(store, car_id, number + 999, done.report)
    swapped = answer.model_copy(update={"lists": (answer.lists[0].model_copy(update={"sha256": "0" * 64}),)})
    with pytest.raises(BadInput, match="not whole"):
        [*carried_lists(swapped, behind)]


def test_an_old_store_put_back_is_seen_by_the_witness(store: Store) -> None:
    """A car whose store was put back to an older state forks its chain: over packages too it is refused and alarmed."""
    there = Courier.new(store)
    there.work(3)
    old = (there.last, [*there.outbox.rows])
    there.work(3)
    there.bring(there.take(there.give()))
    there.last, there.outbox.rows = old
    there.work(2)
    said = there.bring(there.take(there.give()))
    assert {refusal.reason for receipt in said.receipts for refusal in receipt.refused} <= {
        "chain_forked",
        "head_smaller",
    }
    assert there.outbox.parked
    with store.reading() as connection:
        mine = alarms.c.car_id == there.identity.car_id
        assert connection.scalar(select(func.count()).select_from(alarms).where(mine))


def test_a_car_enrolled_before_packages_is_told_what_to_do(store: Store, tmp_path: Path) -> None:
    """Without headquarters' key for packages nothing is written."""
    there = Courier.new(store)
    there.identity = replace(there.identity, package_key="")
    with pytest.raises(BadInput, match="key for packages"), closing(io.BytesIO()):
        there.give()
    assert there.carrier.given == 0


def test_changes_alone_come_back_with_policy_answers_and_known_false_hits(hq: Headquarters, store: Store) -> None:
    """A car that names what it has gets what changed since; a repeat brings no answer twice; its state is kept."""
    entries = [an_entry(f"P{number:05}", nic=f"V{number:09}", list_id="grown") for number in range(400)]
    first = describe_list("grown", "Grown", "NCIC", an_event().at, entries[:-1], 1)
    second = describe_list("grown", "Grown", "NCIC", an_event().at, entries, 2)
    replace_list(store, "grown", pack_list(first, entries[:-1]))
    replace_list(store, "grown", pack_list(second, entries))
    there = Courier.new(store)
    car_id, query = there.identity.car_id, a_confirmation("AB12345")
    with hq.client() as client:
        client.request_confirmation(query)
    mine = confirmation_replies.c.request_id == query.request_id
    until(lambda: _moved(store, mine, car_id), "the switch does not answer")
    state = CarState(said_at=an_event().at, signed_in=False, pending=3, parked=1, open_hits=2)
    held = replace(there.held(), lists={"grown": first.sha256}, state=state, recovery=RECOVERY)
    file = io.BytesIO()
    there.carrier.give(held, file, MB)
    answer, behind, _ = there.carrier.read(io.BytesIO(there.take(file.getvalue())))
    told = {one.hotlist.list_id: one for one in carried_lists(answer, behind)}
    assert isinstance(told["grown"], ListChanged)
    assert (told["grown"].base_sha256, told["grown"].hotlist, len(told["grown"].added)) == (first.sha256, second, 1)
    assert answer.policy is not None
    assert CarPolicyMessage.model_validate_json(answer.policy.content).to_policy(an_event().at.date()) == POLICY
    assert answer.false_hits == known_false_hits(store).plates
    (reply,) = answer.confirmations
    assert (reply.request_id, reply.answer) == (query.request_id, ConfirmationAnswer.CONFIRMED)
    again = replace(there.held(), answered_to=reply.position)
    file = io.BytesIO()
    there.carrier.give(again, file, MB)
    assert there.carrier.read(io.BytesIO(there.take(file.getvalue())))[0].confirmations == ()
    (line,) = [line for line in car_lines(store).cars if line.car_id == car_id]
    assert line.state == state
    assert give_out(store, car_id, "admin1", "a test") == RECOVERY


RECOVERY = RecoveryBlob(recipients={"ab" * 32: ("cd" * 40,)})


def _moved(store: Store, mine: ColumnElement[bool], car_id: str) -> int:
    """Make the answer this car's, once there is one."""
    with store.writing() as connection:
        return connection.execute(update(confirmation_replies).where(mine).values(car_id=car_id)).rowcount
