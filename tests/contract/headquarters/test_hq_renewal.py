"""A car's certificate renewed in time: over its present identity, never locked out, and the old one refused after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import select, update

from mdt_app.hq.tables import device_acts, devices
from mdt_app.services.device_keys import SIGNATURE_HEADER, DeviceKey, signed_text
from mdt_app.services.tls import car_context
from mdt_app.sync.client import HqClient, HqRefused, HqUnreachable
from mdt_app.sync.enrol import enrol
from mdt_app.sync.identity import CarIdentity, keep_identity, kept_identity
from mdt_app.sync.identity_wire import RenewalDone
from mdt_app.sync.renewal import RENEW_DAYS, Renewal
from tests.fakes.chained import a_chain
from tests.fakes.enrolled import MemoryVault, a_code, client_of, database_of, enrolled, over_tls, turned_away
from tests.fakes.headquarters import Headquarters


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """Headquarters over TLS."""
    with over_tls(tmp_path_factory.mktemp("renewal")) as hq:
        yield hq


def ends_soon(there: Headquarters, car: CarIdentity, days: int = 30) -> None:
    """Headquarters' record says that the certificate has so many days left."""
    with database_of(there) as store, store.writing() as connection:
        until = datetime.now(UTC) + timedelta(days=days)
        connection.execute(update(devices).where(devices.c.car_id == car.car_id).values(expires_at=until))


def soon() -> datetime:
    """A time at which a new certificate has little left."""
    return datetime.now(UTC) + timedelta(days=3 * 365 - RENEW_DAYS + 1)


def vault_of(car: CarIdentity) -> MemoryVault:
    vault = MemoryVault()
    keep_identity(vault, car)
    return vault


def acts(there: Headquarters, car: CarIdentity) -> list[str]:
    with database_of(there) as store, store.reading() as connection:
        of_car = select(device_acts.c.act).where(device_acts.c.car_id == car.car_id)
        return list(connection.scalars(of_car.order_by(device_acts.c.position)))


def comes_in(car: CarIdentity) -> str:
    """Empty, or why headquarters turns the car away."""
    with client_of(car) as client:
        try:
            client.fetch_confirmations(0)
        except HqRefused as fault:
            return fault.reason
    return ""


def test_a_renewed_identity_follows_and_the_old_one_ends_with_its_first_use(there: Headquarters) -> None:
    """Before the new one is shown the old one is let in; from then on it is refused, and all is on record."""
    car = enrolled(there, "car-renewed")
    ends_soon(there, car)
    vault = vault_of(car)
    with client_of(car) as client:
        renewal = Renewal(client, vault, car, soon)
        assert renewal.turn() == ""
        assert renewal.turn() == ""  # once is enough
        assert comes_in(car) == ""
    following = kept_identity(vault)
    assert following is not None
    assert following.certificate != car.certificate
    assert following.key.to_der() != car.key.to_der()
    assert (following.token, following.package_key) == (car.token, car.package_key)
    assert comes_in(following) == ""
    assert comes_in(car) == "wrong_certificate"
    assert comes_in(following) == ""
    assert acts(there, car) == ["code_given", "enrolled", "renewal_issued", "renewed"]


def test_a_lost_reply_is_asked_for_again_with_the_same_key(
    there: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reply is lost after the commit, and the car restarts: one certificate, one new key, and it works."""
    car = enrolled(there, "car-lost-reply")
    ends_soon(there, car)
    vault = vault_of(car)
    asked: list[RenewalDone] = []
    right = HqClient.renew

    def losing(self: HqClient, request: bytes) -> RenewalDone:
        asked.append(right(self, request))
        raise HqUnreachable("lost")

    monkeypatch.setattr(HqClient, "renew", losing)
    with client_of(car) as client, suppress(HqUnreachable):
        Renewal(client, vault, car, soon).turn()
    assert kept_identity(vault).certificate == car.certificate
    assert comes_in(car) == ""
    monkeypatch.setattr(HqClient, "renew", right)
    with client_of(car) as client:
        assert Renewal(client, vault, car, soon).turn() == ""
    following = kept_identity(vault)
    assert following.certificate == asked[0].certificate
    assert comes_in(following) == ""


def test_it_is_not_renewed_while_it_holds_for_long(there: Headquarters) -> None:
    """A car does not ask early; one that does is refused, and so is the present key once more."""
    car = enrolled(there, "car-early")
    vault = vault_of(car)
    with client_of(car) as client:
        assert Renewal(client, vault, car).turn() == ""
        assert kept_identity(vault).certificate == car.certificate
        assert "could not be renewed" in Renewal(client, vault, car, soon).turn()
        with pytest.raises(HqRefused) as early:
            client.renew(DeviceKey.new().request())
        assert early.value.reason == "renewed_early"
        ends_soon(there, car)
        for request in (car.key.request(), b"\x00\x01"):
            with pytest.raises(HqRefused) as refused:
                client.renew(request)
            assert refused.value.reason == "bad_device"


def test_nobody_else_gets_a_cars_next_certificate(there: Headquarters) -> None:
    """Another car at this one's address is refused; a certificate that is not right is not kept."""
    car, other = enrolled(there, "car-mine"), enrolled(there, "car-other")
    ends_soon(there, car)
    with client_of(replace(other, car_id="car-mine")) as client, pytest.raises(HqRefused) as foreign:
        client.renew(DeviceKey.new().request())
    assert foreign.value.reason == "other_car"
    vault = vault_of(car)

    class Wrong:
        def renew(self, _request: bytes) -> RenewalDone:
            return RenewalDone(certificate=other.certificate)

    assert "could not be renewed" in Renewal(Wrong(), vault, car, soon).turn()
    assert kept_identity(vault).certificate == car.certificate


def test_a_request_to_read_is_signed_as_well(there: Headquarters) -> None:
    """Token and certificate without the device's signature of this very address: 401, on record; with it, 200."""
    car = enrolled(there, "car-reads")
    context = car_context(car.authority, car.certificate, car.key)
    path = "/v1/hotlists"
    wrong = [
        "",
        car.key.sign(signed_text("GET", "/v1/false-hits", b"")),
        DeviceKey.new().sign(signed_text("GET", path, b"")),
    ]
    with httpx2.Client(base_url=there.url, verify=context, trust_env=False) as http:
        http.headers["authorization"] = f"Bearer {car.token}"
        for signature in wrong:
            answer = http.get(path, headers={SIGNATURE_HEADER: signature})
            assert (answer.status_code, answer.json()["reason"]) == (401, "bad_signature")
        right = {SIGNATURE_HEADER: car.key.sign(signed_text("GET", path, b""))}
        assert http.get(path, headers=right).status_code == 200
    assert turned_away(there)["car-reads", "bad_signature"] == len(wrong)


def test_the_trails_key_is_the_one_that_the_enrolment_named(there: Headquarters) -> None:
    """A head signed by any other key than the enrolled one is refused from the first batch on; its own is taken."""
    rows, head = a_chain("car", 3)
    car = enrol(there.url, a_code(there, "car-audit"), MemoryVault(), audit_key=head.public_key)
    false_rows, false_head = a_chain("car", 3)
    with client_of(car) as client:
        refused = client.push_events(false_rows, head=false_head).refused
        assert {refusal.reason for refusal in refused} == {"device_key_changed"}
        unsigned = client.push_events(false_rows).refused
        assert {refusal.reason for refusal in unsigned} == {"head_not_signed"}
        assert not client.push_events(rows, head=head).refused
