"""Where the policy keeps bulk reads out of headquarters: the car brings them to the vendor's store alone (REC-4)."""

from __future__ import annotations

from collections.abc import Callable

from mdt_app.domain.notices import FaultChanged, Notice
from mdt_app.domain.policy import Policy
from mdt_app.domain.sync_messages import LinkState, OutboxPort, Share, SyncMessage
from mdt_app.services.settings import CarSettings
from mdt_app.sync.client import HqClient
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.worker import SyncWorker

_NAME = "reads store"


def share_of(policy: Policy) -> Share:
    """What of the outbox goes to headquarters."""
    return Share.ALL if policy.retention.bulk_reads_at_headquarters.value else Share.RECORDS


class ReadsStore:
    """The link to the vendor's store; without an address reads wait in the car, and a fault says so."""

    def __init__(
        self,
        settings: CarSettings,
        token: str,
        identity: CarIdentity | None,
        outbox: OutboxPort,
        tell: Callable[[Notice], None],
    ) -> None:
        self._tell, self._said = tell, ""
        self._client: HqClient | None = None
        if settings.reads_store:
            self._client = HqClient(settings.reads_store, settings.car_id, token, identity=identity)
            self._worker = SyncWorker(self._client, outbox, self._heard, pulls=False)

    def start(self) -> None:
        """Begin to send."""
        if self._client is None:
            remedy = "Tell the Administrator: reads_store is missing in car.toml."
            self._tell(FaultChanged(_NAME, "No store for reads is set. They wait in the car.", remedy, urgent=False))
        else:
            self._worker.start()

    def stop(self) -> None:
        """End; what was not sent waits."""
        if self._client is not None:
            self._worker.stop()
            self._client.close()

    def _heard(self, message: SyncMessage) -> None:
        if not isinstance(message, LinkState):
            return
        words = "" if message.connected else "The vendor's store can't be reached. Reads wait in the car."
        if words != self._said:
            self._said = words
            self._tell(FaultChanged(_NAME, words, "They are sent by themselves.", urgent=False))
