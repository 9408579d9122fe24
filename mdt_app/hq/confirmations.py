"""Hit confirmation at headquarters: the entering agency is asked over the message switch, and answers are kept.

A request stands in the database with its state and with the worker that has it: queued, asked, then answered or timed
out. Dies that worker, another one asks the switch again under the same request id, until the time is over.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import insert, select, update
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.errors import BadInput
from mdt_app.domain.records_check import ConfirmationQuery
from mdt_app.hq.dialect import (
    ConfirmationText,
    Dialect,
    confirmation_text,
    confirmation_understood,
    fields,
)
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.framing import FRAME_MOST, receive, send
from mdt_app.hq.leases import Leases
from mdt_app.hq.store import Overtaken, Store, in_order
from mdt_app.hq.tables import confirmation_replies, confirmations
from mdt_app.sync.check_wire import ConfirmationReplied, ConfirmationReplies

GRACE = timedelta(seconds=60)
"""An answer that comes so long after it was due is still taken."""
QUEUED_MOST_S = 20.0
"""So long a request waits for a switch that can't be reached; then the officer is told, and can use the radio."""

_AGAIN_S = 2.0
_SWITCH = "message switch"

log = structlog.get_logger()


class RequestState(StrEnum):
    """Where a request stands."""

    QUEUED = "queued"
    ASKED = "asked"
    ANSWERED = "answered"
    TIMED_OUT = "timed_out"


OPEN = confirmations.c.state.in_([RequestState.QUEUED.value, RequestState.ASKED.value])


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A request as it stands in the database: all that whichever worker needs."""

    request_id: str
    car_id: str
    hit_id: str
    plate: str
    inquiry: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ConfirmationDesk:
    """Sends requests and waits for their answers, each in a task of its own. Without an address nobody is asked."""

    store: Store
    address: tuple[str, int] | None
    dialect: Dialect = field(default_factory=default_dialect)
    connect_s: float = 3.0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    leases: Leases = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "leases", Leases(self.store, confirmations, OPEN))

    async def request(self, car_id: str, query: ConfirmationQuery) -> None:
        """Put the request on record and send it on its way. The same request again does nothing.

        Raises StorageFault when it could not be put on record; nobody is asked then.
        """
        inquiry = confirmation_text(self.dialect, query)
        if await run_in_threadpool(self._record, car_id, query, inquiry):
            self._begin(_Waiting(query.request_id, car_id, query.hit_id, query.plate, inquiry, query.due_at))

    async def turn(self) -> None:
        """Keep this worker's requests, and take those of a worker that is gone. Raises StorageFault."""
        if self.tasks:
            await run_in_threadpool(self.leases.renew)
        for row in await run_in_threadpool(self.leases.take):
            log.warning("confirmation.taken_over", request=row.request_id)
            plate = fields(self.dialect, self.dialect.confirmation.fields, row.inquiry).get("plate", "")
            self._begin(_Waiting(row.request_id, row.car_id, row.hit_id, plate, row.inquiry, row.due_at))

    async def end(self) -> None:
        """Leave what is open to another worker, or to the next start."""
        open_still = [*self.tasks]
        for task in open_still:
            task.cancel()
        await asyncio.gather(*open_still, return_exceptions=True)
        if open_still:
            await run_in_threadpool(self.leases.let_go)

    def _begin(self, waiting: _Waiting) -> None:
        task = asyncio.create_task(self._converse(waiting))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _converse(self, waiting: _Waiting) -> None:
        """Take answers until one is final or the time is over; whatever goes wrong is an answer, too."""
        left_s = (waiting.due_at + GRACE - datetime.now(UTC)).total_seconds()
        said, state = ConfirmationText(ConfirmationAnswer.NO_RESPONSE, _SWITCH), RequestState.TIMED_OUT
        try:
            async with asyncio.timeout(max(0.0, left_s)):
                said, state = await self._answers(waiting), RequestState.ANSWERED
        except (OSError, EOFError, BadInput) as fault:  # a TimeoutError is an OSError
            log.warning("confirmation.no_answer", error=type(fault).__name__)
        await run_in_threadpool(self._reply, waiting, said, state)

    async def _answers(self, waiting: _Waiting) -> ConfirmationText:
        reader, writer = await self._connected()
        try:
            await run_in_threadpool(self._asked, waiting)
            await send(writer, self.dialect.frame, waiting.inquiry)
            while True:
                said = confirmation_understood(self.dialect, waiting, await receive(reader, self.dialect.frame))
                if said.answer is not ConfirmationAnswer.IN_PROCESS:
                    return said
                await run_in_threadpool(self._reply, waiting, said, RequestState.ASKED)
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The switch's end; one that can't be reached is tried again for a while. Raises OSError, BadInput."""
        if self.address is None:
            raise BadInput("No message switch is set up at headquarters.")
        async with asyncio.timeout(QUEUED_MOST_S):
            while True:
                try:
                    async with asyncio.timeout(self.connect_s):
                        return await asyncio.open_connection(*self.address, limit=FRAME_MOST)
                except OSError as fault:
                    log.warning("confirmation.queued", error=type(fault).__name__)
                await asyncio.sleep(_AGAIN_S)

    def _record(self, car_id: str, query: ConfirmationQuery, inquiry: str) -> bool:
        known = select(confirmations.c.position).where(confirmations.c.request_id == query.request_id)
        row: dict[str, Any] = {name: getattr(query, name) for name in ("request_id", "hit_id", "user_id", "ori")}
        row |= {"car_id": car_id, "inquiry": inquiry, "asked_at": datetime.now(UTC), "due_at": query.due_at}
        row |= {"state": RequestState.QUEUED.value, "times": 0} | self.leases.held()
        try:
            with self.store.writing() as connection:
                if connection.scalar(known) is not None:
                    return False
                connection.execute(insert(confirmations).values(row))
        except Overtaken:  # the same request came to another worker at the same moment
            return False
        return True

    def _asked(self, waiting: _Waiting) -> None:
        values = {"state": RequestState.ASKED.value, "times": confirmations.c.times + 1}
        with self.store.writing() as connection:
            connection.execute(update(confirmations).where(self._its(waiting)).values(values))

    def _reply(self, waiting: _Waiting, said: ConfirmationText, state: RequestState) -> None:
        """Put an answer on record, unless the request is another worker's by now, which then answers it."""
        names = ("request_id", "car_id", "hit_id")
        row: dict[str, Any] = {name: getattr(waiting, name) for name in names}
        row |= {"answer": said.answer.value, "who": said.who, "until_minutes": said.until_minutes}
        with self.store.writing() as connection:
            this = update(confirmations).where(self._its(waiting)).values(state=state.value)
            if not connection.execute(this).rowcount:
                log.warning("confirmation.lost", request=waiting.request_id)
                return
            in_order(connection, confirmation_replies)
            now = datetime.now(UTC)
            connection.execute(insert(confirmation_replies).values(row | {"at": now, "response": said.answer.value}))
        log.info("confirmation.answered", request=waiting.request_id, answer=said.answer.value)

    def _its(self, waiting: _Waiting) -> Any:
        return self.leases.mine & (confirmations.c.request_id == waiting.request_id)


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
