"""Proofs of identity at desks: privileged routes ask for one, factors and locks are as in the car, keys registered."""

from __future__ import annotations

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx2
import pyotp
import pytest
from typer.testing import CliRunner

from mdt_app.cli import app
from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.security_keys import KeyAnswer, NewKey
from mdt_app.hq import accounts
from mdt_app.hq.desk_proofs import DeskProofs
from mdt_app.hq.identity import Identity, Kind, token_hash
from mdt_app.hq.main import issue_desk_token, release_account
from mdt_app.hq.privileged import PRIVILEGED
from mdt_app.services.proving import Given
from mdt_app.services.register_files import load_registers
from mdt_app.sync.key_wire import (
    SESSION_HEADER,
    DeskProof,
    KeyAnswerMessage,
    KeyQuestionMessage,
    KeyRegistration,
    KeyWishMessage,
)
from tests.contract.headquarters.test_hq_accounts import in_car
from tests.fakes.desk_people import _HASH, PASSWORD
from tests.fakes.headquarters import KEY, POLICY, Headquarters
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of

ORDINARY = {
    ("POST", "/v1/desk/question"),
    ("POST", "/v1/desk/proof"),
    ("POST", "/v1/desk/end"),
    ("PUT", "/v1/hotlists/{list_id}"),
    ("POST", "/v1/flags/{position}/close"),
    ("POST", "/v1/entries"),
    ("PUT", "/v1/entries/{entry_id}"),
    ("POST", "/v1/entries/{entry_id}/renewal"),
    ("POST", "/v1/entries/{entry_id}/check"),
    ("POST", "/v1/entries/{entry_id}/removal"),
    ("POST", "/v1/disputes"),
    ("POST", "/v1/disputes/{dispute_id}/decision"),
    ("POST", "/v1/disputes/{dispute_id}/lift"),
    ("POST", "/v1/notices/{position}/seen"),
    ("POST", "/v1/searches"),
    ("POST", "/v1/accounts/{user_id}/drills"),
    ("POST", "/v1/accounts/{user_id}/certificate"),
    ("POST", "/v1/roster/{ending}"),
    ("POST", "/v1/reports/usage"),
    ("POST", "/v1/reports/public"),
    ("POST", "/v1/audits/{record_id}/queries/{event_id}"),
    ("POST", "/v1/audits/{record_id}/report"),
    *(("POST", f"/v1/registers/{one}/export/{{ending}}") for one in load_registers()),
    *(("POST", f"/v1/registers/{one.register_id}") for one in load_registers().values() if not one.proof),
    *(("POST", f"/v1/registers/{one.register_id}/{{record_id}}") for one in load_registers().values() if not one.proof),
}
"""What desks do without a fresh proof."""
CARS = (
    "/v1/cars/{car_id}/",
    "/v1/records-checks",
    "/v1/hit-confirmations",
    "/v1/enrolment/",
    "/v1/readers/{reader_id}/reads",
)
"""Where cars and readers write, by their own keys; what desks do there stands in the table."""


class Person:
    """Somebody with an account, a desk's token, a code and a key."""

    def __init__(self, hq: Headquarters, role: Role = Role.ADMINISTRATOR) -> None:
        self.hq, self.key, self.user_id = hq, SoftwareKey(), f"d-{uuid4()}"
        store = hq.store()
        made = accounts.add_account(store, Account(self.user_id, "D", role, _HASH), "tests")
        accounts.add_key(store, self.user_id, enrolled(self.key, self.user_id), "tests")
        store.close()
        self.secret = made.totp_secret
        self.token = issue_desk_token(hq.folder, key=KEY, holder=self.user_id, role=role, database=hq.database)
        self.http = hq.http(self.token)

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(datetime.now(UTC))

    def answer(self, key: SoftwareKey | None = None) -> KeyAnswer:
        asked = KeyQuestionMessage.model_validate_json(self.http.post("/v1/desk/question").content)
        return put(reader_of(key or self.key), asked.to_question())

    def prove(self, password: str = PASSWORD, code: str = "", answer: KeyAnswer | None = None) -> str:
        """'ok', or the reason why not."""
        key = KeyAnswerMessage.of(answer) if answer else None
        proof = DeskProof(password=password, code=code, key=key).model_dump_json()
        said = self.http.post("/v1/desk/proof", content=proof)
        if said.is_success:
            self.http.headers[SESSION_HEADER] = said.json()["session"]
        return "ok" if said.is_success else said.json()["reason"]

    def act(self) -> str:
        """A privileged act: 'ok', or the reason why not."""
        said = self.http.post("/v1/devices/car-77/enrolment")
        return "ok" if said.is_success else said.json()["reason"]

    def acts(self) -> list[str]:
        store = self.hq.store()
        found = [act for act, _ in accounts.acts(store, self.user_id)]
        store.close()
        return found


@pytest.fixture
def person(hq: Headquarters):
    made = Person(hq)
    yield made
    made.http.close()


def test_every_writing_route_is_privileged_ordinary_or_a_cars(hq: Headquarters) -> None:
    """A new route can't be forgotten: whoever adds one says which it is."""
    from mdt_app.hq.app import ROUTERS

    known = {
        (method, route.path) for part in ROUTERS for route in part.routes for method in route.methods if method != "GET"
    }
    assert known >= PRIVILEGED.keys()
    assert not ORDINARY & PRIVILEGED.keys()
    rest = known - PRIVILEGED.keys() - ORDINARY
    assert all(path.startswith(CARS) for _, path in rest), rest


@pytest.mark.clause("ACC-1", "ACC-4")
@pytest.mark.parametrize(("method", "path"), sorted(PRIVILEGED))
def test_each_privileged_route_asks_who_is_there_before_anything_else(hq: Headquarters, method: str, path: str) -> None:
    """A desk's token alone is refused with words that say what to do, and the refusal is counted on record."""
    for role in (Role.ADMINISTRATOR, Role.SUPERVISOR):
        token = issue_desk_token(hq.folder, key=KEY, holder=f"unproved-{role}", role=role, database=hq.database)
        filled = path.format(
            user_id="x",
            entry_id="x",
            car_id="x",
            reader_id="x",
            record_id="x",
            position="1",
            search_id="x",
            case_number="x",
        )
        with hq.http(token) as http:
            said = http.request(method, filled, content=b"{}")
        reason = said.json()["reason"]
        assert (said.status_code, reason) in ((403, "prove_again"), (403, "wrong_identity"))
        if reason == "prove_again":
            assert "Give your password and your second factor." in said.json()["words"]
            with hq.desk() as desk:
                refusals = desk.get("/v1/devices").json()["refusals"]
            assert any(r["holder"] == f"unproved-{role}" and r["reason"] == reason for r in refusals)
            return
    pytest.fail("nobody may do this")


@pytest.mark.clause("ACC-1")
@pytest.mark.parametrize("factor", ["code", "key"])
def test_a_password_and_a_second_factor_open_privileged_acts(person: Person, factor: str) -> None:
    """Either factor; the proof and the act are on record."""
    assert person.act() == "prove_again"
    given = {"code": person.code()} if factor == "code" else {"answer": person.answer()}
    assert person.prove(**given) == "ok"
    assert person.act() == "ok"
    assert person.acts()[-1] == "proved"


@pytest.mark.clause("ACC-1")
def test_a_code_an_answer_and_a_count_are_good_once(person: Person) -> None:
    """A used code, a replayed answer, an answer without a question, a copied key: refused, and each on record."""
    code, answer, copy = person.code(), person.answer(), person.key.clone()
    assert person.prove(answer=answer) == "ok"
    assert person.prove(answer=answer) == "wrong_credentials"
    assert person.prove(code=code) == "ok"
    assert person.prove(code=code) == "code_used"
    assert person.prove(answer=person.answer()) == "ok"
    assert person.prove(answer=person.answer(copy)) == "key_cloned"
    assert person.acts()[-2:] == ["proof_refused", "key_cloned"]


@pytest.mark.clause("ACC-1", "ACC-4")
def test_five_wrong_proofs_lock_until_another_administrator_releases(person: Person) -> None:
    """Wrong passwords, codes and answers count together; the lock is on record; a release opens it."""
    forged = replace(person.answer(), signature=bytes(70))
    assert person.prove(answer=forged) == "wrong_credentials"
    for given in ({"password": "x"}, {"code": "000000"}, {"password": "x", "answer": person.answer()}, {"code": "1"}):
        assert person.prove(**given) == "wrong_credentials"
    assert person.prove(code=person.code()) == "account_locked"
    assert person.act() == "prove_again"
    assert "locked" in person.acts()
    with person.hq.desk() as another:
        assert another.post(f"/v1/accounts/{person.user_id}/release").is_success
    assert person.prove(answer=person.answer()) == "ok"


@pytest.mark.clause("ACC-4")
def test_a_suspended_persons_desk_is_shut_at_once_also_for_reading(person: Person) -> None:
    """Also within the minutes of a proof; whoever is restored goes on with the same token (CJIS AC-2(13))."""
    state = f"/v1/accounts/{person.user_id}/state"
    assert person.prove(answer=person.answer()) == "ok"
    assert person.http.get("/v1/accounts").is_success
    with person.hq.desk() as another:
        assert another.put(state, content=json.dumps({"active": False, "reason": "left"})).is_success
        read = person.http.get("/v1/accounts")
        assert (read.status_code, read.json()["reason"]) == (403, "suspended")
        assert (person.act(), person.prove(code=person.code())) == ("suspended", "suspended")
        assert another.put(state, content=json.dumps({"active": True, "reason": "back"})).is_success
    assert person.http.get("/v1/accounts").is_success


def test_a_proof_belongs_to_its_token_and_grows_old_by_the_monotonic_clock(hq: Headquarters) -> None:
    """Another token of the same person is asked again; so is everybody after the policy's minutes and a restart."""
    person, store, mono = Person(hq), hq.store(), [1000.0]
    proofs = DeskProofs(store, POLICY, lambda: mono[0])
    desk = Identity(Kind.DESK, person.user_id, Role.ADMINISTRATOR, token="a" * 64)
    given = Given(PASSWORD, key=put(reader_of(person.key), proofs.question(desk)))
    held = proofs.prove(desk, given)
    assert held.seconds == POLICY.sign_in.privileged_minutes.value * 60
    desk = replace(desk, session=token_hash(held.session))
    mono[0] += held.seconds
    proofs.require(desk, "This")
    restarted = DeskProofs(store, POLICY, lambda: mono[0], run="the next")
    DeskProofs(store, POLICY, lambda: mono[0]).require(desk, "This")  # another worker of the same run
    others = (replace(desk, token="b" * 64), proofs), (replace(desk, session=""), proofs), (desk, restarted)
    for which, where in others:
        with pytest.raises(Refused, match="This asks again who you are"):
            where.require(which, "This")
    mono[0] += 1
    with pytest.raises(Refused):
        proofs.require(desk, "This")
    store.close()
    person.http.close()


@pytest.mark.clause("ACC-1", "ACC-4")
def test_the_administrator_registers_keys_which_reach_the_cars_signed(hq: Headquarters) -> None:
    """Several keys an account; withdrawn ones are gone with the next accounts; each act is on record."""
    person = Person(hq, Role.OFFICER)
    path, key = f"/v1/accounts/{person.user_id}/keys", SoftwareKey("2468")
    with hq.desk() as desk:
        made = register(desk, path, key, "blue key")
        assert made.is_success, made.text
        assert register(desk, path, SoftwareKey(), "").status_code == 422
        held = in_car(hq, person.user_id).security_keys
        assert [(k.name, k.verifies) for k in held] == [("key A", False), ("blue key", True)]
        lines = desk.get("/v1/accounts").json()["accounts"]
        shown = next(line for line in lines if line["user_id"] == person.user_id)
        assert [k["name"] for k in shown["security_keys"]] == ["key A", "blue key"]
        assert not {"password_hash", "totp_secret"} & shown.keys()
        body = json.dumps({"credential_id": held[0].credential_id, "reason": "lost"})
        assert desk.post(f"{path}/withdrawal", content=body).is_success
        assert desk.post(f"{path}/withdrawal", content=body).status_code == 422
    assert [k.name for k in in_car(hq, person.user_id).security_keys] == ["blue key"]
    assert person.acts()[-2:] == ["key_registered", "key_withdrawn"]
    person.http.close()


def register(desk: httpx2.Client, path: str, key: SoftwareKey, name: str, challenge: bytes = b"") -> httpx2.Response:
    wish = KeyWishMessage.model_validate_json(desk.post(f"{path}/question").content).to_wish()
    new = put(reader_of(key), replace(wish, challenge=challenge or wish.challenge), key.pin)
    assert isinstance(new, NewKey), new
    body = {"name": name, "client_data": new.client_data.hex(), "attestation": new.attestation.hex()}
    return desk.post(path, content=json.dumps(body))


@pytest.mark.clause("ACC-4")
def test_a_registration_counts_once_for_the_challenge_and_never_for_oneself(hq: Headquarters) -> None:
    """Another challenge, the same answer again, a key that somebody holds, one's own account: refused."""
    person, key = Person(hq, Role.OFFICER), SoftwareKey()
    path = f"/v1/accounts/{person.user_id}/keys"
    with hq.desk() as desk:
        assert register(desk, path, key, "x", secrets.token_bytes(32)).status_code == 422
        wish = KeyWishMessage.model_validate_json(desk.post(f"{path}/question").content).to_wish()
        new = put(reader_of(key), wish)
        body = KeyRegistration(name="x", client_data=new.client_data.hex(), attestation=new.attestation.hex())
        assert desk.post(path, content=body.model_dump_json()).is_success
        assert desk.post(path, content=body.model_dump_json()).status_code == 422
        own = desk.get("/v1/desk").json()["holder"]
        assert "Nobody acts on their own account" in register(desk, f"/v1/accounts/{own}/keys", key, "x").text
        assert desk.post("/v1/accounts/nobody-here/keys/question").status_code == 422
    person.http.close()


@pytest.mark.clause("ACC-1")
def test_guesses_at_several_workers_at_once_are_counted_one_by_one(hq: Headquarters) -> None:
    """Twelve wrong proofs from four threads: never more than five are answered before the lock."""
    person, store = Person(hq), hq.store()
    desk = Identity(Kind.DESK, person.user_id, Role.ADMINISTRATOR, token="c" * 64)

    def guess(number: int) -> str:
        try:
            DeskProofs(store, POLICY).prove(desk, Given(f"guess {number}"))
        except Refused as refused:
            return refused.reason
        return "ok"

    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(guess, range(12)))
    assert set(heard) <= {"wrong_credentials", "account_locked", "busy"}
    assert heard.count("wrong_credentials") == 5
    assert heard[-1] in ("account_locked", "busy")
    store.close()
    person.http.close()


@pytest.mark.clause("ACC-4")
def test_a_command_at_the_terminal_asks_for_the_proof_and_goes_on(hq: Headquarters, person: Person) -> None:
    """`mdt hq suspend` says why it asks; with password and code it is done, with a wrong one refused."""
    other = Person(hq, Role.OFFICER)
    line = ["hq", "suspend", other.user_id, "--reason", "left", "--hq", hq.url]

    def run(password: str, code: str):
        return CliRunner().invoke(app, line, env={"MDT_DESK_TOKEN": person.token}, input=f"{password}\n{code}\n")

    assert "wrong_credentials" in str(run("guess", person.code()).exception)
    assert in_car(hq, other.user_id).active
    done = run(PASSWORD, person.code())
    assert done.exit_code == 0, done.output
    assert "Suspending or restoring an account asks again who you are" in done.output
    assert not in_car(hq, other.user_id).active
    other.http.close()


@pytest.mark.clause("ACC-4")
def test_readers_and_designated_people_are_named_at_the_terminal_with_a_proof(hq: Headquarters, person: Person) -> None:
    """`mdt hq tell` asks who is there as well, then says whom it tells; each command is a session of its own."""
    later = pyotp.TOTP(person.secret).at(datetime.now(UTC) + timedelta(seconds=30))  # a code counts once
    for words, code, said in (
        (["tell", "stolen_vehicle", "state police"], person.code(), "is told of stolen_vehicle"),
        (["reader", f"pole-{person.user_id[-12:]}", "--kind", "axis", "--area", "Main"], later, "reader's credential"),
    ):
        line, typed = ["hq", *words, "--hq", hq.url], f"{PASSWORD}\n{code}\n"
        done = CliRunner().invoke(app, line, env={"MDT_DESK_TOKEN": person.token}, input=typed)
        assert done.exit_code == 0, done.output
        assert said in done.output
    nameless = ["hq", "reader", "a name with spaces", "--kind", "axis", "--area", "x", "--hq", hq.url]
    refused = CliRunner().invoke(app, nameless, env={"MDT_DESK_TOKEN": person.token}).exception
    assert "reader_id: String should match" in str(refused)
    assert isinstance(refused, BadInput)


@pytest.mark.clause("ACC-4")
def test_headquarters_own_folder_releases_the_last_administrator(hq: Headquarters, person: Person) -> None:
    """Whom nobody else can release; on record as the folder's act."""
    for _ in range(5):
        person.prove("guess")
    assert person.prove(answer=None, code=person.code()) == "account_locked"
    release_account(hq.folder, key=KEY, user_id=person.user_id, database=hq.database)
    assert person.prove(code=person.code()) == "ok"
    assert "released" in person.acts()
