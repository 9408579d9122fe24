"""Keeps a car's hot lists in step with headquarters: what changed where that is enough, else the whole list."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future

import structlog

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.sync_messages import FalseHitsArrived, ListArrived, ListChanged
from mdt_app.sync.client import HqClient, HqRefused
from mdt_app.sync.delta import ListDelta, require_base
from mdt_app.sync.desk_wire import KnownFalseHit
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.list_word import ListWord

log = structlog.get_logger()

Post = Callable[[ListArrived | ListChanged | FalseHitsArrived], Future[None] | None]


class ListFollower:
    """Called from one thread, the sync's. `in_use` gives list id -> list in force; `post` hands over what came, and
    raises BadInput where it is not what it should be.

    What was handed over is not fetched again for `again_s` seconds while the core works on it.
    """

    def __init__(
        self,
        client: HqClient,
        word: ListWord,
        in_use: Callable[[], Mapping[str, HotList]],
        post: Post,
        again_s: float,
    ) -> None:
        self._client, self._word, self._in_use, self._post, self._again_s = client, word, in_use, post, again_s
        self._posted: dict[str, tuple[str, float]] = {}
        self._false_hits: tuple[KnownFalseHit, ...] | None = None
        self._whole: set[str] = set()
        """Lists whose delta did not fit: the next delivery is whole."""

    def turn(self) -> str | None:
        """Fetch what is not in use; return in words what was refused, so that one bad list holds no other up.

        None while the core has not taken all of it yet. Raises HqUnreachable, HqRefused.
        """
        try:
            word = self._word.read(self._client.fetch_lists())
        except BadInput as fault:
            log.error("lists.refused", reason=fault.words)  # noqa: TRY400 - the words say it all
            return str(fault)
        if word.false_hits != self._false_hits:
            self._hand_over_false_hits(word.false_hits)
        in_use = self._in_use()
        told = [self._follow(manifest, in_use.get(manifest.list_id)) for manifest in word.hotlists]
        if words := " ".join(filter(None, told)):
            return words
        digests = {list_id: hotlist.sha256 for list_id, hotlist in in_use.items()}
        same = all(digests.get(manifest.list_id) == manifest.sha256 for manifest in word.hotlists)
        return "" if same and self._false_hits == word.false_hits else None

    def _hand_over_false_hits(self, known: tuple[KnownFalseHit, ...]) -> None:
        self._false_hits = known
        done = self._post(FalseHitsArrived(tuple(one.to_false_hit() for one in known)))
        if done is not None:
            done.add_done_callback(self._heard_false_hits)

    def _heard_false_hits(self, future: Future[None]) -> None:
        """What the core could not keep is handed over again."""
        if future.exception() is not None:
            self._false_hits = None

    def _follow(self, manifest: HotListManifest, held: HotList | None) -> str:
        if (held and held.sha256 == manifest.sha256) or not self._is_news(manifest):
            return ""
        try:
            done = self._post(self._changed(manifest, held) or self._arrived(manifest))
        except (BadInput, HqRefused) as fault:
            log.warning("sync.list_refused", list_id=manifest.list_id)
            return f"Hot list {manifest.list_id}: {fault}"
        self._posted[manifest.list_id] = (manifest.sha256, time.monotonic())
        if done is not None:
            done.add_done_callback(lambda future: self._heard(manifest.list_id, future))
        return ""

    def _changed(self, manifest: HotListManifest, held: HotList | None) -> ListChanged | None:
        """What changed since the list in force; None where only the whole list will do."""
        if held is None or manifest.list_id in self._whole:
            return None
        try:
            delta = self._delta(manifest, held)
        except (BadInput, HqRefused) as fault:
            if not (isinstance(fault, HqRefused) and fault.reason == "no_such_delta"):
                log.warning("sync.delta_refused", list_id=manifest.list_id, reason=str(fault))
            return None
        return ListChanged(delta.hotlist, held.sha256, delta.removed, delta.added)

    def _delta(self, manifest: HotListManifest, held: HotList) -> ListDelta:
        delta, signature = self._client.fetch_delta(held.list_id, held.sha256)
        self._word.require_signed(delta, signature)
        require_base(delta, held)
        if delta.manifest.hotlist != manifest:
            raise BadInput("The delta leads to another list than headquarters announced.", "The whole list is fetched.")
        return delta

    def _arrived(self, manifest: HotListManifest) -> ListArrived:
        return ListArrived(manifest.to_hotlist(), self._client.fetch_entries(manifest))

    def _is_news(self, manifest: HotListManifest) -> bool:
        digest, posted_at = self._posted.get(manifest.list_id, ("", 0.0))
        return digest != manifest.sha256 or time.monotonic() - posted_at > self._again_s

    def _heard(self, list_id: str, future: Future[None]) -> None:
        """Called in the core's thread: what it did not take is fetched again, whole; what it took ends that."""
        if future.exception() is None:
            self._whole.discard(list_id)
        else:
            self._whole.add(list_id)
            self._posted.pop(list_id, None)
