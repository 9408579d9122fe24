"""Unusual use and security events at headquarters: found by itself, reviewed by the Administrator, without a plate."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import Event, EventKind
from mdt_app.hq import unusual
from tests.fakes.headquarters import POLICY, Headquarters, an_event, until

PLATE = "UNUSUA1"
NOW = datetime.now(UTC)


def a_search(by: str, at: datetime = NOW, pattern: str = PLATE, case: str = "26-7") -> Event:
    """A search as a car puts it on record."""
    body = {
        "plate_data": {"plate": pattern},
        "parameters": {"state": "CT"},
        "purpose": "locate",
        "reason": "Burglary on Elm Street",
        "case": case,
    }
    return Event(str(uuid4()), EventKind.SEARCHED, at, "system", by, "car-7", str(uuid4()), body)


def on_record(hq: Headquarters, *events: Event) -> None:
    with hq.client() as client:
        assert not client.push_events([(event, None) for event in events]).refused


def look(hq: Headquarters, now: datetime | None = None) -> int:
    with contextlib.closing(hq.store()) as store:
        return unusual.look(store, POLICY.unusual_use, now or datetime.now(UTC))


def about(hq: Headquarters, person: str, **query: object) -> list[dict]:
    with hq.desk() as desk:
        return [f for f in desk.get("/v1/findings", params=query).json()["findings"] if f["person"] == person]


def reviewed(hq: Headquarters, finding: dict, verdict: str, role: Role = Role.ADMINISTRATOR, words: str = "Seen"):
    with hq.desk(role) as desk:
        return desk.post(f"/v1/findings/{finding['position']}/review", json={"verdict": verdict, "words": words})


@pytest.mark.clause("AUD-8")
def test_repeated_searches_become_one_finding_that_grows_and_names_no_plate(hq: Headquarters) -> None:
    """Looking again adds nothing; a further search changes the open finding; the plate stands nowhere in it."""
    person = f"doe-{uuid4().hex[:6]}"
    on_record(hq, *(a_search(person) for _ in range(3)))
    look(hq)
    assert look(hq) == 0
    (one,) = about(hq, person)
    assert (one["rule"], len(one["searches"])) == ("same_plate", 3)
    on_record(hq, a_search(person))
    look(hq)
    (grown,) = about(hq, person)
    assert (grown["position"], len(grown["searches"])) == (one["position"], 4)
    assert PLATE not in str(grown)


@pytest.mark.clause("AUD-8", "AUD-4")
def test_a_finding_is_reviewed_once_by_the_administrator_with_words(hq: Headquarters) -> None:
    """A supervisor and an auditor can't; a second review is refused; a reviewed finding does not come back."""
    person = f"roe-{uuid4().hex[:6]}"
    on_record(hq, *(a_search(person) for _ in range(3)))
    look(hq)
    (one,) = about(hq, person)
    assert reviewed(hq, one, "dismissed", Role.SUPERVISOR).status_code == 403
    assert reviewed(hq, one, "dismissed", Role.AUDITOR).status_code == 403
    assert reviewed(hq, one, "dismissed", words="").status_code == 422
    said = reviewed(hq, one, "dismissed", words="One case, three shifts: report 26-7")
    assert said.json()["verdict"] == "dismissed"
    assert said.json()["reviewed_by"] == "administrator"
    assert reviewed(hq, one, "violation").json()["reason"] == "finding_stays"
    on_record(hq, a_search(person))
    look(hq)
    assert about(hq, person) == []
    assert about(hq, person, closed=True)[0]["review_words"].startswith("One case")


@pytest.mark.clause("AUD-8")
def test_nobody_reviews_a_finding_about_themselves(hq: Headquarters) -> None:
    """The Administrator's own searches are found too, and wait for somebody else."""
    on_record(hq, *(a_search("administrator", pattern="ADM1NS") for _ in range(3)))
    look(hq)
    own = about(hq, "administrator")[0]
    said = reviewed(hq, own, "dismissed")
    assert said.status_code == 409
    assert "about themselves" in said.json()["words"]
    with hq.desk_of("second-admin", Role.ADMINISTRATOR) as desk:
        body = {"verdict": "dismissed", "words": "Shown at a training"}
        assert desk.post(f"/v1/findings/{own['position']}/review", json=body).is_success


@pytest.mark.clause("AUD-8")
def test_a_search_without_a_report_is_found_when_its_days_are_over_and_evidence_answers_it(hq: Headquarters) -> None:
    """Data preserved under the case is what answers it."""
    late = NOW + timedelta(days=9)
    person, other = f"poe-{uuid4().hex[:6]}", f"moe-{uuid4().hex[:6]}"
    case, answered = f"26-{uuid4().hex[:6]}", f"26-{uuid4().hex[:6]}"
    on_record(hq, a_search(person, case=case), a_search(other, case=answered))
    on_record(hq, an_event(EventKind.PRESERVED, case=answered, held=1))
    look(hq)
    assert about(hq, person) == []
    look(hq, late)
    assert [f["rule"] for f in about(hq, person)] == ["no_report"]
    assert about(hq, other) == []


@pytest.mark.clause("AUD-8")
def test_headquarters_looks_by_itself_while_it_serves(hq: Headquarters) -> None:
    """Nobody has to ask: a day far above what others make is found within a round."""
    with contextlib.closing(hq.store()) as store:
        person = f"busy-{uuid4().hex[:6]}"
        on_record(hq, *(a_search(person, pattern=f"B{n:05}") for n in range(40)), a_search("calm", pattern="C00001"))
        with unusual.watched(store, POLICY.unusual_use):
            until(lambda: any(f["rule"] == "peer_rate" for f in about(hq, person)), "nothing was found")


@pytest.mark.clause("AUD-8")
def test_security_events_come_from_cars_and_desks_newest_first_without_a_plate(hq: Headquarters) -> None:
    """Failed sign-ins, lockouts, refused uses, exigent stops and unusual use stand in one list."""
    hit = str(uuid4())
    on_record(
        hq,
        an_event(EventKind.SIGN_IN_REFUSED, command="SignIn", reason="wrong_credentials"),
        an_event(EventKind.ACCOUNT_LOCKED, failures=5),
        an_event(EventKind.PURPOSE_REFUSED, hit, use="personal_use", clause="POSTC G.4"),
        an_event(EventKind.COMMAND_REFUSED, command="SearchReads", reason="prohibited.harassment"),
        an_event(EventKind.COMMAND_REFUSED, command="SearchReads", reason="search_too_wide"),
        an_event(EventKind.STORE_FOUND, reason="damaged"),
        an_event(EventKind.SERVER_REFUSED, found="another server"),
        *(a_search(f"noe-{hit[:6]}") for _ in range(3)),
    )
    look(hq)
    with hq.http("nobody's token") as stranger:
        stranger.get("/v1/flags")
    with hq.desk(Role.AUDITOR) as desk:
        answer = desk.get("/v1/security-events", params={"limit": 1000})
    told = answer.json()["events"]
    assert PLATE not in answer.text
    assert [e["at"] for e in told] == sorted((e["at"] for e in told), reverse=True)
    what = [e["what"] for e in told]
    expected = {"sign_in_refused", "account_locked", "purpose_refused", "store_damaged", "turned_away", "unusual_use"}
    assert expected | {"server_refused"} <= set(what)
    words = " ".join(e["words"] for e in told)
    assert "personal_use" in words
    assert "prohibited.harassment" in words
    assert "search_too_wide" not in words, "an honest mistake is no security event"


@pytest.mark.clause("AUD-8", "STP-5")
def test_an_exigent_stop_is_a_security_event(hq: Headquarters) -> None:
    """The flag that it raises is shown with who stopped."""
    from sqlalchemy import insert

    from mdt_app.hq.tables import flags

    subject = str(uuid4())
    row = {"event_id": subject, "reason": "exigent_stop", "car_id": "car-7", "actor": "doe", "subject": subject}
    with contextlib.closing(hq.store()) as store, store.writing() as connection:
        connection.execute(insert(flags).values(row | {"raised_at": datetime.now(UTC)}))
    with hq.desk() as desk:
        told = desk.get("/v1/security-events").json()["events"]
    assert ("exigent_stop", "doe", "car-7") in {(e["what"], e["person"], e["place"]) for e in told}


def put(desk: object, register: str, **values: str) -> None:
    answer = desk.post(f"/v1/registers/{register}", json={"record_id": str(uuid4()), "values": values})
    assert answer.is_success, answer.text


@pytest.mark.clause("AUD-8")
def test_the_administrators_lists_of_hours_and_members_plates_are_looked_at(hq: Headquarters) -> None:
    """A search for a colleague's plate, and one outside of the hours on duty, are found; no plate stands in them."""
    member, colleague = (f"{name}-{uuid4().hex[:6]}" for name in ("member", "colleague"))
    for person in (member, colleague):
        hq.desk_of(person, Role.OFFICER).close()
    local = datetime.now(UTC).astimezone()
    begins, ends = ((local + timedelta(hours=n)).strftime("%H:%M") for n in (6, 8))
    with hq.desk() as admin:
        put(admin, "member_plates", member=colleague, plate="C0LLGUE", state="CT")
        put(admin, "duty_hours", member=member, days="Mon, Tue, Wed, Thu, Fri, Sat, Sun", begins=begins, ends=ends)
        values = {"member": colleague, "days": "Mon", "begins": "7", "ends": "15:30"}
        refused = admin.post("/v1/registers/duty_hours", json={"record_id": str(uuid4()), "values": values})
        assert (refused.status_code, "write it as 07:30" in refused.text) == (409, True)
    on_record(hq, a_search(member, pattern="COLLGUE".replace("O", "0")))
    look(hq)
    assert {f["rule"] for f in about(hq, member)} == {"colleague_plate", "outside_duty"}
    assert "C0LLGUE" not in str(about(hq, member))


@pytest.mark.clause("AUD-8", "AUD-4")
def test_a_finding_that_is_a_violation_opens_its_record_for_the_chief(hq: Headquarters) -> None:
    """The searches that show it are named in it; the member it is about sees nothing of it."""
    member = f"bad-{uuid4().hex[:6]}"
    with hq.desk_of(member, Role.AUDITOR) as theirs:
        on_record(hq, *(a_search(member) for _ in range(3)))
        look(hq)
        (one,) = about(hq, member)
        assert reviewed(hq, one, "violation", words="Looked up a neighbor").is_success
        with hq.desk() as admin:
            story = admin.get(f"/v1/registers/violations/finding-{one['position']}").json()["record"]
        assert (story["state"], story["values"]["member"]) == ("found", member)
        assert one["searches"][0] in story["values"]["records"]
        assert theirs.get(f"/v1/registers/violations/finding-{one['position']}").status_code == 409
