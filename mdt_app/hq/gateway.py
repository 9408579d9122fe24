"""The records-check gateway: asks the state's message switch, and keeps every inquiry and answer on record.

A check has its car's own id. Sent again, to whichever worker, it is answered from the record, or asked anew where no
answer came: a QV only looks. The first answer on record is the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, insert, select, update
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.records_check import CheckAnswer, RecordsQuery, StatusAnswer
from mdt_app.hq.dialect import Dialect, inquiry_text, lines_of, records, understood
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.framing import FRAME_MOST, receive, send
from mdt_app.hq.store import Overtaken, Store
from mdt_app.hq.tables import checks

SOURCE = "CJIS/NCIC message switch"
_GONE = "The record is on file, but not active any more: located or cleared."
LEFT_AFTER = timedelta(seconds=60)
"""No worker asks for so long: a check that has no answer by then was left by one that died."""

log = structlog.get_logger()

_WORDS: Mapping[CheckAnswer, str] = {
    CheckAnswer.NO_RESPONSE: "The message switch did not answer. Ask again, or ask dispatch by voice.",
    CheckAnswer.MALFORMED: "The message switch's answer can't be understood. Ask dispatch by voice.",
}


@dataclass(frozen=True, slots=True)
class RecordsGateway:
    """Where the switch is and how it is spoken to; times are in seconds. Without an address nothing is asked."""

    address: tuple[str, int] | None
    dialect: Dialect = field(default_factory=default_dialect)
    connect_s: float = 3.0
    answer_s: float = 8.0

    async def check(self, store: Store, car_id: str, query: RecordsQuery) -> StatusAnswer:
        """Ask the switch. Trouble with it is an answer, too: NO_RESPONSE or MALFORMED.

        Raises StorageFault when the inquiry or the answer could not be put on record; nobody gets the answer then.
        Refused when this id was used for something else.
        """
        inquiry = inquiry_text(self.dialect, query)
        known = await run_in_threadpool(_record_inquiry, store, car_id, query, inquiry)
        if known is not None:
            return self._worded(known)
        answer, text = await self._ask(query, inquiry)
        status = await run_in_threadpool(_record_answer, store, _its(car_id, query.check_id), answer, text)
        log.info("check.answered", check=query.check_id, answer=status.answer.value)
        return self._worded(status)

    async def turn(self, store: Store) -> None:
        """Close the checks that a dead worker left. Raises StorageFault."""
        await run_in_threadpool(_close_left, store)

    async def _ask(self, query: RecordsQuery, inquiry: str) -> tuple[CheckAnswer, str]:
        if self.address is None:
            return CheckAnswer.NO_RESPONSE, "No message switch is set up at headquarters."
        try:
            text = await self._exchange(*self.address, inquiry)
        except (OSError, EOFError) as fault:  # a TimeoutError is an OSError
            log.warning("switch.silent", error=type(fault).__name__)
            return CheckAnswer.NO_RESPONSE, ""
        except BadInput as fault:
            log.warning("switch.malformed", reason=fault.words)
            return CheckAnswer.MALFORMED, ""
        return understood(self.dialect, query, text), _printable("\n".join(lines_of(self.dialect, text) or [text]))

    def _worded(self, status: StatusAnswer) -> StatusAnswer:
        """A record that came and counts as none is explained to who reads it."""
        gone = status.answer is CheckAnswer.NO_RECORD and records(self.dialect, status.text.splitlines())
        return replace(status, text=f"{_GONE}\n{status.text}") if gone else status

    async def _exchange(self, host: str, port: int, inquiry: str) -> str:
        async with asyncio.timeout(self.connect_s):
            reader, writer = await asyncio.open_connection(host, port, limit=FRAME_MOST)
        try:
            async with asyncio.timeout(self.answer_s):
                await send(writer, self.dialect.frame, inquiry)
                return await receive(reader, self.dialect.frame)
        finally:
            writer.close()


def _printable(text: str) -> str:
    return "".join(character for character in text if character == "\n" or character.isprintable())[:8000]


def _its(car_id: str, check_id: str) -> ColumnElement[bool]:
    return (checks.c.car_id == car_id) & (checks.c.check_id == check_id)


def _record_inquiry(store: Store, car_id: str, query: RecordsQuery, inquiry: str) -> StatusAnswer | None:
    """Put the inquiry on record; return the answer where there is one already."""
    names = ("check_id", "hit_id", "user_id", "ori")
    values: dict[str, Any] = {name: getattr(query, name) for name in names} | {"car_id": car_id, "inquiry": inquiry}
    this = _its(car_id, query.check_id)
    try:
        with store.writing() as connection:
            row = connection.execute(select(checks).where(this)).one_or_none()
            if row is None:
                connection.execute(insert(checks).values(values | {"asked_at": datetime.now(UTC), "times": 1}))
                return None
            if row.inquiry != inquiry:
                raise Refused("other_check", "This check was another one.", "Ask again.")
            if row.answer is None:
                connection.execute(update(checks).where(this).values(times=checks.c.times + 1))
    except Overtaken:  # the same check came to another worker at the same moment
        return None
    return None if row.answer is None else _status(row)


def _record_answer(store: Store, this: ColumnElement[bool], answer: CheckAnswer, response: str) -> StatusAnswer:
    """Put an answer on record where there is none yet, and return the one on record."""
    with store.writing() as connection:
        _answered(connection, this, answer, response)
        return _status(connection.execute(select(checks).where(this)).one())


def _answered(connection: Connection, these: ColumnElement[bool], answer: CheckAnswer, response: str) -> int:
    values = {"answer": answer.value, "answered_at": datetime.now(UTC), "response": response}
    return connection.execute(update(checks).where(these, checks.c.answer.is_(None)).values(values)).rowcount


def _status(row: Any) -> StatusAnswer:
    answer = CheckAnswer(row.answer)
    words = "\n".join(filter(None, (_WORDS.get(answer, ""), row.response)))
    return StatusAnswer(row.check_id, SOURCE, answer, row.asked_at, row.answered_at, row.user_id, words)


def _close_left(store: Store) -> None:
    left = checks.c.answer.is_(None) & (checks.c.asked_at < datetime.now(UTC) - LEFT_AFTER)
    with store.reading() as connection:
        some = connection.execute(select(checks.c.position).where(left).limit(1)).first()
    if some:
        with store.writing() as connection:
            count = _answered(connection, left, CheckAnswer.NO_RESPONSE, "")
        log.warning("check.left", count=count)
