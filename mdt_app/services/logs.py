"""Logs: structured lines on standard error, without plates, names or secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_PRIVATE = frozenset({"plate", "key", "raw_text", "name", "user", "user_id", "password", "token", "secret"})


def configure_logs(level: int = logging.INFO) -> None:
    """Set up structured logging for this process. Fields that could hold a plate, name or secret are removed."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_private,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _without_private(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for field in _PRIVATE & line.keys():
        line[field] = "(removed)"
    return line
