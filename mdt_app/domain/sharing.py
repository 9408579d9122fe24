"""Data for other agencies: a table of conditions, all of which hold before anything leaves (SHR-1 to SHR-4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mdt_app.domain.policy import ANY_STATE, Policy
from mdt_app.domain.purposes import Use, UseFault, use_fault

HEALTH_CARE, CIVIL, CRIMINAL = "health_care", "civil_immigration", "criminal_immigration"


class Immigration(StrEnum):
    """Whether a request serves an immigration matter: what the asking agency has to say, whatever the purpose."""

    NO = "no"
    CIVIL = "civil"
    CRIMINAL = "criminal"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency on file. `state`: its state's code, 'US' for a federal one. `immigration`: that is its mission."""

    name: str
    state: str
    immigration: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of a request when it is to be answered; None and '' are what is not on file or not in force.

    `declaration` and `agreement` are named only while they are in force for this agency; `network` is what it came
    through, '' where the agency asked by itself. `home` is the state of this agency.
    """

    home: str
    agency: Agency | None
    declaration: str
    agreement: str
    network: str
    network_allowed: bool
    approved: bool
    use: Use
    immigration: Immigration | None
    health_care: bool | None


@dataclass(frozen=True, slots=True)
class ShareFault:
    """A condition that is not met: its name on record, why in words, what to do next, and the clause."""

    name: str
    words: str
    remedy: str
    clause: str


def unmet(policy: Policy, request: Request) -> tuple[ShareFault, ...]:
    """Return every condition that is not met; nothing may leave unless this is empty."""
    return tuple(fault for check in _CONDITIONS if (fault := check(policy, request)))


def true_use(policy: Policy, request: Request) -> Use:
    """What the use is by what was said of the matter; a permitted purpose on top of it hides nothing."""
    if request.health_care:
        return replace(request.use, purpose=HEALTH_CARE)
    if request.immigration is Immigration.CIVIL:
        return replace(request.use, purpose=CIVIL)
    if request.immigration is Immigration.CRIMINAL and policy.prohibited.criminal_immigration:
        return replace(request.use, purpose=CRIMINAL)
    return request.use


def in_force(begins: date | None, ends: date | None, today: date) -> bool:
    """Whether a paper binds today: begun, and not over; without an end it goes on."""
    return begins is not None and begins <= today and (ends is None or today <= ends)


def _agency(policy: Policy, request: Request) -> ShareFault | None:
    if request.agency is not None:
        return None
    clause = policy.sharing.reviewed.clause
    return ShareFault("agency_unknown", "The agency is not on file.", "Put it in the register of agencies.", clause)


def _said(policy: Policy, request: Request) -> ShareFault | None:
    """The two questions that decide what the purpose really is can't be left open."""
    if request.immigration is not None and request.health_care is not None:
        return None
    words = "It is not said whether this serves an immigration or health care matter."
    return ShareFault("matter_not_said", words, "Ask the agency.", policy.prohibited.civil_immigration.clause)


def _immigration(policy: Policy, request: Request) -> ShareFault | None:
    """SHR-4: under such a policy no immigration matter, and no agency whose mission that is."""
    rule, agency = policy.sharing.immigration_refused, request.agency
    concerned = request.immigration in (Immigration.CIVIL, Immigration.CRIMINAL) or (
        agency is not None and agency.immigration
    )
    if not rule.value or not concerned:
        return None
    words = "Nothing is shared for immigration matters, administrative or criminal."
    return ShareFault("immigration", words, "No exception.", rule.clause)


def _purpose(policy: Policy, request: Request) -> ShareFault | None:
    fault: UseFault | None = use_fault(policy, true_use(policy, request))
    return ShareFault(fault.name, fault.words, fault.remedy, fault.clause) if fault else None


def _out_of_state(policy: Policy, request: Request) -> ShareFault | None:
    rule = policy.sharing.out_of_state
    if not _outside(request) or ANY_STATE in rule.value or (request.agency and request.agency.state in rule.value):
        return None
    words = f"Agencies of this state may not be given data; allowed: {', '.join(rule.value)}."
    return ShareFault("state_not_allowed", words, "Refuse the request.", rule.clause)


def _declaration(policy: Policy, request: Request) -> ShareFault | None:
    rule = policy.sharing.written_declaration
    if not rule.value or not _outside(request) or request.declaration:
        return None
    words = "No written declaration of this out-of-state agency is in force."
    return ShareFault("declaration_missing", words, "Send it the policy, and ask for its declaration.", rule.clause)


def _network(policy: Policy, request: Request) -> ShareFault | None:
    rule = policy.sharing.networks_decided
    if not rule.value or not request.network or request.network_allowed:
        return None
    words = "The Chief has not allowed this network."
    return ShareFault("network_not_allowed", words, "Ask the Chief or the designee to decide.", rule.clause)


def _agreement(policy: Policy, request: Request) -> ShareFault | None:
    rule = policy.sharing.agreement
    if not rule.value or request.agreement:
        return None
    words = "No agreement in force with this agency is named."
    return ShareFault("agreement_missing", words, "Name one of the register of agreements.", rule.clause)


def _approved(policy: Policy, request: Request) -> ShareFault | None:
    rule = policy.sharing.reviewed
    if not rule.value or request.approved:
        return None
    words = "The Administrator has not approved this request."
    return ShareFault("not_approved", words, "Review it in the register of requests.", rule.clause)


def _outside(request: Request) -> bool:
    """Unless an agency is known to be of this state, it is one from outside."""
    return request.agency is None or request.agency.state != request.home


_CONDITIONS: tuple[Callable[[Policy, Request], ShareFault | None], ...] = (
    _agency,
    _said,
    _immigration,
    _purpose,
    _out_of_state,
    _declaration,
    _network,
    _agreement,
    _approved,
)
