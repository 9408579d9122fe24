"""The people at the desks of tests: an account and a security key for each role, and how they prove who they are."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from functools import cache

import httpx2
import pyotp
from argon2 import PasswordHasher

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.privileged import PROOF_LIFTS
from mdt_app.domain.security_keys import SecurityKey
from mdt_app.hq.accounts import add_account, add_key, all_accounts
from mdt_app.hq.store import Store
from mdt_app.sync.key_wire import SESSION_HEADER, DeskProof, KeyAnswerMessage, KeyQuestionMessage, ProofHeld
from mdt_app.sync.wire import PREFIX
from tests.fakes.security_key import SoftwareKey, enrolled, put, reader_of

PASSWORD = "desk password"
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Weak, so that tests of other things need not wait."""


@cache
def key_of(user_id: str) -> tuple[SoftwareKey, SecurityKey]:
    """A person's key, the same at every headquarters of this run."""
    key = SoftwareKey()
    return key, enrolled(key, user_id, f"{user_id}'s key")


def seat(store: Store, user_id: str, role: Role) -> None:
    """Give a desk its person, unless somebody sits there."""
    if any(account.user_id == user_id for account in all_accounts(store)):
        return
    add_account(store, Account(user_id, f"Desk {user_id}", role, _HASH), "tests")
    add_key(store, user_id, key_of(user_id)[1], "tests")


def typed_by(store: Store, user_id: str) -> tuple[str, str]:
    """What the person types at a terminal: the password, and the code of this moment."""
    account = next(one for one in all_accounts(store) if one.user_id == user_id)
    return PASSWORD, pyotp.TOTP(account.totp_secret).at(datetime.now(UTC))


def proof_of(user_id: str, question: KeyQuestionMessage, password: str = PASSWORD) -> DeskProof:
    """What the person answers."""
    answer = put(reader_of(key_of(user_id)[0]), question.to_question())
    return DeskProof(password=password, key=KeyAnswerMessage.of(answer))


class ProvesWhenAsked(httpx2.Auth):
    """A desk's token, whose person proves who they are when an act asks for it, and goes on in that session."""

    requires_response_body = True

    def __init__(self, user_id: str, token: str) -> None:
        self._user_id, self._token, self._session = user_id, token, ""

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        request.headers["authorization"] = f"Bearer {self._token}"
        request.headers[SESSION_HEADER] = self._session
        answer = yield request
        if answer.status_code != 403 or answer.json().get("reason") not in PROOF_LIFTS:
            return
        question = yield self._post(request, "/desk/question", b"")
        asked = KeyQuestionMessage.model_validate_json(question.content)
        held = yield self._post(request, "/desk/proof", proof_of(self._user_id, asked).model_dump_json().encode())
        assert held.is_success, held.text
        self._session = ProofHeld.model_validate_json(held.content).session
        request.headers[SESSION_HEADER] = self._session
        yield request

    def _post(self, request: httpx2.Request, path: str, content: bytes) -> httpx2.Request:
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        url = request.url.copy_with(raw_path=(PREFIX + path).encode())
        return httpx2.Request("POST", url, headers=headers, content=content)
