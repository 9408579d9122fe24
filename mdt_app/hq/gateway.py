"""The records-check gateway: asks the state's message switch, and keeps every inquiry and answer on record."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import insert, update
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import CheckAnswer, RecordsQuery, StatusAnswer
from mdt_app.hq.dialect import DIALECTS, FRAME_MOST, Dialect, inquiry_text, receive, send, understood
from mdt_app.hq.store import Store
from mdt_app.hq.tables import checks

SOURCE = "CJIS/NCIC message switch"

log = structlog.get_logger()

_WORDS: Mapping[CheckAnswer, str] = {
    CheckAnswer.NO_RESPONSE: "The message switch did not answer. Ask again, or ask dispatch by voice.",
    CheckAnswer.MALFORMED: "The message switch's answer can't be understood. Ask dispatch by voice.",
}


@dataclass(frozen=True, slots=True)
class RecordsGateway:
    """Where the switch is and how it is spoken to; times are in seconds. Without an address nothing is asked."""

    address: tuple[str, int] | None
    dialect: Dialect = DIALECTS["ncic"]
    connect_s: float = 3.0
    answer_s: float = 8.0

    async def check(self, store: Store, car_id: str, query: RecordsQuery) -> StatusAnswer:
        """Ask the switch once. Trouble with it is an answer, too: NO_RESPONSE or MALFORMED.

        Raises StorageFault when the inquiry or the answer could not be put on record; nobody gets the answer then.
        """
        inquiry, asked_at = inquiry_text(self.dialect, query), datetime.now(UTC)
        position = await run_in_threadpool(_record_inquiry, store, car_id, query, inquiry, asked_at)
        answer, text = await self._ask(query, inquiry)
        words = "\n".join(filter(None, (_WORDS.get(answer, ""), text)))
        status = StatusAnswer(query.check_id, SOURCE, answer, asked_at, datetime.now(UTC), query.user_id, words)
        await run_in_threadpool(_record_answer, store, position, status, text)
        log.info("check.answered", check=query.check_id, answer=answer.value)
        return status

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
        return understood(self.dialect, query, text), _printable(text)

    async def _exchange(self, host: str, port: int, inquiry: str) -> str:
        async with asyncio.timeout(self.connect_s):
            reader, writer = await asyncio.open_connection(host, port, limit=FRAME_MOST)
        try:
            async with asyncio.timeout(self.answer_s):
                await send(writer, self.dialect, inquiry)
                return await receive(reader, self.dialect)
        finally:
            writer.close()


def _printable(text: str) -> str:
    return "".join(character for character in text if character == "\n" or character.isprintable())[:8000]


def _record_inquiry(store: Store, car_id: str, query: RecordsQuery, inquiry: str, asked_at: datetime) -> int:
    values: dict[str, Any] = {name: getattr(query, name) for name in ("check_id", "hit_id", "user_id", "ori")}
    row = insert(checks).values(car_id=car_id, inquiry=inquiry, asked_at=asked_at, **values)
    with store.writing() as connection:
        position: int = connection.execute(row.returning(checks.c.position)).scalar_one()
    return position


def _record_answer(store: Store, position: int, status: StatusAnswer, response: str) -> None:
    row = update(checks).where(checks.c.position == position)
    answered = row.values(answer=status.answer.value, answered_at=status.answered_at, response=response)
    with store.writing() as connection:
        connection.execute(answered)
