"""Hot list layouts, read from the resources: a file of columns for each, and the codes that lists use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
from mdt_app.domain.list_layout import CategoryRule, Layout, LayoutKind
from mdt_app.domain.list_lines import Vocabulary
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.toml_lines import toml_values

_PATTERNS = ("header_count", "footer", "skip")
_PLAIN = ("header", "least", "columns_exactly", "delimiters", "date", "encoding", "state_optional", "postal")
_PLAIN_TOO = ("loose", "patterns", "names", "constants")
_TABLES = ("columns", "category", "forms", "splits", "dummies", "kind", "name")
_KNOWN = frozenset((*_PATTERNS, *_PLAIN, *_PLAIN_TOO, *_TABLES))
_OF_CATEGORY = frozenset(
    ("field", "at", "codes", "words", "default", "keep_words", "ncic_files", "common_words", "by_file")
)


def load_layout(name: str, columns: Path | None = None, file_stem: str = "") -> Layout:
    """Read a layout by the name that `mdt hotlist import --format` takes.

    `columns` is the agency's own table, laid over the named one (for csv and genetec). `file_stem` is the list file's
    name, which tells the category where the layout says so. Raises BadInput for an unknown name or a broken table.
    """
    known = layout_names()
    if name not in known:
        raise BadInput("There is no hot list layout of that name.", f"Use one of: {', '.join(known)}.")
    table = dict(_resource("hotlists", name))
    if columns is not None:
        table |= _own(columns)
    try:
        return _layout(table, file_stem.lower())
    except (KeyError, ValueError, TypeError, AttributeError, re.error) as fault:
        raise BadInput(f"The table of columns '{name}' is broken ({fault}).", "Correct it, and try again.") from fault


def layout_names() -> tuple[str, ...]:
    """Return the names of the layouts that are there, sorted."""
    found = (item.name for item in files("resources").joinpath("hotlists").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def load_vocabulary() -> Vocabulary:
    """Read the codes that lists use. Raises BadInput when a table is missing or broken."""
    tables, words = load_code_tables(), _resource("ncic", "list_words")
    codes = {
        "make": _both_ways(tables.makes, words["makes"]),
        "style": _both_ways(tables.styles, {}),
        "color": _both_ways(tables.colors, words["colors"]),
        "plate_type": _both_ways(tables.plate_types, {}),
    }
    return Vocabulary(frozenset(tables.states), words["postal"], codes)


def _both_ways(table: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    return {words.upper(): code for code, words in table.items()} | {code: code for code in table} | dict(more)


def _layout(table: Mapping[str, Any], stem: str) -> Layout:
    if unknown := sorted((set(table) - _KNOWN) | (set(table["category"]) - _OF_CATEGORY)):
        raise ValueError(f"unknown key {unknown[0]}")
    columns = {name: (place,) if isinstance(place, int) else tuple(place) for name, place in table["columns"].items()}
    rest: dict[str, Any] = {name: table[name] for name in (*_PLAIN, *_PLAIN_TOO) if name in table}
    rest |= {name: re.compile(table[name]) for name in _PATTERNS if name in table}
    return Layout(
        name=table["name"],
        kind=LayoutKind(table["kind"]),
        columns=columns,
        category=_category(table["category"], stem),
        forms=tuple(re.compile(pattern) for pattern in table.get("forms", ())),
        splits=tuple((split["field"], re.compile(split["pattern"])) for split in table.get("splits", ())),
        dummies=frozenset(table.get("dummies", ())),
        **rest,
    )


def _category(table: Mapping[str, Any], stem: str) -> CategoryRule:
    shared = _resource("ncic", "files")["codes"] if table.get("ncic_files") else {}
    phrases = _resource("ncic", "list_words")["categories"] if table.get("common_words") else {}
    by_file = next((told for name, told in table.get("by_file", {}).items() if name in stem), "")
    codes, words = {**shared, **table.get("codes", {})}, {**table.get("words", {}), **phrases}
    default = by_file or table.get("default", "")
    for told in (*codes.values(), *words.values(), default):
        if told and not told.startswith("!") and told.partition("|")[0] not in ALERTS:
            raise ValueError(f"no such category: {told}")
    keep = bool(table.get("keep_words"))
    return CategoryRule(table.get("field", ""), table.get("at"), codes, words, default, keep)


def _own(path: Path) -> Mapping[str, Any]:
    try:
        return toml_values(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BadInput(f"The table of columns {path.name} can't be read.", "Give a TOML file.") from fault


@cache
def _resource(folder: str, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(files("resources").joinpath(folder, f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise BadInput(f"The table {folder}/{name} can't be read.", "Install the application again.") from fault
