"""A desk's connection to headquarters and its person's session there: what `desk` makes its calls over."""

from __future__ import annotations

import ssl
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar

import httpx2

from mdt_app.domain.errors import MdtError, Refused
from mdt_app.services.tls import not_trusted
from mdt_app.sync.key_wire import QUIET_HEADER, SESSION_HEADER, DeskProof, KeyQuestionMessage, ProofHeld
from mdt_app.sync.proved_file import ProvedFile
from mdt_app.sync.register_wire import PROOF
from mdt_app.sync.wire import PREFIX, Done, Message

MessageT = TypeVar("MessageT", bound=Message)
NOT_TRUSTED = MdtError(
    "What answers at this address has no certificate of the agency.",
    "Set SSL_CERT_FILE to the file that 'mdt hq authority' made; if it is set, report this.",
)
_FILE_S = 120.0
"""A file of a long period is made before its first byte comes."""
_LEAVING_S = 2.0


class DeskTransport:
    """One desk's connection; `token` says whose, a proof begins its person's session, and `close` ends that.

    It may be used from one thread at a time; times are in seconds. `quiet`: nobody is at work, a window asks by itself.
    """

    def __init__(
        self, base_url: str, token: str, *, timeout_s: float = 10.0, tls: ssl.SSLContext | None = None
    ) -> None:
        self._http = httpx2.Client(
            base_url=base_url.rstrip("/") + PREFIX,
            headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
            timeout=httpx2.Timeout(timeout_s, connect=5.0),
            trust_env=False,
            verify=tls or ssl.create_default_context(),
        )
        self.quiet = False

    def question(self) -> KeyQuestionMessage:
        """What is put to the security key of whoever sits here."""
        return self._send("/desk/question", None, KeyQuestionMessage)

    def prove(self, proof: DeskProof) -> ProofHeld:
        """Prove who sits here: a session begins, and privileged acts go on for some minutes."""
        held = self._send("/desk/proof", proof, ProofHeld)
        self._http.headers[SESSION_HEADER] = held.session
        return held

    def leave(self) -> None:
        """End the session, if there is one; it is forgotten here whatever headquarters says. Raises MdtError."""
        if SESSION_HEADER in self._http.headers:
            try:
                self._call("POST", "/desk/end", None, Done, _LEAVING_S)
            finally:
                self._http.headers.pop(SESSION_HEADER, None)

    def close(self) -> None:
        """End the session and the connection."""
        with suppress(MdtError):  # it ends by itself, too
            self.leave()
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _get(self, path: str, kind: type[MessageT]) -> MessageT:
        return self._call("GET", path, None, kind, None)

    def _send(
        self, path: str, message: Message | None, kind: type[MessageT], timeout_s: float | None = None
    ) -> MessageT:
        return self._call("POST", path, message, kind, timeout_s)

    def _file(self, path: str, message: Message | None) -> ProvedFile:
        """A file that headquarters makes and signs."""
        content = message.model_dump_json().encode() if message else None
        answer = self._answer("POST", path, content, _FILE_S)
        return ProvedFile(answer.content, answer.headers.get(PROOF, ""))

    def _call(
        self, method: str, path: str, message: Message | None, kind: type[MessageT], timeout_s: float | None
    ) -> MessageT:
        answer = self._answer(method, path, message.model_dump_json().encode() if message else None, timeout_s)
        try:
            return kind.model_validate_json(answer.content)
        except ValueError as fault:
            raise MdtError("Headquarters' answer can't be understood.", "Bring the older side up to date.") from fault

    def _answer(self, method: str, path: str, content: bytes | None, timeout_s: float | None) -> httpx2.Response:
        try:
            answer = self._http.request(
                method,
                path,
                content=content,
                timeout=timeout_s or self._http.timeout,
                headers={QUIET_HEADER: "1"} if self.quiet else None,
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as fault:
            if not_trusted(fault):
                raise NOT_TRUSTED from fault
            raise MdtError("Headquarters does not answer.", "Check its address and the network.") from fault
        if not answer.is_success:
            raise _refusal(answer)
        return answer


def _refusal(answer: httpx2.Response) -> MdtError:
    """What headquarters said, in its own words where it said any."""
    try:
        said = answer.json()
        return Refused(str(said["reason"]), str(said["words"]))
    except (ValueError, RecursionError, KeyError, TypeError):
        return MdtError(f"Headquarters is in trouble (status {answer.status_code}).", "Try again.")
