"""Accounts as headquarters signs them for one car: the reader that the core uses."""

from __future__ import annotations

from mdt_app.domain.errors import BadInput
from mdt_app.domain.sign_in import AccountBundle
from mdt_app.services.signing import Verifier


class SignedBundles:
    """Reads accounts that were signed with headquarters' key, given as its public half in base64."""

    def __init__(self, headquarters_key: str) -> None:
        self._verifier = Verifier(headquarters_key)

    def read(self, content: bytes, signature: bytes) -> AccountBundle:
        """The accounts. Raises BadInput when the signature is not headquarters' or the content is none."""
        if not self._verifier.holds(content, signature):
            raise BadInput("The accounts are not signed by headquarters.", "The accounts before stay in force.")
        from mdt_app.sync.account_wire import AccountBundleMessage  # with the first sign-in: its screen is there before

        try:
            return AccountBundleMessage.model_validate_json(content).to_bundle()
        except ValueError as error:
            raise BadInput("The accounts can't be understood.", "The accounts before stay in force.") from error
