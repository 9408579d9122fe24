"""The wire's messages: what goes in comes out, and nothing else is taken."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.hotlist import Entry, EntryLine, HotList, Vehicle
from mdt_app.domain.records_check import CheckAnswer, RecordsQuery, StatusAnswer
from mdt_app.sync.account_wire import AccountMessage
from mdt_app.sync.check_wire import RecordsCheckReply, RecordsCheckRequest
from mdt_app.sync.event_wire import EventMessage
from mdt_app.sync.list_wire import EntryMessage, HotListManifest, entry_of, line_of, listed
from mdt_app.sync.snapshot import describe_list, list_digest, open_list, pack_list
from tests.fakes.campaign import dice
from tests.fakes.car import make_entry

NOW = datetime(2026, 11, 22, 6, 30, 0, 123456, tzinfo=UTC)
ids = st.text(string.ascii_letters + string.digits + "-:._", min_size=1, max_size=20)
codes = st.text(string.ascii_uppercase + string.digits, max_size=4)
plates = st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=10)
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
events = st.builds(
    Event,
    event_id=ids,
    kind=st.sampled_from(EventKind),
    at=moments,
    clock=st.just("system"),
    actor=ids,
    device=ids,
    subject=ids,
    body=st.dictionaries(words, values, max_size=4),
)
links = st.none() | st.builds(ChainLink, sequence=st.integers(0, 2**53), payload_mac=ids, previous=ids, digest=ids)
entries = st.builds(
    Entry,
    entry_id=ids,
    list_id=st.just("ncic"),
    category=st.just("stolen_plate"),
    plate=plates,
    key=plates,
    state=codes,
    vehicle=st.builds(Vehicle, codes, codes, codes, codes, codes),
    entered_on=st.none() | st.dates(date(1990, 1, 1)),
    expires_at=st.none() | moments,
    cautions=st.lists(codes, max_size=3).map(tuple),
)


@given(events, links)
def test_an_event_survives_the_wire(event: Event, link: ChainLink | None) -> None:
    """Event and link come out equal, and the canonical text is that of what was sent."""
    sent = EventMessage.of(event, link)
    came = EventMessage.model_validate_json(sent.model_dump_json())
    assert came.to_event() == (event, link)
    assert came.canonical() == sent.canonical()


@given(st.lists(entries, max_size=8, unique_by=lambda entry: entry.entry_id))
def test_a_list_survives_the_wire(held: list[Entry]) -> None:
    """A packed list opens to the same entries by entry id, and the digest does not depend on the order."""
    hotlist = describe_list("ncic", "NCIC", "state", NOW, held)
    packed = pack_list(hotlist, held)
    manifest, came = open_list(packed[start : start + 7] for start in range(0, len(packed), 7))
    assert manifest.to_hotlist() == hotlist
    assert [entry_of(one.line, "ncic") for one in came] == sorted(held, key=lambda entry: entry.entry_id)
    assert list_digest(reversed(held)) == hotlist.sha256


def test_a_line_is_taken_by_the_quick_way_just_where_the_message_takes_it() -> None:
    """A line, plain or not, gives what it was made of; with anything put in, it is refused where the message is."""
    random = dice(6)
    for _ in range(3_000):
        said = {"words": random.choice(["", "a7", 'say "é"']), "pattern": random.choice(["", "AB?"])}
        entered_on = random.choice([None, date(2000, 1, 1)])
        entry = make_entry("AB123", "CT", list_id="ncic", entry_id="ncic:1", entered_on=entered_on, **said)
        line, odd = line_of(entry).line, "".join(random.choices('aZ7 é"\\\n\x7f', k=random.randrange(4))).encode()
        assert listed(line, "ncic") == line_of(entry)
        at, to = sorted(random.choices(range(len(line) + 1), k=2))
        spoilt = line[:at] + odd + line[min(to, at + 3) :]
        assert _taken(lambda one: listed(one, "ncic"), spoilt) == _taken(_by_the_message, spoilt)


def _by_the_message(line: bytes) -> EntryLine:
    message = EntryMessage.model_validate_json(line)
    if message.line() != line:
        raise ValueError("another form")
    return line_of(message.to_entry("ncic"))


def _taken(read: Callable[[bytes], EntryLine], line: bytes) -> EntryLine | None:
    try:
        return read(line)
    except ValueError:
        return None


def test_the_other_messages_survive_the_wire() -> None:
    """Account, manifest, query and answer come out equal."""
    account = Account("o1", "Officer One", Role.OFFICER, "$argon2id$x")
    assert AccountMessage.model_validate_json(AccountMessage.of(account).model_dump_json()).to_account() == account
    hotlist = HotList("ncic", "NCIC", "state", NOW, 3, "a" * 64, 2)
    assert HotListManifest.model_validate_json(HotListManifest.of(hotlist).model_dump_json()).to_hotlist() == hotlist
    query = RecordsQuery("c", "h", "AB1", "CT", "PC", "V123456789", "CT0010000", "o1")
    assert RecordsCheckRequest.model_validate_json(RecordsCheckRequest.of(query).model_dump_json()).to_query() == query
    answer = StatusAnswer("c", "switch", CheckAnswer.ACTIVE, NOW, NOW, "o1", "A\nB")
    assert RecordsCheckReply.model_validate_json(RecordsCheckReply.of(answer).model_dump_json()).to_answer() == answer


def test_a_password_hash_is_not_shown() -> None:
    """The message's own words leave the hash out."""
    assert "argon2" not in repr(AccountMessage.of(Account("o1", "One", Role.OFFICER, "$argon2id$x")))


def test_times_come_out_as_utc() -> None:
    """A time of another zone is the same moment in UTC; one without zone is refused."""
    event = Event("e", EventKind.READ, NOW.astimezone(timezone(timedelta(hours=-5))), "system", "", "", "", {})
    assert EventMessage.of(event).at.isoformat() == "2026-11-22T06:30:00.123456+00:00"
    with pytest.raises(BadInput):
        EventMessage.of(Event("e", EventKind.READ, NOW.replace(tzinfo=None), "system", "", "", "", {}))


@pytest.mark.parametrize("body", [{"a": float("nan")}, {"a": "\ud800"}, {"a": object()}, {1: "a"}, {"a": b"x"}])
def test_a_body_that_is_no_json_can_not_be_sent(body: dict) -> None:
    """The event is BadInput in the car, before anything is on the wire."""
    with pytest.raises(BadInput):
        EventMessage.of(Event("e", EventKind.READ, NOW, "system", "", "", "", body))


def test_unknown_fields_half_chains_and_unknown_kinds_are_refused() -> None:
    """A field that version 1 does not know and half a chain are refused; an unknown kind is BadInput at its use."""
    message = EventMessage.of(Event("e", EventKind.READ, NOW, "system", "", "", "", {}))
    with pytest.raises(ValidationError):
        EventMessage.model_validate(message.model_dump() | {"extra": 1})
    with pytest.raises(ValidationError, match="chain"):
        EventMessage.model_validate(message.model_dump() | {"sequence": 1})
    with pytest.raises(BadInput):
        message.model_copy(update={"kind": "moon.landed"}).to_event()


@pytest.mark.parametrize("plate", ["", "A B", "ab1", "A" * 11, "AB1\nNIC/V1"])
def test_a_query_that_is_no_plate_is_refused(plate: str) -> None:
    """Only 1 to 10 letters and digits can be asked about."""
    with pytest.raises(BadInput):
        RecordsCheckRequest.of(RecordsQuery("c", "h", plate, "CT", "PC", "", "CT0010000", "o1"))
