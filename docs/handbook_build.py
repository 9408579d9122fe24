"""Builds the handbook from docs/handbook/*.md: pages of HTML, one PDF of all, and the quick card for the car.

    .venv/bin/python docs/handbook_build.py FOLDER

The chapters are Markdown. One reading of each (markdown-it) gives both the HTML and the flow of the PDF (reportlab).
"""

from __future__ import annotations

import html
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import handbook_messages
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
    XPreformatted,
)
from reportlab.platypus.tableofcontents import TableOfContents

SOURCE = Path(__file__).parent / "handbook"
CHAPTERS = ("index", "officer", "supervisor", "administrator", "trainer", "drills", "it", "commands", "trouble")
CARD, CARD_SCALE = "card", 1.62
TITLE = "Patrol MDT handbook"
READER = MarkdownIt("commonmark").enable("table")
WIDTH = LETTER[0] - 1.6 * inch
WRAP = 96
"""Characters of a line of an example in the PDF."""
SIGNS = re.compile("([▲■●✓✗◆➜]+)")
"""Signs of the screens that the PDF's letters lack and its signs' font has."""
INK, RULE, TINT = colors.HexColor("#10202f"), colors.HexColor("#9fb2c4"), colors.HexColor("#eef3f7")
STYLE = """
body { font: 18px/1.5 system-ui, sans-serif; color: #10202f; max-width: 52rem; margin: 0 auto; padding: 1rem; }
nav { border-bottom: 1px solid #9fb2c4; padding-bottom: .5rem; } nav a { margin-right: 1rem; white-space: nowrap; }
img { max-width: 100%; border: 1px solid #9fb2c4; } pre { background: #eef3f7; padding: .7rem; overflow-x: auto; }
code { background: #eef3f7; font-size: .9em; } table { border-collapse: collapse; }
td, th { border: 1px solid #9fb2c4; padding: .3rem .6rem; text-align: left; vertical-align: top; }
h2 { margin-top: 2.2rem; border-top: 1px solid #9fb2c4; padding-top: 1rem; }
"""


def styles(scale: float) -> dict[str, ParagraphStyle]:
    """The styles of a PDF by name; `scale` makes all letters larger."""
    size = 10.5 * scale
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=size, leading=1.35 * size, textColor=INK, spaceAfter=5)

    def head(name: str, times: float, before: float) -> ParagraphStyle:
        return ParagraphStyle(
            name, body, fontName="Helvetica-Bold", fontSize=times * size, leading=1.2 * times * size,
            spaceBefore=before * scale, spaceAfter=5 * scale, keepWithNext=True,
        )  # fmt: skip

    code = ParagraphStyle(
        "code", body, fontName="Courier", fontSize=0.72 * size, leading=0.9 * size, backColor=TINT, borderPadding=4,
        spaceBefore=4, spaceAfter=9,
    )  # fmt: skip
    cell = ParagraphStyle("cell", body, fontSize=0.86 * size, leading=1.1 * size, spaceAfter=0)
    heads = {"h1": head("h1", 2.0, 0), "h2": head("h2", 1.35, 12), "h3": head("h3", 1.1, 8)}
    return {"body": body, "code": code, "cell": cell, **heads}


class Flow:
    """Turns the tokens of a chapter into what reportlab lays out."""

    def __init__(self, looks: dict[str, ParagraphStyle], folder: Path) -> None:
        self._looks, self._folder = looks, folder

    def of(self, tokens: Sequence[Token]) -> list[Flowable]:
        """The flow of these tokens."""
        made, at = list[Flowable](), 0
        while at < len(tokens):
            end = _closing(tokens, at)
            make = self._makers().get(tokens[at].type)
            if make:
                made += make(tokens[at], tokens[at + 1 : end])
            at = end + 1
        return made

    def _makers(self) -> dict[str, Callable[[Token, Sequence[Token]], list[Flowable]]]:
        return {
            "heading_open": lambda token, inner: [Paragraph(_inline(inner[0]), self._looks[token.tag])],
            "paragraph_open": lambda _, inner: self._paragraph(inner[0]),
            "fence": lambda token, _: [
                XPreformatted(_signs(html.escape(_wrapped(token.content))), self._looks["code"])
            ],
            "bullet_list_open": lambda _, inner: self._list(inner, "bullet"),
            "ordered_list_open": lambda _, inner: self._list(inner, "1"),
            "table_open": lambda _, inner: [self._table(inner), Spacer(1, 8)],
        }

    def _paragraph(self, inline: Token) -> list[Flowable]:
        picture = next((child for child in inline.children or () if child.type == "image"), None)
        if picture is None:
            return [Paragraph(_inline(inline), self._looks["body"])]
        image = Image(self._folder / str(picture.attrs["src"]))
        scale = min(1.0, 0.82 * WIDTH / image.imageWidth)
        image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
        caption = Paragraph(f"<i>{html.escape(picture.content)}</i>", self._looks["cell"])
        image.keepWithNext = True
        return [image, caption, Spacer(1, 8)]

    def _list(self, inner: Sequence[Token], kind: str) -> list[Flowable]:
        items = [ListItem(self.of(item), leftIndent=18) for item in _parts(inner, "list_item_open")]
        size = self._looks["body"].fontSize
        return [
            ListFlowable(items, bulletType=kind, start=None if kind == "1" else "•", bulletFontSize=size),
            Spacer(1, 3),
        ]

    def _table(self, inner: Sequence[Token]) -> Table:
        rows = [
            [
                Paragraph(f"<b>{_inline(cell)}</b>" if first else _inline(cell), self._looks["cell"])
                for cell in row
                if cell.type == "inline"
            ]
            for first, row in ((at == 0, row) for at, row in enumerate(_parts(inner, "tr_open")))
        ]
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                           ("BACKGROUND", (0, 0), (-1, 0), TINT)])  # fmt: skip
        return Table(rows, colWidths=_widths(rows), style=grid, repeatRows=1)


class Book(BaseDocTemplate):
    """A PDF with a table of contents, an outline and page numbers; the card has neither."""

    def __init__(self, path: Path, title: str, margin: float = 0.8 * inch, *, numbered: bool = True) -> None:
        super().__init__(str(path), pagesize=LETTER, title=title, author="Patrol MDT", lang="en-US", invariant=1)
        frame = Frame(margin, margin, LETTER[0] - 2 * margin, LETTER[1] - 2 * margin, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._foot if numbered else lambda *_: None)])
        self._numbered, self._heads = numbered, 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Note each heading for contents and outline."""
        level = {"h1": 0, "h2": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is None or not self._numbered:
            return
        self._heads += 1
        key, words = f"head{self._heads}", flowable.getPlainText()
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(words, key, level, closed=level == 0)
        self.notify("TOCEntry", (level, words, self.page, key))

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Each pass counts the headings anew."""
        self._heads = 0

    @staticmethod
    def _foot(canvas: Any, book: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(LETTER[0] / 2, 0.45 * inch, f"{TITLE}, page {book.page}")


def build(folder: Path) -> None:
    """Write the whole handbook into `folder`, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pictures").mkdir(parents=True)
    texts = {name: (SOURCE / f"{name}.md").read_text(encoding="utf-8") for name in (*CHAPTERS, CARD)}
    texts["trouble"] += "\n" + handbook_messages.tables()
    read = {name: READER.parse(text) for name, text in texts.items()}
    _write_pdf(folder / "handbook.pdf", read)
    write_card(folder / "quick-card.pdf")
    titles = {name: next(t.content for t in tokens if t.type == "inline") for name, tokens in read.items()}
    links = " ".join(f'<a href="{name}.html">{html.escape(title)}</a>' for name, title in titles.items())
    for name, tokens in read.items():
        page = _page(tokens, folder)
        (folder / f"{name}.html").write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(titles[name])}</title>'
            '<meta name="viewport" content="width=device-width">'
            f"<style>{STYLE}</style><nav>{links}</nav>{page}</html>\n",
            encoding="utf-8",
        )


def write_card(path: Path) -> None:
    """Write the quick card for the car: large type, one page."""
    tokens = READER.parse((SOURCE / f"{CARD}.md").read_text(encoding="utf-8"))
    Book(path, "Quick card", 0.5 * inch, numbered=False).build(Flow(styles(CARD_SCALE), SOURCE).of(tokens))


def _write_pdf(path: Path, read: dict[str, list[Token]]) -> None:
    looks = styles(1.0)
    contents = TableOfContents(levelStyles=[
        ParagraphStyle("toc0", looks["body"], fontName="Helvetica-Bold", leading=12, spaceBefore=3, spaceAfter=0),
        ParagraphStyle("toc1", looks["cell"], leftIndent=16, leading=8.9, fontSize=8.5),
    ])  # fmt: skip
    story: list[Flowable] = [Paragraph(TITLE, ParagraphStyle("title", looks["h1"], keepWithNext=False)), contents]
    for name in CHAPTERS:
        story += [PageBreak(), *Flow(looks, SOURCE).of(read[name])]
    Book(path, TITLE).multiBuild(story)


def _page(tokens: Sequence[Token], folder: Path) -> str:
    """A chapter as HTML; its pictures are copied beside it, links to chapters go to their pages."""
    for token in _all(tokens):
        if token.type == "image":
            source = SOURCE / str(token.attrs["src"])
            name = f"{source.parent.name}-{source.name}"
            shutil.copyfile(source, folder / "pictures" / name)
            token.attrs["src"] = f"pictures/{name}"
        elif token.type == "link_open":
            token.attrs["href"] = re.sub(r"^(\w+)\.md", r"\1.html", str(token.attrs["href"]))
        elif token.type == "heading_open":
            token.attrs["id"] = ""
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = anchor(following.content)
    return str(READER.renderer.render(list(tokens), READER.options, {}))


def anchor(heading: str) -> str:
    """The address of a heading on its page, as code hosts make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _closing(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1


def _parts(tokens: Sequence[Token], kind: str) -> Iterator[Sequence[Token]]:
    at = 0
    while at < len(tokens):
        if tokens[at].type == kind:
            end = _closing(tokens, at)
            yield tokens[at + 1 : end]
            at = end
        at += 1


_MARKS = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>", "link_close": "</u>",
          "softbreak": " ", "hardbreak": "<br/>", "link_open": "<u>"}  # fmt: skip


def _inline(token: Token) -> str:
    """An inline token in reportlab's small markup."""
    made = ""
    for child in token.children or ():
        if child.type == "code_inline":
            made += f'<font name="Courier">{_signs(html.escape(child.content))}</font>'
        elif child.type == "text":
            made += _signs(html.escape(child.content))
        else:
            made += _MARKS.get(child.type, "")
    return made


def _signs(text: str) -> str:
    text = SIGNS.sub(r'<font name="ZapfDingbats">\1</font>', text)
    return text.replace("→", "-&gt;").replace("·", "&middot;").replace("≥", "&gt;=").replace("…", "...")


def _wrapped(text: str) -> str:
    return "\n".join(
        line[at : at + WRAP] for line in text.rstrip("\n").split("\n") for at in range(0, len(line) or 1, WRAP)
    )


def _widths(rows: Sequence[Sequence[Paragraph]]) -> list[float]:
    """Columns as wide as their longest cell asks for, none below a seventh of the page."""
    longest = [max(len(row[at].getPlainText()) for row in rows) for at in range(len(rows[0]))]
    asked = [min(max(length, 14), 90) for length in longest]
    return [WIDTH * one / sum(asked) for one in asked]


if __name__ == "__main__":
    build(Path(sys.argv[1]))
