"""A car that somebody tries to get into: `python -m tests.faults.sign_in.worker FOLDER`, tries as lines of JSON."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from mdt_app.domain import commands as c
from mdt_app.domain.errors import Refused
from mdt_app.services.policies import load_policy
from tests.fakes.car import Shift, issued, officer


def main(folder: str) -> None:
    """Answer each try with its reason, or 'in'; the answer comes after the commit, as on the screen."""
    path = Path(folder) / "store.db"
    new = not path.exists()
    shift = Shift(path, load_policy("postc"))
    start = shift.clock.now()
    if new:
        shift.do(issued(officer(), at=start))
    say("ready")
    for line in sys.stdin:
        password, code, seconds = json.loads(line)
        shift.clock.time = start + timedelta(seconds=seconds)
        try:
            shift.do(c.SignIn("rdoe", password, notice_acknowledged=True, code=code))
        except Refused as refused:
            say(refused.reason)
        else:
            say("in")
            shift.do(c.SignOut())


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
