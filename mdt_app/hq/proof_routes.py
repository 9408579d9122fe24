"""Routes by which the person at a desk signs in and out: a question for their key, the proof, the end (IA-11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq import accounts
from mdt_app.hq.access import Rejected, admit, message_of, proofs_of, sessions_of, store_of
from mdt_app.hq.desk_proofs import DeskProofs
from mdt_app.hq.desk_sessions import DeskSessions
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.services.proving import Given
from mdt_app.sync.account_wire import NewPassword
from mdt_app.sync.key_wire import DeskProof, KeyQuestionMessage, ProofHeld
from mdt_app.sync.wire import PREFIX, Done

_BYTES = 64 << 10

router = APIRouter(prefix=f"{PREFIX}/desk")
Anybody = Annotated[Identity, Depends(admit(*Role))]
Proofs = Annotated[DeskProofs, Depends(proofs_of)]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Refused as fault:
        raise Rejected(403, fault.reason, str(fault)) from fault


@router.put("/password")
def set_own_password(
    desk: Anybody,
    new: Annotated[NewPassword, Depends(message_of(NewPassword, _BYTES))],
    store: Annotated[Store, Depends(store_of)],
) -> Done:
    """Change the password of the desk's own person, who has just proved who they are."""
    try:
        accounts.set_password(store, desk.holder, new.password, desk.holder)
    except BadInput as fault:
        raise Rejected(422, "bad_account", str(fault)) from fault
    return Done()


@router.post("/question")
def ask_key(desk: Anybody, proofs: Proofs) -> KeyQuestionMessage:
    """Return a challenge for a security key of the desk's person."""
    with _told():
        return KeyQuestionMessage.of(proofs.question(desk))


@router.post("/proof")
def prove(
    desk: Anybody, proof: Annotated[DeskProof, Depends(message_of(DeskProof, _BYTES))], proofs: Proofs
) -> ProofHeld:
    """Take a proof of identity; it begins a session, and privileged acts go on for the policy's minutes."""
    given = Given(proof.password, proof.code, proof.key.to_answer() if proof.key else None)
    with _told():
        held = proofs.prove(desk, given)
    return ProofHeld(seconds=held.seconds, session=held.session)


@router.post("/end")
def end(desk: Anybody, sessions: Annotated[DeskSessions, Depends(sessions_of)]) -> Done:
    """End the session of this desk: its person leaves."""
    sessions.end(desk)
    return Done()
