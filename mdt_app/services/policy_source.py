"""A policy as text, with the statutes laid over it: what headquarters has in force and gives to its cars."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mdt_app.domain.policy import Policy
from mdt_app.services.policies import overlay_source, policy_source, read_overlay, read_policy
from mdt_app.services.policy_overlays import lay_over


@dataclass(frozen=True, slots=True)
class PolicyText:
    """One TOML file by its name, as the reader of policies takes files."""

    name: str
    text: str

    def read_text(self, encoding: str | None = None) -> str:  # noqa: ARG002 - as files have it
        """The text."""
        return self.text


@dataclass(frozen=True, slots=True)
class PolicySource:
    """A policy's own file and those of the overlays over it, in their order."""

    policy: PolicyText
    overlays: tuple[PolicyText, ...] = ()

    @property
    def tag(self) -> str:
        """What changes with any character of it."""
        texts = "\0".join(part.text for part in (self.policy, *self.overlays))
        return hashlib.sha256(texts.encode()).hexdigest()[:16]

    def load(self, on: date) -> Policy:
        """The policy of a day: an overlay that is not operative by then binds nobody yet. Raises BadInput."""
        policy = read_policy(self.policy)
        for part in self.overlays:
            overlay = read_overlay(part)
            if overlay.head.operative <= on:
                policy = lay_over(policy, overlay)
        return policy


def named_policy(policy_id: str, overlays: Iterable[str] = ()) -> PolicySource:
    """The policy and overlays by their ids or paths, as `load_policy` takes them. Raises BadInput."""
    files = (policy_source(policy_id), *map(overlay_source, overlays))
    texts = [PolicyText(file.name, file.read_text(encoding="utf-8")) for file in files]
    return PolicySource(texts[0], tuple(texts[1:]))
