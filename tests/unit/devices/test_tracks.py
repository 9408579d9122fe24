"""One car, one read: association over frames, settling, and the vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from devices.cameras.frames import Frame
from devices.recogniser.port import PlateReading
from devices.recogniser.tracks import LOST_AFTER_S, RECALL_WITHIN_S, RECALLS, Tracks
from devices.recogniser.votes import vote
from mdt_app.domain.reads import Box, CharacterRead

PICTURE = np.zeros((90, 160, 3), np.uint8)


def frame(at_s: float) -> Frame:
    return Frame(PICTURE, at_s, datetime(2026, 11, 22, tzinfo=UTC))


def reading(text: str, confidence: float = 0.6, x: int = 100, w: int = 60, **more: object) -> PlateReading:
    characters = more.pop("characters", None) or tuple(CharacterRead(c, confidence) for c in text)
    return PlateReading(text, confidence, characters, Box(x, 50, w, 20), **more)


def test_two_agreeing_frames_settle_a_plate_once():
    """The second agreeing frame makes the read, and nothing later makes another."""
    tracks = Tracks()
    assert tracks.update(frame(0.0), [reading("AB12345")]) == []
    (settled,) = tracks.update(frame(0.5), [reading("AB12345", x=110)])
    assert (settled.reading.text, settled.frames, settled.latest.arrived_s) == ("AB12345", 2, 0.5)
    later = [tracks.update(frame(1 + i / 2), [reading("AB12345", 0.99, x=120 + 10 * i)]) for i in range(8)]
    assert not any(later)
    assert tracks.finish() == []


def test_a_sure_reading_does_not_wait():
    """A confident reading is a read at once, so that the alert comes within a second."""
    tracks = Tracks()
    (settled,) = tracks.update(frame(0.0), [reading("AB12345", 0.95)])
    assert settled.frames == 1
    assert tracks.update(frame(0.4), [reading("AB12346", 0.99)]) == []


def test_a_far_plate_that_is_nearly_sure_waits_for_the_next_frame():
    """The nearer sight of it says which characters they are: the read is that, and the car has no other."""
    tracks = Tracks()
    assert tracks.update(frame(0.0), [reading("4TNF63", 0.92, w=26)]) == []
    (settled,) = tracks.update(frame(0.1), [reading("4TKF63", 0.98, w=31)])
    assert settled.reading.text == "4TKF63"
    assert tracks.update(frame(0.2), [reading("4TKF63", 0.99, w=42)]) == []


def test_doubtful_readings_have_to_agree_more_often():
    """Two that are hardly read make no read yet, four do: at night none is sure, and the alert must come."""
    tracks = Tracks()
    early = [tracks.update(frame(i / 5), [reading("AB12345", 0.4)]) for i in range(3)]
    assert not any(early)
    (settled,) = tracks.update(frame(0.6), [reading("AB12345", 0.4)])
    assert settled.frames == 4


def test_a_read_is_no_surer_than_the_surest_frame_that_says_it():
    """Each character is plain and the frames agree, and yet each reading is doubtful: so is the read."""
    plain = tuple(CharacterRead(c, 0.98) for c in "4TKF63")
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("4TKF63", 0.45, characters=plain)])
    (settled,) = tracks.update(frame(0.1), [reading("4TKF63", 0.55, characters=plain)])
    assert settled.frames == 2
    assert settled.reading.confidence == 0.55


def test_a_track_that_ends_is_read_or_counted():
    """A plate seen once gives its read when it has left; one hardly read is counted as unsettled."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("AB12345", 0.5), reading("ZZ98765", 0.1, x=600)])
    assert tracks.update(frame(1.0), []) == []
    (settled,) = tracks.update(frame(LOST_AFTER_S + 0.1), [])
    assert settled.reading.text == "AB12345"
    assert tracks.unsettled == 1


def test_the_end_of_the_source_ends_the_tracks():
    """What is still open when a video ends is not lost."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("AB12345", 0.5)])
    assert [one.reading.text for one in tracks.finish()] == ["AB12345"]


def test_two_cars_side_by_side_stay_two():
    """Different plates in one frame are never mixed, whichever comes first in the list."""
    tracks = Tracks()
    both = [reading("AB12345"), reading("4BXR91", x=400)]
    tracks.update(frame(0.0), both)
    settled = tracks.update(frame(0.5), both[::-1])
    assert {one.reading.text for one in settled} == {"AB12345", "4BXR91"}


def test_another_car_in_the_same_place_is_another_read():
    """An unlike plate where the last one was is a new car."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("AB12345", 0.95)])
    (settled,) = tracks.update(frame(1.0), [reading("7XWF90", 0.95)])
    assert settled.reading.text == "7XWF90"


def test_a_poor_first_sight_joins_the_same_car():
    """A far plate misread in two places and then read well nearby is one car and one read."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("7WPL25", 0.3)])
    (settled,) = tracks.update(frame(0.4), [reading("7NPL26", 0.97, x=160)])
    assert settled.reading.text == "7NPL26"
    assert tracks.finish() == []
    assert 0.6 < settled.reading.confidence < 0.97


def test_a_car_that_comes_back_is_read_again():
    """After it has been out of view the plate is a new sighting."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("AB12345", 0.95)])
    tracks.update(frame(LOST_AFTER_S + 1), [])
    assert len(tracks.update(frame(LOST_AFTER_S + 2), [reading("AB12345", 0.95)])) == 1


def test_a_still_picture_keeps_its_plates_in_view():
    """Waiting at a light is one sighting, though unchanged frames are not read."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("AB12345", 0.95)])
    for second in range(1, 20):
        tracks.still(float(second))
    assert tracks.update(frame(20.0), [reading("AB12345", 0.95)]) == []


def test_unrelated_pictures_are_read_each_for_itself():
    """The same plate in two pictures of a folder is two reads."""
    tracks = Tracks(independent=True)
    assert [len(tracks.update(frame(t), [reading("AB12345", 0.4)])) for t in (0.0, 1.0)] == [1, 1]


def test_the_vote_outweighs_a_slip_and_keeps_letter_o():
    """Two frames against one decide each place; what was read as O stays O."""
    voted = vote([reading("4BXO91", 0.7), reading("4BX091", 0.5), reading("4BXO91", 0.6)])
    assert voted.text == "4BXO91"
    assert voted.characters[3].alternatives == ("0",)
    assert "4BX091" in voted.candidates


def test_a_state_named_differently_twice_is_unknown():
    """Frames that name two states leave the state open; one named alone stands."""
    ct = reading("AB12345", state="CT", state_confidence=0.8)
    ma = reading("AB12345", state="MA", state_confidence=0.7)
    assert vote([ct, ma]).state is None
    assert vote([ct, reading("AB12345")]).state == "CT"


plates = st.text("ABC123", min_size=5, max_size=7)
readings_of_one = st.lists(st.builds(reading, plates, st.floats(0.05, 1.0)), min_size=1, max_size=8)


@given(readings_of_one)
def test_a_vote_invents_nothing(seen):
    """Each voted character was read in that very place by a reading of that length; confidence stays in 0 to 1."""
    voted = vote(seen)
    assert len(voted.characters) == len(voted.text)
    assert 0 <= voted.confidence <= 1.0001
    fitting = [r.text for r in seen if len(r.text) == len(voted.text)]
    assert all(any(text[i] == c for text in fitting) for i, c in enumerate(voted.text))


@given(
    st.lists(st.lists(st.builds(reading, plates, st.floats(0.05, 1.0), st.integers(0, 1200)), max_size=4), max_size=12)
)
def test_no_more_reads_than_readings_and_none_lost(frames_of_readings):
    """Every reading ends in one track: reads and unsettled tracks together never outnumber the readings."""
    tracks = Tracks()
    settled = []
    for number, readings in enumerate(frames_of_readings):
        settled += tracks.update(frame(number * 0.5), readings)
    settled += tracks.finish()
    count = sum(map(len, frames_of_readings))
    assert len(settled) + tracks.unsettled <= count
    assert (len(settled) + tracks.unsettled > 0) == (count > 0)


def settled_track(moved: int = 4) -> Tracks:
    """A plate read alike twice, the second time this many pixels further."""
    tracks = Tracks()
    tracks.update(frame(0.0), [reading("AB12345")])
    assert tracks.update(frame(0.1), [reading("AB12345", x=100 + moved)])
    return tracks


def test_a_settled_plate_that_stands_still_need_not_be_read_again():
    """Read twice alike in one place it is offered as known; recalls move its box and neither vote nor make a read."""
    tracks = settled_track()
    (known,) = tracks.steady(0.2)
    assert (known.text, known.box.x) == ("AB12345", 104)
    assert tracks.update(frame(0.2), [replace(known, box=Box(110, 50, 60, 20), recalled=True)]) == []
    (again,) = tracks.steady(0.3)
    assert again.box.x == 110


def test_a_plate_is_never_recalled_for_long():
    """After so many recalls in a row it is read again, and so is one that was not looked at for a moment."""
    tracks, times = settled_track(), 0
    while known := tracks.steady(0.2 + times / 10):
        tracks.update(frame(0.2 + times / 10), [replace(known[0], recalled=True)])
        times += 1
    assert times == RECALLS
    tracks.update(frame(0.8), [reading("AB12345", x=104)])
    assert tracks.steady(0.9), "a real reading renews it"
    assert tracks.steady(0.8 + RECALL_WITHIN_S) == ()


def test_what_moves_changes_or_is_not_settled_is_read_each_time():
    """Parked cars that pass by take each other's places: a plate is recalled only where it was read twice itself."""
    assert settled_track(moved=40).steady(0.2) == ()
    tracks = settled_track()
    tracks.update(frame(0.2), [reading("7XYZ999", x=104)])
    assert [known.text for known in tracks.steady(0.3)] == []
    doubtful = Tracks()
    doubtful.update(frame(0.0), [reading("AB12345", 0.2)])
    doubtful.update(frame(0.1), [reading("AB12345", 0.2)])
    assert doubtful.steady(0.2) == ()


def test_a_recalled_reading_begins_no_track():
    """Two places that both look like the known one give one sighting, and no track without anything read in it."""
    tracks = settled_track()
    (known,) = tracks.steady(0.2)
    twice = [replace(known, recalled=True), replace(known, box=Box(600, 400, 60, 20), recalled=True)]
    assert tracks.update(frame(0.2), twice) == []
    assert Tracks().update(frame(0.2), twice) == []
    assert tracks.finish() == []
