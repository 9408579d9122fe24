"""A desk's connection to headquarters from the command line: lists, accounts, flags, and what another agency gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from urllib.parse import quote

import httpx2

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.privileged import PROOF_LIFTS
from mdt_app.services.list_import import ListFile
from mdt_app.services.tls import not_trusted
from mdt_app.sync.account_wire import (
    AccountIssued,
    AccountState,
    ExceptionGrant,
    NewPassword,
    ReleaseCode,
    ReleaseRequest,
    TrainingRecord,
)
from mdt_app.sync.desk_transport import NOT_TRUSTED
from mdt_app.sync.event_wire import RecordedEvents, Summary
from mdt_app.sync.keeping_wire import FlagReview, Flags
from mdt_app.sync.key_wire import SESSION_HEADER, DeskProof, ProofHeld
from mdt_app.sync.list_wire import HotListManifests
from mdt_app.sync.sharing_wire import SHARE, PackageAsked, ShareCheck
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.sync.wire import PREFIX

_PROVING_S = 1800.0
"""Headquarters goes through every entry of a list before it answers: some seconds for each hundred thousand."""
AskProof = Callable[[str], tuple[str, str]]
"""Asks whoever sits here, for the reason in these words, for their password and the code of this moment."""


class Desk:
    """A desk's connection to headquarters: `token` says whose. Raises MdtError when headquarters does not answer.

    `ask_proof` is asked once when an act wants a proof of identity first; the session that it begins ends with `close`.
    """

    def __init__(self, base_url: str, token: str, ask_proof: AskProof | None = None) -> None:
        self._ask_proof = ask_proof
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx2.Client(base_url=base_url.rstrip("/") + PREFIX, headers=headers, timeout=30.0)

    def put_list(self, list_id: str, name: str, source: str, file: ListFile) -> HotList:
        """Put a list in the place of the one before, and return it as headquarters holds it."""
        version = int(file.extracted_at.timestamp())
        hotlist = describe_list(list_id, name, source, file.extracted_at, file.entries, version)
        self._answer("PUT", f"/hotlists/{list_id}", content=pack_list(hotlist, file.entries))
        return hotlist

    def put_list_file(self, list_id: str, content: Iterable[bytes]) -> None:
        """Put the list of this file in the place of the one before; headquarters proves it before it takes it."""
        self._answer("PUT", f"/hotlists/{list_id}", content=content, timeout_s=_PROVING_S)

    def lists(self) -> tuple[HotList, ...]:
        """The lists that headquarters holds."""
        held = HotListManifests.model_validate_json(self._answer("GET", "/hotlists").content)
        return tuple(manifest.to_hotlist() for manifest in held.hotlists)

    def list_file(self, list_id: str) -> bytes:
        """A list's file as it travels."""
        return self._answer("GET", f"/hotlists/{list_id}/entries").content

    def summary(self) -> Summary:
        """What headquarters holds, counted."""
        return Summary.model_validate_json(self._answer("GET", "/summary").content)

    def events(self, kind: str, limit: int = 100) -> RecordedEvents:
        """The newest events of a kind on record."""
        answer = self._answer("GET", "/events", params={"kind": kind, "limit": limit})
        return RecordedEvents.model_validate_json(answer.content)

    def grant_exception(self, user_id: str, granted: ExceptionGrant) -> None:
        """Let a user have categories that the alert schedule forbids (ALR-3). Raises BadInput when refused."""
        self._answer("PUT", f"/accounts/{user_id}/alert-exceptions", content=granted.model_dump_json().encode())

    def set_state(self, user_id: str, active: bool, reason: str) -> None:
        """Suspend an account, or put it back in force."""
        state = AccountState(active=active, reason=reason).model_dump_json().encode()
        self._answer("PUT", f"/accounts/{user_id}/state", content=state)

    def set_password(self, user_id: str | None, password: str) -> None:
        """Set somebody's new password, or without a user id that of the desk's own person. Raises BadInput."""
        new = NewPassword(password=password).model_dump_json().encode()
        self._answer("PUT", f"/accounts/{user_id}/password" if user_id else "/desk/password", content=new)

    def renew_second_factor(self, user_id: str) -> str:
        """End somebody's authenticator; returns the address with which a new one is set up."""
        answer = self._answer("POST", f"/accounts/{user_id}/second-factor")
        return AccountIssued.model_validate_json(answer.content).enrolment

    def release(self, user_id: str) -> None:
        """Open an account's locks at the cars' next sync."""
        self._answer("POST", f"/accounts/{user_id}/release")

    def release_code(self, user_id: str, car_id: str, challenge: str) -> str:
        """The code that opens an account in a car without a link."""
        asked = ReleaseRequest(car_id=car_id, challenge=challenge).model_dump_json().encode()
        answer = self._answer("POST", f"/accounts/{user_id}/release-code", content=asked)
        return ReleaseCode.model_validate_json(answer.content).code

    def record_training(self, user_id: str, topics: Sequence[str], trainer: str, on: date) -> None:
        """Put completed topics of the standardized training on record."""
        done = TrainingRecord(topics=tuple(topics), trainer=trainer, completed_on=on).model_dump_json().encode()
        self._answer("PUT", f"/accounts/{user_id}/training", content=done)

    def flags(self) -> Flags:
        """What a supervisor has to look at."""
        return Flags.model_validate_json(self._answer("GET", "/flags").content)

    def close_flag(self, position: int, words: str) -> None:
        """Close a flag with words. Raises BadInput when refused."""
        review = FlagReview(words=words).model_dump_json().encode()
        self._answer("POST", f"/flags/{position}/close", content=review)

    def share_conditions(self, record_id: str) -> ShareCheck:
        """What another agency's request lacks."""
        answer = self._answer("GET", f"/sharing/{quote(record_id, safe='')}/conditions")
        return ShareCheck.model_validate_json(answer.content)

    def share(self, record_id: str, passphrase: str) -> tuple[str, bytes]:
        """Answer a request: the record of what was shared, and the sealed package. Raises BadInput when refused."""
        asked = PackageAsked(passphrase=passphrase).model_dump_json().encode()
        answer = self._answer("POST", f"/sharing/{quote(record_id, safe='')}/package", content=asked)
        return answer.headers[SHARE], answer.content

    def close(self) -> None:
        """End the session and the connection."""
        if SESSION_HEADER in self._http.headers:
            with suppress(MdtError):  # it ends by itself, too
                self._answer("POST", "/desk/end", timeout_s=2.0)
        self._http.close()

    def _answer(
        self,
        method: str,
        path: str,
        *,
        content: bytes | Iterable[bytes] | None = None,
        params: dict[str, str | int] | None = None,
        timeout_s: float = 30.0,
    ) -> httpx2.Response:
        try:
            response = self._http.request(method, path, content=content, params=params, timeout=timeout_s)
        except httpx2.HTTPError as error:
            if not_trusted(error):
                raise NOT_TRUSTED from error
            raise MdtError("Headquarters does not answer.", "Check its address and that it is running.") from error
        if response.status_code == httpx2.codes.FORBIDDEN and self._ask_proof is not None:
            said, ask, self._ask_proof = response.json(), self._ask_proof, None
            if said.get("reason") in PROOF_LIFTS:
                password, code = ask(str(said["words"]))
                proof = DeskProof(password=password, code=code).model_dump_json().encode()
                held = ProofHeld.model_validate_json(self._answer("POST", "/desk/proof", content=proof).content)
                self._http.headers[SESSION_HEADER] = held.session
                return self._answer(method, path, content=content, params=params)
        if response.is_error:
            raise BadInput(f"Headquarters refused ({response.status_code}): {response.text[:200]}")
        return response


def grant_exception(
    base_url: str,
    token: str,
    user_id: str,
    categories: Sequence[str],
    reason: str,
    until: datetime,
    ask_proof: AskProof,
) -> None:
    """Grant an exception from the alert schedule at headquarters. Raises BadInput where it does not fit."""
    try:
        granted = ExceptionGrant(categories=tuple(categories), reason=reason, until=until)
    except ValueError as fault:
        raise BadInput("The exception does not fit.", "Give categories, a reason and a time with zone.") from fault
    with closing(Desk(base_url, token, ask_proof)) as desk:
        desk.grant_exception(user_id, granted)
