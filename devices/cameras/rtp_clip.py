"""A clip as a network camera sends it: H.264 pictures, their description (SDP), and their RTP packets (RFC 6184)."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import av

from devices.recogniser.port import Image

CLOCK_HZ = 90_000
PAYLOAD_MOST = 1400
_KIND, _SPS, _PPS, _FU_A = 0x1F, 7, 8, 28


@dataclass(frozen=True, slots=True)
class Clip:
    """`pictures`: each one's NAL units, the first an intra picture, so that the clip can be played round and round."""

    pictures: tuple[tuple[bytes, ...], ...] = field(repr=False)
    rate: int
    sdp: str = field(repr=False)


def encode_clip(images: Iterable[Image], rate: int, *, intra_every: int = 0) -> Clip:
    """Encode BGR pictures of one size, as a camera without reordering does. intra_every: pictures; 0: each second."""
    units = [_units(packet) for packet in _packets(images, rate, intra_every or rate)]
    whole = [unit for picture in units for unit in picture]
    sets = tuple(next(unit for unit in whole if unit[0] & _KIND == kind) for kind in (_SPS, _PPS))
    return Clip(tuple(units), rate, _sdp(sets, rate))


def _packets(images: Iterable[Image], rate: int, intra_every: int) -> Iterator[bytes]:
    coder = av.CodecContext.create("libx264", "w")
    for number, image in enumerate(images):
        frame = av.VideoFrame.from_ndarray(image, format="bgr24")
        if number == 0:
            coder.width, coder.height, coder.pix_fmt = frame.width, frame.height, "yuv420p"
            coder.time_base, coder.framerate = Fraction(1, rate), Fraction(rate)
            keys = f"keyint={intra_every}:min-keyint={intra_every}:scenecut=0:repeat-headers=1"
            coder.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "23", "x264-params": keys}
        frame.pts = number
        yield from map(bytes, coder.encode(frame))
    yield from map(bytes, coder.encode(None))


def _units(data: bytes) -> tuple[bytes, ...]:
    """Split a byte stream at its start codes; the encoder's own notes (SEI) are left out."""
    found = (unit for unit in re.split(rb"\x00\x00\x00?\x01", data) if unit)
    return tuple(unit for unit in found if unit[0] & _KIND != 6)


def _sdp(sets: tuple[bytes, ...], rate: int) -> str:
    texts = ",".join(base64.b64encode(one).decode() for one in sets)
    lines = (
        "v=0",
        "o=- 0 0 IN IP4 127.0.0.1",
        "s=camera simulator",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "m=video 0 RTP/AVP 96",
        f"a=rtpmap:96 H264/{CLOCK_HZ}",
        f"a=framerate:{rate}",
        f"a=fmtp:96 packetization-mode=1;profile-level-id={sets[0][1:4].hex().upper()};sprop-parameter-sets={texts}",
        "a=control:track0",
    )
    return "\r\n".join(lines) + "\r\n"


class RtpPackets:
    """Makes the packets of one stream; their numbers go on from picture to picture."""

    def __init__(self, source: int = 0x4D445401) -> None:
        self._source, self._number = source, 0

    def of(self, units: tuple[bytes, ...], stamp: int) -> list[bytes]:
        """Return the packets of one picture; `stamp` counts CLOCK_HZ a second."""
        payloads = [payload for unit in units for payload in _payloads(unit)]
        return [self._packet(p, stamp, last=n == len(payloads)) for n, p in enumerate(payloads, 1)]

    def _packet(self, payload: bytes, stamp: int, *, last: bool) -> bytes:
        self._number = (self._number + 1) & 0xFFFF
        return struct.pack(">BBHII", 0x80, 96 | last << 7, self._number, stamp & 0xFFFFFFFF, self._source) + payload


def _payloads(unit: bytes) -> Iterator[bytes]:
    """A unit that fits goes whole, a longer one in fragments (FU-A)."""
    if len(unit) <= PAYLOAD_MOST:
        yield unit
        return
    head, body = unit[0], unit[1:]
    room = PAYLOAD_MOST - 2
    for start in range(0, len(body), room):
        first, last = start == 0, start + room >= len(body)
        mark = bytes((head & 0xE0 | _FU_A, first << 7 | last << 6 | head & _KIND))
        yield mark + body[start : start + room]
