"""An officer's request on its way from the car's core to a real headquarters, and headquarters' word on it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.commands import SignOut
from mdt_app.domain.entries import EntryState
from mdt_app.domain.entry_requests import EntryRequestsChanged, RequestEntry
from mdt_app.hq.switch import run_switch
from mdt_app.sync.client import HqClient, HqUnreachable
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.entry_wire import EntryDecision
from mdt_app.wiring.car_entries import CarEntries
from tests.fakes.car import Shift
from tests.fakes.desk_people import proof_of, seat
from tests.fakes.headquarters import TLS, Headquarters, Serving, an_entry, made, serving
from tests.unit.services.test_entry_requests import draft_of


@pytest.fixture
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A headquarters with the switch simulator behind it."""
    hq = made(tmp_path_factory.mktemp("hq"))
    with (
        Serving(run_switch, "127.0.0.1", 0, (an_entry("AB12345"),)) as switch,
        serving(hq.folder, ("127.0.0.1", switch.port)) as running,
    ):
        yield replace(hq, url=f"http://127.0.0.1:{running.port}")


def sender(patrol: Shift, client: HqClient) -> CarEntries:
    """What sends a car's requests; it hears the core as in the car."""
    entries = CarEntries(client, lambda command: patrol.core.submit(command).result(10))
    patrol.core.subscribe(entries.hear)
    return entries


def told(patrol: Shift) -> dict[str, tuple[EntryState | None, str]]:
    requests = patrol.said(EntryRequestsChanged)[-1].requests
    return {asked.entry_id: (asked.state, asked.words) for asked in requests}


@pytest.mark.clause("HOT-3", "HOT-9")
def test_a_request_waits_for_the_link_and_is_followed_to_its_refusal(shift: Shift, there: Headquarters) -> None:
    """Without a link it stays; with one it is sent, verified and refused, and the officer is told why and by whom."""
    with closing(there.store()) as store:
        seat(store, "rdoe", Role.OFFICER)
    with HqClient("http://127.0.0.1:9", "car-7", "token") as nowhere:
        away = sender(shift, nowhere)
        shift.prepare()
        shift.do(RequestEntry("one", draft_of(shift)))
        with pytest.raises(HqUnreachable):
            away.turn()
    assert told(shift) == {"one": (None, "")}
    with there.client() as client, DeskClient(there.url, there.desks[Role.SUPERVISOR], tls=TLS) as desk:
        desk.prove(proof_of("supervisor", desk.question()))
        entries = sender(shift, client)
        shift.do(SignOut())
        shift.sign_in()
        shift.do(RequestEntry("two", draft_of(shift, plate="AB12345")))
        entries.turn()
        assert told(shift) == dict.fromkeys(("one", "two"), (EntryState.REQUESTED, ""))
        desk.check("one")
        desk.decide("one", EntryDecision(version=1, approve=False, words="The vehicle is too vague"))
        desk.check("two")
        desk.decide("two", EntryDecision(version=1, approve=True))
        entries.follow()
    assert told(shift) == {"one": (EntryState.REFUSED, "The vehicle is too vague"), "two": (EntryState.ACTIVE, "")}
    assert {asked.by for asked in shift.said(EntryRequestsChanged)[-1].requests} == {"supervisor"}


def test_a_request_that_headquarters_turns_down_says_so_and_is_not_sent_again(
    shift: Shift, there: Headquarters
) -> None:
    """An officer whom headquarters does not know: its own words stand beside the request."""
    with closing(there.store()) as store:
        seat(store, "rdoe", Role.AUDITOR)
    with there.client() as client:
        entries = sender(shift, client)
        shift.prepare()
        shift.do(RequestEntry("one", draft_of(shift)))
        entries.turn()
    state, words = told(shift)["one"]
    assert state is EntryState.REFUSED
    assert "knows no such officer" in words
