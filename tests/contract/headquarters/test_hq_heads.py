"""The witness at headquarters: every attack on a car's chain is refused, alarmed and flagged; honest events flow."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cache.store import CacheStore
from mdt_app.domain.accounts import Role
from mdt_app.domain.audit import GENESIS, link
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import signed_head
from mdt_app.hq.main import issue_car_token, public_key
from mdt_app.services.head_receipts import receipt_holds, trail_against
from mdt_app.services.signing import Signer, Verifier
from mdt_app.sync.client import HqClient
from mdt_app.sync.event_wire import BatchReceipt, HeadMessage, HeadReceipt, HeadStates
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.headquarters import KEY, Headquarters, MemoryOutbox, an_event, until

MAC = b"\x05" * 32
Row = tuple[Event, ChainLink | None]


@dataclass
class Chained:
    """A car that keeps a chain, with a client of its own. Whoever attacks it may do anything to `rows`."""

    client: HqClient
    car_id: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    rows: list[tuple[Event, ChainLink]] = field(default_factory=list)

    def add(self, count: int = 1, **body: object) -> Chained:
        for _ in range(count):
            event = replace(an_event(EventKind.MUTED, **body), device=self.car_id)
            last = self.rows[-1][1] if self.rows else None
            after = (last.sequence, last.digest) if last else (0, GENESIS)
            self.rows.append((event, link(event, MAC, after[0] + 1, after[1])))
        return self

    def head(self, number: int = 0) -> HeadMessage:
        last = self.rows[(number or len(self.rows)) - 1][1]
        public = self.key.public_key().public_bytes_raw().hex()
        return HeadMessage.of(signed_head(self.key, last.sequence, last.digest), public)

    def push(self, rows: list[Row], head: HeadMessage | str | None = "own") -> BatchReceipt:
        return self.client.push_events(rows, head=self.head() if head == "own" else head)

    def delivered(self, count: int) -> Chained:
        """So many rows are there, and at headquarters."""
        self.add(count)
        assert not self.push(self.rows).refused
        return self


@pytest.fixture
def cars(hq: Headquarters):
    """Make cars that headquarters has never seen."""
    clients: list[HqClient] = []

    def make() -> Chained:
        car_id = f"car-{uuid4()}"
        token = issue_car_token(hq.folder, key=KEY, car_id=car_id, database=hq.database)
        clients.append(HqClient(hq.url, car_id, token))
        return Chained(clients[-1], car_id)

    yield make
    for client in clients:
        client.close()


def reasons(receipt: BatchReceipt) -> list[str]:
    return [refusal.reason for refusal in receipt.refused]


def flags_of(hq: Headquarters, car: Chained) -> list[str]:
    with hq.desk(Role.SUPERVISOR) as desk:
        return [flag["reason"] for flag in desk.get("/v1/flags").json()["flags"] if flag["car_id"] == car.car_id]


def alarms_by_reason(hq: Headquarters) -> dict[str, int]:
    with hq.desk() as desk:
        return desk.get("/v1/summary").json()["by_reason"]


def state_of(hq: Headquarters, car: Chained):
    with hq.desk(Role.AUDITOR) as desk:
        states = HeadStates.model_validate_json(desk.get("/v1/heads").content)
    return next((state for state in states.cars if state.car_id == car.car_id), None)


@pytest.mark.clause("AUD-1")
def test_an_honest_chain_is_followed_and_the_receipt_says_so(hq: Headquarters, cars) -> None:
    """Batches in order, repeats and late old batches leave the head where it is; the receipt is headquarters' own."""
    car = cars().add(12)
    old = car.head(6)
    car.push(car.rows[:5], car.head(6))
    car.push(car.rows[:9], car.head(9))
    car.push([*car.rows, (an_event(), None)])
    receipt = car.push(car.rows[:5], old).head
    state, last = state_of(hq, car), car.rows[-1][1]
    assert (state.sequence, state.digest, state.public_key) == (12, last.digest, car.head().public_key)
    assert (state.forked_at, flags_of(hq, car)) == (None, [])
    assert (receipt.sequence, receipt.digest) == (12, last.digest)
    verifier = Verifier(public_key(KEY))
    assert receipt_holds(receipt, verifier, car.car_id)
    assert not receipt_holds(receipt.model_copy(update={"sequence": 11}), verifier, car.car_id)
    assert not receipt_holds(receipt, verifier, "another car")
    assert not receipt_holds(receipt, Verifier(Signer(bytes(32)).public), car.car_id)


@pytest.mark.clause("AUD-1")
def test_a_receipt_is_an_outside_witness_of_the_trail(cars) -> None:
    """The whole trail holds against it; a cut tail, a rewrite with the car's own key and an empty trail do not."""
    car = cars().delivered(8)
    receipt = car.push(car.rows[:1]).head
    forged = Chained(car.client, car.car_id, car.key).add(9)
    links = [made for _, made in car.rows]
    assert trail_against(receipt, [made for _, made in car.add(3).rows]).words == "ok"
    assert "ends at 5" in trail_against(receipt, links[:5]).words
    assert "row 8" in trail_against(receipt, [made for _, made in forged.rows]).words
    assert "ends at 0" in trail_against(receipt, []).words


def edited(car: Chained) -> list[Row]:
    event, made = car.rows[5]
    return [(replace(event, actor="somebody"), made), *car.rows[6:]]


def removed(car: Chained) -> list[Row]:
    return car.rows[6:]


def reordered(car: Chained) -> list[Row]:
    return [car.rows[6], car.rows[5], *car.rows[7:]]


def rewritten(car: Chained) -> list[Row]:
    """Rows that are held already, and all behind them, made anew with the car's own key."""
    del car.rows[2:]
    return car.add(6).rows[2:]


def cut_and_gone_on(car: Chained) -> list[Row]:
    """An older store put back writes on."""
    del car.rows[3:]
    return car.add(1).rows[3:]


def stripped(car: Chained) -> list[Row]:
    return [(event, None) for event, _ in car.rows[5:]]


ATTACKS = [
    (edited, ["chain_altered", "chain_gap"], False),
    (removed, ["chain_gap"], False),
    (reordered, ["chain_gap"], False),
    (rewritten, ["chain_forked"] * 6, True),
    (cut_and_gone_on, ["chain_forked"], True),
    (stripped, ["chain_missing"] * 4, False),
]


@pytest.mark.clause("AUD-1")
@pytest.mark.parametrize(("attack", "expected", "forks"), ATTACKS, ids=lambda a: getattr(a, "__name__", None))
def test_an_attack_on_the_chain_is_refused_alarmed_and_flagged(hq: Headquarters, cars, attack, expected, forks) -> None:
    """Row 17: each is named by its reason. What is honest behind it, and any other car, still flows."""
    car, other = cars().delivered(5), cars()
    sent, before = attack(car.add(4)), alarms_by_reason(hq)
    receipt = car.push(sent)
    assert reasons(receipt) == expected
    after = alarms_by_reason(hq)
    assert {name: after.get(name, 0) - before.get(name, 0) for name in expected} == {
        name: expected.count(name) for name in expected
    }
    assert set(flags_of(hq, car)) >= set(expected)
    assert (state_of(hq, car).forked_at is not None) is forks
    assert not other.add(3).push(other.rows).refused
    later = car.push([car.add().rows[-1]])
    assert reasons(later) == (["chain_forked"] if forks else ["chain_gap"] if attack is stripped else [])
    assert flags_of(hq, car).count(expected[0]) == 1


def test_rows_that_were_missing_can_still_come(hq: Headquarters, cars) -> None:
    """A gap that is filled later holds as if the rows had come in order; what was refused is taken on its repeat."""
    car = cars().delivered(3).add(6)
    assert reasons(car.push(car.rows[5:])) == ["chain_gap"]
    assert reasons(car.push(car.rows[3:])) == []
    assert state_of(hq, car).sequence == 9


@pytest.mark.clause("AUD-1")
def test_after_a_fork_the_car_works_on_and_an_administrator_begins_its_chain_anew(hq: Headquarters, cars) -> None:
    """Its reads still flow and its chained events stand among the alarms, until the chain begins anew, on record."""
    car = cars().delivered(5)
    before = car.head().public_key
    car.push(cut_and_gone_on(car))
    assert reasons(car.push([*car.add(2).rows[-2:], (an_event(), None)])) == ["chain_forked"] * 2
    with hq.desk(Role.SUPERVISOR) as desk:
        assert desk.post(f"/v1/cars/{car.car_id}/chain/begin", json={"words": "x"}).status_code == 403
    with hq.desk() as desk:
        assert desk.post(f"/v1/cars/{car.car_id}/chain/begin", json={"words": ""}).status_code == 422
        assert desk.post(f"/v1/cars/{car.car_id}/chain/begin", json={"words": "new laptop"}).status_code == 200
        assert desk.post("/v1/cars/car-none/chain/begin", json={"words": "x"}).status_code == 404
    anew = Chained(car.client, car.car_id).add(4)
    assert reasons(anew.push(anew.rows)) == []
    state = state_of(hq, anew)
    assert (state.generation, state.sequence, state.forked_at) == (1, 4, None)
    assert state.public_key == anew.head().public_key != before


@pytest.mark.clause("AUD-1")
def test_a_signed_head_that_contradicts_what_is_held_is_found(hq: Headquarters, cars) -> None:
    """An older store put back is found by its head alone, and a rewrite of rows that never came by the head before."""
    back = cars().delivered(6)
    assert reasons(back.push([(an_event(), None)], back.head(4))) == []
    assert (flags_of(hq, back), state_of(hq, back).forked_at is not None) == (["head_smaller"], True)
    behind = cars().add(10)
    behind.push(behind.rows[:4], behind.head(10))
    del behind.rows[6:]
    receipt = behind.push(behind.add(5).rows[4:])
    assert set(reasons(receipt)) == {"chain_forked"}
    assert len(receipt.refused) >= 2
    other = cars().delivered(6)
    forged = Chained(other.client, other.car_id, other.key).add(6)
    other.push([(an_event(), None)], forged.head())
    assert flags_of(hq, other) == ["head_forked"]


@pytest.mark.clause("AUD-1")
def test_the_first_key_is_the_cars_and_no_other_speaks_for_it(hq: Headquarters, cars) -> None:
    """Unsigned, wrongly signed, signed with another key or beyond the signed head: refused, and the car is not harmed.

    That is all that a stolen token without the device's key can send.
    """
    car = cars().delivered(5)
    thief = Chained(car.client, car.car_id, rows=list(car.rows)).add(3)
    stolen = car.head()
    bad = stolen.model_copy(update={"signature": "00" * 64})
    for head, reason in (
        (None, "head_not_signed"),
        (bad, "head_not_signed"),
        (thief.head(), "device_key_changed"),
        (stolen, "head_smaller"),
    ):
        assert reasons(thief.push(thief.rows[5:], head)) == [reason] * 3
        assert reason in flags_of(hq, car)
    assert state_of(hq, car).forked_at is None
    assert not car.push(car.add(4).rows[5:]).refused


def test_a_stolen_token_cannot_stop_a_car_that_has_not_signed_yet(hq: Headquarters, cars) -> None:
    """Without any key a forged row far ahead is refused as a gap, and the car's own rows still come in."""
    car = cars().add(5)
    car.push(car.rows[:3], None)
    forged = an_event(EventKind.MUTED)
    assert reasons(car.push([(forged, link(forged, MAC, 10**9, "ab" * 32))], None)) == ["chain_gap"]
    assert reasons(car.push(car.rows[3:], None)) == []


def test_a_poison_event_is_withheld_and_the_chain_behind_it_holds(hq: Headquarters, cars) -> None:
    """Row 14: the worker parks what can't be sent, tells its link, and all others flow; a supervisor sees it."""
    car, outbox, receipts = cars().add(9), MemoryOutbox(), []
    poison = replace(car.rows[4][0], actor="x" * 300)
    made = link(poison, MAC, 5, car.rows[3][1].digest)
    car.rows[4:] = [(poison, made)]
    car.add(4)
    for event, chain in car.rows:
        outbox.put(event, chain)
    worker = SyncWorker(
        car.client,
        outbox,
        lambda _message: None,
        pace=Pace(push_every_s=0.02, pull_every_s=60.0),
        head=lambda: car.head().to_head(),
        device_key=car.head().public_key,
        on_receipt=receipts.append,
    )
    worker.start()
    until(lambda: outbox.count() == 0, "the outbox does not drain")
    worker.stop()
    assert list(outbox.parked) == [poison.event_id]
    assert (flags_of(hq, car), state_of(hq, car).sequence) == (["event_withheld"], 9)
    assert isinstance(receipts[-1], HeadReceipt)
    assert receipts[-1].sequence == 9


@pytest.mark.clause("AUD-1")
def test_an_older_store_file_put_back_is_found_at_the_next_contact(hq: Headquarters, cars, tmp_path: Path) -> None:
    """Row 7 with a real store and its signed head: the store calls itself whole, headquarters does not."""
    car, folder = cars(), tmp_path / "car"
    folder.mkdir()

    def drive(events: int) -> BatchReceipt:
        with closing(CacheStore(folder / "store.db", KEY)) as store:
            for _ in range(events):
                with store.transaction() as tx:
                    tx.record(replace(an_event(EventKind.MUTED), device=car.car_id))
            with closing(store.reader()) as reader:
                rows = reader.outbox.pending(100)
                head = HeadMessage.of(reader.trail.head(), store.public_key)
                assert reader.verify_audit().words == "ok"
                receipt = car.client.push_events([(row.event, row.chain) for row in rows], head=head)
            with store.transaction() as tx:
                tx.outbox.confirm(receipt.accepted)
        return receipt

    assert not drive(4).refused
    shutil.copytree(folder, tmp_path / "older")
    assert not drive(4).refused
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "older", folder)
    assert set(reasons(drive(2))) == {"chain_forked"}
    assert "chain_forked" in flags_of(hq, car)
