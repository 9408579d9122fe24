"""Words for equipment: how a piece stands, and what a check found."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.equipment import Aspect, Finding, Result, Standing
from ui.words import clock, translated

ASPECTS: Mapping[Aspect, str] = {
    Aspect.SHARPNESS: "Sharpness",
    Aspect.EXPOSURE: "Exposure",
    Aspect.OBSTRUCTION: "Obstruction",
    Aspect.NIGHT: "Night",
    Aspect.ALIGNMENT: "Alignment",
    Aspect.TEST_PLATE: "Test plate",
    Aspect.LOUDNESS: "Loudness",
}
RESULTS: Mapping[Result, tuple[str, str]] = {
    Result.PASSED: ("✓ passed", "verified"),
    Result.FAILED: ("✗ failed", "hit"),
    Result.NOT_NOW: ("○ not now", "owed"),
}
"""Words and tone of each result."""
BY_EAR: Mapping[Result, str] = {
    Result.PASSED: "heard by the officer",
    Result.FAILED: "not heard by the officer",
}
TEST = "This is a test of the voice"
"""What is spoken to hear the voice."""


def standing_words(standing: Standing | None, due: bool) -> str:
    """How a piece stands in one line."""
    if standing is None or standing.check is None:
        return _tr("■ no check on record")
    when = standing.check.at.astimezone().strftime("%Y-%m-%d ") + clock(standing.check.at)
    checked = _tr("checked %1 by %2").replace("%1", when).replace("%2", standing.check.by)
    if standing.out_of_service:
        failed = ", ".join(translated(ASPECTS[aspect]) for aspect in sorted(standing.failed))
        return f"{_tr('▲ OUT OF SERVICE')}: {failed} · {checked}"
    return f"{_tr('■ check is due')} · {checked}" if due else f"{_tr('● in service')} · {checked}"


def finding_words(finding: Finding | None) -> tuple[str, str]:
    """What was found of an aspect, and its tone."""
    if finding is None:
        return _tr("○ not looked at yet"), "dim"
    words, tone = RESULTS[finding.result]
    return translated(words), tone


def measured_words(finding: Finding) -> str:
    """What was measured, in the officer's language; on record it stands in English."""
    return translated(finding.measured, "findings")


def _tr(text: str) -> str:
    return QCoreApplication.translate("equipment", text)
