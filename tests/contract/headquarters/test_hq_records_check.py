"""Records checks: car to headquarters to message switch and back, with every way that it can go wrong."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from mdt_app.domain.records_check import CheckAnswer, RecordsQuery
from mdt_app.hq.dialect import inquiry_text, understood
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.gateway import SOURCE, RecordsGateway, _record_inquiry
from mdt_app.hq.tables import checks
from mdt_app.sync.client import LINK_SOURCE, HqClient
from tests.fakes.headquarters import Headquarters, Serving, a_query

NIC = "V123456789"
ANSWERS = [
    pytest.param(a_query("AB12345", nic=NIC), CheckAnswer.ACTIVE, id="plate, state and NIC"),
    pytest.param(a_query("AB12345"), CheckAnswer.ACTIVE, id="plate and state"),
    pytest.param(a_query("DODG1"), CheckAnswer.ACTIVE, id="letter O for the list's zero"),
    pytest.param(a_query("TWICE1", "CT"), CheckAnswer.ACTIVE, id="the second of two states"),
    pytest.param(a_query("AB12345", "NY"), CheckAnswer.OTHER_RECORD, id="same plate, other state"),
    pytest.param(a_query("AB12345", nic="V999999999"), CheckAnswer.OTHER_RECORD, id="same plate, other NIC"),
    pytest.param(a_query("NYPLATE", "CT"), CheckAnswer.OTHER_RECORD, id="listed in another state only"),
    pytest.param(a_query("CLEAN1"), CheckAnswer.NO_RECORD, id="not listed"),
    pytest.param(a_query("GONE1"), CheckAnswer.NO_RECORD, id="cleared since the extract"),
    pytest.param(a_query("BROKEN1"), CheckAnswer.MALFORMED, id="malformed"),
]


@pytest.mark.parametrize(("query", "expected"), ANSWERS)
def test_the_answer_says_what_the_switch_has(hq: Headquarters, query: RecordsQuery, expected: CheckAnswer) -> None:
    """ACTIVE only for a record with this plate, this state and, where asked, this NIC."""
    with hq.client() as client:
        answer = client.records_check(query)
    assert (answer.answer, answer.check_id, answer.source, answer.by) == (expected, query.check_id, SOURCE, "officer1")
    assert answer.asked_at <= answer.answered_at


def test_a_hit_comes_with_its_record_and_the_caveat(hq: Headquarters) -> None:
    """The officer sees the record's fields, the entering ORI, and that a hit alone is not probable cause."""
    with hq.client() as client:
        text = client.records_check(a_query("AB12345")).text
    for part in ("MKE/STOLEN VEHICLE", "ORI/CT0020000", "LIC/AB12345", "LIS/CT", f"NIC/{NIC}", "VCO/RED/BLK"):
        assert part in text.splitlines()
    assert "NOT PROBABLE CAUSE" in text


def test_every_check_stands_on_record_with_inquiry_and_answer(hq: Headquarters) -> None:
    """ORI and user stand on the inquiry, and the stored answer is the one that was given."""
    query = a_query("AB12345", nic=NIC)
    with hq.client() as client:
        answer = client.records_check(query)
    store = hq.store()
    with store.reading() as connection:
        row = connection.execute(select(checks).where(checks.c.check_id == query.check_id)).one()
    store.close()
    assert (row.car_id, row.hit_id, row.answer, row.response) == ("car-7", query.hit_id, "active", answer.text)
    assert {"QV", f"ORI/{query.ori}", "USR/officer1", "LIC/AB12345", "LIS/CT", "LIT/PC"} <= set(row.inquiry.split("\n"))
    assert (row.asked_at, row.answered_at) == (answer.asked_at, answer.answered_at)


def test_a_check_sent_again_is_answered_from_the_record(hq: Headquarters) -> None:
    """The same check, cut off and asked again at another worker, has one answer; as another question it is refused."""
    query = a_query("AB12345", nic=NIC)
    with hq.client() as client:
        first, again = client.records_check(query), client.records_check(query)
        other = client.records_check(replace(query, plate="CLEAN1"))
    assert first == again
    assert (other.answer, other.source) == (CheckAnswer.NO_RESPONSE, LINK_SOURCE)


def test_a_check_that_a_dead_worker_left_is_asked_anew_or_closed(hq: Headquarters) -> None:
    """Asked again it is answered; where nobody asks again it is closed as 'no response', the latest answer is none."""
    query, left = a_query("AB12345", nic=NIC), a_query("CLEAN1")
    with closing(hq.store()) as store:
        for one, ago_s in ((query, 5), (left, 120)):
            assert _record_inquiry(store, "car-7", one, inquiry_text(default_dialect(), one)) is None
            asked_at = datetime.now(UTC) - timedelta(seconds=ago_s)
            with store.writing() as connection:
                connection.execute(update(checks).where(checks.c.check_id == one.check_id).values(asked_at=asked_at))
        with hq.client() as client:
            assert client.records_check(query).answer is CheckAnswer.ACTIVE
            asyncio.run(RecordsGateway(None).turn(store))
            assert client.records_check(left).answer is CheckAnswer.NO_RESPONSE
        with store.reading() as connection:
            assert connection.scalar(select(checks.c.times).where(checks.c.check_id == query.check_id)) == 2


def test_another_agencys_ori_is_refused(hq: Headquarters) -> None:
    """Headquarters asks only under its own ORI."""
    with hq.client() as client:
        answer = client.records_check(a_query("AB12345", ori="NY0010000"))
    assert (answer.answer, answer.source) == (CheckAnswer.NO_RESPONSE, LINK_SOURCE)
    assert "other_ori" in answer.text


def gone_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def asked(hq: Headquarters, gateway: RecordsGateway, query: RecordsQuery) -> tuple[CheckAnswer, float]:
    """Ask through a gateway of its own; return the answer and the seconds it took."""
    store, began = hq.store(), time.monotonic()
    status = asyncio.run(gateway.check(store, "car-7", query))
    store.close()
    return status.answer, time.monotonic() - began


def test_a_silent_switch_is_no_response_in_time(hq: Headquarters, switch: Serving) -> None:
    """A switch that takes the inquiry and says nothing ends in NO_RESPONSE when the time is over."""
    gateway = RecordsGateway(("127.0.0.1", switch.port), answer_s=0.3)
    answer, seconds = asked(hq, gateway, a_query("SILENT1"))
    assert answer is CheckAnswer.NO_RESPONSE
    assert 0.3 <= seconds < 2.0


@pytest.mark.parametrize("address", [None, ("127.0.0.1", gone_port()), ("no-such-host.invalid", 1)])
def test_a_switch_that_is_not_there_is_no_response(hq: Headquarters, address: tuple[str, int] | None) -> None:
    """No switch set up, a closed port and an unknown host are all NO_RESPONSE."""
    assert asked(hq, RecordsGateway(address), a_query("AB12345"))[0] is CheckAnswer.NO_RESPONSE


@contextmanager
def a_switch_that_says(reply: bytes) -> Iterator[tuple[str, int]]:
    """Serve one connection on loopback: read the inquiry, say these bytes, hang up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(reply)

        thread = threading.Thread(target=answer)
        thread.start()
        yield listener.getsockname()
        thread.join()


RAW = [
    (b"", CheckAnswer.NO_RESPONSE),
    (b"\x02HDR/x\nNO REC", CheckAnswer.MALFORMED),
    (b"HDR/x\nNO RECORD\x03", CheckAnswer.MALFORMED),
    (b"\x02\xff\xfe\x03", CheckAnswer.MALFORMED),
    (b"\x02\x03", CheckAnswer.MALFORMED),
    (b"\x02" + b"x" * 200_000, CheckAnswer.MALFORMED),
]


@pytest.mark.parametrize(("reply", "expected"), RAW, ids=lambda value: repr(value)[:20])
def test_bytes_that_are_no_message_are_no_answer(hq: Headquarters, reply: bytes, expected: CheckAnswer) -> None:
    """A hang-up is NO_RESPONSE; anything cut, unframed, too long or not ASCII is MALFORMED."""
    with a_switch_that_says(reply) as address:
        assert asked(hq, RecordsGateway(address), a_query("AB12345"))[0] is expected


QUERY = replace(a_query("AB12345", nic=NIC), check_id="c1")
HIT = f"HDR/c1\nMKE/STOLEN VEHICLE\nLIC/AB12345\nLIS/CT\nNIC/{NIC}"
TEXTS = [
    (HIT, CheckAnswer.ACTIVE),
    (HIT.replace("HDR/c1", "HDR/c2"), CheckAnswer.MALFORMED),
    (HIT.replace("LIS/CT\n", ""), CheckAnswer.MALFORMED),
    (HIT.replace("AB12345", "AB12346"), CheckAnswer.OTHER_RECORD),
    (HIT.replace("MKE/STOLEN VEHICLE\n", ""), CheckAnswer.MALFORMED),
    ("HDR/c1\nNO RECORD LIC/AB12345 LIS/CT", CheckAnswer.NO_RECORD),
    ("HDR/c1\nNO RECORD LIC/AB12345 LIS/NY", CheckAnswer.MALFORMED),
    ("HDR/c1\nNO RECORD", CheckAnswer.MALFORMED),
    ("HDR/c1", CheckAnswer.MALFORMED),
    ("", CheckAnswer.MALFORMED),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_response_is_understood_or_malformed(text: str, expected: CheckAnswer) -> None:
    """Only a whole response to this very inquiry says anything about the plate."""
    assert understood(default_dialect(), QUERY, text) is expected


def test_a_plate_listed_under_two_records_is_active_only_as_one_of_them() -> None:
    """State of one record and NIC of another do not make a hit together."""
    other = HIT.replace("LIS/CT", "LIS/NY").replace(NIC, "V000000009").removeprefix("HDR/c1\n")
    mixed = replace(QUERY, state="NY")
    assert understood(default_dialect(), mixed, f"{HIT}\n{other}") is CheckAnswer.OTHER_RECORD
    assert "NIC/" not in inquiry_text(default_dialect(), replace(QUERY, nic=""))


def test_without_a_link_the_check_is_a_no_response_that_says_so() -> None:
    """Network trouble is an answer, never an exception; so is a plate that can't be asked."""
    with HqClient(f"http://127.0.0.1:{gone_port()}", "car-7", "token") as client:
        for query in (a_query("AB12345"), a_query("")):
            answer = client.records_check(query)
            assert (answer.answer, answer.source) == (CheckAnswer.NO_RESPONSE, LINK_SOURCE)
            assert answer.text
