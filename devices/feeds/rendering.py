"""A feed's reads as JSON, for whoever installs a reader and wants to see what it is understood as."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict

from devices.feeds.outcomes import FeedRead


def as_json(one: FeedRead) -> str:
    """Return one line of JSON: every field of the read, unknown ones as null, and its pictures as base64."""
    read = one.read
    line = {
        "read_id": read.read_id,
        "feed": read.feed,
        "source_id": read.source_id,
        "event_id": read.event_id,
        "camera_id": read.camera_id,
        "captured_at": read.captured_at.isoformat(timespec="microseconds"),
        "raw_text": read.raw_text,
        "key": read.key,
        "state": read.state,
        "state_confidence": read.state_confidence,
        "confidence": read.confidence,
        "candidates": list(read.candidates),
        "box": asdict(read.box) if read.box else None,
        "position": asdict(read.position) if read.position else None,
        "direction": read.direction,
        "vehicle": asdict(read.vehicle) if read.vehicle else None,
        "crop": _picture(one.pictures.crop),
        "context": _picture(one.pictures.context),
        "unclear": list(one.unclear),
    }
    return json.dumps(line, ensure_ascii=False)


def _picture(data: bytes) -> str | None:
    return base64.b64encode(data).decode("ascii") if data else None
