"""Anything at all may be sent: never a crash, and each thing not taken has its reason."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.feeds.intake import Intake
from devices.feeds.outcomes import WORDS
from devices.feeds.rendering import as_json
from devices.feeds.tables import feed_kinds, load_feed
from mdt_app.domain.plates import match_key

PAYLOADS = Path(__file__).with_name("payloads")
SAMPLES = {path.name: path.read_bytes() for path in sorted(PAYLOADS.iterdir())}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def check(kind: str, data: bytes, content_type: str = "") -> None:
    """Every outcome is sound: reads that can be stored and shown, refusals with words, all counted."""
    intake = Intake(load_feed(kind))
    result = intake.take(data, content_type)
    assert result.reads or result.repeats or result.beats or result.refused
    assert intake.refusals.total() == len(result.refused)
    assert all(WORDS[one.reason] for one in result.refused)
    for one in result.reads:
        assert one.read.key == match_key(one.read.raw_text) != ""
        assert one.read.captured_at.utcoffset().total_seconds() == 0
        assert all(c is None or 0 <= c <= 1 for c in (one.read.confidence, one.read.state_confidence))
        as_json(one).encode("utf-8")


@pytest.mark.parametrize("kind", feed_kinds())
@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=400), header=st.sampled_from(["", "multipart/form-data; boundary=x", "multipart/x"]))
def test_bytes_without_sense_are_refused(kind, data, header):
    """Random bytes never crash a reader."""
    check(kind, data, header)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_good_payloads_with_bytes_changed(name, data):
    """A good payload with a stretch cut out, doubled or overwritten is read or refused, never a crash."""
    sample = SAMPLES[name]
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 200)))
    check(name.partition("_")[0], sample[:start] + data.draw(st.binary(max_size=20)) + sample[end:])


JSON_SAMPLES = [name for name in SAMPLES if name.endswith(".json") and "lines" not in name]


def replaced(value: object, path: list[object], new: object) -> object:
    """The value with whatever stands at the path replaced."""
    if not path:
        return new
    if isinstance(value, dict):
        return {key: replaced(one, path[1:], new) if key == path[0] else one for key, one in value.items()}
    return [replaced(one, path[1:], new) if at == path[0] else one for at, one in enumerate(value)]


def paths(value: object, here: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """All places in the value."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here] + [deep for key, one in rows for deep in paths(one, (*here, key))]


@pytest.mark.parametrize("name", JSON_SAMPLES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_field_may_hold_anything(name, data):
    """Any value in any place of a good event is read, noted as unclear, or refused."""
    event = json.loads(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(paths(event)))
        event = replaced(event, list(place), data.draw(VALUES))
        if not isinstance(event, (dict, list)):
            break
    check(name.partition("_")[0], json.dumps(event).encode())


@pytest.mark.parametrize("kind", ["hikvision", "genetec"])
@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            [
                *("<EventNotificationAlert>", "</EventNotificationAlert>", "<eventType>ANPR</eventType>", "<ANPR>"),
                *("</ANPR>", "<licensePlate>A1</licensePlate>", "<AutoVu>", "</AutoVu>", "<Plate>A1</Plate>", "&amp;"),
                *("<!DOCTYPE a []>", "<![CDATA[x]]>", "&x;", "<a b='c'/>", "<?p q?>", "<!-- c -->", "text", "\x00"),
            ]
        ),
        max_size=14,
    )
)
def test_xml_of_any_shape(kind, parts):
    """XML put together at random never crashes, and none with a document type is read."""
    data = ("<x>" + "".join(parts)).encode()
    check(kind, data)
    check(kind, "".join(parts).encode())


HEADERS = st.sampled_from(
    [
        *('Content-Disposition: form-data; name="json"', "Content-Disposition: ;;;=;", "Content-Type: text/xml; =;"),
        *("Content-Disposition: form-data; name*=utf-8''%ff%fe", "Content-Transfer-Encoding: base64", ": x", "\xff: y"),
        *("Content-Type: application/json", "Content-Type: multipart/mixed; boundary=x", "X" * 300, ""),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(st.tuples(st.lists(HEADERS, max_size=3), st.binary(max_size=30)), max_size=4),
    end=st.sampled_from(["\r\n", "\n"]),
    kind=st.sampled_from(feed_kinds()),
)
def test_multipart_of_any_shape(parts, end, kind):
    """Parts with any headers, or none, and any content never crash a reader."""
    data = b""
    for headers, content in parts:
        data += end.join(["--x", *headers, "", ""]).encode("latin-1") + content + end.encode()
    check(kind, data + b"--x--" + end.encode(), "multipart/form-data; boundary=x")
    check(kind, data)


HEAVY = [
    ("openalpr", b"", b"{\n", b"", 2_000_000),
    ("openalpr", b"", b"1 ", b"", 3_000_000),
    ("openalpr", b"", b" ", b"", 8_000_000),
    ("openalpr", b"[", b"1,", b"1]", 3_000_000),
    ("openalpr", b"", b"--x\r\n", b"", 1_000_000),
    ("openalpr", b'{"a": [', b"[],", b"1]}", 2_000_000),
    ("hikvision", b"<a>", b"x\n", b"</a>", 3_000_000),
    ("hikvision", b"<a ", b"b", b"='1'/>", 6_000_000),
]


def seconds_for(kind: str, data: bytes) -> float:
    """Processor time, so that other work on the machine counts little."""
    began = time.process_time()
    check(kind, data)
    return time.process_time() - began


@pytest.mark.parametrize(("kind", "head", "unit", "tail", "count"), HEAVY)
def test_no_payload_holds_the_listener_up(kind, head, unit, tail, count):
    """The worst shapes cost no more than their length: four times as long is not sixteen times as slow."""
    short, long = (seconds_for(kind, head + unit * n + tail) for n in (count // 4, count))
    assert long < 8 * short + 0.5
    assert long < 10.0
