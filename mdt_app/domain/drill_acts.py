"""What a scripted trainee can do, each act a short line of words: 'see 4BXR91 CT', 'vehicle match', 'stop locate'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mdt_app.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its verb and the parts of its line by name (see FORMS)."""

    verb: str
    parts: Mapping[str, str]

    def part(self, name: str) -> str:
        """A part of the line, empty where it was left out."""
        return self.parts.get(name, "")


@dataclass(frozen=True, slots=True)
class Form:
    """How an act is written, for the eye and as a pattern."""

    shown: str
    pattern: re.Pattern[str]


def _form(shown: str, pattern: str) -> Form:
    return Form(shown, re.compile(pattern))


FORMS: Mapping[str, Form] = {
    "verify": _form("verify [PLATE]", r"verify(?: (?P<plate>\S+))?"),
    "see": _form("see PLATE STATE, as see KLR4726 NY", r"see (?P<plate>\S+) (?P<state>[A-Z]{2})"),
    "vehicle": _form(
        "vehicle [make|model|color|style] match|differs|cannot see",
        r"vehicle(?: (?P<feature>make|model|color|style))? (?P<seen>match|differs|cannot see)",
    ),
    "wait": _form("wait answer | wait SECONDS", r"wait (?P<what>answer|\d+)"),
    "ask": _form("ask again", r"ask again"),
    "radio": _form(
        "radio active|no record|other record by NAME",
        r"radio (?P<answer>active|no record|other record) by (?P<who>.+)",
    ),
    "because": _form(
        "because exigent|suspicion|no status: FACTS",
        r"because (?P<way>exigent|suspicion|no status): (?P<facts>.+)",
    ),
    "stop": _form("stop PURPOSE [: FACTS]", r"stop (?P<purpose>\w+)(?:: (?P<facts>.+))?"),
    "outcome": _form(
        "outcome arrest|recovered|citation|released [: FACTS]",
        r"outcome (?P<disposition>arrest|recovered|citation|released)(?:: (?P<facts>.+))?",
    ),
    "end": _form(
        "end misread|wrong_state|other_vehicle|stale_entry|could_not_verify|located|officer_decision",
        r"end (?P<reason>misread|wrong_state|other_vehicle|stale_entry|could_not_verify|located|officer_decision)",
    ),
    "tell": _form("tell owner", r"tell owner"),
    "follow": _form("follow", r"follow"),
}
"""Verb -> how its line is written."""


def parse_act(line: str) -> Act:
    """Understand one line. Raises BadInput that shows how the act is written."""
    verb = line.split(" ", 1)[0]
    form = FORMS.get(verb)
    if form is None:
        raise BadInput(f"'{verb}' is no act.", f"Write one of: {', '.join(FORMS)}.")
    found = form.pattern.fullmatch(line.strip())
    if found is None:
        raise BadInput(f"'{line}' can't be understood.", f"Write it so: {form.shown}.")
    return Act(verb, {name: value for name, value in found.groupdict().items() if value})
