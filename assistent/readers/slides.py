"""Read PowerPoint files (.pptx)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pptx
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers.assembly import DraftBlock, assemble
from assistent.readers.characters import one_line
from assistent.readers.heading_looks import may_be_heading
from assistent.readers.tables import table_drafts
from assistent.types import BlockKind, ParsedText

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_LISTS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY}
_LEFT_OUT = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_DAMAGED = (PythonPptxError, etree.XMLSyntaxError, BadZipFile, LookupError, ValueError, OSError)
_TYPED_BULLET = re.compile(r"^[•●▪◦‣∙·\uf0b7\uf0a7–-]\s+(?=\S)")
_ROW_HEIGHT = 0.05  # of the slide's height: shapes whose tops differ less stand side by side


def read_slides(path: Path) -> ParsedText:
    """Read a PowerPoint file: each slide's title is a heading, the slide's number is the page.

    The first slide gives the document its title where it is a title slide. Shapes are read from
    the top down and from left to right. Notes, hidden slides, footers, dates, slide numbers and
    the text of charts and pictures are left out. A slide without a title is
    given its topmost line if that is set in a larger type, else it stands under no heading.

    Raises:
        ReadError: the file is damaged or has no content.
    """
    try:
        presentation = pptx.Presentation(str(path))
        slides = list(presentation.slides)
    except _DAMAGED as error:
        raise ReadError(texts_corpus.file_damaged(path.name)) from error
    row_height = int((presentation.slide_height or 6858000) * _ROW_HEIGHT)
    drafts: list[DraftBlock] = []
    for number, slide in enumerate(slides, start=1):
        if slide.element.get("show") != "0":
            drafts += _slide_drafts(slide, number, row_height)
    titles = [draft.text for draft in drafts if draft.kind is BlockKind.TITLE]
    title = one_line(titles[0] if titles else presentation.core_properties.title or "")
    parsed = assemble(drafts, title=title or _first_heading(drafts))
    if not parsed.text:
        raise ReadError(texts_corpus.file_empty(path.name))
    return parsed


def _first_heading(drafts: Sequence[DraftBlock]) -> str | None:
    return next((draft.text for draft in drafts if draft.kind is BlockKind.HEADING), None)


def _slide_drafts(slide: Any, number: int, row_height: int) -> list[DraftBlock]:
    title_shape = slide.shapes.title
    drafts: list[DraftBlock] = []
    if title_shape is not None and (text := one_line(title_shape.text_frame.text)):
        kind = BlockKind.HEADING
        if number == 1 and title_shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            kind = BlockKind.TITLE
        drafts.append(DraftBlock(kind, text, level=int(kind is BlockKind.HEADING), page=number))
    title_id = getattr(title_shape, "shape_id", None)
    shapes = [shape for shape in _flat(slide.shapes) if shape.shape_id != title_id]
    shapes = _in_reading_order(shapes, row_height)
    if not drafts and shapes and _looks_like_title(shapes):
        text = one_line(shapes.pop(0).text_frame.text)
        drafts.append(DraftBlock(BlockKind.HEADING, text, level=1, page=number))
    for shape in shapes:
        drafts += _shape_drafts(shape, number)
    if drafts and drafts[0].kind not in {BlockKind.HEADING, BlockKind.TITLE}:
        drafts = [replace(draft, depth=0) for draft in drafts]
    return drafts


def _looks_like_title(shapes: Sequence[Any]) -> bool:
    """Whether the topmost text box is set in a larger type than everything under it."""
    first = shapes[0]
    if not first.has_text_frame or not may_be_heading(one_line(first.text_frame.text)):
        return False
    others = [size for shape in shapes[1:] if shape.has_text_frame for size in _sizes(shape)]
    return bool(_sizes(first)) and min(_sizes(first)) > max(others, default=0)


def _sizes(shape: Any) -> list[int]:
    """Return the type sizes that are set in a shape, in hundredths of a point."""
    return [int(run.get("sz")) for run in shape.element.iter(qn("a:rPr")) if run.get("sz")]


def _flat(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _in_reading_order(shapes: Sequence[Any], row_height: int) -> list[Any]:
    """Sort shapes into rows from the top down, and each row from left to right."""
    rows: list[list[Any]] = []
    for shape in sorted(shapes, key=lambda s: (s.top or 0, s.left or 0)):
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) <= row_height:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda s: s.left or 0)]


def _shape_drafts(shape: Any, page: int) -> Iterator[DraftBlock]:
    if _is_hidden(shape):
        return
    if getattr(shape, "has_table", False):
        cells = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
        head = True if shape.table.first_row and len(cells) > 1 else None
        yield from table_drafts(cells, has_head=head, page=page)
        return
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if not shape.has_text_frame or kind in _LEFT_OUT or kind in _TITLES:
        return
    numbers: dict[int, int] = {}
    for paragraph in shape.text_frame.paragraphs:
        text = one_line("".join(_words(paragraph._p)))
        level = paragraph.level
        bullet = _bullet(shape, paragraph._p, level) if text else None
        typed = _TYPED_BULLET.match(text)
        if bullet == "number":
            numbers = {key: value for key, value in numbers.items() if key <= level}
            numbers[level] = numbers.get(level, 0) + 1
            yield DraftBlock(BlockKind.LIST_ITEM, text, f"{numbers[level]}. ", level + 1, page)
        elif typed or bullet == "bullet" or (bullet is None and kind in _LISTS):
            words = text[typed.end() :] if typed else text
            yield DraftBlock(BlockKind.LIST_ITEM, words, "• ", level + 1, page)
        else:
            yield DraftBlock(BlockKind.PARAGRAPH, text, page=page)


def _words(paragraph: Any) -> Iterator[str]:
    for child in paragraph:
        if child.tag == qn("a:br"):
            yield " "
        elif child.tag in {qn("a:r"), qn("a:fld")}:
            yield child.findtext(qn("a:t")) or ""


def _is_hidden(shape: Any) -> bool:
    return any(
        properties.get("hidden") in {"1", "true"}
        for properties in shape.element.iter(qn("p:cNvPr"))
    )


def _bullet(shape: Any, paragraph: Any, level: int) -> str | None:
    """Return «bullet», «number» or «none», from the nearest place that says so; None if none does.

    The paragraph speaks first, then the list style of its shape, then the shape's placeholder on
    the layout and on the master.
    """
    own = paragraph.find(qn("a:pPr"))
    if own is not None and (found := _bullet_of(own)):
        return found
    for holder in _with_bases(shape):
        for properties in holder.iter(qn(f"a:lvl{level + 1}pPr")):
            if found := _bullet_of(properties):
                return found
    return None


def _with_bases(shape: Any) -> Iterator[Any]:
    yield shape.element
    while shape.is_placeholder:
        shape = getattr(shape, "_base_placeholder", None)
        if shape is None:
            return
        yield shape.element


def _bullet_of(properties: Any) -> str | None:
    if properties.find(qn("a:buNone")) is not None:
        return "none"
    if properties.find(qn("a:buAutoNum")) is not None:
        return "number"
    if properties.find(qn("a:buChar")) is not None or properties.find(qn("a:buBlip")) is not None:
        return "bullet"
    return None
