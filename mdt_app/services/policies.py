"""Loading a policy from its TOML file. Unknown or missing keys stop the start, with file and key."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mdt_app.domain.errors import BadInput
from mdt_app.domain.gate import CONDITIONS
from mdt_app.domain.policy import Policy, Purpose


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Head(_Strict):
    id: str
    name: str
    version: str
    effective: date | None = None
    review_due: date | None = None


class _Lists(_Strict):
    warn_hours: Annotated[int, Field(ge=1, le=168)]


class _Hits(_Strict):
    repeat_minutes: Annotated[int, Field(ge=0, le=60)]


class _Gate(_Strict):
    clauses: dict[str, str]


class _Purpose(_Strict):
    words: str
    clause: str


class _PolicyFile(_Strict):
    policy: _Head
    lists: _Lists
    hits: _Hits
    gate: _Gate
    purposes: Annotated[dict[str, _Purpose], Field(min_length=1)]


def load_policy(policy_id: str) -> Policy:
    """Load a policy of resources/policies by its id. Raises BadInput with file and key when it is not as it must be."""
    return read_policy(files("resources").joinpath("policies", f"{policy_id}.toml"))


def read_policy(source: Traversable) -> Policy:
    """Read one policy file. Raises BadInput naming the file and each wrong key."""
    try:
        parsed = _PolicyFile.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise BadInput(f"There is no policy '{source.name}'.", "Choose one of resources/policies.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{source.name} is not valid TOML: {error}.", "Mend the file at that place.") from error
    except ValidationError as error:
        raise BadInput(f"{source.name}: {_faults(error)}.", "Correct these keys; nothing was started.") from error
    _check_clauses(source.name, parsed.gate.clauses)
    return _policy(parsed)


def _faults(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())


def _check_clauses(name: str, clauses: dict[str, str]) -> None:
    wanted = {condition.name for condition in CONDITIONS}
    odd = sorted(wanted ^ clauses.keys())
    if odd:
        raise BadInput(f"{name}: [gate.clauses] lacks or does not know: {', '.join(odd)}.", "Name each condition once.")


def _policy(parsed: _PolicyFile) -> Policy:
    return Policy(
        policy_id=parsed.policy.id,
        name=parsed.policy.name,
        version=parsed.policy.version,
        effective=parsed.policy.effective,
        review_due=parsed.policy.review_due,
        purposes={key: Purpose(p.words, p.clause) for key, p in parsed.purposes.items()},
        clauses=parsed.gate.clauses,
        list_warn_hours=parsed.lists.warn_hours,
        repeat_minutes=parsed.hits.repeat_minutes,
    )
