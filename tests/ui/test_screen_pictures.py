"""Pictures of every screen, in each theme and at each size: MDT_SCREENS=docs/screens makes them anew.

Without it one theme and size is walked, into a folder of the test's own, so that the way of making them stays whole.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.cab import Cab
from tests.fakes.pictures import write_small
from tests.fakes.walks import PICTURED, WALKS
from tests.ui.test_screens_fit import settle
from ui.theme import THEMES

SIZES = ((1024, 768), (1280, 800), (1920, 1080))
_FOLDER = os.environ.get("MDT_SCREENS", "")
_LOOKS = [(theme, size) for theme in THEMES for size in SIZES] if _FOLDER else [("night", (1280, 800))]


@pytest.mark.parametrize(("theme", "size"), _LOOKS, ids=lambda v: v if isinstance(v, str) else f"{v[0]}x{v[1]}")
@pytest.mark.parametrize("walk", list(PICTURED))
def test_every_screen_leaves_its_picture(cab_under, tmp_path: Path, walk: str, theme: str, size: tuple[int, int]):
    """Each screen comes to the front on its walk, and its picture has the window's size."""
    policy, stations = WALKS[walk]
    folder = (Path(_FOLDER) if _FOLDER else tmp_path) / f"{theme}-{size[0]}x{size[1]}"
    folder.mkdir(parents=True, exist_ok=True)
    cab: Cab = cab_under(policy, theme)
    cab.window.resize(*size)
    wanted = set(PICTURED[walk])
    for name in stations(cab):
        if name in wanted:
            settle(cab)
            write_small(cab.window.grab(), folder / f"{name}.png")
            wanted.remove(name)
        if not wanted:
            break
    assert not wanted
    assert {size_of(folder / f"{name}.png") for name in PICTURED[walk]} == {size}


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size
