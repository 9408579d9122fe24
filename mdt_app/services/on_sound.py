"""Handler of the mute: who keeps sounds back, and for how long, is on record."""

from __future__ import annotations

from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.sound import MUTE_MOST_MINUTES, MuteSound, SoundMuted
from mdt_app.services.context import Context, Outcome


def mute_sound(ctx: Context, command: MuteSound) -> Outcome:
    """Mute for some minutes; it ends by itself. What is of high priority is heard all the same (SCREENS.md)."""
    person = ctx.person
    if not 0 <= command.minutes <= MUTE_MOST_MINUTES:
        raise Refused("mute_too_long", "The sound can't be muted for so long.", "Mute it again when the time is over.")
    ctx.tx.record(ctx.event(EventKind.MUTED, person.session_id, {"minutes": command.minutes}))
    return Outcome((SoundMuted(command.minutes * 60.0),))
