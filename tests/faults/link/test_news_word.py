"""Row 18 for the one question of a car: forged, foreign, old, kept back or mixed news is refused; what was, stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mdt_app.services.signing import Signer
from mdt_app.sync.freshness import OLD, Freshness
from mdt_app.sync.news import NewsBoard
from mdt_app.sync.news_wire import News, NewsMessage, Subject, signed_news, tags_digest

OURS, THEIRS = Signer(b"\x01" * 32), Signer(b"\x02" * 32)


def news(lists: str = "1", *, signer: Signer = OURS, car: str = "car-7", ago: timedelta = timedelta()) -> News:
    """What headquarters says, with the tags."""
    content = NewsMessage(tags=dict.fromkeys(Subject, "1") | {Subject.LISTS: lists}).model_dump_json().encode()
    digest, at = tags_digest(content), datetime.now(UTC) - ago
    return News(digest, at, signer.sign(signed_news(car, digest, at)), content)


def same(said: News) -> News:
    """The answer that nothing has changed since."""
    at = datetime.now(UTC)
    return replace(said, issued_at=at, signature=OURS.sign(signed_news("car-7", said.digest, at)), content=None)


class Line:
    """A link over which the test says what comes."""

    def __init__(self) -> None:
        self.said: Callable[[str], News] = lambda _known: news()

    def fetch_news(self, known: str) -> News:
        return self.said(known)


OTHER = news("2")
REFUSED: dict[str, Callable[[News], News]] = {
    "forged": lambda _: news("2", signer=THEIRS),
    "another car's": lambda _: news("2", car="car-8"),
    "changed on the way": lambda _: replace(OTHER, content=OTHER.content.replace(b'"2"', b'"3"')),
    "another time than signed": lambda _: replace(OTHER, issued_at=datetime.now(UTC) + timedelta(days=1)),
    "played again": lambda first: replace(first, issued_at=first.issued_at - timedelta(seconds=1)),
    "rolled back": lambda _: news("0", ago=timedelta(minutes=1)),
    "kept back": lambda _: news("2", ago=OLD + timedelta(minutes=1)),
    "no change since something else": lambda _: same(OTHER),
    "no tags at all": lambda _: signed(b"[]"),
}


def signed(content: bytes) -> News:
    digest, at = tags_digest(content), datetime.now(UTC)
    return News(digest, at, OURS.sign(signed_news("car-7", digest, at)), content)


@pytest.mark.parametrize("what", REFUSED)
def test_news_that_are_not_headquarters_latest_are_refused(what: str) -> None:
    """Each is refused with words, nothing is pulled for it, and the next right ones are believed."""
    line, pulled = Line(), []
    board = NewsBoard(line, "car-7", OURS.public, Freshness("The news", "It stays."))
    turn = board.when_new(Subject.LISTS, lambda: pulled.append(1) or "")
    first = news()
    line.said = lambda _known: first
    assert board.ask() == ""
    turn()
    line.said = lambda _known: REFUSED[what](first)
    assert board.ask()
    turn()
    assert len(pulled) == 1
    line.said = lambda _known: news("4")
    assert board.ask() == ""
    turn()
    assert len(pulled) == 2


def test_a_freeze_is_found_though_nothing_changes() -> None:
    """'No change' is signed each time: one that is played again for long is refused, so nobody can keep news back."""
    line = Line()
    board = NewsBoard(line, "car-7", OURS.public, Freshness("The news", "It stays.", datetime.now(UTC) - 2 * OLD))
    at = datetime.now(UTC) - OLD - timedelta(seconds=1)
    first = news()
    frozen = replace(first, issued_at=at, signature=OURS.sign(signed_news("car-7", first.digest, at)))
    line.said = lambda _known: frozen
    assert "kept back" in board.ask()


def test_what_failed_or_was_refused_stays_due() -> None:
    """A turn that raises, has words or says 'not now' is called again at the next news; one that is done is not."""
    line, answers = Line(), [OSError("cut"), "refused", None, "", "never"]
    board = NewsBoard(line, "car-7", OURS.public, Freshness("The news", "It stays."))

    def pull() -> str | None:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    turn = board.when_new(Subject.ORDERS, pull)
    assert board.ask() == ""
    with pytest.raises(OSError, match="cut"):
        turn()
    assert [turn() for _ in range(4)] == ["refused", "", "", ""]
    assert answers == ["never"]


def test_with_another_headquarters_key_nothing_is_believed() -> None:
    """The negative control of the whole file."""
    board = NewsBoard(Line(), "car-7", THEIRS.public, Freshness("The news", "It stays."))
    assert "not signed" in board.ask()
