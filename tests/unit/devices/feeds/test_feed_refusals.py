"""What is refused, with its reason; and repeats, which are dropped and counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from devices.feeds.intake import Intake
from devices.feeds.outcomes import WORDS, Reason
from devices.feeds.tables import load_feed

PAYLOADS = Path(__file__).with_name("payloads")
FRAME = json.loads((PAYLOADS / "openalpr_frame.json").read_text())
GROUP = json.loads((PAYLOADS / "openalpr_group.json").read_text())
AXIS = json.loads((PAYLOADS / "axis_new.json").read_text())
HIK = (PAYLOADS / "hikvision_isapi.xml").read_text()
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]><a>&i;</a>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><EventNotificationAlert>&x;</EventNotificationAlert>'
REMOTE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><EventNotificationAlert/>'


def axis(**changes: object) -> bytes:
    return json.dumps({**AXIS, **changes}).encode()


CASES = [
    ("openalpr", b"", Reason.EMPTY),
    ("openalpr", b" \n ", Reason.EMPTY),
    ("openalpr", b"{", Reason.JSON),
    ("openalpr", b'{"data_type": NaN}', Reason.JSON),
    ("openalpr", b"\xff\xfe{", Reason.ENCODING),
    ("openalpr", b"[]", Reason.EMPTY),
    ("openalpr", b'{"a": "\xff"}', Reason.ENCODING),
    ("openalpr", b"<a/>", Reason.FORMAT),
    ("hikvision", b"{}", Reason.FORMAT),
    ("openalpr", b"[" * 100_000, Reason.TOO_DEEP),
    ("openalpr", b"[" * 500 + b"]" * 500, Reason.TOO_DEEP),
    ("openalpr", b"7", Reason.EVENT),
    ("openalpr", b'{"data_type": "alpr_unheard_of"}', Reason.EVENT),
    ("openalpr", json.dumps({**FRAME, "results": "none"}).encode(), Reason.FIELDS),
    ("openalpr", json.dumps({**FRAME, "results": FRAME["results"] * 51}).encode(), Reason.TOO_MANY),
    ("axis", axis(plateText="", plateUTF8="", plateASCII=""), Reason.NO_PLATE),
    ("axis", axis(plateText="A\nB"), Reason.PLATE_TEXT),
    ("axis", axis(plateText="\ud800AB"), Reason.PLATE_TEXT),
    ("axis", axis(plateText=["AB"]), Reason.PLATE_TEXT),
    ("axis", axis(plateText="----"), Reason.PLATE_TEXT),
    ("axis", axis(plateText="A" * 21), Reason.PLATE_TEXT),
    ("axis", axis(capture_timestamp=None, capture_ts=None, frame_timestamp=None), Reason.NO_TIME),
    ("axis", axis(capture_timestamp="soon"), Reason.TIME),
    ("axis", axis(capture_timestamp=5), Reason.TIME),
    ("axis", axis(capture_timestamp=True), Reason.TIME),
    ("axis", axis(capture_timestamp=1e300), Reason.TIME),
    ("axis", axis(capture_timestamp="2026-11-22T12:00:00"), Reason.TIME_ZONE),
    ("axis", axis(capture_timestamp="0001-01-01T00:00:00+14:00"), Reason.TIME),
    ("hikvision", b"<a>", Reason.XML),
    ("hikvision", b"<a/><b/>", Reason.XML),
    ("hikvision", b'<?xml version="1.0" encoding="unheard-of"?><a/>', Reason.XML),
    ("hikvision", BOMB.encode(), Reason.XML_DOCTYPE),
    ("hikvision", OUTSIDE.encode(), Reason.XML_DOCTYPE),
    ("hikvision", REMOTE.encode(), Reason.XML_DOCTYPE),
    ("hikvision", HIK.replace("www.isapi.org", "www.example.org").encode(), Reason.XML_NAMESPACE),
    ("hikvision", b"<a>" * 40 + b"</a>" * 40, Reason.TOO_DEEP),
    ("hikvision", b"<a>" + b"<b/>" * 6_000 + b"</a>", Reason.TOO_MANY),
    ("hikvision", HIK.replace(">AB12345<", ">unknown<").encode(), Reason.NO_PLATE),
    ("hikvision", HIK.replace("-05:00", "").encode(), Reason.TIME_ZONE),
    ("hikvision", HIK.replace("ANPR</eventType", "VMD</eventType").encode(), Reason.EVENT),
    ("hikvision", b"--edge\r\n\r\npicture\r\n--edge--\r\n", Reason.MULTIPART),
    ("genetec", b"<AutoVu><Plate>AB12</Plate></AutoVu>", Reason.NO_TIME),
]


@pytest.mark.parametrize(("kind", "data", "reason"), CASES)
def test_what_cannot_be_taken_is_refused_and_counted(kind, data, reason):
    """Each bad event is refused with its own reason, in words, and counted; nothing else happens."""
    intake = Intake(load_feed(kind))
    result = intake.take(data)
    assert [one.reason for one in result.refused] == [reason]
    assert (result.reads, intake.refusals) == ((), {reason: 1})
    assert result.refused[0].words.startswith(WORDS[reason])


def test_every_reason_has_words():
    """No refusal is a bare name on the screen."""
    assert set(WORDS) == set(Reason)


def test_the_same_payload_again_is_a_repeat():
    """A reader that lost our answer sends again: its reads are dropped and counted."""
    intake = Intake(load_feed("openalpr"))
    data = json.dumps(FRAME).encode()
    results = [intake.take(data) for _ in range(3)]
    assert [(len(one.reads), one.repeats) for one in results] == [(2, 0), (0, 2), (0, 2)]
    assert (intake.reads, intake.repeats, intake.payloads) == (2, 4, 3)


def test_a_group_of_frames_already_sent_is_a_repeat():
    """OpenALPR sums up frames in a group and a group in an alert: one sighting is one read."""
    intake = Intake(load_feed("openalpr"), "north")
    alert = {"data_type": "alpr_alert", "group": GROUP}
    counts = [len(intake.take(json.dumps(one).encode()).reads) for one in (FRAME, GROUP, alert)]
    assert counts == [2, 0, 0]


def test_a_group_that_reads_other_characters_is_a_read():
    """The frames read a B where the group reads an 8: both are kept, because either may be the wanted one."""
    intake = Intake(load_feed("openalpr"), "north")
    intake.take(json.dumps(FRAME).encode())
    other = {**GROUP, "best_plate_number": "A812345"}
    assert [one.read.key for one in intake.take(json.dumps(other).encode()).reads] == ["A812345"]


def test_axis_tells_a_car_three_times_and_it_is_one_read():
    """New, update and lost of one carID are one read; an update with other characters is another."""
    intake = Intake(load_feed("axis"))
    events = [
        axis(),
        axis(carState="update", capture_timestamp="1795348801250"),
        axis(carState="update", capture_timestamp="1795348802250", plateText="A812345"),
        axis(carState="lost", capture_timestamp="1795348812250", plateText="A812345"),
    ]
    assert [len(intake.take(event).reads) for event in events] == [1, 0, 1, 0]


def test_a_number_that_a_restarted_reader_gives_again_is_another_car():
    """carID counts from one after a restart: the same plate and number an hour later is a new sighting."""
    intake = Intake(load_feed("axis"))
    assert len(intake.take(axis()).reads) == 1
    assert len(intake.take(axis(capture_timestamp="1795352400250")).reads) == 1
