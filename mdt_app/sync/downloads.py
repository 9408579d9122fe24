"""Hot lists fetched over links that break: what came of a file is kept, and the next try asks for the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpx2

from mdt_app.domain.errors import BadInput
from mdt_app.sync.list_wire import HotListManifest

_ENTRY_MOST, _LEAST = 1 << 10, 1 << 20
"""Bytes that an entry takes on the wire at most, and that any list may have: a file without end fills no memory."""


@dataclass
class _Part:
    """What came of one list's file so far, in memory alone; `tag` says of which file."""

    sha256: str
    tag: str = ""
    pieces: list[bytes] = field(default_factory=list)
    size: int = 0


class Downloads:
    """One unfinished file a list. `require_success` raises what an answer that is none means."""

    def __init__(self, require_success: Callable[[httpx2.Response], None]) -> None:
        self._require_success = require_success
        self._parts: dict[str, _Part] = {}
        self._lock = threading.Lock()

    def fetch(self, http: httpx2.Client, manifest: HotListManifest) -> Iterable[bytes]:
        """Return the file's pieces. Raises BadInput for one without end, and the link's errors, which lose nothing."""
        with self._lock:
            part = self._parts.get(manifest.list_id)
            if part is None or part.sha256 != manifest.sha256:
                part = self._parts[manifest.list_id] = _Part(manifest.sha256)
            self._continue(http, manifest, part)
            return self._parts.pop(manifest.list_id).pieces

    def _continue(self, http: httpx2.Client, manifest: HotListManifest, part: _Part) -> None:
        headers = {"range": f"bytes={part.size}-", "if-range": part.tag} if part.size else {}
        with http.stream("GET", f"/hotlists/{manifest.list_id}/entries", headers=headers) as response:
            if not response.is_success:
                response.read()
            self._require_success(response)
            if response.status_code != 206:  # another file than before, or one whose beginning is not held
                part.pieces, part.size = [], 0
            part.tag = response.headers.get("etag", "")
            for piece in response.iter_raw():
                part.pieces.append(piece)
                part.size += len(piece)
                if part.size > _LEAST + manifest.count * _ENTRY_MOST:
                    del self._parts[manifest.list_id]
                    raise BadInput("A hot list's file has no end.", "The list in use stays. It is fetched again.")
