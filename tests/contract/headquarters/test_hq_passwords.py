"""Passwords and accounts in use: what a new password may be, who sets it, when it is worn, and who is suspended."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import update

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.events import EventKind
from mdt_app.hq import accounts
from mdt_app.hq.desk_proofs import DeskProofs
from mdt_app.hq.identity import Identity, Kind, token_hash
from mdt_app.hq.privileged import OF_ONESELF
from mdt_app.hq.store import Store
from mdt_app.hq.tables import account_acts
from mdt_app.hq.tables import accounts as account_table
from mdt_app.hq.unused import note_use, suspend_unused
from mdt_app.services.new_passwords import require_fit
from mdt_app.services.passwords import Argon2Passwords
from mdt_app.services.policies import load_policy
from mdt_app.services.proving import Given
from tests.fakes.headquarters import Headquarters, an_event

POLICY = load_policy("postc")
NOW = datetime.now(UTC)
GOOD = "quiet river seven lamps"


@pytest.fixture
def store(mine: Headquarters):
    with contextlib.closing(mine.store()) as opened:
        yield opened


def a_person(store: Store, user_id: str, role: Role = Role.OFFICER) -> Account:
    return accounts.add_account(store, Account(user_id, "Robin Doe", role, accounts.hash_password(GOOD)), "admin1")


def of(store: Store, user_id: str) -> Account:
    return next(account for account in accounts.all_accounts(store) if account.user_id == user_id)


@pytest.mark.clause("ACC-1")
@pytest.mark.parametrize(
    "password",
    [
        "seven77",
        "aaaaaaaa",
        "abcdefgh",
        "87654321",
        "qwertyuiop",
        "Password1!",
        "P@ssw0rd",
        "letmein2026",
        "xx-robin-xx",
    ],
)
def test_what_is_guessed_first_is_no_password(password: str) -> None:
    """Short, a row of keys, a word that everybody tries, or the person's own name: refused in words."""
    with pytest.raises(BadInput, match="password") as refused:
        require_fit(password, ("rdoe", "Robin Doe"))
    assert refused.value.remedy
    require_fit(GOOD, ("rdoe", "Robin Doe"))


@pytest.mark.clause("ACC-1", "ACC-4")
def test_the_administrator_sets_anothers_password_and_factor_and_nobody_their_own_so(
    mine: Headquarters, store: Store
) -> None:
    """The old password and the lost authenticator open nothing any more, in the very next bundle of accounts too."""
    before = a_person(store, "forgot")
    with mine.desk() as desk:
        answer = desk.put("/v1/accounts/forgot/password", json={"password": "four words for a night"})
        assert answer.status_code == 200, answer.text
        renewed = desk.post("/v1/accounts/forgot/second-factor").json()
        assert desk.put("/v1/accounts/forgot/password", json={"password": "letmein1"}).status_code == 422
        assert desk.put("/v1/accounts/forgot/password", json={"password": "four words for a night"}).status_code == 422
        assert desk.put("/v1/accounts/administrator/password", json={"password": GOOD}).status_code == 422
        assert desk.post("/v1/accounts/administrator/second-factor").status_code == 422
        assert desk.put("/v1/accounts/nobody/password", json={"password": GOOD}).status_code == 422
    after = of(store, "forgot")
    assert renewed["totp_secret"] == after.totp_secret != before.totp_secret
    assert not Argon2Passwords().matches(after.password_hash, GOOD)
    assert Argon2Passwords().matches(after.password_hash, "four words for a night")
    done = [act for act, by in accounts.acts(store, "forgot") if by == "administrator"]
    assert done == ["password_set", "second_factor_renewed"]


@pytest.mark.clause("ACC-1")
def test_a_person_changes_their_own_password_after_a_proof(mine: Headquarters, store: Store) -> None:
    """At their own desk, whatever their role; without a fresh proof it is refused."""
    with mine.desk(Role.AUDITOR) as desk:
        assert desk.put("/v1/desk/password", json={"password": GOOD}).status_code == 200
    assert Argon2Passwords().matches(of(store, "auditor").password_hash, GOOD)
    with mine.http(mine.desks[Role.TRAINER]) as unproved:
        assert unproved.put("/v1/desk/password", json={"password": GOOD}).json()["reason"] == "prove_again"


def test_a_worn_password_lets_its_person_do_nothing_but_change_it(store: Store) -> None:
    """After the policy's days the proof holds for the change alone; after it for everything."""
    person = a_person(store, "worn", Role.SUPERVISOR)
    desk = Identity(Kind.DESK, "worn", Role.SUPERVISOR, token="t" * 64)
    proofs = DeskProofs(store, POLICY, run="a run")
    age(store, "worn", password_set_at=NOW - timedelta(days=366))
    held = proofs.prove(desk, Given(GOOD, pyotp.TOTP(person.totp_secret).now()))
    desk = replace(desk, session=token_hash(held.session))
    with pytest.raises(Refused) as refused:
        proofs.require(desk, "Deciding on an entry")
    assert refused.value.reason == "password_old"
    proofs.require(desk, OF_ONESELF)
    accounts.set_password(store, "worn", "four words for a night", "worn")
    proofs.require(desk, "Deciding on an entry")


def age(store: Store, user_id: str, **values: datetime | None) -> None:
    with store.writing() as connection:
        connection.execute(update(account_table).where(account_table.c.user_id == user_id).values(values))


@pytest.mark.clause("ACC-4")
def test_who_signs_in_nowhere_for_long_is_suspended_and_one_administrator_stays(
    store: Store, mine: Headquarters
) -> None:
    """A sign-in in a car, an open desk, and a restoring each begin the time anew."""
    for user in ("idle1", "in-car", "at-desk", "back"):
        a_person(store, user)
    with mine.client() as client:
        client.push_events([(replace(an_event(EventKind.SIGNED_IN), actor="in-car"), None)])
    later = NOW + timedelta(days=100)
    note_use(store, "at-desk", later - timedelta(days=1))
    assert suspend_unused(store, POLICY, NOW + timedelta(days=89)) == ()
    accounts.set_active(store, "back", False, "leave", "admin1")
    accounts.set_active(store, "back", True, "returned", "admin1")
    backdate(store, "idle1", timedelta(days=20))
    gone = suspend_unused(store, POLICY, NOW + timedelta(days=80))
    assert gone == ("idle1",)
    assert not of(store, "idle1").active
    assert ("suspended", "headquarters") in accounts.acts(store, "idle1")
    gone = suspend_unused(store, POLICY, later, reach=timedelta(days=200))
    assert {"in-car", "back"} <= set(gone)
    assert "at-desk" not in gone
    assert of(store, Role.ADMINISTRATOR.value).active


def backdate(store: Store, user_id: str, span: timedelta) -> None:
    """Have the account issued earlier."""
    with store.writing() as connection:
        connection.execute(update(account_acts).where(account_acts.c.user_id == user_id).values(at=NOW - span))
