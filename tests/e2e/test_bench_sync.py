"""`mdt bench sync` end to end, with few cars: what it says it counted is on record."""

from __future__ import annotations

import json
import subprocess
import sys


def test_the_measurement_of_the_sync_loses_and_doubles_nothing() -> None:
    """One JSON object on standard output with the figures asked for; repeats on purpose stay without effect."""
    command = [sys.executable, "-m", "mdt_app", "bench", "sync", "--cars", "3", "--events", "450", "--json"]
    command += ["--database", "embedded", "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=True)
    found = json.loads(done.stdout)
    asked = ("events", "lost", "doubled", "seconds", "events_per_s", "bytes_per_event", "ack_ms_p99")
    assert set(asked) <= set(found)
    assert (found["events"], found["lost"], found["doubled"]) == (450, 0, 0)
    assert 0 < found["bytes_per_event"] <= 300
