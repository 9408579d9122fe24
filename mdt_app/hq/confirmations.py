"""Hit confirmation at headquarters: the entering agency is asked over the message switch, and answers are kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from sqlalchemy import insert, select, update
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import ConfirmationQuery
from mdt_app.hq.dialect import (
    DIALECTS,
    FRAME_MOST,
    ConfirmationText,
    Dialect,
    confirmation_text,
    confirmation_understood,
    receive,
    send,
)
from mdt_app.hq.store import Store
from mdt_app.hq.tables import confirmation_replies, confirmations
from mdt_app.sync.check_wire import ConfirmationReplied, ConfirmationReplies

GRACE_S = 60.0
"""An answer that comes so long after it was due is still taken."""

_SWITCH = "message switch"
_RESTARTED = "headquarters was started again; ask anew"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ConfirmationDesk:
    """Sends requests and waits for their answers, each in a task of its own. Without an address nobody is asked."""

    address: tuple[str, int] | None
    dialect: Dialect = DIALECTS["ncic"]
    connect_s: float = 3.0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def request(self, store: Store, car_id: str, query: ConfirmationQuery) -> None:
        """Put the request on record and send it on its way. The same request again does nothing.

        Raises StorageFault when it could not be put on record; nobody is asked then.
        """
        inquiry = confirmation_text(self.dialect, query)
        if not await run_in_threadpool(_record_request, store, car_id, query, inquiry):
            return
        task = asyncio.create_task(self._converse(store, car_id, query, inquiry))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _converse(self, store: Store, car_id: str, query: ConfirmationQuery, inquiry: str) -> None:
        """Take answers until one is final or the time is over; whatever goes wrong is an answer, too."""
        wait_s = max(1.0, (query.due_at - datetime.now(UTC)).total_seconds()) + GRACE_S
        said = ConfirmationText(ConfirmationAnswer.NO_RESPONSE, _SWITCH)
        try:
            async with asyncio.timeout(wait_s):
                said = await self._answers(store, car_id, query, inquiry)
        except (OSError, EOFError, BadInput) as fault:  # a TimeoutError is an OSError
            log.warning("confirmation.no_answer", error=type(fault).__name__)
        await run_in_threadpool(_record_reply, store, car_id, query, said, final=True)

    async def _answers(self, store: Store, car_id: str, query: ConfirmationQuery, inquiry: str) -> ConfirmationText:
        if self.address is None:
            raise BadInput("No message switch is set up at headquarters.")
        async with asyncio.timeout(self.connect_s):
            reader, writer = await asyncio.open_connection(*self.address, limit=FRAME_MOST)
        try:
            await send(writer, self.dialect, inquiry)
            while True:
                said = confirmation_understood(self.dialect, query, await receive(reader, self.dialect))
                if said.answer is not ConfirmationAnswer.IN_PROCESS:
                    return said
                await run_in_threadpool(_record_reply, store, car_id, query, said, final=False)
        finally:
            writer.close()


def replies_after(store: Store, car_id: str, after: int) -> ConfirmationReplies:
    """Return a car's answers that came after this position, oldest first."""
    table = confirmation_replies
    query = (
        select(table).where(table.c.car_id == car_id, table.c.position > after).order_by(table.c.position).limit(100)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    found = (
        ConfirmationReplied(
            position=row.position,
            reply_id=f"{row.request_id}-{row.position}",
            request_id=row.request_id,
            hit_id=row.hit_id,
            answer=ConfirmationAnswer(row.answer),
            who=row.who,
            at=row.at,
            until_minutes=row.until_minutes,
        )
        for row in rows
    )
    return ConfirmationReplies(replies=tuple(found))


def close_outstanding(store: Store) -> int:
    """Answer what was waiting when headquarters ended: nobody listens for it any more. Returns how many."""
    with store.writing() as connection:
        rows = connection.execute(select(confirmations).where(confirmations.c.final.is_(False))).all()
        for row in rows:
            values = {
                "request_id": row.request_id,
                "car_id": row.car_id,
                "hit_id": row.hit_id,
                "answer": ConfirmationAnswer.NO_RESPONSE.value,
                "who": _RESTARTED,
                "until_minutes": 0,
                "at": datetime.now(UTC),
                "response": "",
            }
            connection.execute(insert(confirmation_replies).values(values))
        connection.execute(update(confirmations).where(confirmations.c.final.is_(False)).values(final=True))
    return len(rows)


def _record_request(store: Store, car_id: str, query: ConfirmationQuery, inquiry: str) -> bool:
    known = select(confirmations.c.position).where(confirmations.c.request_id == query.request_id)
    row = {
        "request_id": query.request_id,
        "car_id": car_id,
        "hit_id": query.hit_id,
        "user_id": query.user_id,
        "ori": query.ori,
        "inquiry": inquiry,
        "asked_at": datetime.now(UTC),
        "due_at": query.due_at,
        "final": False,
    }
    with store.writing() as connection:
        if connection.scalar(known) is not None:
            return False
        connection.execute(insert(confirmations).values(row))
    return True


def _record_reply(store: Store, car_id: str, query: ConfirmationQuery, said: ConfirmationText, *, final: bool) -> None:
    row = {
        "request_id": query.request_id,
        "car_id": car_id,
        "hit_id": query.hit_id,
        "answer": said.answer.value,
        "who": said.who,
        "until_minutes": said.until_minutes,
        "at": datetime.now(UTC),
        "response": said.answer.value,
    }
    with store.writing() as connection:
        connection.execute(insert(confirmation_replies).values(row))
        if final:
            here = confirmations.c.request_id == query.request_id
            connection.execute(update(confirmations).where(here).values(final=True))
    log.info("confirmation.answered", request=query.request_id, answer=said.answer.value)
