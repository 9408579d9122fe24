"""Who is given a plate: planted plates are looked for in what every role gets by every route, and the page is true."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryDraft
from mdt_app.domain.events import EventKind
from mdt_app.domain.read_search import SearchTerms
from mdt_app.hq import unusual
from mdt_app.hq.access_table import Access, access
from mdt_app.hq.app import ROUTERS
from mdt_app.hq.plate_access import GIVEN, SEES_PLATES, Given, given, page
from mdt_app.hq.switch import run_switch
from mdt_app.sync.entry_wire import EntryAsked, EntryDraftMessage
from mdt_app.sync.snapshot import describe_list, pack_list
from tests.fakes.headquarters import POLICY, Headquarters, Serving, an_entry, an_event, made, serving
from tests.fakes.searches import BASIS, a_past_read, asked

PAGE = Path(__file__).parents[3] / "docs" / "plate-access.md"
PLATE = "PLNT777"
ENTERING = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CRIME_ANALYST, Role.COMMUNICATIONS)
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"
SHARING = {"agency": "CT1234567", "asked_by": "Det. Jones", "received_on": TODAY, "case_number": "26-1"}
SHARING |= {"purpose": "locate", "offense": "Burglary", "facts": "Seen at the scene", "immigration": "no"}
SHARING |= {"health_care": "no", "plate": PLATE, "since": TODAY, "until": TODAY}
REGISTERS = {"sharing": SHARING, "member_plates": {"member": "officer", "plate": PLATE, "state": "CT"}}
TRAINER = Role.TRAINER


def own(role: Role) -> str:
    """The plate of a role's own entry."""
    return f"OWN{list(Role).index(role)}77"


def a_draft(plate: str) -> EntryDraft:
    return EntryDraft(
        plate=plate,
        state="CT",
        purpose="investigation",
        offense="Burglary",
        officer_name="R. Doe",
        facts="Seen leaving two burglaries on Elm Street",
        descriptors="roof rack",
        expires_at=datetime.now(UTC) + timedelta(days=60),
    )


@dataclass
class Planted:
    """A headquarters full of one plate, each role's own entry beside it, and where everything is."""

    hq: Headquarters
    desks: dict[Role, httpx2.Client]
    ids: dict[str, str] = field(default_factory=dict)
    entries: dict[Role, str] = field(default_factory=dict)
    searches: dict[Role, str] = field(default_factory=dict)

    def request(self, desk: httpx2.Client, plate: str, *, decided: bool = True) -> str:
        """Ask for an entry, and have it checked and put in force."""
        entry_id = str(uuid4())
        message = EntryAsked(entry_id=entry_id, draft=EntryDraftMessage.of(a_draft(plate)))
        assert desk.post("/v1/entries", content=message.model_dump_json()).is_success
        with self.hq.desk_of("second-supervisor", Role.SUPERVISOR) as second:
            assert second.post(f"/v1/entries/{entry_id}/check").is_success
            decision = {"version": 1, "approve": True, "words": ""}
            assert not decided or second.post(f"/v1/entries/{entry_id}/decision", json=decision).is_success
        return entry_id

    def version(self, entry_id: str) -> int:
        record = self.desks[Role.AUDITOR].get(f"/v1/entries/{entry_id}").json()["record"]
        return int(record["version"])

    def plant(self) -> None:
        """Reads, a hit, a search, a list, entries, a dispute, a finding, registers: all with the plate."""
        hit_id, search_id = str(uuid4()), str(uuid4())
        entry = {"id": "x", "plate": PLATE, "state": "CT", "ori": "CT0056700"}
        said = {"list": "ncic", "category": "stolen_vehicle", "match": "exact", "entry": entry}
        body = {"plate_data": {"plate": PLATE}, "parameters": {}, "purpose": "locate", "reason": "for a burglary"}
        events = [
            an_event(EventKind.HIT, hit_id, **said, read={"plate": PLATE}),
            an_event(EventKind.PLATE_CONFIRMED, hit_id, plate=PLATE, state="CT", agrees=True),
            an_event(EventKind.STOP, hit_id, plate_seen=PLATE),
            *(an_event(EventKind.SEARCHED, search_id, **body, case="26-1") for _ in range(3)),
            a_past_read(PLATE, 5),
        ]
        with self.hq.client() as car:
            car.push_events([(event, None) for event in events])
        admin = self.desks[Role.ADMINISTRATOR]
        listed = [an_entry(PLATE)]
        content = pack_list(describe_list("ncic", "NCIC", "state", datetime.now(UTC), listed), listed)
        assert admin.put("/v1/hotlists/ncic", content=content).is_success
        self.entries = {role: self.request(self.desks[role], own(role)) for role in ENTERING}
        with self.hq.desk_of("somebody-else", Role.OFFICER) as other:
            self.ids = {"entry_id": self.request(other, PLATE), "subject": hit_id, "list_id": "ncic"}
            self.ids["waiting"] = self.request(other, PLATE, decided=False)
        dispute = {
            "dispute_id": str(uuid4()),
            "plate": PLATE,
            "state": "CT",
            "hit_id": hit_id,
            "account": "This was not my car",
        }
        assert admin.post("/v1/disputes", json=dispute).is_success
        self.ids |= {"dispute_id": dispute["dispute_id"], "position": "1", "ending": "json"}
        for register, values in REGISTERS.items():
            record = {"record_id": f"in-{register}", "values": values}
            answer = admin.post(f"/v1/registers/{register}", json=record)
            assert answer.is_success, answer.text
        with contextlib.closing(self.hq.store()) as store:
            assert unusual.look(store, POLICY.unusual_use, datetime.now(UTC))

    def body(self, row: Access, role: Role, entry_id: str) -> bytes:
        """What is sent: on routes that answer with content a real message, elsewhere one that is refused."""
        version = self.version(entry_id) if "{entry_id}" in row.path else 1
        entry = {"version": version, "words": "The vehicle was found today", "approve": False}
        ends = (datetime.now(UTC) + timedelta(days=90)).isoformat()
        now = datetime.now(UTC)
        terms = SearchTerms(now - timedelta(hours=2), now + timedelta(hours=1), plate=PLATE)
        search = asked(terms, BASIS)
        if row.path == "/v1/searches":
            self.searches[role] = search.search_id
        known: dict[str, Any] = {
            "/entries": {"entry_id": str(uuid4()), "draft": draft(own(role))},
            "/entries/{entry_id}": {"version": version, "draft": draft(own(role))},
            "/entries/{entry_id}/removal": {"words": entry["words"]},
            "/entries/{entry_id}/renewal": {"version": version, "expires_at": ends},
            "/entries/{entry_id}/decision": entry,
            "/searches": search.model_dump(mode="json"),
            "/registers/sharing": {"record_id": str(uuid4()), "values": SHARING},
            "/registers/member_plates": {"record_id": str(uuid4()), "values": REGISTERS["member_plates"]},
            "/findings/{position}/review": {"verdict": "dismissed", "words": "In order"},
        }
        return json.dumps(known.get(row.path.removeprefix("/v1"), {})).encode()

    def answers(self, row: Access, role: Role) -> str:
        """All that this role gets from this route, about others' entries and about its own, unpacked."""
        others = self.ids["waiting" if row.path.endswith("/decision") else "entry_id"]
        whose = [others, *([self.entries[role]] if role in self.entries else [])]
        told = []
        for entry_id in whose if "{entry_id}" in row.path else whose[:1]:
            ids = {
                **self.ids,
                "entry_id": entry_id,
                "search_id": self.searches.get(role, "none"),
                "record_id": "in-" + ([*row.path.split("/"), "", ""])[3],
            }
            parts = (ids.get(part.strip("{}"), "none") if part[:1] == "{" else part for part in row.path.split("/"))
            content = b"" if row.method == "GET" else self.body(row, role, entry_id)
            answer = self.desks[role].request(row.method, "/".join(parts), content=content)
            assert answer.status_code < 500, (row, role, answer.text)
            told.append(unpacked(answer.content))
        return "\n".join(told)

    def found(self, row: Access, role: Role) -> Given:
        text = self.answers(row, role)
        if PLATE in text:
            return Given.ANY
        others = [other for other in ENTERING if other is not role and own(other) in text]
        assert not others, (row, role, others)
        return Given.OWN if own(role) in text else Given.NONE


def draft(plate: str) -> dict[str, Any]:
    return EntryDraftMessage.of(a_draft(plate)).model_dump(mode="json")


def unpacked(content: bytes) -> str:
    with contextlib.suppress(OSError, EOFError):
        content = gzip.decompress(content)
    return content.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    there = made(tmp_path_factory.mktemp("plates"))
    with (
        Serving(run_switch, "127.0.0.1", 0, (an_entry(PLATE),)) as switch,
        serving(there.folder, ("127.0.0.1", switch.port)) as running,
        contextlib.ExitStack() as stack,
    ):
        hq = replace(there, url=f"http://127.0.0.1:{running.port}")
        full = Planted(hq, {role: stack.enter_context(hq.desk(role)) for role in Role})
        full.plant()
        yield full


_LATE = ("/searches/{search_id}/reads", "/renewal", "PUT /v1/entries/{entry_id}", "/check", "/decision", "/removal")


def in_order() -> list[Access]:
    """Reading routes first; then what changes an entry, what ends it last."""

    def when(row: Access) -> tuple[int, bool]:
        name = f"{row.method} {row.path}"
        return next((n for n, end in enumerate(_LATE, start=1) if name.endswith(end)), 0), row.method != "GET"

    return sorted(access(ROUTERS), key=when)


@pytest.mark.clause("ACC-2", "AUD-1")
def test_what_every_role_gets_from_every_route_is_what_the_page_says(planted: Planted) -> None:
    """Nobody gets a plate that the page does not give them; what it gives, somebody really gets."""
    wrong = []
    for row in in_order():
        roles = [role for role in Role if role.value in row.who]
        found = {role: planted.found(row, role) for role in roles}
        told = {role: given(row, role) for role in roles}
        more = [f"{role.value}: {found[role].value}" for role in roles if found[role] > told[role]]
        claimed = max(told.values(), default=Given.NONE) > max(found.values(), default=Given.NONE)
        if more or claimed:
            wrong.append(f"{row.method} {row.path} {', '.join(more) or 'gives less than the page says'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.clause("ACC-2")
def test_who_may_not_see_a_plate_is_given_none_by_any_route() -> None:
    """The trainer is given no plate; nor is whoever calls without an identity."""
    assert Role.TRAINER not in SEES_PLATES
    rows = access(ROUTERS)
    assert [row for row in rows for role in set(Role) - SEES_PLATES if given(row, role) is not Given.NONE] == []
    known = {(row.method, row.path) for row in rows}
    assert sorted(GIVEN.keys() - known) == [], "a route that is no more"


def test_the_page_is_current() -> None:
    """'mdt hq access --plates > docs/plate-access.md' makes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page(access(ROUTERS))
