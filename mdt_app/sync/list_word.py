"""Headquarters' signed word on which hot lists are in force: what a car believes of them, and what it does not.

Forged or another car's word, one older than the last (a rollback, or a mix of versions) and one that was kept back for
long (a freeze) are refused; the lists in force stay.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mdt_app.domain.errors import BadInput
from mdt_app.services.signing import Verifier
from mdt_app.sync.delta import ListDelta
from mdt_app.sync.freshness import Freshness
from mdt_app.sync.list_wire import CarListsMessage
from mdt_app.sync.wire import SignedMessage

_REMEDY = "The lists in force stay; report it if it goes on."


class ListWord:
    """Checks headquarters' word for one car; used by one thread, the sync's.

    `newest` is when the last word that was believed was issued; `keep` makes that of a newer one durable.
    """

    def __init__(
        self,
        car_id: str,
        headquarters_key: str,
        newest: datetime | None = None,
        keep: Callable[[datetime], None] | None = None,
    ) -> None:
        self._car_id, self._verifier = car_id, Verifier(headquarters_key)
        self._fresh = Freshness("The word on the hot lists", _REMEDY, newest, keep)

    def read(self, signed: SignedMessage) -> CarListsMessage:
        """Return what is in force. Raises BadInput for a word that is not to be believed."""
        if not self._verifier.holds(signed.content.encode(), bytes.fromhex(signed.signature)):
            raise BadInput("The word on the hot lists is not signed by headquarters.", _REMEDY)
        try:
            word = CarListsMessage.model_validate_json(signed.content)
        except ValueError as fault:
            raise BadInput("The word on the hot lists can't be understood.", _REMEDY) from fault
        if word.car_id != self._car_id:
            raise BadInput("The word on the hot lists is for another car.", _REMEDY)
        self._fresh.take(word.issued_at)
        return word

    def require_signed(self, delta: ListDelta, signature: str) -> None:
        """Raise BadInput unless headquarters signed this delta (`signature`: hex)."""
        try:
            sealed = bytes.fromhex(signature)
        except ValueError:
            sealed = b""
        if not self._verifier.holds(delta.manifest.line(), sealed):
            raise BadInput("A hot list's delta is not signed by headquarters.", _REMEDY)
