"""A message switch's dialect is one table: both that come with the program, over real sockets, and broken ones."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mdt_app.cli import app
from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import CheckAnswer, ConfirmationQuery
from mdt_app.hq.confirmations import ConfirmationDesk, replies_after
from mdt_app.hq.dialect import Dialect, understood
from mdt_app.hq.dialect_file import dialect_names, load_dialect
from mdt_app.hq.gateway import RecordsGateway
from mdt_app.hq.store import Store
from mdt_app.hq.switch import Behaviour, Manner, run_switch
from mdt_app.wiring.message_switch import serve_switch_simulator
from tests.fakes.headquarters import Headquarters, Serving, a_confirmation, a_query, an_entry
from tests.fakes.hotlist_rows import ncic_row

EXAMPLE = Path("resources/switch/example.toml").read_text()
NIC = "V123456789"
HIT = a_query("AB12345", nic=NIC)
RECORDS = [an_entry(plate) for plate in ("AB12345", "LOCATED1", "WAITS1", "BROKEN1")]
BEHAVIOURS = {
    "LOCATED1": Behaviour(Manner.LOCATED),
    "BROKEN1": Behaviour(Manner.MALFORMED),
    "WAITS1": Behaviour(confirmations=("in_process", "confirmed")),
}
CHECKS = {
    HIT: CheckAnswer.ACTIVE,
    a_query("AB12345", "NY", nic=NIC): CheckAnswer.OTHER_RECORD,
    a_query("LOCATED1", nic=NIC): CheckAnswer.NO_RECORD,
    a_query("CLEAN1"): CheckAnswer.NO_RECORD,
    a_query("BROKEN1"): CheckAnswer.MALFORMED,
}
REQUESTS = {
    "AB12345": [ConfirmationAnswer.CONFIRMED],
    "WAITS1": [ConfirmationAnswer.IN_PROCESS, ConfirmationAnswer.CONFIRMED],
    "CLEAN1": [ConfirmationAnswer.NOT_VALID],
}


@pytest.fixture(scope="module", params=dialect_names())
def dialect(request: pytest.FixtureRequest) -> Dialect:
    """Each dialect that comes with the program."""
    return load_dialect(request.param)


@pytest.fixture(scope="module")
def switch_port(dialect: Dialect) -> Iterator[int]:
    """The simulator that speaks it."""
    with Serving(run_switch, "127.0.0.1", 0, RECORDS, behaviours=BEHAVIOURS, dialect=dialect) as running:
        yield running.port


def test_each_dialect_asks_and_is_answered(hq: Headquarters, dialect: Dialect, switch_port: int) -> None:
    """Active, another record, located, none and malformed mean the same in every dialect; a located one says why."""

    async def all_of(store: Store) -> dict[str, tuple[CheckAnswer, str]]:
        gateway = RecordsGateway(("127.0.0.1", switch_port), dialect)
        asked = [replace(query, check_id=f"{dialect.name}-{query.check_id}".replace(" ", "-")) for query in CHECKS]
        said = [await gateway.check(store, "car-7", query) for query in asked]
        return {query.check_id: (status.answer, status.text) for query, status in zip(CHECKS, said, strict=True)}

    with closing(hq.store()) as store:
        said = asyncio.run(all_of(store))
    assert {query: said[query.check_id][0] for query in CHECKS} == CHECKS
    located = next(said[query.check_id][1] for query in CHECKS if query.plate == "LOCATED1")
    assert ("located or cleared" in located) is bool(dialect.response.statuses)


def test_each_dialect_confirms_hits(hq: Headquarters, dialect: Dialect, switch_port: int) -> None:
    """Confirmed, in process and then confirmed, not valid: the entering agency's words come as what they mean."""
    queries: list[ConfirmationQuery] = [a_confirmation(plate) for plate in REQUESTS]

    async def all_of(store: Store) -> None:
        desk = ConfirmationDesk(store, ("127.0.0.1", switch_port), dialect)
        for query in queries:
            await desk.request("car-7", query)
        await asyncio.gather(*desk.tasks)

    with closing(hq.store()) as store:
        before = [reply.position for reply in replies_after(store, "car-7", 0).replies]
        asyncio.run(all_of(store))
        came = replies_after(store, "car-7", max(before, default=0)).replies
    said = {query.plate: [r.answer for r in came if r.request_id == query.request_id] for query in queries}
    assert said == REQUESTS


def test_another_dialect_is_never_understood_as_a_hit(hq: Headquarters, dialect: Dialect, switch_port: int) -> None:
    """Negative control: headquarters and switch in different dialects come to no answer at all."""
    other = next(load_dialect(name) for name in dialect_names() if load_dialect(name) != dialect)
    with closing(hq.store()) as store:
        gateway = RecordsGateway(("127.0.0.1", switch_port), other, answer_s=0.3)
        query = a_query("AB12345", nic=NIC)
        assert asyncio.run(gateway.check(store, "car-7", query)).answer in (
            CheckAnswer.NO_RESPONSE,
            CheckAnswer.MALFORMED,
        )


STATUSES = [
    ("A", CheckAnswer.ACTIVE),
    ("L", CheckAnswer.NO_RECORD),
    ("C", CheckAnswer.NO_RECORD),
    ("X", CheckAnswer.MALFORMED),
    (None, CheckAnswer.MALFORMED),
]


@pytest.mark.parametrize(("status", "expected"), STATUSES)
def test_only_an_active_record_counts(status: str | None, expected: CheckAnswer) -> None:
    """Located and cleared are no reason any more; a status that is unknown or missing is not understood."""
    said = [f"TXN:{HIT.check_id}", "FILE:STOLEN", "TAG:AB12345", "ST:CT", f"REC:{NIC}"]
    text = "\r\n".join([*said, *([f"STAT:{status}"] if status else [])])
    assert understood(load_dialect("example"), HIT, text) is expected


XML = load_dialect("example-xml")
RECORD = (
    f"<Record><File>STOLEN</File>%s<Plate><Text>AB12345</Text><State>CT</State></Plate><Number>{NIC}</Number></Record>"
)
ID = f"<Header><Transaction>{HIT.check_id}</Transaction></Header>"
ACTIVE = f'<Message xmlns="{XML.xml.namespace}">{ID}<Body>{RECORD % "<Status>ACTIVE</Status>"}</Body></Message>'
LAUGHS = '<!DOCTYPE Message [<!ENTITY a "AB12345">]>'
MESSAGES = {
    "whole": (ACTIVE, CheckAnswer.ACTIVE),
    "located": (ACTIVE.replace("ACTIVE", "LOCATED"), CheckAnswer.NO_RECORD),
    "no status": (ACTIVE.replace("<Status>ACTIVE</Status>", ""), CheckAnswer.MALFORMED),
    "two statuses": (ACTIVE.replace("<Status>", "<Status>LOCATED</Status><Status>"), CheckAnswer.MALFORMED),
    "an entity": (LAUGHS + ACTIVE.replace("AB12345", "&a;"), CheckAnswer.MALFORMED),
    "a document type": ('<!DOCTYPE Message SYSTEM "http://127.0.0.1/x.dtd">' + ACTIVE, CheckAnswer.MALFORMED),
    "another namespace": (ACTIVE.replace("switch:1", "switch:2"), CheckAnswer.MALFORMED),
    "cut": (ACTIVE[:-3], CheckAnswer.MALFORMED),
    "deep": ("<Message>" + "<a>" * 9_000, CheckAnswer.MALFORMED),
    "another check's": (ACTIVE.replace(HIT.check_id, "another"), CheckAnswer.MALFORMED),
    "a record in words": (
        ACTIVE.replace(RECORD % "<Status>ACTIVE</Status>", "<Remark>FILE=STOLEN TAG=AB12345</Remark>"),
        CheckAnswer.MALFORMED,
    ),
    "plate and state of two": (
        ACTIVE.replace("<State>CT", "<State>NY").replace("</Body>", f"{RECORD % ''}</Body>").replace(NIC, "P1", 1),
        CheckAnswer.MALFORMED,
    ),
}


@pytest.mark.parametrize("what", MESSAGES)
def test_an_xml_answer_is_read_by_its_paths_alone(what: str) -> None:
    """No entity, document type or reference is followed; what stands twice, or elsewhere, is not understood."""
    text, expected = MESSAGES[what]
    assert understood(XML, HIT, text) is expected


BROKEN = [
    ('end = "\\u0003\\u0004"', 'end = ""', "line 8: frame.end is empty"),
    ('end = "\\u0003\\u0004"', "length = 3", "line 8: frame.length is wrong: Input should be 0, 2 or 4"),
    ('end = "\\u0003\\u0004"', "counts_itself = true", "line 8: frame.counts_itself needs a 'length'"),
    ('line = "\\r\\n"', 'line = ";"', "line 9: frame.line must be control characters"),
    ('mark = ":"', 'mark = "A"', "line 10: frame.mark must be one printable character"),
    ('OPER = "user_id"\nTAG', "TAG", "line 15: inquiry.fields has nothing for 'user_id'"),
    (
        'AGENCY = "ori"\nOPER',
        'AGENCY = "orri"\nOPER',
        "line 17: inquiry.fields.AGENCY is wrong",
    ),
    (
        'TAG = "plate"\nST = "state"\nTYPE',
        'tag = "plate"\nST = "state"\nTYPE',
        "line 19: inquiry.fields.tag is no",
    ),
    ("TAG:{plate} ST", "TAG ST", "line 26: response.no_record must name {plate}"),
    ('STAT = "status"\n', "", "line 43: response.statuses and a record's 'status' go together"),
    ('A = "active"', 'A = "alive"', "line 45: response.statuses.A is wrong: Input should be 'active', 'located'"),
    ('key = "HCRQ"', 'key = "VEHQ"', "line 50: confirmation.key is the inquiry's, too"),
    ('urgent = "10"', 'urgent = "60"', "line 63: confirmation.urgencies has one word for both"),
    ('MINS = "until_minutes"\n', "", "line 67: answer.fields has nothing for 'until_minutes'"),
    ('Y = "confirmed"\n', "", "line 75: answer.statuses has nothing for 'confirmed'"),
    ("[answer.statuses]", "[answer.codes]", "answer.codes is not known here"),
    ("[frame]", "[frame", "is not valid TOML"),
]


BROKEN_XML = [
    ("length = 2", 'length = 2\nmark = "/"', "line 8: frame.mark has no meaning beside [xml]"),
    ('switch:1"', 'switch 1"', "line 11: xml.namespace is no namespace"),
    ('"Message/Header/Type"', '"Header/Type"', "line 13: xml.record does not begin at the root"),
    (
        'record = "Message/Body/Record"',
        'record = "Message/Body/Tag"',
        "line 13: xml.record is where a text stands, too",
    ),
    ('["Message/Body/Result", "Message/Body/Tag", "Message/Body/State"]', "[]", "line 14: xml.no_record names no path"),
    ('"Message/Body/Result"', '"Message/Body/Tag/Result"', "line 14: xml.no_record.0 lies within 'Message/Body/Tag'"),
    ('"Message/Header/Agency"', '"Message//Agency"', "line 19: xml.fields.AGENCY is no path"),
    ('OPER = "Message/Header/Operator"\n', "", "line 17: xml.fields has no path for 'OPER'"),
    (
        'BY = "Message/Body/Person"',
        'BY = "Message/Body/Status"',
        "line 17: xml.fields has 'Message/Body/Status'",
    ),
    ('FILE = "File"\n', "", "line 32: xml.record_fields has no path for 'FILE'"),
    ('FILE = "File"', 'FILE = "File"\nODD = "Odd"', "line 34: xml.record_fields.ODD is a code that no table uses"),
    ('OWNER = "EnteringAgency"', 'OWNER = "Number/By"', "line 44: xml.record_fields.OWNER lies within 'Number'"),
    ('MINS = "Message/Body', 'FILE = "Message/Body/File"\nMINS = "Message/Body', "xml.fields.FILE begins a record"),
]


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [("example", *row) for row in BROKEN] + [("example-xml", *row) for row in BROKEN_XML],
    ids=[row[2] for row in BROKEN + BROKEN_XML],
)
def test_a_broken_table_is_refused_with_line_and_key(
    tmp_path: Path, table: str, old: str, new: str, words: str
) -> None:
    """Nothing is guessed: whoever writes a table is told where it is wrong and what is wanted."""
    whole = Path(f"resources/switch/{table}.toml").read_text()
    assert old in whole
    own = tmp_path / "own.toml"
    own.write_text(whole.replace(old, new, 1))
    with pytest.raises(BadInput) as refused:
        load_dialect(str(own))
    assert words in refused.value.words
    assert refused.value.remedy


def test_switch_and_headquarters_take_a_dialect_by_name_or_file(tmp_path: Path) -> None:
    """Both commands take the same; an unknown one stops the start before anything else; a state's own is shown."""
    own, records = tmp_path / "own.toml", tmp_path / "list.txt"
    own.write_text(EXAMPLE.replace('key = "VEHQ"', 'key = "TAGQ"'))
    records.write_text(ncic_row() + "\n")
    serve = ["switch", "serve", "--records", str(records), "--dialect", "nowhere"]
    for words in (serve, ["hq", "serve", "--folder", str(tmp_path / "hq"), "--key-file", "--dialect", "nowhere"]):
        refused = CliRunner().invoke(app, words)
        assert isinstance(refused.exception, BadInput)
        assert ", ".join(dialect_names()) in refused.exception.remedy
    shown = CliRunner().invoke(app, ["switch", "dialect", str(own)]).stdout
    assert "    TAGQ\n" in shown
    assert "understood as active" in shown
    with Serving(serve_switch_simulator, records, "ncic", ("127.0.0.1", 0), dialect=str(own)) as running:
        said = asyncio.run(_said(running.port, b"\x01\x02TAGQ\r\nTXN:c1\r\nTAG:CLEAN1\r\nST:CT\x03\x04"))
    assert said == b"\x01\x02TXN:c1\r\nNOT ON FILE TAG:CLEAN1 ST:CT\x03\x04"


async def _said(port: int, message: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(message)
    said = await reader.readuntil(b"\x03\x04")
    writer.close()
    return said
