"""Orders from headquarters in the car: fetched at each contact, checked, obeyed once, and confirmed.

A wipe leaves nothing that could confirm it, so BEGUN is told first, and the wipe waits until headquarters has heard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.orders import Order, OrderState
from mdt_app.services.signing import Verifier
from mdt_app.sync.client import HqRefused
from mdt_app.sync.identity_wire import OrderMessage, OrderReport
from mdt_app.sync.wire import SignedMessage

log = structlog.get_logger()

Obey = Callable[[Order], str]
"""Does what an order says and returns words on it, once it is durable. Raises MdtError when it could not."""


class OrderLink(Protocol):
    """Where orders come from and reports go: headquarters itself, or a package carried by hand."""

    def fetch_orders(self) -> Sequence[SignedMessage]:
        """Return the orders to this car, not yet checked."""

    def report_order(self, number: int, report: OrderReport) -> None:
        """Tell how far this car is with an order."""


class OrderFollower:
    """Carries out orders for one car. It is called from one thread, the sync's.

    `last_number` is the number of the last order that was obeyed; the caller keeps it with what `obey` did, so that an
    old order which is played again after a restart is not obeyed again.
    """

    def __init__(self, client: OrderLink, car_id: str, headquarters_key: str, obey: Obey, last_number: int = 0) -> None:
        self._client, self._car_id, self._obey = client, car_id, obey
        self._verifier = Verifier(headquarters_key)
        self._last = last_number

    def turn(self) -> str:
        """Fetch what is ordered and carry it out, oldest first; return in words what was not obeyed, if anything.

        Raises HqUnreachable, HqRefused when the orders can't be fetched or told of; one that is not right stops neither
        the others nor the rest of the sync.
        """
        return " ".join(filter(None, map(self._follow, self._client.fetch_orders())))

    def _follow(self, signed: SignedMessage) -> str:
        try:
            order = self._checked(signed)
            if order.number > self._last:
                return self._carry_out(order)
            self._tell(order, OrderState.DONE, "obeyed before")
        except (BadInput, HqRefused) as fault:
            log.error("order.refused", reason=getattr(fault, "reason", fault.words))  # noqa: TRY400 - words say it all
            return str(fault)
        return ""

    def _carry_out(self, order: Order) -> str:
        """Obey it; return in words why it could not be done, which has it tried again."""
        self._tell(order, OrderState.BEGUN, "")
        try:
            words = self._obey(order)
        except MdtError as fault:
            log.error("order.failed", number=order.number, kind=order.kind.value)  # noqa: TRY400 - words may hold names
            self._tell(order, OrderState.FAILED, fault.words[:200])
            return str(fault)
        self._last = order.number
        log.warning("order.obeyed", number=order.number, kind=order.kind.value)
        self._tell(order, OrderState.DONE, words)
        return ""

    def _tell(self, order: Order, state: OrderState, words: str) -> None:
        # Before it is obeyed: an order that headquarters does not know (any more) is none, and nothing is done on it.
        self._client.report_order(order.number, OrderReport(state=state, words=words))

    def _checked(self, signed: SignedMessage) -> Order:
        """Return the order. Raises BadInput unless headquarters signed it for this very car."""
        content = signed.content.encode()
        if not self._verifier.holds(content, bytes.fromhex(signed.signature)):
            raise BadInput("An order is not signed by headquarters.", "It is not obeyed; report it.")
        try:
            message = OrderMessage.model_validate_json(content)
        except ValueError as fault:
            raise BadInput("An order can't be understood.", "It is not obeyed; report it.") from fault
        if message.car_id != self._car_id:
            raise BadInput("An order is for another car.", "It is not obeyed; report it.")
        return Order(message.number, message.car_id, message.kind, message.issued_at, message.by)
