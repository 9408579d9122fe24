"""A network camera SIMULATOR: serves a clip over real RTSP (RFC 2326), H.264 in RTP over the one TCP connection.

It is for measurements and fault tests on one machine. What it sends can be frozen, cut, ended, or made garbage.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import struct
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from random import Random

from devices.cameras.rtp_clip import CLOCK_HZ, Clip, RtpPackets

_SEND_S = 10.0
_REALM = "simulator"


class Flow(StrEnum):
    """What a viewer gets: the clip; nothing; the same picture again and again; broken video; bytes of no meaning."""

    PLAY = "play"
    FROZEN = "frozen"
    SAME = "same"
    BROKEN = "broken"
    NOISE = "noise"


class RtspCameraSimulator:
    """One camera at `address`. `flow` may be changed at any time; `viewers` says how many are being served.

    login: user and password that are asked for (digest). seed: makes the garbage repeatable.
    """

    def __init__(self, clip: Clip, port: int = 0, login: tuple[str, str] | None = None, seed: int = 9) -> None:
        self.clip, self.login, self.flow = clip, login, Flow.PLAY
        self.random = Random(seed)  # noqa: S311 - made-up garbage, no secret
        self._server = socket.create_server(("127.0.0.1", port), backlog=16)
        self.port: int = self._server.getsockname()[1]
        self._viewers: set[_Viewer] = set()
        self._lock, self._ended = threading.Lock(), False
        self._thread = threading.Thread(target=self._accept, name="camera simulator", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it is asked, without a login."""
        return f"rtsp://127.0.0.1:{self.port}/cam"

    @property
    def viewers(self) -> int:
        """How many connections are open."""
        return len(self._viewers)

    def cut(self) -> None:
        """Break every connection, as a camera that loses its power behind a switch: a reset, no good-bye."""
        for viewer in self._now():
            viewer.cut()

    def end(self) -> None:
        """End every stream in good order, as a camera that restarts: the connection is closed after the last frame."""
        for viewer in self._now():
            viewer.end()

    def close(self) -> None:
        """End for good; the port is free again."""
        self._ended = True
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.end()
        self._thread.join()
        for viewer in self._now():
            viewer.join()

    def leave(self, viewer: _Viewer) -> None:
        """A viewer's connection is over."""
        with self._lock:
            self._viewers.discard(viewer)

    def _now(self) -> list[_Viewer]:
        with self._lock:
            return list(self._viewers)

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._ended:
                connection, _ = self._server.accept()
                viewer = _Viewer(self, connection)
                with self._lock:
                    self._viewers.add(viewer)
                viewer.start()


class _Viewer:
    """One connection: requests are answered in one thread, packets are sent in another."""

    def __init__(self, camera: RtspCameraSimulator, connection: socket.socket) -> None:
        self._camera, self._connection = camera, connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(None)
        self._session, self._nonce = secrets.token_hex(4), secrets.token_hex(8)
        self._sending, self._over = threading.Lock(), threading.Event()
        self._player: threading.Thread | None = None
        self._thread = threading.Thread(target=self._serve, name="camera simulator's viewer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def cut(self) -> None:
        with suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._over.set()
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RD)

    def end(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        try:
            self._answer_requests()
        except OSError:
            pass  # the viewer is gone, or was cut off
        finally:
            self._over.set()
            if self._player is not None:
                self._player.join()
            self._connection.close()
            self._camera.leave(self)

    def _answer_requests(self) -> None:
        waiting = b""
        while not self._over.is_set():
            chunk = self._connection.recv(4096)
            if not chunk:
                return
            waiting = _without_reports(waiting + chunk)
            while b"\r\n\r\n" in waiting:
                head, _, waiting = waiting.partition(b"\r\n\r\n")
                if not self._answer(head.decode("latin-1")):
                    return

    def _answer(self, head: str) -> bool:
        """Answer one request; False when it was the last."""
        method = head.split(" ", 1)[0]
        number = _field(head, "CSeq") or "0"
        if self._camera.login is not None and method != "OPTIONS" and not self._allowed(head, method):
            challenge = f'WWW-Authenticate: Digest realm="{_REALM}", nonce="{self._nonce}"'
            self._reply(number, "401 Unauthorized", [challenge])
            return True
        replies = {"OPTIONS": self._options, "DESCRIBE": self._describe, "SETUP": self._setup, "PLAY": self._play}
        lines, body = replies.get(method, self._plain)()
        self._reply(number, "200 OK", lines, body)
        if method == "PLAY" and self._player is None:
            self._player = threading.Thread(target=self._send_clip, name="camera simulator's clip", daemon=True)
            self._player.start()
        return method != "TEARDOWN"

    def _options(self) -> tuple[list[str], str]:
        return ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"], ""

    def _describe(self) -> tuple[list[str], str]:
        base = f"Content-Base: {self._camera.address}/"
        return [base, "Content-Type: application/sdp"], self._camera.clip.sdp

    def _setup(self) -> tuple[list[str], str]:
        return ["Transport: RTP/AVP/TCP;unicast;interleaved=0-1", f"Session: {self._session};timeout=60"], ""

    def _play(self) -> tuple[list[str], str]:
        return [f"Session: {self._session}", "Range: npt=0.000-"], ""

    def _plain(self) -> tuple[list[str], str]:
        return [f"Session: {self._session}"], ""

    def _reply(self, number: str, status: str, lines: Iterable[str], body: str = "") -> None:
        length = [f"Content-Length: {len(body)}"] if body else []
        text = "\r\n".join([f"RTSP/1.0 {status}", f"CSeq: {number}", *lines, *length, "", body])
        with self._sending:
            self._connection.sendall(text.encode())

    def _allowed(self, head: str, method: str) -> bool:
        user, password = self._camera.login or ("", "")
        given = _field(head, "Authorization") or ""
        uri = re.search(r'uri="([^"]*)"', given)
        answer = re.search(r'response="([0-9a-f]{32})"', given)
        if uri is None or answer is None:
            return False
        who, what = _md5(f"{user}:{_REALM}:{password}"), _md5(f"{method}:{uri.group(1)}")
        return f'username="{user}"' in given and answer.group(1) == _md5(f"{who}:{self._nonce}:{what}")

    def _send_clip(self) -> None:
        """Send each picture when it is due, in the manner of the camera's present flow."""
        clip, packets = self._camera.clip, RtpPackets()
        begun, number, shown = time.monotonic(), 0, 0
        try:
            while not self._over.wait(max(0.0, begun + number / clip.rate - time.monotonic())):
                flow = self._camera.flow
                if flow is Flow.NOISE:
                    self._send([self._camera.random.randbytes(1200)])
                elif flow is not Flow.FROZEN:
                    same = flow is Flow.SAME  # an intra picture, which looks the same each time
                    unit = clip.pictures[0] if same else clip.pictures[shown % len(clip.pictures)]
                    made = packets.of(unit, number * CLOCK_HZ // clip.rate)
                    self._send([_broken(one, self._camera.random) for one in made] if flow is Flow.BROKEN else made)
                number, shown = number + 1, shown + 1
        except OSError:
            self._over.set()

    def _send(self, packets: Iterable[bytes]) -> None:
        data = b"".join(b"$\x00" + struct.pack(">H", len(packet)) + packet for packet in packets)
        with self._sending:
            self._connection.sendall(data)


def _broken(packet: bytes, random: Random) -> bytes:
    """The packet with its header whole and its video replaced by garbage."""
    return packet[:12] + random.randbytes(max(1, len(packet) - 12))


def _without_reports(data: bytes) -> bytes:
    """What a viewer sent, without the receiver reports that come between requests on the same connection."""
    while data.startswith(b"$") and len(data) >= 4:
        length = 4 + int.from_bytes(data[2:4], "big")
        if len(data) < length:
            return data
        data = data[length:]
    return data


def _field(head: str, name: str) -> str | None:
    found = re.search(rf"(?im)^{name}:\s*(.*?)\s*$", head)
    return found.group(1) if found else None


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
