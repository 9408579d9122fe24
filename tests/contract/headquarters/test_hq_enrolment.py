"""A car's identity: enrolled by a one-time code, certificate and signature on every request, revoked, ordered about."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from sqlalchemy import select, update

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, MdtError, Refused, StorageFault
from mdt_app.domain.orders import Order, OrderKind, OrderState
from mdt_app.hq.authority import SERVER_DAYS, Authority
from mdt_app.hq.enrolment import ATTEMPTS_MOST, EnrolmentOffice, revoke
from mdt_app.hq.main import initialise, public_key
from mdt_app.hq.orders import device_views, order
from mdt_app.hq.tables import certificates, device_acts, enrolment_codes
from mdt_app.services.device_keys import SIGNATURE_HEADER, DeviceKey, signed_text
from mdt_app.services.enrolment_proofs import Code, car_proof, headquarters_proof, new_code
from mdt_app.services.tls import blind, car_context, trusting
from mdt_app.sync.client import HqRefused, HqUnreachable
from mdt_app.sync.enrol import enrol
from mdt_app.sync.identity import CarIdentity, kept_identity
from mdt_app.sync.identity_wire import OrderReport
from mdt_app.sync.orders import OrderFollower
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.enrolled import (
    MemoryVault,
    a_code,
    client_of,
    database_of,
    desk_over_tls,
    enrolled,
    over_tls,
    turned_away,
)
from tests.fakes.headquarters import KEY, ORI, Headquarters, MemoryOutbox, an_event, until


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """Headquarters over TLS."""
    with over_tls(tmp_path_factory.mktemp("tls")) as hq:
        yield hq


@pytest.fixture(scope="module")
def car(there: Headquarters) -> CarIdentity:
    """car-7, enrolled."""
    return enrolled(there)


@pytest.fixture(scope="module")
def other(there: Headquarters) -> CarIdentity:
    """car-8, enrolled."""
    return enrolled(there, "car-8")


def bare(there: Headquarters, context: ssl.SSLContext) -> httpx2.Client:
    """An HTTP client with nothing but this context."""
    return httpx2.Client(base_url=there.url, verify=context, trust_env=False)


def test_an_enrolled_car_pushes_and_pulls_over_mutual_tls(there: Headquarters, car: CarIdentity) -> None:
    """What enrolment gave is enough for all that a car does; its settings lines name it and headquarters."""
    event = an_event()
    with client_of(car) as client:
        assert client.push_events([(event, None)]).accepted == (event.event_id,)
        assert client.fetch_confirmations(0) == ()
        assert client.fetch_accounts()
        assert client.fetch_confirmations(0) == ()
    assert car.settings_lines() == (
        'car_id = "car-7"',
        f'ori = "{ORI}"',
        f'headquarters = "{there.url}"',
        f'headquarters_key = "{public_key(KEY)}"',
    )


def test_only_tls_1_3_is_spoken(there: Headquarters, car: CarIdentity) -> None:
    """A client that knows TLS 1.2 at most gets no connection; plain HTTP neither."""
    context = blind()
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    with bare(there, context) as http, pytest.raises(httpx2.HTTPError):
        http.get("/v1/health")
    with httpx2.Client(trust_env=False) as http, pytest.raises(httpx2.HTTPError):
        http.get(there.url.replace("https", "http") + "/v1/health")
    with bare(there, trusting(car.authority)) as http:
        assert http.get("/v1/health").status_code == 200


def test_the_identity_is_kept_in_the_vault_and_found_there(there: Headquarters) -> None:
    """A restart needs no code; a damaged identity is said in words."""
    vault = MemoryVault()
    made = enrol(there.url, a_code(there, "car-restart"), vault)
    found = kept_identity(vault)
    assert found is not None
    assert (found.car_id, found.token, found.key.to_der()) == (made.car_id, made.token, made.key.to_der())
    assert kept_identity(MemoryVault()) is None
    vault.kept["identity"] = vault.kept["identity"][:-9]
    with pytest.raises(BadInput, match="Enrol the car again"):
        kept_identity(vault)


def stolen(car: CarIdentity, other: CarIdentity) -> dict[str, tuple[CarIdentity, str]]:
    """Identities that are wrong in one part each, and the reason by which each is refused."""
    return {
        "token of the other": (replace(car, token=other.token), "other_car"),
        "token made up": (replace(car, token="x" * 43), "no_identity"),
        "certificate of the other": (replace(car, certificate=other.certificate, key=other.key), "wrong_certificate"),
        "everything of the other but the address": (replace(other, car_id="car-7"), "other_car"),
    }


WRONG = ("token of the other", "token made up", "certificate of the other", "everything of the other but the address")


@pytest.mark.parametrize("what", WRONG)
def test_another_cars_token_or_certificate_alone_is_not_enough(
    there: Headquarters, car: CarIdentity, other: CarIdentity, what: str
) -> None:
    """Every part has to be this very car's; what is wrong is on record, and with its own parts it comes in."""
    wrong, reason = stolen(car, other)[what]
    before = sum(times for (_, why), times in turned_away(there).items() if why == reason)
    with client_of(wrong) as client, pytest.raises(HqRefused) as refused:
        client.push_events([(an_event(), None)])
    assert refused.value.reason == reason
    assert sum(times for (_, why), times in turned_away(there).items() if why == reason) == before + 1
    with client_of(car) as client:
        assert not client.push_events([(an_event(), None)]).refused


def test_a_car_without_a_certificate_is_refused(there: Headquarters, car: CarIdentity) -> None:
    """Token and signature without the certificate: 401; a token of a car that never enrolled: 401."""
    with bare(there, trusting(car.authority)) as http:
        mine = http.get("/v1/hotlists", headers={"authorization": f"Bearer {car.token}"})
        http.headers["authorization"] = f"Bearer {issue(there, 'car-token-only')}"
        never = http.get("/v1/hotlists")
    assert [(answer.status_code, answer.json()["reason"]) for answer in (mine, never)] == [
        (401, "wrong_certificate"),
        (401, "not_enrolled"),
    ]


def issue(there: Headquarters, car_id: str) -> str:
    """Give out a bare token, as `mdt hq car` does."""
    from mdt_app.hq.main import issue_car_token

    return issue_car_token(there.folder, key=KEY, car_id=car_id)


def test_each_message_carries_the_devices_signature(there: Headquarters, car: CarIdentity, other: CarIdentity) -> None:
    """None, another key's, over another body or for another address: refused. Its own is taken."""
    path, body = "/v1/cars/car-7/events", b'{"events":[]}'
    right = car.key.sign(signed_text("POST", path, body))
    wrong = [
        "",
        "no base64",
        other.key.sign(signed_text("POST", path, body)),
        car.key.sign(signed_text("POST", path, body + b" ")),
        car.key.sign(signed_text("POST", path + "?x=1", body)),
        car.key.sign(signed_text("GET", path, body)),
    ]
    context = car_context(car.authority, car.certificate, car.key)
    with bare(there, context) as http:
        http.headers["authorization"] = f"Bearer {car.token}"
        for signature in wrong:
            answer = http.post(path, content=body, headers={SIGNATURE_HEADER: signature})
            assert (answer.status_code, answer.json()["reason"]) == (401, "bad_signature")
        # The empty batch is understood now, and refused for what it is.
        assert http.post(path, content=body, headers={SIGNATURE_HEADER: right}).json()["reason"] == "malformed"


def test_a_code_is_good_once(there: Headquarters) -> None:
    """A second car that types the same code is refused and on record; the first one's identity holds."""
    code = a_code(there, "car-once")
    first = enrol(there.url, code, MemoryVault())
    vault = MemoryVault()
    with pytest.raises(Refused):
        enrol(there.url, code, vault)
    assert not vault.kept
    assert turned_away(there)["car-once", "used_code"] == 1
    with client_of(first) as client:
        assert client.fetch_confirmations(0) == ()


def test_a_lost_reply_is_answered_again_with_one_effect(there: Headquarters, monkeypatch: pytest.MonkeyPatch) -> None:
    """The car that did not hear its certificate sends the same claim again: one enrolment, and it comes in."""
    lost = []
    read = httpx2.Response.iter_bytes

    def losing(self: httpx2.Response) -> Iterator[bytes]:
        content = [*read(self)]
        if self.url.path.endswith("/claim") and not lost:
            lost.append(content)
            raise httpx2.ReadError("cut")
        return iter(content)

    monkeypatch.setattr(httpx2.Response, "iter_bytes", losing)
    identity = enrolled(there, "car-lost-reply")
    monkeypatch.undo()
    assert lost
    with client_of(identity) as client:
        assert client.fetch_confirmations(0) == ()
    with database_of(there) as store, store.reading() as connection:
        query = select(device_acts.c.act).where(device_acts.c.car_id == "car-lost-reply")
        assert list(connection.scalars(query)) == ["code_given", "enrolled"]


def test_a_code_ends_by_time_by_a_newer_one_and_by_wrong_proofs(there: Headquarters) -> None:
    """Each is refused before anything is issued; five wrong proofs end a code even for who knows it."""
    old = a_code(there, "car-codes")
    code = a_code(there, "car-codes")
    with pytest.raises(Refused):
        enrol(there.url, old, MemoryVault())
    with database_of(there) as store, store.writing() as connection:
        this = enrolment_codes.c.code_id == Code(code).code_id
        late = {"expires_at": datetime.now(UTC) - timedelta(seconds=1)}
        connection.execute(update(enrolment_codes).where(this).values(late))
    with pytest.raises(Refused):
        enrol(there.url, code, MemoryVault())
    guessed = a_code(there, "car-codes")
    request = DeviceKey.new().request().hex()
    claim = {"code_id": Code(guessed).code_id, "nonce": "0" * 64, "request": request, "proof": "f" * 64}
    with bare(there, blind()) as http:
        for _ in range(ATTEMPTS_MOST):
            assert http.post("/v1/enrolment/claim", json=claim).json()["reason"] == "wrong_proof"
        assert http.post("/v1/enrolment/claim", json=claim).json()["reason"] == "unknown_code"
    with pytest.raises(Refused):
        enrol(there.url, guessed, MemoryVault())
    assert turned_away(there)["car-codes", "wrong_proof"] == ATTEMPTS_MOST


def test_a_request_that_is_none_uses_no_code(there: Headquarters) -> None:
    """Rubbish, or a key of another kind, with the right proof is 422, and the code is still good."""
    code = a_code(there, "car-rubbish")
    known, nonce = Code(code), "1" * 64
    with bare(there, blind()) as http:
        for request in (b"rubbish", DeviceKey.new().request()[:-4]):
            proof = car_proof(known.secret, nonce, request, "")
            claim = {"code_id": known.code_id, "nonce": nonce, "request": request.hex(), "proof": proof}
            answer = http.post("/v1/enrolment/claim", json=claim)
            assert (answer.status_code, answer.json()["reason"]) == (422, "bad_device")
    assert enrol(there.url, code, MemoryVault()).car_id == "car-rubbish"


def test_the_code_itself_stands_nowhere(there: Headquarters) -> None:
    """Neither code nor secret is in the database in the open; what is typed may have blanks, small letters, O for 0."""
    code = a_code(there, "car-typed")
    with database_of(there) as store, store.reading() as connection:
        row = connection.execute(select(enrolment_codes).where(enrolment_codes.c.car_id == "car-typed")).one()
    assert Code(code).secret not in row.sealed_secret
    assert code.replace("-", "") not in str(tuple(row))
    typed = f"  {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert Code(typed).secret == Code(code).secret
    for wrong in ("", code[:-1], code + "7", code.replace(code[0], "U")):
        with pytest.raises(BadInput):
            Code(wrong)
    assert len({new_code() for _ in range(100)}) == 100


def test_no_part_of_a_proof_can_be_moved_into_another() -> None:
    """Proofs differ by each part, by which end makes them, and where parts are cut."""
    secret = b"k" * 32
    proofs = {
        headquarters_proof(secret, "n", b"ab", b"c"),
        headquarters_proof(secret, "n", b"a", b"bc"),
        headquarters_proof(secret, "m", b"ab", b"c"),
        headquarters_proof(b"j" * 32, "n", b"ab", b"c"),
        car_proof(secret, "n", b"ab", "c"),
    }
    assert len(proofs) == 5


def test_a_car_that_is_enrolled_again_has_one_identity(there: Headquarters) -> None:
    """The older certificate and token end with the new one, and no earlier: a code alone changes nothing."""
    first = enrolled(there, "car-again")
    code = a_code(there, "car-again")
    with client_of(first) as client:
        assert client.fetch_confirmations(0) == ()
    second = enrol(there.url, code, MemoryVault())
    with client_of(first) as client, pytest.raises(HqRefused):
        client.fetch_confirmations(0)
    with client_of(replace(first, token=second.token)) as client, pytest.raises(HqRefused) as refused:
        client.fetch_confirmations(0)
    assert refused.value.reason == "wrong_certificate"
    with client_of(second) as client:
        assert client.fetch_confirmations(0) == ()


def test_a_revoked_car_gets_its_orders_and_nothing_else(there: Headquarters) -> None:
    """From the moment of revocation every route is 403 but the orders; the act is on record with its reason."""
    car = enrolled(there, "car-stolen")
    with database_of(there) as store, client_of(car) as client:
        assert client.fetch_confirmations(0) == ()
        revoke(store, "car-stolen", "stolen", "admin1")
        with pytest.raises(HqRefused) as refused:
            client.push_events([(an_event(), None)])
        assert refused.value.reason == "revoked"
        with pytest.raises(HqRefused):
            client.fetch_accounts()
        number = order(store, "car-stolen", OrderKind.WIPE, "stolen", "admin1")
        assert len(client.fetch_orders()) == 1
        client.report_order(number, OrderReport(state=OrderState.DONE))
        assert client.fetch_orders() == ()
        with pytest.raises(BadInput):
            revoke(store, "car-stolen", "again", "admin1")
        with store.reading() as connection:
            query = select(device_acts.c.act, device_acts.c.detail).where(device_acts.c.car_id == "car-stolen")
            assert ("revoked", "stolen") in [tuple(row) for row in connection.execute(query)]


class Obedient:
    """What the car does on an order, written down."""

    def __init__(self) -> None:
        self.done: list[tuple[int, OrderKind]] = []
        self.fails = False

    def __call__(self, ordered: Order) -> str:
        if self.fails:
            raise StorageFault("The store did not commit.")
        self.done.append((ordered.number, ordered.kind))
        return "obeyed"


def states(there: Headquarters, car_id: str) -> list[OrderState | None]:
    """How far a car's orders are, as a desk sees them."""
    with database_of(there) as store:
        (view,) = [view for view in device_views(store).devices if view.car_id == car_id]
    return [ordered.state for ordered in view.orders]


def test_orders_are_obeyed_once_in_their_order_and_confirmed(there: Headquarters) -> None:
    """Lock, release and wipe come in their order; a failure is told and tried again; an old one is not obeyed again."""
    car, obedient = enrolled(there, "car-orders"), Obedient()
    kinds = (OrderKind.LOCK, OrderKind.RELEASE, OrderKind.WIPE)
    with database_of(there) as store, client_of(car) as client:
        numbers = [order(store, "car-orders", kind, "test", "admin1") for kind in kinds]
        assert states(there, "car-orders") == [None] * 3
        follower = OrderFollower(client, "car-orders", car.headquarters_key, obedient)
        obedient.fails = True
        follower.turn()
        assert states(there, "car-orders") == [OrderState.FAILED] * 3
        obedient.fails = False
        follower.turn()
        follower.turn()
        assert obedient.done == list(zip(numbers, kinds, strict=True))
        assert states(there, "car-orders") == [OrderState.DONE] * 3
        after_restart = OrderFollower(client, "car-orders", car.headquarters_key, obedient, numbers[-1])
        order(store, "car-orders", OrderKind.LOCK, "test", "admin1")
        after_restart.turn()
        assert obedient.done[3:] == [(numbers[-1] + 1, OrderKind.LOCK)]
        with pytest.raises(BadInput):
            order(store, "no-such-car", OrderKind.WIPE, "test", "admin1")


def test_an_order_that_is_forged_or_for_another_car_is_not_obeyed(there: Headquarters) -> None:
    """Another signer, changed words, another car's order, and one that headquarters does not know: nothing is done."""
    car, obedient = enrolled(there, "car-forged"), Obedient()
    stranger = public_key(bytes(32))
    with database_of(there) as store, client_of(car) as client:
        number = order(store, "car-forged", OrderKind.LOCK, "test", "admin1")
        assert "not signed" in OrderFollower(client, "car-forged", stranger, obedient).turn()
        assert "another car" in OrderFollower(client, "car-9", car.headquarters_key, obedient).turn()
        (signed,) = client.fetch_orders()
        forged = signed.model_copy(update={"content": signed.content.replace('"lock"', '"wipe"')})
        follower = OrderFollower(client, "car-forged", car.headquarters_key, obedient)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(client, "fetch_orders", lambda: (forged,))
            assert "not signed" in follower.turn()
        with pytest.raises(HqRefused):
            client.report_order(number + 100, OrderReport(state=OrderState.DONE))
        assert obedient.done == []
        # Negative control: the same order as headquarters signed it is obeyed, also behind a forged one.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(client, "fetch_orders", lambda: (forged, signed))
            assert "not signed" in follower.turn()
        assert obedient.done == [(number, OrderKind.LOCK)]


def test_a_wipe_waits_until_headquarters_has_heard_of_it(there: Headquarters) -> None:
    """Without a link in the moment of obeying nothing is destroyed; at the next contact it is."""
    car, obedient = enrolled(there, "car-wipe"), Obedient()
    with database_of(there) as store, client_of(car) as client:
        order(store, "car-wipe", OrderKind.WIPE, "stolen", "admin1")
        follower = OrderFollower(client, "car-wipe", car.headquarters_key, obedient)
        with pytest.MonkeyPatch.context() as patch:
            unreachable = HqUnreachable("cut")

            def cut(*_: object) -> None:
                raise unreachable

            patch.setattr(client, "report_order", cut)
            with pytest.raises(HqUnreachable):
                follower.turn()
        assert obedient.done == []
        follower.turn()
        assert [kind for _, kind in obedient.done] == [OrderKind.WIPE]


def test_the_sync_obeys_before_anything_else_also_in_a_revoked_car(there: Headquarters) -> None:
    """A revoked car with a full outbox gets its wipe at the next contact, and none of its events is taken."""
    car, obedient, outbox = enrolled(there, "car-worker"), Obedient(), MemoryOutbox()
    outbox.put(an_event())
    with database_of(there) as store, client_of(car) as client:
        order(store, "car-worker", OrderKind.WIPE, "stolen", "admin1")
        revoke(store, "car-worker", "stolen", "admin1")
        follower = OrderFollower(client, "car-worker", car.headquarters_key, obedient)
        pace = Pace(push_every_s=0.05, retry_base_s=0.05, retry_most_s=0.1)
        worker = SyncWorker(client, outbox, lambda _message: None, pace=pace, before_all=follower.turn)
        worker.start()
        until(lambda: obedient.done, "the order is not obeyed")
        until(lambda: states(there, "car-worker") == [OrderState.DONE], "the order is not confirmed")
        worker.stop()
    assert outbox.count() == 1
    assert not outbox.parked


def test_desks_manage_devices_over_tls_with_a_token(there: Headquarters) -> None:
    """A desk needs no certificate: it gives out a code, sees the car, orders and revokes; what does not fit is 4xx."""
    with desk_over_tls(there, Role.ADMINISTRATOR) as desk:
        made = desk.post("/v1/devices/car-desk/enrolment").json()
        enrol(there.url, made["code"], MemoryVault(), audit_key="ab" * 32)
        assert desk.post("/v1/devices/car-desk/orders", json={"kind": "lock", "reason": "lost"}).status_code == 200
        assert desk.post("/v1/devices/car-desk/revocation", json={"reason": "lost"}).status_code == 200
        (seen,) = [one for one in desk.get("/v1/devices").json()["devices"] if one["car_id"] == "car-desk"]
        assert (seen["audit_key"], seen["orders"][0]["kind"], bool(seen["revoked_at"])) == ("ab" * 32, "lock", True)
        assert desk.post("/v1/devices/nobody/orders", json={"kind": "lock", "reason": "x"}).status_code == 404
        assert desk.post("/v1/devices/nobody/revocation", json={"reason": "x"}).status_code == 404
        assert desk.post("/v1/devices/" + "x" * 99 + "/enrolment").status_code == 422


def test_the_server_certificate_names_its_hosts_and_is_renewed_before_it_ends(tmp_path: Path) -> None:
    """`init` with hosts makes it anew, without keeps it; near its end `serve` makes another; the authority stays."""
    initialise(tmp_path, database=None, key=KEY, agency_ori=ORI, hosts=["hq.example.org", "10.1.2.3"])
    hq = Headquarters(tmp_path, "", {}, {})
    with database_of(hq) as store:
        authority = Authority(store, KEY)
        root, first = authority.root(), authority.server(datetime.now(UTC))
        names = first.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.DNSName) == ["hq.example.org", "localhost"]
        assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == ["10.1.2.3", "127.0.0.1", "::1"]
        first.certificate.verify_directly_issued_by(root.certificate)
        initialise(tmp_path, database=None, key=KEY, agency_ori=ORI)
        assert authority.server(datetime.now(UTC)).der == first.der
        near = datetime.now(UTC) + timedelta(days=SERVER_DAYS - 20)
        renewed = authority.server(near)
        assert (renewed.der != first.der, authority.root().der == root.der) == (True, True)
        same = renewed.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert same == names
        with pytest.raises(BadInput):
            initialise(tmp_path, database=None, key=KEY, agency_ori=ORI, hosts=["https://hq"])


def test_the_authoritys_key_is_sealed_by_headquarters_key(tmp_path: Path) -> None:
    """The database holds no private key in the open, and another key of headquarters' opens none."""
    initialise(tmp_path, database=None, key=KEY, agency_ori=ORI)
    with database_of(Headquarters(tmp_path, "", {}, {})) as store:
        plain = Authority(store, KEY).root().key.to_der()
        with store.reading() as connection:
            sealed = connection.scalar(select(certificates.c.sealed_key).where(certificates.c.name == "authority"))
        assert plain not in sealed
        assert plain[-32:] not in sealed
        with pytest.raises(StorageFault, match="another key"):
            Authority(store, bytes(32)).root()


def test_a_car_is_enrolled_over_tls_alone(there: Headquarters, hq: Headquarters) -> None:
    """An http address is refused in the car, and a headquarters without TLS refuses too."""
    with pytest.raises(BadInput, match="https"):
        enrol("http://127.0.0.1:1", a_code(there, "car-plain"), MemoryVault())
    with hq.http() as http:
        hello = {"code_id": "0" * 64, "nonce": "0" * 64}
        claim = {**hello, "request": "00", "proof": "0" * 64}
        assert http.post("/v1/enrolment/hello", json=hello).json()["reason"] == "no_tls"
        assert http.post("/v1/enrolment/claim", json=claim).json()["reason"] == "no_tls"


def test_nobody_there_is_said_in_words() -> None:
    """An address where nobody listens ends in words, and nothing is kept."""
    vault = MemoryVault()
    with pytest.raises(MdtError, match="can't be reached"):
        enrol("https://127.0.0.1:1", new_code(), vault)
    assert not vault.kept


def test_what_the_audit_key_was_is_part_of_the_proof(there: Headquarters) -> None:
    """A claim whose trail key was changed on the way is refused: it goes into the witness of the trail."""
    code = Code(a_code(there, "car-audit"))
    nonce, request = "2" * 64, DeviceKey.new().request()
    proof = car_proof(code.secret, nonce, request, "ab" * 32)
    claim = {"code_id": code.code_id, "nonce": nonce, "request": request.hex(), "proof": proof}
    with bare(there, blind()) as http:
        assert http.post("/v1/enrolment/claim", json=claim | {"audit_key": "cd" * 32}).status_code == 403
        done = http.post("/v1/enrolment/claim", json=claim | {"audit_key": "ab" * 32})
    assert done.status_code == 200
    with database_of(there) as store:
        seen = {view.car_id: view.audit_key for view in device_views(store).devices}
        office = EnrolmentOffice(store, KEY)
        with pytest.raises(BadInput):
            office.give_code("no blanks please", "admin1")
    assert seen["car-audit"] == "ab" * 32
