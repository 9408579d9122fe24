"""Bar plots as SVG that stands inside a page: no script, no font and no picture from elsewhere.

Each has a title and words for whoever does not see it; the page sets a table with the same numbers below.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

_WIDTH, _ROW, _BAR = 480, 52, 20
_VALUE = 110
_HIDDEN = "hidden: small"


def bars(plot_id: str, title: str, values: Mapping[str, int | None]) -> str:
    """Return lying bars, a row a name; None is a count that is not shown, drawn as an open dashed bar."""
    most = max((value for value in values.values() if value), default=1)
    height = len(values) * _ROW + 8
    rows = "".join(_row(number, name, value, most) for number, (name, value) in enumerate(values.items()))
    told = "; ".join(f"{name}: {_HIDDEN if value is None else value}" for name, value in values.items())
    return (
        f'<svg role="img" aria-labelledby="{plot_id}-t {plot_id}-d" viewBox="0 0 {_WIDTH} {height}">'
        f'<title id="{plot_id}-t">{escape(title)}</title><desc id="{plot_id}-d">{escape(told)}</desc>{rows}</svg>'
    )


def _row(number: int, name: str, value: int | None, most: int) -> str:
    """The name above, the bar and its number below."""
    top = number * _ROW + 24
    middle = top + _BAR / 2 + 5
    text = f'<text x="0" y="{top - 7}">{escape(name)}</text>'
    if value is None:
        bar = f'<rect class="hidden" x="1" y="{top}" width="60" height="{_BAR}"/>'
        return f'{text}{bar}<text x="70" y="{middle}">{_HIDDEN}</text>'
    width = max(round(value / most * (_WIDTH - _VALUE), 1), 1)
    bar = f'<rect class="bar" x="0" y="{top}" width="{width}" height="{_BAR}"/>'
    return f'{text}{bar}<text x="{width + 8}" y="{middle}">{value:,}</text>'
