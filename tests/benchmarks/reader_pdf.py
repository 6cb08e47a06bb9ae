"""Write a source document as PDF in several layouts, noting the page of each heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from tests.benchmarks.reader_sources import Expected, Part, SourceDocument

_WIDTH, _HEIGHT = A4
_MARGIN = 68.0
_GUTTER = 22.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a PDF looks; sizes in points."""

    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 11
    heading_sizes: tuple[float, ...] = (16, 13.5, 12)
    bold_headings: bool = True
    columns: int = 1
    justified: bool = False
    hyphenated: bool = False
    header: str = "Oslo kommune"
    footer: str = "Side {page}"
    gap: float = 6  # after a paragraph


LAYOUTS = {
    "én spalte": Layout(),
    "to spalter": Layout(
        "Vera",
        "VeraBd",
        9.5,
        (14, 11.5, 10.5),
        columns=2,
        hyphenated=True,
        header="",
        footer="{page}",
    ),
    "fete titler": Layout(
        "Times-Roman",
        "Times-Bold",
        12,
        (14, 13, 12),
        justified=True,
        header="Byrådssak 1038/25 – {page}",
    ),
    "store titler": Layout(heading_sizes=(24, 18, 14), bold_headings=False, size=10, gap=10),
}


class _Template(BaseDocTemplate):
    """A document that notes on which page each heading came to stand."""

    heading_pages: list[int]

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
        if getattr(flowable, "is_heading", False):
            self.heading_pages.append(self.page)


def write_pdf(document: SourceDocument, path: Path, layout: Layout) -> tuple[Expected, ...]:
    """Write one PDF and return the sections that must come back, with their pages."""
    _register_fonts()
    file = _Template(str(path), pagesize=A4, title="Microsoft Word - notat.docx")
    file.heading_pages = []
    file.addPageTemplates(_templates(layout))
    story: list[Any] = []
    if layout.columns > 1:
        story.append(NextPageTemplate("next"))
        titles = [part for part in document.parts if part.kind == "title"]
        story += [*(_flowable(part, layout) for part in titles), FrameBreak()]
    for part in document.parts:
        if part.kind != "title" or layout.columns == 1:
            story.append(_flowable(part, layout))
    file.build(story)
    pages = iter(file.heading_pages)
    return tuple(
        replace(section, page=next(pages) if section.headed else None)
        for section in document.sections
    )


def writer(layout: Layout) -> Callable[[SourceDocument, Path], tuple[Expected, ...]]:
    """Return a writer for one layout."""
    return lambda document, path: write_pdf(document, path, layout)


def _register_fonts() -> None:
    fonts = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))


def _templates(layout: Layout) -> list[PageTemplate]:
    def running(canvas: Any, file: Any) -> None:
        canvas.setFont(layout.font, 8.5)
        canvas.drawString(_MARGIN, _HEIGHT - 36, layout.header.format(page=file.page))
        canvas.drawRightString(_WIDTH - _MARGIN, 32, layout.footer.format(page=file.page))

    width, height = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    if layout.columns == 1:
        frame = Frame(_MARGIN, _MARGIN, width, height, 0, 0, 0, 0)
        return [PageTemplate("first", [frame], onPage=running)]
    column = (width - _GUTTER) / 2
    lefts = (_MARGIN, _MARGIN + column + _GUTTER)
    title = Frame(_MARGIN, _HEIGHT - _MARGIN - 70, width, 70, 0, 0, 0, 0)
    under = [Frame(left, _MARGIN, column, height - 80, 0, 0, 0, 0) for left in lefts]
    full = [Frame(left, _MARGIN, column, height, 0, 0, 0, 0) for left in lefts]
    return [
        PageTemplate("first", [title, *under], onPage=running),
        PageTemplate("next", full, onPage=running),
    ]


def _flowable(part: Part, layout: Layout) -> Any:
    if part.kind == "table":
        return _table(part, layout)
    if part.kind in {"heading", "title"}:
        return _heading(part, layout)
    indent = 0 if part.kind == "paragraph" else 18
    style = ParagraphStyle(
        part.kind,
        fontName=layout.font,
        fontSize=layout.size,
        leading=layout.size * 1.25,
        spaceAfter=layout.gap if part.kind == "paragraph" else 2,
        leftIndent=indent,
        bulletIndent=4,
        bulletFontName=layout.font,
        bulletFontSize=layout.size,
        alignment=4 if layout.justified else 0,
    )
    text = _hyphenated(part.text, layout, indent) if layout.hyphenated else _escape(part.text)
    return Paragraph(text, style, bulletText=part.marker.strip() or None)


def _heading(part: Part, layout: Layout) -> Paragraph:
    size = layout.heading_sizes[min(part.level, 3) - 1] if part.level else 0
    size = size or max(layout.heading_sizes) + 6
    style = ParagraphStyle(
        "heading",
        fontName=layout.bold if layout.bold_headings else layout.font,
        fontSize=size,
        leading=size * 1.2,
        spaceBefore=layout.gap + 6,
        spaceAfter=layout.gap,
        keepWithNext=1,
    )
    paragraph = Paragraph(_escape(part.text), style)
    paragraph.is_heading = part.kind == "heading"
    return paragraph


def _table(part: Part, layout: Layout) -> Table:
    cell = ParagraphStyle(
        "cell", fontName=layout.font, fontSize=layout.size - 1, leading=layout.size
    )
    rows = [[Paragraph(_escape(text), cell) for text in row] for row in part.rows]
    width = (_WIDTH - 2 * _MARGIN - (layout.columns - 1) * _GUTTER) / layout.columns
    table = Table(rows, [width / len(part.rows[0])] * len(part.rows[0]), repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))
    table.spaceAfter = layout.gap
    return table


def _hyphenated(text: str, layout: Layout, indent: float) -> str:
    """Break lines as a typesetter does, with words cut at line ends."""
    width = (_WIDTH - 2 * _MARGIN - _GUTTER) / 2 - indent - 1
    lines, line = [], ""
    for word in text.split():
        trial = f"{line} {word}".strip()
        if _fits(trial, width, layout):
            line = trial
            continue
        head, tail = _cut(line, word, width, layout)
        lines.append(f"{line} {head}".strip())
        line = tail
    return "<br/>".join(_escape(each) for each in [*lines, line])


def _cut(line: str, word: str, width: float, layout: Layout) -> tuple[str, str]:
    """Return the part of a word that still fits on the line, and the rest."""
    if re.fullmatch(r"[a-zæøå]{8,}[.,:;]?", word):
        for length in range(len(word) - 4, 3, -1):
            head, tail = word[:length] + "-", word[length:]
            if _fits(f"{line} {head}", width, layout):
                return head, tail
    return "", word


def _fits(text: str, width: float, layout: Layout) -> bool:
    return bool(pdfmetrics.stringWidth(text, layout.font, layout.size) <= width)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_long_pdf(documents: Sequence[SourceDocument], path: Path, *, pages: int) -> int:
    """Write a PDF of about this many pages from all documents in turn; return the real number."""
    _register_fonts()
    file = _Template(str(path), pagesize=A4)
    file.heading_pages = []
    file.addPageTemplates(_templates(Layout()))
    per_round = 25  # pages that all documents fill once, measured
    story = [
        _flowable(part, Layout())
        for _ in range(-(-pages // per_round) + 1)
        for document in documents
        for part in (*document.parts, Part("paragraph", ""))
    ]
    file.build([*story, Spacer(1, 1)])
    return int(file.page)
