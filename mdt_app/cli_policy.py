"""The commands on policies: show, check, compare, and which clause is met by what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mdt_app.domain.errors import MdtError

policy = typer.Typer(no_args_is_help=True, help="The agency's policy.")


@policy.command("show")
def policy_show(
    policy_id: Annotated[str, typer.Argument(metavar="[ID]")] = "postc",
    overlay: Annotated[
        list[str] | None, typer.Option(help="A statute's overlay to lay over it; may be repeated.")
    ] = None,
) -> None:
    """Show every value of a policy with its clause."""
    from mdt_app.services.policies import load_policy
    from mdt_app.services.policy_tables import table

    for line in table(load_policy(policy_id, overlay or ())):
        typer.echo(line)


@policy.command("check")
def policy_check(sources: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Check policy and overlay files: 'ok' for each, or its faults with line and key."""
    from mdt_app.services.policy_tables import check

    faulty = 0
    for source in sources:
        try:
            typer.echo(f"{source}: ok ({check(source)})")
        except MdtError as error:
            faulty += 1
            typer.echo(f"{source}: {error.words}", err=True)
    raise SystemExit(1 if faulty else 0)


@policy.command("diff")
def policy_diff(
    first: str,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...")],
    markdown: Annotated[bool, typer.Option("--markdown", help="As the table of docs/policies.md.")] = False,
) -> None:
    """Show the values in which policies differ, each with its clause."""
    from mdt_app.services.policies import load_policy
    from mdt_app.services.policy_tables import difference_lines, difference_markdown

    lines = difference_markdown if markdown else difference_lines
    for line in lines([load_policy(policy_id) for policy_id in (first, *others)]):
        typer.echo(line)


@policy.command("cases")
def policy_cases(policies: Annotated[list[str], typer.Argument(metavar="POLICY...")]) -> None:
    """Show what the same hit comes to under each policy, as the table of docs/policies.md."""
    from mdt_app.services.policies import load_policy
    from mdt_app.services.policy_cases import case_markdown

    for line in case_markdown([load_policy(policy_id) for policy_id in policies]):
        typer.echo(line)


@policy.command("trace")
def policy_trace(
    tests: Annotated[
        Path, typer.Option(help="The folder of the project's tests, by whose marks clauses are shown.")
    ] = Path("tests"),
) -> None:
    """Show what the program does about each clause, where, and which tests show it, as docs/policy-trace.md."""
    from mdt_app.services.policy_trace import load_trace, marks_of, trace_page

    typer.echo(trace_page(load_trace(), marks_of(tests)), nl=False)
