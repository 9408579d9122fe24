"""Data for another agency over real HTTP: nothing before all conditions hold; then a sealed package, on record."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from typer.testing import CliRunner

from mdt_app.cli import app
from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import Person
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.hq import registers, sharing
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.search_desk import OwnReads, SearchDesk
from mdt_app.hq.store import Store
from mdt_app.services.policies import load_policy
from mdt_app.services.register_files import load_registers
from mdt_app.services.sealed_files import Opener, opened
from mdt_app.sync.sharing_wire import SHARE
from tests.fakes.desk_people import typed_by
from tests.fakes.headquarters import KEY as HQ_KEY
from tests.fakes.headquarters import ORI, Headquarters, an_event

TODAY = datetime.now(UTC).date()
KEY = X25519PrivateKey.generate()
PLATE = "SHR4321"
FACTS = "Seen leaving a burglary on Elm Street"


@pytest.fixture
def admin(hq: Headquarters) -> Iterator[httpx2.Client]:
    with hq.desk() as desk:
        yield desk


def put(desk: httpx2.Client, register: str, **values: str) -> dict:
    answer = desk.post(f"/v1/registers/{register}", json={"record_id": str(uuid4()), "values": values})
    assert answer.status_code == 200, answer.text
    return answer.json()


def moved(
    desk: httpx2.Client, register: str, record: dict, act: str, words: str = "", **values: str
) -> httpx2.Response:
    asked = {"version": record["version"], "act": act, "words": words, "values": values}
    return desk.post(f"/v1/registers/{register}/{record['record_id']}", json=asked)


def an_agency(desk: httpx2.Client, state: str = "MA", *, key: bool = True, **values: str) -> str:
    """Put an agency on file and return its ORI."""
    ori = f"{state}{uuid4().hex[:7].upper()}"
    held = {"public_key": KEY.public_key().public_bytes_raw().hex()} if key else {}
    put(desk, "agencies", agency=f"{state} PD", ori=ori, state=state, mission="general", **(held | values))
    return ori


def a_declaration(desk: httpx2.Client, ori: str, ends_on: str = str(TODAY + timedelta(days=300)), **said: str) -> dict:
    text = "We affirm that we will abide by the policy, C.G.S. 54-192h and 54-155b."
    values = {"agency": ori, "text": text, "signer": "J. Chief", "signer_office": "Chief of Police"}
    record = put(desk, "declarations", **values, signed_on=str(TODAY), ends_on=ends_on)
    affirmed = dict.fromkeys(("affirms_policy", "affirms_trust_act", "affirms_health_care"), "yes")
    answer = moved(desk, "declarations", record, "accept", **({"policy_sent_on": str(TODAY)} | affirmed | said))
    return answer.json()


def an_agreement(desk: httpx2.Client, ori: str) -> str:
    name = f"MOU {uuid4().hex[:6]}"
    values = {"agreement": name, "agency": ori, "kind": "memorandum of understanding", "terms": "For named cases"}
    record = put(desk, "agreements", **values, signed_by="The Chief", begins_on=str(TODAY))
    assert moved(desk, "agreements", record, "sign", "signed by both today").is_success
    return name


def a_request(desk: httpx2.Client, ori: str, agreement: str = "", **changes: str) -> dict:
    values = {"agency": ori, "asked_by": "Det. A. Jones", "received_on": str(TODAY), "case_number": "MA-26-1"}
    values |= {
        "purpose": "locate",
        "offense": "Burglary",
        "facts": FACTS,
        "immigration": "no",
        "health_care": "no",
        "plate": PLATE,
    }
    values |= {"since": str(TODAY - timedelta(days=3)), "until": str(TODAY), "agreement": agreement}
    return put(desk, "sharing", **(values | changes))


def approved(desk: httpx2.Client, record: dict) -> dict:
    answer = moved(desk, "sharing", record, "approve", "a burglary, the agency is known")
    assert answer.is_success, answer.text
    return answer.json()


def package(desk: httpx2.Client, record: dict, passphrase: str = "") -> httpx2.Response:
    return desk.post(f"/v1/sharing/{record['record_id']}/package", json={"passphrase": passphrase})


def sharing_under(store: Store, policy: Policy, later: timedelta = timedelta()) -> sharing.SharingDesk:
    """The Administrator's desk of a headquarters with another policy, now or so much later."""
    search = SearchDesk(store, policy, OwnTrail(HQ_KEY), OwnReads(store))
    person = Person("administrator", Role.ADMINISTRATOR)
    return sharing.SharingDesk(search, registers.Desk(person, policy, datetime.now(UTC) + later), ORI)


def reads_of(hq: Headquarters, plate: str = PLATE) -> str:
    """Have a car send a read; return its id."""
    event = an_event(EventKind.READ, plate=plate, state="MA", camera="front", confidence=0.9)
    with hq.client() as car:
        assert not car.push_events([(event, None)]).refused
    return event.event_id


@pytest.mark.clause("SHR-1", "SHR-3")
def test_nothing_leaves_before_the_declaration_is_in_force_and_then_it_is_sealed_and_listed(
    hq: Headquarters, admin: httpx2.Client
) -> None:
    """Refused and on record; with the declaration the package opens with the agency's key alone and holds the read."""
    event_id, ori = reads_of(hq), an_agency(admin)
    record = approved(admin, a_request(admin, ori, an_agreement(admin, ori)))
    refused = package(admin, record)
    assert (refused.status_code, refused.json()["reason"]) == (409, "declaration_missing")
    assert "POSTC H.1, I.8" in refused.json()["words"]
    assert PLATE not in refused.text
    a_declaration(admin, ori)
    said = admin.get(f"/v1/sharing/{record['record_id']}/conditions").json()
    assert said == {"unmet": []}
    given = package(admin, record)
    assert given.status_code == 200, given.text
    assert PLATE.encode() not in given.content
    document = json.loads(b"".join(opened(sharing.KIND, Opener(private=KEY), io.BytesIO(given.content))))
    assert event_id in [read["event_id"] for read in document["reads"]]
    assert {read["plate"] for read in document["reads"]} == {PLATE}
    assert "officer1" not in json.dumps(document)
    share_id = given.headers[SHARE]
    story = admin.get(f"/v1/registers/shared/{share_id}").json()["record"]["values"]
    assert (story["agency"], story["request"], story["reads"]) == (
        ori,
        record["record_id"],
        str(len(document["reads"])),
    )
    listed = admin.get(f"/v1/shared/{share_id}/reads")
    assert listed.json()["reads"] == [read["event_id"] for read in document["reads"]]
    assert PLATE not in listed.text
    assert admin.get(f"/v1/registers/sharing/{record['record_id']}").json()["record"]["state"] == "answered"
    assert package(admin, record).json()["reason"] == "not_approved", "answered once"
    told = admin.get("/v1/security-events", params={"limit": 1000}).json()["events"]
    assert ("sharing_refused", "command: Share · reason: declaration_missing") in {
        (e["what"], e["words"]) for e in told
    }
    assert any(e["what"] == "data_exported" and record["record_id"] in e["words"] for e in told)
    searched = admin.get("/v1/events", params={"kind": "data.searched", "limit": 1000}).json()["events"]
    assert any(f"Request of {ori}" in event["event"]["body"]["reason"] for event in searched)


@pytest.mark.clause("SHR-1")
def test_a_declaration_counts_only_when_it_affirms_all_and_while_it_lasts(admin: httpx2.Client) -> None:
    """One that leaves a statute out can't be put in force; one that is over, or another agency's, is none."""
    ori, other = an_agency(admin), an_agency(admin, "NY")
    assert a_declaration(admin, ori, affirms_trust_act="no")["reason"] == "not_now"
    a_declaration(admin, ori, ends_on=str(TODAY - timedelta(days=1)))
    a_declaration(admin, other)
    record = approved(admin, a_request(admin, ori, an_agreement(admin, ori)))
    assert package(admin, record).json()["reason"] == "declaration_missing"


@pytest.mark.clause("SHR-3")
def test_the_administrator_reviews_and_names_an_agreement(hq: Headquarters, admin: httpx2.Client) -> None:
    """Unreviewed nothing goes; without an agreement it can't be approved; one with somebody else does not count."""
    ori = an_agency(admin, "CT")
    record = a_request(admin, ori, an_agreement(admin, ori))
    assert package(admin, record).json()["reason"] == "not_approved"
    assert moved(admin, "sharing", a_request(admin, ori), "approve", "it is all in order").json()["reason"] != ""
    wrong = approved(admin, a_request(admin, ori, an_agreement(admin, an_agency(admin, "CT"))))
    assert package(admin, wrong).json()["reason"] == "agreement_missing"
    for role in (Role.SUPERVISOR, Role.AUDITOR, Role.CRIME_ANALYST):
        with hq.desk(role) as desk:
            assert package(desk, record).status_code == 403


@pytest.mark.clause("SHR-2")
def test_a_network_is_the_chiefs_to_allow(hq: Headquarters, admin: httpx2.Client) -> None:
    """A request through one waits for that decision, which the Administrator can't make."""
    name, ori, chief = f"Hub {uuid4().hex[:6]}", an_agency(admin, "CT"), f"chief-{uuid4().hex[:6]}"
    record = approved(admin, a_request(admin, ori, an_agreement(admin, ori), network=name))
    network = put(admin, "networks", network=name, level="regional", access="Reads of named plates")
    decision = {"decided_on": str(TODAY)}
    assert moved(admin, "networks", network, "allow", "the hub is well run", **decision).json()["reason"] == "not_yours"
    assert package(admin, record).json()["reason"] == "network_not_allowed"
    with hq.desk_of(chief, Role.SUPERVISOR) as boss:
        put(admin, "offices", office="chief", holder=chief, since="2026-01-02")
        assert moved(boss, "networks", network, "allow", "the hub is well run", **decision).is_success
    assert package(admin, record).status_code == 200


@pytest.mark.clause("SHR-4", "PUR-2")
def test_immigration_is_refused_by_the_policy_in_force(hq: Headquarters, admin: httpx2.Client) -> None:
    """POSTC: with a citation and facts; Glastonbury: never, civil or criminal."""
    ori = an_agency(admin, "CT")
    agreement = an_agreement(admin, ori)
    cited = {"immigration": "civil", "citation": "C.G.S. 54-192h(b)(1)(A)(i)"}
    civil = approved(admin, a_request(admin, ori, agreement, **cited))
    wrong = approved(admin, a_request(admin, ori, agreement, **(cited | {"citation": "8 U.S.C. 1373"})))
    criminal = approved(admin, a_request(admin, ori, agreement, immigration="criminal", purpose="investigation"))
    assert package(admin, wrong).json()["reason"] == "prohibited.civil_immigration"
    with contextlib.closing(hq.store()) as store:
        glastonbury = sharing_under(store, load_policy("glastonbury"))
        for record in (civil, criminal):
            with pytest.raises(Refused) as refused:
                glastonbury.share(record["record_id"], "")
            assert refused.value.reason == "immigration"
            assert "Glastonbury Sharing" in refused.value.words
    assert package(admin, civil).status_code == 200


@pytest.mark.clause("SHR-1")
def test_the_statute_laid_over_refuses_other_states_and_older_reads(hq: Headquarters, admin: httpx2.Client) -> None:
    """Vermont may not; Massachusetts may, and gets nothing that is older than the statute lets the agency keep."""
    bound = load_policy("postc", ["ct_pa_26_14"])
    reads_of(hq, "OLD4321")
    records = {}
    for state in ("VT", "MA"):
        ori = an_agency(admin, state)
        a_declaration(admin, ori)
        records[state] = approved(admin, a_request(admin, ori, an_agreement(admin, ori), plate="OLD4321"))
    with contextlib.closing(hq.store()) as store:
        with pytest.raises(Refused) as refused:
            sharing_under(store, bound).share(records["VT"]["record_id"], "")
        assert refused.value.reason == "state_not_allowed"
        made = sharing_under(store, bound, timedelta(days=25)).share(records["MA"]["record_id"], "")
        assert sharing.listed(store, made.share_id).reads == ()


@pytest.mark.clause("SHR-3")
def test_a_package_is_sealed_or_not_made(admin: httpx2.Client) -> None:
    """An agency without a key needs a long passphrase, with which alone it opens; a wide request is refused."""
    ori = an_agency(admin, "CT", key=False)
    agreement = an_agreement(admin, ori)
    record = approved(admin, a_request(admin, ori, agreement))
    assert package(admin, record, "short").json()["reason"] == "no_lock"
    wide = approved(admin, a_request(admin, ori, agreement, plate="*"))
    assert package(admin, wide, "correct horse battery").json()["reason"] == "search_too_wide"
    given = package(admin, record, "correct horse battery")
    opener = Opener(passphrase=lambda: "correct horse battery")
    assert json.loads(b"".join(opened(sharing.KIND, opener, io.BytesIO(given.content))))["from"] == ORI


def test_the_registers_of_sharing_are_the_administrators() -> None:
    """Nobody but the Administrator writes there; the auditor looks."""
    for name in ("agencies", "declarations", "agreements", "sharing", "shared", "duty_hours", "member_plates"):
        register = load_registers()[name]
        assert set(register.opens) == {Role.ADMINISTRATOR}
        assert set(register.sees) <= {Role.ADMINISTRATOR, Role.AUDITOR}


@pytest.mark.clause("SHR-3")
def test_the_administrator_makes_a_package_on_the_command_line(
    hq: Headquarters, admin: httpx2.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the request lacks is said first; then the file is there once, and opens by its passphrase alone."""
    ori, file, words = an_agency(admin, "CT", key=False), tmp_path / "package", "correct horse battery"
    agreement = an_agreement(admin, ori)
    record = a_request(admin, ori, agreement)
    monkeypatch.setenv("MDT_DESK_TOKEN", hq.desks[Role.ADMINISTRATOR])
    share = ["hq", "share", record["record_id"], "--hq", hq.url]
    lacking = CliRunner().invoke(app, share)
    assert lacking.exit_code == 1
    assert "not_approved" in lacking.stdout
    approved(admin, record)
    with contextlib.closing(hq.store()) as store:
        typed = "\n".join((words, words, *typed_by(store, Role.ADMINISTRATOR.value), ""))
    made = CliRunner().invoke(app, [*share, "--to", str(file), "--passphrase"], input=typed)
    assert made.exit_code == 0, made.output
    assert isinstance(CliRunner().invoke(app, [*share, "--to", str(file)]).exception, BadInput)
    opened_file = CliRunner().invoke(app, ["hq", "open-share", str(file), "--passphrase"], input=f"{words}\n")
    assert f'"from": "{ORI}"' in opened_file.stdout
    wrong = CliRunner().invoke(app, ["hq", "open-share", str(file), "--passphrase"], input="another passphrase\n")
    assert isinstance(wrong.exception, BadInput)
