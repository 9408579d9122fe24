"""Accounts at headquarters: issued, trained, suspended, released, excepted; signed for each car; each act on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput
from mdt_app.hq.accounts import acts
from mdt_app.hq.main import create_account
from mdt_app.services.second_factor import release_code
from tests.fakes.headquarters import BUNDLES, KEY, Headquarters


def in_car(hq: Headquarters, user_id: str, car: str = "car-7") -> Account:
    """An account as a car gets it, its signature checked."""
    with hq.client(car) as client:
        bundle = BUNDLES.read(*client.fetch_accounts())
    assert bundle.car_id == car
    return next(account for account in bundle.accounts if account.user_id == user_id)


def made(hq: Headquarters) -> str:
    """A new account's user id."""
    user_id = f"o-{uuid4()}"
    create_account(
        hq.folder, key=KEY, user_id=user_id, name="O", role=Role.OFFICER, password="long enough", database=hq.database
    )
    return user_id


def done(hq: Headquarters, user_id: str) -> list[str]:
    """The acts on record of an account."""
    store = hq.store()
    found = [act for act, _ in acts(store, user_id)]
    store.close()
    return found


@pytest.mark.clause("ACC-1", "ACC-4")
def test_accounts_reach_the_car_signed_and_with_their_hashes(hq: Headquarters) -> None:
    """An account made at headquarters comes to the car equal, and its id can't be taken twice."""
    given = {"user_id": "j.doe", "name": "J. Doe", "role": Role.OFFICER, "password": "long enough"}
    account = create_account(hq.folder, key=KEY, database=hq.database, **given)
    assert account.password_hash.startswith("$argon2id$")
    assert len(account.totp_secret) == 32
    assert in_car(hq, "j.doe") == account
    for wrong in ({}, {"user_id": "other", "password": "short"}, {"user_id": "with blank"}, {"user_id": ""}):
        with pytest.raises(BadInput):
            create_account(hq.folder, key=KEY, database=hq.database, **(given | wrong))


@pytest.mark.clause("ACC-4")
def test_the_administrator_issues_an_account_and_is_told_its_second_factor_once(hq: Headquarters) -> None:
    """Over the wire: the answer has the secret and the authenticator's address; weak or doubled ones are refused."""
    new = {"user_id": f"n-{uuid4()}", "name": "New", "role": "officer", "password": "long enough"}
    with hq.desk(Role.ADMINISTRATOR) as desk:
        answer = desk.post("/v1/accounts", json=new).json()
        assert answer["enrolment"].startswith("otpauth://totp/")
        for wrong in (new, new | {"user_id": "x", "password": "short"}, new | {"user_id": "x", "role": "king"}):
            assert desk.post("/v1/accounts", json=wrong).status_code == 422
    assert in_car(hq, new["user_id"]).totp_secret == answer["totp_secret"]
    assert done(hq, new["user_id"]) == ["issued"]


def test_a_car_that_asks_again_gets_the_same_bundle_until_an_account_changes(hq: Headquarters) -> None:
    """So that nothing is written in the car every few seconds; a change comes at once, and each car has its own."""
    with hq.client() as seven, hq.client("car-8") as eight:
        first = seven.fetch_accounts()
        assert seven.fetch_accounts() == first
        assert eight.fetch_accounts() != first
        made(hq)
        assert seven.fetch_accounts() != first


@pytest.mark.clause("ACC-4")
def test_suspended_restored_and_released_each_on_record(hq: Headquarters) -> None:
    """Each act reaches the car with the next bundle."""
    user_id = made(hq)
    with hq.desk(Role.ADMINISTRATOR) as desk:
        for active in (False, True):
            assert (
                desk.put(f"/v1/accounts/{user_id}/state", json={"active": active, "reason": "why"}).status_code == 200
            )
            assert in_car(hq, user_id).active is active
        assert desk.post(f"/v1/accounts/{user_id}/release").status_code == 200
    assert in_car(hq, user_id).releases == 1
    assert done(hq, user_id) == ["issued", "suspended", "restored", "released"]


@pytest.mark.clause("ACC-4")
def test_a_release_code_is_made_for_one_car_and_challenge(hq: Headquarters) -> None:
    """It is the code that the car expects, and no other car's; that it was given out is on record."""
    user_id = made(hq)
    with hq.desk(Role.ADMINISTRATOR) as desk:
        asked = {"car_id": "car-7", "challenge": "12345678"}
        code = desk.post(f"/v1/accounts/{user_id}/release-code", json=asked).json()["code"]
    with hq.client() as seven, hq.client("car-8") as eight:
        secrets = [BUNDLES.read(*client.fetch_accounts()).release_secret for client in (seven, eight)]
    assert [release_code(secret, user_id, "12345678") == code for secret in secrets] == [True, False]
    assert done(hq, user_id)[-1] == "release_code"


@pytest.mark.clause("ACC-3", "TRN-1")
def test_training_is_put_on_record_by_topic_with_trainer_and_date(hq: Headquarters) -> None:
    """A trainer may do it, too; the topics reach the car."""
    user_id = made(hq)
    training = {"topics": ["privacy", "access"], "trainer": "Sgt. Poe", "completed_on": "2026-11-01"}
    with hq.desk(Role.TRAINER) as desk:
        assert desk.put(f"/v1/accounts/{user_id}/training", json=training).status_code == 200
        assert desk.put(f"/v1/accounts/{user_id}/training", json=training | {"topics": []}).status_code == 422
    assert in_car(hq, user_id).training == {"privacy", "access"}


def test_nobody_acts_on_their_own_account_or_an_unknown_one(hq: Headquarters) -> None:
    """An Administrator's desk can't release, train or except the Administrator."""
    own = "administrator"  # whose desk it is
    with hq.desk(Role.ADMINISTRATOR) as desk:
        for user_id in (own, "unknown"):
            assert desk.post(f"/v1/accounts/{user_id}/release").status_code == 422


def exception(**changes) -> dict:
    """What the Administrator grants."""
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    return {"categories": ["stolen_plate"], "reason": "plate thefts, case 26-114", "until": until, **changes}


@pytest.mark.clause("ALR-3")
def test_an_exception_reaches_the_cars_with_its_account(hq: Headquarters) -> None:
    """Who granted it, why and until when come with the account; a bad one is refused and changes nothing."""
    user_id = made(hq)
    path = f"/v1/accounts/{user_id}/alert-exceptions"
    bad = [{"categories": ["nonsense"]}, {"categories": []}, {"reason": ""}, {"until": "2020-01-01T00:00:00Z"}]
    with hq.desk(Role.ADMINISTRATOR) as desk:
        for change in bad:
            assert desk.put(path, json=exception(**change)).status_code == 422
        assert desk.put("/v1/accounts/nobody/alert-exceptions", json=exception()).status_code == 422
        assert desk.put(path, json=exception()).status_code == 200
    (held,) = in_car(hq, user_id).exceptions
    assert (held.categories, held.reason) == (("stolen_plate",), "plate thefts, case 26-114")
    assert held.by
