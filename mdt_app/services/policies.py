"""Loading a policy and its overlays from TOML. What is not as it must be stops the start, with file, line and key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from mdt_app.domain.policy import LaidOver, Policy, Ruled
from mdt_app.services.policy_faults import limit_faults, policy_faults
from mdt_app.services.policy_file import OverlayFile, PolicyFile
from mdt_app.services.policy_overlays import Overlay, lay_over
from mdt_app.services.strict_toml import Readable, blank_faults, parsed_toml, source_of, stop_at, text_of, toml_of


def load_policy(policy_id: str, overlays: Iterable[str] = (), on: date | None = None) -> Policy:
    """Load a policy of resources/policies by its id, with overlays of its overlays/ laid over it in turn.

    A name that ends in .toml is the path of an agency's own file.

    `on` is the day for which it is loaded: an overlay that is not operative by then binds nobody yet. Without a day
    all of them count. Raises BadInput with file, line and key when one is not as it must be or would be laxer.
    """
    policy = read_policy(policy_source(policy_id))
    for overlay_id in overlays:
        overlay = read_overlay(overlay_source(overlay_id))
        if on is None or overlay.head.operative <= on:
            policy = lay_over(policy, overlay)
    return policy


def policy_source(policy_id: str) -> Traversable:
    """The file of a policy, by its id or path. Raises BadInput when there is none of this id."""
    return source_of(_policies(), policy_id)


def overlay_source(overlay_id: str) -> Traversable:
    """The file of an overlay, by its id or path. Raises BadInput when there is none of this id."""
    return source_of(_policies().joinpath("overlays"), overlay_id)


def read_policy(source: Readable) -> Policy:
    """Read one policy file. Raises BadInput naming the file and, with its line, each key that is wrong."""
    text = text_of(source)
    parsed = parsed_toml(source.name, text, PolicyFile)
    stop_at(source.name, text, list(policy_faults(parsed)))
    return _policy(parsed)


def read_overlay(source: Readable) -> Overlay:
    """Read one overlay file. Raises BadInput as `read_policy` does."""
    text = text_of(source)
    parsed = parsed_toml(source.name, text, OverlayFile)
    held = parsed.model_dump()
    stop_at(source.name, text, [*blank_faults(held), *limit_faults(held)])
    head, values = parsed.overlay, {}
    for table in ("retention", "sharing"):
        for key, ruled in getattr(parsed, table):
            if ruled is not None:
                values[table, key] = ruled
    return Overlay(LaidOver(head.id, head.name, head.operative, head.note), values)


def is_overlay(source: Readable) -> bool:
    """Say whether a file is an overlay, by the table that it must have. Raises BadInput when it is no TOML."""
    return "overlay" in toml_of(source.name, text_of(source))


def _policies() -> Traversable:
    return files("resources").joinpath("policies")


def _policy(parsed: PolicyFile) -> Policy:
    head = parsed.policy
    bare: dict[str, Ruled[int] | Ruled[bool]] = {
        "list_warn_hours": parsed.lists.warn_hours,
        "past_hours": parsed.lists.past_hours,
        "near": parsed.lists.near,
        "repeat_minutes": parsed.hits.repeat_minutes,
        "open_hours": parsed.hits.open_hours,
    }
    return Policy(
        policy_id=head.id,
        name=head.name,
        version=head.version,
        effective=head.effective,
        review_due=head.review_due,
        purposes=parsed.purposes,
        clauses={**parsed.gate.clauses, **{key: ruled.clause for key, ruled in bare.items()}},
        list_warn_hours=parsed.lists.warn_hours.value,
        past_hours=parsed.lists.past_hours.value,
        near=parsed.lists.near.value,
        repeat_minutes=parsed.hits.repeat_minutes.value,
        open_hours=parsed.hits.open_hours.value,
        prohibited=parsed.prohibited,
        stops=parsed.stops,
        confirmation=parsed.confirmation,
        alert_schedule=parsed.alert_schedule,
        alert_mail=parsed.alert_mail,
        retention=parsed.retention,
        reviews=parsed.reviews,
        driving=parsed.driving,
        access=parsed.access,
        sign_in=parsed.sign_in,
        manual_entry=parsed.manual_entry,
        sharing=parsed.sharing,
        unusual_use=parsed.unusual_use,
        requests=parsed.requests,
        training=parsed.training,
    )
