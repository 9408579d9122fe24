"""Values for a JSON schema of the OpenAPI document: what fits it, and now and then what does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

Schema = Mapping[str, Any]

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    TEXTS,
    st.just("x" * 5000),
    st.just("\x00"),
    st.just([]),
    st.just({}),
)
_FORMATS = {
    "date-time": st.datetimes().map(lambda at: at.isoformat() + "Z"),
    "date": st.dates().map(str),
}


def values(schema: Schema, known: Mapping[str, Schema], *, odd: bool = False) -> st.SearchStrategy[Any]:
    """What the schema allows; with `odd` any part of it may be something else."""
    fitting = _fitting(schema, known, odd)
    return st.integers(0, 11).flatmap(lambda n: JUNK if n == 0 else fitting) if odd else fitting


def _fitting(schema: Schema, known: Mapping[str, Schema], odd: bool) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return st.deferred(lambda: _fitting(known[schema["$ref"].rpartition("/")[2]], known, odd))
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if choices := [part for name in ("anyOf", "oneOf", "allOf") for part in schema.get(name, ())]:
        return st.one_of(*(_fitting(part, known, odd) for part in choices))
    return _KINDS.get(str(schema.get("type")), _anything)(schema, known, odd)


def _arrays(schema: Schema, known: Mapping[str, Schema], odd: bool) -> st.SearchStrategy[list[Any]]:
    least, most = schema.get("minItems", 0), min(schema.get("maxItems", 3), 3)
    return st.lists(values(schema.get("items", {}), known, odd=odd), min_size=least, max_size=most)


def _integers(schema: Schema, _known: Mapping[str, Schema], odd: bool) -> st.SearchStrategy[int]:
    held = st.integers(schema.get("minimum", -(2**40)), schema.get("maximum", 2**40))
    return st.one_of(held, st.sampled_from([-1, 0, 2**31, 2**53, 2**63, 10**30])) if odd else held


def _numbers(schema: Schema, _known: Mapping[str, Schema], _odd: bool) -> st.SearchStrategy[float]:
    return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)


def _anything(_schema: Schema, _known: Mapping[str, Schema], _odd: bool) -> st.SearchStrategy[Any]:
    return JUNK


def _objects(schema: Schema, known: Mapping[str, Schema], odd: bool) -> st.SearchStrategy[dict[str, Any]]:
    parts = {name: values(part, known, odd=odd) for name, part in schema.get("properties", {}).items()}
    needed = {name: part for name, part in parts.items() if name in schema.get("required", ())}
    rest = {name: part for name, part in parts.items() if name not in needed}
    if not parts and isinstance(schema.get("additionalProperties"), Mapping):
        inner = values(schema["additionalProperties"], known, odd=odd)
        return st.dictionaries(TEXTS, inner, max_size=3)
    return st.fixed_dictionaries(needed, optional=rest)


def _strings(schema: Schema, _known: Mapping[str, Schema], _odd: bool) -> st.SearchStrategy[str]:
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    least, most = schema.get("minLength", 0), schema.get("maxLength", 200)
    made = st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else TEXTS
    return made.filter(lambda text: len(text) >= least).map(lambda text: text[:most])


_KINDS: Mapping[str, Callable[[Schema, Mapping[str, Schema], bool], st.SearchStrategy[Any]]] = {
    "object": _objects,
    "array": _arrays,
    "integer": _integers,
    "number": _numbers,
    "string": _strings,
    "boolean": lambda *_: st.booleans(),
    "null": lambda *_: st.none(),
}
