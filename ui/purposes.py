"""The purpose of a stop in words: what a hit's category suggests, and what its key says. The officer names it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.alerts import Hit
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import Use, prohibited_uses, use_fault
from ui.words import translated


def purpose_words(policy: Policy, use: Use) -> str:
    """The use in words; empty when none is named."""
    held = policy.purposes.get(use.purpose) or prohibited_uses(policy).get(use.purpose)
    return translated(held.words, "policy") if held else ""


def ready_suggestion(hit: Hit, policy: Policy) -> Use | None:
    """The use that the hit's category suggests, where the policy permits it without further facts."""
    suggested = Use(hit.row.purpose)
    return suggested if use_fault(policy, suggested) is None else None


def purpose_key(hit: Hit, policy: Policy, use: Use) -> tuple[str, str, str]:
    """What the purpose's key says: its words, the line beneath, its role. No words: there is none to name."""
    if hit.ended:
        return "", "", "quiet"
    if use.purpose:
        return purpose_words(policy, use), _tr("Purpose · F6"), "hit" if use_fault(policy, use) else "quiet"
    suggested = purpose_words(policy, Use(hit.row.purpose)) if hit.row.purpose in policy.purposes else ""
    if not suggested:
        return _tr("none chosen"), _tr("Purpose · F6"), "hit"
    beneath = _tr("F6 takes it") if ready_suggestion(hit, policy) else _tr("F6 asks for it and its facts")
    return _tr("Suggested: %1").replace("%1", suggested), beneath, "owed"


def _tr(text: str) -> str:
    return QCoreApplication.translate("purposes", text)
