"""Sessions at desks: a token alone gives no plate; idleness, age, leaving and a restart end what a proof began."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import Refused
from mdt_app.hq.access_table import access
from mdt_app.hq.app import ROUTERS
from mdt_app.hq.desk_proofs import DeskProofs
from mdt_app.hq.desk_sessions import DeskSessions
from mdt_app.hq.identity import Identity, Kind, token_hash
from mdt_app.hq.plate_routes import GIVEN
from mdt_app.hq.privileged import PRIVILEGED
from mdt_app.hq.store import Store
from mdt_app.services.proving import Given
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.key_wire import SESSION_HEADER
from tests.fakes.desk_people import PASSWORD, key_of, proof_of
from tests.fakes.headquarters import POLICY, TLS, Headquarters
from tests.fakes.security_key import put, reader_of

RULES = POLICY.sign_in
IDLE_S, AGAIN_S = RULES.idle_lock_minutes.value * 60, RULES.again_hours.value * 3600
WITH_PLATES = sorted((method, path) for method, path in GIVEN if (method, path) not in PRIVILEGED)
ONES = dict.fromkeys(
    ("entry_id", "list_id", "search_id", "record_id", "user_id", "ending", "case_number", "car_id"), "x"
)


@pytest.fixture
def store(hq: Headquarters) -> Iterator[Store]:
    with contextlib.closing(hq.store()) as opened:
        yield opened


@pytest.fixture
def supervisor(hq: Headquarters) -> Iterator[DeskClient]:
    with DeskClient(hq.url, hq.desks[Role.SUPERVISOR], tls=TLS) as desk:
        yield desk


def refused(desk: DeskClient) -> str:
    """The reason why this desk is shown no hits, empty when it is."""
    try:
        desk.hits()
    except Refused as fault:
        return fault.reason
    return ""


@pytest.mark.clause("ACC-1", "ACC-4")
@pytest.mark.parametrize(("method", "path"), WITH_PLATES)
def test_no_route_gives_plates_for_a_token_alone(hq: Headquarters, method: str, path: str) -> None:
    """Whoever the token is of, and before anything that was sent is read."""
    row = next(one for one in access(ROUTERS) if (one.method, one.path) == (method, path))
    assert row.proof == "session"
    for role in (role for role in Role if role.value in row.who):
        with hq.http(hq.desks[role]) as desk:
            said = desk.request(method, path.format(**ONES, position=1))
            assert (said.status_code, said.json()["reason"]) == (403, "sign_in"), role


@pytest.mark.clause("ACC-1")
def test_a_proof_opens_plates_to_whoever_gave_it_alone(hq: Headquarters, supervisor: DeskClient) -> None:
    """Beside an open session the same token still gives nothing; leaving ends it, also for who kept its secret."""
    assert refused(supervisor) == "sign_in"
    held = supervisor.prove(proof_of("supervisor", supervisor.question()))
    assert refused(supervisor) == ""
    with hq.http(hq.desks[Role.SUPERVISOR]) as thief:
        assert thief.get("/v1/hits").json()["reason"] == "sign_in"
        thief.headers[SESSION_HEADER] = "guessed"
        assert thief.get("/v1/hits").json()["reason"] == "sign_in"
    with hq.http(hq.desks[Role.AUDITOR]) as other:
        other.headers[SESSION_HEADER] = held.session
        assert other.get("/v1/hits").json()["reason"] == "sign_in"
    supervisor.leave()
    with hq.http(hq.desks[Role.SUPERVISOR]) as kept:
        kept.headers[SESSION_HEADER] = held.session
        assert kept.get("/v1/hits").json()["reason"] == "sign_in"
    assert refused(supervisor) == "sign_in"


def test_a_new_proof_takes_the_place_of_the_session_before(hq: Headquarters, supervisor: DeskClient) -> None:
    """The secret of before opens nothing any more; another desk of the same person goes on."""
    with DeskClient(hq.url, hq.desks[Role.SUPERVISOR], tls=TLS) as elsewhere:
        elsewhere.prove(proof_of("supervisor", elsewhere.question()))
        before = supervisor.prove(proof_of("supervisor", supervisor.question())).session
        supervisor.prove(proof_of("supervisor", supervisor.question()))
        with hq.http(hq.desks[Role.SUPERVISOR]) as old:
            old.headers[SESSION_HEADER] = before
            assert old.get("/v1/hits").json()["reason"] == "sign_in"
        assert (refused(supervisor), refused(elsewhere)) == ("", "")


def test_closing_a_desk_ends_its_session(hq: Headquarters) -> None:
    """The console's window and each command end what they began."""
    with DeskClient(hq.url, hq.desks[Role.SUPERVISOR], tls=TLS) as desk:
        session = desk.prove(proof_of("supervisor", desk.question())).session
    with hq.http(hq.desks[Role.SUPERVISOR]) as kept:
        kept.headers[SESSION_HEADER] = session
        assert kept.get("/v1/hits").json()["reason"] == "sign_in"


class Clocked:
    """A supervisor's session whose clock the test moves."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, [1000.0]
        proofs = DeskProofs(store, POLICY, lambda: self.now[0], run="a run")
        desk = Identity(Kind.DESK, "supervisor", Role.SUPERVISOR, token="5" * 64)
        given = Given(PASSWORD, key=put(reader_of(key_of("supervisor")[0]), proofs.question(desk)))
        self.desk = replace(desk, session=token_hash(proofs.prove(desk, given).session))

    def goes_on(self, *, active: bool = True, run: str = "a run") -> str:
        """Empty when plates are given, or the words why not."""
        try:
            DeskSessions(self.store, POLICY, lambda: self.now[0], run=run).require(self.desk, active=active)
        except Refused as fault:
            return fault.words
        return ""


@pytest.mark.clause("ACC-1")
def test_a_desk_that_nobody_touches_is_signed_out(store: Store) -> None:
    """What a window asks by itself keeps no session alive; a person at work does, for another while."""
    session = Clocked(store)
    session.now[0] += IDLE_S
    assert session.goes_on() == ""
    for _ in range(10):
        session.now[0] += IDLE_S / 10
        assert session.goes_on(active=False) == ""
    session.now[0] += 1
    assert session.goes_on(active=False) == f"Nobody has touched this desk for {IDLE_S // 60} minutes."
    assert session.goes_on() != "", "a touch after the end must not bring it back"


@pytest.mark.clause("ACC-1")
def test_who_works_on_without_a_pause_signs_in_again_after_the_policys_hours(store: Store) -> None:
    """IA-11: every 12 hours."""
    session, began = Clocked(store), 1000.0
    while session.now[0] + IDLE_S / 2 <= began + AGAIN_S:
        session.now[0] += IDLE_S / 2
        assert session.goes_on() == ""
    session.now[0] = began + AGAIN_S + 1
    assert session.goes_on() == f"This sign-in is older than {RULES.again_hours.value} hours."


def test_a_restart_of_headquarters_ends_every_session(store: Store) -> None:
    """The clock of another run says nothing of how long ago somebody was there."""
    session = Clocked(store)
    assert session.goes_on(run="the next") == "Nobody is signed in at this desk."
    assert session.goes_on() == ""


@pytest.mark.clause("ACC-1")
def test_a_list_is_brought_without_a_person_and_read_with_one(hq: Headquarters) -> None:
    """A task by the clock brings lists by the desk's token; it gets no plate back."""
    with hq.http(hq.desks[Role.ADMINISTRATOR]) as task:
        assert task.get("/v1/hotlists").is_success
        assert task.put("/v1/hotlists/x", content=b"no list").status_code == 422
        assert task.get("/v1/hotlists/x/entries").json()["reason"] == "sign_in"


def test_refused_reading_is_on_record(hq: Headquarters, store: Store) -> None:
    """Who tries with a stolen token is counted among the identities that were turned away."""
    with hq.http(hq.desks[Role.COMMUNICATIONS]) as desk:
        assert desk.get("/v1/entries").json()["reason"] == "sign_in"
    with hq.desk(Role.ADMINISTRATOR) as admin:
        seen = admin.get("/v1/devices").json()["refusals"]
    assert [one for one in seen if one["reason"] == "sign_in" and one["holder"] == Role.COMMUNICATIONS.value]


def test_the_secret_is_told_once_and_kept_as_a_hash(hq: Headquarters, store: Store, supervisor: DeskClient) -> None:
    """Whoever reads the database or a message's trace gets no session."""
    held = supervisor.prove(proof_of("supervisor", supervisor.question()))
    assert held.session not in repr(held)
    from sqlalchemy import select

    from mdt_app.hq.tables import desk_sessions

    with store.reading() as connection:
        rows = connection.execute(select(desk_sessions)).all()
    assert token_hash(held.session) in {row.session for row in rows}
    assert not [row for row in rows if held.session in map(str, row)]


def test_a_header_that_is_no_session_is_refused_in_words(hq: Headquarters) -> None:
    """Bytes that are no secret are one that is not known."""
    with httpx2.Client(base_url=hq.url, trust_env=False, verify=TLS) as client:
        headers = {"authorization": f"Bearer {hq.desks[Role.AUDITOR]}", SESSION_HEADER: "\u00e9" * 400}
        said = client.get("/v1/hits", headers={k: v.encode("latin-1") for k, v in headers.items()})
    assert (said.status_code, said.json()["reason"]) == (403, "sign_in")
