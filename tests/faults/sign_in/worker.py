"""A car that somebody tries to get into, in a process of its own; tries and answers go over a connection."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from mdt_app.domain import commands as c
from mdt_app.domain.errors import Refused
from mdt_app.domain.notices import KeyAsked
from mdt_app.services.policies import load_policy
from mdt_app.sync.key_wire import KeyAnswerMessage, KeyQuestionMessage, SecurityKeyMessage
from tests.fakes.car import Shift, issued, officer


def main(line: Connection, folder: str, key: str) -> None:
    """Answer each try with its reason, or 'in'; the answer comes after the commit, as on the screen.

    `key` is a registered security key as JSON. A try is password, code, seconds and a key's answer; 'ask' asks for one.
    """
    keys = (SecurityKeyMessage.model_validate_json(key).to_key(),) if key else ()
    path = Path(folder) / "store.db"
    new = not path.exists()
    shift = Shift(path, load_policy("postc"))
    start = shift.clock.now()
    if new:
        shift.do(issued(officer(security_keys=keys), at=start))
    line.send("ready")
    with suppress(EOFError):
        while True:
            given = line.recv()
            try:
                line.send(asked(shift) if given == "ask" else tried(shift, start, *given))
            except Refused as refused:
                line.send(refused.reason)
    shift.core.stop()


def asked(shift: Shift) -> str:
    """The question for the key, as JSON."""
    shift.do(c.AskKey("rdoe"))
    return KeyQuestionMessage.of(shift.said(KeyAsked)[-1].question).model_dump_json()


def tried(shift: Shift, start: datetime, password: str, code: str, seconds: float, answer: str = "") -> str:
    """Sign in, and out again."""
    shift.clock.time = start + timedelta(seconds=seconds)
    key = KeyAnswerMessage.model_validate_json(answer).to_answer() if answer else None
    shift.do(c.SignIn("rdoe", password, notice_acknowledged=True, code=code, key=key))
    shift.do(c.SignOut())
    return "in"
