"""The rest of a file for a caller whose link was cut: one open range of bytes (RFC 9110), and no other kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from starlette.datastructures import Headers
from starlette.responses import StreamingResponse

from mdt_app.sync.snapshot import MEDIA_TYPE

_OPEN = re.compile(r"bytes=(\d{1,12})-")


def the_rest(name: str, size: int, read: Callable[[int], Iterator[bytes]], asked: Headers) -> StreamingResponse:
    """Return all of a file, or what follows the bytes that the caller holds of this very file (If-Range).

    `name` is this very file's and no other's; `read` gives its bytes from a place on, a piece at a time.
    """
    tag = f'"{name}"'
    headers = {"etag": tag, "accept-ranges": "bytes"}
    found = _OPEN.fullmatch(asked.get("range", ""))
    start = int(found[1]) if found and asked.get("if-range") == tag else 0
    if not 0 < start < size:
        headers["content-length"] = str(size)
        return StreamingResponse(read(0), media_type=MEDIA_TYPE, headers=headers)
    headers |= {"content-range": f"bytes {start}-{size - 1}/{size}", "content-length": str(size - start)}
    return StreamingResponse(read(start), status_code=206, media_type=MEDIA_TYPE, headers=headers)
