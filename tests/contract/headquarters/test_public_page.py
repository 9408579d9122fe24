"""The public page: what it tells and hides, that everybody can read it, and how a real browser draws it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from mdt_app.domain.usage import span
from mdt_app.hq.public_page import public_page
from mdt_app.hq.usage_figures import Figures
from mdt_app.services.policies import load_policy

POLICY = load_policy("postc")
AFTER = datetime(2026, 7, 2, tzinfo=UTC)
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
"""Debian's Chromium, where it is installed; without one the test that needs it is skipped and says so."""


@pytest.fixture
def quarter() -> Figures:
    """A quarter of a small agency."""
    days = span("2026-Q2")
    april = Counter({("reads", ""): 31337, ("hits", "stolen_vehicle"): 12, ("hits", "amber_alert"): 3})
    may = Counter({("ends", "misread"): 6, ("ends", "stale_entry"): 9, ("searches", "locate"): 7})
    may |= Counter({("searchers", "officer1"): 7, ("refused", "personal_use"): 1})
    monthly = dict(zip(days.months, (april, may, Counter()), strict=True))
    cameras = {"fixed": 2, "portable": 0, "mobile": 5}
    return Figures(days, april + may, monthly, cameras, {"deployments": 0}, 91)


class Page(HTMLParser):
    """What a page is made of, as a test can ask."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.clause("AUD-6")
def test_the_public_page_tells_of_nobody(quarter: Figures) -> None:
    """No plate, no person, no car, no case; small counts and what would give them away are hidden."""
    text = public_page(quarter, POLICY, "Example Police", AFTER)
    for secret in ("officer1", "car-", "personal_use"):
        assert secret not in text
    assert "AMBER" in text
    hits = text.partition('id="hits"')[2].partition("</section>")[0]
    assert "12" not in re.sub(r"<svg.*?</svg>", "", hits), "the larger one would give the small one away"
    assert ">15<" in hits
    assert "40.0%" in text  # 6 of 15 ended hits were misread
    assert "60.0%" in text


@pytest.mark.clause("AUD-6")
def test_the_public_page_can_be_read_by_everybody(quarter: Figures) -> None:
    """A language, one h1, no level left out, a title for each plot and a table beside it; nothing from elsewhere."""
    page = Page(text := public_page(quarter, load_policy("glastonbury"), "A & B <Police>", AFTER))
    assert page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) == {1, 2}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for plot in page.all("svg"):
        assert plot["role"] == "img"
        assert set(plot["aria-labelledby"].split()) <= set(ids)
    assert len(page.all("table")) > len(page.all("svg")) >= 4
    assert len(page.all("caption")) == len(page.all("table"))
    assert {cell["scope"] for cell in page.all("th")} == {"col", "row"}
    assert not page.all("script") + page.all("img") + page.all("link")
    assert "A &amp; B &lt;Police&gt;" in text
    assert not re.search(r"(https?:)?//", text.replace("</", ""))


@pytest.mark.clause("AUD-6")
@pytest.mark.skipif(not BROWSER, reason="no Chromium here: apt-get install chromium")
def test_the_public_page_stands_in_a_real_browser(quarter: Figures, tmp_path: Path) -> None:
    """Chromium draws it at a phone's and a desk's width: its own DOM has the plots; the picture is no empty sheet."""
    (tmp_path / "page.html").write_text(public_page(quarter, POLICY, "Example Police", AFTER), "utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    address = (tmp_path / "page.html").as_uri()
    picture = tmp_path / "page.png"
    drawn = [f"--screenshot={picture}", "--window-size=420,900", "--hide-scrollbars"]
    subprocess.run([*command, *drawn, address], check=True, capture_output=True, timeout=60)
    told = subprocess.run([*command, "--dump-dom", address], check=True, capture_output=True, timeout=60, text=True)
    assert len(Page(told.stdout).all("rect")) >= 5
    colors = Image.open(picture).convert("RGB").getcolors(1 << 20)
    assert colors is not None
    assert len(colors) > 20
    assert any(color == (0, 0x44, 0x86) for _, color in colors), "a bar or a link is drawn"
