"""A mail server for the tests: real sockets, STARTTLS, a login; it refuses or hangs up when it is told to."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO


class MailServer:
    """Takes mail on loopback. `trouble` answers a command with words of its own, or '' to hang up; None goes on."""

    def __init__(self, context: ssl.SSLContext, login: tuple[str, str] = ("plates", "secret")) -> None:
        self._context, self._login = context, login
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.trouble: Callable[[str], str | None] = lambda _verb: None
        self.mails: list[tuple[str, str]] = []
        """Recipient and text of each mail that was taken."""
        self.heard: list[tuple[bool, str]] = []
        """Each command, and whether it came over TLS."""
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> MailServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                peer, _ = self._listener.accept()
                with suppress(OSError, ValueError):
                    self._converse(peer)
                peer.close()

    def _converse(self, peer: socket.socket) -> None:
        """One connection; it goes on over TLS after STARTTLS."""
        peer.settimeout(10)
        if self._talk(peer, secure=False):
            with self._context.wrap_socket(peer, server_side=True) as secured:
                self._talk(secured, secure=True)

    def _talk(self, peer: socket.socket, *, secure: bool) -> bool:
        """Answer commands; True when TLS is to begin."""
        recipient = ""
        with peer.makefile("rwb") as lines:
            if not secure:
                _say(lines, "220 test")
            while line := lines.readline().decode().strip():
                self.heard.append((secure, line))
                verb = line.partition(" ")[0].upper()
                said = self.trouble(verb)
                if said == "":
                    return False
                recipient = line.partition("<")[2].partition(">")[0] if verb == "RCPT" else recipient
                _say(lines, said or self._answer(verb, line, secure=secure))
                if said is None and verb == "DATA":
                    self.mails.append((recipient, _text(lines)))
                    _say(lines, "250 taken")
                if verb in ("QUIT", "STARTTLS"):
                    return verb == "STARTTLS"
        return False

    def _answer(self, verb: str, line: str, *, secure: bool) -> str:
        if verb == "AUTH":
            given = base64.b64decode(line.split()[-1]).decode().split("\0")[1:]
            return "235 welcome" if tuple(given) == self._login else "535 no"
        greeting = "250-test\r\n250 AUTH PLAIN" if secure else "250-test\r\n250 STARTTLS"
        return {"EHLO": greeting, "STARTTLS": "220 go on", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")


def _say(lines: BinaryIO, words: str) -> None:
    lines.write(words.encode() + b"\r\n")
    lines.flush()


def _text(lines: BinaryIO) -> str:
    found = []
    while (line := lines.readline()) not in (b".\r\n", b""):
        found.append(line.decode())
    return "".join(found)
