"""Under a policy that keeps bulk reads out of headquarters they go to the vendor's store alone, and are found there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, insert, select, update
from typer.testing import CliRunner

from mdt_app.cli import app
from mdt_app.domain.accounts import Role
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.reads import Pictures
from mdt_app.domain.sync_messages import Share
from mdt_app.hq import keeping
from mdt_app.hq.access_table import access, markdown
from mdt_app.hq.app import STORE_ROUTERS
from mdt_app.hq.own_trail import OWN
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.serving import Part, serve
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.store_trust import accepted, granted, requested
from mdt_app.hq.tables import events, holds, not_kept, reads, tokens
from mdt_app.services.policies import load_policy
from mdt_app.sync.client import HqClient
from mdt_app.sync.search_wire import SearchAnswer
from mdt_app.sync.worker import SyncWorker
from mdt_app.wiring.car_outbox import CoreOutbox
from tests.fakes.car import Shift, make_read
from tests.fakes.enrolled import client_of, desk_over_tls, enrolled
from tests.fakes.headquarters import KEY, Headquarters, Serving, an_event, made, until
from tests.fakes.postgresql import PostgreSQL
from tests.fakes.searches import BASIS, a_past_read, asked, terms

STORE_KEY = bytes(reversed(range(32)))
POLICY = load_policy("glastonbury")
PAGE = Path(__file__).parents[3] / "docs" / "access-store.md"
WITH_FACTS = replace(BASIS, facts="A witness saw this vehicle leave the house that was broken into.")


@dataclass(frozen=True)
class Vendor:
    """The vendor's store, and the headquarters that it belongs to."""

    hq: Headquarters
    url: str
    folder: Path
    database: str | None

    def store(self) -> Store:
        return open_store(self.folder, database=self.database, key=STORE_KEY)

    def client(self, car: str = "car-7") -> HqClient:
        return HqClient(self.url, car, self.hq.cars[car])


def trusted(hq: Headquarters, folder: Path, database: str | None) -> None:
    """Make a store that this headquarters has certified."""
    folder.mkdir()
    with (
        closing(open_store(folder, database=database, key=STORE_KEY, create=True)) as store,
        closing(hq.store()) as theirs,
    ):
        store.upgrade()
        grant = granted(theirs, KEY, requested(store, STORE_KEY, ["localhost", "127.0.0.1"]))
        accepted(store, STORE_KEY, grant)


def serving_store(folder: Path, database: str | None, *, plain: bool) -> Serving:
    named = {"key": STORE_KEY, "switch_address": None, "policy": POLICY, "plain": plain, "database": database}
    return Serving(serve, folder, "127.0.0.1", 0, part=Part.VENDOR_STORE, **named)


def serving_hq(hq: Headquarters, url: str, *, plain: bool) -> Serving:
    named = {"key": KEY, "switch_address": None, "policy": POLICY, "plain": plain, "database": hq.database}
    return Serving(serve, hq.folder, "127.0.0.1", 0, reads_store=url, **named)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def vendor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vendor]:
    """Headquarters under Glastonbury's policy with its vendor's store, each over a database of its own."""
    server: PostgreSQL | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    base = tmp_path_factory.mktemp("store")
    hq, database = made(base / "hq", database=server.database() if server else None), server and server.database()
    trusted(hq, base / "vendor", database)
    with serving_store(base / "vendor", database, plain=True) as store:
        url = f"http://127.0.0.1:{store.port}"
        with serving_hq(hq, url, plain=True) as running:
            there = Vendor(replace(hq, url=f"http://127.0.0.1:{running.port}"), url, base / "vendor", database)
            with closing(there.store()) as inside:
                until(lambda: cars_known(inside) == ["car-7", "car-8"], "the store has not heard of the cars")
            yield there


def cars_known(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(select(tokens.c.holder).where(tokens.c.kind == "car").order_by(tokens.c.holder)))


def test_the_page_of_its_access_is_what_its_routes_say() -> None:
    """The page is current ('mdt hq access --store > docs/access-store.md')."""
    assert PAGE.read_text(encoding="utf-8") == markdown(access(STORE_ROUTERS))


@pytest.mark.clause("REC-4")
def test_reads_are_in_the_vendors_store_alone_and_records_at_headquarters_alone(vendor: Vendor) -> None:
    """A look into both databases: no bulk read at headquarters, nothing but reads at the store; hits stay records."""
    read, hit = a_past_read("VEND100"), an_event(EventKind.HIT, match="exact", category="stolen_vehicle")
    with vendor.client() as client, vendor.hq.client() as records:
        receipt = client.push_events([(read, None), (replace(hit, event_id="not-here"), None)])
        assert list(receipt.accepted) == [read.event_id]
        assert [(refused.event_id, refused.reason) for refused in receipt.refused] == [("not-here", "reads_only")]
        assert records.push_events([(hit, None)]).accepted == (hit.event_id,)
    with closing(vendor.hq.store()) as store, store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(reads)) == 0
        assert "VEND100" not in json.dumps([*connection.scalars(select(events.c.content))])
        assert connection.scalar(select(func.count()).select_from(not_kept)) == 0
    with closing(vendor.store()) as store, store.reading() as connection:
        assert list(connection.scalars(select(reads.c.event_id).where(reads.c.plate == "VEND100"))) == [read.event_id]
        assert list(connection.scalars(select(events.c.event_id).where(events.c.kind == "hit.raised"))) == []


@pytest.mark.clause("REC-4", "QRY-2", "QRY-3", "PUR-6")
def test_a_search_goes_through_headquarters_to_the_store_with_its_record_at_headquarters(vendor: Vendor) -> None:
    """What is found says where it was kept; without facts it is refused; the store's own record holds no plate."""
    with vendor.client() as client:
        client.push_events([(a_past_read("VEND200"), None)])
    with vendor.hq.desk(Role.SUPERVISOR) as desk:
        bare = asked(terms("VEND2*"), BASIS)
        refused = desk.post("/v1/searches", content=bare.model_dump_json()).json()
        assert refused["reason"] == "facts_missing"
        assert "Glastonbury Usage" in refused["words"]
        question = asked(terms("VEND2*"), WITH_FACTS)
        answer = SearchAnswer.model_validate_json(desk.post("/v1/searches", content=question.model_dump_json()).content)
    assert answer.source == "vendor_store"
    assert [line.plate for line in answer.page.lines] == ["VEND200"]
    mine = select(events.c.content).where(events.c.subject == question.search_id, events.c.car_id == OWN)
    with closing(vendor.hq.store()) as store, store.reading() as connection:
        body = json.loads(connection.scalars(mine).one())["body"]
        assert body["found"] == {"vendor_store": 1}
        assert (body["plate_data"], body["facts"]) == ({"plate": "VEND2*"}, WITH_FACTS.facts)
    with closing(vendor.store()) as store, store.reading() as connection:
        theirs = connection.scalars(mine).one()
        assert "VEND2" not in theirs
        assert json.loads(theirs)["body"]["found"] == {"vendor_store": 1}


@pytest.mark.clause("REC-4")
def test_a_car_brings_its_reads_to_the_store_and_its_records_to_headquarters(vendor: Vendor, tmp_path: Path) -> None:
    """Two links over one outbox: neither waits for the other, and the car owes nothing in the end."""
    shift = Shift(tmp_path / "store.db")
    shift.prepare()
    for plate in ("TWOLINK1", "4BXR91", "TWOLINK2"):
        shift.do(RecordRead(make_read(plate), Pictures(b"crop", b"view")))
    links = (vendor.hq.client(), Share.RECORDS), (vendor.client(), Share.READS)
    outboxes = [CoreOutbox(shift.store, shift.core.submit, share) for _, share in links]
    workers = [
        SyncWorker(client, outbox, lambda _told: None, pulls=False, head=outbox.head, device_key=shift.store.public_key)
        if share is Share.RECORDS
        else SyncWorker(client, outbox, lambda _told: None, pulls=False)
        for (client, share), outbox in zip(links, outboxes, strict=True)
    ]
    for worker in workers:
        worker.start()
    with closing(shift.store.reader()) as reader:
        until(lambda: reader.outbox.count() == 0, "the car still owes something")
        assert reader.parked() == 0
    for worker, (client, _) in zip(workers, links, strict=True):
        worker.stop()
        client.close()
    shift.core.stop()
    with closing(vendor.store()) as store, store.reading() as connection:
        mine = select(reads.c.plate).where(reads.c.plate.in_(["TW0LINK1", "4BXR91", "TW0LINK2"]))
        assert sorted(connection.scalars(mine)) == ["4BXR91", "TW0LINK1", "TW0LINK2"]
    with closing(vendor.hq.store()) as store, store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(reads)) == 0
        assert connection.scalar(select(func.count()).where(events.c.kind == "hit.raised", events.c.car_id == "car-7"))


@pytest.mark.clause("REC-4")
def test_a_fixed_readers_bulk_reads_go_to_the_store_too(vendor: Vendor) -> None:
    """The reader knows headquarters alone, which brings its reads to the store and keeps none."""
    with vendor.hq.desk() as desk:
        new = {"reader_id": "pole-1", "kind": "axis", "area": "Main St"}
        token = desk.post("/v1/readers", json=new).json()["token"]
    now = datetime.now(UTC).isoformat()
    said = {"reads": [{"read_id": "pole-read-1", "captured_at": now, "text": "POLE100", "state": "CT"}]}
    with vendor.hq.http(token) as http:
        for _ in range(2):
            assert http.post("/v1/readers/pole-1/reads", json=said).json() == {"reads": 1, "hits": 0}
    where = select(reads.c.car_id).where(reads.c.event_id == "pole-read-1")
    with closing(vendor.store()) as store, store.reading() as connection:
        assert list(connection.scalars(where)) == ["reader:pole-1"]
    with closing(vendor.hq.store()) as store, store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(reads)) == 0


@pytest.mark.parametrize(
    ("path", "car", "desk"),
    [
        ("/v1/store/reads", 403, 401),
        ("/v1/store/retention", 403, 401),
        ("/v1/searches", 404, 404),
        ("/v1/hits", 404, 404),
    ],
)
def test_nobody_but_headquarters_asks_the_store(vendor: Vendor, path: str, car: int, desk: int) -> None:
    """A car's token is refused, a desk's is unknown there; headquarters' routes are not served."""
    method = "GET" if path.endswith("retention") else "POST"
    for token, status in ((vendor.hq.cars["car-7"], car), (vendor.hq.desks[Role.ADMINISTRATOR], desk)):
        with httpx2.Client(base_url=vendor.url, headers={"authorization": f"Bearer {token}"}) as http:
            assert http.request(method, path, json={}).status_code == status


@pytest.mark.clause("REC-2", "REC-3")
def test_retention_at_the_store_spares_what_a_case_at_headquarters_holds(vendor: Vendor) -> None:
    """Headquarters tells the store what is held; the rest goes after the policy's days, with a signed count."""
    held, gone = a_past_read("VENDHELD"), a_past_read("VENDGONE")
    with vendor.client() as client:
        client.push_events([(held, None), (gone, None)])
    now = datetime.now(UTC)
    row = {"car_id": "car-7", "case_number": "26-1183", "subject": held.subject, "taken_by": "rdoe", "at": now}
    with closing(vendor.hq.store()) as store, store.writing() as connection:
        connection.execute(insert(holds).values(row))
    with closing(vendor.store()) as store:

        def told() -> bool:
            with store.reading() as connection:
                return held.subject in connection.scalars(select(holds.c.subject)).all()

        until(told, "the store has not heard of the case")
        old = keeping.cutoff(POLICY.retention, now) - timedelta(days=1)
        with store.writing() as connection:
            mine = reads.c.subject.in_([held.subject, gone.subject])
            connection.execute(update(reads).where(mine).values(received_at=old))
        counts = keeping.purge_by_hand(store, POLICY.retention, ReceiptMaker(STORE_KEY), now, "test", "a test")
        assert counts.reads == 1
        with store.reading() as connection:
            assert list(connection.scalars(select(reads.c.plate).where(mine))) == ["VENDHELD"]


def test_a_store_that_is_out_of_reach_is_said_and_nothing_is_found(tmp_path: Path) -> None:
    """Headquarters does not answer 'none': it says that the store could not be searched."""
    hq = made(tmp_path / "hq")
    with serving_hq(hq, "http://127.0.0.1:9", plain=True) as running:
        there = replace(hq, url=f"http://127.0.0.1:{running.port}")
        with there.desk(Role.SUPERVISOR) as desk:
            answer = desk.post("/v1/searches", content=asked(terms("ANY100"), WITH_FACTS).model_dump_json())
    assert (answer.status_code, answer.json()["reason"]) == (409, "reads_out_of_reach")


def test_over_tls_the_agencys_authority_is_all_that_both_ends_trust(tmp_path: Path) -> None:
    """A car that was enrolled at headquarters brings reads with its own certificate; a revoked one is turned away."""
    hq = made(tmp_path / "hq")
    trusted(hq, tmp_path / "vendor", None)
    with serving_store(tmp_path / "vendor", None, plain=False) as store:
        url = f"https://127.0.0.1:{store.port}"
        with serving_hq(hq, url, plain=False) as running:
            there = replace(hq, url=f"https://127.0.0.1:{running.port}")
            car, other = enrolled(there, "car-7"), enrolled(there, "car-9")
            there.cars["car-7"] = car.token
            with client_of(car, url) as client, client_of(other, url) as revoked:
                until(lambda: sends(client), "the store does not know the car")
                until(lambda: sends(revoked), "the store does not know the other car")
                with desk_over_tls(there, Role.ADMINISTRATOR) as desk:
                    why = {"reason": "the laptop was stolen"}
                    assert desk.post("/v1/devices/car-9/revocation", json=why).is_success
                until(lambda: not sends(revoked), "a revoked car still brings reads")
                assert sends(client)
            with desk_over_tls(there, Role.SUPERVISOR) as desk:
                found = desk.post("/v1/searches", content=asked(terms("TLSREAD"), WITH_FACTS).model_dump_json())
            assert found.json()["source"] == "vendor_store"
            assert found.json()["page"]["count"] >= 2


def sends(client: HqClient) -> bool:
    try:
        return bool(client.push_events([(a_past_read("TLSREAD"), None)]).accepted)
    except Exception as fault:
        if type(fault).__name__ in ("HqRefused", "HqUnreachable"):
            return False
        raise


def test_the_commands_make_a_store_that_headquarters_certifies(tmp_path: Path) -> None:
    """request, grant and accept by files; a grant for another request is refused and changes nothing."""
    run, made_by = CliRunner(), ("--key-file",)
    vendor, other, hq = (str(tmp_path / name) for name in ("vendor", "other", "hq"))
    assert run.invoke(app, ["hq", "init", "--folder", hq, "--ori", "CT0010000", *made_by]).exit_code == 0

    def line(*words: str) -> Path:
        said = run.invoke(app, ["hq", "reads-store", *words, *made_by])
        assert said.exit_code == 0, said.output
        path = tmp_path / f"{len(list(tmp_path.glob('*.json')))}.json"
        path.write_text(next(told for told in said.stdout.splitlines() if told.startswith("{")))
        return path

    request = line("request", "--folder", vendor, "--host", "reads.vendor.example")
    grant = line("grant", "--folder", hq, str(request))
    line("request", "--folder", other, "--host", "reads.vendor.example")
    refused = run.invoke(app, ["hq", "reads-store", "accept", "--folder", other, str(grant), *made_by])
    assert isinstance(refused.exception, BadInput | SystemExit)
    done = run.invoke(app, ["hq", "reads-store", "accept", "--folder", vendor, str(grant), *made_by])
    assert "takes the bulk reads of CT0010000" in done.output
    wrong = run.invoke(app, ["hq", "reads-store", "grant", "--folder", hq, str(tmp_path / "none.json"), *made_by])
    assert wrong.exit_code != 0
