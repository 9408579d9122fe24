"""The policy from headquarters, over the network or by hand: signed for the car, kept, in force from the next start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cache.store import CacheStore
from cache.vault import StoreVault
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.notices import FaultChanged
from mdt_app.hq.bundles import BundleMaker, signed_for
from mdt_app.hq.main import public_key
from mdt_app.hq.serving import serve
from mdt_app.services.policies import load_policy
from mdt_app.services.policy_source import PolicySource, PolicyText, named_policy
from mdt_app.services.settings import CarSettings
from mdt_app.services.signing import Signer
from mdt_app.services.sole_use import SoleUse
from mdt_app.sync.policy_wire import CarPolicyMessage
from mdt_app.sync.wire import SignedMessage
from mdt_app.wiring.car_policy import CarPolicy
from tests.fakes.chained import a_new_car
from tests.fakes.headquarters import KEY, Headquarters, Serving, made

TODAY = date(2026, 11, 22)
NOW = datetime.now(UTC)
GLASTONBURY, NEWTOWN = named_policy("glastonbury"), named_policy("newtown")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[StoreVault]:
    """The vault of a car's encrypted store."""
    with closing(CacheStore(tmp_path / "store.db", KEY)):
        yield StoreVault(tmp_path / "store.db", KEY)


def settings(car_id: str = "CAR12") -> CarSettings:
    known = {"car_id": car_id, "unit": "12", "ori": "CT0010000", "headquarters": "https://hq"}
    return CarSettings(**known, headquarters_key=public_key(KEY))


def word(source: PolicySource, at: datetime = NOW, *, car: str = "CAR12", key: bytes = KEY) -> SignedMessage:
    return signed_for(CarPolicyMessage.of(car, at, source), BundleMaker(key).signer)


def test_what_headquarters_signed_holds_from_the_next_start(vault: StoreVault) -> None:
    """Until then the settings' policy; the screen says that another one waits; the same again says nothing."""
    told: list[FaultChanged] = []
    car = CarPolicy(vault, settings(), told.append)
    assert car.begin(TODAY) == load_policy("postc")
    assert car.take(word(GLASTONBURY), TODAY) == ""
    assert car.take(word(GLASTONBURY, NOW + timedelta(minutes=5)), TODAY) == ""
    assert [(notice.name, bool(notice.words)) for notice in told] == [("policy", True)]
    again = CarPolicy(vault, settings(), told.append)
    assert again.in_force(TODAY) == load_policy("glastonbury")


BROKEN = PolicySource(PolicyText("own.toml", GLASTONBURY.policy.text.replace("[policy]", "[polity]")))
REFUSED = {
    "forged": word(NEWTOWN, key=b"\x09" * 32),
    "another car's": word(NEWTOWN, car="CAR13"),
    "older than the one in force": word(NEWTOWN, NOW - timedelta(seconds=1)),
    "no policy at all": SignedMessage(content="[]", signature=Signer(KEY).sign(b"[]").hex()),
    "one that this program can't read": word(BROKEN, NOW + timedelta(minutes=1)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_policy_that_is_not_headquarters_latest_is_refused(vault: StoreVault, what: str) -> None:
    """Each with words; the one in force stays, also after a start."""
    car = CarPolicy(vault, settings(), lambda _notice: None)
    assert car.take(word(GLASTONBURY), TODAY) == ""
    assert car.take(REFUSED[what], TODAY)
    assert CarPolicy(vault, settings(), lambda _notice: None).in_force(TODAY) == load_policy("glastonbury")


def test_overlays_come_along_and_bind_from_their_day(vault: StoreVault) -> None:
    """A statute that is not operative yet waits in what the car keeps, and binds when its day has come."""
    source = named_policy("postc", ["ct_pa_26_14"])
    car = CarPolicy(vault, settings(), lambda _notice: None)
    assert car.take(word(source), TODAY) == ""
    assert len(car.in_force(date(2099, 1, 1)).overlays) == 1
    assert not car.begin(date(2000, 1, 1)).overlays
    assert not car.waits(date(2000, 1, 1))
    assert car.waits(date(2099, 1, 1)), "the day itself makes it another policy"


def test_the_car_fetches_it_over_the_network(hq: Headquarters, tmp_path: Path, vault: StoreVault) -> None:
    """Served with the policy's text the car gets it; a headquarters that gives none leaves the settings' in force."""
    with a_new_car(hq) as client:
        none = CarPolicy(vault, replace_car(client._car), lambda _notice: None)
        assert none.follow(client.fetch_policy)() == ""
        assert none.in_force(TODAY) == load_policy("postc")
    there = made(tmp_path / "hq")
    given = {"policy": load_policy("newtown"), "source": NEWTOWN, "plain": True, "switch_address": None}
    with Serving(serve, there.folder, "127.0.0.1", 0, key=KEY, **given) as running:
        served = replace(there, url=f"http://127.0.0.1:{running.port}")
        with a_new_car(served) as client:
            car = CarPolicy(vault, replace_car(client._car), lambda _notice: None)
            assert car.follow(client.fetch_policy)() == ""
            assert car.in_force(TODAY) == load_policy("newtown")


def replace_car(car_id: str) -> CarSettings:
    return settings().model_copy(update={"car_id": car_id})


def test_one_program_at_a_time_works_in_a_cars_folder(tmp_path: Path) -> None:
    """A second one is refused with words on what to do; once the first has ended, it may."""
    first = SoleUse(tmp_path)
    with pytest.raises(MdtError, match="is running"):
        SoleUse(tmp_path)
    first.end()
    SoleUse(tmp_path).end()


def test_an_unknown_policy_is_none(tmp_path: Path) -> None:
    """A name that there is not is refused before anything is served."""
    with pytest.raises(BadInput):
        named_policy("nowhere")
