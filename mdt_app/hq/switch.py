"""The message switch SIMULATOR: answers inquiries in its dialect over TCP from hot list entries. It is not NCIC."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import structlog

from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.hotlist import Entry
from mdt_app.domain.plates import match_key
from mdt_app.hq.dialect import (
    Dialect,
    RecordStatus,
    fields,
    joined,
    line,
    lines_of,
    nothing_line,
)
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.framing import FRAME_MOST, receive, send
from mdt_app.hq.stopping import stop_signals

log = structlog.get_logger()

_CAVEAT = (
    "A HIT ALONE IS NOT PROBABLE CAUSE. BEFORE YOU ACT ON IT, CONFIRM WITH THE",
    "ENTERING ORI THAT THE RECORD IS STILL ACTIVE AND IS THIS PLATE AND VEHICLE.",
)
_VEHICLE = ("year", "make", "model", "style", "color")


class Manner(StrEnum):
    """How the simulator treats a plate's inquiry."""

    ANSWER = "answer"
    SILENT = "silent"
    MALFORMED = "malformed"
    NO_RECORD = "no_record"
    LOCATED = "located"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A plate's row in the behaviour table: the manner, and the seconds before it."""

    manner: Manner = Manner.ANSWER
    delay_s: float = 0.0
    confirmations: tuple[str, ...] = ()
    """What a hit confirmation request is answered with, in order: a ConfirmationAnswer's name, or any other word as it
    is sent; none: by what is on file."""


@dataclass(frozen=True, slots=True)
class _Simulator:
    """The records by plate key, the behaviours by plate key, and the dialect that is spoken."""

    dialect: Dialect
    records: Mapping[str, list[Entry]]
    behaviours: Mapping[str, Behaviour]
    writers: set[asyncio.StreamWriter] = field(default_factory=set)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's inquiries until it ends or sends something that is no message."""
        self.writers.add(writer)
        try:
            while True:
                text = await receive(reader, self.dialect.frame)
                await self._reply(text, writer)
        except BadInput as fault:
            log.warning("switch.inquiry_refused", reason=fault.words)
        except (EOFError, OSError):
            pass  # the caller has hung up, which is how a conversation ends
        finally:
            self.writers.discard(writer)
            writer.close()

    async def _reply(self, text: str, writer: asyncio.StreamWriter) -> None:
        inquiry, confirmation = self.dialect.inquiry, self.dialect.confirmation
        if lines_of(self.dialect, text)[:1] == [confirmation.key]:
            await self._confirm(fields(self.dialect, confirmation.fields, text), writer)
        else:
            await self._answer(fields(self.dialect, inquiry.fields, text), writer)

    async def _confirm(self, request: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        """Answer a YQ as the entering agency would: by its entry, or in the plate's own manner."""
        key = match_key(request.get("plate", ""))
        behaviour = self.behaviours.get(key, Behaviour())
        for said in behaviour.confirmations or (("confirmed",) if self._listed(key) else ("not_valid",)):
            await asyncio.sleep(behaviour.delay_s)
            if behaviour.manner is not Manner.SILENT:
                await send(writer, self.dialect.frame, confirmation_answer(self.dialect, request, said))

    async def _answer(self, inquiry: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        key = match_key(inquiry.get("plate", ""))
        behaviour = self.behaviours.get(key, Behaviour())
        await asyncio.sleep(behaviour.delay_s)
        text = answer_text(self.dialect, inquiry, behaviour.manner, self._listed(key))
        if text is not None:
            await send(writer, self.dialect.frame, text)

    def _listed(self, key: str) -> list[Entry]:
        now = datetime.now(UTC)
        return [entry for entry in self.records.get(key, ()) if entry.expires_at is None or entry.expires_at > now]


async def serve_switch(
    host: str,
    port: int,
    records: Iterable[Entry],
    *,
    behaviours: Mapping[str, Behaviour] | None = None,
    ready: Callable[[int], None] | None = None,
    dialect: Dialect | None = None,
) -> None:
    """Serve until cancelled. `behaviours` is by plate; `port` 0 takes a free one, and `ready` is told which.

    Raises MdtError when the port can't be had.
    """
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for entry in records:
        by_key[match_key(entry.plate)].append(entry)
    table = {match_key(plate): behaviour for plate, behaviour in (behaviours or {}).items()}
    simulator = _Simulator(dialect or default_dialect(), by_key, table)
    try:
        server = await asyncio.start_server(simulator.converse, host, port, limit=FRAME_MOST)
    except OSError as fault:
        raise MdtError("The message switch can't have this address and port.", "Choose another port.") from fault
    log.info("switch.serving", records=sum(map(len, by_key.values())))
    try:
        if ready:
            ready(server.sockets[0].getsockname()[1])
        await asyncio.get_running_loop().create_future()
    finally:
        server.close()
        for writer in simulator.writers:
            writer.close()


def run_switch(
    host: str,
    port: int,
    records: Iterable[Entry],
    *,
    behaviours: Mapping[str, Behaviour] | None = None,
    ready: Callable[[int], None] | None = None,
    stop: threading.Event | None = None,
    dialect: Dialect | None = None,
) -> None:
    """Serve and block until `stop` is set, or in the main thread SIGINT or SIGTERM comes. Raises as serve_switch."""
    ended = stop or threading.Event()

    async def until_stopped() -> None:
        served = serve_switch(host, port, records, behaviours=behaviours, ready=ready, dialect=dialect)
        serving = asyncio.create_task(served)
        while not ended.is_set() and not serving.done():
            await asyncio.wait((serving,), timeout=0.1)
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving

    with stop_signals(ended):
        asyncio.run(until_stopped())


def answer_text(dialect: Dialect, inquiry: Mapping[str, str], manner: Manner, listed: list[Entry]) -> str | None:
    """What the simulator answers to an inquiry about these entries in this manner; None: it stays silent."""
    return _ANSWERS[manner](dialect, inquiry, listed)


def _records_text(dialect: Dialect, inquiry: Mapping[str, str], listed: list[Entry]) -> str:
    return _told_records(dialect, inquiry, listed, RecordStatus.ACTIVE)


def _located_text(dialect: Dialect, inquiry: Mapping[str, str], listed: list[Entry]) -> str:
    """A dialect without a status has no such record to show: it is gone."""
    shown = listed if RecordStatus.LOCATED in dialect.response.statuses.values() else []
    return _told_records(dialect, inquiry, shown, RecordStatus.LOCATED)


def _told_records(dialect: Dialect, inquiry: Mapping[str, str], listed: list[Entry], status: RecordStatus) -> str:
    if not listed:
        return _nothing_text(dialect, inquiry, listed)
    lines = [_head(dialect, inquiry), inquiry.get("ori", "")]
    for entry in listed:
        lines += _record_lines(dialect, entry, status)
    return joined(dialect, [*lines, *_CAVEAT])


def _record_lines(dialect: Dialect, entry: Entry, status: RecordStatus) -> list[str]:
    values = {
        "category": entry.category.replace("_", " ").upper(),
        "status": _word(dialect.response.statuses, status),
        "ori": entry.ori,
        "plate": entry.plate,
        "state": entry.state,
        "plate_year": entry.plate_year,
        "plate_type": entry.plate_type,
        **{name: getattr(entry.vehicle, name) for name in _VEHICLE},
        "nic": entry.nic,
        "entered_on": entry.entered_on.strftime("%Y%m%d") if entry.entered_on else "",
    }
    codes = dialect.response.record
    return [line(dialect, code, values[meaning]) for code, meaning in codes.items() if values[meaning]]


def _nothing_text(dialect: Dialect, inquiry: Mapping[str, str], _listed: list[Entry]) -> str:
    nothing = nothing_line(dialect, inquiry.get("plate", ""), inquiry.get("state", ""))
    return joined(dialect, [_head(dialect, inquiry), nothing])


def _head(dialect: Dialect, inquiry: Mapping[str, str]) -> str:
    return line(dialect, dialect.response.id, inquiry.get("check_id", ""))


def confirmation_answer(dialect: Dialect, request: Mapping[str, str], said: str) -> str:
    """What the simulator answers to a hit confirmation request: an answer by its name, or another word as it is."""
    values = {
        "request_id": request.get("request_id", ""),
        "plate": request.get("plate", ""),
        "status": _word(dialect.answer.statuses, said) or said,
        "person": "DESK SIMULATOR",
        "agency": request.get("owner", ""),
        "until_minutes": "5" if said == ConfirmationAnswer.IN_PROCESS else "",
    }
    codes = dialect.answer.fields
    told = (line(dialect, code, values[meaning]) for code, meaning in codes.items() if values[meaning])
    return joined(dialect, told)


def _word(words: Mapping[str, str], meaning: str) -> str:
    return next((word for word, meant in words.items() if meant == meaning), "")


def _no_text(_dialect: Dialect, _inquiry: Mapping[str, str], _listed: list[Entry]) -> None:
    return None


def _broken_text(dialect: Dialect, _inquiry: Mapping[str, str], _listed: list[Entry]) -> str:
    return joined(dialect, [line(dialect, dialect.response.id, "?"), "?"])


_ANSWERS: Mapping[Manner, Callable[[Dialect, Mapping[str, str], list[Entry]], str | None]] = {
    Manner.ANSWER: _records_text,
    Manner.SILENT: _no_text,
    Manner.MALFORMED: _broken_text,
    Manner.NO_RECORD: _nothing_text,
    Manner.LOCATED: _located_text,
}
