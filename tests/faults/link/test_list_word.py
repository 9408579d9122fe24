"""Row 18 of the fault table: rollback, mix, freeze, forgery, endless and cut lists are refused, the old list stays."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt_app.domain.errors import BadInput
from mdt_app.hq.main import public_key
from mdt_app.services.signing import Signer
from mdt_app.sync.delta import make_delta, open_delta, pack_delta, require_base
from mdt_app.sync.freshness import OLD
from mdt_app.sync.list_wire import CarListsMessage, HotListManifest, line_of
from mdt_app.sync.list_word import ListWord
from mdt_app.sync.snapshot import describe_list, open_list, pack_list
from mdt_app.sync.wire import SignedMessage
from tests.fakes.headquarters import an_entry
from tests.fakes.list_deltas import apply_delta

OURS, THEIRS = Signer(b"\x01" * 32), Signer(b"\x02" * 32)
NOW = datetime.now(UTC)


def a_word(at: datetime = NOW, *, signer: Signer = OURS, car: str = "car-7", version: int = 3) -> SignedMessage:
    """What headquarters says of one list."""
    hotlist = describe_list("ncic", "NCIC", "NCIC", NOW, [an_entry("AB1", list_id="ncic")], version)
    word = CarListsMessage(car_id=car, issued_at=at, hotlists=(HotListManifest.of(hotlist),))
    content = word.model_dump_json()
    return SignedMessage(content=content, signature=signer.sign(content.encode()).hex())


def altered(change: Callable[[str], str]) -> SignedMessage:
    word = a_word()
    return word.model_copy(update={"content": change(word.content)})


REFUSED = {
    "forged": a_word(signer=THEIRS),
    "another car's": a_word(car="car-8"),
    "changed on the way": altered(lambda content: content.replace('"count":1', '"count":0')),
    "rolled back": a_word(NOW - timedelta(minutes=1)),
    "kept back": a_word(NOW - OLD - timedelta(minutes=1)),
    "no message at all": SignedMessage(content="[]", signature=OURS.sign(b"[]").hex()),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_word_that_is_not_headquarters_latest_is_refused(what: str) -> None:
    """Each is refused with words, and what was believed stays as it was: the next right word is taken."""
    newest = None if what == "kept back" else NOW
    word = ListWord("car-7", OURS.public, newest)
    with pytest.raises(BadInput):
        word.read(REFUSED[what])
    assert word.read(a_word()).hotlists[0].version == 3


def test_an_older_word_is_refused_after_a_restart_too() -> None:
    """When the newest word was issued is kept: a mix of old and new versions is not believed either."""
    kept: list[datetime] = []
    ListWord("car-7", OURS.public, None, kept.append).read(a_word())
    with pytest.raises(BadInput, match="older"):
        ListWord("car-7", OURS.public, kept[-1]).read(a_word(NOW - timedelta(seconds=1), version=2))


def test_row_18_a_car_that_forgets_or_trusts_another_is_found_out() -> None:
    """The negative control: without what it believed last, or with another's key, a car believes what it must not."""
    assert public_key(b"\x07" * 32) != OURS.public
    assert ListWord("car-7", OURS.public).read(REFUSED["rolled back"])
    assert ListWord("car-7", THEIRS.public).read(REFUSED["forged"])
    with pytest.raises(BadInput):
        ListWord("car-7", public_key(b"\x07" * 32)).read(a_word())


def the_delta() -> tuple[list, bytes]:
    before = [an_entry(f"P{number}", list_id="ncic") for number in range(40)]
    after = [*before[5:], *(an_entry(f"Q{number}", list_id="ncic") for number in range(5))]
    lists = (
        describe_list("ncic", "NCIC", "NCIC", NOW, before, 1),
        describe_list("ncic", "NCIC", "NCIC", NOW, after, 2),
    )
    return before, pack_delta(make_delta(lists[0], before, lists[1], after))


BEFORE, DELTA = the_delta()
HELD = describe_list("ncic", "NCIC", "NCIC", NOW, BEFORE, 1)
WHOLE = pack_list(HELD, BEFORE)


@given(cut=st.integers(0, len(DELTA) - 1), pieces=st.integers(1, 5))
@settings(max_examples=200, deadline=None)
def test_a_delta_cut_at_any_byte_is_refused(cut: int, pieces: int) -> None:
    """However it comes in pieces, a part of a delta is none."""
    step = max(1, cut // pieces)
    with pytest.raises(BadInput):
        open_delta(DELTA[:cut][start : start + step] for start in range(0, cut, step))


@given(place=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7), whole=st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_flipped_bit_never_makes_another_list(place: int, bit: int, whole: bool) -> None:
    """A list or a delta with one bit turned is refused, or is the very same (a bit that gzip does not use)."""
    content = bytearray(WHOLE if whole else DELTA)
    content[place % len(content)] ^= 1 << bit
    try:
        if whole:
            manifest, entries = open_list([bytes(content)])
            assert list(entries) == sorted(map(line_of, BEFORE))
            assert manifest.to_hotlist() == HELD
        else:
            delta = open_delta([bytes(content)])
            require_base(delta, HELD)
            assert apply_delta(BEFORE, delta) == apply_delta(BEFORE, open_delta([DELTA]))
    except BadInput:
        pass


def test_a_small_file_that_never_ends_fills_no_memory() -> None:
    """Lines without end and lists beyond their count are refused after a bounded number of bytes."""
    dice = random.Random(1)  # noqa: S311 - made-up bytes
    endless = gzip.compress(bytes(dice.choices(b"abcdef", k=4 << 20)))
    for opened in (lambda: open_delta([endless]), lambda: list(open_list([endless])[1])):
        with pytest.raises(BadInput):
            opened()
