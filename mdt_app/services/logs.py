"""Logs: structured lines on standard error, without plates, names or secrets; a line never raises."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import MutableMapping
from typing import Any

import structlog

_WRITING = threading.Lock()
_PRIVATE = frozenset({"plate", "key", "raw_text", "name", "user", "user_id", "password", "token", "secret"})


def configure_logs(level: int = logging.INFO) -> None:
    """Set up structured logging for this process. Fields that could hold a plate, name or secret are removed."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_private,
            _rendered,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _StandardError(),
    )


class _StandardError:
    """Writes lines to standard error, as it is at that moment; without one, or on a broken one, they are lost."""

    def msg(self, line: str) -> None:
        """Write one line."""
        try:
            with _WRITING:
                sys.stderr.write(line + "\n")
                sys.stderr.flush()
        except Exception:  # noqa: BLE001 - None, a closed pipe, a full disk: a log must never end a thread
            return

    debug = info = warning = error = critical = msg


_renderer = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])


def _rendered(logger: Any, method: str, line: MutableMapping[str, Any]) -> str:
    try:
        return _renderer(logger, method, dict(line))
    except Exception:  # noqa: BLE001 - a value that can't be written must not end the thread that logs
        return f"level={method!r} event={line.get('event')!r} (a value can't be written)"


def _without_private(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for field in _PRIVATE & line.keys():
        line[field] = "(removed)"
    return line
