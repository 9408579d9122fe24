"""Drafts: what an officer has typed for a hit and not sent yet, so that a lock or a crash does not cost it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mdt_app.domain.purposes import Use


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields of one hit: characters and state (NCIC code) as typed, the use that is named, and
    `words`, statements in the making by their kind. It says nothing yet: only a command of its own puts any of it on
    record.
    """

    plate: str = ""
    state: str = ""
    use: Use = field(default_factory=Use)
    words: Mapping[str, str] = field(default_factory=dict)

    def unseen(self) -> Draft:
        """The same without what was seen on the vehicle: that has to be looked at anew."""
        return replace(self, plate="", state="")


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep what was typed so far for a hit, for this very person alone. It replaces what was kept before."""

    hit_id: str
    draft: Draft = field(repr=False)
