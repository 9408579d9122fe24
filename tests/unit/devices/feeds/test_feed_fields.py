"""The tables of the ready-made readers: what each payload is understood as, through the reader's public door."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.feeds.intake import Intake, Taken
from devices.feeds.outcomes import Reason
from devices.feeds.states import ncic_state
from devices.feeds.tables import feed_kinds, load_feed, parse_feed
from mdt_app.domain.errors import BadInput
from mdt_app.domain.reads import Box, ClockSource, Position, Seen

PAYLOADS = Path(__file__).with_name("payloads")
NOON = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def taken(name: str, kind: str | None = None) -> Taken:
    return Intake(load_feed(kind or name.partition("_")[0])).take((PAYLOADS / name).read_bytes())


FULL = [
    ("openalpr_group.json", "agent-1", "7", "CT", 0.94, "214.5"),
    ("openalpr_alert.json", "agent-1", "7", "CT", 0.94, "214.5"),
    ("platerecognizer_hook.json", "camera-1", "camera-1", "CT", 0.839, "210"),
    ("axis_new.json", "B8A44F000001", "B8A44F000001", "CT", 0.8688, "in"),
    ("hikvision_hikvision.xml", "44:47:cc:00:00:09", "1", None, 0.97, "forward"),
    ("hikvision_isapi.xml", "44:47:cc:00:00:09", "1", None, 0.97, "forward"),
    ("genetec_autovu.xml", "Sharp00123", "Left", "CT", 0.88, None),
    ("genetec_extension.json", "Sharp00123", "Left", "CT", 0.88, None),
]


@pytest.mark.parametrize(("name", "source", "camera", "state", "confidence", "direction"), FULL)
def test_every_kind_comes_to_one_read(name, source, camera, state, confidence, direction):
    """Each kind's event is one read with its time in UTC, confidence from 0 to 1, NCIC's state, and its raw text."""
    result = taken(name)
    (one,) = result.reads
    assert result.refused == ()
    assert one.unclear == ()
    read = one.read
    assert (read.source_id, read.camera_id, read.state) == (source, camera, state)
    assert (read.captured_at, read.clock, read.key) == (NOON, ClockSource.FEED, "AB12345")
    assert read.raw_text in ("AB12345", "ab12345")
    assert (read.confidence, read.direction, read.feed) == (confidence, direction, name.partition("_")[0])


@pytest.mark.parametrize("given", ["519,633,141,42", " 519, 633, 141, 42 ", "519 633 141 42", [519, 633, 141, 42]])
def test_axis_gives_its_coordinates_as_a_list_or_as_one_text(given):
    """Firmwares differ: either way it is the plate's box."""
    event = json.loads((PAYLOADS / "axis_new.json").read_text()) | {"plateCoordinates": given}
    (one,) = Intake(load_feed("axis")).take(json.dumps(event).encode()).reads
    assert (one.read.box, one.unclear) == (Box(519, 633, 141, 42), ())


def test_openalpr_frame_has_a_read_for_each_plate():
    """Two plates of one frame are two reads with their own box, candidates and states; 'us-ne' is NCIC's NB."""
    first, second = (one.read for one in taken("openalpr_frame.json").reads)
    assert (first.raw_text, first.state, first.state_confidence, first.confidence) == ("AB12345", "CT", 0.81, 0.925)
    assert (first.box, first.candidates) == (Box(411, 300, 149, 71), ("A812345",))
    assert (second.raw_text, second.state, second.event_id) == ("4BXR91", "NB", "north-7-1795348800250")


def test_what_a_group_says_of_the_vehicle_is_kept():
    """Color, make, model, body and year with their confidences, both pictures and the place come through."""
    (one,) = taken("openalpr_group.json").reads
    vehicle = one.read.vehicle
    assert (vehicle.color, vehicle.make) == (Seen("silver", 0.775), Seen("toyota", 0.91))
    assert (vehicle.model.value, vehicle.body.value, vehicle.year.value) == (
        "toyota_camry",
        "sedan-standard",
        "2015-2019",
    )
    assert (one.pictures.crop, one.pictures.context) == (JPEG, JPEG)
    assert one.read.position == Position(41.7012, -72.6081, None)


def test_json_lines_are_read_one_by_one():
    """Stream's own file gives a read a line; a region that is only a country leaves the state unknown."""
    first, second = (one.read for one in taken("platerecognizer_lines.json").reads)
    assert (first.state, second.state, second.raw_text) == ("CT", None, "4bxr91")


def test_a_broken_line_costs_only_itself():
    """Between two good lines a cut one is refused with its line; the others are read."""
    good = (PAYLOADS / "platerecognizer_lines.json").read_text().splitlines()
    data = "\n".join([good[0], good[0][:90], good[1]]).encode()
    result = Intake(load_feed("platerecognizer")).take(data)
    assert [one.read.key for one in result.reads] == ["AB12345", "4BXR91"]
    assert [(one.reason, one.place) for one in result.refused] == [(Reason.JSON, "line 2")]


def test_a_heartbeat_is_a_sign_of_life():
    """A heartbeat is neither a read nor refused."""
    result = taken("openalpr_heartbeat.json")
    assert (result.beats, result.reads, result.refused) == (1, (), ())


def multipart(*parts: tuple[str, str, bytes]) -> bytes:
    """A message as cameras post it: name, content type and bytes of each part."""
    body = b""
    for name, kind, data in parts:
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\nContent-Type: {kind}\r\n'
        body += head.encode() + b"\r\n" + data + b"\r\n"
    return body + b"--edge--\r\n"


MULTIPART = [
    ("hikvision_isapi.xml", "anpr.xml", "application/xml", "licensePlatePicture.jpg", "detectionPicture.jpg"),
    ("platerecognizer_hook.json", "json", "text/plain", "none", "upload"),
]


@pytest.mark.parametrize(("name", "document", "kind", "crop", "context"), MULTIPART)
def test_pictures_beside_the_document_are_the_reads(name, document, kind, crop, context):
    """Binary parts of a multipart message come through byte by byte, with or without the HTTP header."""
    picture = JPEG + bytes(range(256)) + b"\r\n\r-edge\n\r"
    data = multipart(
        (document, kind, (PAYLOADS / name).read_bytes()),
        (crop, "image/jpeg", JPEG),
        (context, "image/jpeg", picture),
    )
    for header in ("", 'multipart/form-data; boundary="edge"'):
        (one,) = Intake(load_feed(name.partition("_")[0])).take(data, header).reads
        assert one.pictures.context == picture
        assert one.pictures.crop == (JPEG if crop != "none" else b"")


STATES = [
    ("us-ct", "", "", "CT"),
    ("US-NE", "", "", "NB"),
    ("ca-nb", "", "", "NK"),
    ("ca-qc", "", "", "PQ"),
    ("NE", "", "", "NB"),
    ("NB", "", "", None),
    ("NB", "CAN", "", "NK"),
    ("Connecticut", "USA", "", "CT"),
    ("new york", "", "", "NY"),
    ("Georgia", "GEO", "", None),
    ("br-al", "", "", None),
    ("us", "", "region", None),
    ("ca", "", "region", None),
    ("ct", "us", "region", "CT"),
    ("ct", "", "region", None),
    ("CA", "", "", "CA"),
    ("US", "", "", None),
    ("us-on", "", "", None),
    ("Hannover", "DEU", "", None),
    ("ZZ", "", "", None),
]


@pytest.mark.parametrize(("text", "country", "form", "code"), STATES)
def test_a_state_is_ncics_code_or_unknown(text, country, form, code):
    """Postal codes become NCIC's; what could be two places or none is unknown, never guessed."""
    assert ncic_state(text, country, form) == code


def test_a_value_that_cannot_be_is_unknown_and_named():
    """A confidence of 900 %, a box without size, a broken picture and a latitude of 412 leave the read alone."""
    event = json.loads((PAYLOADS / "openalpr_group.json").read_text())
    event.update(best_confidence=900, gps_latitude=412, overview_jpeg="no base64!", best_region="us-zz")
    event["best_plate"]["coordinates"] = [{"x": 1, "y": 1}] * 4
    (one,) = Intake(load_feed("openalpr")).take(json.dumps(event).encode()).reads
    assert set(one.unclear) == {"confidence", "lat", "context", "state", "box"}
    read = one.read
    assert (read.confidence, read.position, read.box, read.state) == (None, None, None, None)
    assert read.raw_text == "AB12345"


def test_a_kind_without_a_table_is_said_with_those_that_are():
    """The error names the kinds that there are."""
    assert feed_kinds() == ("axis", "genetec", "hikvision", "openalpr", "platerecognizer")
    for name in ("nothing", "../ncic/states", ""):
        with pytest.raises(BadInput, match="axis, genetec"):
            load_feed(name)


BROKEN = [
    ("name = 1 2", "not valid TOML"),
    ('name="x"\nwords="x"\nformats=["csv"]\nevents=[]', "formats"),
    ('name="x"\nwords="x"\nformats=["json"]\nextra=1\nevents=[]', "extra"),
    ('name="x"\nwords="x"\nformats=["json"]\n[[events]]\nname="a"\nwhere={}\nlike="b"', "no event b"),
    ('name="x"\nwords="x"\nformats=["json"]\n[[events]]\nname="a"\nwhere={}\nfields={plat="x"}', "plat"),
]


@pytest.mark.parametrize(("text", "named"), BROKEN)
def test_a_wrong_table_is_refused_by_name(text, named):
    """A table that an agency changed wrongly is refused with the place."""
    with pytest.raises(BadInput, match=named):
        parse_feed(text, "x")
