"""The report of an audit as PDF: what was drawn, judged and found, whether the trail is whole, who signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from mdt_app.domain.policy import Policy
from mdt_app.hq import audits, registers
from mdt_app.services.register_files import load_registers
from mdt_app.services.report_pdf import Section, write_report
from mdt_app.sync.audit_wire import AuditedQuery

_HEAD = ("No.", "When (UTC)", "Who", "Purpose", "Case", "Authorized", "Complete", "What is wrong", "Judged by")
_SHARES = (4, 9, 8, 9, 8, 9, 8, 16, 8)


def write_audit_report(connection: Connection, record_id: str, policy: Policy, agency_ori: str, path: Path) -> int:
    """Write the report and return how many queries it is about. No plate stands in it. Raises Refused as `queries`."""
    register = load_registers()[audits.REGISTER]
    held = registers.found(connection, register, record_id)
    drawn = audits.queries(connection, record_id, policy).queries
    said, versions = held.values, registers.versions(connection, register, record_id)
    scope = f"{said.get('drawn', '0')} of {said.get('queries', '0')} queries; seed: {said.get('seed', 'not drawn yet')}"
    sections = (
        Section(
            "What was audited",
            (
                f"Agency {agency_ori}. {policy.name}, version {policy.version}.",
                f"Queries that came in from {said['from_day']} to {said['to_day']} (UTC): {scope}.",
                f"Stands: {register.states[held.state].words}. Ordered by: {said.get('ordered_by') or 'the policy'}.",
            ),
        ),
        Section("Result", (*_result(drawn), f"The trail: {said.get('chain') or 'not verified yet'}.")),
        Section("Findings", (_none(drawn),), (_HEAD, *map(_line, _findings(drawn))), _SHARES),
        Section("What the audit found", (said.get("statement") or "-",)),
        Section("Follow-up", (said.get("follow_up") or "-", f"Chief told on: {said.get('chief_told_on') or '-'}")),
        Section("Acts", (), (("When (UTC)", "What", "Who", "Words"), *map(_act, versions)), (9, 8, 8, 25)),
        Section("Signature", (_signed(versions),)),
    )
    write_report(path, f"Audit of ALPR queries: {said['period']}", sections)
    return len(drawn)


def _result(drawn: Sequence[AuditedQuery]) -> tuple[str, ...]:
    judged = [one.judgement for one in drawn if one.judgement]
    return (
        f"Judged: {len(judged)} of {len(drawn)}.",
        f"For an authorized purpose: {sum(one.authorized for one in judged)}.",
        f"Complete: {sum(one.complete for one in judged)}.",
    )


def _findings(drawn: Sequence[AuditedQuery]) -> list[AuditedQuery]:
    return [one for one in drawn if one.judgement and not (one.judgement.authorized and one.judgement.complete)]


def _none(drawn: Sequence[AuditedQuery]) -> str:
    count = len(_findings(drawn))
    return f"{count} of {len(drawn)} queries." if count else "None."


def _line(query: AuditedQuery) -> tuple[str, ...]:
    judged = query.judgement
    answers = ("yes" if judged.authorized else "NO", "yes" if judged.complete else "NO") if judged else ("", "")
    wrong = "; ".join(filter(None, (judged.words if judged else "", ", ".join(query.lacking))))
    about = (f"{query.at:%Y-%m-%d %H:%M}", query.by, query.purpose, query.case_number)
    return (str(query.number), *about, *answers, wrong, query.judged_by)


def _act(row: Any) -> tuple[str, ...]:
    return (f"{row.at:%Y-%m-%d %H:%M}", row.act, row.by, row.words)


def _signed(versions: Sequence[Any]) -> str:
    row = next((row for row in reversed(versions) if row.act == "sign"), None)
    if row is None:
        return "Not signed yet."
    proved = "who had proved their identity with a second factor within the policy's minutes"
    return f"Signed by {row.by} on {row.at:%Y-%m-%d at %H:%M:%S} UTC, {proved}. Record {row.digest}."
