"""Laying a statute over an agency's policy: a stricter value takes the place of its own, a laxer one is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mdt_app.domain.errors import BadInput
from mdt_app.domain.policy import ANY_STATE, LaidOver, Policy, Ruled

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What an overlay says: its head, and its values by table and key of the policy."""

    head: LaidOver
    values: Mapping[Key, Ruled[Any]]


def _narrower(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    return ANY_STATE in old or (ANY_STATE not in new and set(new) <= set(old))


# A row a value that an overlay can set: (new, old) -> whether new is at least as strict.
STRICTER: Mapping[Key, Callable[[Any, Any], bool]] = {
    ("retention", "days"): lambda new, old: new <= old,
    ("sharing", "out_of_state"): _narrower,
    ("sharing", "written_declaration"): lambda new, old: new or not old,
}


def lay_over(policy: Policy, overlay: Overlay) -> Policy:
    """Return the policy with the overlay's values and its mark in the version. Raises BadInput on a laxer value."""
    for (table, key), new in overlay.values.items():
        held = getattr(policy, table)
        _check((table, key), new, getattr(held, key), overlay.head.overlay_id)
        policy = replace(policy, **{table: replace(held, **{key: new})})
    version = f"{policy.version}+{overlay.head.overlay_id}"
    return replace(policy, version=version, overlays=(*policy.overlays, overlay.head))


def _check(key: Key, new: Ruled[Any], old: Ruled[Any], overlay_id: str) -> None:
    if not STRICTER[key](new.value, old.value):
        words = f"Overlay {overlay_id}: {'.'.join(key)} = {new.value} is laxer than {old.value} ({old.clause})."
        raise BadInput(words, "An overlay can only be stricter; nothing was started.")
