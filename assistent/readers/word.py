"""Read Word files (.docx)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers.assembly import DraftBlock, assemble
from assistent.readers.characters import one_line
from assistent.readers.heading_looks import Look, heading_levels, may_be_heading
from assistent.readers.tables import table_drafts
from assistent.readers.titles import settle
from assistent.readers.word_numbering import Numbering, read_numbering
from assistent.readers.word_styles import Styles, is_on, read_styles
from assistent.types import BlockKind, ParsedText

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {
    qn(tag) for tag in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:txbxContent")
} | {_FALLBACK}
_SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}
_WRAPPERS = {qn(tag) for tag in ("w:ins", "w:moveTo", "w:customXml", "w:smartTag")}
_DAMAGED = (OpcError, etree.XMLSyntaxError, BadZipFile, LookupError, ValueError, OSError)
_TYPED_BULLET = re.compile(r"^[•●▪◦‣∙·\uf0b7\uf0a7–-]\s+(?=\S)")


def read_word(path: Path) -> ParsedText:
    """Read a Word file: headings, paragraphs, lists, tables and text boxes in their order.

    Headings are told by style (English or Norwegian names) or outline level; a document without
    any gets them from paragraphs that stand out by size or bold type. Numbers that Word makes are
    written out. Headers, footers, notes, comments, the table of contents, hidden text and tracked
    deletions are left out, tracked insertions are kept. Pages are not known: Word makes them when
    it shows the file.

    Raises:
        ReadError: the file is damaged or has no content.
    """
    try:
        document = docx.Document(str(path))
    except _DAMAGED as error:
        raise ReadError(texts_corpus.file_damaged(path.name)) from error
    body = document.element.body
    walk = _Walk(read_styles(document), read_numbering(document))
    found = list(walk.blocks(body)) if body is not None else []
    drafts = [draft for draft, _ in found]
    if not any(draft.kind is BlockKind.HEADING for draft in drafts):
        drafts = _headings_by_look(found)
    metadata = document.core_properties.title or ""
    drafts, title = settle(drafts, metadata_title=metadata)
    parsed = assemble(drafts, title=title)
    if not parsed.text:
        raise ReadError(texts_corpus.file_empty(path.name))
    return parsed


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through the body of a document; each block comes with the look of its paragraph."""

    styles: Styles
    numbering: Numbering

    def blocks(self, parent: Any) -> Iterator[tuple[DraftBlock, Look | None]]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                if content is not None and not _is_contents_control(element):
                    yield from self.blocks(content)
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[tuple[DraftBlock, Look | None]]:
        text = paragraph_text(element)
        chain = self.styles.chain(element)
        if text and not self.styles.is_contents(chain):
            yield self._block(element, text, chain), self.styles.look(element, chain)
        for box in _text_boxes(element):
            yield from self.blocks(box)

    def _block(self, element: Any, text: str, chain: list[Any]) -> DraftBlock:
        numbering = self.styles.numbering(element, chain)
        marker = self.numbering.marker(*numbering) if numbering else None
        if self.styles.is_title(chain):
            return DraftBlock(BlockKind.TITLE, text)
        level = self.styles.heading_level(element, chain)
        if level is not None:
            number = marker if marker and marker != "• " else ""
            return DraftBlock(BlockKind.HEADING, number + text, level=level)
        if marker and numbering:
            return DraftBlock(BlockKind.LIST_ITEM, text, marker, level=numbering[1] + 1)
        bullet = _TYPED_BULLET.match(text)
        list_level = self.styles.list_level(chain)
        if bullet or list_level:
            words = text[bullet.end() :] if bullet else text
            return DraftBlock(BlockKind.LIST_ITEM, words, "• ", level=list_level or 1)
        return DraftBlock(BlockKind.PARAGRAPH, text)

    def _table(self, element: Any) -> Iterator[tuple[DraftBlock, Look | None]]:
        rows = _rows(element)
        if max(map(len, rows), default=0) == 1:  # a frame around text, not a table
            for cell in element.iter(qn("w:tc")):
                yield from self.blocks(cell)
            return
        for draft in table_drafts(rows, has_head=True if _has_marked_head(element) else None):
            yield draft, None


def paragraph_text(element: Any) -> str:
    """Return the words of a paragraph as Word shows them, on one line."""
    return one_line("".join(_words(element)))


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT or (
            child.tag == qn("w:r") and is_on(child.find(qn("w:rPr")), "w:vanish")
        ):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _words(child)


def _text_boxes(element: Any) -> list[Any]:
    """Return the contents of text boxes anchored in a paragraph, each once."""
    return [
        box
        for box in element.iter(qn("w:txbxContent"))
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors())
    ]


def _is_contents_control(element: Any) -> bool:
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _rows(table: Any) -> list[list[str]]:
    """Return the cells by row; a cell that is merged downwards is repeated in each of its rows."""
    rows: list[list[str]] = []
    for row in _own(table, "w:tr"):
        cells: list[str] = []
        for cell in _own(row, "w:tc"):
            properties = cell.find(qn("w:tcPr"))
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            text = _cell_text(cell)
            if merge is not None and merge.get(qn("w:val")) != "restart" and rows:
                text = rows[-1][len(cells)] if len(cells) < len(rows[-1]) else ""
            width = int(span.get(qn("w:val"), "1")) if span is not None else 1
            cells += [text, *[""] * (min(width, 64) - 1)]
        rows.append(cells)
    return rows


def _own(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those in content controls included."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in _WRAPPERS or child.tag in {qn("w:sdt"), qn("w:sdtContent")}:
            yield from _own(child, tag)


def _cell_text(cell: Any) -> str:
    parts = [text for p in cell.iter(qn("w:p")) if (text := paragraph_text(p))]
    return " ".join(
        part if part.endswith((".", ":", ";", ",", "?", "!")) else f"{part};" for part in parts
    ).removesuffix(";")


def _has_marked_head(table: Any) -> bool:
    """Whether the first row is marked to be repeated on each page, which only heads are."""
    row = next(_own(table, "w:tr"), None)
    return row is not None and is_on(row.find(qn("w:trPr")), "w:tblHeader")


def _headings_by_look(found: list[tuple[DraftBlock, Look | None]]) -> list[DraftBlock]:
    """Make headings of short paragraphs that are larger than the body text, or bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for draft, look in found:
        if look is not None:
            sizes[look.size] += len(draft.text)
            bold[look.bold] += len(draft.text)
    if not sizes or bold[True] > bold[False]:
        return [draft for draft, _ in found]
    body = sizes.most_common(1)[0][0]
    candidates = {
        index: Look.of(draft.text, look.size, bold=look.bold)
        for index, (draft, look) in enumerate(found)
        if look is not None
        and draft.kind is BlockKind.PARAGRAPH
        and may_be_heading(draft.text)
        and (look.size >= body + 1 or look.bold)
        and index + 1 < len(found)
    }
    levels = heading_levels(candidates.values())
    return [
        replace(draft, kind=BlockKind.HEADING, level=levels[candidates[index]])
        if index in candidates
        else draft
        for index, (draft, _) in enumerate(found)
    ]
