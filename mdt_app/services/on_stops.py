"""Handlers of the gate and of the ends of a hit: ways around steps, the stop, its outcome, no stop, follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from mdt_app.domain.accounts import IN_CAR
from mdt_app.domain.alerts import Hit, HitStatus, StopTaken, Verification
from mdt_app.domain.commands import (
    AskRemoval,
    EndWithoutStop,
    Follow,
    Ground,
    RecordDisposition,
    Redecide,
    RequestStop,
    StateGround,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.gate import BY_EYE, BY_STATUS, GateDecision, GateShut, PassedGate
from mdt_app.domain.gate_checks import confirmed_by_person
from mdt_app.domain.notices import CommandRefused, HitChanged, StopRecorded
from mdt_app.domain.outcomes import OUTCOMES
from mdt_app.domain.policy import Policy, Ruled, Way
from mdt_app.domain.purposes import Use, prohibited_uses
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.domain.statements import Statement, says_enough
from mdt_app.domain.stop import Stop
from mdt_app.services.context import Context, Outcome
from mdt_app.services.hit_states import answered, ended, entry_asked

_GROUND_FIELDS: Mapping[Ground, str] = {
    Ground.SUSPICION: "suspicion",
    Ground.EXIGENT: "exigent",
    Ground.STATUS_NOT_POSSIBLE: "status_not_possible",
}


def state_ground(ctx: Context, command: StateGround) -> Outcome:
    """Keep the facts for a way around steps. The policy has to have the way; the facts have to be words."""
    hit, rule = ctx.open_hit(command.hit_id), ground_rule(ctx.policy, command.ground)
    if not rule.value:
        words = "The policy has no such way."
        raise Refused(f"no_ground.{command.ground}", words, f"Take the steps ({rule.clause}).")
    if not says_enough(command.words):
        raise Refused("facts_missing", "The facts are missing.", "Say them in your own words.")
    statement = Statement(command.words.strip(), ctx.person.user_id, ctx.clock.now())
    body = {"ground": command.ground, "facts": statement.words, "clause": rule.clause}
    ctx.tx.record(ctx.event(EventKind.GROUND_STATED, hit.hit_id, body))
    kind = _GROUND_FIELDS[command.ground]
    said = replace(hit.verification, **{kind: statement})  # type: ignore[arg-type] # by the table above
    return answered(ctx, ctx.stamped(replace(hit, verification=said), kind))


def ground_rule(policy: Policy, ground: Ground) -> Ruled[bool]:
    """Whether the policy has this way, and its clause."""
    ways, stops = policy.stops.ways, policy.stops
    rules = {
        Ground.SUSPICION: Ruled(Way.INDEPENDENT_SUSPICION in ways.value, ways.clause),
        Ground.EXIGENT: stops.exigent,
        Ground.STATUS_NOT_POSSIBLE: stops.status_when_practicable,
    }
    return rules[ground]


def request_stop(ctx: Context, command: RequestStop) -> Outcome:
    """Open the gate if every condition holds, else put the refusal on record with what is missing."""
    hit, person = ctx.hit(command.hit_id), ctx.person
    if person.role not in IN_CAR:
        raise Refused("not_sworn", "This account can't record a stop.", "An officer has to do it.")
    use = Use(command.purpose, command.facts.strip(), command.citation)
    decision = ctx.decision(hit, use)
    _record_refused_use(ctx, decision, use)
    decision_id, now = ctx.clock.new_id(), ctx.clock.now()
    ctx.tx.stops.add_decision(decision_id, decision, now)
    body = {"decision_id": decision_id, "purpose": use.purpose, **_decided(decision)}
    if not decision.passed:
        ctx.tx.record(ctx.event(EventKind.GATE_REFUSED, hit.hit_id, body))
        return _refusal(GateShut(decision), hit)
    ctx.tx.record(ctx.event(EventKind.GATE_PASSED, hit.hit_id, body))
    stop = Stop(ctx.clock.new_id(), hit.hit_id, PassedGate(decision, decision_id), use.purpose, person.user_id, now)
    ctx.tx.stops.add(stop)
    taken = _taken(stop, decision, hit.verification)
    stopped = replace(hit, status=HitStatus.STOPPED, ended_at=now, stop=taken)
    ctx.tx.hits.put(stopped)
    place = {"position": asdict(command.position)} if command.position else {}
    event = ctx.event(EventKind.STOP, hit.hit_id, _stop_body(stop, use, decision, hit.verification) | place)
    ctx.tx.record(event)
    return Outcome((HitChanged(stopped, decision), StopRecorded(stopped, stop, event.event_id)))


def redecide(ctx: Context, _: Redecide) -> Outcome:
    """Say of each hit that wants answers what the gate says now."""
    if ctx.session is None:
        return Outcome()
    hits = (hit for hit in ctx.tx.hits.not_closed() if not hit.ended)
    return Outcome(tuple(HitChanged(hit, ctx.decision(hit)) for hit in hits), redecided=True)


def record_disposition(ctx: Context, command: RecordDisposition) -> Outcome:
    """Put on record what came of the stop, and what that leads to (STP-7, STP-8).

    An arrest or seizure wants a person's word that the hit is active (STP-6) where the policy says so, or other
    facts in words; those are flagged. The one who stopped may correct the outcome; both stay on record.
    """
    hit = ctx.hit(command.hit_id)
    if hit.stop is None or hit.stop.by != ctx.person.user_id or hit.stop.disposition is command.disposition:
        raise Refused("no_stop_to_close", "There is no stop that waits for this outcome.", "Go back to the hits.")
    row, rule = OUTCOMES[command.disposition], ctx.policy.stops.person_before_enforcement
    owed = row.enforces and rule.value and not confirmed_by_person(ctx.facts(hit, Use(hit.stop.purpose)))
    if owed and not says_enough(command.facts):
        words = "No person has confirmed that the hit is still active."
        remedy = f"Ask dispatch or the entering agency, or say on what facts you act ({rule.clause})."
        raise Refused("not_confirmed_by_person", words, remedy)
    body = {"stop_id": hit.stop.stop_id, "disposition": command.disposition, "unconfirmed": owed}
    facts = {"facts": command.facts.strip()} if command.facts.strip() else {}
    corrects = {"corrects": hit.stop.disposition} if hit.stop.disposition else {}
    ctx.tx.record(ctx.event(EventKind.DISPOSITION, hit.hit_id, {**body, **facts, **corrects}))
    closed = replace(hit, stop=replace(hit.stop, disposition=command.disposition))
    return answered(ctx, entry_asked(ctx, closed, command.disposition) if row.located else closed)


def ask_removal(ctx: Context, command: AskRemoval) -> Outcome:
    """Tell the entry's owner, after an end that speaks against the entry."""
    hit = ctx.hit(command.hit_id)
    end = hit.stop.disposition if hit.stop else hit.reason
    if end is None or not (OUTCOMES[end].offers_removal or OUTCOMES[end].located):
        raise Refused("nothing_against_entry", "Nothing on record speaks against this entry.", "End the hit first.")
    return answered(ctx, entry_asked(ctx, hit, end))


def follow(ctx: Context, command: Follow) -> Outcome:
    """Follow only: the hit stays open and the gate shut."""
    hit = replace(ctx.open_hit(command.hit_id), status=HitStatus.FOLLOWING)
    ctx.tx.record(ctx.event(EventKind.FOLLOWED, hit.hit_id, {}))
    return answered(ctx, hit)


def end_without_stop(ctx: Context, command: EndWithoutStop) -> Outcome:
    """End the hit without a stop, with its reason."""
    return ended(ctx, ctx.open_hit(command.hit_id), command.reason)


def _record_refused_use(ctx: Context, decision: GateDecision, use: Use) -> None:
    """A prohibited purpose that the gate has refused is on record by its name (PUR-4)."""
    prohibition = prohibited_uses(ctx.policy).get(use.purpose)
    if prohibition is not None and any(u.name == "purpose_named" for u in decision.unmet):
        body = {"use": use.purpose, "clause": prohibition.clause, "citation": use.citation}
        ctx.tx.record(ctx.event(EventKind.PURPOSE_REFUSED, decision.hit_id, body))


def _decided(decision: GateDecision) -> dict[str, list[str]]:
    return {
        "unmet": [u.name for u in decision.unmet],
        "excuses": list(decision.excuses),
        "owed": list(decision.owed),
    }


def _taken(stop: Stop, decision: GateDecision, seen: Verification) -> StopTaken:
    """The stop with what it rested on, which later answers don't change; what it went around is not claimed."""
    around = frozenset(decision.owed)
    eyes = not BY_EYE & around and Ground.SUSPICION.value not in decision.excuses
    status = (
        seen.status if seen.status and seen.status.answer is CheckAnswer.ACTIVE and not BY_STATUS & around else None
    )
    return StopTaken(
        stop_id=stop.stop_id,
        by=stop.user_id,
        purpose=stop.purpose,
        at=stop.at,
        seen_at=seen.seen_at if eyes else None,
        checked_at=seen.heard_at if status else None,
        check_source=status.source if status else "",
        excuses=decision.excuses,
        owed=decision.owed,
    )


def _stop_body(stop: Stop, use: Use, decision: GateDecision, seen: Verification) -> dict[str, object]:
    """What the stop rests on, in its own record."""
    status = seen.status
    return {
        "stop_id": stop.stop_id,
        "decision_id": stop.gate.decision_id,
        "purpose": use.purpose,
        "facts": use.facts,
        "citation": use.citation,
        "excuses": list(decision.excuses),
        "owed": list(decision.owed),
        "plate_seen": seen.plate_seen,
        "state_seen": seen.state_seen,
        "features": {feature.value: answer.value for feature, answer in seen.features.items()},
        "seen_at": seen.seen_at.isoformat() if seen.seen_at else None,
        "check_id": status.check_id if status else None,
        "check_source": status.source if status else None,
        "check_answer": status.answer if status else None,
    }


def _refusal(shut: GateShut, hit: Hit) -> Outcome:
    notice = CommandRefused("RequestStop", shut.reason, shut.words, shut.remedy, hit.hit_id, shut.decision.unmet)
    return Outcome((HitChanged(hit, shut.decision), notice), refusal=shut)
