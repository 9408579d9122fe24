"""The packed form of a batch on the wire: gzip, which the request's content-encoding names, unpacked within bounds.

A read alone has some 350 bytes as JSON; a hundred of them together, whose names and most values are the same, a third.
The device's signature is over the packed body, so nothing is unpacked that is not the car's own.
"""

from __future__ import annotations

import gzip
import zlib

from mdt_app.domain.errors import BadInput

ENCODING = "gzip"
"""As HTTP names it."""

_LEVEL = 6
_GZIP = 31
"""zlib's word for: with gzip's header and check."""


def packed(content: bytes) -> bytes:
    """Return the packed form; the same content gives the same bytes, so that a repeat is the very same request."""
    return gzip.compress(content, _LEVEL, mtime=0)


def unpacked(content: bytes, encoding: str, most: int) -> bytes | None:
    """Return what was packed, None when it is longer than `most` bytes; without an encoding, the content itself.

    Raises BadInput for another encoding, and for what is damaged, cut off or followed by more.
    """
    if not encoding or encoding == "identity":
        return content
    if encoding != ENCODING:
        raise BadInput("This encoding is not known here.", "Send gzip.")
    reader = zlib.decompressobj(_GZIP)
    try:
        found = reader.decompress(content, most + 1)
    except zlib.error as fault:
        raise BadInput("The packed content is damaged.", "Send it again.") from fault
    if len(found) > most:
        return None
    if not reader.eof or reader.unused_data:
        raise BadInput("The packed content is not whole.", "Send it again.")
    return found
