"""Policies as people read them: one as a table, several by where they differ, a file by its faults."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable

from mdt_app.domain.policy import Policy, PolicyLine, policy_lines
from mdt_app.services.policies import is_overlay, read_overlay, read_policy

_NOWHERE = PolicyLine("", "(none)", "")
_WRAP = 60


def table(policy: Policy) -> Iterator[str]:
    """Yield a policy's values for a terminal: key, value, clause. A long value goes on in the lines below."""
    lines = policy_lines(policy)
    width = max(len(line.key) for line in lines)
    yield f"{'VALUE':<{width}}  {'IS':<{_WRAP}}  CLAUSE"
    for line in lines:
        first, *more = textwrap.wrap(line.value, _WRAP)
        yield f"{line.key:<{width}}  {first:<{_WRAP}}  {line.clause}".rstrip()
        yield from (f"{'':<{width}}  {rest}" for rest in more)


def differences(policies: Sequence[Policy]) -> dict[str, tuple[PolicyLine, ...]]:
    """Return, a key, each policy's line where the values are not all the same; a clause or the id alone is none."""
    held = [{line.key: line for line in policy_lines(policy)} for policy in policies]
    keys = dict.fromkeys(key for lines in held for key in lines if key != "policy_id")
    rows = {key: tuple(lines.get(key, _NOWHERE) for lines in held) for key in keys}
    return {key: row for key, row in rows.items() if len({line.value for line in row}) > 1}


def difference_lines(policies: Sequence[Policy]) -> Iterator[str]:
    """Yield the differences for a terminal: the key, then each policy's value and clause."""
    width = max(len(policy.policy_id) for policy in policies)
    for key, row in differences(policies).items():
        yield key
        for policy, line in zip(policies, row, strict=True):
            yield f"  {policy.policy_id:<{width}}  {_cell(line)}"


def difference_markdown(policies: Sequence[Policy]) -> Iterator[str]:
    """Yield the differences as a Markdown table, as docs/policies.md holds it."""
    yield f"| value | {' | '.join(policy.policy_id for policy in policies)} |"
    yield f"|---|{'---|' * len(policies)}"
    for key, row in differences(policies).items():
        yield f"| `{key}` | {' | '.join(map(_cell, row))} |"


def check(source: Traversable) -> str:
    """Read a policy or an overlay and return what it is called. Raises BadInput with its faults."""
    return read_overlay(source).head.name if is_overlay(source) else read_policy(source).name


def _cell(line: PolicyLine) -> str:
    return f"{line.value} ({line.clause})" if line.clause else line.value
