"""Logs: a line never raises, whatever has become of standard error, and holds no plate."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator

import pytest
import structlog

from mdt_app.services.logs import configure_logs


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    """Set the logs up, and put back what was before."""
    before = structlog.get_config()
    configure_logs()
    yield
    structlog.configure(**before)


class Unspeakable:
    """A value that can't be written."""

    def __repr__(self) -> str:
        raise ZeroDivisionError


def closed() -> io.TextIOWrapper:
    """A stream that is closed."""
    stream = io.TextIOWrapper(io.BytesIO())
    stream.close()
    return stream


def test_missing_and_closed_streams_are_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard error, or on a closed one, a line is lost and nothing is raised."""
    for stream in (None, closed()):
        monkeypatch.setattr(sys, "stderr", stream)
        configure_logs()
        structlog.get_logger().warning("lost")
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    configure_logs()
    structlog.get_logger().warning("heard")
    assert ("heard" in heard.getvalue(), "lost" in heard.getvalue()) == (True, False)


def test_a_broken_pipe_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    """When nobody reads the pipe any more, lines are lost and nothing is raised."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as raw:
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, write_through=True))
        configure_logs()
        for _ in range(3):
            structlog.get_logger().error("lost")
        monkeypatch.setattr(sys, "stderr", None)


def test_a_value_that_cannot_be_written_is_survived(capsys: pytest.CaptureFixture[str]) -> None:
    """The line says so, and the next one comes out whole and without private fields."""
    structlog.get_logger().info("bad", value=Unspeakable())
    structlog.get_logger().info("good", number=7, plate="AB12345")
    bad, good = capsys.readouterr().err.splitlines()
    assert "bad" in bad
    assert "event='good'" in good
    assert "number=7" in good
    assert "AB12345" not in good
