"""What the gate's panel says: before a stop what is missing or by which way it is open, after it what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mdt_app.domain.alerts import StopTaken, Verification
from mdt_app.domain.commands import Ground
from mdt_app.domain.gate import GateDecision, Unmet
from mdt_app.domain.notices import FaultChanged
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import Use, use_fault
from mdt_app.domain.statements import Statement
from ui.cards import Card
from ui.words import FELL, GROUNDS, clock, counted, filled, steps, translated


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the panel: its words, the clause at its right, its tone and, where it is large, its role."""

    words: str
    clause: str = ""
    tone: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class GateView:
    """The panel: title with its tone, the frame's role, the lines beside it."""

    title: str
    tone: str
    role: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stop that the core refused: when, by the clock on the screen, what it named, and what stood as decided then."""

    at: str
    unmet: tuple[Unmet, ...]
    decision: GateDecision


def missing(decision: GateDecision, policy: Policy, use: Use) -> tuple[Unmet, ...]:
    """What is missing before a stop for this use. The core judges the use only when the stop is asked for."""
    others = tuple(u for u in decision.unmet if u.name != "purpose_named")
    fault = use_fault(policy, use)
    if fault is None or (others and others[0].name == "hit_open"):
        return others
    return (*others, Unmet("purpose_named", fault.words, fault.remedy, fault.clause))


def still_missing(decision: GateDecision, policy: Policy, use: Use, refusal: Refusal | None) -> tuple[Unmet, ...]:
    """What is missing by all that the core has said: while it decides nothing new, its refusal stands."""
    unmet = missing(decision, policy, use)
    if not unmet and refusal is not None and refusal.decision == decision:
        return refusal.unmet
    return unmet


def gate_view(card: Card, unmet: tuple[Unmet, ...], refusal: Refusal | None) -> GateView:
    """Say how the gate stands, with what is missing. The words of a refusal stay even when it has opened since."""
    if card.hit.stop is not None:
        return _after_stop(card.hit.stop)
    said = _statement_lines(card)
    if unmet:
        lines = tuple(_unmet_line(one) for one in unmet)
        return GateView(_shut_title(unmet, refusal), "hit", "shut", (*said, *lines))
    refused = (_refused_line(refusal),) if refusal is not None else ()
    if card.decision.excuses:
        return GateView(_tr("✓ STOP: open"), "owed", "owed", (_open_by(card.decision), *said, *refused))
    words = _tr("✓ The stop may be recorded. All that the policy asks before it is on record.")
    return GateView(_tr("✓ STOP: open"), "verified", "open", (*said, Line(words), *refused))


def fault_view(faults: Sequence[FaultChanged]) -> GateView:
    """While nothing can be recorded every gate is shut, and only that counts."""
    told = [f"▲ {translated(fault.words, 'faults')} {translated(fault.remedy, 'faults')}" for fault in faults]
    return GateView(_tr("STOP: shut"), "hit", "shut", tuple(Line(words, tone="hit", role="gate") for words in told))


def statements(seen: Verification) -> Mapping[Ground, Statement]:
    """What was stated for ways around steps."""
    held = {
        Ground.SUSPICION: seen.suspicion,
        Ground.EXIGENT: seen.exigent,
        Ground.STATUS_NOT_POSSIBLE: seen.status_not_possible,
    }
    return {ground: said for ground, said in held.items() if said is not None}


def ways(excuses: tuple[str, ...]) -> str:
    """The ways other than the steps, in one line."""
    return ", ".join(translated(GROUNDS[Ground(name)]).lower() for name in excuses)


def fell_words(stop: StopTaken) -> str:
    """What fell after a stop, in one line with what to do; empty when nothing did."""
    if not stop.fell:
        return ""
    named = ". ".join(dict.fromkeys(translated(FELL[name]) for name in stop.fell))
    return _tr("%1: the stop's basis fell. End it, and tell a supervisor.").replace("%1", named)


def _shut_title(unmet: tuple[Unmet, ...], refusal: Refusal | None) -> str:
    if any(u.name == "exact_match" for u in unmet):
        return _tr("NEVER A STOP")
    return _tr("STOP: refused") if refusal is not None else _tr("STOP: shut")


def _unmet_line(unmet: Unmet) -> Line:
    return Line(f"■ {translated(unmet.words, 'gate')} {translated(unmet.remedy, 'gate')}", unmet.clause)


def _refused_line(refusal: Refusal) -> Line:
    named = " ".join(translated(one.words, "gate") for one in refusal.unmet)
    return Line(_tr("■ Refused at %1, on record: %2").replace("%1", refusal.at).replace("%2", named), tone="hit")


def _open_by(decision: GateDecision) -> Line:
    words = _tr("Open by %1.").replace("%1", ways(decision.excuses))
    after = _tr("Owed after: %1.").replace("%1", steps(decision.owed)) if decision.owed else ""
    return Line(f"✓ {words} {after}".strip(), tone="owed", role="lead")


def _statement_lines(card: Card) -> tuple[Line, ...]:
    return tuple(_statement_line(ground, said, card) for ground, said in statements(card.hit.verification).items())


def _statement_line(ground: Ground, said: Statement, card: Card) -> Line:
    words = _tr("● %1, on record %2").replace("%1", translated(GROUNDS[ground])).replace("%2", clock(said.at))
    owed = card.hit.stop.owed if card.hit.stop else card.decision.owed
    used = ground in card.decision.excuses and ground is not Ground.SUSPICION
    still = ": " + _tr("%1 still owed").replace("%1", counted(len(owed), "step", "steps")) if used and owed else ""
    return Line(words + still, tone="owed")


def _after_stop(stop: StopTaken) -> GateView:
    """After a stop there is nothing to open: only what is owed, or what fell."""
    owed = (Line(_tr("■ Owed: %1.").replace("%1", steps(stop.owed)), tone="owed", role="lead"),) if stop.owed else ()
    by = (Line(_tr("The stop went by %1.").replace("%1", ways(stop.excuses))),) if stop.excuses else ()
    if stop.fell:
        fell = Line("✗ " + fell_words(stop), tone="hit", role="head")
        return GateView(_tr("BASIS FELL"), "hit", "shut", (fell, *owed, *by))
    if stop.owed:
        return GateView(_tr("Stop %1").replace("%1", clock(stop.at)), "owed", "owed", (*owed, *by))
    words = _tr("✓ No step is owed any more.")
    if stop.disposition is None:
        words += " " + _tr("The outcome still is.")
    return GateView(_tr("✓ Stop %1").replace("%1", clock(stop.at)), "verified", "open", (Line(words), *by))


def _tr(text: str) -> str:
    return QCoreApplication.translate("gate_view", text)


def stop_key(unmet: Sequence[Unmet], refusal: Refusal | None, faulty: bool, *, by_steps: bool) -> tuple[str, str]:
    """The role of the STOP key, and what stands beneath its word: what it lacks, or that it was refused."""
    words = filled(translated("shut: %1 missing", "VerifyScreen"), str(len(unmet))) if unmet else ""
    if refusal is not None:
        words = filled(translated("refused %1, on record", "VerifyScreen"), refusal.at)
    words = translated("shut: fault", "VerifyScreen") if faulty else words
    role = "shut" if unmet or faulty else "go" if by_steps else "go-owed"
    return role, " · ".join(filter(None, ("F12", words)))
