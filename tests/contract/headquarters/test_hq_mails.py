"""Alerts by mail: queued with the hit, sent over STARTTLS by a real connection, tried again, and silent on plates."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import select, update

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import AlertMail, Ruled
from mdt_app.hq.authority import Authority
from mdt_app.hq.designated import designate, end_route, routes
from mdt_app.hq.mail_settings import MailSettings, read_mail_settings
from mdt_app.hq.mails import TRIED_FOR, MailDesk
from mdt_app.hq.serving import serve
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alert_mails
from mdt_app.services.policies import load_policy
from mdt_app.services.policy_source import named_policy
from mdt_app.services.tls import show
from mdt_app.sync.field_wire import NewAlertRoute
from tests.fakes.chained import a_new_car
from tests.fakes.headquarters import KEY, POLICY, Headquarters, Serving, an_event, made, until
from tests.fakes.smtp import MailServer

PLATE = "PLANTED7"


@pytest.fixture
def server(store: Store) -> Iterator[MailServer]:
    """A mail server with a certificate of the agency's own authority."""
    certificate = Authority(store, KEY).server(datetime.now(UTC))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    show(context, certificate.pem, certificate.key)
    with MailServer(context) as running:
        yield running


@pytest.fixture
def store(hq: Headquarters) -> Iterator[Store]:
    with closing(hq.store()) as opened:
        yield opened


@pytest.fixture
def settings(server: MailServer, store: Store, tmp_path: Path) -> MailSettings:
    authority = tmp_path / "authority.pem"
    authority.write_text(Authority(store, KEY).root_pem())
    known = {"host": "127.0.0.1", "port": server.port, "sender": "plates@agency.test", "look_at": "the desk"}
    return MailSettings(**known, user="plates", password="secret", authority=str(authority))


def an_alert(hq: Headquarters, store: Store) -> str:
    """A hit of a category that this address is told of; returns the address."""
    address = f"desk-{uuid4().hex[:8]}@other.test"
    for route in routes(store).routes:
        if route.ended_at is None:
            end_route(store, route.position, "admin1")
    designate(store, NewAlertRoute(category="amber_alert", address=address), "admin1")
    designate(store, NewAlertRoute(category="amber_alert", address="state police"), "admin1")
    with a_new_car(hq) as client:
        hit = an_event(EventKind.HIT, match="exact", category="amber_alert", read={"plate": PLATE})
        for _ in range(2):
            assert client.push_events([(hit, None)]).accepted
    return address


def mail_of(store: Store, address: str):
    with store.reading() as connection:
        return connection.execute(select(alert_mails).where(alert_mails.c.address == address)).one()


def due_now(store: Store, address: str) -> None:
    with store.writing() as connection:
        mine = update(alert_mails).where(alert_mails.c.address == address)
        connection.execute(mine.values(next_at=datetime.now(UTC), held_until=datetime.now(UTC)))


def to(server: MailServer, address: str) -> list[str]:
    return [text for recipient, text in server.mails if recipient == address]


@pytest.mark.clause("HOT-11")
def test_a_hit_is_mailed_once_over_tls_and_names_no_plate(
    hq: Headquarters, store: Store, server: MailServer, settings: MailSettings
) -> None:
    """A repeat of the event makes no second mail; nothing but EHLO and STARTTLS goes in the clear."""
    address, desk = an_alert(hq, store), MailDesk(store, POLICY, settings)
    until(lambda: desk.send_due(settings) or to(server, address), "nothing is sent")
    desk.send_due(settings)
    (text,) = to(server, address)
    assert "Look at it here: the desk" in text.replace("=\r\n", "")
    assert "no ground for a stop" in text.replace("=\r\n", "")
    assert not {PLATE, "amber", "car-"} & set(text.split())
    assert PLATE not in text
    assert mail_of(store, address).state == "sent"
    assert {line.split()[0].lower() for secure, line in server.heard if not secure} <= {"ehlo", "starttls"}
    assert "state police" not in {recipient for recipient, _ in server.mails}


@pytest.mark.clause("HOT-11")
def test_the_policy_says_what_else_is_in_it(
    hq: Headquarters, store: Store, server: MailServer, settings: MailSettings
) -> None:
    """Category and time where the policy has them, and the plate only where it has that."""
    for contents, held in ((("category", "time"), False), (("plate",), True)):
        policy = replace(POLICY, alert_mail=AlertMail(Ruled(contents, "HOT-11")))
        address, desk = an_alert(hq, store), MailDesk(store, policy, settings)
        until(lambda desk=desk, address=address: desk.send_due(settings) or to(server, address), "nothing is sent")
        (text,) = to(server, address)
        assert ("Category: amber alert" in text, PLATE in text) == (not held, held)


TROUBLES = {
    "hangs up": lambda _verb: "",
    "is busy": {"RCPT": "451 later"}.get,
    "knows nobody": {"RCPT": "550 no PLANTED7 here"}.get,
    "refuses the login": {"AUTH": "535 no"}.get,
    "has no TLS": {"EHLO": "250 test"}.get,
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_can_not_be_sent_waits_longer_each_time(
    hq: Headquarters, store: Store, server: MailServer, settings: MailSettings, trouble: str
) -> None:
    """It stays queued with a later time, no log says what is in it, and it goes once the trouble is over."""
    said: list[str] = []
    structlog.configure(processors=[lambda _log, _name, event: said.append(json.dumps(event, default=str)) or ""])
    try:
        address, desk = an_alert(hq, store), MailDesk(store, POLICY, settings)
        server.trouble = TROUBLES[trouble]
        pauses = []
        for tries in (1, 2, 3):
            due_now(store, address)
            desk.send_due(settings)
            assert not to(server, address)
            row = mail_of(store, address)
            assert (row.state, row.tries) == ("queued", tries)
            pauses.append((row.next_at - datetime.now(UTC)).total_seconds())
    finally:
        structlog.reset_defaults()
    assert 5 < pauses[0] < 16
    assert 25 < pauses[2] < 61
    assert not any(word in line for line in said for word in (PLATE, address, "secret"))
    server.trouble = lambda _verb: None
    due_now(store, address)
    desk.send_due(settings)
    assert len(to(server, address)) == 1


def test_after_a_day_it_is_given_up(hq: Headquarters, store: Store, server: MailServer, settings: MailSettings) -> None:
    """The notice at the desk stands; nobody is mailed of something that is long over."""
    address, desk = an_alert(hq, store), MailDesk(store, POLICY, settings)
    server.trouble = TROUBLES["hangs up"]
    with store.writing() as connection:
        old = datetime.now(UTC) - TRIED_FOR - timedelta(minutes=1)
        connection.execute(update(alert_mails).where(alert_mails.c.address == address).values(at=old))
    due_now(store, address)
    desk.send_due(settings)
    assert mail_of(store, address).state == "given_up"


def test_an_impostor_of_the_mail_server_gets_neither_password_nor_mail(
    hq: Headquarters, store: Store, server: MailServer, settings: MailSettings
) -> None:
    """A certificate of no known authority ends it before the login."""
    address, desk = an_alert(hq, store), MailDesk(store, POLICY, settings)
    due_now(store, address)
    desk.send_due(settings.model_copy(update={"authority": ""}))
    assert not to(server, address)
    assert not [line for _, line in server.heard if line.startswith("AUTH")]


def test_a_running_headquarters_sends_by_itself(server: MailServer, settings: MailSettings, tmp_path: Path) -> None:
    """No command is needed: a worker looks for what is due."""
    there = made(tmp_path / "own")
    given = {"key": KEY, "switch_address": None, "policy": POLICY, "plain": True, "mail": settings}
    with Serving(serve, there.folder, "127.0.0.1", 0, **given) as running, closing(there.store()) as store:
        address = an_alert(replace(there, url=f"http://127.0.0.1:{running.port}"), store)
        until(lambda: to(server, address), "nothing is sent")


BAD = {
    "no TLS abroad": 'host = "mail.test"\nsender = "a@b.test"\nlook_at = "x"\nstarttls = false',
    "a password": 'host = "mail.test"\nsender = "a@b.test"\nlook_at = "x"\npassword = "secret"',
    "no sender": 'host = "mail.test"\nlook_at = "x"',
    "a sender with a line break": 'host = "mail.test"\nsender = "a@b.test\\nBcc: x@y.test"\nlook_at = "x"',
    "an unknown key": 'host = "mail.test"\nsender = "a@b.test"\nlook_at = "x"\nhots = 1',
    "no TOML": "host =",
}


@pytest.mark.parametrize("what", BAD)
def test_settings_that_do_not_fit_are_refused(tmp_path: Path, what: str) -> None:
    """Each with words; nothing is started."""
    path = tmp_path / "mail.toml"
    path.write_text(BAD[what])
    with pytest.raises(BadInput):
        read_mail_settings(path, "")


def test_a_policy_names_only_what_a_mail_can_say(tmp_path: Path) -> None:
    """The three policies name nothing: their mails say that there is an alert, and where to look."""
    assert {load_policy(one).alert_mail for one in ("postc", "newtown", "glastonbury")} == {None}
    text = named_policy("postc").policy.text
    ruled = '[alert_mail]\ncontents = { value = ["%s"], clause = "HOT-11" }\n'
    path = tmp_path / "own.toml"
    path.write_text(f"{text}\n{ruled % 'category'}")
    assert load_policy(str(path)).alert_mail == AlertMail(Ruled(("category",), "HOT-11"))
    path.write_text(f"{text}\n{ruled % 'owner'}")
    with pytest.raises(BadInput, match="may name these alone"):
        load_policy(str(path))
