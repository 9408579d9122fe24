"""The rest of a file for a caller whose link was cut: one open range of bytes (RFC 9110), and no other kind."""

from __future__ import annotations

import hashlib
import re

from starlette.datastructures import Headers
from starlette.responses import Response

from mdt_app.sync.snapshot import MEDIA_TYPE

_OPEN = re.compile(r"bytes=(\d{1,12})-")


def the_rest(content: bytes, asked: Headers) -> Response:
    """Return all of a file, or what follows the bytes that the caller holds of this very file (If-Range)."""
    tag = f'"{hashlib.sha256(content).hexdigest()}"'
    headers = {"etag": tag, "accept-ranges": "bytes"}
    found = _OPEN.fullmatch(asked.get("range", ""))
    start = int(found[1]) if found and asked.get("if-range") == tag else 0
    if not 0 < start < len(content):
        return Response(content, media_type=MEDIA_TYPE, headers=headers)
    headers["content-range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
    return Response(content[start:], status_code=206, media_type=MEDIA_TYPE, headers=headers)
